/* How a report's figures are weighted, in its words. */
#ifndef ANALYSIS_WEIGHT_TABLES_H
#define ANALYSIS_WEIGHT_TABLES_H

#include "analysis/document.h"
#include "analysis/prose.h"

#include <stdio.h>

/* The margins weighted to, as a sentence names them: "Your main role?, online or on paper". NULL where
 * figures are not weighted. */
const char *weight_tables_margins(const struct prose *prose);

/* Adds the section: to what is weighted and how, what that costs, each cell with its weight. Nothing where
 * figures are not weighted. */
void weight_tables_add(struct document *document, const struct prose *prose);

/* What to be careful about, for the person who makes the report, in plain English. */
void weight_tables_warn(const struct results *results, FILE *file);

#endif
