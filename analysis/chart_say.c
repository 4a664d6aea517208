#include "analysis/chart_say.h"

#include "analysis/chart_share.h"

#include <math.h>

/* As many figures as can be listened to. */
enum { FIGURES_MOST = 8 };

struct chart_figure chart_say_share(const struct chart_context *context, const char *label,
                                    const struct group_result *group, const struct share *share) {
    const char *instead = chart_text_instead(context, group);
    if (instead)
        return (struct chart_figure){.label = label, .words = instead, .value = NAN};
    struct chart_figure figure = {.label = label,
                                  .words =
                                      chart_share_text(context, share->count, group->expressed, share->rate),
                                  .value = share->rate};
    if (!group->census && isfinite(share->low)) {
        figure.low = chart_text_bare_percent(context, share->low);
        figure.high = chart_text_percent(context, share->high);
    }
    return figure;
}

const char *chart_say_ends(const struct chart_context *context, enum message message, const char *name,
                           const char *value, const struct chart_figure *figures, size_t count) {
    const struct chart_figure *least = NULL, *greatest = NULL;
    for (size_t i = 0; i < count; i++) {
        if (isnan(figures[i].value))
            continue;
        if (!least || figures[i].value < least->value)
            least = &figures[i];
        if (!greatest || figures[i].value > greatest->value)
            greatest = &figures[i];
    }
    if (least == greatest)
        return "";
    return chart_text(context, message, name, value, "low", least->words, "high", greatest->words, NULL);
}

static const char *say_one(const struct chart_context *context, const struct chart_figure *figure) {
    const char *words = figure->words;
    if (figure->low)
        words = chart_text(context, MESSAGE_CHART_SAY_RANGE, "figure", words, "low", figure->low, "high",
                           figure->high, NULL);
    if (!*figure->label)
        return words;
    return chart_text(context, MESSAGE_CHART_SAY_FIGURE, "option", figure->label, "percent", words, NULL);
}

const char *chart_say_figures(const struct chart_context *context, const struct chart_figure *figures,
                              size_t count) {
    const char *text = "", *between = chart_text(context, MESSAGE_CHART_BETWEEN, NULL);
    size_t first = count > FIGURES_MOST ? FIGURES_MOST - 2 : count;
    for (size_t i = 0; i < count; i++) {
        const char *said;
        if (i == first) {
            size_t others = count - 1 - first;
            said = chart_say_ends(context, MESSAGE_CHART_SAY_OTHERS, "count",
                                  chart_text_count(context, others), figures + first, others);
            i = count - 2;
        } else {
            said = say_one(context, &figures[i]);
        }
        text = chart_text_join(context, text, between, said);
    }
    return text;
}

const char *chart_say(const struct chart_context *context, const char *title,
                      const struct chart_figure *figures, size_t count) {
    const char *text = chart_text_say(context, title, chart_say_figures(context, figures, count));
    for (size_t i = 0; i < count; i++)
        if (figures[i].low)
            return chart_text_join(context, text, " ",
                                   chart_text(context, MESSAGE_CHART_SAY_CONFIDENCE, "confidence",
                                              chart_text_confidence(context), NULL));
    return text;
}
