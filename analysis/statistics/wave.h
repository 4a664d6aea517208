/* How far a rate or a mean has moved between two waves, when some of the people can be in both.
 *
 * Each wave is a sample drawn without replacement from its population; the population can be the same, and so
 * can the people. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_WAVE_H
#define ANALYSIS_STATISTICS_WAVE_H

#include "analysis/statistics/hypothesis_test.h"
#include "analysis/statistics/proportion.h"

#include <stddef.h>

/* What one wave says of a rate or a mean. */
struct wave {
    double value;           /* the rate or the mean of the n who told */
    double variance;        /* of their answers, with n - 1; NaN if n is 0 or 1 */
    size_t n, population;   /* population 0: not known */
    struct interval limits; /* of `value`; NaN where it has none */
};

/* A rate of x in n, and a mean with its standard deviation (with n - 1), as a wave. Takes x <= n. */
struct wave wave_rate(size_t x, size_t n, size_t population, struct interval limits);
struct wave wave_mean(double mean, double standard_deviation, size_t n, size_t population,
                      struct interval limits);

/* The people who are in both samples, and what their two answers have in common. */
struct wave_overlap {
    size_t n;
    double covariance; /* of the two answers, over the population */
};

/* Nobody is in both, or it does not matter. */
#define WAVE_APART ((struct wave_overlap){0, 0})

/* The least favourable overlap there can be of people who answer alike both times, or at least not the
 * contrary: as few in both as the sizes allow, and as `known` (0: none) says, all of one mind with themselves
 * if that is fewer than chance would give, so that who left and who came makes the most of a difference; else
 * of no particular mind. Where the population is not known, WAVE_APART. */
struct wave_overlap wave_overlap_least(const struct wave *first, const struct wave *second, size_t known);

/* The second wave less the first. Undefined figures are NaN. */
struct wave_change {
    double difference;
    double variance;    /* of the difference */
    double correlation; /* of the two estimates, from -1 to 1; 0 where either has no variance */
    double low, high;
    bool census; /* everybody told in both waves: low = high = difference, a fact */
};

/* The change, with
 *   Var = V1 + V2 - 2 s12 (n12 / (n1 n2) - 1/N), Vi = (1 - ni/Ni) si^2 / ni
 * (Tam 1984, American Statistician 38, 288-289, for one population of N people; of two sizes the larger is
 * taken for N, which errs on the cautious side where people answer alike; without a known size 1/N is 0). A
 * variance below 0, which an estimated covariance can give, is 0.
 *
 * The interval is the square-and-add one of two correlated estimates: from the difference d down to
 * d - sqrt(a^2 + b^2 - 2 r a b) with a = value2 - low2, b = high1 - value1, and up likewise (Zou & Donner
 * 2008, Statistics in Medicine 27, 1693-1702); it is Newcombe's (1998, method 10, Statistics in Medicine 17,
 * 873-890) where r = 0. */
struct wave_change wave_compare(const struct wave *first, const struct wave *second,
                                struct wave_overlap overlap);

/* Whether the change is more than chance: z = difference / sqrt(Var), two-sided by the normal distribution
 * (TEST_DIFFERENCE, with the difference and its interval as effect). Refused: a census of both (TEST_CENSUS),
 * a wave of fewer than two answers (TEST_TOO_FEW), no variance at all (TEST_CONSTANT). */
struct hypothesis_test wave_test(const struct wave *first, const struct wave *second,
                                 struct wave_overlap overlap);

#endif
