/* Of how many people the responses that `--where` selects are. */
#ifndef ANALYSIS_SUBSET_H
#define ANALYSIS_SUBSET_H

#include "model/base/arena.h"
#include "model/expression.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

/* A selection of whole categories of one margin, whose sizes are therefore known. */
struct subset {
    const struct margin *margin; /* NULL: the expression is about something else */
    const bool *is_selected;     /* one per option of the margin's item */
    size_t population;           /* people in the selected categories */
};

/* What `where` selects, if the only item it names is one of which the questionnaire gives the margin. Memory
 * from `arena`. */
struct subset subset_of_expression(struct arena *arena, const struct questionnaire *questionnaire,
                                   const struct expression *where);

#endif
