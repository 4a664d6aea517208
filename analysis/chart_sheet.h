/* The sheet one chart is drawn on: 16 cm wide, as high as its contents, written as a gnuplot script and the
 * data it draws.
 *
 * Places are in points from the top left corner, at the font sizes of the default theme. A theme with larger
 * letters makes the sheet narrower and its drawing larger: whoever places things on it has less room, and
 * need not know why. Every text stands in the data file, so no word of a questionnaire is ever part of a
 * script. */
#ifndef ANALYSIS_CHART_SHEET_H
#define ANALYSIS_CHART_SHEET_H

#include "analysis/chart.h"
#include "analysis/chart_theme.h"
#include "analysis/glyph.h"
#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

/* The width of a sheet: that of a picture, 16 cm, less the narrow blank at both sides, in which nothing
 * stands. 449 with the default theme. */
double chart_sheet_width(const struct chart_theme *theme);

enum chart_style {
    CHART_TITLE,
    CHART_SUBTITLE,
    CHART_LABEL,
    CHART_STRONG,  /* a figure, a heading */
    CHART_QUIET,   /* smaller and grey: scales, counts */
    CHART_WORDS,   /* words in place of a figure */
    CHART_ON_DARK, /* figures inside a bar */
    CHART_ON_LIGHT,
    CHART_NOTICE, /* what must not be overlooked in small print */
    CHART_STYLE_COUNT
};

enum chart_align { CHART_LEFT, CHART_CENTRE, CHART_RIGHT, CHART_ALIGN_COUNT };

/* A scale: the value `from` stands at `first` points, the value `to` at `last`. */
struct chart_span {
    double from, to;
    double first, last;
};

struct chart_sheet;

/* An empty sheet for a chart whose name, question, breakdown, title and subtitle are given, on which only
 * what `glyphs` can draw is written. Lives as long as `arena`, but must be destroyed.
 */
struct chart_sheet *chart_sheet_create(struct arena *arena, const struct chart *chart,
                                       const struct chart_theme *theme, struct glyphs *glyphs);

/* The chart as it was given. */
const struct chart *chart_sheet_chart(const struct chart_sheet *sheet);

/* The lowest place in use; and moving it down. */
double chart_sheet_bottom(const struct chart_sheet *sheet);
void chart_sheet_advance(struct chart_sheet *sheet, double points);

/* What the values of data mean. Without it, both are points. */
void chart_sheet_axes(struct chart_sheet *sheet, struct chart_span x, struct chart_span y);

/* The font size of a style. */
double chart_sheet_size(enum chart_style style);

/* Writes one line, as far as it can be drawn: how, which side of it stands at `x`, and the height of its
 * middle. */
struct chart_spot {
    enum chart_style style;
    enum chart_align align;
    double x, y;
};
void chart_sheet_text(struct chart_sheet *sheet, struct chart_spot spot, const char *text);

/* Draws a straight line behind everything else: strong, or as a hair of the grid. */
struct chart_stroke {
    double x1, y1, x2, y2;
    bool strong;
};
void chart_sheet_line(struct chart_sheet *sheet, struct chart_stroke stroke);

/* Begins a set of data, its name and columns said in `heading` ("bars: option, count"; a literal); its rows,
 * separated by tabs, go to the buffer. */
struct buffer *chart_sheet_data(struct chart_sheet *sheet, const char *heading);

/* The chart's figures as a table for whoever draws it anew (analysis/chart_data.h): every chart has one. */
struct buffer *chart_sheet_table(struct chart_sheet *sheet);

/* What is behind the chart, as gnuplot writes colours: what parts two areas of colour is of it. */
const char *chart_sheet_background(const struct chart_sheet *sheet);

/* Draws a set of data: what gnuplot's `plot` says of it behind the name of the file. */
void chart_sheet_draw(struct chart_sheet *sheet, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The chart with its size, and what it says in a sentence. */
const struct chart *chart_sheet_finish(struct chart_sheet *sheet, const char *alternative);

/* Writes `<name>.gp`, `<name>.dat` and `<name>.csv` of a finished sheet into `folder`. False after a failure.
 */
bool chart_sheet_write(const struct chart_sheet *sheet, const char *folder, struct failure *failure);

/* Gives the memory of a sheet back that its arena does not hold. NULL is fine. */
void chart_sheet_destroy(struct chart_sheet *sheet);

#endif
