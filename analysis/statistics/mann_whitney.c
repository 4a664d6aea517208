#include "analysis/statistics/mann_whitney.h"

#include "analysis/statistics/cliff_delta.h"
#include "analysis/statistics/midranks.h"
#include "analysis/statistics/rank_sum.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Both tests but for p: U, with z of its normal approximation. */
static struct hypothesis_test prepare(struct arena *arena, const struct contingency *table, double confidence,
                                      double *z) {
    assert(table->rows == 2);
    const double first = (double)contingency_row(table, 0), second = (double)contingency_row(table, 1);
    if (first == 0 || second == 0)
        return hypothesis_test_refused(TEST_TOO_FEW);
    const struct midranks ranks = midranks_of_columns(arena, table);
    if (ranks.squares == 0)
        return hypothesis_test_refused(TEST_CONSTANT);
    struct hypothesis_test test = hypothesis_test_of(TEST_MANN_WHITNEY, ranks.n);
    const double excess = midranks_sum(&ranks, table, 0), n = (double)ranks.n;
    test.statistic = excess + first * second / 2;
    *z = excess / sqrt(first * second / (n * (n - 1)) * ranks.squares);
    test.effect = cliff_delta(table, 0, 1, confidence);
    return test;
}

static void approximate(struct hypothesis_test *test, double z) {
    test->method = TEST_MANN_WHITNEY_NORMAL;
    test->p = 2 * gsl_cdf_ugaussian_Q(fabs(z));
}

struct hypothesis_test mann_whitney_exact(struct arena *arena, const struct contingency *table,
                                          double confidence) {
    double z = NAN;
    struct hypothesis_test test = prepare(arena, table, confidence, &z);
    if (test.reason != TEST_MADE)
        return test;
    test.p = rank_sum_probability(table);
    return isnan(test.p) ? hypothesis_test_refused(TEST_FAILED) : test;
}

struct hypothesis_test mann_whitney_normal(struct arena *arena, const struct contingency *table,
                                           double confidence) {
    double z = NAN;
    struct hypothesis_test test = prepare(arena, table, confidence, &z);
    if (test.reason == TEST_MADE)
        approximate(&test, z);
    return test;
}

struct hypothesis_test mann_whitney_test(struct arena *arena, const struct contingency *table,
                                         double confidence) {
    double z = NAN;
    struct hypothesis_test test = prepare(arena, table, confidence, &z);
    if (test.reason != TEST_MADE)
        return test;
    test.p = rank_sum_probability(table);
    if (isnan(test.p))
        approximate(&test, z);
    return test;
}
