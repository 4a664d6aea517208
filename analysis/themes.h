/* What respondents wrote, counted by the themes that the evaluator gave to it. */
#ifndef ANALYSIS_THEMES_H
#define ANALYSIS_THEMES_H

#include "analysis/results.h"
#include "analysis/theme_coding.h"
#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stddef.h>

struct theme {
    const char *name;
    struct share share; /* of the answers that were coded: `count` and `rate`; the rest is undefined */
    const char *const *quotations; /* chosen by the evaluator, each once, those that fewest wrote last; none
                                      where the questionnaire says `quote: never` */
    size_t quotation_count;
};

/* The themes of the answers to an open question. An answer may have several. */
struct item_themes {
    const struct item *item;
    size_t answers;   /* of those whom the report is about */
    size_t coded;     /* of them, by one coder at least: the base of shares */
    size_t unsettled; /* of them, on which two coders disagree, and nobody decided: the first one counts */
    const struct theme *all; /* the most frequent first, then by name */
    size_t count;
};

/* The themes of an item, as a coding of its answers has them; `texts` are `count` answers, in any order.
 * Lives as long as `arena`, as the coding and the texts must. */
const struct item_themes *themes_count(struct arena *arena, const struct item *item,
                                       const struct theme_coding *coding, const char *const *texts,
                                       size_t count);

/* The results with the themes of all open questions that were coded beside the store at the path `store`.
 * A question has none where nothing is coded, or where the results have no texts to quote. The mistakes of a
 * coding that cannot be read go to standard error; NULL then, and after a failure. Lives as long as `arena`,
 * as `results` must. */
const struct results *themes_load(struct arena *arena, const struct results *results, const char *store,
                                  struct failure *failure);

/* The themes of an item in the results; NULL: it has none. */
const struct item_themes *themes_of(const struct results *results, const struct item *item);

/* The theme of that name, whatever its case and accents; NULL: there is none. */
const struct theme *themes_find(const struct item_themes *themes, const char *name);

#endif
