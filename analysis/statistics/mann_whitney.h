/* Whether the answers of one of two groups tend to be higher (Mann & Whitney 1947). All functions are pure.
 *
 * They take a table of two rows, none empty, whose columns are answers in ascending order, of which at least
 * two were given: TEST_TOO_FEW and TEST_CONSTANT otherwise. The statistic is U: in how many of the m n pairs
 * the answer of the first group is higher, ties counting half (R's W); the effect Cliff's delta of the first
 * group against the second with its interval at the confidence given. p is two-sided. `arena` lends memory.
 */
#ifndef ANALYSIS_STATISTICS_MANN_WHITNEY_H
#define ANALYSIS_STATISTICS_MANN_WHITNEY_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"
#include "model/base/arena.h"

/* Exact, given the ties: the share of all ways to form groups of these sizes in which U is as far from m n /
 * 2 or further (R's coin::wilcox_test with distribution = "exact"). TEST_FAILED where that is too much work:
 * see rank_sum.h. */
struct hypothesis_test mann_whitney_exact(struct arena *arena, const struct contingency *table,
                                          double confidence);

/* By the normal approximation with the variance given the ties, without continuity correction (R's
 * wilcox.test with exact = FALSE, correct = FALSE). */
struct hypothesis_test mann_whitney_normal(struct arena *arena, const struct contingency *table,
                                           double confidence);

/* Exact where that can be had, by the normal approximation otherwise. */
struct hypothesis_test mann_whitney_test(struct arena *arena, const struct contingency *table,
                                         double confidence);

#endif
