#include "analysis/naming.h"

#include "analysis/label.h"

#include <math.h>

const char *naming_wording(const struct prose *prose, const struct wording *wording) {
    const char *text = wording->in ? wording->in[prose->index] : NULL;
    return text && prose->language == LANGUAGE_FRENCH ? label_french(prose->arena, text) : text;
}

const char *naming_item(const struct prose *prose, const struct item *item) {
    const char *question = naming_wording(prose, &item->question->text);
    if (!item->question->is_grid)
        return question;
    return arena_format(prose->arena, "%s – %s", question, naming_wording(prose, &item->text));
}

const char *naming_option(const struct prose *prose, const struct item *factor, size_t option) {
    if (factor)
        return naming_wording(prose, &factor->question->options[option].text);
    bool paper = option == CHANNEL_PAPER;
    return prose_say(prose, paper ? MESSAGE_REPORT_PAPER : MESSAGE_REPORT_WEB, NULL);
}

const char *naming_group(const struct prose *prose, const struct group_result *group) {
    const struct breakdown *by = group->by;
    const char *first = naming_option(prose, by->factors[0], breakdown_option(by, group->number, 0));
    if (by->factor_count == 1)
        return first;
    size_t option = breakdown_option(by, group->number, 1);
    const char *second = naming_option(prose, by->factors[1], option);
    if (!by->factors[1])
        second = prose_say(
            prose, option == CHANNEL_PAPER ? MESSAGE_REPORT_CROSSED_PAPER : MESSAGE_REPORT_CROSSED_WEB, NULL);
    return arena_format(prose->arena, "%s × %s", first, second);
}

static const char *factor_name(const struct prose *prose, const struct item *factor) {
    return factor ? naming_item(prose, factor) : prose_say(prose, MESSAGE_REPORT_CROSSED_CHANNEL, NULL);
}

const char *naming_factors(const struct prose *prose, const struct breakdown *by) {
    const char *name = factor_name(prose, by->factors[0]);
    if (by->factor_count == 1)
        return name;
    return arena_format(prose->arena, "%s × %s", name, factor_name(prose, by->factors[1]));
}

const char *naming_breakdown(const struct prose *prose, const struct breakdown *by) {
    if (breakdown_is_channel(by))
        return prose_say(prose, MESSAGE_REPORT_TABLE_BY_CHANNEL, NULL);
    return prose_say(prose, MESSAGE_REPORT_TABLE_BY,
                     (struct hole[]){{"question", naming_factors(prose, by)}, {0}});
}

const char *naming_base(const struct prose *prose, const struct question *question) {
    return prose_say(prose, question->no_opinion.in ? MESSAGE_REPORT_EXPRESSED : MESSAGE_REPORT_ANSWERED,
                     NULL);
}

const char *naming_scale(const struct prose *prose, const struct question *question) {
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].has_value) {
            least = fmin(least, question->options[i].value);
            most = fmax(most, question->options[i].value);
        }
    const struct hole holes[] = {
        {"least", prose_number(prose, least, 0)}, {"most", prose_number(prose, most, 0)}, {0}};
    return prose_say(prose, MESSAGE_REPORT_SCALE, holes);
}

const char *naming_median(const struct prose *prose, const struct question *question,
                          const struct group_result *group) {
    if (!group->median_code)
        return NULL;
    size_t option = questionnaire_option(question, group->median_code);
    return option < question->option_count ? naming_wording(prose, &question->options[option].text) : NULL;
}

static const char *fill_minimum(const struct prose *prose, enum message message) {
    const char *minimum = prose_count(prose, prose->results->options.minimum_cell);
    return prose_say(prose, message, (struct hole[]){{"minimum", minimum}, {0}});
}

/* How many were asked is told of every group, so it is no secret whether they were too few. */
const char *naming_hidden(const struct prose *prose, const struct group_result *group) {
    bool few = group->asked < prose->results->options.minimum_cell;
    return few ? fill_minimum(prose, MESSAGE_REPORT_TOO_FEW) : prose_say(prose, MESSAGE_REPORT_HIDDEN, NULL);
}

const char *naming_hidden_note(const struct prose *prose) {
    return fill_minimum(prose, MESSAGE_REPORT_NOTE_HIDDEN);
}
