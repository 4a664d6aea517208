#include "analysis/prose.h"

#include <math.h>
#include <string.h>

/* Moves what was built in a buffer into the arena. */
static const char *keep(const struct prose *prose, struct buffer *buffer) {
    const char *text = arena_copy_bytes(prose->arena, buffer_text(buffer), buffer->length);
    buffer_destroy(buffer);
    return text;
}

const char *prose_say(const struct prose *prose, enum message message, const struct hole *holes) {
    struct buffer buffer = {0};
    language_fill(&buffer, prose->language, message, holes);
    return keep(prose, &buffer);
}

const char *prose_number(const struct prose *prose, double number, int decimals) {
    struct buffer buffer = {0};
    language_number(&buffer, prose->language, number, decimals);
    return keep(prose, &buffer);
}

const char *prose_count(const struct prose *prose, size_t count) {
    return prose_number(prose, (double)count, 0);
}

const char *prose_limit(const struct prose *prose, double share) {
    struct buffer buffer = {0};
    language_percent(&buffer, prose->language, share, 0);
    return keep(prose, &buffer);
}

const char *prose_percent(const struct prose *prose, double share) {
    if (share > 0 && share < 0.005)
        return prose_say(prose, MESSAGE_REPORT_LESS_THAN,
                         (struct hole[]){{"percent", prose_limit(prose, 0.01)}, {0}});
    if (share >= 0.995 && share < 1)
        return prose_say(prose, MESSAGE_REPORT_MORE_THAN,
                         (struct hole[]){{"percent", prose_limit(prose, 0.99)}, {0}});
    return prose_limit(prose, share);
}

const char *prose_quantity(const struct prose *prose, const struct question *question, double number,
                           int decimals) {
    const char *text = prose_number(prose, number, decimals);
    const char *unit = question->unit.in ? question->unit.in[prose->index] : NULL;
    return unit && isfinite(number) ? arena_format(prose->arena, "%s\u00A0%s", text, unit) : text;
}

int prose_mean_decimals(const struct question *question) {
    return question->decimals > 1 ? (int)question->decimals : 1;
}

const char *prose_mean(const struct prose *prose, const struct question *question, double mean) {
    return prose_quantity(prose, question, mean, prose_mean_decimals(question));
}

const char *prose_interval(const struct prose *prose, double low, double high, bool census) {
    if (census)
        return prose_say(prose, MESSAGE_REPORT_CENSUS, NULL);
    if (isnan(low) || isnan(high))
        return prose_number(prose, NAN, 0);
    const char *from = prose_number(prose, low * 100, 0), *to = prose_number(prose, high * 100, 0);
    if (!strcmp(from, to))
        return prose_limit(prose, low);
    return arena_format(prose->arena, "%s–%s", from, prose_limit(prose, high));
}

const char *prose_proof(const struct prose *prose, const struct share *share, size_t base) {
    const struct hole holes[] = {{"percent", prose_percent(prose, share->rate)},
                                 {"count", prose_count(prose, share->count)},
                                 {"base", prose_count(prose, base)},
                                 {0}};
    return prose_say(prose, base < PROSE_PERCENT_FROM ? MESSAGE_REPORT_COUNT_OF : MESSAGE_REPORT_PROOF,
                     holes);
}

const char *prose_confidence(const struct prose *prose) {
    double percent = prose->results->options.confidence * 100;
    int decimals = 0;
    while (decimals < 4 && fabs(percent * pow(10, decimals) - round(percent * pow(10, decimals))) > 1e-9)
        decimals++;
    struct buffer buffer = {0};
    language_percent(&buffer, prose->language, percent / 100, decimals);
    return keep(prose, &buffer);
}

/* An answer has the question's decimals; what lies between two of them, one more. */
static int quantile_decimals(const struct question *question, double number) {
    double steps = number * pow(10, question->decimals);
    if (number == floor(number))
        return 0;
    return (int)question->decimals + (fabs(steps - round(steps)) > 1e-6);
}

const char *prose_quantile(const struct prose *prose, const struct question *question, double number) {
    return prose_quantity(prose, question, number, quantile_decimals(question, number));
}

const char *prose_bare_quantile(const struct prose *prose, const struct question *question, double number) {
    return prose_number(prose, number, quantile_decimals(question, number));
}

const char *prose_date(const struct prose *prose, const char *day) {
    struct buffer buffer = {0};
    language_date(&buffer, prose->language, day ? day : "–");
    return keep(prose, &buffer);
}

struct figure prose_figure(const struct group_result *group, const struct share *share) {
    return group->weighted ? figure_words_of_rate(share->rate, group->expressed)
                           : figure_words_of(share->count, group->expressed);
}

const char *prose_words(const struct prose *prose, const struct group_result *group,
                        const struct share *share) {
    const char *words =
        figure_words_say(prose->arena, prose->language, FIGURE_BEST, prose_figure(group, share));
    char *capital = arena_format(prose->arena, "%s", words);
    if (*capital >= 'a' && *capital <= 'z')
        *capital = (char)(*capital - 'a' + 'A');
    return capital;
}

const char *prose_exact(const struct prose *prose, const struct group_result *group,
                        const struct share *share) {
    return figure_words_say(prose->arena, prose->language, FIGURE_EXACT, prose_figure(group, share));
}
