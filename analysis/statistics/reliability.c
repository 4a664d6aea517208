#include "analysis/statistics/reliability.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* What is left of sums that cancel each other. */
static const double NOTHING = 1e-12;

/* --- Quantiles of F --- */

/* With so many degrees of freedom the continued fraction of GSL's distribution no longer ends, while
 * Paulson's normal approximation (1942, Annals of Mathematical Statistics 13, 233-235) is right to 1e-9. */
static const double MANY_DEGREES = 1e6;

/* The probability of an F above `f`, or below it. */
static double tail_of(double f, double first, double second, bool upper) {
    if (first < MANY_DEGREES)
        return upper ? gsl_cdf_fdist_Q(f, first, second) : gsl_cdf_fdist_P(f, first, second);
    const double a = 2 / (9 * first), b = 2 / (9 * second), root = cbrt(f);
    const double z = ((1 - b) * root - (1 - a)) / sqrt(b * root * root + a);
    return upper ? gsl_cdf_ugaussian_Q(z) : gsl_cdf_ugaussian_P(z);
}

/* The F that `tail` < 1/2 of the distribution lies above, or below: by halves, on a logarithmic scale. GSL's
 * own quantiles may never come to an end with a thousand degrees of freedom. */
static double quantile(double tail, double first, double second, bool upper) {
    const double outwards = upper ? 1 : -1;
    double inner = 0, outer = outwards;
    while (tail_of(exp(outer), first, second, upper) > tail && fabs(outer) < 600)
        outer *= 2;
    while (tail_of(exp(inner), first, second, upper) < tail && fabs(inner) < 600)
        inner = inner == 0 ? -outwards : 2 * inner;
    for (double middle; (middle = (inner + outer) / 2) != inner && middle != outer;)
        *(tail_of(exp(middle), first, second, upper) > tail ? &inner : &outer) = middle;
    return exp(outer);
}

/* --- Alpha --- */

/* Some items of a matrix, summed up. */
struct sums {
    double items;
    double variances; /* of the items */
    double total;     /* variance of the sum of the items */
    double scale;     /* what that adds up to without signs */
};

static double alpha_of(const struct sums *sums) {
    if (sums->items < 2 || sums->total <= NOTHING * sums->scale)
        return NAN;
    return sums->items / (sums->items - 1) * (1 - sums->variances / sums->total);
}

/* All items but `without`; constant ones are 0. */
static struct sums sum_up(const struct covariance *matrix, size_t without) {
    struct sums sums = {0};
    for (size_t i = 0; i < matrix->count; i++) {
        if (i == without || covariance_is_constant(matrix, i))
            continue;
        sums.items++;
        for (size_t j = 0; j < matrix->count; j++) {
            const double value = j == without ? 0 : matrix->values[i * matrix->count + j];
            sums.variances += i == j ? value : 0;
            sums.total += value;
            sums.scale += fabs(value);
        }
    }
    return sums;
}

static struct reliability_item describe_item(const struct covariance *matrix, size_t item) {
    struct reliability_item result = {.alpha_if_dropped = NAN, .item_total = NAN};
    result.constant = matrix->n > 1 && covariance_is_constant(matrix, item);
    if (matrix->n < 2 || result.constant)
        return result;
    const struct sums others = sum_up(matrix, item);
    result.alpha_if_dropped = alpha_of(&others);
    double with_others = 0;
    for (size_t i = 0; i < matrix->count; i++)
        with_others += i == item ? 0 : matrix->values[item * matrix->count + i];
    if (others.items > 0 && others.total > NOTHING * others.scale)
        result.item_total =
            fmax(-1, fmin(1, with_others / sqrt(matrix->values[item * matrix->count + item] * others.total)));
    return result;
}

static double average_correlation(const struct covariance *matrix) {
    double sum = 0, pairs = 0;
    for (size_t i = 0; i < matrix->count; i++)
        for (size_t j = i + 1; j < matrix->count; j++) {
            if (covariance_is_constant(matrix, i) || covariance_is_constant(matrix, j))
                continue;
            const double *values = matrix->values;
            const size_t count = matrix->count;
            sum += values[i * count + j] / sqrt(values[i * count + i] * values[j * count + j]);
            pairs++;
        }
    return pairs > 0 ? sum / pairs : NAN;
}

static void set_alpha(struct reliability *result, const struct sums *sums, double confidence) {
    const double first = (double)result->n - 1, second = first * (sums->items - 1);
    const double tail = (1 - confidence) / 2;
    result->alpha = alpha_of(sums);
    if (isnan(result->alpha)) {
        result->reason = RELIABILITY_CONSTANT_SUM;
        return;
    }
    result->low = 1 - (1 - result->alpha) * quantile(tail, first, second, true);
    result->high = 1 - (1 - result->alpha) * quantile(tail, first, second, false);
}

struct reliability reliability_of(struct arena *arena, const struct covariance *matrix, double confidence) {
    struct reliability result = {
        .n = matrix->n, .alpha = NAN, .low = NAN, .high = NAN, .average_correlation = NAN};
    struct reliability_item *items = ARENA_NEW(arena, struct reliability_item, matrix->count);
    for (size_t i = 0; i < matrix->count; i++)
        items[i] = describe_item(matrix, i);
    result.items = items;
    if (matrix->n < 2) {
        result.reason = RELIABILITY_TOO_FEW_PEOPLE;
        return result;
    }
    const struct sums sums = sum_up(matrix, matrix->count);
    result.varying = (size_t)sums.items;
    result.average_correlation = average_correlation(matrix);
    if (result.varying < 2)
        result.reason = RELIABILITY_TOO_FEW_ITEMS;
    else
        set_alpha(&result, &sums, confidence);
    return result;
}
