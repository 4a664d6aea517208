/* Goal: words for figures never lie, whatever the fraction, in both languages; and they are those that a
 * reader expects. */
#include "analysis/figure_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

static const char *french(enum figure_style style, size_t x, size_t n) {
    return figure_words_say(arena, LANGUAGE_FRENCH, style, figure_words_of(x, n));
}

static const char *english(enum figure_style style, size_t x, size_t n) {
    return figure_words_say(arena, LANGUAGE_ENGLISH, style, figure_words_of(x, n));
}

static void assert_words(const char *words, const char *expected) {
    if (!words || !expected || strcmp(words, expected) != 0)
        fail_msg("\"%s\" instead of \"%s\"", words ? words : "(none)", expected ? expected : "(none)");
}

/* What the words promise, in half points of n: from `low` to `high`, ends included or not. */
struct promise {
    const char *words;
    double low, high; /* percent */
    bool low_in, high_in;
};

static const struct promise FRACTIONS[] = {
    {"a quarter", 23.5, 26.5, true, true},
    {"just over a quarter", 26.5, 28, false, true},
    {"just under a quarter", 22, 23.5, true, false},
    {"half", 48.5, 51.5, true, true},
    {"just over half", 51.5, 53, false, true},
    {"just under half", 47, 48.5, true, false},
    {"three quarters", 73.5, 76.5, true, true},
    {"just over three quarters", 76.5, 78, false, true},
    {"just under three quarters", 72, 73.5, true, false},
};

/* Compares x/n with a percentage that is a whole number of half points, without rounding. */
static int compare(size_t x, size_t n, double percentage) {
    const long one = 200 * (long)x, other = (long)(2 * percentage) * (long)n;
    return (one > other) - (one < other);
}

static void assert_kept(const struct promise *promise, size_t x, size_t n) {
    const int low = compare(x, n, promise->low), high = compare(x, n, promise->high);
    if (low < 0 || (low == 0 && !promise->low_in) || high > 0 || (high == 0 && !promise->high_in))
        fail_msg("%zu of %zu is not \"%s\"", x, n, promise->words);
}

static void fractions_never_lie(void **state) {
    (void)state;
    size_t said = 0;
    for (size_t n = 1; n <= 400; n++)
        for (size_t x = 0; x <= n; x++) {
            const char *words = english(FIGURE_FRACTION, x, n);
            for (size_t i = 0; words && i < sizeof FRACTIONS / sizeof *FRACTIONS; i++)
                if (!strcmp(words, FRACTIONS[i].words)) {
                    assert_kept(&FRACTIONS[i], x, n);
                    said++;
                }
            /* Thirds: |x/n - 1/3| <= 3 points, in whole numbers. */
            if (words && strstr(words, "third")) {
                const long part = strstr(words, "two") ? 2 : 1;
                const long off = labs(300 * (long)x - 100 * part * (long)n);
                const long within = strstr(words, "just") ? 9 * (long)n : (9 * (long)n) / 2;
                if (off > within)
                    fail_msg("%zu of %zu is not \"%s\"", x, n, words);
                said++;
            }
        }
    assert_true(said > 10000);
}

/* Every fraction has one rough percentage, and it is true. */
static void rough_percentages_never_lie(void **state) {
    (void)state;
    for (size_t n = 1; n <= 400; n++)
        for (size_t x = 0; x <= n; x++) {
            const char *words = english(FIGURE_ROUGH, x, n);
            const char *digits = words + strcspn(words, "0123456789");
            const double percentage = strtod(digits, NULL);
            struct promise promise = {words, percentage - 0.5, percentage + 0.5, true, true};
            if (strchr(words, '.') || compare(x, n, 2.5) < 0 || compare(x, n, 97.5) >= 0)
                continue; /* exact */
            if (strstr(words, "nearly"))
                promise = (struct promise){words, percentage - 2.5, percentage - 0.5, true, false};
            else if (strstr(words, "just over"))
                promise = (struct promise){words, percentage + 0.5, percentage + 1.5, false, true};
            else if (strstr(words, "over"))
                promise = (struct promise){words, percentage + 1.5, percentage + 2.5, false, false};
            assert_true(percentage == 5 * (double)(int)(percentage / 5));
            assert_kept(&promise, x, n);
        }
}

static void shares_never_lie(void **state) {
    (void)state;
    for (size_t n = 1; n <= 400; n++)
        for (size_t x = 0; x <= n; x++) {
            const char *words = french(FIGURE_SHARE, x, n), *expected = NULL;
            if (x == 0)
                expected = "aucun";
            else if (x == n)
                expected = "tous";
            else if (20 * x >= 19 * n)
                expected = "la quasi-totalité";
            else if (2 * x > n)
                expected = "la majorité";
            if (expected)
                assert_words(words, expected);
            else
                assert_null(words);
        }
}

static void few_are_counted(void **state) {
    (void)state;
    for (size_t n = 1; n <= 400; n++)
        for (size_t x = 0; x <= n; x++) {
            const char *words = french(FIGURE_BEST, x, n);
            if (n < 20)
                assert_words(words, arena_format(arena, "%zu sur %zu", x, n));
            else
                assert_null(strstr(words, " sur "));
        }
}

static void figures_are_worded(void **state) {
    (void)state;
    assert_words(french(FIGURE_ROUGH, 82, 140), "près de 60\u202F%");
    assert_words(french(FIGURE_EXACT, 82, 140), "58,6\u202F%");
    assert_words(french(FIGURE_ROUNDED, 82, 140), "59\u202F%");
    assert_words(english(FIGURE_ROUGH, 82, 140), "nearly 60%");
    assert_words(french(FIGURE_ROUGH, 61, 100), "un peu plus de 60\u202F%");
    assert_words(french(FIGURE_ROUGH, 62, 100), "plus de 60\u202F%");
    assert_words(french(FIGURE_ROUGH, 63, 100), "près de 65\u202F%");
    assert_words(french(FIGURE_ROUGH, 625, 1000), "près de 65\u202F%");
    assert_words(french(FIGURE_ROUGH, 605, 1000), "60\u202F%");
    assert_words(french(FIGURE_ROUGH, 595, 1000), "60\u202F%");
    assert_words(french(FIGURE_ROUGH, 1, 100), "1,0\u202F%");
    assert_words(english(FIGURE_EXACT, 1, 10000), "< 0.1%");
    assert_words(english(FIGURE_EXACT, 9999, 10000), "> 99.9%");
    assert_words(english(FIGURE_ROUNDED, 1, 8), "13%"); /* 12.5: half away from zero */
    assert_words(french(FIGURE_FRACTION, 54, 200), "un peu plus d’un quart");
    assert_words(french(FIGURE_BEST, 25, 100), "un quart");
    assert_words(french(FIGURE_BEST, 66, 100), "deux tiers");
    assert_words(french(FIGURE_BEST, 28, 100), "près de 30\u202F%");
    assert_words(french(FIGURE_BEST, 97, 100), "la quasi-totalité");
    assert_null(french(FIGURE_FRACTION, 40, 100));
    assert_null(french(FIGURE_BEST, 0, 0));
}

static void proofs_follow(void **state) {
    (void)state;
    const struct figure figure = figure_words_of(82, 140);
    assert_words(figure_words_prove(arena, LANGUAGE_FRENCH, FIGURE_ROUGH, figure, 82),
                 "près de 60\u202F% (58,6\u202F%, 82 sur 140)");
    assert_words(figure_words_prove(arena, LANGUAGE_ENGLISH, FIGURE_EXACT, figure, 82), "58.6% (82 of 140)");
    assert_words(figure_words_prove(arena, LANGUAGE_FRENCH, FIGURE_BEST, figure_words_of(7, 12), 7),
                 "7 sur 12");
    assert_words(figure_words_prove(arena, LANGUAGE_FRENCH, FIGURE_BEST, figure_words_of(30, 30), 30),
                 "tous (30 sur 30)");
}

/* A weighted rate is worded by itself, and proved by the respondents it comes from. */
static void weighted_rates_are_worded(void **state) {
    (void)state;
    const struct figure figure = figure_words_of_rate(0.5857142857, 97);
    assert_words(figure_words_prove(arena, LANGUAGE_FRENCH, FIGURE_BEST, figure, 60),
                 "près de 60\u202F% (58,6\u202F%, 60 sur 97)");
    assert_words(figure_words_say(arena, LANGUAGE_ENGLISH, FIGURE_BEST, figure_words_of_rate(1, 40)), "all");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fractions_never_lie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rough_percentages_never_lie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shares_never_lie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(few_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(figures_are_worded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(proofs_follow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(weighted_rates_are_worded, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
