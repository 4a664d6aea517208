#include "analysis/chart_share.h"

#include "analysis/prose.h"

bool chart_share_is_few(size_t base) {
    return base < PROSE_PERCENT_FROM;
}

const char *chart_share_text(const struct chart_context *context, size_t count, size_t base, double rate) {
    if (!chart_share_is_few(base))
        return chart_text_percent(context, rate);
    return chart_text(context, MESSAGE_CHART_COUNT_OF, "count", chart_text_count(context, count), "base",
                      chart_text_count(context, base), NULL);
}

const char *chart_share_short(const struct chart_context *context, size_t count, size_t base, double rate) {
    if (!chart_share_is_few(base))
        return chart_text_percent(context, rate);
    return arena_format(context->arena, "%zu/%zu", count, base);
}

const char *chart_share_bare(const struct chart_context *context, size_t count, size_t base, double rate) {
    return chart_share_is_few(base) ? chart_text_count(context, count)
                                    : chart_text_bare_percent(context, rate);
}

const char *chart_share_unit(const struct chart_context *context, const struct group_result *const *groups,
                             size_t count) {
    bool any_few = false, any_many = false;
    for (size_t i = 0; i < count; i++) {
        if (!chart_base_is_shown(groups[i]))
            continue;
        bool few = chart_share_is_few(groups[i]->expressed);
        any_few = any_few || few;
        any_many = any_many || !few;
    }
    enum message unit = !any_few    ? MESSAGE_CHART_IN_PERCENT
                        : !any_many ? MESSAGE_CHART_IN_COUNTS
                                    : MESSAGE_CHART_IN_BOTH;
    return chart_text(context, unit, "least", chart_text_count(context, PROSE_PERCENT_FROM), NULL);
}

const char *chart_share_interval(const struct chart_context *context, size_t base, double low, double high) {
    const char *end =
        chart_share_is_few(base) ? chart_text_percent(context, high) : chart_text_bare_percent(context, high);
    return arena_format(context->arena, "%s–%s", chart_text_bare_percent(context, low), end);
}
