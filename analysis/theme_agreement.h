/* How far two coders agree on the themes of answers. */
#ifndef ANALYSIS_THEME_AGREEMENT_H
#define ANALYSIS_THEME_AGREEMENT_H

#include "analysis/statistics/agreement.h"
#include "analysis/theme_coding.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether a theme is given or not, by both coders. */
struct theme_agreement {
    const char *theme;
    size_t both, first, second, neither; /* answers to which they gave it */
    struct agreement kappa, alpha;       /* Cohen's, Krippendorff's */
};

/* Answers with the same text were coded in one go, and count once. */
struct theme_agreements {
    size_t answers;                       /* that both coded */
    size_t differing;                     /* of them, to which they gave not the same themes */
    const struct theme_agreement *themes; /* in the order of their names */
    size_t count;
    bool has_whole;                /* not where there are too many combinations of themes */
    struct agreement kappa, alpha; /* of the themes as a whole: agreeing is to give the very same */
};

/* Compares the coders over the rows whose answers are in the store. Lives as long as `arena`, as the coding
 * must. */
struct theme_agreements theme_agreement_compute(struct arena *arena, const struct theme_coding *coding,
                                                double confidence);

#endif
