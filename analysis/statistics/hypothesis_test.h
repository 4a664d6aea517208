/* What a test of a difference or a relation found, whichever it was; or why none was made. A value, and
 * nothing but a value: what it says is written elsewhere. */
#ifndef ANALYSIS_STATISTICS_HYPOTHESIS_TEST_H
#define ANALYSIS_STATISTICS_HYPOTHESIS_TEST_H

#include <stddef.h>
#include <stdint.h>

enum test_method {
    TEST_NONE, /* see `reason` */
    TEST_FISHER,
    TEST_CHI_SQUARED,
    TEST_MONTE_CARLO,         /* of Pearson's statistic, or of Fisher's probability: see association.h */
    TEST_MANN_WHITNEY,        /* exact, given the ties */
    TEST_MANN_WHITNEY_NORMAL, /* by the normal approximation */
    TEST_KRUSKAL_WALLIS,
    TEST_DUNN, /* of two groups, after Kruskal and Wallis' test */
    TEST_COCHRAN_ARMITAGE,
    TEST_JONCKHEERE_TERPSTRA,
    TEST_RAO_SCOTT,
    TEST_MCNEMAR,
    TEST_STUART_MAXWELL,
    TEST_SIGN, /* of those who told more or less the second time */
    TEST_SPEARMAN,
    TEST_KENDALL,
    TEST_DIFFERENCE, /* of two rates by their variances */
    TEST_METHOD_COUNT
};

/* Why there is no test. */
enum test_reason {
    TEST_MADE,
    TEST_HIDDEN,      /* the groups that are large enough are not shown */
    TEST_TOO_FEW,     /* fewer than two groups are large enough */
    TEST_CONSTANT,    /* all gave the same answer: there is nothing that could differ */
    TEST_CENSUS,      /* everybody answered: differences are facts */
    TEST_OVERLAPPING, /* people are in several groups */
    TEST_UNFIT,       /* no test for this type of question here */
    TEST_FAILED,      /* not defined for these counts */
    TEST_REASON_COUNT
};

enum effect_kind {
    EFFECT_NONE,
    EFFECT_CRAMER_V,        /* Cramér's V, corrected for bias */
    EFFECT_CLIFF_DELTA,     /* P(first group above second) - P(below), with its interval */
    EFFECT_EPSILON_SQUARED, /* of Kruskal and Wallis' H */
    EFFECT_RHO,
    EFFECT_TAU_B,
    EFFECT_DIFFERENCE, /* of two rates */
    EFFECT_KIND_COUNT
};

/* How large a difference is. Undefined: NaN; the ends of the interval too where the measure has none. */
struct effect {
    enum effect_kind kind;
    double value, low, high;
};

/* Undefined figures are NaN. p is two-sided. */
struct hypothesis_test {
    enum test_method method;
    enum test_reason reason;
    size_t n;             /* respondents in the test */
    double statistic;     /* chi-squared, H, U, z, F, … by the method; NaN where it has none */
    double degrees[2];    /* of freedom; NaN where the method has none, the second but for F */
    double p, p_adjusted; /* p_adjusted is set by adjustment.h */
    struct effect effect;
    /* Monte Carlo: how many tables were drawn, from which seed, and the standard error of p; else 0 and NaN.
     */
    size_t draws;
    uint64_t seed;
    double standard_error;
};

/* A test that was not made, and everything in it undefined; then a test being filled in. */
struct hypothesis_test hypothesis_test_refused(enum test_reason reason);
struct hypothesis_test hypothesis_test_of(enum test_method method, size_t n);

#endif
