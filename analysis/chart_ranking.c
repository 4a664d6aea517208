#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_say.h"
#include "analysis/chart_share.h"
#include "analysis/palette.h"

#include <math.h>

static const double ROW = 20, THICKNESS = 13, COLUMN = 46, BEFORE_BARS = 8;

static bool goes_before(const struct option_result *one, const struct option_result *other) {
    if (one->share.count != other->share.count)
        return one->share.count > other->share.count;
    return one->ranked > other->ranked;
}

static const struct option_result **sort(const struct chart_context *context,
                                         const struct group_result *whole, size_t count) {
    const struct option_result **order = ARENA_NEW(context->arena, const struct option_result *, count);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && goes_before(&whole->options[i], order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = &whole->options[i];
    }
    return order;
}

static void draw_headings(const struct chart_context *context, struct chart_sheet *sheet) {
    static const enum message headings[] = {MESSAGE_REPORT_RANKED_FIRST, MESSAGE_CHART_RANKED_TOTAL,
                                            MESSAGE_CHART_MEAN_RANK};
    struct label_lines lines[3];
    size_t most = 1;
    for (size_t i = 0; i < 3; i++) {
        lines[i] =
            chart_layout_wrap(context, CHART_QUIET, chart_text(context, headings[i], NULL), COLUMN - 6);
        most = lines[i].count > most ? lines[i].count : most;
    }
    double line = chart_layout_line(CHART_QUIET), height = line * (double)most;
    for (size_t i = 0; i < 3; i++)
        chart_layout_lines(
            sheet,
            (struct chart_spot){CHART_QUIET, CHART_RIGHT, context->width - COLUMN * (double)(2 - i),
                                chart_sheet_bottom(sheet) + height - line * (double)lines[i].count / 2},
            lines[i]);
    chart_sheet_advance(sheet, height + 2);
}

static void write_row(struct buffer *data, const struct option_result *option, double ranked, double y) {
    buffer_format(data, "%.2f\t%.2f\t%.2f\t%.10g\t%.10g\t%.10g\t%.10g\t%.10g\t", y, y - THICKNESS / 2,
                  y + THICKNESS / 2, 100 * option->share.rate, 100 * ranked, 100 * option->share.low,
                  100 * option->share.high, option->mean_rank);
}

/* The share of those who ranked it first, of those who ranked it at all, and its mean rank. */
static void draw_figures(const struct chart_context *context, struct chart_sheet *sheet,
                         const struct group_result *whole, const struct option_result *option, double y) {
    size_t base = whole->expressed;
    struct chart_spot spot = {CHART_STRONG, CHART_RIGHT, context->width - 2 * COLUMN, y};
    chart_sheet_text(sheet, spot, chart_share_text(context, option->share.count, base, option->share.rate));
    spot.style = CHART_LABEL;
    spot.x += COLUMN;
    chart_sheet_text(sheet, spot,
                     chart_share_text(context, option->ranked, base, (double)option->ranked / (double)base));
    spot.x += COLUMN;
    chart_sheet_text(sheet, spot, chart_text_mean(context, option->mean_rank));
}

static void draw(const struct chart_context *context, struct chart_sheet *sheet,
                 const struct group_result *whole, const struct option_result *const *order, size_t count) {
    const struct chart_key keys[] = {{context->theme->strong, chart_text(context, MESSAGE_CHART_FIRST, NULL)},
                                     {context->theme->pale, chart_text(context, MESSAGE_CHART_RANKED, NULL)}};
    chart_layout_keys(context, sheet, keys, 2);
    draw_headings(context, sheet);
    const char **texts = ARENA_NEW(context->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        texts[i] = chart_text_wording(context, order[i]->option->text);
    struct chart_labels labels = chart_layout_labels(context, texts, count, context->width * 0.4);
    struct chart_span x = {0, 100, labels.width + BEFORE_BARS, context->width - 3 * COLUMN + 4};
    double top = chart_sheet_bottom(sheet);
    struct buffer *data = chart_sheet_data(
        sheet, "ranks: y, top, bottom, percent first, percent ranked, low and high of first, "
               "mean rank, option");
    for (size_t i = 0; i < count; i++) {
        double height = chart_layout_row(labels.rows[i], ROW), y = chart_sheet_bottom(sheet) + height / 2;
        double ranked = (double)order[i]->ranked / (double)whole->expressed;
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, 0, y}, labels.rows[i]);
        draw_figures(context, sheet, whole, order[i], y);
        write_row(data, order[i], ranked, y);
        label_field(data, texts[i]);
        buffer_append(data, "\n");
        chart_sheet_advance(sheet, height);
    }
    chart_sheet_line(sheet, (struct chart_stroke){x.first, top, x.first, chart_sheet_bottom(sheet), true});
    chart_sheet_axes(sheet, x, (struct chart_span){0, 1, 0, 1});
    chart_sheet_draw(sheet, "index \"ranks\" using 5:1:(0):5:2:3 with boxxyerror fillcolor rgb \"#%06X\"",
                     context->theme->pale);
    chart_sheet_draw(sheet, "index \"ranks\" using 4:1:(0):4:2:3 with boxxyerror fillcolor rgb \"#%06X\"",
                     context->theme->strong);
}

static const char *describe(const struct chart_context *context, const struct option_result *const *order,
                            size_t count, const struct group_result *whole, const struct chart *chart) {
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, count);
    for (size_t i = 0; i < count; i++)
        figures[i] = chart_say_share(context, chart_text_wording(context, order[i]->option->text), whole,
                                     &order[i]->share);
    const char *title = chart_text_sentence(context, chart->title);
    const char *lead = chart_text(context, MESSAGE_CHART_BY_RANKED_FIRST, NULL);
    return chart_say(context, chart_text_join(context, title, " ", lead), figures, count);
}

struct chart_drawing chart_ranking_draw(const struct chart_context *context,
                                        const struct chart_subject *subject) {
    const struct group_result *whole = &chart_base_item(context, subject->items)->whole;
    if (!chart_base_is_shown(whole))
        return (struct chart_drawing){0};
    struct chart chart = chart_base_describe(context, subject);
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, chart_share_unit(context, &whole, 1));
    size_t count = subject->question->option_count;
    const struct option_result *const *order = sort(context, whole, count);
    draw(context, sheet, whole, order, count);
    chart_sheet_advance(sheet, 6);
    chart_data_answers(context, sheet, subject);
    const char *alternative = describe(context, order, count, whole, &chart);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
