/* Shares as figures on charts: a percentage only where it rests on enough answers, otherwise a count. */
#ifndef ANALYSIS_CHART_SHARE_H
#define ANALYSIS_CHART_SHARE_H

#include "analysis/chart_base.h"
#include "analysis/chart_text.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether a share of so many is said as a count (statistics, §10). */
bool chart_share_is_few(size_t base);

/* "63 %"; of few, "7 of 12". `rate` is what is drawn, which with weights is not count / base. */
const char *chart_share_text(const struct chart_context *context, size_t count, size_t base, double rate);

/* The same where there is little room: "63 %", "7/12"; and inside a bar: "63", "7". */
const char *chart_share_short(const struct chart_context *context, size_t count, size_t base, double rate);
const char *chart_share_bare(const struct chart_context *context, size_t count, size_t base, double rate);

/* What the figures inside bars are, of the groups that have any: percentages, counts, or both. */
const char *chart_share_unit(const struct chart_context *context, const struct group_result *const *groups,
                             size_t count);

/* An interval in little room, "52–73"; of few with its sign, since no percentage stands above it. */
const char *chart_share_interval(const struct chart_context *context, size_t base, double low, double high);

#endif
