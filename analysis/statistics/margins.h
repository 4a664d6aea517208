/* The margins of a table, in an order that is the same whichever way its rows and columns are turned: tables
 * that differ by that only are worked on alike, to the last digit. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_MARGINS_H
#define ANALYSIS_STATISTICS_MARGINS_H

#include "analysis/statistics/contingency.h"
#include "model/base/arena.h"

#include <stddef.h>

/* At least one row and one column, none empty, in descending order; no more rows than columns. */
struct margins {
    size_t row_count, column_count, n;
    const size_t *rows, *columns;
};

/* The margins of a table without empty rows and columns, as long as `arena` lives. Rows and columns are
 * swapped if there are more rows; if as many, where that puts the larger margins first. */
struct margins margins_of(struct arena *arena, const struct contingency *table);

/* Puts a few sizes in descending order. */
void margins_sort(size_t *sizes, size_t length);

#endif
