#include "analysis/compare_chart.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_pictures.h"
#include "analysis/chart_sheet.h"
#include "analysis/chart_text.h"
#include "analysis/palette.h"

#include <math.h>

/* Height of a row; blanks around the plot and between figures. */
static const double ROW = 19, AROUND = 9, BETWEEN = 10;

/* The questions, and what stands behind them. */
struct rows {
    const struct compare_question **questions;
    const char **shares, **differences;
    size_t count;
};

/* From left to right, with the differences last. */
struct columns {
    struct chart_labels labels;
    struct chart_span plot;
    double share; /* right edge of the shares */
};

static const struct compare_change *main_change(const struct compare_question *question) {
    return &question->changes[0];
}

static const char *label_of(const struct chart_context *context, const struct compare_question *question) {
    const struct item *item = question->match->items[1];
    const char *text = chart_text_wording(context, item->question->text);
    return item->question->is_grid
               ? chart_text_join(context, text, " – ", chart_text_wording(context, item->text))
               : text;
}

static const char *shares_of(const struct chart_context *context, const struct compare_question *question) {
    const struct compare_figure *waves = main_change(question)->waves;
    return chart_text_join(context, chart_text_percent(context, waves[0].value), " → ",
                           chart_text_percent(context, waves[1].value));
}

static struct rows find_rows(const struct compare_words *words, const struct chart_context *context) {
    const struct compare_results *results = words->results;
    size_t most = results->question_count;
    struct rows rows = {.questions = ARENA_NEW(context->arena, const struct compare_question *, most),
                        .shares = ARENA_NEW(context->arena, const char *, most),
                        .differences = ARENA_NEW(context->arena, const char *, most)};
    for (size_t i = 0; i < most; i++) {
        const struct compare_question *question = &results->questions[i];
        if (question->state != COMPARE_SHOWN || main_change(question)->subject != COMPARE_FAVOURABLE)
            continue;
        rows.questions[rows.count] = question;
        rows.shares[rows.count] = shares_of(context, question);
        rows.differences[rows.count++] = compare_words_marked(words, main_change(question));
    }
    return rows;
}

static double widest(const char *const *texts, size_t count, enum chart_style style) {
    double width = 0;
    for (size_t i = 0; i < count; i++)
        width = fmax(width, label_width(texts[i], chart_sheet_size(style)));
    return width;
}

static struct columns place_columns(const struct chart_context *context, const struct rows *rows) {
    const char **labels = ARENA_NEW(context->arena, const char *, rows->count);
    for (size_t i = 0; i < rows->count; i++)
        labels[i] = label_of(context, rows->questions[i]);
    struct columns columns = {.labels =
                                  chart_layout_labels(context, labels, rows->count, context->width * 0.4)};
    columns.share = context->width - widest(rows->differences, rows->count, CHART_STRONG) - BETWEEN;
    double shares = widest(rows->shares, rows->count, CHART_QUIET);
    columns.plot =
        (struct chart_span){0, 100, columns.labels.width + AROUND, columns.share - shares - AROUND - BETWEEN};
    return columns;
}

/* The first wave's point, the second's above it, and what is between. */
static void draw_points(const struct chart_context *context, struct chart_sheet *sheet,
                        struct chart_span plot) {
    chart_sheet_axes(sheet, plot, (struct chart_span){0, 1, 0, 1});
    chart_sheet_draw(sheet,
                     "index \"rows\" using 2:1:($3-$2):(0) with vectors nohead linewidth 1.6 linecolor rgb"
                     " \"#%06X\"",
                     context->theme->line);
    chart_sheet_draw(
        sheet, "index \"rows\" using 2:1 with points pointtype 7 pointsize 0.75 linecolor rgb \"#%06X\"",
        context->theme->bar);
    chart_sheet_draw(
        sheet, "index \"rows\" using 3:1 with points pointtype 7 pointsize 0.75 linecolor rgb \"#%06X\"",
        context->theme->strong);
}

static void draw_rows(const struct chart_context *context, struct chart_sheet *sheet, const struct rows *rows,
                      const struct columns *columns) {
    chart_layout_percents(context, sheet, columns->plot);
    double height = 0;
    for (size_t i = 0; i < rows->count; i++)
        height += chart_layout_row(columns->labels.rows[i], ROW);
    chart_layout_hairs(sheet, columns->plot, height, false);
    struct buffer *data = chart_sheet_data(sheet, "rows: y, first wave, second wave");
    for (size_t i = 0; i < rows->count; i++) {
        const struct compare_figure *waves = main_change(rows->questions[i])->waves;
        double own = chart_layout_row(columns->labels.rows[i], ROW), y = chart_sheet_bottom(sheet) + own / 2;
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, 0, y},
                           columns->labels.rows[i]);
        chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, columns->share, y},
                         rows->shares[i]);
        chart_sheet_text(sheet, (struct chart_spot){CHART_STRONG, CHART_RIGHT, context->width, y},
                         rows->differences[i]);
        buffer_format(data, "%.2f\t%.10g\t%.10g\n", y, 100 * waves[0].value, 100 * waves[1].value);
        chart_sheet_advance(sheet, own);
    }
    draw_points(context, sheet, columns->plot);
}

static const char *describe(const struct chart_context *context, const struct rows *rows) {
    const char *text = "", *between = chart_text(context, MESSAGE_CHART_BETWEEN, NULL);
    for (size_t i = 0; i < rows->count; i++)
        text = chart_text_join(context, text, between,
                               chart_text(context, MESSAGE_CHART_SAY_FIGURE, "option",
                                          label_of(context, rows->questions[i]), "percent", rows->shares[i],
                                          NULL));
    return text;
}

static void write_table(const struct chart_context *context, const struct rows *rows, struct buffer *table) {
    chart_data_begin(table, "question,item,text,first_count,first_base,first_rate,second_count,second_base,"
                            "second_rate,difference,low,high");
    for (size_t i = 0; i < rows->count; i++) {
        const struct item *item = rows->questions[i]->match->items[1];
        const struct compare_change *change = main_change(rows->questions[i]);
        chart_data_text(table, item->question->id);
        chart_data_text(table, item->id);
        chart_data_text(table, label_of(context, rows->questions[i]));
        for (size_t j = 0; j < 2; j++) {
            chart_data_number(table, (double)change->waves[j].count);
            chart_data_number(table, (double)change->waves[j].base);
            chart_data_number(table, change->waves[j].value);
        }
        chart_data_number(table, change->change.difference);
        chart_data_number(table, change->change.low);
        chart_data_number(table, change->change.high);
        chart_data_end(table);
    }
}

static struct chart_drawing draw(const struct chart_context *context, const struct rows *rows) {
    const struct chart chart = {.name = "favourable",
                                .title = chart_text(context, MESSAGE_COMPARE_CHART_TITLE, NULL),
                                .subtitle = chart_text(context, MESSAGE_COMPARE_CHART_BASE, NULL)};
    const struct chart_key keys[] = {
        {context->theme->bar, chart_text(context, MESSAGE_COMPARE_FIRST, NULL)},
        {context->theme->strong, chart_text(context, MESSAGE_COMPARE_SECOND, NULL)}};
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, "");
    chart_layout_keys(context, sheet, keys, 2);
    const struct columns columns = place_columns(context, rows);
    draw_rows(context, sheet, rows, &columns);
    chart_sheet_advance(sheet, 8);
    chart_layout_note(context, sheet, chart_text(context, MESSAGE_COMPARE_NOTE_POINTS, NULL));
    write_table(context, rows, chart_sheet_table(sheet));
    const char *alternative = chart_text_say(context, chart.title, describe(context, rows));
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}

const struct charts *compare_chart_draw(const struct compare_words *words, const struct chart_theme *theme,
                                        const char *folder, struct output *output, struct failure *failure) {
    const struct chart_context context = {.arena = words->prose.arena,
                                          .glyphs = glyph_open(theme->font),
                                          .theme = theme,
                                          .width = chart_sheet_width(theme),
                                          .results = words->prose.results,
                                          .language = words->prose.index,
                                          .words = words->prose.language};
    struct charts *charts = ARENA_NEW(context.arena, struct charts, 1);
    const struct chart_pictures pictures = {context.arena, theme, folder, output};
    const struct rows rows = find_rows(words, &context);
    bool done = true;
    if (rows.count) {
        struct chart_drawing drawing = draw(&context, &rows);
        done = chart_pictures_make(&pictures, &drawing, 1, failure);
        chart_sheet_destroy(drawing.sheet);
        *charts = (struct charts){drawing.chart, 1};
    }
    glyph_close(context.glyphs);
    return done ? charts : NULL;
}
