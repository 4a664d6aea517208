/* A table of counts: groups of respondents by what they answered. What tests and relations are computed from.
 * All functions are pure. */
#ifndef ANALYSIS_STATISTICS_CONTINGENCY_H
#define ANALYSIS_STATISTICS_CONTINGENCY_H

#include "model/base/arena.h"

#include <stddef.h>

/* `rows` groups by `columns` answers, row after row: counts[row * columns + column]. Where groups or answers
 * are ordered, rows and columns ascend. */
struct contingency {
    size_t rows, columns;
    const size_t *counts;
};

/* The same table without the rows and columns that are empty; the order of the others stays. Its counts live
 * as long as `arena`. */
struct contingency contingency_compact(struct arena *arena, const struct contingency *table);

/* How many are in the table, in a row, in a column. */
size_t contingency_total(const struct contingency *table);
size_t contingency_row(const struct contingency *table, size_t row);
size_t contingency_column(const struct contingency *table, size_t column);

#endif
