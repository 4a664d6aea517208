/* Which items go with an outcome, and how much of it each of them explains. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_IMPORTANCE_H
#define ANALYSIS_STATISTICS_IMPORTANCE_H

#include "analysis/statistics/covariance.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { IMPORTANCE_ITEMS = 12, IMPORTANCE_PEOPLE_PER_ITEM = 10 };

/* Why there is no importance. */
enum importance_reason {
    IMPORTANCE_DEFINED,
    IMPORTANCE_TOO_FEW,          /* fewer than 10 people an item */
    IMPORTANCE_CONSTANT_OUTCOME, /* all gave the same answer: there is nothing to explain */
    IMPORTANCE_CONSTANT_ITEMS    /* all gave the same answer to every item: there is nothing to explain by */
};

struct importance_item {
    bool constant;  /* all gave the same answer: it explains nothing */
    bool collinear; /* its answers follow from those of other items */
    double value;   /* share of the outcome's variance; NaN if refused */
    double share;   /* of the variance that is explained; NaN if refused, and where nothing is explained */
};

struct importance {
    enum importance_reason reason;
    size_t n;    /* people who answered all items and the outcome */
    size_t rank; /* items that do not follow from others; 0 if refused */
    double r_squared;
    double adjusted; /* R² less what chance alone would explain, 1 - (1 - R²) (n - 1) / (n - 1 - rank) */
    const struct importance_item *items; /* of the matrix, less the outcome */
};

/* Item 0 of the matrix is the outcome, the others, 1 to IMPORTANCE_ITEMS of them, may explain it. The
 * importance of an item is what it adds to the R² of a linear regression, averaged over all orders in which
 * the items can be put in (Lindeman, Merenda & Gold 1980, Introduction to Bivariate and Multivariate
 * Analysis, 119-127; the value of Shapley 1953; R relaimpo::calc.relimp with type = "lmg"). The values are
 * not negative and add up to R². An item that follows from those put in before it (less than 1e-10 of its
 * variance is its own) adds nothing. Lives as long as `arena`. */
struct importance importance_of(struct arena *arena, const struct covariance *matrix);

#endif
