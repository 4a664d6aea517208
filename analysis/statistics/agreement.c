#include "analysis/statistics/agreement.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* A variance that rounding alone leaves of shares. */
static const double NOTHING = 1e-14;

static struct agreement refuse(enum agreement_reason reason, size_t n) {
    return (struct agreement){reason, n, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* --- Cohen's kappa --- */

/* A table of two coders as shares. */
struct shares {
    const struct contingency *table;
    double n;
};

static double cell(const struct shares *shares, size_t first, size_t second) {
    return (double)shares->table->counts[first * shares->table->columns + second] / shares->n;
}

static double by_first(const struct shares *shares, size_t category) {
    return (double)contingency_row(shares->table, category) / shares->n;
}

static double by_second(const struct shares *shares, size_t category) {
    return (double)contingency_column(shares->table, category) / shares->n;
}

static double variance_of_kappa(const struct shares *shares, double kappa, double expected) {
    const double unlike = 1 - kappa;
    double agreeing = 0, differing = 0;
    for (size_t i = 0; i < shares->table->rows; i++)
        for (size_t j = 0; j < shares->table->rows; j++) {
            const double margins = by_second(shares, i) + by_first(shares, j);
            if (i == j)
                agreeing += cell(shares, i, i) * pow(1 - margins * unlike, 2);
            else
                differing += cell(shares, i, j) * pow(margins * unlike, 2);
        }
    const double square = agreeing + differing - pow(kappa - expected * unlike, 2);
    return square > NOTHING ? square / (shares->n * pow(1 - expected, 2)) : 0;
}

/* Whether both coders used one category only, and the same. */
static bool is_one_category(const struct contingency *table, size_t n) {
    for (size_t i = 0; i < table->rows; i++)
        if (table->counts[i * table->columns + i] == n)
            return true;
    return false;
}

struct agreement agreement_kappa(const struct contingency *table, double confidence) {
    if (table->rows != table->columns)
        abort();
    const size_t n = contingency_total(table);
    if (n == 0)
        return refuse(AGREEMENT_NOTHING_CODED, 0);
    if (is_one_category(table, n))
        return refuse(AGREEMENT_ONE_CATEGORY, n);
    const struct shares shares = {table, (double)n};
    struct agreement result = refuse(AGREEMENT_DEFINED, n);
    result.observed = result.expected = 0;
    for (size_t i = 0; i < table->rows; i++) {
        result.observed += cell(&shares, i, i);
        result.expected += by_first(&shares, i) * by_second(&shares, i);
    }
    result.value = (result.observed - result.expected) / (1 - result.expected);
    result.standard_error = sqrt(variance_of_kappa(&shares, result.value, result.expected));
    if (result.standard_error > 0) {
        const double reach = gsl_cdf_ugaussian_Pinv((1 + confidence) / 2) * result.standard_error;
        result.low = fmax(-1, result.value - reach);
        result.high = fmin(1, result.value + reach);
    }
    return result;
}

/* --- Krippendorff's alpha --- */

static double repeats_of(const size_t *repeats, size_t row) {
    return repeats ? (double)repeats[row] : 1;
}

/* How often a category stands in a pair of codings of the same answer, each answer counting as often as it
 * was coded; and how often beside itself, and beside any. */
struct pairing {
    double alike, all;
};

static struct pairing pair_category(const struct contingency *codings, const size_t *repeats,
                                    size_t category) {
    struct pairing pairing = {0};
    for (size_t i = 0; i < codings->rows; i++) {
        const double coders = (double)contingency_row(codings, i);
        const double count = (double)codings->counts[i * codings->columns + category];
        if (coders < 2)
            continue;
        pairing.alike += repeats_of(repeats, i) * count * (count - 1) / (coders - 1);
        pairing.all += repeats_of(repeats, i) * count;
    }
    return pairing;
}

static size_t count_paired(const struct contingency *codings, const size_t *repeats) {
    size_t n = 0;
    for (size_t i = 0; i < codings->rows; i++)
        if (contingency_row(codings, i) > 1)
            n += repeats ? repeats[i] : 1;
    return n;
}

struct agreement agreement_krippendorff(const struct contingency *codings, const size_t *repeats) {
    const size_t n = count_paired(codings, repeats);
    if (n == 0)
        return refuse(AGREEMENT_NOTHING_CODED, 0);
    double alike = 0, all = 0, by_chance = 0;
    for (size_t i = 0; i < codings->columns; i++) {
        const struct pairing pairing = pair_category(codings, repeats, i);
        alike += pairing.alike;
        all += pairing.all;
        by_chance += pairing.all * (pairing.all - 1);
    }
    if (by_chance == all * (all - 1))
        return refuse(AGREEMENT_ONE_CATEGORY, n);
    struct agreement result = refuse(AGREEMENT_DEFINED, n);
    result.observed = alike / all;
    result.expected = by_chance / (all * (all - 1));
    result.value = (result.observed - result.expected) / (1 - result.expected);
    return result;
}
