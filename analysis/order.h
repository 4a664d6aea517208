/* The answers of a question from the lowest to the highest, where it has such an order. */
#ifndef ANALYSIS_ORDER_H
#define ANALYSIS_ORDER_H

#include "analysis/statistics/distribution.h"
#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

/* Levels ascend. Options of the same value are one level. */
struct order {
    const double *values;   /* of each level: the options' numbers, or only their places */
    const size_t *options;  /* of each level: its first option */
    const size_t *level_of; /* of each option */
    size_t length;
    bool numeric; /* `values` are the options' own numbers */
};

/* Whether the question's answers are ordered: it is a scale, or all options of a single choice are numbers.
 */
bool order_exists(const struct question *question);

/* The order of a question's options. Without numbers it is the file's; a list that begins with a favourable
 * answer goes downwards: its lowest answer is the last one. Lives as long as `arena`. */
struct order order_of(struct arena *arena, const struct question *question);

/* The order of a single choice or a scale by numbers: those of its options, or else 1 for favourable answers
 * and 0 for all others. Its length is 0 where it has neither. Lives as long as `arena`. */
struct order order_by_numbers(struct arena *arena, const struct question *question);

/* How often each level was chosen, from how often each option was. Lives as long as `arena`. */
const struct value_count *order_counts(struct arena *arena, const struct order *order, const size_t *counts,
                                       size_t option_count);

/* Whether the levels are 0, 1, … 10, of which there is a net promoter score. */
bool order_is_zero_to_ten(const struct order *order);

#endif
