/* The annex of a report: every question again, by the groups of each breakdown. */
#ifndef ANALYSIS_ANNEX_H
#define ANALYSIS_ANNEX_H

#include "analysis/chart.h"
#include "analysis/document.h"
#include "analysis/prose.h"
#include "analysis/results.h"

/* Adds the section, an annex unless it stands in another, with the charts by group that were drawn (`charts`
 * may be NULL): nothing where no question has groups. */
void annex_add(struct document *document, const struct prose *prose, const struct charts *charts);

/* Adds a line that leads from a question to its groups in the annex, and says whether a difference between
 * them is established. Nothing where it has none there. */
void annex_add_reference(struct document *document, const struct prose *prose,
                         const struct question *question);

#endif
