/* What anonymity costs with personal links: the time of one durable submission into a store that writes its
 * rows anew, against one that does not, by the number of responses that are there. usage: links QUESTIONNAIRE
 * FOLDER */
#include "model/store_invitation.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SUBMISSIONS = 40 };

static const size_t sizes[] = {140, 1000, 10000};

struct bench {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    const struct answer *answers; /* made up: the first option of everything, or a few words */
    const char *folder;
};

_Noreturn static void stop(const char *reason) {
    fprintf(stderr, "links: %s\n", reason);
    exit(1);
}

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static const struct answer *make_up(struct arena *arena, const struct questionnaire *questionnaire) {
    struct entry *entries = ARENA_NEW(arena, struct entry, questionnaire->item_count);
    struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct question *question = questionnaire->items[i].question;
        const char **values = ARENA_NEW(arena, const char *, 1);
        values[0] = question->type == QUESTION_TEXT ? "made-up words, as many as people write"
                    : question->option_count        ? question->options[0].code
                                                    : "1";
        entries[i] = (struct entry){.values = values, .value_count = 1};
    }
    answer_check(arena, questionnaire, entries, CHANNEL_WEB, answers);
    return answers;
}

static void must(enum store_outcome outcome, const struct store *store) {
    if (outcome != STORE_DONE)
        stop(store_reason(store));
}

static void submit(const struct bench *bench, struct store *store, size_t count) {
    must(store_begin(store), store);
    for (size_t i = 0; i < count; i++) {
        const struct response response = {.key = store_new_key(), .answers = bench->answers};
        must(store_submit(store, &(struct submission){.response = &response}, "2024-01-01"), store);
    }
    must(store_commit(store), store);
}

/* The mean time of one submission, in milliseconds. */
static double measure(const struct bench *bench, size_t size, bool links) {
    const char *path = arena_format(bench->arena, "%s/%zu-%d.db", bench->folder, size, links);
    struct failure failure = {0};
    struct store *store = store_open(path, STORE_WRITE, bench->questionnaire, &failure);
    if (!store || (links && !store_keep_links(store, &failure)))
        stop(failure.text);
    submit(bench, store, size);
    double begun = milliseconds();
    for (int i = 0; i < SUBMISSIONS; i++)
        submit(bench, store, 1);
    double spent = (milliseconds() - begun) / SUBMISSIONS;
    store_close(store);
    return spent;
}

int main(int count, char **words) {
    if (count != 3)
        stop("usage: links QUESTIONNAIRE FOLDER");
    struct bench bench = {.arena = arena_create(), .folder = words[2]};
    struct diagnostics *diagnostics = diagnostics_create(bench.arena, words[1]);
    bench.questionnaire = questionnaire_load(bench.arena, words[1], diagnostics);
    if (!bench.questionnaire)
        stop("the questionnaire has mistakes");
    bench.answers = make_up(bench.arena, bench.questionnaire);
    puts("responses   without links   with links   ratio   (milliseconds for one durable submission)");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double without = measure(&bench, sizes[i], false), with = measure(&bench, sizes[i], true);
        printf("%9zu   %13.2f   %10.2f   %5.1f\n", sizes[i], without, with, with / without);
    }
    arena_destroy(bench.arena);
    return 0;
}
