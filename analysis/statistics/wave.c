#include "analysis/statistics/wave.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct wave wave_rate(size_t x, size_t n, size_t population, struct interval limits) {
    double count = (double)n, rate = (double)x / count; /* NaN for nobody */
    double variance = n > 1 ? rate * (1 - rate) * count / (count - 1) : NAN;
    return (struct wave){rate, variance, n, population, limits};
}

struct wave wave_mean(double mean, double standard_deviation, size_t n, size_t population,
                      struct interval limits) {
    double variance = n > 1 ? standard_deviation * standard_deviation : NAN;
    return (struct wave){mean, variance, n, population, limits};
}

static bool is_census(const struct wave *wave) {
    return wave->population > 0 && wave->n >= wave->population;
}

/* 1/N of the population of both; 0 where either size is not known. */
static double share_of_one(const struct wave *first, const struct wave *second) {
    size_t larger = first->population > second->population ? first->population : second->population;
    return first->population && second->population ? 1 / (double)larger : 0;
}

static double variance_of(const struct wave *wave) {
    if (is_census(wave))
        return 0; /* of one person too, whose answers have no variance */
    double n = (double)wave->n;
    double sampled = wave->population ? n / (double)wave->population : 0;
    return (1 - sampled) * wave->variance / n;
}

/* n12 / (n1 n2) - 1/N: above 0 if more people are in both than two samples apart would share. */
static double excess(const struct wave *first, const struct wave *second, size_t both) {
    return (double)both / ((double)first->n * (double)second->n) - share_of_one(first, second);
}

struct wave_overlap wave_overlap_least(const struct wave *first, const struct wave *second, size_t known) {
    if (!first->population || !second->population)
        return WAVE_APART;
    size_t larger = first->population > second->population ? first->population : second->population;
    size_t told = first->n + second->n, least = told > larger ? told - larger : 0;
    size_t both = least > known ? least : known;
    double alike = sqrt(first->variance * second->variance);
    bool few = first->n && second->n && excess(first, second, both) < 0;
    return (struct wave_overlap){both, few && !isnan(alike) ? alike : 0};
}

struct wave_change wave_compare(const struct wave *first, const struct wave *second,
                                struct wave_overlap overlap) {
    struct wave_change change = {.difference = second->value - first->value,
                                 .census = is_census(first) && is_census(second)};
    double one = variance_of(first), other = variance_of(second), shared = 0;
    if (first->n && second->n && overlap.covariance != 0)
        shared = overlap.covariance *
                 ((double)overlap.n / ((double)first->n * (double)second->n) - share_of_one(first, second));
    if (one > 0 && other > 0)
        change.correlation = fmax(-1, fmin(1, shared / sqrt(one * other)));
    else
        shared = 0; /* what is no estimate goes together with nothing */
    change.variance = one + other - 2 * shared;
    if (change.variance < 1e-12 * (one + other))
        change.variance = 0; /* what rounding leaves of nothing, or an estimate that cannot be */
    if (change.census) {
        change.low = change.high = change.difference;
        return change;
    }
    double r = change.correlation;
    double a = second->value - second->limits.low, b = first->limits.high - first->value;
    double c = second->limits.high - second->value, d = first->value - first->limits.low;
    change.low = change.difference - sqrt(fmax(0, a * a + b * b - 2 * r * a * b));
    change.high = change.difference + sqrt(fmax(0, c * c + d * d - 2 * r * c * d));
    if (isnan(a + b + c + d)) /* fmax would take the 0 */
        change.low = change.high = NAN;
    return change;
}

struct hypothesis_test wave_test(const struct wave *first, const struct wave *second,
                                 struct wave_overlap overlap) {
    if (is_census(first) && is_census(second))
        return hypothesis_test_refused(TEST_CENSUS);
    if (first->n < 2 || second->n < 2)
        return hypothesis_test_refused(TEST_TOO_FEW);
    const struct wave_change change = wave_compare(first, second, overlap);
    if (!(change.variance > 0))
        return hypothesis_test_refused(TEST_CONSTANT);
    struct hypothesis_test test = hypothesis_test_of(TEST_DIFFERENCE, first->n + second->n);
    test.statistic = change.difference / sqrt(change.variance);
    test.p = 2 * gsl_cdf_ugaussian_Q(fabs(test.statistic));
    test.effect = (struct effect){EFFECT_DIFFERENCE, change.difference, change.low, change.high};
    return test;
}
