/* The answers to an open question, as they are coded. */
#ifndef ANALYSIS_THEME_ANSWERS_H
#define ANALYSIS_THEME_ANSWERS_H

#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/expression.h"
#include "model/questionnaire.h"
#include "model/store.h"

#include <stdbool.h>
#include <stddef.h>

/* Texts in the order of their bytes, which tells nothing of the order in which they came. */
struct theme_answers {
    const char *const *all;
    size_t count;
    const char *const *selected; /* of the responses of which `where` is true */
    size_t selected_count;
};

/* Reads the answers to a text item. `where` NULL selects all. Lives as long as `arena`. False after a
 * failure. */
bool theme_answers_read(struct arena *arena, struct store *store, const struct item *item,
                        const struct expression *where, struct theme_answers *answers,
                        struct failure *failure);

#endif
