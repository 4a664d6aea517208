/* All published sums of one question over the people, as a matrix. */
#ifndef ANALYSIS_PUBLISHED_H
#define ANALYSIS_PUBLISHED_H

#include "analysis/sums.h"
#include "analysis/suppression.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Some tables of a question, by their numbers; none of them overlaps. */
struct published_choice {
    const struct suppression_table *tables;
    const size_t *numbers;
    size_t count;
};

/* What people are by a table, beside the number of a shown group. */
enum { PUBLISHED_IN_NO_GROUP = -1, PUBLISHED_IN_HIDDEN = -2 };

/* A published sum: a shown group by its table, whose number among all tables this is. The first row is the
 * whole, whose table and group say nothing; the groups of crossed tables come last, and else the largest
 * first.
 */
struct published_row {
    size_t table, group;
    size_t expressed;
    bool crossed;
};

struct published {
    struct published_choice choice;
    const struct published_row *rows; /* those of `sums`; none follows from those before it */
    struct sums sums;
    /* Of each column: how many people expressed themselves, and their place in each chosen table. */
    const size_t *expressed;
    const long *places;
    const size_t *column_of; /* of each cell; SUMS_NONE if it is left out */
};

/* The chosen tables as they are hidden now. Columns are made of the cells of which somebody expressed an
 * opinion or, with `asked`, was asked. */
struct published published_sums(struct arena *arena, const struct published_choice *choice,
                                const struct suppression_cell *cells, size_t cell_count, bool asked);

/* How many of the sums do not follow from others, over cells of which somebody expressed an opinion. */
size_t published_rank(struct arena *arena, const struct published_choice *choice,
                      const struct suppression_cell *cells, size_t cell_count);

/* The place of a column's people in the n-th of the chosen tables. */
long published_place(const struct published *published, size_t column, size_t n);

#endif
