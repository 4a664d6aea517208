/* Which questions two waves have in common: matched by their ids, the lines of grids by theirs. */
#ifndef ANALYSIS_COMPARE_MATCH_H
#define ANALYSIS_COMPARE_MATCH_H

#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether two items can be compared, and if not, why. */
enum compare_match_fit {
    COMPARE_MATCH_FITS,
    COMPARE_MATCH_ONLY_FIRST, /* one wave only has it */
    COMPARE_MATCH_ONLY_SECOND,
    COMPARE_MATCH_KIND,       /* open answers, dates and rankings have no rate or mean */
    COMPARE_MATCH_TYPE,       /* another type of question */
    COMPARE_MATCH_OPTIONS,    /* the answers are not the same codes */
    COMPARE_MATCH_FAVOURABLE, /* other answers count as favourable */
    COMPARE_MATCH_VALUES,     /* the answers stand for other numbers */
    COMPARE_MATCH_UNIT,       /* the numbers have another unit */
    COMPARE_MATCH_FIT_COUNT
};

struct compare_match {
    const struct item *items[2]; /* of the first and of the second wave; NULL: it has none */
    enum compare_match_fit fit;
    bool reworded;         /* the question or an answer is worded otherwise */
    bool other_refusals;   /* "no opinion" or "not concerned" could be answered in one wave only */
    const size_t *options; /* where they fit: of each option of the second, its index in the first */
};

/* All items of both, in the order of the second; then those that only the first has. `*count` of them. Lives
 * as long as `arena`. */
const struct compare_match *compare_match_all(struct arena *arena, const struct questionnaire *first,
                                              const struct questionnaire *second, size_t *count);

#endif
