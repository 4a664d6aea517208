/* The chart of a comparison: of each question, the share of favourable answers then and now. */
#ifndef ANALYSIS_COMPARE_CHART_H
#define ANALYSIS_COMPARE_CHART_H

#include "analysis/chart.h"
#include "analysis/compare_words.h"
#include "model/base/failure.h"

/* Draws it into `folder`, which exists; `output` as of chart_draw. No chart where no question has such a
 * share in both waves; NULL after a failure, as of chart_draw. The same results give the same bytes. Lives as
 * long as the words' arena. */
const struct charts *compare_chart_draw(const struct compare_words *words, const struct chart_theme *theme,
                                        const char *folder, struct output *output, struct failure *failure);

#endif
