#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_rows.h"
#include "analysis/chart_share.h"

#include <math.h>

/* What of a group is a dot: a number's mean, or the favourable share in percent. */
static struct chart_row make_row(const struct chart_context *context, const struct chart_subject *subject,
                                 const struct group_result *group) {
    struct chart_row row = {.label = chart_text_group(context, group),
                            .strong = group->code == NULL,
                            .value = NAN,
                            .low = NAN,
                            .high = NAN,
                            .instead = chart_text_instead(context, group)};
    if (row.instead)
        return row;
    bool is_mean = subject->question->type == QUESTION_NUMBER;
    row.value = is_mean ? group->mean : 100 * group->favourable.rate;
    if (!group->census) {
        row.low = is_mean ? group->mean_low : 100 * group->favourable.low;
        row.high = is_mean ? group->mean_high : 100 * group->favourable.high;
    }
    const char *expressed = chart_text_count(context, group->expressed);
    if (is_mean) {
        row.figure = chart_text_mean(context, group->mean);
        row.base = arena_format(context->arena, "n = %s", expressed);
    } else {
        const struct share *share = &group->favourable;
        row.figure = chart_share_text(context, share->count, group->expressed, share->rate);
        if (!chart_share_is_few(group->expressed))
            row.base = chart_text(context, MESSAGE_CHART_COUNT_OF, "count",
                                  chart_text_count(context, share->count), "base", expressed, NULL);
    }
    return row;
}

static struct chart_rows make_rows(const struct chart_context *context, const struct chart_subject *subject,
                                   struct chart_remarks *remarks) {
    const struct item *const *order = chart_base_order(context, subject);
    size_t most = 0;
    for (size_t i = 0; i < subject->item_count; i++)
        most += 1 + chart_base_groups(context, subject, order[i]).count;
    struct chart_row *rows = ARENA_NEW(context->arena, struct chart_row, most);
    size_t count = 0;
    for (size_t i = 0; i < subject->item_count; i++) {
        if (subject->is_grid)
            rows[count++] =
                (struct chart_row){.label = chart_text_wording(context, order[i]->text), .heading = true};
        struct chart_groups groups = chart_base_groups(context, subject, order[i]);
        for (size_t j = 0; j < groups.count; j++) {
            chart_base_remark(remarks, groups.all[j]);
            rows[count++] = make_row(context, subject, groups.all[j]);
        }
    }
    return (struct chart_rows){.all = rows, .count = count, .to = 100, .percent = true};
}

/* Means have a scale that holds all they and their intervals reach, from zero on unless they are far from it.
 */
static void find_ends(struct chart_rows *rows) {
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < rows->count; i++) {
        least = fmin(least, fmin(rows->all[i].value, rows->all[i].low));
        most = fmax(most, fmax(rows->all[i].value, rows->all[i].high));
    }
    double range = most > least ? most - least : fabs(most) > 0 ? fabs(most) : 1;
    bool from_zero = least >= 0 && least <= 2 * range;
    rows->percent = false;
    rows->from = from_zero ? 0 : least - range / 10;
    rows->to = most + range / 10;
}

static const char *figures_of(const struct chart_context *context, const struct chart_subject *subject) {
    if (subject->question->type != QUESTION_NUMBER)
        return chart_base_favourable(context, subject->question);
    const char *unit = chart_text_wording(context, subject->question->unit);
    if (!*unit)
        return chart_text(context, MESSAGE_CHART_MEAN, NULL);
    return chart_text(context, MESSAGE_CHART_MEAN_IS, "unit", unit, NULL);
}

struct chart_drawing chart_dots_draw(const struct chart_context *context,
                                     const struct chart_subject *subject) {
    if (!chart_base_has_data(context, subject))
        return (struct chart_drawing){0};
    struct chart_remarks remarks = {
        .overlap = chart_base_breakdown(context, subject->items, subject->by)->by->overlapping};
    struct chart_rows rows = make_rows(context, subject, &remarks);
    if (subject->question->type == QUESTION_NUMBER)
        find_ends(&rows);
    struct chart chart = chart_base_describe(context, subject);
    const char *lead = chart_base_lead(context, subject, figures_of(context, subject));
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, lead);
    chart_rows_draw(context, sheet, &rows);
    chart_sheet_advance(sheet, 8);
    chart_layout_note(context, sheet, chart_base_remarks(context, remarks));
    if (subject->question->type == QUESTION_NUMBER)
        chart_data_means(context, sheet, subject);
    else
        chart_data_favourable(context, sheet, subject);
    const char *title = chart_text_join(context, chart_text_sentence(context, chart.title), " ", lead);
    const char *alternative = chart_rows_describe(context, title, &rows);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
