/* What differs between groups, in a report: notes below the tables by group, the key findings, an annex. */
#ifndef ANALYSIS_COMPARISON_TABLES_H
#define ANALYSIS_COMPARISON_TABLES_H

#include "analysis/document.h"
#include "analysis/prose.h"
#include "analysis/results.h"

#include <stdbool.h>
#include <stddef.h>

/* What the tests of `count` items by a breakdown found, for below their table: with `established`, only
 * differences that stay once adjusted. NULL where there is nothing to say. */
const char *comparison_tables_note(const struct prose *prose, const struct item_result *items, size_t count,
                                   const struct breakdown *by, bool established);

/* Whether the `count` items of a question differ between groups, and of which breakdowns, in a sentence. NULL
 * where no test was made, none is adjusted, or the question says who is who. */
const char *comparison_tables_verdict(const struct prose *prose, const struct item_result *items,
                                      size_t count);

/* Adds, to the open section, a section of the differences that stay once adjusted, the largest first, each as
 * a sentence; or one sentence that there is none. Nothing where no test was made. */
void comparison_tables_add_key(struct document *document, const struct prose *prose);

/* Adds the section with every test, a table for each breakdown. Nothing where none was made. */
void comparison_tables_add_annex(struct document *document, const struct prose *prose);

#endif
