/* How the answers of the same people to several items vary together. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_COVARIANCE_H
#define ANALYSIS_STATISTICS_COVARIANCE_H

#include "analysis/statistics/contingency.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Of n people who answered all of `count` items. `values` is the symmetric matrix of covariances with n - 1,
 * row after row; NaN for n < 2. Of an item to which all gave the same answer they are exactly 0, and only of
 * such an item is its own. */
struct covariance {
    size_t n, count;
    const double *values; /* [i * count + j] */
};

/* One item: its different values, finite and of at most 1e150, in the order of the tables' rows and columns.
 */
struct covariance_item {
    const double *values;
    size_t length;
};

/* The matrix of the items from the joint counts of every two of them: tables[i * count + j], for i < j only,
 * has the values of item i as rows and those of item j as columns. Takes at least two items, and tables that
 * are all of the same n people (anything else is a broken invariant). The sums are taken around the means.
 * Lives as long as `arena`. */
struct covariance covariance_of(struct arena *arena, const struct covariance_item *items,
                                const struct contingency *tables, size_t count);

/* Whether all gave the same answer to an item; of n >= 2. */
bool covariance_is_constant(const struct covariance *matrix, size_t item);

#endif
