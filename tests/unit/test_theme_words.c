/* The first look at open answers: words are found in French and English as people write them, common ones are
 * left out, a plural counts as its singular only where that was written, pairs do not cross sentences, and
 * answers that say nearly the same stand together, whatever their number. */
#include "analysis/theme_fold.h"
#include "analysis/theme_frequent.h"
#include "analysis/theme_similar.h"
#include "analysis/theme_stop_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ANSWERS_MOST = 32 };

static const struct theme_corpus *make(struct arena *arena, const char *const *answers) {
    size_t count = 0, *weights = ARENA_NEW(arena, size_t, ANSWERS_MOST);
    for (; answers[count]; count++)
        weights[count] = 1;
    return theme_corpus_create(arena, answers, weights, count);
}

static void assert_phrases(struct theme_phrases phrases, const char *expected) {
    struct buffer text = {0};
    for (size_t i = 0; i < phrases.count; i++)
        buffer_format(&text, "%zu:%s|", phrases.all[i].count, phrases.all[i].text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_destroy(&text);
}

#define ASSERT_WORDS(expected, ...)                                                                          \
    do {                                                                                                     \
        struct arena *arena = arena_create();                                                                \
        assert_phrases(                                                                                      \
            theme_frequent_words(arena, make(arena, (const char *const[]){__VA_ARGS__, NULL}), 50),          \
            expected);                                                                                       \
        arena_destroy(arena);                                                                                \
    } while (0)

#define ASSERT_PAIRS(expected, ...)                                                                          \
    do {                                                                                                     \
        struct arena *arena = arena_create();                                                                \
        assert_phrases(                                                                                      \
            theme_frequent_pairs(arena, make(arena, (const char *const[]){__VA_ARGS__, NULL}), 50),          \
            expected);                                                                                       \
        arena_destroy(arena);                                                                                \
    } while (0)

static void test_fold(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    assert_string_equal(theme_fold_text(arena, "ÉLUS Œuvre Straße Žižek Ærø ÇA"),
                        "elus oeuvre strasse zizek aero ca");
    assert_string_equal(theme_fold_text(arena, "e\xCC\x81lus l\xE2\x80\x99\xC3\xA9t\xC3\xA9"), "elus l'ete");
    assert_string_equal(theme_fold_text(arena, "ΑΩ ДЯ Ё 漢字 ×"), "αω дя ё 漢字 ×");
    arena_destroy(arena);
}

static void test_stop_words(void **state) {
    (void)state;
    static const char *const words[] = {"le",    "la",   "des",  "dela",    "etaient", "qu",
                                        "y",     "the",  "of",   "wouldn",  "a",       "aujourd'hui",
                                        "yours", "zero", "elus", "service", "not",     NULL};
    static const bool common[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1};
    for (size_t i = 0; words[i]; i++)
        assert_int_equal(theme_stop_words_has(words[i]), common[i]);
}

static void test_words(void **state) {
    (void)state;
    ASSERT_WORDS("2:élus|", "Les élus", "ELUS !");
    ASSERT_WORDS("2:équipe|", "L’équipe", "d'équipe");
    ASSERT_WORDS("2:manager|", "the manager's room", "a manager");
    ASSERT_WORDS("2:innovation|2:qualité|", "qu’il y ait l’innovation, la qualité", "Qualité/innovation");
    ASSERT_WORDS("", "C'est qu'il n'y a pas", "It's what I don't");
    ASSERT_WORDS("", "2013 12,5", "2013 12,5");
    ASSERT_WORDS("2:35h|", "35h", "les 35h");
    ASSERT_WORDS("2:prud’homme|", "prud’homme", "Prud'homme !", "");
    ASSERT_WORDS("", "élus élus élus", "rien");
}

static void test_written_as_most_often(void **state) {
    (void)state;
    ASSERT_WORDS("3:Élus|", "Élus", "Élus", "élus");
    ASSERT_WORDS("2:élus|", "Élus", "élus");
}

static void test_plurals(void **state) {
    (void)state;
    ASSERT_WORDS("3:services, service|", "les services", "nos services", "un service");
    ASSERT_WORDS("2:moyens|", "des moyens", "les moyens");
    ASSERT_WORDS("2:bureau, bureaux|", "un bureau", "deux bureaux");
    ASSERT_WORDS("", "un process", "un proces");
    ASSERT_WORDS("", "le bus", "un bu");
}

static void test_pairs(void **state) {
    (void)state;
    ASSERT_PAIRS("2:travail en groupe|", "Le travail en groupe", "un travail en groupe");
    ASSERT_PAIRS("3:comptes rendus|", "comptes-rendus", "Comptes rendus", "comptes rendus, encore", "rien");
    ASSERT_PAIRS("", "travail. Groupe", "travail. Groupe");
    ASSERT_PAIRS("", "travail, groupe", "travail ; groupe");
    ASSERT_PAIRS("", "travail\ngroupe", "travail\ngroupe");
    ASSERT_PAIRS("", "travail groupe", "groupe travail");
}

static void test_pairs_of_weights(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const char *const answers[] = {"travail en groupe"};
    const size_t weights[] = {7};
    const struct theme_corpus *corpus = theme_corpus_create(arena, answers, weights, 1);
    assert_phrases(theme_frequent_words(arena, corpus, 1), "7:groupe|");
    assert_phrases(theme_frequent_pairs(arena, corpus, 9), "7:travail en groupe|");
    corpus = theme_corpus_create(arena, NULL, NULL, 0);
    assert_phrases(theme_frequent_words(arena, corpus, 9), "");
    assert_phrases(theme_frequent_pairs(arena, corpus, 9), "");
    assert_int_equal(theme_similar_group(arena, corpus).count, 0);
    arena_destroy(arena);
}

static void assert_groups(const char *expected, const char *const *answers) {
    struct arena *arena = arena_create();
    const struct theme_corpus *corpus = make(arena, answers);
    struct theme_groups groups = theme_similar_group(arena, corpus);
    struct buffer text = {0};
    for (size_t i = 0; i < corpus->count; i++)
        buffer_format(&text, "%zu:%zu ", groups.order[i], groups.group[groups.order[i]]);
    assert_string_equal(buffer_text(&text), expected);
    buffer_destroy(&text);
    arena_destroy(arena);
}

static void test_groups(void **state) {
    (void)state;
    assert_groups("0:1 2:1 5:1 1:2 3:2 4:0 6:0 ",
                  (const char *const[]){"Informer davantage les élus", "Le calendrier trop long",
                                        "Les élus, il faut les informer", "Un calendrier long !",
                                        "La cantine", "informer les élus du travail", "…", NULL});
    assert_groups("", (const char *const[]){NULL});
}

/* Without a group, answers that share a word stand together all the same. */
static void test_order(void **state) {
    (void)state;
    assert_groups("0:0 3:0 1:0 2:0 ",
                  (const char *const[]){"Budget du parking", "Cantine bruyante partout hélas",
                                        "Fenêtres ouvertes", "Réduction générale annoncée: budget", NULL});
}

/* Many answers: each is placed once, those of the same words in one group, and again in the same way. */
static void test_many(void **state) {
    (void)state;
    enum { MANY = 6000, KINDS = 40 };
    struct arena *arena = arena_create();
    const char **answers = ARENA_NEW(arena, const char *, MANY);
    size_t *weights = ARENA_NEW(arena, size_t, MANY), *seen = ARENA_NEW(arena, size_t, MANY);
    for (size_t i = 0; i < MANY; i++) {
        weights[i] = 1;
        answers[i] =
            arena_format(arena, "sujet%c%c matière%c%c détail%zu", (int)('a' + i % KINDS / 8),
                         (int)('a' + i % 8), (int)('a' + i % KINDS / 8), (int)('a' + i % 8), i / 100);
    }
    const struct theme_corpus *corpus = theme_corpus_create(arena, answers, weights, MANY);
    struct theme_groups groups = theme_similar_group(arena, corpus);
    struct theme_groups again = theme_similar_group(arena, corpus);
    for (size_t i = 0; i < MANY; i++) {
        seen[groups.order[i]]++;
        assert_int_equal(groups.order[i], again.order[i]);
        assert_int_equal(groups.group[i], again.group[i]);
        assert_true(groups.group[i] > 0 && groups.group[i] <= groups.count);
        assert_int_equal(groups.group[i], groups.group[i % KINDS]);
    }
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(seen[i], 1);
    assert_int_equal(groups.count, KINDS);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_stop_words),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_written_as_most_often),
        cmocka_unit_test(test_plurals),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_pairs_of_weights),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests_name("theme words", tests, NULL, NULL);
}
