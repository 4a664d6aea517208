#include "analysis/chart_columns.h"

#include "analysis/chart_layout.h"
#include "analysis/palette.h"

#include <math.h>
#include <stdio.h>

static const double HEIGHT = 118, ABOVE = 13, SCALE_GAP = 6, MARK_GAP = 8, TICK = 3;

/* The blank between columns, as a part of them; those that do not adjoin become no walls when they are few. */
static const double SPACING = 0.14, ADJOINING_SPACING = 0.02, WIDEST = 44;

/* So many columns have their count written on them, if there is room, and no scale of counts. */
enum { LABELLED_MOST = 26 };

static size_t total(const struct chart_columns *columns, size_t column) {
    size_t sum = 0;
    for (size_t i = 0; i < columns->series; i++)
        sum += columns->all[column].counts[i];
    return sum;
}

static size_t largest(const struct chart_columns *columns) {
    size_t most = 1;
    for (size_t i = 0; i < columns->count; i++)
        most = total(columns, i) > most ? total(columns, i) : most;
    return most;
}

/* 1, 2 or 5 times a power of ten, such that at most five steps reach `most`. */
static double count_step(double most) {
    double step = 1;
    for (int i = 0; most / step > 5; i++)
        step *= i % 3 == 1 ? 2.5 : 2;
    return step;
}

/* The scale of counts at the left; its width. */
static double draw_scale(const struct chart_context *context, struct chart_sheet *sheet, struct chart_span y) {
    double step = count_step(y.to), width = 0;
    for (double value = 0; value <= y.to; value += step)
        width = fmax(width, label_width(chart_text_number(context, value, 0), chart_sheet_size(CHART_QUIET)));
    for (double value = 0; value <= y.to; value += step) {
        double at = chart_layout_place(y, value);
        chart_sheet_text(sheet, CHART_QUIET, CHART_RIGHT, width, at, chart_text_number(context, value, 0));
        chart_sheet_line(sheet, (struct chart_stroke){width + SCALE_GAP, at, CHART_SHEET_WIDTH, at, false});
    }
    return width + SCALE_GAP;
}

/* Every how manieth mark has room. */
static size_t mark_step(const struct chart_columns *columns, struct chart_span x) {
    double widest = 0;
    for (size_t i = 0; i < columns->mark_count; i++)
        widest = fmax(widest, label_width(columns->marks[i].text, chart_sheet_size(CHART_QUIET)));
    size_t step = 1;
    if (columns->mark_count < 2)
        return step;
    double apart = (chart_layout_place(x, columns->marks[columns->mark_count - 1].at) -
                    chart_layout_place(x, columns->marks[0].at)) /
                   (double)(columns->mark_count - 1);
    for (size_t i = 0; apart * (double)step < widest + MARK_GAP && step < columns->mark_count; i++)
        step = i % 2 ? step * 2 : i ? step * 5 / 2 : 2;
    return step;
}

/* Words below the scale stay on the sheet. */
static double inside(const char *text, double x, double left) {
    double half = label_width(text, chart_sheet_size(CHART_QUIET)) / 2;
    return fmax(left + half, fmin(CHART_SHEET_WIDTH - half, x));
}

static void draw_marks(struct chart_sheet *sheet, const struct chart_columns *columns, struct chart_span x,
                       double bottom) {
    double line = chart_layout_line(CHART_QUIET);
    size_t step = mark_step(columns, x);
    for (size_t i = 0; i < columns->mark_count; i += step) {
        const struct chart_mark *mark = &columns->marks[i];
        double at = chart_layout_place(x, mark->at);
        chart_sheet_line(sheet, (struct chart_stroke){at, bottom, at, bottom + TICK, true});
        chart_sheet_text(sheet, CHART_QUIET, CHART_CENTRE, inside(mark->text, at, 0), bottom + TICK + line / 2 + 1,
                         mark->text);
    }
    chart_sheet_line(sheet, (struct chart_stroke){x.first, bottom, CHART_SHEET_WIDTH, bottom, true});
}

static bool has_labels(const struct chart_columns *columns) {
    if (columns->count > LABELLED_MOST)
        return false;
    double width = CHART_SHEET_WIDTH / (double)columns->count, widest = 0;
    for (size_t i = 0; i < columns->count; i++) {
        char digits[32];
        snprintf(digits, sizeof digits, "%zu", total(columns, i));
        widest = fmax(widest, label_width(digits, chart_sheet_size(CHART_QUIET)));
    }
    return widest + 4 <= width;
}

/* The count stands on its column; in it, if the line goes through that place. */
static void draw_label(const struct chart_context *context, struct chart_sheet *sheet,
                       const struct chart_columns *columns, size_t column, double x, double line, double top,
                       double bottom) {
    const char *text = chart_text_count(context, total(columns, column));
    bool hit = fabs(line - x) < label_width(text, chart_sheet_size(CHART_QUIET)) / 2 + 3;
    if (hit && bottom - top > 14)
        chart_sheet_text(sheet, CHART_ON_LIGHT, CHART_CENTRE, x, top + 7, text);
    else if (!hit && total(columns, column))
        chart_sheet_text(sheet, CHART_QUIET, CHART_CENTRE, x, top - 6, text);
}

static void write_columns(struct chart_sheet *sheet, const struct chart_columns *columns, struct chart_span x) {
    struct buffer *data = chart_sheet_data(sheet, "columns: left, right, count, count on top of it, name");
    for (size_t i = 0; i < columns->count; i++) {
        const struct chart_column *column = &columns->all[i];
        double width = fabs(chart_layout_place(x, column->to) - chart_layout_place(x, column->from));
        double points = columns->adjoining ? (1 - ADJOINING_SPACING) * width : fmin(WIDEST, (1 - SPACING) * width);
        double middle = (column->from + column->to) / 2, half = points / width * (column->to - column->from) / 2;
        buffer_format(data, "%.10g\t%.10g\t%zu\t%zu\t", middle - half, middle + half, column->counts[0],
                      columns->series > 1 ? column->counts[1] : 0);
        label_field(data, column->name);
        buffer_append(data, "\n");
    }
    chart_sheet_draw(sheet, "index \"columns\" using 1:3:1:2:(0):3 with boxxyerror fillcolor rgb \"#%06X\"",
                     (unsigned)(columns->series > 1 ? PALETTE_STRONG : PALETTE_BAR));
    if (columns->series > 1)
        chart_sheet_draw(sheet,
                         "index \"columns\" using 1:3:1:2:3:($3+$4) with boxxyerror fillcolor rgb \"#%06X\"",
                         (unsigned)PALETTE_LIGHT);
}

static void draw_line(struct chart_sheet *sheet, const struct chart_columns *columns, double x, double top,
                      double bottom, double left) {
    chart_sheet_line(sheet, (struct chart_stroke){x, top + ABOVE - 1, x, bottom, true});
    chart_sheet_text(sheet, CHART_QUIET, CHART_CENTRE, inside(columns->line_text, x, left), top + 5,
                     columns->line_text);
}

void chart_columns_draw(const struct chart_context *context, struct chart_sheet *sheet,
                        const struct chart_columns *columns) {
    double top = chart_sheet_bottom(sheet), above = isnan(columns->line) ? 0 : ABOVE;
    bool labelled = has_labels(columns);
    struct chart_span y = {0, (double)largest(columns), top + above + HEIGHT, top + above + (labelled ? 12 : 4)};
    double left = labelled ? 0 : draw_scale(context, sheet, y);
    struct chart_span x = {columns->all[0].from, columns->all[columns->count - 1].to, left, CHART_SHEET_WIDTH};
    draw_marks(sheet, columns, x, y.first);
    write_columns(sheet, columns, x);
    double line = isnan(columns->line) ? -INFINITY : chart_layout_place(x, columns->line);
    for (size_t i = 0; i < columns->count && labelled; i++)
        draw_label(context, sheet, columns, i,
                   chart_layout_place(x, (columns->all[i].from + columns->all[i].to) / 2), line,
                   chart_layout_place(y, (double)total(columns, i)), y.first);
    if (!isnan(columns->line))
        draw_line(sheet, columns, line, top, y.first, left);
    chart_sheet_axes(sheet, x, y);
    chart_sheet_advance(sheet, above + HEIGHT + TICK + chart_layout_line(CHART_QUIET) + 8);
}
