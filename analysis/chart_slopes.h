/* Slopes from one time to another: two upright scales of percents, a line for each row between its two
 * shares, and at both its ends what it is and how much. */
#ifndef ANALYSIS_CHART_SLOPES_H
#define ANALYSIS_CHART_SLOPES_H

#include "analysis/chart_sheet.h"
#include "analysis/chart_text.h"

#include <stdbool.h>
#include <stddef.h>

struct chart_slope {
    const char *label;
    double values[2], lows[2], highs[2]; /* in percent; low and high NaN: no interval */
    const char *figures[2];              /* the values in words */
    const char *change;                  /* the difference in words, behind the second figure */
    bool strong;                         /* set apart from the others */
};

struct chart_slopes {
    const struct chart_slope *all;
    size_t count;
    const char *headings[2];
};

/* What the upright scales reach, in percent: all of 100, or where the values and intervals lie closer
 * together, the tens around them. */
struct chart_span chart_slopes_scale(const struct chart_slopes *slopes);

/* Draws one slope at least at the bottom of the sheet, which moves below them. */
void chart_slopes_draw(const struct chart_context *context, struct chart_sheet *sheet,
                       const struct chart_slopes *slopes);

#endif
