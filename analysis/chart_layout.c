#include "analysis/chart_layout.h"

#include <math.h>

/* The square of a key, the blank behind it and the one between two keys. */
static const double SQUARE = 8, BEHIND_SQUARE = 4, BETWEEN_KEYS = 14;

double chart_layout_line(enum chart_style style) {
    return chart_sheet_size(style) * 1.28;
}

struct label_lines chart_layout_wrap(const struct chart_context *context, enum chart_style style,
                                     const char *text, double width) {
    return label_wrap(context->arena, text, chart_sheet_size(style), width);
}

void chart_layout_lines(struct chart_sheet *sheet, struct chart_spot spot, struct label_lines lines) {
    double height = chart_layout_line(spot.style);
    spot.y -= height * ((double)lines.count - 1) / 2;
    for (size_t i = 0; i < lines.count; i++, spot.y += height)
        chart_sheet_text(sheet, spot, lines.lines[i]);
}

static void paragraph(const struct chart_context *context, struct chart_sheet *sheet, enum chart_style style,
                      const char *text) {
    struct label_lines lines = chart_layout_wrap(context, style, text, context->width);
    double height = chart_layout_line(style) * (double)lines.count;
    chart_layout_lines(
        sheet, (struct chart_spot){style, CHART_LEFT, 0, chart_sheet_bottom(sheet) + height / 2}, lines);
    chart_sheet_advance(sheet, height);
}

struct chart_sheet *chart_layout_begin(const struct chart_context *context, const struct chart *chart,
                                       const char *lead) {
    struct chart_sheet *sheet = chart_sheet_create(context->arena, chart, context->theme, context->glyphs);
    chart_sheet_advance(sheet, 2);
    paragraph(context, sheet, CHART_TITLE, chart->title);
    chart_sheet_advance(sheet, 3);
    const char *both = chart_text_join(context, lead, " ", chart->subtitle);
    if (label_width(both, chart_sheet_size(CHART_SUBTITLE)) <= context->width)
        paragraph(context, sheet, CHART_SUBTITLE, both);
    else {
        paragraph(context, sheet, CHART_SUBTITLE, lead);
        paragraph(context, sheet, CHART_SUBTITLE, chart->subtitle);
    }
    chart_sheet_advance(sheet, 10);
    return sheet;
}

struct chart_labels chart_layout_labels(const struct chart_context *context, const char *const *texts,
                                        size_t count, double most) {
    struct chart_labels labels = {.rows = ARENA_NEW(context->arena, struct label_lines, count)};
    for (size_t i = 0; i < count; i++) {
        labels.rows[i] = chart_layout_wrap(context, CHART_LABEL, texts[i], most);
        labels.width = fmax(labels.width, labels.rows[i].width);
    }
    return labels;
}

struct label_lines chart_layout_words(const struct chart_context *context, const char *text, double x) {
    return chart_layout_wrap(context, CHART_WORDS, text, context->width - x);
}

double chart_layout_row(struct label_lines label, double least) {
    return fmax(least, chart_layout_line(CHART_LABEL) * (double)label.count + 7);
}

double chart_layout_place(struct chart_span span, double value) {
    return span.first + (value - span.from) / (span.to - span.from) * (span.last - span.first);
}

static void draw_square(struct buffer *squares, double x, double y, unsigned colour) {
    buffer_format(squares, "%.2f\t%.2f\t%.2f\t%.2f\t%u\n", x, x + SQUARE, y - SQUARE / 2, y + SQUARE / 2,
                  colour);
}

void chart_layout_keys(const struct chart_context *context, struct chart_sheet *sheet,
                       const struct chart_key *keys, size_t count) {
    struct buffer *squares = chart_sheet_data(sheet, "keys: left, right, top, bottom, colour");
    double indent = SQUARE + BEHIND_SQUARE, x = 0, height = chart_layout_line(CHART_LABEL) + 2;
    for (size_t i = 0; i < count; i++) {
        struct label_lines lines =
            chart_layout_wrap(context, CHART_LABEL, keys[i].text, context->width - indent);
        if (x > 0 && (lines.count > 1 || x + indent + lines.width > context->width)) {
            x = 0;
            chart_sheet_advance(sheet, height);
        }
        double top = chart_sheet_bottom(sheet), first = top + height / 2;
        draw_square(squares, x, first, keys[i].colour);
        double middle = first + chart_layout_line(CHART_LABEL) * ((double)lines.count - 1) / 2;
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, x + indent, middle}, lines);
        if (lines.count > 1)
            chart_sheet_advance(sheet, chart_layout_line(CHART_LABEL) * ((double)lines.count - 1));
        x = lines.count > 1 ? context->width : x + indent + lines.width + BETWEEN_KEYS;
    }
    chart_sheet_advance(sheet, height + 6);
    chart_sheet_draw(sheet,
                     "index \"keys\" using 1:3:1:2:3:4:5 axes x2y2 with boxxyerror fillcolor rgb variable");
}

/* Quarters of 100, fifths of 50. */
static int percent_steps(struct chart_span span) {
    return span.to > 50 ? 4 : 5;
}

void chart_layout_percents(const struct chart_context *context, struct chart_sheet *sheet,
                           struct chart_span span) {
    double height = chart_layout_line(CHART_QUIET), y = chart_sheet_bottom(sheet) + height / 2;
    int steps = percent_steps(span);
    for (int i = 0; i <= steps; i++) {
        double value = span.to * i / steps;
        const char *text =
            i < steps ? chart_text_number(context, value, 1) : chart_text_percent(context, value / 100);
        chart_sheet_text(
            sheet, (struct chart_spot){CHART_QUIET, CHART_CENTRE, chart_layout_place(span, value), y}, text);
    }
    chart_sheet_advance(sheet, height + 2);
}

void chart_layout_hairs(struct chart_sheet *sheet, struct chart_span span, double height, bool bars) {
    double top = chart_sheet_bottom(sheet);
    int steps = percent_steps(span);
    for (int i = 0; i <= steps; i++) {
        double x = chart_layout_place(span, span.to * i / steps);
        chart_sheet_line(sheet, (struct chart_stroke){x, top, x, top + height, bars && i == 0});
    }
}

void chart_layout_note(const struct chart_context *context, struct chart_sheet *sheet, const char *text) {
    if (*text)
        paragraph(context, sheet, CHART_QUIET, text);
}

const struct chart *chart_layout_end(const struct chart_context *context, struct chart_sheet *sheet,
                                     const char *alternative) {
    const char *notice = context->results->options.notice;
    if (notice)
        paragraph(context, sheet, CHART_NOTICE, notice);
    chart_sheet_advance(sheet, 2);
    const char *base = chart_sheet_chart(sheet)->subtitle;
    return chart_sheet_finish(sheet, chart_text_join(context, alternative, " ", base));
}
