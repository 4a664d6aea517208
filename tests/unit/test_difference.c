/* Goal: the interval of a difference is Newcombe's, from any limits: his published figures, R's, and what
 * must be true of every two rates. */
#include "analysis/statistics/difference.h"

#include "tests/unit/tables.h"

static const double AGREEMENT = 1e-9;

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void differences_agree(void **state) {
    (void)state;
    struct reference reference = reference_open("tests/reference/ranks_difference.csv");
    while (reference_next(&reference)) {
        const double *row = reference.numbers;
        assert_int_equal(reference.count, 9);
        const struct difference difference =
            difference_of_rates(row[0], (struct interval){row[1], row[2], false}, row[3],
                                (struct interval){row[4], row[5], false});
        reference_near(&reference, 6, difference.value, AGREEMENT, 1e-15, "difference");
        reference_near(&reference, 7, difference.interval.low, AGREEMENT, 1e-14, "low");
        reference_near(&reference, 8, difference.interval.high, AGREEMENT, 1e-14, "high");
        assert_false(difference.interval.census);
    }
    assert_true(reference_close(&reference) >= 30);
}

static struct difference of_counts(long x, long n, long y, long m) {
    return difference_of_rates((double)x / (double)n, proportion_interval(INTERVAL_WILSON, x, n, 0, 0.95),
                               (double)y / (double)m, proportion_interval(INTERVAL_WILSON, y, m, 0, 0.95));
}

/* Newcombe 1998, table II, method 10, with its four digits. */
static void published_figures(void **state) {
    (void)state;
    static const struct {
        long x, n, y, m;
        double low, high;
    } rows[] = {
        {56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},  {6, 7, 2, 7, 0.0582, 0.8062},
        {5, 56, 0, 29, -0.0381, 0.1926},  {0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775},
        {10, 10, 0, 20, 0.6791, 1},       {10, 10, 0, 10, 0.6075, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct difference difference = of_counts(rows[i].x, rows[i].n, rows[i].y, rows[i].m);
        assert_near(difference.interval.low, rows[i].low, 0.00005);
        assert_near(difference.interval.high, rows[i].high, 0.00005);
    }
}

/* A rate and an interval around it, one in ten of them with nothing between. */
static double draw_rate(uint64_t *seed, struct interval *interval) {
    const double rate = tables_draw(seed, 8) == 0 ? (double)tables_draw(seed, 2) : tables_draw_share(seed);
    const bool census = tables_draw(seed, 10) == 0;
    interval->low = census ? rate : rate * tables_draw_share(seed);
    interval->high = census ? rate : rate + (1 - rate) * tables_draw_share(seed);
    interval->census = census;
    return rate;
}

static void every_difference(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 10000; round++) {
        struct interval first = {0}, second = {0};
        const double p = draw_rate(&seed, &first), q = draw_rate(&seed, &second);
        const struct difference one = difference_of_rates(p, first, q, second);
        const struct difference other = difference_of_rates(q, second, p, first);
        assert_true(one.value == p - q && one.value == -other.value);
        assert_true(-1 <= one.interval.low && one.interval.low <= one.value);
        assert_true(one.value <= one.interval.high && one.interval.high <= 1);
        assert_true(one.interval.low == -other.interval.high && one.interval.high == -other.interval.low);
        assert_int_equal(one.interval.census, first.census && second.census);
        if (one.interval.census)
            assert_true(one.interval.low == one.value && one.interval.high == one.value);
        const struct interval opposite[] = {{1 - first.high, 1 - first.low, first.census},
                                            {1 - second.high, 1 - second.low, second.census}};
        const struct difference against = difference_of_rates(1 - p, opposite[0], 1 - q, opposite[1]);
        assert_near(against.interval.low, -one.interval.high, 1e-14);
        assert_near(against.interval.high, -one.interval.low, 1e-14);
    }
}

/* One rate is certain: the difference is as uncertain as the other. */
static void one_census(void **state) {
    (void)state;
    const struct interval certain = {0.5, 0.5, true}, other = {0.125, 0.5, false};
    const struct difference difference = difference_of_rates(0.5, certain, 0.25, other);
    assert_true(difference.value == 0.25 && !difference.interval.census);
    assert_true(difference.interval.low == 0 && difference.interval.high == 0.375);
}

static void what_is_undefined_is_not_a_number(void **state) {
    (void)state;
    const struct interval none = {NAN, NAN, false}, some = {0.25, 0.75, false}, certain = {0.5, 0.5, true};
    const struct difference open = difference_of_rates(0.5, none, 0.25, some);
    assert_true(open.value == 0.25 && isnan(open.interval.low) && isnan(open.interval.high));
    const struct difference nobody = difference_of_rates(0.5, certain, NAN, none);
    assert_true(isnan(nobody.value) && isnan(nobody.interval.low) && isnan(nobody.interval.high));
    assert_false(nobody.interval.census);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_agree),
        cmocka_unit_test(published_figures),
        cmocka_unit_test(every_difference),
        cmocka_unit_test(one_census),
        cmocka_unit_test(what_is_undefined_is_not_a_number),
    };
    return cmocka_run_group_tests_name("difference", tests, NULL, NULL);
}
