/* The exact distribution of a rank sum, given the ties. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_RANK_SUM_H
#define ANALYSIS_STATISTICS_RANK_SUM_H

#include "analysis/statistics/contingency.h"

/* Of all ways to share out the people of a table of two rows to its rows, the sizes of rows and columns being
 * as they are, the share in which the sum of the midranks of the first row is at least as far from its
 * expected value as it is (two-sided; columns are answers in ascending order). Sums are compared as whole
 * numbers. Takes rows that are not empty and two different answers at least.
 *
 * NaN where that would take more than about half a second or 64 MB, foreseen from the sizes of rows and
 * columns alone, so that the same sizes are always treated alike: two groups of up to 240 people together are
 * within it whatever they answered, of 500 with five answers, of 3 000 with three or four, of a million with
 * two. Shares below some 1e-290 may be lost. */
double rank_sum_probability(const struct contingency *table);

#endif
