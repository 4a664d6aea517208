/* The answers to one item that some comparisons can tell apart. */
#ifndef MODEL_EXPRESSION_CANDIDATES_H
#define MODEL_EXPRESSION_CANDIDATES_H

#include "model/expression_tree.h"

/* The comparisons that name an item. */
struct expression_leaves {
    const struct expression **all;
    size_t count, capacity;
};

struct expression_candidates {
    struct answer *all;
    size_t count, capacity;
    bool complete; /* false: there would be too many; what is here is not all */
};

/* One answer for each way in which the comparisons `leaves`, all about `item`, can come out together, "not
 * answered" among them but not "not asked". Answers with options that have a `when` stand apart, so that
 * leaving them out is safe. Memory from `arena`. */
struct expression_candidates expression_candidates(struct arena *arena, const struct item *item,
                                                   const struct expression_leaves *leaves);

#endif
