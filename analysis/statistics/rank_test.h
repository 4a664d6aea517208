/* Whether groups differ in how high their answers are: the test of ranks that fits their number. */
#ifndef ANALYSIS_STATISTICS_RANK_TEST_H
#define ANALYSIS_STATISTICS_RANK_TEST_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"
#include "analysis/statistics/kruskal_wallis.h"
#include "model/base/arena.h"

#include <stddef.h>

struct rank_test {
    struct hypothesis_test test;
    const struct kruskal_wallis_pair *pairs; /* of three groups or more; else none */
    size_t pair_count;
};

/* Of a table whose rows are groups and whose columns are answers in ascending order: with two groups that are
 * not empty mann_whitney_test, the first of them against the second; with more kruskal_wallis_test and
 * kruskal_wallis_pairs. Refused: TEST_TOO_FEW with fewer groups, TEST_CONSTANT where all gave the same
 * answer. The pairs live as long as `arena`. */
struct rank_test rank_test(struct arena *arena, const struct contingency *table, double confidence);

#endif
