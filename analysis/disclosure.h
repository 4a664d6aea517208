/* Whether somebody's answers follow, by adding and subtracting, from all tables of a question together.
 *
 * Every published sum (the whole, and each group that is shown) is a row over the people, in cells of who is
 * in the same groups. What can be worked out from the rows is their linear span. It must hold
 *   - no hidden group that was asked, whatever its size;
 *   - no sum, even a weighted one, of 1 to `minimum_cell` - 1 people who expressed themselves. (A difference
 *     of such sums is none: it tells of neither.)
 * Respondents in no group protect others but need no protection: a small sum that follows from some tables is
 * harmless if each of its people is in no group by one of these, and in no hidden one by the others. */
#ifndef ANALYSIS_DISCLOSURE_H
#define ANALYSIS_DISCLOSURE_H

#include "analysis/suppression.h"

#include <stdbool.h>
#include <stddef.h>

/* A shown group, by its table; or all that the table shows. */
struct disclosure {
    size_t table, group;
};
#define DISCLOSURE_ALL ((size_t)-1)

/* All tables of a question as they are hidden now, and who is in which groups: all who were asked it. Tables
 * that overlap do not matter. `minimum_cell` is at least 2. */
struct disclosure_question {
    const struct suppression_table *tables;
    size_t table_count;
    const struct suppression_cell *cells;
    size_t cell_count, minimum_cell;
};

/* Whether the tables give anything away. `*needed` becomes the smallest shown group that it takes to work it
 * out, of a crossed table if it takes any of these; where that was too much work to tell, all of the table
 * that shows most groups. */
bool disclosure_find(const struct disclosure_question *question, struct disclosure *needed);

#endif
