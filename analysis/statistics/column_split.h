/* All ways to share out the people of a column to rows that have room for so many each. */
#ifndef ANALYSIS_STATISTICS_COLUMN_SPLIT_H
#define ANALYSIS_STATISTICS_COLUMN_SPLIT_H

#include "analysis/statistics/log_factorials.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COLUMN_SPLIT_MOST_ROWS = 16 };

/* One way: how many each row takes, and what room it has left. */
struct column_split {
    size_t length;
    size_t taken[COLUMN_SPLIT_MOST_ROWS], left[COLUMN_SPLIT_MOST_ROWS];
    size_t missing[COLUMN_SPLIT_MOST_ROWS + 1], room[COLUMN_SPLIT_MOST_ROWS + 1]; /* from a row on */
    /* Cumulated up to a row: the logarithms of the factorials of `taken`, and how probable it is. */
    int64_t order[COLUMN_SPLIT_MOST_ROWS + 1];
    double probability[COLUMN_SPLIT_MOST_ROWS + 1];
    const double *weights[COLUMN_SPLIT_MOST_ROWS]; /* of a row, by how many it takes */
    size_t weight_count;                           /* of all rows: what the first way costs to prepare */
    const size_t *rows;
    const struct log_factorials *factorials;
};

/* The first way, then the next until it returns false; every way once. Takes up to COLUMN_SPLIT_MOST_ROWS
 * rows, which must outlive it, and a column of at most as many people as there is room for. `weights` lends
 * memory for as many numbers as there is room, and one more for each row. */
struct column_split column_split_first(const size_t *rows, size_t length, size_t column,
                                       const struct log_factorials *factorials, double *weights);
bool column_split_next(struct column_split *split);

/* The same with neither factorials nor memory: just the ways, without order and probability. */
struct column_split column_split_bare(const size_t *rows, size_t length, size_t column);

/* The sum of the logarithms of the factorials of `taken`. */
int64_t column_split_order(const struct column_split *split);

/* The probability of this way if people are drawn from the rows without replacement. */
double column_split_probability(const struct column_split *split);

/* How many ways there are, by counting no single one; infinite where even that would be long: with more than
 * two rows, and thousands in the column and in rows beside the largest. */
double column_split_count(const size_t *rows, size_t length, size_t column);

#endif
