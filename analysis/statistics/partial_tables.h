/* All tables of a few columns, for every way in which these columns can fill their rows: not one by one, but
 * as the distribution of the sum of the logarithms of their counts' factorials, which is all that their
 * probability depends on. */
#ifndef ANALYSIS_STATISTICS_PARTIAL_TABLES_H
#define ANALYSIS_STATISTICS_PARTIAL_TABLES_H

#include "analysis/statistics/log_factorials.h"
#include "analysis/statistics/margins.h"
#include "analysis/statistics/work.h"

#include <stddef.h>
#include <stdint.h>

/* The tables whose logarithms sum up to `order`: how likely one of them is, and how likely one of them or of
 * a higher order, of all with these columns and rows. */
struct partial_table {
    int64_t order;
    double probability, tail;
};

/* In ascending order, all different. */
struct partial_list {
    size_t length;
    const struct partial_table *tables;
};

struct partial_tables;

/* Lists the tables of `count` of the margins' columns, in an arena of their own, for all ways in which their
 * sum can be shared out to rows of these margins. NULL if that takes more work or memory than allowed. */
struct partial_tables *partial_tables_create(const struct log_factorials *factorials,
                                             const struct margins *margins, const size_t *columns,
                                             size_t count, struct work *work);
void partial_tables_destroy(struct partial_tables *tables);

/* The tables that fill rows of these sizes, whatever their order; sizes with another sum than the columns'
 * are a broken invariant. */
const struct partial_list *partial_tables_find(const struct partial_tables *tables, const size_t *rows);

/* How long lists are on average. */
double partial_tables_mean_length(const struct partial_tables *tables);

#endif
