/* How to read the figures of a report: what it rests on, in plain words. */
#ifndef ANALYSIS_METHOD_H
#define ANALYSIS_METHOD_H

#include "analysis/document.h"
#include "analysis/prose.h"

/* Adds the section: bases, favourable answers, intervals and bounds as they were made, hidden groups,
 * rounding, groups. */
void method_add(struct document *document, const struct prose *prose);

#endif
