#include "analysis/chart_columns.h"

#include "analysis/chart_layout.h"
#include "analysis/palette.h"

#include <math.h>

static const double HEIGHT = 118, ABOVE = 13, SCALE_GAP = 6, MARK_GAP = 8, TICK = 3;

/* The blank between columns, as a part of them; those that do not adjoin become no walls when they are few.
 */
static const double SPACING = 0.14, ADJOINING_SPACING = 0.02, WIDEST = 44;

/* So many columns have their count written on them, if there is room, and no scale of counts. */
enum { LABELLED_MOST = 26 };

/* The columns as they are placed. */
struct plot {
    const struct chart_context *context;
    struct chart_sheet *sheet;
    const struct chart_columns *columns;
    double top;
    struct chart_span x, y;
    double line; /* where the line stands; far away if there is none */
};

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
static double draw_scale(const struct plot *plot) {
    double step = count_step(plot->y.to), width = 0;
    size_t steps = (size_t)(plot->y.to / step);
    for (size_t i = 0; i <= steps; i++)
        width = fmax(width, label_width(chart_text_number(plot->context, step * (double)i, 0),
                                        chart_sheet_size(CHART_QUIET)));
    for (size_t i = 0; i <= steps; i++) {
        double at = chart_layout_place(plot->y, step * (double)i);
        chart_sheet_text(plot->sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, width, at},
                         chart_text_number(plot->context, step * (double)i, 0));
        chart_sheet_line(plot->sheet,
                         (struct chart_stroke){width + SCALE_GAP, at, plot->context->width, at, false});
    }
    return width + SCALE_GAP;
}

/* Every how manieth mark has room. */
static size_t mark_step(const struct plot *plot) {
    const struct chart_columns *columns = plot->columns;
    if (columns->mark_count < 2)
        return 1;
    double widest = 0;
    for (size_t i = 0; i < columns->mark_count; i++)
        widest = fmax(widest, label_width(columns->marks[i].text, chart_sheet_size(CHART_QUIET)));
    double apart = (chart_layout_place(plot->x, columns->marks[columns->mark_count - 1].at) -
                    chart_layout_place(plot->x, columns->marks[0].at)) /
                   (double)(columns->mark_count - 1);
    size_t step = 1;
    for (size_t i = 0; apart * (double)step < widest + MARK_GAP && step < columns->mark_count; i++)
        step = i % 3 == 1 ? step * 5 / 2 : step * 2;
    return step;
}

/* Words below or above the columns stay on the sheet. */
static double inside(const struct chart_context *context, const char *text, double x) {
    double half = label_width(text, chart_sheet_size(CHART_QUIET)) / 2;
    return fmax(half, fmin(context->width - half, x));
}

static void draw_marks(const struct plot *plot) {
    double bottom = plot->y.first, y = bottom + TICK + chart_layout_line(CHART_QUIET) / 2 + 1;
    size_t step = mark_step(plot);
    for (size_t i = 0; i < plot->columns->mark_count; i += step) {
        const struct chart_mark *mark = &plot->columns->marks[i];
        double x = chart_layout_place(plot->x, mark->at);
        chart_sheet_line(plot->sheet, (struct chart_stroke){x, bottom, x, bottom + TICK, true});
        chart_sheet_text(
            plot->sheet,
            (struct chart_spot){CHART_QUIET, CHART_CENTRE, inside(plot->context, mark->text, x), y},
            mark->text);
    }
    chart_sheet_line(plot->sheet,
                     (struct chart_stroke){plot->x.first, bottom, plot->context->width, bottom, true});
}

static bool has_labels(const struct plot *plot) {
    const struct chart_columns *columns = plot->columns;
    if (columns->count > LABELLED_MOST)
        return false;
    double width = plot->context->width / (double)columns->count, widest = 0;
    for (size_t i = 0; i < columns->count; i++)
        widest = fmax(widest, label_width(chart_text_count(plot->context, total(columns, i)),
                                          chart_sheet_size(CHART_QUIET)));
    return widest + 4 <= width;
}

/* The count stands on its column; in it, if the line goes through that place; if neither has room, nowhere.
 */
static void draw_label(const struct plot *plot, size_t column) {
    const struct chart_column *drawn = &plot->columns->all[column];
    size_t count = total(plot->columns, column);
    const char *text = chart_text_count(plot->context, count);
    double x = chart_layout_place(plot->x, (drawn->from + drawn->to) / 2);
    double top = chart_layout_place(plot->y, (double)count);
    bool hit = fabs(plot->line - x) < label_width(text, chart_sheet_size(CHART_QUIET)) / 2 + 3;
    if (hit && plot->y.first - top > 14)
        chart_sheet_text(plot->sheet, (struct chart_spot){CHART_ON_LIGHT, CHART_CENTRE, x, top + 7}, text);
    else if (!hit && count)
        chart_sheet_text(plot->sheet, (struct chart_spot){CHART_QUIET, CHART_CENTRE, x, top - 6}, text);
}

static void draw_columns(const struct plot *plot) {
    const struct chart_columns *columns = plot->columns;
    struct buffer *data =
        chart_sheet_data(plot->sheet, "columns: left, right, count, count on top of it, name");
    for (size_t i = 0; i < columns->count; i++) {
        const struct chart_column *column = &columns->all[i];
        double width = chart_layout_place(plot->x, column->to) - chart_layout_place(plot->x, column->from);
        double points =
            columns->adjoining ? (1 - ADJOINING_SPACING) * width : fmin(WIDEST, (1 - SPACING) * width);
        double middle = (column->from + column->to) / 2,
               half = points / width * (column->to - column->from) / 2;
        buffer_format(data, "%.10g\t%.10g\t%zu\t%zu\t", middle - half, middle + half, column->counts[0],
                      columns->series > 1 ? column->counts[1] : 0);
        label_field(data, column->name);
        buffer_append(data, "\n");
    }
    chart_sheet_draw(plot->sheet,
                     "index \"columns\" using 1:3:1:2:(0):3 with boxxyerror fillcolor rgb \"#%06X\"",
                     columns->series > 1 ? plot->context->theme->strong : plot->context->theme->bar);
    if (columns->series > 1)
        chart_sheet_draw(plot->sheet,
                         "index \"columns\" using 1:3:1:2:3:($3+$4) with boxxyerror fillcolor rgb \"#%06X\"",
                         plot->context->theme->light);
}

static void draw_line(const struct plot *plot) {
    const char *text = plot->columns->line_text;
    double x = plot->line;
    chart_sheet_line(plot->sheet, (struct chart_stroke){x, plot->top + ABOVE - 1, x, plot->y.first, true});
    chart_sheet_text(
        plot->sheet,
        (struct chart_spot){CHART_QUIET, CHART_CENTRE, inside(plot->context, text, x), plot->top + 5}, text);
}

void chart_columns_draw(const struct chart_context *context, struct chart_sheet *sheet,
                        const struct chart_columns *columns) {
    struct plot plot = {
        .context = context, .sheet = sheet, .columns = columns, .top = chart_sheet_bottom(sheet)};
    bool has_line = !isnan(columns->line), labelled = has_labels(&plot);
    double top = plot.top + (has_line ? ABOVE : 0), bottom = top + HEIGHT;
    plot.y = (struct chart_span){0, (double)largest(columns), bottom, top + (labelled ? 12 : 4)};
    double left = labelled ? 0 : draw_scale(&plot);
    plot.x =
        (struct chart_span){columns->all[0].from, columns->all[columns->count - 1].to, left, context->width};
    plot.line = has_line ? chart_layout_place(plot.x, columns->line) : -INFINITY;
    draw_marks(&plot);
    draw_columns(&plot);
    for (size_t i = 0; i < columns->count && labelled; i++)
        draw_label(&plot, i);
    if (has_line)
        draw_line(&plot);
    chart_sheet_axes(sheet, plot.x, plot.y);
    chart_sheet_advance(sheet, bottom - plot.top + TICK + chart_layout_line(CHART_QUIET) + 8);
}
