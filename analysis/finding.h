/* What a question found, in a sentence or two, each figure with its base. */
#ifndef ANALYSIS_FINDING_H
#define ANALYSIS_FINDING_H

#include "analysis/prose.h"
#include "analysis/results.h"

#include <stddef.h>

/* The finding of one item: its favourable share, its most frequent answers, its mean, …, by its type, with
 * the interval and the bounds; or why there is none. */
const char *finding_item(const struct prose *prose, const struct item_result *item);

/* The finding of a grid whose `count` items have favourable answers: the most and the least favourable. NULL
 * if fewer than two can be compared. */
const char *finding_grid(const struct prose *prose, const struct item_result *items, size_t count);

/* The report's items with a favourable share, from the most to the least favourable; ties in the order of the
 * questionnaire. `*count` of them. */
const struct item_result *const *finding_ranking(struct arena *arena, const struct item_result *items,
                                                 size_t item_count, size_t *count);

#endif
