#include "analysis/statistics/kruskal_wallis.h"

#include "analysis/statistics/cliff_delta.h"
#include "analysis/statistics/midranks.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* The groups of a table that are not empty. */
struct groups {
    struct midranks ranks; /* of all people */
    size_t length;
    size_t *rows;
    double *sizes, *means; /* the mean is of the centred midranks */
};

static struct groups groups_of(struct arena *arena, const struct contingency *table) {
    struct groups groups = {.ranks = midranks_of_columns(arena, table),
                            .rows = ARENA_NEW(arena, size_t, table->rows),
                            .sizes = ARENA_NEW(arena, double, table->rows),
                            .means = ARENA_NEW(arena, double, table->rows)};
    for (size_t i = 0; i < table->rows; i++) {
        const double size = (double)contingency_row(table, i);
        if (size == 0)
            continue;
        groups.rows[groups.length] = i;
        groups.sizes[groups.length] = size;
        groups.means[groups.length++] = midranks_sum(&groups.ranks, table, i) / size;
    }
    return groups;
}

static enum test_reason reason(const struct groups *groups) {
    if (groups->length < 2)
        return TEST_TOO_FEW;
    return groups->ranks.squares == 0 ? TEST_CONSTANT : TEST_MADE;
}

struct hypothesis_test kruskal_wallis_test(struct arena *arena, const struct contingency *table) {
    const struct groups groups = groups_of(arena, table);
    if (reason(&groups) != TEST_MADE)
        return hypothesis_test_refused(reason(&groups));
    double between = 0;
    for (size_t i = 0; i < groups.length; i++)
        between += groups.sizes[i] * groups.means[i] * groups.means[i];
    const double share = fmin(1, between / groups.ranks.squares);
    struct hypothesis_test test = hypothesis_test_of(TEST_KRUSKAL_WALLIS, groups.ranks.n);
    test.statistic = (double)(groups.ranks.n - 1) * share;
    test.degrees[0] = (double)(groups.length - 1);
    test.p = gsl_cdf_chisq_Q(test.statistic, test.degrees[0]);
    test.effect = (struct effect){EFFECT_EPSILON_SQUARED, share, NAN, NAN};
    return test;
}

static struct hypothesis_test dunn(const struct groups *groups, size_t i, size_t j) {
    const double variance = groups->ranks.squares / ((double)groups->ranks.n - 1);
    struct hypothesis_test test =
        hypothesis_test_of(TEST_DUNN, (size_t)groups->sizes[i] + (size_t)groups->sizes[j]);
    test.statistic = (groups->means[i] - groups->means[j]) /
                     sqrt(variance * (1 / groups->sizes[i] + 1 / groups->sizes[j]));
    test.p = 2 * gsl_cdf_ugaussian_Q(fabs(test.statistic));
    return test;
}

const struct kruskal_wallis_pair *kruskal_wallis_pairs(struct arena *arena, const struct contingency *table,
                                                       double confidence, size_t *count) {
    const struct groups groups = groups_of(arena, table);
    *count = 0;
    if (reason(&groups) != TEST_MADE)
        return NULL;
    struct kruskal_wallis_pair *pairs =
        ARENA_NEW(arena, struct kruskal_wallis_pair, groups.length * (groups.length - 1) / 2);
    for (size_t i = 0; i < groups.length; i++)
        for (size_t j = i + 1; j < groups.length; j++) {
            struct kruskal_wallis_pair *pair = &pairs[(*count)++];
            *pair = (struct kruskal_wallis_pair){groups.rows[i], groups.rows[j], dunn(&groups, i, j)};
            pair->test.effect = cliff_delta(table, pair->first, pair->second, confidence);
        }
    return pairs;
}
