#include "analysis/statistics/trend_test.h"

#include "analysis/statistics/relation.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* The statistics of a weighted line of the favourable on the scores. */
struct line {
    double n, favourable;
    double mean;     /* of the scores */
    double squares;  /* sum of n_i (score - mean)² */
    double products; /* sum of x_i (score - mean) */
};

static double score_of(const double *scores, size_t row) {
    return scores ? scores[row] : (double)(row + 1);
}

static struct line line_of(const struct contingency *table, const double *scores) {
    struct line line = {.n = (double)contingency_total(table),
                        .favourable = (double)contingency_column(table, 1)};
    for (size_t i = 0; i < table->rows; i++)
        line.mean += (double)contingency_row(table, i) * score_of(scores, i) / line.n;
    for (size_t i = 0; i < table->rows; i++) {
        const double distance = score_of(scores, i) - line.mean;
        line.squares += (double)contingency_row(table, i) * distance * distance;
        line.products += (double)table->counts[2 * i + 1] * distance;
    }
    return line;
}

static size_t groups_with_people(const struct contingency *table) {
    size_t groups = 0;
    for (size_t i = 0; i < table->rows; i++)
        groups += contingency_row(table, i) > 0;
    return groups;
}

struct hypothesis_test trend_test_rates(struct arena *arena, const struct contingency *table,
                                        const double *scores) {
    assert(table->columns == 2);
    if (groups_with_people(table) < 2)
        return hypothesis_test_refused(TEST_TOO_FEW);
    const struct line line = line_of(table, scores);
    if (line.squares == 0)
        return hypothesis_test_refused(TEST_TOO_FEW);
    const struct hypothesis_test relation = relation_kendall(arena, table);
    if (relation.reason != TEST_MADE)
        return relation;
    const double rate = line.favourable / line.n;
    struct hypothesis_test test = hypothesis_test_of(TEST_COCHRAN_ARMITAGE, relation.n);
    test.statistic = line.products / sqrt(rate * (1 - rate) * line.squares);
    test.p = 2 * gsl_cdf_ugaussian_Q(fabs(test.statistic));
    test.effect = relation.effect;
    return test;
}

struct hypothesis_test trend_test_ranks(struct arena *arena, const struct contingency *table) {
    if (groups_with_people(table) < 2)
        return hypothesis_test_refused(TEST_TOO_FEW);
    struct hypothesis_test test = relation_kendall(arena, table);
    if (test.reason == TEST_MADE)
        test.method = TEST_JONCKHEERE_TERPSTRA;
    return test;
}
