#include "analysis/statistics/estimate.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* A cumulated weight that misses its part of the sum by less than this part of it has reached it. */
static const double REACHED = 1e-12;

/* Rounding leaves a variance of about 1e-32 of that of the values where there is none. */
static const double NO_VARIANCE = 1e-24;

struct estimate_moments estimate_moments_of_rate(size_t favourable, size_t count) {
    assert(favourable <= count);
    const double x = (double)favourable, n = (double)count;
    if (count == 0)
        return (struct estimate_moments){0};
    return (struct estimate_moments){.count = count, .mean = x / n, .squares = x * (n - x) / n};
}

struct estimate_moments estimate_moments_of_values(const struct value_count *values, size_t length) {
    struct estimate_moments moments = {0};
    double origin = 0, sum = 0;
    for (size_t i = 0; i < length; i++) {
        if (moments.count == 0)
            origin = values[i].value;
        moments.count += values[i].count;
        sum += (double)values[i].count * (values[i].value - origin);
    }
    if (moments.count == 0)
        return moments;
    moments.mean = origin + sum / (double)moments.count;
    for (size_t i = 0; i < length; i++) {
        const double distance = values[i].value - moments.mean;
        moments.squares += (double)values[i].count * distance * distance;
    }
    return moments;
}

/* --- Estimates --- */

/* The value around the mean of one cell, so that values that lie close together far from 0 keep their digits,
 * and all that are the same give just that. */
static void set_value(const struct weighting *weighting, const struct estimate_moments *cells,
                      struct estimate *estimate) {
    double origin = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < weighting->cell_count; i++) {
        const double count = (double)cells[i].count, weight = weighting->weights[i];
        if (cells[i].count == 0)
            continue;
        if (estimate->n == 0)
            origin = cells[i].mean;
        estimate->n += cells[i].count;
        estimate->people += weight * count;
        squares += weight * weight * count;
        sum += weight * count * (cells[i].mean - origin);
    }
    estimate->value = origin + sum / estimate->people;
    estimate->effective_n = estimate->people * estimate->people / squares;
}

static void set_spread(const struct weighting *weighting, const struct estimate_moments *cells,
                       struct estimate *estimate) {
    double sum = 0;
    for (size_t i = 0; i < weighting->cell_count; i++) {
        const double distance = cells[i].mean - estimate->value;
        sum += weighting->weights[i] * (cells[i].squares + (double)cells[i].count * distance * distance);
    }
    const double n = (double)estimate->n;
    estimate->standard_deviation = estimate->n > 1 ? sqrt(sum / estimate->people * n / (n - 1)) : NAN;
}

/* The parts of weighting_residuals, where all of a cell that are not in the domain have z = 0. */
static double sum_residuals(const struct weighting *weighting, const struct estimate_moments *cells,
                            const struct estimate *estimate, const double *fitted, double centre) {
    double variance = 0;
    for (size_t i = 0; i < weighting->cell_count; i++) {
        const double count = (double)cells[i].count, weight = weighting->weights[i];
        const double others = (double)(weighting->cell_responses[i] - cells[i].count);
        const double scale = weight / estimate->people;
        const double inside = scale * (cells[i].mean - estimate->value) - weight * fitted[i] - centre;
        const double outside = -weight * fitted[i] - centre;
        variance += weighting->corrections[i] *
                    (scale * scale * cells[i].squares + (cells[i].count ? count * inside * inside : 0) +
                     others * outside * outside);
    }
    return variance;
}

static void set_variance(const struct weighting *weighting, const struct estimate_moments *cells,
                         struct estimate *estimate) {
    struct arena *arena = arena_create();
    double *sums = ARENA_NEW(arena, double, weighting->cell_count);
    double *fitted = ARENA_NEW(arena, double, weighting->cell_count);
    for (size_t i = 0; i < weighting->cell_count; i++) {
        assert(cells[i].count <= weighting->cell_responses[i]);
        sums[i] = (double)cells[i].count * (cells[i].mean - estimate->value) / estimate->people;
    }
    const double centre = weighting_residuals(weighting, sums, fitted);
    estimate->variance = sum_residuals(weighting, cells, estimate, fitted, centre);
    /* Also if there is no spread, or none is defined: one respondent does not differ from the mean. */
    if (!(estimate->variance > NO_VARIANCE * estimate->standard_deviation * estimate->standard_deviation))
        estimate->variance = 0;
    arena_destroy(arena);
}

/* Whether no cell before this one has any of the domain in the same stratum. */
static bool is_first_of_stratum(const struct weighting *weighting, const struct estimate_moments *cells,
                                size_t cell) {
    for (size_t i = 0; i < cell; i++)
        if (cells[i].count > 0 && weighting->strata[i] == weighting->strata[cell])
            return false;
    return true;
}

static size_t count_strata(const struct weighting *weighting, const struct estimate_moments *cells) {
    size_t strata = 0;
    for (size_t i = 0; i < weighting->cell_count; i++)
        strata += cells[i].count > 0 && is_first_of_stratum(weighting, cells, i);
    return strata;
}

struct estimate estimate_mean(const struct weighting *weighting, const struct estimate_moments *cells) {
    struct estimate estimate = {.value = NAN};
    set_value(weighting, cells, &estimate);
    if (estimate.n == 0) {
        estimate.variance = estimate.standard_deviation = estimate.degrees = estimate.effective_n = NAN;
        return estimate;
    }
    set_spread(weighting, cells, &estimate);
    set_variance(weighting, cells, &estimate);
    estimate.degrees = (double)estimate.n - (double)count_strata(weighting, cells);
    return estimate;
}

/* --- Intervals --- */

static const struct interval UNDEFINED = {.low = NAN, .high = NAN};

static bool is_census(const struct estimate *estimate, size_t population) {
    return population > 0 && estimate->n >= population;
}

static struct interval census(const struct estimate *estimate) {
    return (struct interval){.low = estimate->value, .high = estimate->value, .census = true};
}

/* How many people drawn with replacement, who weigh the same, tell as much as effective_n drawn without. */
static double equivalent_n(const struct estimate *estimate, size_t population) {
    const double n = (double)estimate->n, people = (double)population;
    return population > 0 ? estimate->effective_n * (people - 1) / (people - n) : estimate->effective_n;
}

struct interval estimate_mean_interval(const struct estimate *estimate, size_t population,
                                       double confidence) {
    assert(confidence > 0 && confidence < 1);
    if (estimate->n > 0 && is_census(estimate, population))
        return census(estimate);
    if (!(estimate->degrees > 0) || !(estimate->standard_deviation > 0))
        return UNDEFINED;
    double variance = estimate->variance;
    if (!(variance > 0)) {
        const double unseen = population > 0 ? 1 - (double)estimate->n / (double)population : 1;
        variance =
            unseen * estimate->standard_deviation * estimate->standard_deviation / estimate->effective_n;
    }
    const double half = gsl_cdf_tdist_Qinv((1 - confidence) / 2, estimate->degrees) * sqrt(variance);
    return (struct interval){.low = estimate->value - half, .high = estimate->value + half};
}

/* As in proportion.c: the lower root from the product of both, so that it keeps its digits near 0. */
static struct interval wilson(double rate, double n, double confidence) {
    const double z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
    const double part = z * z / n;
    const double half = sqrt(part * (rate * (1 - rate) + part / 4));
    struct interval interval = {.high = (rate + part / 2 + half) / (1 + part)};
    interval.low = rate * rate / ((1 + part) * interval.high);
    return interval;
}

struct interval estimate_rate_interval(const struct estimate *estimate, size_t population,
                                       double confidence) {
    assert(confidence >= 0.5 && confidence < 1);
    const double rate = estimate->value;
    if (estimate->n == 0)
        return UNDEFINED;
    if (is_census(estimate, population))
        return census(estimate);
    if (rate <= 0 || rate >= 1)
        return proportion_interval(INTERVAL_EXACT, rate <= 0 ? 0 : (long)estimate->n, (long)estimate->n,
                                   (long)population, confidence);
    const double n =
        estimate->variance > 0 ? rate * (1 - rate) / estimate->variance : equivalent_n(estimate, population);
    return wilson(rate, n, confidence);
}

size_t estimate_position(const double *weights, size_t length, double level) {
    assert(level >= 0 && level <= 1);
    double sum = 0, cumulated = 0;
    for (size_t i = 0; i < length; i++)
        sum += weights[i];
    for (size_t i = 0; i < length; i++) {
        cumulated += weights[i];
        if (weights[i] > 0 && cumulated >= sum * level * (1 - REACHED))
            return i;
    }
    return length;
}
