/* How items go together: the reliability of grids, what drives an outcome. Computed from counts of pairs. */
#ifndef ANALYSIS_RELATIONS_H
#define ANALYSIS_RELATIONS_H

#include "analysis/pairs.h"
#include "analysis/relations_request.h"
#include "analysis/results.h"
#include "analysis/statistics/hypothesis_test.h"
#include "analysis/statistics/importance.h"
#include "analysis/statistics/reliability.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Figures of fewer people are not shown, nor of fewer than the report's minimum. */
enum { RELATIONS_FEWEST = 10 };

/* Two items, of all who answered both. p is NaN where these are everybody: then the relation is a fact.
 * p_adjusted is for the number of pairs of the same list. Hidden: n is 0 and the rest undefined. */
struct relation_result {
    const struct item *first, *second;
    bool hidden;
    size_t n;
    struct hypothesis_test spearman, kendall;
};

/* One grid, of those who answered all its items. Hidden: only the names of its items are told. */
struct reliability_result {
    const struct question *grid;
    bool hidden;
    bool census;           /* they are everybody: low = high = alpha */
    struct reliability of; /* items as in the grid */
    const struct relation_result *pairs;
    size_t pair_count;
};

/* One outcome, of those who answered it and all the items. Hidden likewise. */
struct drivers_result {
    const struct item *outcome;
    const struct item *const *items;
    size_t item_count;
    bool hidden;
    bool census;
    struct importance of;                    /* items as above */
    const struct relation_result *relations; /* of each item with the outcome */
};

struct relations {
    const struct reliability_result *reliabilities;
    size_t reliability_count;
    const struct drivers_result *drivers;
    size_t drivers_count;
};

/* Everything that `request` asks for, from the pairs counted of its sets. Of `results` the items and the
 * options must be set. Hidden is also what rests on two items one of which the report hides by the other.
 * Weights are not used. NULL if nothing is asked for. Lives as long as `arena`. */
const struct relations *relations_compute(struct arena *arena, const struct relations_request *request,
                                          const struct pairs *pairs, const struct results *results);

#endif
