/* Responses turned into counts of pairs of answers: which two answers the same people gave to two items.
 *
 * Only for the items that are asked for, and in whole numbers: memory grows with the answers offered, never
 * with the number of responses, and the order in which they come makes no difference. */
#ifndef ANALYSIS_PAIRS_H
#define ANALYSIS_PAIRS_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/covariance.h"
#include "model/answer.h"
#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stddef.h>

/* Items every two of which are counted: two or more, each with ordered answers (analysis/order.h). */
struct pairs_set {
    const struct item *const *items;
    size_t count;
};

struct pairs;

/* No counts yet, of each of the `count` sets. Lives as long as `arena`; so must `sets`. */
struct pairs *pairs_create(struct arena *arena, const struct pairs_set *sets, size_t count);

/* Counts one response. */
void pairs_add(struct pairs *pairs, const struct response *response);

/* Adds what `other` counted of the same sets. */
void pairs_merge(struct pairs *pairs, const struct pairs *other);

/* How many answered all items of a set. */
size_t pairs_complete(const struct pairs *pairs, size_t set);

/* Who gave which two answers to two different items of a set (by their places in it), of all who answered
 * both: levels of the first as rows, of the second as columns, both ascending. Lives as long as `arena`. */
struct contingency pairs_table(struct arena *arena, const struct pairs *pairs, size_t set, size_t first,
                               size_t second);

/* The covariances of the items of a set, over those who answered all of them. Their answers must have
 * numbers. Lives as long as `arena`. */
struct covariance pairs_covariance(struct arena *arena, const struct pairs *pairs, size_t set);

#endif
