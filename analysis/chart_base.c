#include "analysis/chart_base.h"

#include <math.h>
#include <stdlib.h>

const struct item_result *chart_base_item(const struct chart_context *context, const struct item *item) {
    return &context->results->items[item->index];
}

const struct breakdown_result *chart_base_breakdown(const struct chart_context *context,
                                                    const struct item *item, const struct breakdown *by) {
    const struct breakdown_result *result = results_breakdown(chart_base_item(context, item), by);
    if (!result)
        abort();
    return result;
}

struct chart_groups chart_base_groups(const struct chart_context *context,
                                      const struct chart_subject *subject, const struct item *item) {
    const struct breakdown_result *breakdown =
        subject->by ? chart_base_breakdown(context, item, subject->by) : NULL;
    size_t most = 1 + (breakdown ? breakdown->by->group_count : 0);
    const struct group_result **groups = ARENA_NEW(context->arena, const struct group_result *, most);
    size_t count = 0;
    groups[count++] = &chart_base_item(context, item)->whole;
    for (size_t i = 0; i + 1 < most; i++)
        if (breakdown->groups[i].asked)
            groups[count++] = &breakdown->groups[i];
    return (struct chart_groups){groups, count};
}

bool chart_base_is_shown(const struct group_result *group) {
    return !group->suppressed && group->expressed > 0;
}

bool chart_base_has_data(const struct chart_context *context, const struct chart_subject *subject) {
    for (size_t i = 0; i < subject->item_count; i++) {
        struct chart_groups groups = chart_base_groups(context, subject, &subject->items[i]);
        for (size_t j = subject->by ? 1 : 0; j < groups.count; j++)
            if (chart_base_is_shown(groups.all[j]))
                return true;
    }
    return false;
}

/* Sorts after everything that has figures where there are none. */
static double favour(const struct chart_context *context, const struct item *item) {
    const struct group_result *whole = &chart_base_item(context, item)->whole;
    if (!chart_base_is_shown(whole))
        return -1;
    return whole->has_favourable ? whole->favourable.rate : 0;
}

const struct item *const *chart_base_order(const struct chart_context *context,
                                           const struct chart_subject *subject) {
    const struct item **order = ARENA_NEW(context->arena, const struct item *, subject->item_count);
    for (size_t i = 0; i < subject->item_count; i++) {
        size_t at = i;
        for (; at > 0 && favour(context, order[at - 1]) < favour(context, &subject->items[i]); at--)
            order[at] = order[at - 1];
        order[at] = &subject->items[i];
    }
    return order;
}

static const char *base_of(const struct chart_context *context, const struct chart_subject *subject) {
    const char *responses = chart_text_count(context, context->results->responses);
    if (subject->item_count > 1)
        return chart_text(context, MESSAGE_CHART_BASE_LINES, "responses", responses, NULL);
    const struct group_result *whole = &chart_base_item(context, subject->items)->whole;
    if (!chart_base_is_shown(whole))
        return "";
    const char *expressed = chart_text_count(context, whole->expressed);
    if (context->results->responses == 1)
        return chart_text(context, MESSAGE_CHART_BASE_ONE, NULL);
    if (whole->asked == context->results->responses)
        return chart_text(context, MESSAGE_CHART_BASE, "expressed", expressed, "responses", responses, NULL);
    return chart_text(context, MESSAGE_CHART_BASE_ASKED, "expressed", expressed, "asked",
                      chart_text_count(context, whole->asked), "responses", responses, NULL);
}

static const char *factor_name(const struct chart_context *context, const struct item *factor) {
    return factor ? chart_text_wording(context, factor->text)
                  : chart_text(context, MESSAGE_REPORT_CROSSED_CHANNEL, NULL);
}

static const char *say_by(const struct chart_context *context, const struct breakdown *by) {
    if (breakdown_is_channel(by))
        return chart_text(context, MESSAGE_CHART_BY_CHANNEL, NULL);
    const char *name = factor_name(context, by->factors[0]);
    if (by->factor_count > 1)
        name = chart_text_join(context, name, " × ", factor_name(context, by->factors[1]));
    return chart_text(context, MESSAGE_CHART_BY, "question", name, NULL);
}

const char *chart_base_lead(const struct chart_context *context, const struct chart_subject *subject,
                            const char *figures) {
    if (!subject->by)
        return figures;
    return chart_text_join(context, figures, " ", chart_text_sentence(context, say_by(context, subject->by)));
}

struct chart chart_base_describe(const struct chart_context *context, const struct chart_subject *subject) {
    const char *name = subject->id;
    if (subject->by)
        name = arena_format(context->arena, "%s-by-%s", subject->id, subject->by->file_name);
    return (struct chart){.name = name,
                          .question = subject->question,
                          .by = subject->by,
                          .title = subject->title,
                          .subtitle = base_of(context, subject)};
}

const char *chart_base_favourable(const struct chart_context *context, const struct question *question) {
    const char *options = "";
    for (size_t i = 0; i < question->option_count; i++) {
        if (!question->options[i].favourable)
            continue;
        const char *text = chart_text_wording(context, question->options[i].text);
        options = chart_text_join(context, options, ", ",
                                  chart_text(context, MESSAGE_CHART_QUOTE, "text", text, NULL));
    }
    return chart_text(context, MESSAGE_CHART_FAVOURABLE_IS, "options", options, NULL);
}

void chart_base_remark(struct chart_remarks *remarks, const struct group_result *group) {
    if (group->suppressed)
        remarks->hidden = true;
    else if (group->census)
        remarks->census = true;
    else if (group->expressed)
        remarks->interval = true;
}

const char *chart_base_remarks(const struct chart_context *context, struct chart_remarks remarks) {
    const char *text = "";
    if (remarks.interval)
        text =
            chart_text(context, MESSAGE_CHART_NOTE_LINES, "confidence", chart_text_confidence(context), NULL);
    if (remarks.census)
        text = chart_text_join(context, text, " ", chart_text(context, MESSAGE_CHART_NOTE_CENSUS, NULL));
    if (remarks.overlap)
        text = chart_text_join(context, text, " ", chart_text(context, MESSAGE_REPORT_NOTE_OVERLAP, NULL));
    const char *minimum = chart_text_count(context, context->results->options.minimum_cell);
    if (remarks.hidden)
        text = chart_text_join(context, text, " ",
                               chart_text(context, MESSAGE_CHART_NOTE_HIDDEN, "minimum", minimum, NULL));
    return text;
}
