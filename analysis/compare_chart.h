/* The charts of a comparison: of each question, the share of favourable answers then and now, as slopes. */
#ifndef ANALYSIS_COMPARE_CHART_H
#define ANALYSIS_COMPARE_CHART_H

#include "analysis/chart.h"
#include "analysis/compare_words.h"
#include "model/base/failure.h"

/* Draws them into `folder`, which exists; `output` as of chart_draw. "favourable" has the questions that are
 * no grids, "<grid>-favourable" the items of a grid; of many, more charts follow, "favourable-2". None of
 * questions that have no such share in both waves; NULL after a failure, as of chart_draw. The same results
 * give the same bytes. Lives as long as the words' arena. */
const struct charts *compare_chart_draw(const struct compare_words *words, const struct chart_theme *theme,
                                        const char *folder, struct output *output, struct failure *failure);

#endif
