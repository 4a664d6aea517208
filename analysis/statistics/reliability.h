/* Whether the items of a grid measure one thing: internal consistency. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_RELIABILITY_H
#define ANALYSIS_STATISTICS_RELIABILITY_H

#include "analysis/statistics/covariance.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Why there is no alpha. */
enum reliability_reason {
    RELIABILITY_DEFINED,
    RELIABILITY_TOO_FEW_PEOPLE, /* fewer than two */
    RELIABILITY_TOO_FEW_ITEMS,  /* fewer than two items to which not all gave the same answer */
    RELIABILITY_CONSTANT_SUM    /* the answers of each person add up to the same: nothing varies in common */
};

/* One item. Undefined: NaN. */
struct reliability_item {
    bool constant;           /* all gave the same answer: it is in none of the figures */
    double alpha_if_dropped; /* of the other items; undefined with fewer than two of them */
    double item_total; /* correlation with the sum of the other items; undefined where that is constant */
};

struct reliability {
    enum reliability_reason reason;
    size_t n;                   /* people who answered all items */
    size_t varying;             /* items that are not constant */
    double alpha, low, high;    /* at most 1; below 0 where items contradict each other */
    double average_correlation; /* of every two varying items */
    const struct reliability_item *items;
};

/* Of k varying items: Cronbach's alpha = k / (k - 1) (1 - sum of variances / variance of the sum) (Cronbach
 * 1951, Psychometrika 16, 297-334), with the interval 1 - (1 - alpha) F, F being the quantiles of the F
 * distribution with n - 1 and (n - 1)(k - 1) degrees of freedom (Feldt, Woodruff & Salih 1987, Applied
 * Psychological Measurement 11, 93-103; R psych::alpha.ci). Constant items are left out and named, as
 * psych::alpha and SPSS do. A variance of the sum below 1e-12 of what the matrix adds up to without signs is
 * none. Takes 0 < confidence < 1. Lives as long as `arena`. */
struct reliability reliability_of(struct arena *arena, const struct covariance *matrix, double confidence);

#endif
