/* Charts in words, for who cannot see them: a sentence or two with the main figures and how sure they are,
 * not all that is drawn. What the figures rest on is added by chart_layout_end. */
#ifndef ANALYSIS_CHART_SAY_H
#define ANALYSIS_CHART_SAY_H

#include "analysis/chart_text.h"

#include <stddef.h>

/* One figure of a chart. */
struct chart_figure {
    const char *label;
    const char *words;      /* "63 %", or what stands in place of a figure */
    double value;           /* by which figures are compared; NaN: something stands in its place */
    const char *low, *high; /* the ends of its interval in words, "58" and "68 %"; NULL: it has none */
};

/* A share of a group as a figure; its interval, unless it is a fact. */
struct chart_figure chart_say_share(const struct chart_context *context, const char *label,
                                    const struct group_result *group, const struct share *share);

/* The least and the greatest of some figures, "de 56 à 89 %" as a message with these two holes has it; "" if
 * there are not two. */
const char *chart_say_ends(const struct chart_context *context, enum message message, const char *name,
                           const char *value, const struct chart_figure *figures, size_t count);

/* The figures one after the other, in their order; of many the first ones, the last, and from where to where
 * the others reach. */
const char *chart_say_figures(const struct chart_context *context, const struct chart_figure *figures,
                              size_t count);

/* The figures with what intervals are, if any has one; behind the chart's title or the like. */
const char *chart_say(const struct chart_context *context, const char *title,
                      const struct chart_figure *figures, size_t count);

#endif
