/* One function for each kind of chart. Each gives a sheet to be written and the finished chart, or nothing
 * (`sheet` is NULL) where the results have no data for it. */
#ifndef ANALYSIS_CHART_KINDS_H
#define ANALYSIS_CHART_KINDS_H

#include "analysis/chart_base.h"
#include "analysis/chart_sheet.h"

struct chart_drawing {
    struct chart_sheet *sheet;
    const struct chart *chart;
};

/* A single or multiple choice: bars with intervals, the most frequent first, "other" last. */
struct chart_drawing chart_bars_draw(const struct chart_context *context,
                                     const struct chart_subject *subject);

/* A ranking: how often each option came first, and how often further down. */
struct chart_drawing chart_ranking_draw(const struct chart_context *context,
                                        const struct chart_subject *subject);

/* Ordered answers to a question, to all items of a grid, or by group: bars to 100 %, or around the middle. */
struct chart_drawing chart_scales_draw(const struct chart_context *context,
                                       const struct chart_subject *subject);

/* By group, the favourable share (of each item of a grid) or a number's mean: dots with intervals. */
struct chart_drawing chart_dots_draw(const struct chart_context *context,
                                     const struct chart_subject *subject);

/* By group, the favourable share of each item of a grid, as a map: items below each other, groups side by
 * side. Nothing where there are not two of each, or no group may be shown. */
struct chart_drawing chart_map_draw(const struct chart_context *context, const struct chart_subject *subject);

/* By group, all options of a choice: a small chart of bars for each group, side by side. */
struct chart_drawing chart_panels_draw(const struct chart_context *context,
                                       const struct chart_subject *subject);

/* Numbers: a histogram. Dates: columns by day, month or year. */
struct chart_drawing chart_histogram_draw(const struct chart_context *context,
                                          const struct chart_subject *subject);

/* Open answers that were coded: bars of their themes, the most frequent first. */
struct chart_drawing chart_coded_draw(const struct chart_context *context,
                                      const struct chart_subject *subject);

/* Responses over invited: of all, and by margin. */
struct chart_drawing chart_rates_draw(const struct chart_context *context);

/* Responses by day (week, month) and channel, if there are two days at least. */
struct chart_drawing chart_days_draw(const struct chart_context *context);

#endif
