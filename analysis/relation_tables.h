/* How items go together, in a report: a table and a sentence for each grid and each outcome asked for. */
#ifndef ANALYSIS_RELATION_TABLES_H
#define ANALYSIS_RELATION_TABLES_H

#include "analysis/document.h"
#include "analysis/prose.h"

/* Adds a section with what was asked for; nothing where nothing was, or nobody responded. */
void relation_tables_add(struct document *document, const struct prose *prose);

/* Adds how these figures come about to an open list of terms; nothing where none is shown. */
void relation_tables_add_method(struct document *document, const struct prose *prose);

#endif
