/* What the report of a comparison says, in its order: what has changed, who answered, each question, the same
 * people twice, what is not compared, how to read the figures. */
#ifndef ANALYSIS_COMPARE_CONTENT_H
#define ANALYSIS_COMPARE_CONTENT_H

#include "analysis/chart.h"
#include "analysis/compare_words.h"
#include "analysis/document.h"

/* The report, with the charts that were drawn (NULL: none). Lives as long as the words' arena, which `charts`
 * must, too. */
const struct document *compare_content_make(const struct compare_words *words, const struct charts *charts);

#endif
