/* Whether groups differ in their answers, where these have no order. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_ASSOCIATION_H
#define ANALYSIS_STATISTICS_ASSOCIATION_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"
#include "model/base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Exact tests may take as many steps (work.h), about a second on a machine of 2020, and a twentieth of that
 * where no expected count is under 30; else that many tables are drawn, from this seed. */
#define ASSOCIATION_STEPS 4e8
#define ASSOCIATION_DRAWS 100000
#define ASSOCIATION_SEED  UINT64_C(20240229)

struct association_options {
    double steps;
    size_t draws;
    uint64_t seed;
};

/* The test that fits a table of groups by answers, of which empty ones do not count. With two groups and two
 * answers at least, the first of these that can be had:
 *
 * TEST_FISHER: exact, of any number of groups and answers (exact_table.h; R's fisher.test);
 * TEST_CHI_SQUARED: Pearson's, without continuity correction, if no expected count is under 5 (R's chisq.test
 * with correct = FALSE), with its statistic and degrees of freedom;
 * TEST_MONTE_CARLO: the exact one estimated by drawn tables (random_tables.h), with their number, their seed
 * and the standard error of p.
 *
 * With the effect, Cramér's V. Else TEST_TOO_FEW with fewer than two groups, TEST_CONSTANT with one answer.
 * `options` NULL: the constants above. `arena` lends memory. */
struct hypothesis_test association_test(struct arena *arena, const struct contingency *table,
                                        const struct association_options *options);

/* Pearson's test of a table without empty rows and columns, whatever its expected counts. Takes two of each
 * at least. */
struct hypothesis_test association_chi_squared(const struct contingency *table);

/* Cramér's V, corrected for bias, of a table with that Pearson's chi-squared over n: 0 if groups do not
 * differ more than by chance, 1 if each group has one answer, which no other has (Bergsma 2013, Journal of
 * the Korean Statistical Society 42, 323-328). NaN if there are as many groups or answers as people. */
double association_cramer(double squared, size_t n, size_t rows, size_t columns);

#endif
