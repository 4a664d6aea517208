/* Many tests at once: p adjusted for their number. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_ADJUSTMENT_H
#define ANALYSIS_STATISTICS_ADJUSTMENT_H

#include "model/base/arena.h"

#include <stddef.h>

enum adjustment {
    ADJUSTMENT_HOLM,               /* no false finding among all, but with probability alpha (Holm 1979) */
    ADJUSTMENT_BENJAMINI_HOCHBERG, /* the expected share of false ones among the findings (1995) */
    ADJUSTMENT_NONE
};

/* The adjusted `p` into `adjusted` (which may be `p` itself), in the same order; never above 1, never below p
 * (R's p.adjust). Takes numbers from 0 to 1, and NaN for tests that were not made, which stay NaN and do not
 * count. Returns how many count. `arena` lends memory. */
size_t adjustment_apply(struct arena *arena, enum adjustment adjustment, const double *p, double *adjusted,
                        size_t count);

#endif
