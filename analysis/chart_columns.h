/* Columns of counts side by side on a scale of numbers or days, one or two counts on top of each other. */
#ifndef ANALYSIS_CHART_COLUMNS_H
#define ANALYSIS_CHART_COLUMNS_H

#include "analysis/chart_sheet.h"
#include "analysis/chart_text.h"

#include <stdbool.h>
#include <stddef.h>

struct chart_column {
    double from, to; /* on the horizontal scale */
    size_t counts[2];
    const char *name; /* what is counted in it, for the data file */
};

/* Words below the scale. Those for which there is no room are left out, evenly. */
struct chart_mark {
    double at;
    const char *text;
};

struct chart_columns {
    const struct chart_column *all; /* ascending, without overlap */
    size_t count;
    size_t series;  /* 1 or 2: how many of `counts` are used */
    bool adjoining; /* a column ends where the next begins */
    const struct chart_mark *marks;
    size_t mark_count;
    double line;           /* a line across the columns; NaN: none */
    const char *line_text; /* the words above it */
};

/* Draws at least one column at the bottom of the sheet, which moves below the marks. */
void chart_columns_draw(const struct chart_context *context, struct chart_sheet *sheet,
                        const struct chart_columns *columns);

#endif
