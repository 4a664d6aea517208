/* Whether answers rise or fall from group to group, where the groups have an order. All functions are pure.
 *
 * They take a table whose rows are the groups in ascending order, of which at least two are not empty, and in
 * whose columns at least two different answers were given: TEST_TOO_FEW and TEST_CONSTANT otherwise;
 * TEST_FAILED with two people. The statistic is z, positive if the answers rise with the groups; p is
 * two-sided, by the normal approximation. The effect of both is Kendall's tau-b of groups and answers (see
 * relation.h), from -1 to 1, without an interval: one measure for both, that does not depend on the scores.
 * `arena` lends memory. */
#ifndef ANALYSIS_STATISTICS_TREND_TEST_H
#define ANALYSIS_STATISTICS_TREND_TEST_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"
#include "model/base/arena.h"

/* Rates: the table has two columns, those who are not favourable and those who are. A straight line of the
 * rate on the scores of the groups (Cochran 1954, Armitage 1955), with z = (sum over groups of
 * score (x - n_i p)) / sqrt(p (1 - p) sum n_i (score - mean score)²); z² is the chi-squared of R's
 * prop.trend.test. `scores` are finite, one per row; NULL for 1, 2, …, where an empty group keeps its place.
 * TEST_TOO_FEW also if all people have the same score. */
struct hypothesis_test trend_test_rates(struct arena *arena, const struct contingency *table,
                                        const double *scores);

/* Ordered answers: columns in ascending order. J, the number of pairs of people of different groups of whom
 * the one of the higher group answered higher, ties counting half (Jonckheere 1954; Terpstra 1952), less its
 * expected value, over its standard deviation when all ways to share out the same answers to the same groups
 * are equally likely, ties and all (Hollander & Wolfe 1999, Nonparametric Statistical Methods,
 * equation 6.19). 2 J less the number of such pairs is Kendall's S, so that z is that of relation_kendall. */
struct hypothesis_test trend_test_ranks(struct arena *arena, const struct contingency *table);

#endif
