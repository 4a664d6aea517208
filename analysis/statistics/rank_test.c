#include "analysis/statistics/rank_test.h"

#include "analysis/statistics/mann_whitney.h"

struct rank_test rank_test(struct arena *arena, const struct contingency *table, double confidence) {
    const struct contingency compact = contingency_compact(arena, table);
    if (compact.rows < 2)
        return (struct rank_test){.test = hypothesis_test_refused(TEST_TOO_FEW)};
    if (compact.rows == 2)
        return (struct rank_test){.test = mann_whitney_test(arena, &compact, confidence)};
    struct rank_test result = {.test = kruskal_wallis_test(arena, &compact)};
    result.pairs = kruskal_wallis_pairs(arena, table, confidence, &result.pair_count);
    return result;
}
