/* What charts of questions show: of whom, by what, in which order. */
#ifndef ANALYSIS_CHART_BASE_H
#define ANALYSIS_CHART_BASE_H

#include "analysis/chart.h"
#include "analysis/chart_text.h"

#include <stdbool.h>
#include <stddef.h>

/* What one chart is about: a question, all items of a grid, or one of them; and the breakdown it shows. */
struct chart_subject {
    const char *id; /* of the question or the item; the chart is named for it */
    const char *title;
    const struct question *question;
    const struct item *items;
    size_t item_count;
    bool is_grid;
    const struct breakdown *by; /* NULL: none */
};

/* The figures of an item, in all and by a breakdown. The breakdown must be one of the item's. */
const struct item_result *chart_base_item(const struct chart_context *context, const struct item *item);
const struct breakdown_result *chart_base_breakdown(const struct chart_context *context,
                                                    const struct item *item, const struct breakdown *by);

/* The groups a chart shows of an item: all respondents, and behind them those of the subject's breakdown that
 * anybody of was asked. */
struct chart_groups {
    const struct group_result *const *all;
    size_t count;
};
struct chart_groups chart_base_groups(const struct chart_context *context,
                                      const struct chart_subject *subject, const struct item *item);

/* Whether the group has figures to draw: it is not suppressed, and somebody expressed an answer. */
bool chart_base_is_shown(const struct group_result *group);

/* Whether any group of any item, beside the whole if there is a breakdown, has figures to draw. */
bool chart_base_has_data(const struct chart_context *context, const struct chart_subject *subject);

/* The subject's items in the order charts have them: the most favourable first, those without figures last;
 * in the order of the file where no answer is favourable. item_count of them. */
const struct item *const *chart_base_order(const struct chart_context *context,
                                           const struct chart_subject *subject);

/* The chart's name, question, breakdown, title and subtitle: the base. */
struct chart chart_base_describe(const struct chart_context *context, const struct chart_subject *subject);

/* What stands before the base: what the figures are, and the breakdown. */
const char *chart_base_lead(const struct chart_context *context, const struct chart_subject *subject,
                            const char *figures);

/* "Part des réponses favorables : « Tout à fait », « Plutôt »." */
const char *chart_base_favourable(const struct chart_context *context, const struct question *question);

/* The small print on intervals and on what is not shown, as far as it applies to the groups noted. */
struct chart_remarks {
    bool interval, census, hidden, overlap;
};
void chart_base_remark(struct chart_remarks *remarks, const struct group_result *group);
const char *chart_base_remarks(const struct chart_context *context, struct chart_remarks remarks);

#endif
