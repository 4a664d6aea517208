/* What the tests of the store share: a questionnaire with every type of question, a folder that goes away,
 * and short ways to open, fill and count. */
#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include "model/store.h"
#include "model/store_pass.h"
#include "model/store_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char BASE[] = "questionnaire: kept\n"
                           "languages: [fr, en]\n"
                           "title: Kept\n"
                           "privacy: Made up.\n"
                           "scales:\n"
                           "  agreement:\n"
                           "    - {code: 2, text: Yes}\n"
                           "    - {code: 1, text: Half}\n"
                           "    - {code: 0, text: \"No\"}\n"
                           "pages:\n"
                           "  - title: All\n"
                           "    questions:\n"
                           "      - id: role\n"
                           "        type: single\n"
                           "        text: Role?\n"
                           "        options:\n"
                           "          - {code: member, text: Member}\n"
                           "          - {code: head, text: \"Head; of all\"}\n"
                           "          - {code: other, text: Other, specify: true}\n"
                           "      - id: good\n"
                           "        type: scale\n"
                           "        scale: agreement\n"
                           "        no_opinion: true\n"
                           "        not_concerned: true\n"
                           "        text: Good?\n"
                           "        items:\n"
                           "          - {id: room, text: Room}\n"
                           "          - {id: staff, text: Staff}\n"
                           "      - id: hats\n"
                           "        type: multiple\n"
                           "        text: Hats?\n"
                           "        options:\n"
                           "          - {code: a, text: A}\n"
                           "          - {code: b, text: B}\n"
                           "          - {code: c, text: C}\n"
                           "          - {code: none, text: None, exclusive: true}\n"
                           "      - id: first\n"
                           "        type: ranking\n"
                           "        text: Order?\n"
                           "        options: [{code: p, text: P}, {code: q, text: Q}, {code: r, text: R}]\n"
                           "      - id: hours\n"
                           "        type: number\n"
                           "        decimals: 2\n"
                           "        when: role = member\n"
                           "        text: Hours?\n"
                           "      - id: years\n"
                           "        type: number\n"
                           "        text: Years?\n"
                           "      - id: seen\n"
                           "        type: date\n"
                           "        text: Seen?\n"
                           "      - id: words\n"
                           "        type: text\n"
                           "        text: Words?\n";

enum { ROLE, ROOM, STAFF, HATS, FIRST, HOURS, YEARS, SEEN, WORDS, ITEMS };

static char folder[] = "/tmp/bilan-store-XXXXXX";
static char path[64];
static struct arena *arena;
static const struct questionnaire *base;

static inline const struct questionnaire *parse(const char *source) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "kept.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "kept.yaml", source, strlen(source), diagnostics);
    if (!questionnaire)
        diagnostics_print(diagnostics, stderr);
    assert_non_null(questionnaire);
    return questionnaire;
}

/* The base questionnaire with one piece of its text replaced. */
static inline const struct questionnaire *changed(const char *from, const char *to) {
    const char *at = strstr(BASE, from);
    assert_non_null(at);
    return parse(arena_format(arena, "%.*s%s%s", (int)(at - BASE), BASE, to, at + strlen(from)));
}

static inline void remove_store(void) {
    unlink(path);
    unlink(arena_format(arena, "%s-wal", path));
    unlink(arena_format(arena, "%s-journal", path));
    unlink(arena_format(arena, "%s-shm", path));
}

static inline int set_up_all(void **state) {
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/answers.db", folder);
    return 0;
}

static inline int tear_down_all(void **state) {
    (void)state;
    return rmdir(folder);
}

static inline int set_up(void **state) {
    (void)state;
    arena = arena_create();
    base = parse(BASE);
    return 0;
}

static inline int tear_down(void **state) {
    (void)state;
    remove_store();
    arena_destroy(arena);
    return 0;
}

static inline void write_file(const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static inline struct store *open_store(enum store_access access, const struct questionnaire *questionnaire) {
    struct failure failure = {0};
    struct store *store = store_open(path, access, questionnaire, &failure);
    assert_string_equal(failure.text, "");
    assert_non_null(store);
    return store;
}

/* Opening must be refused, in words that hold `reason`. */
static inline void assert_refused(enum store_access access, const struct questionnaire *questionnaire,
                                  const char *reason) {
    struct failure failure = {0};
    struct store *store = store_open(path, access, questionnaire, &failure);
    assert_null(store);
    if (!strstr(failure.text, reason))
        fail_msg("\"%s\" does not say \"%s\"", failure.text, reason);
}

/* A response from what would be typed; several values of one item are separated by spaces. */
static inline struct response respond(const struct questionnaire *questionnaire, const char *const *cells,
                                      const char *specify) {
    struct entry *entries = ARENA_NEW(arena, struct entry, questionnaire->item_count);
    struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        bool several = questionnaire->items[i].question->type == QUESTION_MULTIPLE ||
                       questionnaire->items[i].question->type == QUESTION_RANKING;
        const char **values = ARENA_NEW(arena, const char *, 8);
        char *rest = arena_copy(arena, cells[i] ? cells[i] : "");
        size_t count = 0;
        if (!several)
            values[count++] = rest;
        for (char *word = several ? strtok(rest, " ") : NULL; word; word = strtok(NULL, " "))
            values[count++] = word;
        entries[i] = (struct entry){.values = values, .value_count = count};
    }
    entries[0].specify = specify;
    struct problems problems = answer_check(arena, questionnaire, entries, CHANNEL_WEB, answers);
    assert_int_equal(problems.count, 0);
    return (struct response){.key = store_new_key(), .answers = answers};
}

static const char *const FULL[ITEMS] = {
    "member", "0", "no_opinion", "b a", "r p", "1.25", "-3", "2024-02-29", "Dire « Oui »,\n\"non\""};
static const char *const EMPTY[ITEMS] = {0};

static inline void add(struct store *store, const struct response *response) {
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, response, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
}

static inline size_t count_responses(struct store *store) {
    struct failure failure = {0};
    struct store_pass *pass = store_pass_begin(store, &failure);
    struct response response;
    size_t count = 0;
    while (store_pass_next(pass, &response, &failure))
        count++;
    store_pass_end(pass);
    assert_string_equal(failure.text, "");
    return count;
}

#endif
