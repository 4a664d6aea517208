/* Charts in words: figures with their intervals, never more than can be listened to. */
#include "analysis/chart_say.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct chart_context context;
static struct results results;

static int set_up(void **state) {
    (void)state;
    results = (struct results){.options = {.confidence = 0.95, .minimum_cell = 5}};
    context = (struct chart_context){.arena = arena_create(), .results = &results, .words = LANGUAGE_ENGLISH};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(context.arena);
    return 0;
}

/* Goal: a share has its interval, a fact has none, what is hidden has words and no figure. */
static void shares_have_their_intervals(void **state) {
    (void)state;
    struct share share = {.count = 31, .rate = 0.62, .low = 0.48, .high = 0.747};
    struct group_result group = {.asked = 50, .answered = 50, .expressed = 50};
    struct chart_figure figure = chart_say_share(&context, "Yes", &group, &share);
    assert_string_equal(chart_say(&context, "Well?", &figure, 1),
                        "Well? Yes: 62% (48 to 75%). In parentheses, the 95% confidence interval.");
    group.census = true;
    figure = chart_say_share(&context, "Yes", &group, &share);
    assert_string_equal(chart_say(&context, "Well", &figure, 1), "Well. Yes: 62%.");
    group.suppressed = true;
    figure = chart_say_share(&context, "Yes", &group, &share);
    assert_true(isnan(figure.value));
    assert_null(strstr(chart_say(&context, "Well", &figure, 1), "62"));
}

/* Goal: of many figures the first, the last, and from where to where the others reach, hidden ones left out.
 */
static void many_figures_are_summed_up(void **state) {
    (void)state;
    struct chart_figure figures[30];
    for (size_t i = 0; i < 30; i++) {
        const char *label = arena_format(context.arena, "q%zu", i);
        figures[i] = (struct chart_figure){label, arena_format(context.arena, "%zu%%", 90 - i),
                                           90 - (double)i, NULL, NULL};
    }
    figures[20] = (struct chart_figure){"q20", "hidden", NAN, NULL, NULL};
    assert_string_equal(
        chart_say_figures(&context, figures, 30),
        "q0: 90%; q1: 89%; q2: 88%; q3: 87%; q4: 86%; q5: 85%; 23 others: 62% to 84%; q29: 61%");
    assert_string_equal(chart_say_figures(&context, figures + 18, 8),
                        "q18: 72%; q19: 71%; q20: hidden; q21: 69%; q22: 68%; q23: 67%; q24: 66%; q25: 65%");
    assert_string_equal(chart_say_figures(&context, figures, 0), "");
}

/* Goal: with fewer than two different figures nothing is said of how far they reach. */
static void ends_need_two(void **state) {
    (void)state;
    struct chart_figure figures[] = {
        {"a", "hidden", NAN, NULL, NULL}, {"b", "5%", 5, NULL, NULL}, {"c", "7%", 7, NULL, NULL}};
    assert_string_equal(chart_say_ends(&context, MESSAGE_CHART_SAY_BY_GROUP, "figure", "6%", figures, 1), "");
    assert_string_equal(chart_say_ends(&context, MESSAGE_CHART_SAY_BY_GROUP, "figure", "6%", figures, 2), "");
    assert_string_equal(chart_say_ends(&context, MESSAGE_CHART_SAY_BY_GROUP, "figure", "6%", figures, 3),
                        "6%, by group from 5% to 7%");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shares_have_their_intervals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_figures_are_summed_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_need_two, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
