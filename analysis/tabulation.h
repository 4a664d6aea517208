/* Responses turned into counts: item × answer × cell, in one pass and in whatever order they come.
 *
 * A cell is one combination of the dimensions' answers and the channel that occurred; a group ("members", "on
 * paper", "members on paper") is a sum of cells. So memory grows with the combinations, with different
 * numbers and dates, and with the texts of open questions, never with the number of responses. */
#ifndef ANALYSIS_TABULATION_H
#define ANALYSIS_TABULATION_H

#include "analysis/statistics/distribution.h"
#include "model/answer.h"
#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

struct tabulation;

/* No counts yet. `dimensions` are the `dimension_count` items by whose answers responses are told apart
 * (single, scale or multiple; anything else aborts); the channel is always one more, after them. Lives as
 * long as `arena`; so must `dimensions`. */
struct tabulation *tabulation_create(struct arena *arena, const struct questionnaire *questionnaire,
                                     const struct item *const *dimensions, size_t dimension_count);

/* Counts one response. */
void tabulation_add(struct tabulation *tabulation, const struct response *response);

/* Adds what `other` counted, of the same questionnaire by the same dimensions. Texts are not copied: the
 * arena of `other` must live as long as that of `tabulation`. */
void tabulation_merge(struct tabulation *tabulation, const struct tabulation *other);

/* Ends the counting: numbers the cells by their answers, so that nothing depends on the order in which the
 * responses came. */
void tabulation_end(struct tabulation *tabulation);

/* Whose counts are wanted: those of whom all conditions are true; without conditions everybody. A response
 * that lacks the answer is in the whole, and in no group. */
struct condition {
    size_t dimension; /* index in `dimensions`; dimension_count: the channel */
    size_t code;      /* option index, or enum channel */
};
enum { TABULATION_CONDITIONS = 2 };
struct selection {
    struct condition conditions[TABULATION_CONDITIONS];
    size_t condition_count;
};

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

/* How many responses a group has. */
size_t tabulation_responses(const struct tabulation *tabulation, struct selection selection);

/* The cells themselves, numbered from 0: how many there are; which answer its people gave to a dimension that
 * is no multiple choice (an option index or enum channel; the number of options if that answer is missing);
 * whether they are of a group; how many responses it has; and its counts of an item, which live as long as
 * the tabulation. */
size_t tabulation_cell_count(const struct tabulation *tabulation);
size_t tabulation_cell_code(const struct tabulation *tabulation, size_t cell, size_t dimension);
bool tabulation_cell_is_in(const struct tabulation *tabulation, size_t cell, struct selection selection);
size_t tabulation_cell_responses(const struct tabulation *tabulation, size_t cell);
struct item_tally tabulation_cell_tally(const struct tabulation *tabulation, size_t cell,
                                        const struct item *item);

/* The different answers to a number or date item in a group, ascending; `*count` of them. A date is the
 * number 20240131. */
const struct value_count *tabulation_values(const struct tabulation *tabulation, const struct item *item,
                                            struct selection selection, size_t *count);

/* The same, each value by where it was given: `place_of` has a number for each cell, and
 * cells of the same number are one place. Ascending by value, then by place, each pair once. Memory from
 * `arena`. */
struct placed_value {
    double value;
    size_t place, count;
};
const struct placed_value *tabulation_placed_values(struct arena *arena, const struct tabulation *tabulation,
                                                    const struct item *item, struct selection selection,
                                                    const size_t *place_of, size_t *count);

/* All texts given to a text item, sorted by their bytes so that the order of arrival does not show. */
const char *const *tabulation_texts(const struct tabulation *tabulation, const struct item *item,
                                    size_t *count);

#endif
