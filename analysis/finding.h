/* What a question found, in a sentence or two, each figure with its base. */
#ifndef ANALYSIS_FINDING_H
#define ANALYSIS_FINDING_H

#include "analysis/prose.h"
#include "analysis/results.h"

#include <stdbool.h>
#include <stddef.h>

/* The finding of one item: its favourable share, its most frequent answers, its mean, …, by its type, with
 * the interval; or why there is none. */
const char *finding_item(const struct prose *prose, const struct item_result *item);

/* The finding of a grid of `count` items: the most and the least favourable, or else the highest and the
 * lowest mean. NULL if fewer than two can be compared. */
const char *finding_grid(const struct prose *prose, const struct item_result *items, size_t count);

/* The report's items with a favourable share, from the most to the least favourable; ties in the order of the
 * questionnaire. `*count` of them. */
const struct item_result *const *finding_ranking(struct arena *arena, const struct item_result *items,
                                                 size_t item_count, size_t *count);

/* Whether the intervals of the favourable shares of two items overlap; a figure without one is its own. */
bool finding_overlap(const struct item_result *one, const struct item_result *other);

/* How sure a share, or a mean, is: "95% interval: 61–76%", or that everybody has answered. */
const char *finding_interval(const struct prose *prose, const struct group_result *group,
                             const struct share *share);
const char *finding_mean_interval(const struct prose *prose, const struct question *question,
                                  const struct group_result *group);

/* A mean with its interval: "3.1 (3.0 to 3.2)". */
const char *finding_mean(const struct prose *prose, const struct question *question,
                         const struct group_result *group);

#endif
