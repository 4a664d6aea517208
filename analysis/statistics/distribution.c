#include "analysis/statistics/distribution.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* A cumulated count that misses n * level by less than this part of it has reached it: the product of a level
 * like 0.1 is not exact. */
static const double REACHED = 1e-12;

static size_t total(const struct value_count *values, size_t length) {
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        assert(isfinite(values[i].value) && (i == 0 || values[i - 1].value < values[i].value));
        n += values[i].count;
    }
    return n;
}

/* The sum of count * (value - origin)^power, power 1 or 2. */
static double sum_around(const struct value_count *values, size_t length, double origin, int power) {
    double sum = 0;
    for (size_t i = 0; i < length; i++) {
        const double distance = values[i].value - origin;
        sum += (double)values[i].count * (power == 1 ? distance : distance * distance);
    }
    return sum;
}

static struct interval mean_interval(const struct distribution *distribution, size_t population,
                                     double confidence) {
    const double mean = distribution->mean, n = (double)distribution->n;
    if (population > 0 && distribution->n >= population)
        return (struct interval){.low = mean, .high = mean, .census = true};
    if (distribution->n < 2 || distribution->constant)
        return (struct interval){.low = NAN, .high = NAN};
    const double unseen = population > 0 ? 1 - n / (double)population : 1;
    const double t = gsl_cdf_tdist_Qinv((1 - confidence) / 2, n - 1);
    const double half = t * distribution->standard_deviation * sqrt(unseen / n);
    return (struct interval){.low = mean - half, .high = mean + half};
}

struct distribution distribution_describe(const struct value_count *values, size_t length, size_t population,
                                          double confidence) {
    assert(confidence > 0 && confidence < 1);
    struct distribution result = {.n = total(values, length), .mean = NAN, .standard_deviation = NAN};
    result.minimum = result.maximum = NAN;
    result.interval = (struct interval){.low = NAN, .high = NAN};
    if (result.n == 0)
        return result;
    size_t first = 0, last = length - 1;
    while (values[first].count == 0)
        first++;
    while (values[last].count == 0)
        last--;
    result.minimum = values[first].value;
    result.maximum = values[last].value;
    result.constant = first == last && result.n > 1;
    const double n = (double)result.n;
    result.mean = result.minimum + sum_around(values, length, result.minimum, 1) / n;
    /* What the mean was rounded by is taken off its deviations. */
    const double rest = sum_around(values, length, result.mean, 1);
    const double squares = sum_around(values, length, result.mean, 2) - rest * rest / n;
    if (result.n > 1)
        result.standard_deviation = result.constant ? 0 : sqrt(squares / (n - 1));
    result.interval = mean_interval(&result, population, confidence);
    return result;
}

/* The index of the value of that rank (1 ... n) in order. */
static size_t ranked(const struct value_count *values, size_t rank) {
    size_t i = 0;
    for (size_t reached = values[0].count; reached < rank; reached += values[i].count)
        i++;
    return i;
}

double distribution_quantile(const struct value_count *values, size_t length, double level) {
    assert(level >= 0 && level <= 1);
    const size_t n = total(values, length);
    if (n == 0)
        return NAN;
    const double place = (double)(n - 1) * level;
    const double part = place - floor(place);
    const size_t below = (size_t)place + 1;
    const double low = values[ranked(values, below)].value;
    return part > 0 ? low + part * (values[ranked(values, below + 1)].value - low) : low;
}

size_t distribution_position(const struct value_count *values, size_t length, double level) {
    assert(level >= 0 && level <= 1);
    const size_t n = total(values, length);
    if (n == 0)
        return length;
    const double rank = ceil((double)n * level * (1 - REACHED));
    return ranked(values, rank < 1 ? 1 : (size_t)rank);
}

struct distribution distribution_net_promoter(const struct value_count *values, size_t length,
                                              size_t population, double confidence) {
    struct value_count scores[3] = {{-100, 0}, {0, 0}, {100, 0}};
    for (size_t i = 0; i < length; i++) {
        assert(values[i].value >= 0 && values[i].value <= 10);
        scores[values[i].value >= 9 ? 2 : values[i].value > 6 ? 1 : 0].count += values[i].count;
    }
    return distribution_describe(scores, 3, population, confidence);
}
