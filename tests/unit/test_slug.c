/* The ids of an author's headings: told from their words, and never the same twice. */
#include "analysis/slug.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct names *taken;

static int begin(void **state) {
    (void)state;
    arena = arena_create();
    taken = names_create(arena, false);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void told_from_the_words(void **state) {
    (void)state;
    assert_string_equal(slug_take(arena, taken, "Élus, et après ?"), "text-elus-et-apres");
    assert_string_equal(slug_take(arena, taken, "L’essentiel"), "text-l-essentiel");
    assert_string_equal(slug_take(arena, taken, "  The <b>\"rest\"</b> & 12 %"), "text-the-b-rest-b-12");
    assert_string_equal(slug_take(arena, taken, "Ход работ"), "text-ход-работ");
}

static void never_the_same_twice(void **state) {
    (void)state;
    assert_string_equal(slug_take(arena, taken, "Results"), "text-results");
    assert_string_equal(slug_take(arena, taken, "Results 2"), "text-results-2");
    assert_string_equal(slug_take(arena, taken, "Results"), "text-results-3");
    assert_string_equal(slug_take(arena, taken, "results!"), "text-results-4");
}

static void of_nothing_and_of_very_much(void **state) {
    (void)state;
    assert_string_equal(slug_take(arena, taken, ""), "text");
    assert_string_equal(slug_take(arena, taken, "?!"), "text-2");
    char words[2001] = {0};
    for (size_t i = 0; i < 2000; i += 2)
        words[i] = '\xC3', words[i + 1] = '\xA9';
    const char *slug = slug_take(arena, taken, words);
    assert_in_range(strlen(slug), 50, 64);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(told_from_the_words, begin, end),
        cmocka_unit_test_setup_teardown(never_the_same_twice, begin, end),
        cmocka_unit_test_setup_teardown(of_nothing_and_of_very_much, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
