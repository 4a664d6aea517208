#include "survey/intake.h"

#include "model/base/terminal.h"

#include <stdio.h>
#include <stdlib.h>

/* A lock held for a moment is no news; full and closed are. */
static void note(struct intake *intake, enum store_outcome state) {
    bool was_full = intake->state == STORE_FULL, is_full = state == STORE_FULL;
    if (is_full && !was_full)
        terminal_line(stderr, "survey: %s; respondents are asked to send again", store_reason(intake->store));
    if (was_full && state == STORE_DONE)
        terminal_print(stderr, "survey: the store can be written to again\n");
    if (state == STORE_ENDED && intake->state != STORE_ENDED)
        terminal_print(stderr, "survey: the collection was closed; no more answers are taken\n");
    /* Busy does not tell whether there is space again. */
    if (!(was_full && state == STORE_BUSY))
        intake->state = state;
}

static enum store_outcome fail(struct intake *intake, enum store_outcome outcome) {
    note(intake, outcome);
    store_rollback(intake->store);
    return outcome;
}

/* Since the link was looked up, it may have been used on another device, revoked or replaced. */
static enum store_outcome keep_draft(struct store *store, const struct deed *deed) {
    enum store_outcome outcome =
        deed->invitation ? store_check_link(store, deed->invitation, deed->generation) : STORE_DONE;
    return outcome == STORE_DONE ? store_keep_draft(store, &deed->draft, deed->sealed, deed->sealed_length)
                                 : outcome;
}

/* One deed; what it came to, and whether it stands in the way of the others. */
static enum store_outcome do_one(struct store *store, const struct deed *deed, const char *day) {
    if (deed->kind == DEED_KEEP)
        return keep_draft(store, deed);
    if (deed->kind == DEED_DROP)
        return store_drop_draft(store, &deed->draft);
    const struct submission submission = {&deed->response, deed->invitation, deed->generation,
                                          deed->has_draft ? &deed->draft : NULL};
    enum store_outcome outcome = store_submit(store, &submission, day);
    /* Whoever sends again what is there already has no use for a draft of it either. */
    if (outcome == STORE_ALREADY && deed->has_draft) {
        enum store_outcome dropped = store_drop_draft(store, &deed->draft);
        return dropped == STORE_DONE ? STORE_ALREADY : dropped;
    }
    return outcome;
}

static bool is_obstacle(enum store_outcome outcome) {
    return outcome == STORE_BUSY || outcome == STORE_FULL;
}

/* Does those that are not refused yet, the responses last: of a link's draft and its response in one turn it
 * is the response that stays. `*obstacle` becomes the deed in the way, `count` if it is none in particular.
 */
static enum store_outcome do_all(struct intake *intake, const struct deed *const *deeds, size_t count,
                                 const char *day, enum store_outcome *outcomes, const bool *refused,
                                 size_t *obstacle) {
    enum store_outcome outcome = store_begin(intake->store);
    *obstacle = count;
    for (int submitting = 0; submitting < 2 && outcome == STORE_DONE; submitting++)
        for (size_t i = 0; i < count; i++) {
            if (refused[i] || (deeds[i]->kind == DEED_SUBMIT) != submitting)
                continue;
            outcomes[i] = do_one(intake->store, deeds[i], day);
            if (is_obstacle(outcomes[i])) {
                *obstacle = i;
                return outcomes[i];
            }
        }
    return outcome == STORE_DONE ? store_commit(intake->store) : outcome;
}

/* Takes out a draft that found no room, and after some of them all drafts: whether that leaves more hope.
 * After an obstacle the transaction may be gone, so that each time all of it is begun anew. */
static bool refuse(const struct deed *const *deeds, size_t count, enum store_outcome *outcomes, bool *refused,
                   size_t obstacle, size_t tries) {
    enum { SINGLY = 3 };
    if (obstacle == count || deeds[obstacle]->kind != DEED_KEEP || outcomes[obstacle] != STORE_FULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (i == obstacle || (tries >= SINGLY && deeds[i]->kind == DEED_KEEP)) {
            refused[i] = true;
            outcomes[i] = STORE_FULL;
        }
    return true;
}

/* What a turn that was done says of the store. Where drafts found no room, it does not tell that there is
 * any.
 */
static enum store_outcome state_of(const struct intake *intake, const enum store_outcome *outcomes,
                                   size_t count) {
    enum store_outcome state = STORE_DONE;
    for (size_t i = 0; i < count && state != STORE_ENDED; i++)
        state = outcomes[i] == STORE_ENDED ? STORE_ENDED : outcomes[i] == STORE_FULL ? intake->state : state;
    return state;
}

enum store_outcome intake_do(struct intake *intake, const struct deed *const *deeds, size_t count,
                             const char *day, enum store_outcome *outcomes) {
    size_t obstacle = count;
    bool *refused = calloc(count + 1, sizeof *refused);
    if (!refused)
        abort();
    enum store_outcome outcome = do_all(intake, deeds, count, day, outcomes, refused, &obstacle);
    for (size_t tries = 1; outcome == STORE_FULL; tries++) {
        if (!refuse(deeds, count, outcomes, refused, obstacle, tries))
            break;
        store_rollback(intake->store);
        outcome = do_all(intake, deeds, count, day, outcomes, refused, &obstacle);
    }
    free(refused);
    if (outcome != STORE_DONE)
        return fail(intake, outcome);
    note(intake, state_of(intake, outcomes, count));
    return STORE_DONE;
}

enum store_outcome intake_look(struct intake *intake, int64_t now) {
    enum { MILLISECONDS = 1000 };
    if ((intake->looked && now - intake->looked < MILLISECONDS) || intake_has_begun(intake))
        return intake->state;
    intake->looked = now;
    enum store_outcome outcome = store_health(intake->store);
    note(intake, outcome);
    return outcome;
}
