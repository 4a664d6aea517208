/* The themes of an open question in the report. */
#ifndef ANALYSIS_THEME_TABLES_H
#define ANALYSIS_THEME_TABLES_H

#include "analysis/chart.h"
#include "analysis/document.h"
#include "analysis/prose.h"
#include "analysis/themes.h"

#include <stddef.h>

/* The name of the chart of an item's themes, "criticism-themes". Memory from `arena`. */
const char *theme_tables_chart_name(struct arena *arena, const struct item *item);

/* Adds the themes of an item to what is open: the chart if `charts` (may be NULL) has it, the table, and the
 * chosen quotations, each below one of its themes. Nothing where the item has no themes. */
void theme_tables_add(struct document *document, const struct prose *prose, const struct item *item,
                      const struct charts *charts);

/* Adds the table alone. */
void theme_tables_add_table(struct document *document, const struct prose *prose, const struct item *item);

/* Adds up to `most` of the quotations chosen for a theme of the item, or for all of its themes (NULL), each
 * once. Gives how many were added. */
size_t theme_tables_add_quotations(struct document *document, const struct prose *prose,
                                   const struct item *item, const struct theme *theme, size_t most);

#endif
