/* Whether the answers of groups differ in how high they are (Kruskal & Wallis 1952), and of which groups
 * (Dunn 1964). All functions are pure.
 *
 * They take a table whose rows are groups, of which at least two are not empty, and whose columns are answers
 * in ascending order, of which at least two were given: TEST_TOO_FEW and TEST_CONSTANT otherwise. Empty rows
 * and columns do not matter. */
#ifndef ANALYSIS_STATISTICS_KRUSKAL_WALLIS_H
#define ANALYSIS_STATISTICS_KRUSKAL_WALLIS_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"
#include "model/base/arena.h"

#include <stddef.h>

/* Two groups, by their rows. */
struct kruskal_wallis_pair {
    size_t first, second; /* first < second */
    struct hypothesis_test test;
};

/* H, corrected for ties, with its chi-squared distribution of one degree of freedom less than groups (R's
 * kruskal.test). The effect is epsilon squared = H / (n - 1), the share of the variance of the midranks that
 * lies between groups, from 0 to 1 (Kelley 1935; Tomczak & Tomczak 2014), without an interval. */
struct hypothesis_test kruskal_wallis_test(struct arena *arena, const struct contingency *table);

/* Every two groups that are not empty, in the order of their rows, by the difference of their mean midranks
 * among all people of the table: z = (R_i - R_j) / sqrt(s² (1/n_i + 1/n_j)) with s² the variance of the
 * midranks, ties and all (Dunn 1964, Technometrics 6, 241-252). z is the statistic, positive if the first
 * group is higher; p is two-sided and not adjusted; n counts the two groups. The effect is Cliff's delta of
 * the first against the second, from their own answers alone, with its interval. `*count` of them, none
 * where there is no test; they live as long as `arena`. */
const struct kruskal_wallis_pair *kruskal_wallis_pairs(struct arena *arena, const struct contingency *table,
                                                       double confidence, size_t *count);

#endif
