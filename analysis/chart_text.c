#include "analysis/chart_text.h"

#include "analysis/label.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { HOLES_MOST = 6 };

/* The text of a buffer, kept in the arena. */
static const char *keep(const struct chart_context *context, struct buffer *buffer) {
    const char *text = arena_copy(context->arena, buffer_text(buffer));
    buffer_destroy(buffer);
    return text;
}

const char *chart_text(const struct chart_context *context, enum message message, ...) {
    struct hole holes[HOLES_MOST + 1] = {{0}};
    va_list list;
    va_start(list, message);
    for (size_t i = 0; i < HOLES_MOST; i++) {
        holes[i].name = va_arg(list, const char *);
        if (!holes[i].name)
            break;
        holes[i].value = va_arg(list, const char *);
    }
    va_end(list);
    struct buffer buffer = {0};
    language_fill(&buffer, context->words, message, holes);
    return keep(context, &buffer);
}

const char *chart_text_wording(const struct chart_context *context, struct wording wording) {
    const char *text = wording.in ? wording.in[context->language] : NULL;
    if (!text)
        return "";
    char *line = arena_copy(context->arena, text + strspn(text, " \t\r\n")), *end = line;
    for (const char *byte = line; *byte; byte++)
        if ((unsigned char)*byte > ' ')
            *end++ = *byte;
        else if (end > line && end[-1] != ' ')
            *end++ = ' ';
    while (end > line && end[-1] == ' ')
        end--;
    *end = '\0';
    return context->words == LANGUAGE_FRENCH ? label_french(context->arena, line) : line;
}

static const char *percent(const struct chart_context *context, double share) {
    struct buffer buffer = {0};
    language_percent(&buffer, context->words, share, 0);
    return keep(context, &buffer);
}

const char *chart_text_percent(const struct chart_context *context, double share) {
    if (share > 0 && share < 0.005)
        return chart_text(context, MESSAGE_REPORT_LESS_THAN, "percent", percent(context, 0.01), NULL);
    if (share >= 0.995 && share < 1)
        return chart_text(context, MESSAGE_REPORT_MORE_THAN, "percent", percent(context, 0.99), NULL);
    return percent(context, share);
}

const char *chart_text_bare_percent(const struct chart_context *context, double share) {
    struct buffer buffer = {0};
    double shown = share > 0 && share < 0.005 ? 0.01 : share >= 0.995 && share < 1 ? 0.99 : share;
    if (shown != share)
        buffer_append(&buffer, share < 0.5 ? "<" : ">");
    language_number(&buffer, context->words, shown * 100, 0);
    return keep(context, &buffer);
}

/* Levels such as 99.9 % keep their decimals. */
const char *chart_text_confidence(const struct chart_context *context) {
    double confidence = context->results->options.confidence * 100;
    const char *sign = context->words == LANGUAGE_FRENCH ? "\u202F%" : "%";
    return arena_format(context->arena, "%s%s", chart_text_number(context, confidence, 4), sign);
}

const char *chart_text_count(const struct chart_context *context, size_t count) {
    struct buffer buffer = {0};
    language_number(&buffer, context->words, (double)count, 0);
    return keep(context, &buffer);
}

const char *chart_text_number(const struct chart_context *context, double number, int decimals) {
    int needed = 0;
    for (double scaled = number; needed < decimals; needed++) {
        if (fabs(scaled - round(scaled)) < 1e-9 * (1 + fabs(scaled)))
            break;
        scaled *= 10;
    }
    struct buffer buffer = {0};
    language_number(&buffer, context->words, number, needed);
    return keep(context, &buffer);
}

const char *chart_text_mean(const struct chart_context *context, double mean) {
    struct buffer buffer = {0};
    language_number(&buffer, context->words, mean, 1);
    return keep(context, &buffer);
}

const char *chart_text_option(const struct chart_context *context, const struct item *factor, size_t option) {
    if (factor)
        return chart_text_wording(context, factor->question->options[option].text);
    bool paper = option == CHANNEL_PAPER;
    return chart_text(context, paper ? MESSAGE_REPORT_PAPER : MESSAGE_REPORT_WEB, NULL);
}

const char *chart_text_group(const struct chart_context *context, const struct group_result *group) {
    const struct breakdown *by = group->by;
    if (!by)
        return chart_text(context, MESSAGE_REPORT_WHOLE, NULL);
    const char *first = chart_text_option(context, by->factors[0], breakdown_option(by, group->number, 0));
    if (by->factor_count == 1)
        return first;
    size_t option = breakdown_option(by, group->number, 1);
    bool paper = option == CHANNEL_PAPER;
    const char *second =
        by->factors[1]
            ? chart_text_option(context, by->factors[1], option)
            : chart_text(context, paper ? MESSAGE_REPORT_CROSSED_PAPER : MESSAGE_REPORT_CROSSED_WEB, NULL);
    return chart_text_join(context, first, " × ", second);
}

/* How many were asked is no secret, so it may tell why a group is hidden. */
const char *chart_text_instead(const struct chart_context *context, const struct group_result *group) {
    size_t minimum = context->results->options.minimum_cell;
    if (group->suppressed && group->asked < minimum)
        return chart_text(context, MESSAGE_CHART_TOO_FEW, "minimum", chart_text_count(context, minimum),
                          NULL);
    if (group->suppressed)
        return chart_text(context, MESSAGE_CHART_HIDDEN, NULL);
    return group->expressed == 0 ? chart_text(context, MESSAGE_CHART_NOBODY, NULL) : NULL;
}

const char *chart_text_join(const struct chart_context *context, const char *first, const char *between,
                            const char *second) {
    if (!*first || !*second)
        return *first ? first : second;
    return arena_format(context->arena, "%s%s%s", first, between, second);
}

const char *chart_text_sentence(const struct chart_context *context, const char *text) {
    static const char *const ends[] = {".", "?", "!", ":", "…"};
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (length == 0 || (length >= end && memcmp(text + length - end, ends[i], end) == 0))
            return text;
    }
    return arena_format(context->arena, "%s.", text);
}

const char *chart_text_say(const struct chart_context *context, const char *title, const char *figures) {
    return chart_text_join(context, chart_text_sentence(context, title), " ",
                           chart_text_sentence(context, figures));
}
