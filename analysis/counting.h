/* All that is counted of the responses of a store in one pass: what one reader counts, and the sum of what
 * several do. Nothing in it depends on the order of the responses. */
#ifndef ANALYSIS_COUNTING_H
#define ANALYSIS_COUNTING_H

#include "analysis/pairs.h"
#include "analysis/tabulation.h"
#include "model/base/arena.h"
#include "model/expression.h"

#include <stdbool.h>
#include <stddef.h>

/* What is to be counted. */
struct counting_plan {
    const struct questionnaire *questionnaire;
    const struct item *const *dimensions; /* of the tabulations */
    size_t dimension_count;
    const struct pairs_set *pair_sets; /* items whose pairs are counted */
    size_t pair_set_count;
    const struct expression *where; /* only responses of which it is true; NULL: all */
    bool everybody;                 /* also those of which it is not, apart */
};

struct counting {
    const struct counting_plan *plan;
    struct arena *arena;
    size_t responses;              /* all of them */
    struct tabulation *tabulation; /* of those that `where` selects */
    struct pairs *pairs;           /* of the same; NULL: none are wanted */
    struct tabulation *everybody;  /* of all; the same one without `where`; NULL: not wanted */
};

/* No counts yet. Lives as long as `arena`; so must `plan`. */
struct counting *counting_create(struct arena *arena, const struct counting_plan *plan);

/* Counts one response. */
void counting_add(struct counting *counting, const struct response *response);

/* Adds what `other` counted by the same plan, whose arena must live as long as `counting`. */
void counting_merge(struct counting *counting, const struct counting *other);

/* Ends the counting: from here on nothing tells in what order the responses came, or to which reader. */
void counting_end(struct counting *counting);

#endif
