/* What results are broken down by: a question, the channel, or two of these crossed. */
#ifndef ANALYSIS_BREAKDOWN_H
#define ANALYSIS_BREAKDOWN_H

#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

enum { BREAKDOWN_FACTORS = 2 };

/* One breakdown. Its groups are in the order of the options; of two factors, the first is the outer one: all
 * groups of its first option come first. */
struct breakdown {
    const char *id;                                /* "role", "channel", "role*channel" */
    const char *file_name;                         /* the same in names of files: "role-and-channel" */
    const struct item *factors[BREAKDOWN_FACTORS]; /* NULL: the channel */
    size_t factor_count;                           /* 1 or 2 */
    size_t group_count;
    bool overlapping; /* a multiple choice: groups share people */
};

struct breakdown_list {
    const struct breakdown *all; /* the last one is the channel */
    size_t count;
};

/* The breakdowns of a report: the questionnaire's own in its order, those named in `by` (`by_count` of them)
 * in theirs, each once, and the channel. A name is the id of a single or multiple choice, a scale or an item
 * of a grid, or "channel"; or two of them with a * between, perhaps in blanks, neither a multiple choice and
 * not the same twice. False after a failure that quotes the name and says what is wrong with it. */
bool breakdown_plan(struct arena *arena, const struct questionnaire *questionnaire, const char *const *by,
                    size_t by_count, struct breakdown_list *list, struct failure *failure);

/* Whether the item (NULL: the channel) is what the breakdown is by, or one of both. */
bool breakdown_names(const struct breakdown *breakdown, const struct item *item);

/* Whether it is by the channel alone. */
bool breakdown_is_channel(const struct breakdown *breakdown);

/* What a group has answered to a factor: the option's index, or the enum channel. */
size_t breakdown_option(const struct breakdown *breakdown, size_t group, size_t factor);

/* The group of who answered `options` to the factors: the inverse of breakdown_option. The number of groups
 * if an answer is missing, which is told by an index that no option has. */
size_t breakdown_group(const struct breakdown *breakdown, const size_t *options);

/* The options of a factor, and the code and the text (absent for a channel) of one of them. */
size_t breakdown_option_count(const struct item *factor);
const char *breakdown_code(const struct item *factor, size_t option);
struct wording breakdown_text(const struct item *factor, size_t option);

#endif
