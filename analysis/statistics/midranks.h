/* The midranks of ordered answers: those who gave the same answer share the mean of their ranks.
 * All functions are pure. */
#ifndef ANALYSIS_STATISTICS_MIDRANKS_H
#define ANALYSIS_STATISTICS_MIDRANKS_H

#include "analysis/statistics/contingency.h"
#include "model/base/arena.h"

#include <stddef.h>

/* Of n people; answers ascend. */
struct midranks {
    size_t n, length;
    const size_t *counts;  /* how many gave each answer */
    const double *centred; /* its midrank less (n + 1) / 2, the mean of all: halves, exact up to n = 2^52 */
    double squares;        /* the sum of their squares over all people: (n³ - n - sum of (t³ - t)) / 12 for
                              ties of t people; 0 if all gave the same answer */
};

/* The midranks of the columns of a table, all its rows together; or of its rows, all columns together. They
 * live as long as `arena`. */
struct midranks midranks_of_columns(struct arena *arena, const struct contingency *table);
struct midranks midranks_of_rows(struct arena *arena, const struct contingency *table);

/* The sum of the centred midranks of the people of one row of the table. `ranks` are those of its columns. */
double midranks_sum(const struct midranks *ranks, const struct contingency *table, size_t row);

#endif
