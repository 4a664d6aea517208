/* What a report says, in its order: key figures, who answered, each question, how to read the figures. */
#ifndef ANALYSIS_REPORT_CONTENT_H
#define ANALYSIS_REPORT_CONTENT_H

#include "analysis/chart.h"
#include "analysis/document.h"
#include "analysis/results.h"
#include "model/base/arena.h"

#include <stddef.h>

/* The report of the results in the questionnaire's language of that index, with the charts that were drawn
 * (NULL: none). `logo` is the path of the questionnaire's logo, NULL if it has none. Lives as long as
 * `arena`. */
const struct document *report_content_make(struct arena *arena, const struct results *results,
                                           size_t language, const struct charts *charts, const char *logo);

#endif
