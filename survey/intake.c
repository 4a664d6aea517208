#include "survey/intake.h"

#include <stdio.h>

/* A lock held for a moment is no news; full and closed are. */
static void note(struct intake *intake, enum store_outcome state) {
    bool was_full = intake->state == STORE_FULL, is_full = state == STORE_FULL;
    if (is_full && !was_full)
        fprintf(stderr, "survey: %s; respondents are asked to send again\n", store_reason(intake->store));
    if (was_full && state == STORE_DONE)
        fprintf(stderr, "survey: the store can be written to again\n");
    if (state == STORE_ENDED && intake->state != STORE_ENDED)
        fprintf(stderr, "survey: the collection was closed; no more answers are taken\n");
    /* Busy does not tell whether there is space again. */
    if (!(was_full && state == STORE_BUSY))
        intake->state = state;
}

static enum store_outcome fail(struct intake *intake, enum store_outcome outcome) {
    note(intake, outcome);
    store_rollback(intake->store);
    return outcome;
}

enum store_outcome intake_add(struct intake *intake, const struct response *const *responses, size_t count,
                              const char *day, enum store_outcome *outcomes) {
    enum store_outcome outcome = store_begin(intake->store), state = STORE_DONE;
    if (outcome != STORE_DONE)
        return fail(intake, outcome);
    for (size_t i = 0; i < count; i++) {
        outcomes[i] = store_add(intake->store, responses[i], day);
        if (outcomes[i] == STORE_BUSY || outcomes[i] == STORE_FULL)
            return fail(intake, outcomes[i]);
        if (outcomes[i] == STORE_ENDED)
            state = STORE_ENDED;
    }
    outcome = store_commit(intake->store);
    if (outcome != STORE_DONE)
        return fail(intake, outcome);
    note(intake, state);
    return STORE_DONE;
}

enum store_outcome intake_look(struct intake *intake, int64_t now) {
    enum { MILLISECONDS = 1000 };
    if (intake->looked && now - intake->looked < MILLISECONDS)
        return intake->state;
    intake->looked = now;
    enum store_outcome outcome = store_health(intake->store);
    note(intake, outcome);
    return outcome;
}
