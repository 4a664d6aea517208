#include "analysis/chart_rows.h"

#include "analysis/chart_layout.h"
#include "analysis/chart_say.h"
#include "analysis/palette.h"

#include <math.h>

/* Heights of rows; blanks around the plot; what stands in for a figure needs this much at least. */
static const double ROW = 17, HEADING = 20, THICKNESS = 10, AROUND = 9;

/* So many rows are said one by one. */
enum { LISTED_MOST = 8 };

/* The columns of a set of rows: labels, plot, figures, bases. */
struct columns {
    struct chart_labels labels;
    double figure; /* right edge */
    struct chart_span plot;
};

static double widest(const struct chart_rows *rows, enum chart_style style, bool base) {
    double width = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const char *text = base ? rows->all[i].base : rows->all[i].figure;
        if (text)
            width = fmax(width, label_width(text, chart_sheet_size(style)));
    }
    return width;
}

static struct columns place_columns(const struct chart_context *context, const struct chart_rows *rows) {
    const char **texts = ARENA_NEW(context->arena, const char *, rows->count);
    for (size_t i = 0; i < rows->count; i++)
        texts[i] = rows->all[i].heading ? "" : rows->all[i].label;
    struct columns columns = {.labels =
                                  chart_layout_labels(context, texts, rows->count, context->width * 0.36)};
    double bases = widest(rows, CHART_QUIET, true), figures = widest(rows, CHART_STRONG, false);
    columns.figure = context->width - (bases > 0 ? bases + 8 : 0);
    columns.plot = (struct chart_span){rows->from, rows->to, columns.labels.width + AROUND,
                                       columns.figure - figures - AROUND - 4};
    return columns;
}

/* A little to the right of where bars begin, beside the line there. */
static const double BESIDE_LINE = 2;

static struct label_lines words_of(const struct chart_context *context, const struct columns *columns,
                                   const struct chart_row *row) {
    return chart_layout_words(context, row->instead ? row->instead : "", columns->plot.first + BESIDE_LINE);
}

static double row_height(const struct chart_context *context, const struct chart_rows *rows,
                         const struct columns *columns, size_t row) {
    if (!rows->all[row].heading)
        return fmax(chart_layout_row(columns->labels.rows[row], ROW),
                    chart_layout_row(words_of(context, columns, &rows->all[row]), ROW));
    struct label_lines lines = chart_layout_wrap(context, CHART_STRONG, rows->all[row].label, context->width);
    return HEADING + chart_layout_line(CHART_STRONG) * ((double)lines.count - 1);
}

/* Numbers have marks at round values: three to six of them. */
struct marks {
    double first, step;
    int count;
};

static struct marks place_marks(const struct chart_context *context, const struct chart_rows *rows,
                                struct chart_span plot) {
    const char *widest = chart_text_number(context, rows->to, 0);
    double room = plot.last - plot.first, need = label_width(widest, chart_sheet_size(CHART_QUIET)) + 14;
    struct marks marks = {.step = pow(10, floor(log10(rows->to - rows->from)))};
    while ((rows->to - rows->from) / marks.step < 3)
        marks.step /= 2;
    while (marks.step / (rows->to - rows->from) * room < need && marks.step < rows->to - rows->from)
        marks.step *= 2;
    marks.first = ceil(rows->from / marks.step) * marks.step;
    marks.count = (int)floor((rows->to - marks.first) / marks.step + 1e-6) + 1;
    return marks;
}

static void draw_marks(const struct chart_context *context, struct chart_sheet *sheet,
                       const struct chart_rows *rows, struct chart_span plot) {
    if (rows->percent) {
        chart_layout_percents(context, sheet, plot);
        return;
    }
    double height = chart_layout_line(CHART_QUIET), y = chart_sheet_bottom(sheet) + height / 2;
    struct marks marks = place_marks(context, rows, plot);
    for (int i = 0; i < marks.count; i++) {
        double value = marks.first + marks.step * i;
        chart_sheet_text(sheet,
                         (struct chart_spot){CHART_QUIET, CHART_CENTRE, chart_layout_place(plot, value), y},
                         chart_text_number(context, value, 6));
    }
    chart_sheet_advance(sheet, height + 2);
}

/* Over the rows up to the next heading. */
static void draw_hairs(const struct chart_context *context, struct chart_sheet *sheet,
                       const struct chart_rows *rows, struct chart_span plot, double height) {
    if (rows->percent) {
        chart_layout_hairs(sheet, plot, height, rows->bars);
        return;
    }
    double top = chart_sheet_bottom(sheet);
    struct marks marks = place_marks(context, rows, plot);
    for (int i = 0; i < marks.count; i++) {
        double value = marks.first + marks.step * i, x = chart_layout_place(plot, value);
        chart_sheet_line(sheet, (struct chart_stroke){x, top, x, top + height, rows->bars && value == 0});
    }
}

static double run_height(const struct chart_context *context, const struct chart_rows *rows,
                         const struct columns *columns, size_t first) {
    double height = 0;
    for (size_t i = first; i < rows->count && !rows->all[i].heading; i++)
        height += row_height(context, rows, columns, i);
    return height;
}

static void draw_heading(const struct chart_context *context, struct chart_sheet *sheet,
                         const struct chart_row *row, double height) {
    struct label_lines lines = chart_layout_wrap(context, CHART_STRONG, row->label, context->width);
    double y =
        chart_sheet_bottom(sheet) + height - 3 - chart_layout_line(CHART_STRONG) * (double)lines.count / 2;
    chart_layout_lines(sheet, (struct chart_spot){CHART_STRONG, CHART_LEFT, 0, y}, lines);
}

static void draw_row(const struct chart_context *context, struct chart_sheet *sheet,
                     const struct columns *columns, const struct chart_row *row, double y,
                     struct buffer *data) {
    if (row->instead) {
        chart_layout_lines(sheet,
                           (struct chart_spot){CHART_WORDS, CHART_LEFT, columns->plot.first + BESIDE_LINE, y},
                           words_of(context, columns, row));
        return;
    }
    chart_sheet_text(sheet, (struct chart_spot){CHART_STRONG, CHART_RIGHT, columns->figure, y}, row->figure);
    if (row->base)
        chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, context->width, y}, row->base);
    unsigned colour = row->strong ? context->theme->text : context->theme->strong;
    buffer_format(data, "%.2f\t%.2f\t%.2f\t%.10g\t%.10g\t%.10g\t%u\t", y, y - THICKNESS / 2,
                  y + THICKNESS / 2, row->value, row->low, row->high, colour);
    label_field(data, row->label);
    buffer_append(data, "\n");
}

static void draw_values(const struct chart_context *context, struct chart_sheet *sheet,
                        const struct chart_rows *rows) {
    bool any_interval = false;
    for (size_t i = 0; i < rows->count; i++)
        any_interval =
            any_interval || (!rows->all[i].heading && !rows->all[i].instead && !isnan(rows->all[i].low));
    if (rows->bars)
        chart_sheet_draw(sheet,
                         "index \"rows\" using 4:1:(%.10g):4:2:3 with boxxyerror fillcolor rgb \"#%06X\"",
                         rows->from, context->theme->bar);
    if (any_interval)
        chart_sheet_draw(
            sheet, "index \"rows\" using 5:1:($6-$5):(0):7 with vectors nohead linewidth 1.3 linecolor rgb "
                   "variable");
    if (!rows->bars)
        chart_sheet_draw(
            sheet,
            "index \"rows\" using 4:1:7 with points pointtype 7 pointsize 0.75 linecolor rgb variable");
}

void chart_rows_draw(const struct chart_context *context, struct chart_sheet *sheet,
                     const struct chart_rows *rows) {
    struct columns columns = place_columns(context, rows);
    draw_marks(context, sheet, rows, columns.plot);
    struct buffer *data = chart_sheet_data(sheet, "rows: y, top, bottom, value, low, high, colour, label");
    for (size_t i = 0; i < rows->count; i++) {
        const struct chart_row *row = &rows->all[i];
        double own = row_height(context, rows, &columns, i), y = chart_sheet_bottom(sheet) + own / 2;
        if (!row->heading && (i == 0 || rows->all[i - 1].heading))
            draw_hairs(context, sheet, rows, columns.plot, run_height(context, rows, &columns, i));
        if (row->heading)
            draw_heading(context, sheet, row, own);
        else {
            chart_layout_lines(
                sheet,
                (struct chart_spot){row->strong && i == 0 ? CHART_STRONG : CHART_LABEL, CHART_LEFT, 0, y},
                columns.labels.rows[i]);
            draw_row(context, sheet, &columns, row, y, data);
        }
        chart_sheet_advance(sheet, own);
    }
    chart_sheet_axes(sheet, columns.plot, (struct chart_span){0, 1, 0, 1});
    draw_values(context, sheet, rows);
}

/* --- Words --- */

static struct chart_figure figure_of(const struct chart_context *context, const struct chart_rows *rows,
                                     const struct chart_row *row, const char *label) {
    if (row->instead)
        return (struct chart_figure){.label = label, .words = row->instead, .value = NAN};
    struct chart_figure figure = {.label = label, .words = row->figure, .value = row->value};
    if (isnan(row->low))
        return figure;
    figure.low =
        rows->percent ? chart_text_bare_percent(context, row->low / 100) : chart_text_mean(context, row->low);
    figure.high =
        rows->percent ? chart_text_percent(context, row->high / 100) : chart_text_mean(context, row->high);
    return figure;
}

/* The figure of all, which is the first below the heading, and how far the others reach. */
static struct chart_figure sum_up(const struct chart_context *context, const struct chart_rows *rows,
                                  size_t heading, size_t count) {
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, count);
    for (size_t i = 0; i < count; i++)
        figures[i] = figure_of(context, rows, &rows->all[heading + 1 + i], rows->all[heading].label);
    const char *all = chart_say_ends(context, MESSAGE_CHART_SAY_BY_GROUP, "figure", figures[0].words,
                                     figures + 1, count - 1);
    if (*all) {
        figures[0].words = all;
        figures[0].low = NULL;
    }
    return figures[0];
}

const char *chart_rows_describe(const struct chart_context *context, const char *title,
                                const struct chart_rows *rows) {
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, rows->count);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct chart_row *row = &rows->all[i];
        size_t below = 0;
        while (row->heading && i + 1 + below < rows->count && !rows->all[i + 1 + below].heading)
            below++;
        if (rows->count > LISTED_MOST && below > 1 && rows->all[i + 1].strong) {
            figures[count++] = sum_up(context, rows, i, below);
            i += below;
        } else if (!row->heading) {
            const char *heading = i > 0 && rows->all[i - 1].heading ? rows->all[i - 1].label : "";
            figures[count++] =
                figure_of(context, rows, row, chart_text_join(context, heading, " – ", row->label));
        }
    }
    return chart_say(context, title, figures, count);
}
