/* Goal: what is said of people asked twice agrees with R (tests/reference/paired.R), does not depend on the
 * order of the answers, and is mirrored when the two times are exchanged. Run from the root of the tree. */
#include "analysis/statistics/paired.h"

#include "tests/unit/reference.h"

static const double AGREEMENT = 1e-9;

static void mcnemar_agrees(void **state) {
    (void)state;
    struct reference table = reference_open("tests/reference/paired_signs.csv");
    while (reference_next(&table)) {
        const struct paired counts = {11, reference_whole(&table, 1), reference_whole(&table, 0), 7};
        const struct hypothesis_test test = paired_mcnemar(&counts);
        reference_agrees(&table, 2, test.p, AGREEMENT, "p");
        const size_t changed = counts.lost + counts.gained;
        assert_int_equal(test.method, changed ? TEST_MCNEMAR : TEST_NONE);
        assert_int_equal(test.reason, changed ? TEST_MADE : TEST_CONSTANT);
        assert_int_equal(test.n, changed ? 18 + changed : 0);
    }
    assert_true(reference_close(&table) >= 100);
}

static void stuart_maxwell_agrees(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference table = reference_open("tests/reference/paired_tables.csv");
    while (reference_next(&table)) {
        const size_t k = reference_whole(&table, 0);
        size_t *counts = ARENA_NEW(arena, size_t, k * k);
        for (size_t i = 0; i < k * k; i++)
            counts[i] = reference_whole(&table, 4 + i);
        const struct contingency square = {k, k, counts};
        const struct hypothesis_test test = paired_stuart_maxwell(arena, &square);
        reference_near(&table, 1, test.statistic, AGREEMENT, 1e-12, "statistic"); /* 0 in R is 1e-30 */
        reference_agrees(&table, 2, test.degrees[0], AGREEMENT, "degrees");
        reference_agrees(&table, 3, test.p, AGREEMENT, "p");
        assert_int_equal(test.reason, isnan(test.p) ? TEST_CONSTANT : TEST_MADE);
    }
    assert_true(reference_close(&table) >= 30);
    arena_destroy(arena);
}

static void differences_agree(void **state) {
    (void)state;
    struct reference table = reference_open("tests/reference/paired_differences.csv");
    while (reference_next(&table)) {
        const struct paired counts = {reference_whole(&table, 0), reference_whole(&table, 1),
                                      reference_whole(&table, 2), reference_whole(&table, 3)};
        const struct interval first = {reference_number(&table, 6), reference_number(&table, 7), false};
        const struct interval second = {reference_number(&table, 8), reference_number(&table, 9), false};
        const struct interval difference = paired_difference(&counts, first, second);
        reference_near(&table, 5, paired_covariance(&counts), AGREEMENT, 1e-15, "covariance");
        reference_near(&table, 10, difference.low, AGREEMENT, 1e-13, "low");
        reference_near(&table, 11, difference.high, AGREEMENT, 1e-13, "high");
    }
    assert_true(reference_close(&table) >= 100);
}

static void numbers_agree(void **state) {
    (void)state;
    struct reference numbers = reference_open("tests/reference/paired_numbers.csv");
    struct reference table = reference_open("tests/reference/paired_means.csv");
    while (reference_next(&numbers)) {
        assert_true(reference_next(&table));
        struct paired_moments moments = {0};
        for (size_t i = 1; i < numbers.count; i += 2)
            paired_add(&moments, reference_number(&numbers, i), reference_number(&numbers, i + 1));
        const struct interval interval =
            paired_mean_difference(&moments, reference_whole(&table, 1), reference_number(&table, 2));
        assert_int_equal(moments.rose, reference_whole(&table, 3));
        assert_int_equal(moments.fell, reference_whole(&table, 4));
        /* R's mean of numbers about 1e9 has only so many digits. */
        reference_near(&table, 5, moments.mean[1] - moments.mean[0], AGREEMENT, 1e-6, "difference");
        reference_near(&table, 5, moments.change, AGREEMENT, 1e-6, "difference");
        reference_near(&table, 6, interval.low, AGREEMENT, 1e-12, "low");
        reference_near(&table, 7, interval.high, AGREEMENT, 1e-12, "high");
        reference_near(&table, 8, paired_mean_covariance(&moments), AGREEMENT, 1e-12, "covariance");
        reference_agrees(&table, 9, paired_sign(&moments).p, AGREEMENT, "p");
    }
    assert_true(reference_close(&numbers) >= 30);
    reference_close(&table);
}

/* --- properties --- */

static uint64_t seed = 20240501;

static size_t draw(size_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % below;
}

/* Exchanging the times, and yes for no, mirrors the difference and leaves p. */
static void pairs_are_mirrored(void **state) {
    (void)state;
    for (int i = 0; i < 10000; i++) {
        const struct paired counts = {draw(40), draw(12), draw(12), 1 + draw(40)};
        const struct paired mirrored = {counts.both, counts.gained, counts.lost, counts.neither};
        const long n = (long)(counts.both + counts.lost + counts.gained + counts.neither);
        const long population = n + (long)draw(100);
        const struct interval first =
            proportion_interval(INTERVAL_WILSON, (long)(counts.both + counts.lost), n, population, 0.95);
        const struct interval second =
            proportion_interval(INTERVAL_WILSON, (long)(counts.both + counts.gained), n, population, 0.95);
        const struct interval one = paired_difference(&counts, first, second);
        const struct interval other = paired_difference(&mirrored, second, first);
        const double difference = ((double)counts.gained - (double)counts.lost) / (double)n;
        assert_true(-1 <= one.low && one.low <= difference && difference <= one.high && one.high <= 1);
        assert_true(fabs(one.low + other.high) < 1e-12 && fabs(one.high + other.low) < 1e-12);
        assert_true(one.census == (n == population));
        const double p = paired_mcnemar(&counts).p, q = paired_mcnemar(&mirrored).p;
        assert_true(p == q || (isnan(p) && isnan(q)));
        assert_true(isnan(p) || (p > 0 && p <= 1));
    }
}

/* The order of the answers does not matter, nor do answers that nobody gave; two answers give McNemar's
 * chi-squared; exchanged times give the same. */
static void stuart_maxwell_is_invariant(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    for (int i = 0; i < 10000; i++, arena_reset(arena)) {
        const size_t k = 2 + draw(4), turn = draw(k);
        size_t counts[36] = {0}, turned[36] = {0}, exchanged[36] = {0};
        for (size_t j = 0; j < k * k; j++)
            counts[j] = draw(3) ? draw(9) : 0;
        for (size_t j = 0; j < k; j++)
            for (size_t l = 0; l < k; l++) {
                turned[(j + turn) % k * (k + 1) + (l + turn) % k] = counts[j * k + l];
                exchanged[l * k + j] = counts[j * k + l];
            }
        const struct contingency one = {k, k, counts}, other = {k + 1, k + 1, turned},
                                 back = {k, k, exchanged};
        const struct hypothesis_test test = paired_stuart_maxwell(arena, &one);
        const struct hypothesis_test again = paired_stuart_maxwell(arena, &other);
        const struct hypothesis_test reverse = paired_stuart_maxwell(arena, &back);
        assert_int_equal(test.method, again.method);
        if (test.method == TEST_NONE)
            continue;
        assert_true(test.degrees[0] == again.degrees[0] && test.degrees[0] <= (double)(k - 1));
        assert_true(fabs(test.p - again.p) <= 1e-9 && fabs(test.p - reverse.p) <= 1e-9);
        if (k == 2) {
            const double b = (double)counts[1], c = (double)counts[2];
            assert_true(fabs(test.statistic - (b - c) * (b - c) / (b + c)) < 1e-9);
        }
    }
    arena_destroy(arena);
}

static void edges_are_told_as_they_are(void **state) {
    (void)state;
    const struct paired nobody = {0};
    const struct interval unknown = {NAN, NAN, false};
    assert_true(isnan(paired_difference(&nobody, unknown, unknown).low));
    assert_true(isnan(paired_covariance(&nobody)));
    const struct interval fact = {0.5, 0.5, true};
    const struct paired all = {1, 1, 1, 1};
    const struct interval census = paired_difference(&all, fact, fact);
    assert_true(census.census && census.low == 0 && census.high == 0);
    struct paired_moments moments = {0};
    assert_true(isnan(paired_mean_difference(&moments, 0, 0.95).low));
    assert_int_equal(paired_sign(&moments).reason, TEST_CONSTANT);
    paired_add(&moments, 3, 5);
    assert_true(isnan(paired_mean_difference(&moments, 0, 0.95).low) && moments.change == 2);
    assert_true(paired_mean_difference(&moments, 1, 0.95).census);
    for (int i = 0; i < 10; i++)
        paired_add(&moments, i * 0.1, i * 0.1 + 2);
    assert_true(isnan(paired_mean_difference(&moments, 0, 0.95).low)); /* all by 2: no sample tells */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mcnemar_agrees),
        cmocka_unit_test(stuart_maxwell_agrees),
        cmocka_unit_test(differences_agree),
        cmocka_unit_test(numbers_agree),
        cmocka_unit_test(pairs_are_mirrored),
        cmocka_unit_test(stuart_maxwell_is_invariant),
        cmocka_unit_test(edges_are_told_as_they_are),
    };
    return cmocka_run_group_tests_name("paired", tests, NULL, NULL);
}
