/* A small made-up study for tests of figures: a questionnaire, a store in a temporary folder, and responses
 * written as "role=a hats=x+y years=2.5". */
#ifndef TESTS_STUDY_H
#define TESTS_STUDY_H

#include "analysis/results.h"
#include "model/answer.h"
#include "model/base/arena.h"
#include "model/base/diagnostic.h"
#include "model/expression.h"
#include "model/questionnaire.h"
#include "model/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct study {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    struct store *store;
    char folder[64], path[128];
    bool adding; /* a transaction is open */
};

static void study_fail(const char *what, const char *why) {
    fprintf(stderr, "study: %s: %s\n", what, why);
    abort();
}

static void study_open(struct study *study, const char *source) {
    *study = (struct study){.arena = arena_create(), .folder = "/tmp/bilan-study-XXXXXX"};
    struct diagnostics *diagnostics = diagnostics_create(study->arena, "study.yaml");
    study->questionnaire =
        questionnaire_parse(study->arena, "study.yaml", source, strlen(source), diagnostics);
    diagnostics_print(diagnostics, stderr);
    if (!study->questionnaire || !mkdtemp(study->folder))
        study_fail("questionnaire", "not read");
    snprintf(study->path, sizeof study->path, "%s/answers.db", study->folder);
    struct failure failure = {0};
    study->store = store_open(study->path, STORE_WRITE, study->questionnaire, &failure);
    if (!study->store)
        study_fail("store", failure.text);
}

static void study_close(struct study *study) {
    static const char *const SUFFIXES[] = {"", "-wal", "-shm", "-journal"};
    store_close(study->store);
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof *SUFFIXES; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s%s", study->path, SUFFIXES[i]);
        unlink(path);
    }
    rmdir(study->folder);
    arena_destroy(study->arena);
}

/* "x+y" as an entry of two values. */
static struct entry study_entry(struct arena *arena, const char *text) {
    char *copy = arena_copy(arena, text), *rest = copy;
    const char **values = ARENA_NEW(arena, const char *, strlen(text) + 1);
    struct entry entry = {.values = values};
    for (char *value = strsep(&rest, "+"); value; value = strsep(&rest, "+"))
        values[entry.value_count++] = value;
    return entry;
}

/* Adds a response; what it does not name is left empty, as anybody may on paper. */
static void study_add(struct study *study, enum channel channel, int64_t key, const char *text) {
    const struct questionnaire *questionnaire = study->questionnaire;
    struct arena *arena = arena_create();
    struct entry *entries = ARENA_NEW(arena, struct entry, questionnaire->item_count);
    struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
    char *copy = arena_copy(arena, text), *rest = copy;
    for (char *field = strsep(&rest, " "); field; field = strsep(&rest, " ")) {
        char *equals = strchr(field, '=');
        if (!equals)
            continue;
        *equals = '\0';
        const struct item *item = questionnaire_item(questionnaire, field);
        if (!item)
            study_fail("no item", field);
        entries[item->index] = study_entry(arena, equals + 1);
    }
    if (answer_check(arena, questionnaire, entries, channel, answers).any_error)
        study_fail("wrong response", text);
    struct response response = {.key = key, .channel = channel, .answers = answers};
    if ((!study->adding && store_begin(study->store) != STORE_DONE) ||
        store_add(study->store, &response, "2024-05-01") != STORE_DONE)
        study_fail("not stored", store_reason(study->store));
    study->adding = true;
    arena_destroy(arena);
}

static const struct results *study_compute(struct study *study, const struct results_options *options) {
    struct failure failure = {0};
    if (study->adding && store_commit(study->store) != STORE_DONE)
        study_fail("not stored", store_reason(study->store));
    study->adding = false;
    const struct results *results =
        results_compute(study->arena, study->store, study->questionnaire, options, &failure);
    if (!results)
        study_fail("results", failure.text);
    return results;
}

#endif
