/* Goal: the intervals of rates are what their definitions say, checked against exact whole numbers; they
 * cover the truth as often as they promise; and the edges (nobody, everybody, all yes, all no) are told as
 * they are. */
#include "analysis/statistics/proportion.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

/* All numbers of samples of a population of up to 140 people (up to n = 97 there) fit into 128 bits. */
__extension__ typedef unsigned __int128 whole;

enum { LARGEST = 140 };
static whole binomials[LARGEST + 1][LARGEST + 1];

static int fill_binomials(void **state) {
    (void)state;
    for (int i = 0; i <= LARGEST; i++) {
        binomials[i][0] = 1;
        for (int k = 1; k <= i; k++)
            binomials[i][k] = binomials[i - 1][k - 1] + (k < i ? binomials[i - 1][k] : 0);
    }
    return 0;
}

/* How many of all samples of n hold k of M favourable people. */
static whole samples(int population, int favourable, int n, int k) {
    if (k < 0 || k > favourable || n - k < 0 || n - k > population - favourable)
        return 0;
    return binomials[favourable][k] * binomials[population - favourable][n - k];
}

static whole smaller_tail(int population, int favourable, int n, int x) {
    whole below = 0, above = 0;
    for (int k = 0; k <= n; k++) {
        const whole count = samples(population, favourable, n, k);
        below += k <= x ? count : 0;
        above += k >= x ? count : 0;
    }
    return below < above ? below : above;
}

/* The acceptability as it is defined: the samples whose smaller tail is no larger than that of x. */
static whole acceptability(int population, int favourable, int n, int x) {
    const whole tail = smaller_tail(population, favourable, n, x);
    whole sum = 0;
    for (int k = 0; k <= n; k++)
        if (samples(population, favourable, n, k) > 0 && smaller_tail(population, favourable, n, k) <= tail)
            sum += samples(population, favourable, n, k);
    return sum;
}

/* The hull, for a confidence of 1 - 1/odds, in people. */
static void exact_hull(int x, int n, int population, unsigned odds, int *low, int *high) {
    *low = *high = -1;
    for (int favourable = x; favourable <= population - n + x; favourable++)
        if (acceptability(population, favourable, n, x) * odds > binomials[population][n]) {
            *low = *low < 0 ? favourable : *low;
            *high = favourable;
        }
}

static void assert_is_hull(int x, int n, int population, unsigned odds) {
    int low = 0, high = 0;
    exact_hull(x, n, population, odds, &low, &high);
    const struct interval interval = proportion_interval(INTERVAL_EXACT, x, n, population, 1 - 1.0 / odds);
    const double people = population;
    if (interval.low != low / people || interval.high != high / people)
        fail_msg("%d of %d of %d, alpha 1/%u: %.17g to %.17g, not %d to %d", x, n, population, odds,
                 interval.low * people, interval.high * people, low, high);
    assert_false(interval.census);
}

static void exact_is_the_hull_of_all_accepted(void **state) {
    (void)state;
    for (int population = 2; population <= 26; population++)
        for (int n = 1; n < population; n++)
            for (int x = 0; x <= n; x++) {
                assert_is_hull(x, n, population, 20);
                assert_is_hull(x, n, population, 10);
                assert_is_hull(x, n, population, 100);
            }
}

static void exact_is_the_hull_in_larger_populations(void **state) {
    (void)state;
    static const int sizes[][2] = {{60, 1}, {60, 7}, {60, 30}, {60, 59}, {100, 50}, {100, 80}, {120, 12}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int x = 0; x <= sizes[i][1]; x++)
            assert_is_hull(x, sizes[i][1], sizes[i][0], 20);
    for (int x = 0; x <= 97; x++)
        assert_is_hull(x, 97, 140, 20);
    for (int x = 0; x <= 30; x++)
        assert_is_hull(x, 30, 60, 100000000);
}

/* One person of 20 is asked and says no. If 19 are in favour, that has the probability 1/20, which does not
 * exceed 0.05; of 19 people, 18 in favour, it has 1/19, which does. */
static void what_equals_alpha_is_not_accepted(void **state) {
    (void)state;
    const struct interval interval = proportion_interval(INTERVAL_EXACT, 0, 1, 20, 0.95);
    assert_true(interval.low == 0);
    assert_true(interval.high == 18.0 / 20);
    assert_true(proportion_interval(INTERVAL_EXACT, 0, 1, 19, 0.95).high == 18.0 / 19);
}

/* The least coverage over all numbers of favourable people, and the mean width, in people, over all results.
 */
static double coverage(const struct interval *intervals, int n, int population, double *width) {
    double least = 1;
    for (int favourable = 0; favourable <= population; favourable++) {
        whole covered = 0;
        for (int x = 0; x <= n; x++)
            if (intervals[x].low <= (double)favourable / population &&
                (double)favourable / population <= intervals[x].high)
                covered += samples(population, favourable, n, x);
        least = fmin(least, (double)covered / (double)binomials[population][n]);
    }
    *width = 0;
    for (int x = 0; x <= n; x++)
        *width += (intervals[x].high - intervals[x].low) * population / (n + 1);
    return least;
}

static double coverage_of(enum interval_method method, int n, int population, double confidence,
                          double *width) {
    struct interval intervals[LARGEST + 1];
    for (int x = 0; x <= n; x++)
        intervals[x] = proportion_interval(method, x, n, population, confidence);
    return coverage(intervals, n, population, width);
}

/* The two-tail interval: every M of which neither tail of x is less likely than 1/40, or as likely. */
static double coverage_of_two_tails(int n, int population, double *width) {
    struct interval intervals[LARGEST + 1];
    for (int x = 0; x <= n; x++) {
        int low = -1, high = -1;
        for (int favourable = x; favourable <= population - n + x; favourable++)
            if (smaller_tail(population, favourable, n, x) * 40 > binomials[population][n]) {
                low = low < 0 ? favourable : low;
                high = favourable;
            }
        intervals[x] = (struct interval){.low = (double)low / population, .high = (double)high / population};
        const struct interval exact = proportion_interval(INTERVAL_EXACT, x, n, population, 0.95);
        assert_true(intervals[x].low <= exact.low && exact.high <= intervals[x].high);
    }
    return coverage(intervals, n, population, width);
}

static void the_figures_of_the_method_note(void **state) {
    (void)state;
    double exact = 0, tails = 0, score = 0;
    assert_true(coverage_of(INTERVAL_EXACT, 97, 140, 0.95, &exact) >= 0.95);
    assert_true(coverage_of_two_tails(97, 140, &tails) >= 0.95);
    const double least = coverage_of(INTERVAL_WILSON, 97, 140, 0.95, &score);
    print_message("97 of 140: exact %.3f people, two-tail %.3f, Wilson %.3f with a coverage of %.4f\n", exact,
                  tails, score, least);
    assert_true(fabs(exact - 11.7) < 0.05);
    assert_true(fabs(tails - 12.3) < 0.05);
    assert_true(score < 12.1);
    assert_true(fabs(least - 0.907) < 0.0005);
}

static void exact_covers_as_promised(void **state) {
    (void)state;
    static const int sizes[][2] = {{10, 3}, {32, 22}, {50, 49}, {75, 30}, {98, 66}, {120, 60}, {126, 63}};
    static const double confidences[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999};
    double width = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t k = 0; k < sizeof confidences / sizeof *confidences; k++)
            assert_true(coverage_of(INTERVAL_EXACT, sizes[i][1], sizes[i][0], confidences[k], &width) >=
                        confidences[k] - 1e-12);
}

static void intervals_contain_the_rate_and_mirror(void **state) {
    (void)state;
    static const long populations[] = {0, 13, 140, 997, 5000, 1000000};
    for (enum interval_method method = INTERVAL_EXACT; method <= INTERVAL_WILSON; method++)
        for (size_t i = 0; i < sizeof populations / sizeof *populations; i++)
            for (long n = 1; n < 200; n += 1 + n / 3)
                for (long x = 0; x <= n; x++) {
                    const long population = populations[i];
                    const double rate = (double)x / (double)n;
                    const struct interval one = proportion_interval(method, x, n, population, 0.95);
                    const struct interval other = proportion_interval(method, n - x, n, population, 0.95);
                    assert_true(0 <= one.low && one.low <= rate && rate <= one.high && one.high <= 1);
                    assert_true(fabs(1 - one.low - other.high) < 1e-12);
                    if (population > 0 && n < population) {
                        const double people = (double)population;
                        assert_true((double)x / people <= one.low);
                        assert_true(one.high <= (double)(x + population - n) / people);
                    }
                    assert_true((x == 0) <= (one.low == 0) && (x == n) <= (one.high == 1));
                }
}

static void intervals_shrink_as_more_people_answer(void **state) {
    (void)state;
    for (enum interval_method method = INTERVAL_EXACT; method <= INTERVAL_WILSON; method++) {
        double before = 1;
        for (long n = 10; n <= 140; n += 10) {
            const struct interval interval = proportion_interval(method, n / 2, n, 140, 0.95);
            assert_true(interval.high - interval.low < before);
            before = interval.high - interval.low;
        }
        assert_true(before == 0);
        before = 0;
        for (long population = 100; population < 1000000; population *= 2) {
            const struct interval interval = proportion_interval(method, 40, 90, population, 0.95);
            assert_true(interval.high - interval.low > before - 2 / (double)population); /* whole people */
            before = interval.high - interval.low;
        }
        const struct interval unknown = proportion_interval(method, 40, 90, 0, 0.95);
        assert_true(fabs(unknown.high - unknown.low - before) < 0.01);
    }
}

static void edges_are_told_as_they_are(void **state) {
    (void)state;
    for (enum interval_method method = INTERVAL_EXACT; method <= INTERVAL_WILSON; method++) {
        const struct interval nobody = proportion_interval(method, 0, 0, 140, 0.95);
        assert_true(isnan(nobody.low) && isnan(nobody.high) && !nobody.census);
        for (long population = 8; population <= 10; population++) {
            const struct interval all = proportion_interval(method, 7, 10, population, 0.95);
            assert_true(all.census && all.low == 0.7 && all.high == 0.7);
        }
        const struct interval last = proportion_interval(method, 0, 9, 10, 0.95);
        assert_true(!last.census && last.low == 0);
        const struct interval unanimous = proportion_interval(method, 12, 12, 15, 0.95);
        assert_true(unanimous.low < 1 && unanimous.low >= 0.8 && unanimous.high == 1);
    }
    assert_true(proportion_interval(INTERVAL_EXACT, 3, 9, 0, 0.9).low ==
                proportion_interval(INTERVAL_WILSON, 3, 9, 0, 0.9).low);
    assert_int_equal(proportion_default_method(1), INTERVAL_EXACT);
    assert_int_equal(proportion_default_method(1000), INTERVAL_EXACT);
    assert_int_equal(proportion_default_method(1001), INTERVAL_WILSON);
    assert_int_equal(proportion_default_method(0), INTERVAL_WILSON);
}

/* The two ends of a Wilson interval solve its equation. */
static void wilson_solves_the_score_equation(void **state) {
    (void)state;
    const double z = 1.959963984540054, effective = 97.0 * 1999 / (2000 - 97);
    const struct interval interval = proportion_interval(INTERVAL_WILSON, 61, 97, 2000, 0.95);
    const double ends[] = {interval.low, interval.high};
    for (int i = 0; i < 2; i++) {
        const double distance = fabs(61.0 / 97 - ends[i]);
        assert_true(fabs(distance / sqrt(ends[i] * (1 - ends[i]) / effective) - z) < 1e-12);
    }
}

static void bounds_assume_nothing(void **state) {
    (void)state;
    const struct interval some = proportion_bounds(52, 80, 75, 43);
    assert_true(some.low == 52.0 / 123 && some.high == 100.0 / 123 && !some.census);
    const struct interval everybody = proportion_bounds(7, 10, 10, 0);
    assert_true(everybody.low == 0.7 && everybody.high == 0.7);
    const struct interval silent = proportion_bounds(0, 0, 0, 12);
    assert_true(silent.low == 0 && silent.high == 1);
    const struct interval nobody = proportion_bounds(0, 0, 0, 0);
    assert_true(isnan(nobody.low) && isnan(nobody.high));
}

static void bases_are_rounded_half_up(void **state) {
    (void)state;
    assert_int_equal(proportion_population(140, 97, 97, 90), 140);
    assert_int_equal(proportion_population(140, 80, 97, 75), 115); /* 115.46 */
    assert_int_equal(proportion_population(5, 1, 2, 1), 3);        /* 2.5 */
    assert_int_equal(proportion_population(5, 3, 10, 1), 2);       /* 1.5 */
    assert_int_equal(proportion_population(7, 1, 3, 1), 2);        /* 2.33 */
    assert_int_equal(proportion_population(8, 1, 3, 1), 3);        /* 2.67 */
    assert_int_equal(proportion_population(10, 9, 20, 9), 9);      /* more responded than were invited */
    assert_int_equal(proportion_population(0, 9, 20, 9), 0);
    assert_int_equal(proportion_population(140, 0, 97, 0), 0);
    assert_int_equal(proportion_population(140, 0, 0, 0), 0);
    assert_int_equal(proportion_population(2000000000, 999999999, 1000000000, 5), 1999999998);
    assert_int_equal(proportion_group_population(140, 22, 97), 32); /* 31.75 */
    assert_int_equal(proportion_group_population(3, 1, 2), 2);      /* 1.5 */
    assert_int_equal(proportion_group_population(0, 22, 97), 0);
    assert_int_equal(proportion_group_population(140, 0, 0), 0);
}

/* The most that one interval may take is 50 ms, in a million people; it takes about half a millisecond. */
static void exact_is_quick_in_a_million(void **state) {
    (void)state;
    const clock_t start = clock();
    long count = 0;
    for (long n = 10; n < 1000000; n *= 7)
        for (long tenth = 0; tenth <= 10; tenth++, count++) {
            const struct interval interval =
                proportion_interval(INTERVAL_EXACT, n * tenth / 10, n, 1000000, 0.95);
            assert_true(interval.low <= interval.high);
        }
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC / (double)count < 0.05);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_is_the_hull_of_all_accepted),
        cmocka_unit_test(exact_is_the_hull_in_larger_populations),
        cmocka_unit_test(what_equals_alpha_is_not_accepted),
        cmocka_unit_test(the_figures_of_the_method_note),
        cmocka_unit_test(exact_covers_as_promised),
        cmocka_unit_test(intervals_contain_the_rate_and_mirror),
        cmocka_unit_test(intervals_shrink_as_more_people_answer),
        cmocka_unit_test(edges_are_told_as_they_are),
        cmocka_unit_test(wilson_solves_the_score_equation),
        cmocka_unit_test(bounds_assume_nothing),
        cmocka_unit_test(bases_are_rounded_half_up),
        cmocka_unit_test(exact_is_quick_in_a_million),
    };
    return cmocka_run_group_tests_name("proportion", tests, fill_binomials, NULL);
}
