/* The tables of one question by the groups of a breakdown. */
#ifndef ANALYSIS_BREAKDOWN_TABLES_H
#define ANALYSIS_BREAKDOWN_TABLES_H

#include "analysis/document.h"
#include "analysis/prose.h"
#include "analysis/results.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the breakdown says something of the item: it does not name it, and at least two of its groups were
 * asked. */
bool breakdown_tables_has(const struct item_result *item, const struct breakdown *by);

/* What stands below a table: all that it takes to be read alone; or, where the section says the rest, what is
 * its own, which is the differences established between the groups. */
enum breakdown_notes { BREAKDOWN_NOTES_ALL, BREAKDOWN_NOTES_OWN };

/* Adds the table of one item by the groups of the breakdown: its answers, or the figures of its numbers; in
 * several parts if the groups are many. Adds a sentence if all groups are hidden. */
void breakdown_tables_add_item(struct document *document, const struct prose *prose,
                               const struct item_result *item, const struct breakdown *by,
                               enum breakdown_notes notes);

/* Adds the table of the `count` lines of a grid, a row each but for what the breakdown names, with one figure
 * for each group: the favourable share, or else the mean. */
void breakdown_tables_add_grid(struct document *document, const struct prose *prose,
                               const struct item_result *items, size_t count, const struct breakdown *by,
                               enum breakdown_notes notes);

#endif
