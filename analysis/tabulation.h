/* Responses turned into counts: item × answer × cell, in one pass and in whatever order they come.
 *
 * A cell is one combination of the breakdown answers and the channel that occurred; a group ("members", "on
 * paper") is a sum of cells. So memory grows with the combinations, with different numbers and dates, and
 * with the texts of open questions, never with the number of responses. */
#ifndef ANALYSIS_TABULATION_H
#define ANALYSIS_TABULATION_H

#include "analysis/statistics/distribution.h"
#include "model/answer.h"
#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stddef.h>

struct tabulation;

/* No counts yet. `by` are the `by_count` breakdown items (single, scale or multiple; anything else aborts);
 * the channel is always a breakdown beside them. Lives as long as `arena`; so must `by`. */
struct tabulation *tabulation_create(struct arena *arena, const struct questionnaire *questionnaire,
                                     const struct item *const *by, size_t by_count);

/* Counts one response. */
void tabulation_add(struct tabulation *tabulation, const struct response *response);

/* Whose counts are wanted: those who gave option `code` of breakdown `by`. A response without that answer is
 * in the whole, and in no group. */
struct selection {
    size_t by;   /* index in `by`; by_count: the channel; TABULATION_WHOLE: everybody */
    size_t code; /* option index, or enum channel */
};
#define TABULATION_WHOLE ((size_t)-1)

/* The counts of one item: how many are in each state; how often each option was chosen (ranking: came
 * first); for a ranking also how often it was ranked, and the sum of its ranks (1 is the best). */
struct item_tally {
    const size_t *states; /* by enum answer_state */
    const size_t *options;
    const size_t *ranked, *rank_sums; /* NULL but for a ranking */
};

struct tally {
    size_t responses;
    const struct item_tally *items; /* one per item of the questionnaire */
};

/* The counts of a group. Lives as long as the tabulation's arena. */
struct tally tabulation_sum(const struct tabulation *tabulation, struct selection selection);

/* The cells themselves, numbered from 0: how many there are; which group of a breakdown without overlap a
 * cell belongs to (an option index or enum channel; the number of options if that answer is missing); and how
 * many of it gave the item a substantive answer. */
size_t tabulation_cell_count(const struct tabulation *tabulation);
size_t tabulation_cell_group(const struct tabulation *tabulation, size_t cell, size_t by);
size_t tabulation_cell_expressed(const struct tabulation *tabulation, size_t cell, const struct item *item);

/* The different answers to a number or date item in a group, ascending; `*count` of them. A date is the
 * number 20240131. */
const struct value_count *tabulation_values(const struct tabulation *tabulation, const struct item *item,
                                            struct selection selection, size_t *count);

/* All texts given to a text item, sorted by their bytes so that the order of arrival does not show. */
const char *const *tabulation_texts(const struct tabulation *tabulation, const struct item *item,
                                    size_t *count);

#endif
