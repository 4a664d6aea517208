/* What charts have in common: the head, labels, scales, keys, small print. */
#ifndef ANALYSIS_CHART_LAYOUT_H
#define ANALYSIS_CHART_LAYOUT_H

#include "analysis/chart_sheet.h"
#include "analysis/chart_text.h"
#include "analysis/label.h"

#include <stdbool.h>
#include <stddef.h>

/* A sheet for the chart, its title written across it, and what the figures are (`lead`, may be "") and its
 * subtitle, on one line if there is room. */
struct chart_sheet *chart_layout_begin(const struct chart_context *context, const struct chart *chart,
                                       const char *lead);

/* The height of a line in a style. */
double chart_layout_line(enum chart_style style);

/* Breaks a text into lines of a style, at most `width` points wide. */
struct label_lines chart_layout_wrap(const struct chart_context *context, enum chart_style style,
                                     const char *text, double width);

/* Writes lines below each other, together centred on the spot. */
void chart_layout_lines(struct chart_sheet *sheet, struct chart_spot spot, struct label_lines lines);

/* The labels of rows, wrapped into one column: as wide as the widest needs, at most `most` points. */
struct chart_labels {
    struct label_lines *rows;
    double width;
};
struct chart_labels chart_layout_labels(const struct chart_context *context, const char *const *texts,
                                        size_t count, double most);

/* The words in place of figures, from `x` to the right edge; "" has no lines. */
struct label_lines chart_layout_words(const struct chart_context *context, const char *text, double x);

/* How high a row with such a label is, if it is to be at least `least` points high. */
double chart_layout_row(struct label_lines label, double least);

/* The place of a value on a scale. */
double chart_layout_place(struct chart_span span, double value);

/* A key: squares of colour with their names, as many to a line as fit; moves the bottom below. */
struct chart_key {
    unsigned colour;
    const char *text;
};
void chart_layout_keys(const struct chart_context *context, struct chart_sheet *sheet,
                       const struct chart_key *keys, size_t count);

/* The words of a scale of percents that ends at `span.to`, on a line at the bottom, which moves below it. */
void chart_layout_percents(const struct chart_context *context, struct chart_sheet *sheet,
                           struct chart_span span);

/* The hairs of that scale over the `height` points below the bottom; where bars begin, a stronger one. */
void chart_layout_hairs(struct chart_sheet *sheet, struct chart_span span, double height, bool bars);

/* Writes a paragraph of small print across the sheet, and moves the bottom below it; nothing for "". */
void chart_layout_note(const struct chart_context *context, struct chart_sheet *sheet, const char *text);

/* The notice of the report if there is one, then the chart with its size and what it says in words:
 * `alternative`, behind which the base is added. */
const struct chart *chart_layout_end(const struct chart_context *context, struct chart_sheet *sheet,
                                     const char *alternative);

#endif
