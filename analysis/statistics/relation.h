/* How far two ordered answers of the same people go together. All functions are pure.
 *
 * They take a table whose rows and columns are both in ascending order, of at least 3 people (TEST_FAILED
 * otherwise) who did not all give the same answer to one of the two (TEST_CONSTANT). p is two-sided, by the
 * approximations that R uses with exact = FALSE. The effects go from -1 to 1, without an interval. `arena`
 * lends memory. */
#ifndef ANALYSIS_STATISTICS_RELATION_H
#define ANALYSIS_STATISTICS_RELATION_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"
#include "model/base/arena.h"

/* Spearman's rho: the correlation of the midranks. The statistic is t = rho sqrt((n - 2) / (1 - rho²)) with
 * its degrees of freedom n - 2, infinite if rho is 1 or -1 (R's cor.test with method = "spearman"). */
struct hypothesis_test relation_spearman(struct arena *arena, const struct contingency *table);

/* Kendall's tau-b: the pairs of people in the same order by both answers (concordant) less those in opposite
 * order (S), over the geometric mean of the numbers of pairs that are not tied in one of the two. The
 * statistic is z = S over its standard deviation given the ties, without continuity correction (Kendall 1970,
 * Rank Correlation Methods; R's cor.test with method = "kendall"). */
struct hypothesis_test relation_kendall(struct arena *arena, const struct contingency *table);

#endif
