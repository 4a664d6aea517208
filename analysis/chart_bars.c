#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_say.h"
#include "analysis/chart_share.h"
#include "analysis/palette.h"

#include <math.h>

/* Room for the counts at the right edge, and around the figure at the end of a bar; least height of a row. */
static const double COUNTS = 44, AROUND_FIGURE = 10, ROW = 19, THICKNESS = 11, BEFORE_BARS = 8;

/* "Other" is nobody's opinion: it stands last however many ticked it. */
static bool goes_before(const struct option_result *one, const struct option_result *other) {
    if (one->option->specify != other->option->specify)
        return other->option->specify;
    return one->share.count > other->share.count;
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

/* Where all are below a half, half of the scale would stay empty. */
static double scale_end(const struct option_result *const *order, size_t count) {
    double end = 0.5;
    for (size_t i = 0; i < count; i++)
        if (fmax(order[i]->share.rate, order[i]->share.high) > 0.5)
            end = 1;
    return end * 100;
}

static const char *describe(const struct chart_context *context, const struct option_result *const *order,
                            size_t count, const struct group_result *whole, const char *title) {
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, count);
    for (size_t i = 0; i < count; i++)
        figures[i] = chart_say_share(context, chart_text_wording(context, order[i]->option->text), whole,
                                     &order[i]->share);
    return chart_say(context, title, figures, count);
}

/* The bars as they are placed. */
struct bars {
    const struct chart_context *context;
    struct chart_sheet *sheet;
    const struct group_result *whole;
    struct chart_span x;
    struct buffer *data;
};

static const char *figure_of(const struct chart_context *context, const struct group_result *whole,
                             const struct option_result *option) {
    return chart_share_text(context, option->share.count, whole->expressed, option->share.rate);
}

/* Of few, the figures are the counts. */
static bool has_counts(const struct group_result *whole) {
    return !chart_share_is_few(whole->expressed);
}

/* Where bars may end, so that every figure has room behind its own. */
static double bars_end(const struct chart_context *context, const struct group_result *whole,
                       const struct option_result *const *order, size_t count) {
    double widest = 0;
    for (size_t i = 0; i < count; i++)
        widest =
            fmax(widest, label_width(figure_of(context, whole, order[i]), chart_sheet_size(CHART_STRONG)));
    return context->width - widest - AROUND_FIGURE - (has_counts(whole) ? COUNTS : 0);
}

static void draw_row(const struct bars *bars, const struct option_result *option, struct label_lines label) {
    struct chart_sheet *sheet = bars->sheet;
    const struct share *share = &option->share;
    double height = chart_layout_row(label, ROW), y = chart_sheet_bottom(sheet) + height / 2;
    double end = chart_layout_place(bars->x, 100 * fmax(share->rate, share->high)) + 5;
    chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, 0, y}, label);
    chart_sheet_text(sheet, (struct chart_spot){CHART_STRONG, CHART_LEFT, end, y},
                     figure_of(bars->context, bars->whole, option));
    if (has_counts(bars->whole))
        chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, bars->context->width, y},
                         chart_text_count(bars->context, share->count));
    buffer_format(bars->data, "%.2f\t%.2f\t%.2f\t%.10g\t%.10g\t%.10g\t%zu\t", y, y - THICKNESS / 2,
                  y + THICKNESS / 2, 100 * share->rate, 100 * share->low, 100 * share->high, share->count);
    label_field(bars->data, chart_text_wording(bars->context, option->option->text));
    buffer_append(bars->data, "\n");
    chart_sheet_advance(sheet, height);
}

static void draw_scale(const struct bars *bars, struct chart_labels labels, size_t count) {
    double y = chart_sheet_bottom(bars->sheet) + chart_layout_line(CHART_QUIET) / 2, height = 0;
    if (has_counts(bars->whole))
        chart_sheet_text(bars->sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, bars->context->width, y},
                         chart_text(bars->context, MESSAGE_CHART_COUNT, NULL));
    for (size_t i = 0; i < count; i++)
        height += chart_layout_row(labels.rows[i], ROW);
    chart_layout_percents(bars->context, bars->sheet, bars->x);
    chart_layout_hairs(bars->sheet, bars->x, height, true);
}

static void draw_bars(const struct chart_context *context, struct chart_sheet *sheet,
                      const struct group_result *whole, const struct option_result *const *order,
                      size_t count) {
    const char **texts = ARENA_NEW(context->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        texts[i] = chart_text_wording(context, order[i]->option->text);
    struct chart_labels labels = chart_layout_labels(context, texts, count, context->width * 0.42);
    struct bars bars = {.context = context,
                        .sheet = sheet,
                        .whole = whole,
                        .x = {0, scale_end(order, count), labels.width + BEFORE_BARS,
                              bars_end(context, whole, order, count)}};
    draw_scale(&bars, labels, count);
    bars.data = chart_sheet_data(sheet, "bars: y, top, bottom, percent, low, high, count, option");
    for (size_t i = 0; i < count; i++)
        draw_row(&bars, order[i], labels.rows[i]);
    chart_sheet_axes(sheet, bars.x, (struct chart_span){0, 1, 0, 1});
    chart_sheet_draw(sheet, "index \"bars\" using 4:1:(0):4:2:3 with boxxyerror fillcolor rgb \"#%06X\"",
                     context->theme->bar);
    if (!whole->census)
        chart_sheet_draw(
            sheet,
            "index \"bars\" using 5:1:($6-$5):(0) with vectors nohead linewidth 1.3 linecolor rgb "
            "\"#%06X\"",
            context->theme->strong);
}

static const char *no_opinion(const struct chart_context *context, const struct chart_subject *subject,
                              const struct group_result *whole) {
    if (whole->no_opinion == 0)
        return "";
    enum message message =
        chart_share_is_few(whole->answered) ? MESSAGE_CHART_NO_OPINION_FEW : MESSAGE_CHART_NO_OPINION;
    return chart_text(context, message, "option", chart_text_wording(context, subject->question->no_opinion),
                      "count", chart_text_count(context, whole->no_opinion), "answered",
                      chart_text_count(context, whole->answered), "percent",
                      chart_text_percent(context, (double)whole->no_opinion / (double)whole->answered), NULL);
}

struct chart_drawing chart_bars_draw(const struct chart_context *context,
                                     const struct chart_subject *subject) {
    const struct group_result *whole = &chart_base_item(context, subject->items)->whole;
    if (!chart_base_is_shown(whole))
        return (struct chart_drawing){0};
    bool several = subject->question->type == QUESTION_MULTIPLE;
    const char *lead = several ? chart_text(context, MESSAGE_CHART_SEVERAL, NULL) : "";
    struct chart chart = chart_base_describe(context, subject);
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, lead);
    size_t count = subject->question->option_count;
    const struct option_result *const *order = sort(context, whole, count);
    draw_bars(context, sheet, whole, order, count);
    chart_sheet_advance(sheet, 8);
    chart_layout_note(context, sheet, no_opinion(context, subject, whole));
    struct chart_remarks remarks = {0};
    chart_base_remark(&remarks, whole);
    chart_layout_note(context, sheet, chart_base_remarks(context, remarks));
    chart_data_answers(context, sheet, subject);
    const char *alternative = describe(context, order, count, whole, chart.title);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
