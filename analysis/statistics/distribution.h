/* The distribution of a number, or of an ordered answer by its values: mean, spread, quantiles.
 *
 * A distribution is given as `length` different values, ascending and finite (of at most 1e150), each with
 * how often it was given; n is the sum of these. Values that nobody gave (count 0) do not matter. All
 * functions are pure. */
#ifndef ANALYSIS_STATISTICS_DISTRIBUTION_H
#define ANALYSIS_STATISTICS_DISTRIBUTION_H

#include "analysis/statistics/proportion.h"

#include <stdbool.h>
#include <stddef.h>

/* A value that was given, and how often. */
struct value_count {
    double value;
    size_t count;
};

/* What is undefined is NaN: all but n if n = 0, the standard deviation if n = 1. */
struct distribution {
    size_t n;
    double mean;
    double standard_deviation; /* with n - 1; exactly 0 if constant */
    struct interval interval;  /* of the mean; undefined if n = 1 or constant, but for a census */
    double minimum, maximum;
    bool constant; /* n >= 2, and all are the same: no sample tells how far others are from it */
};

/* Mean, standard deviation and the interval of the mean in a population of N people: mean ± t s sqrt(f/n),
 * with f = 1 - n/N, or 1 if N is not known (0), and t the quantile of Student's distribution with n - 1
 * degrees of freedom (Cochran 1977, Sampling Techniques, theorems 2.2 and 2.4, section 2.8). When n reaches
 * N, the mean itself and `census`. Takes 0 < confidence < 1. The sums are taken around the mean, so that
 * values that lie close together far from 0 keep their digits (Chan, Golub, LeVeque 1983, American
 * Statistician 37, 242-247). */
struct distribution distribution_describe(const struct value_count *values, size_t length, size_t population,
                                          double confidence);

/* The quantile at a level from 0 to 1 of a number: between the ordered values of rank 1 + (n - 1) level,
 * interpolated (Hyndman & Fan 1996, American Statistician 50, 361-365, definition 7; R's default). NaN for
 * n = 0. */
double distribution_quantile(const struct value_count *values, size_t length, double level);

/* The quantile of an ordered answer: the index in `values` of the lowest value whose cumulated share reaches
 * the level (Hyndman & Fan 1996, definition 1). `length` for n = 0. */
size_t distribution_position(const struct value_count *values, size_t length, double level);

/* The net promoter score of answers from 0 to 10: the mean of 100 for 9 and above, -100 for 6 and below and 0
 * between, with all a mean comes with. */
struct distribution distribution_net_promoter(const struct value_count *values, size_t length,
                                              size_t population, double confidence);

#endif
