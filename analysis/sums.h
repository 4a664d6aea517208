/* Published sums, and what follows from them by adding and subtracting.
 *
 * A matrix of zeros and ones: a row for each sum, a column for people who are counted in the same ones. Row
 * vectors that follow from the rows by addition, subtraction and multiplication are sums (with weights) of
 * people's answers that a reader of the rows can work out. Arithmetic is exact but for being done modulo a
 * prime, 2^31 − 1: a number that is not 0 and yet divided by it would pass for 0. */
#ifndef ANALYSIS_SUMS_H
#define ANALYSIS_SUMS_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUMS_NONE ((size_t)-1)

struct sums {
    size_t row_count, column_count;
    size_t width;          /* in how many rows a column is at most */
    const size_t *entries; /* by column, `width` each: the rows it is in, or SUMS_NONE */
};

/* Marks the rows that do not follow from those before them: `is_independent` has row_count places. */
void sums_mark_independent(struct arena *arena, const struct sums *sums, bool *is_independent);

/* Columns of which none follows from the others. If they are as many as the rows, `weights` has for each of
 * them a vector of row_count weights of the rows: the sum that is 1 in this column and 0 in the others. */
struct sums_basis {
    const size_t *columns;
    size_t count;
    const uint32_t *weights; /* NULL if the columns are fewer than the rows */
};

/* Takes the columns in the given order, each that does not follow from those taken. Lives as long as `arena`.
 */
struct sums_basis sums_find_basis(struct arena *arena, const struct sums *sums, const size_t *order,
                                  size_t count);

/* Adds weights of the rows to others. */
void sums_add(const struct sums *sums, uint32_t *weights, const uint32_t *added);

/* What a weighted sum of the rows is in a column. */
uint32_t sums_value(const struct sums *sums, const uint32_t *weights, size_t column);

/* Whether a weighted sum of the rows has the same sign in all columns in which it is not 0: whether it is a
 * sum, not a difference. Numbers that are no fraction of small ones pass for a sum. */
bool sums_one_sided(const struct sums *sums, const uint32_t *weights);

/* Weights, not all 0, of which the sum is 0 in all columns of the basis; it has fewer columns than there are
 * rows. */
const uint32_t *sums_vanishing(struct arena *arena, const struct sums *sums, const struct sums_basis *basis);

#endif
