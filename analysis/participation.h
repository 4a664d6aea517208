/* Who answered: the response rates and the responses by day. */
#ifndef ANALYSIS_PARTICIPATION_H
#define ANALYSIS_PARTICIPATION_H

#include "analysis/chart.h"
#include "analysis/document.h"
#include "analysis/prose.h"

/* Adds the section: the response rate by each known margin, the responses by channel where no rate of it is
 * known, and by day (by month if the days are many), with the charts of that name that were drawn. */
void participation_add(struct document *document, const struct prose *prose, const struct charts *charts);

#endif
