/* Goal: means, spreads and quantiles are right to the last digits that doubles allow, also far from 0, from
 * counted values as from a list, and say what is undefined. Agreement with R: test_reference.c. */
#include "analysis/statistics/distribution.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance * fabs(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void a_known_sample(void **state) {
    (void)state;
    const struct value_count values[] = {{1, 2}, {2, 3}, {3, 4}, {4, 1}};
    const struct distribution all = distribution_describe(values, 4, 0, 0.95);
    assert_int_equal(all.n, 10);
    assert_near(all.mean, 2.4, 1e-15);
    assert_near(all.standard_deviation, sqrt(8.4 / 9), 1e-15);
    assert_near(all.interval.high - 2.4, 2.2621571627982049 * sqrt(8.4 / 90), 1e-12);
    assert_near(2.4 - all.interval.low, 2.2621571627982049 * sqrt(8.4 / 90), 1e-12);
    assert_true(all.minimum == 1 && all.maximum == 4 && !all.constant && !all.interval.census);
    const struct distribution finite = distribution_describe(values, 4, 40, 0.95);
    assert_near(finite.interval.high - 2.4, 2.2621571627982049 * sqrt(8.4 / 90 * 0.75), 1e-12);
    const struct distribution census = distribution_describe(values, 4, 10, 0.95);
    assert_true(census.interval.census && census.interval.low == census.mean &&
                census.interval.high == census.mean);
}

static void what_is_undefined_is_not_a_number(void **state) {
    (void)state;
    const struct value_count none[] = {{1, 0}, {2, 0}}, one[] = {{1, 0}, {2, 1}, {3, 0}},
                             same[] = {{7.5, 12}};
    const struct distribution nobody = distribution_describe(none, 2, 140, 0.95);
    assert_true(nobody.n == 0 && isnan(nobody.mean) && isnan(nobody.standard_deviation));
    assert_true(isnan(nobody.minimum) && isnan(nobody.maximum) && isnan(nobody.interval.low));
    assert_true(isnan(distribution_quantile(none, 2, 0.5)));
    assert_true(isnan(distribution_quantile(NULL, 0, 0.5)));
    assert_int_equal(distribution_position(none, 2, 0.5), 2);
    assert_int_equal(distribution_describe(NULL, 0, 0, 0.95).n, 0);

    const struct distribution alone = distribution_describe(one, 3, 140, 0.95);
    assert_true(alone.mean == 2 && alone.minimum == 2 && alone.maximum == 2 && !alone.constant);
    assert_true(isnan(alone.standard_deviation) && isnan(alone.interval.low) && isnan(alone.interval.high));
    assert_true(distribution_describe(one, 3, 1, 0.95).interval.census);

    const struct distribution constant = distribution_describe(same, 1, 140, 0.95);
    assert_true(constant.constant && constant.mean == 7.5 && constant.standard_deviation == 0);
    assert_true(isnan(constant.interval.low) && isnan(constant.interval.high));
    assert_true(distribution_describe(same, 1, 12, 0.95).interval.low == 7.5);
}

/* Years, and numbers that fill a double: the offset changes neither spread nor the digits of the mean. */
static void an_offset_costs_no_digits(void **state) {
    (void)state;
    const double offsets[] = {0, 2013, 1e6, 1e9, 1e12, 999999999999900.0, -1e15};
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        const double offset = offsets[i];
        const struct value_count values[] = {
            {offset + 4, 1}, {offset + 7, 1}, {offset + 13, 1}, {offset + 16, 1}};
        const struct distribution all = distribution_describe(values, 4, 0, 0.95);
        assert_true(all.mean == offset + 10);
        assert_near(all.standard_deviation, sqrt(30), 1e-15);
        assert_true(distribution_quantile(values, 4, 0.5) == offset + 10);
    }
}

/* The mean, 2/3 above a number so large, is itself rounded by more than a twentieth. */
static void a_rounded_mean_does_not_spoil_the_spread(void **state) {
    (void)state;
    const struct value_count values[] = {{1e15, 1}, {1e15 + 1, 2}};
    assert_near(distribution_describe(values, 2, 0, 0.95).standard_deviation, sqrt(1.0 / 3), 1e-15);
}

static void many_answers_cost_no_digits(void **state) {
    (void)state;
    const struct value_count values[] = {
        {1000000.1, 300000000}, {1000000.2, 400000000}, {1000000.3, 300000000}};
    const struct distribution all = distribution_describe(values, 3, 0, 0.95);
    assert_near(all.mean, 1000000.2, 1e-15);
    assert_near(all.standard_deviation, sqrt(0.006 * 1e9 / (1e9 - 1)), 1e-8); /* of what 0.1 is that far up */
    assert_true(all.interval.low < all.mean && all.mean < all.interval.high);
}

/* The definitions, on the list written out. */
static double listed_quantile(const double *list, size_t n, double level) {
    const double place = (double)(n - 1) * level;
    const size_t below = (size_t)floor(place), above = (size_t)ceil(place);
    return list[below] + (place - floor(place)) * (list[above] - list[below]);
}

static double listed_position(const double *list, size_t n, size_t numerator, size_t denominator) {
    for (size_t i = 0; i < n; i++)
        if ((i + 1) * denominator >= n * numerator)
            return list[i];
    return NAN;
}

static void quantiles_of_counts_are_those_of_the_list(void **state) {
    (void)state;
    uint32_t random = 2013;
    for (int round = 0; round < 300; round++) {
        struct value_count values[6];
        double list[60];
        size_t n = 0;
        for (size_t i = 0; i < 6; i++) {
            random = random * 1664525 + 1013904223;
            values[i] = (struct value_count){(double)i * 1.5 - 2, (random >> 16) % (i % 2 ? 10 : 4)};
            for (size_t k = 0; k < values[i].count; k++)
                list[n++] = values[i].value;
        }
        if (n == 0)
            continue;
        for (size_t level = 0; level <= 20; level++) {
            assert_true(fabs(distribution_quantile(values, 6, (double)level / 20) -
                             listed_quantile(list, n, (double)level / 20)) < 1e-13);
            const size_t position = distribution_position(values, 6, (double)level / 20);
            assert_true(position < 6 && values[position].value == listed_position(list, n, level, 20));
        }
    }
}

/* 0.07 * 100 is a little more than 7 in doubles, and 0.55 * 100 than 55. */
static void a_level_that_is_no_double_is_reached_all_the_same(void **state) {
    (void)state;
    struct value_count values[100];
    for (size_t i = 0; i < 100; i++)
        values[i] = (struct value_count){(double)i, 1};
    for (size_t percent = 1; percent <= 100; percent++)
        assert_int_equal(distribution_position(values, 100, (double)percent / 100), percent - 1);
}

static void the_score_of_promoters(void **state) {
    (void)state;
    const struct value_count values[] = {{0, 1}, {6, 2}, {7, 4}, {8, 1}, {9, 2}, {10, 5}};
    const struct distribution score = distribution_net_promoter(values, 6, 140, 0.95);
    assert_int_equal(score.n, 15);
    assert_near(score.mean, 100 * (7.0 - 3) / 15, 1e-15);
    assert_true(score.interval.low < score.mean && score.mean < score.interval.high);
    const struct value_count happy[] = {{9, 3}, {10, 8}};
    const struct distribution all = distribution_net_promoter(happy, 2, 0, 0.95);
    assert_true(all.mean == 100 && all.constant && isnan(all.interval.low));
    assert_true(isnan(distribution_net_promoter(NULL, 0, 0, 0.95).mean));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_sample),
        cmocka_unit_test(what_is_undefined_is_not_a_number),
        cmocka_unit_test(an_offset_costs_no_digits),
        cmocka_unit_test(a_rounded_mean_does_not_spoil_the_spread),
        cmocka_unit_test(many_answers_cost_no_digits),
        cmocka_unit_test(quantiles_of_counts_are_those_of_the_list),
        cmocka_unit_test(a_level_that_is_no_double_is_reached_all_the_same),
        cmocka_unit_test(the_score_of_promoters),
    };
    return cmocka_run_group_tests_name("distribution", tests, NULL, NULL);
}
