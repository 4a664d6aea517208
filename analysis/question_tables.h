/* The tables of one question, over all respondents. */
#ifndef ANALYSIS_QUESTION_TABLES_H
#define ANALYSIS_QUESTION_TABLES_H

#include "analysis/document.h"
#include "analysis/prose.h"
#include "analysis/results.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the lines of a grid are shown together, one row each; otherwise each line has tables of its own. */
bool question_tables_compact(const struct question *question);

/* Whether a table by groups has the lines of the grid as its rows: each has one figure to show for a group.
 */
bool question_tables_matrix(const struct prose *prose, const struct question *question);

/* Adds the table of an item's answers: counts, shares, intervals and bounds by option, the base, and who is
 * in no share; of numbers and dates, their figures. Adds nothing where there is nothing to show. */
void question_tables_add_item(struct document *document, const struct prose *prose,
                              const struct item_result *item);

/* Adds the table of the `count` lines of a compact grid. */
void question_tables_add_grid(struct document *document, const struct prose *prose,
                              const struct item_result *items, size_t count);

#endif
