/* Weighted means and rates in a domain (those whom a figure concerns: who expressed themselves, of a group),
 * with intervals that allow for the weights.
 *
 * A domain is given by its moments in each cell of the weighting (weighting.h), as it was computed from all
 * responses. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_ESTIMATE_H
#define ANALYSIS_STATISTICS_ESTIMATE_H

#include "analysis/statistics/distribution.h"
#include "analysis/statistics/proportion.h"
#include "analysis/statistics/weighting.h"

#include <stddef.h>

/* Those of a cell who are in the domain. */
struct estimate_moments {
    size_t count;
    double mean, squares; /* the sum of the squared deviations from the mean; both 0 for none */
};

/* The moments of `count` people, of whom `favourable` count 1 and the others 0; of values that were given, as
 * distribution.h has them. */
struct estimate_moments estimate_moments_of_rate(size_t favourable, size_t count);
struct estimate_moments estimate_moments_of_values(const struct value_count *values, size_t length);

/* All but n and the people are NaN if n = 0, the standard deviation if n = 1. */
struct estimate {
    size_t n;                  /* respondents of the domain */
    double people;             /* whom they stand for: the sum of their weights */
    double value;              /* Σwy / Σw */
    double variance;           /* of `value`: weighting_residuals with z = (y - value) / people */
    double standard_deviation; /* of y in the population: Σw(y - value)²/Σw · n/(n-1) (R svyvar) */
    double degrees;            /* of freedom: n less the strata they are of, 1 where raked (R degf) */
    double effective_n;        /* (Σw)² / Σw² */
};

/* The mean of a domain; of values 0 and 1 a rate. `cells` has the moments of each cell. */
struct estimate estimate_mean(const struct weighting *weighting, const struct estimate_moments *cells);

/* The intervals below are of an estimate that speaks of `population` people (0: not known). When n reaches
 * it, the value itself and `census`. The design may leave no variance although not everybody told (all of a
 * stratum responded, and some said nothing to this; or each stratum is of one mind): the variance is then
 * that of effective_n people drawn without replacement, never 0.
 *
 * Of a mean: value ± t · sqrt(variance), with `degrees`; undefined where they are not above 0, or all gave
 * the same value. Takes 0 < confidence < 1. */
struct interval estimate_mean_interval(const struct estimate *estimate, size_t population, double confidence);

/* Of a rate p: Wilson's (proportion.h) with value (1 - value) / variance for n (Korn & Graubard 1998, Survey
 * Methodology 24, 193-201, for an effective n); at 0 and at 1, which no weights change, the exact interval of
 * proportion.h. Takes 1/2 <= confidence < 1. */
struct interval estimate_rate_interval(const struct estimate *estimate, size_t population, double confidence);

/* The quantile at a level from 0 to 1: the index of the first of `length` ascending values whose cumulated
 * weight reaches the level; `length` if all weigh 0. */
size_t estimate_position(const double *weights, size_t length, double level);

#endif
