/* Rows of one figure each, below a common scale: a label, a bar or a dot with its interval, the figure. */
#ifndef ANALYSIS_CHART_ROWS_H
#define ANALYSIS_CHART_ROWS_H

#include "analysis/chart_sheet.h"
#include "analysis/chart_text.h"

#include <stdbool.h>
#include <stddef.h>

struct chart_row {
    const char *label;
    bool heading;              /* a label across the sheet, for the rows below it; no figure */
    bool strong;               /* stands for all: set apart */
    double value, low, high;   /* on the scale; low and high NaN: no interval */
    const char *figure, *base; /* the value in words, and what it rests on */
    const char *instead;       /* words in place of the figure; NULL: there is one */
};

struct chart_rows {
    const struct chart_row *all;
    size_t count;
    double from, to; /* the ends of the scale */
    bool bars;       /* bars from `from` on, not dots */
    bool percent;    /* values are percents */
};

/* Draws the rows at the bottom of the sheet, which moves below them. At least one row has a figure. */
void chart_rows_draw(const struct chart_context *context, struct chart_sheet *sheet,
                     const struct chart_rows *rows);

/* The chart in words: its title, and the rows' figures; where rows stand below headings, and are many, of
 * each heading the figure of all and from where to where the others reach. */
const char *chart_rows_describe(const struct chart_context *context, const char *title,
                                const struct chart_rows *rows);

#endif
