#include "analysis/statistics/cliff_delta.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* The signs d_ij of all pairs, summed up. Those of one person depend on their answer only. */
struct dominance {
    double first, second;   /* how many people */
    double delta;           /* the mean of d_ij */
    double untied;          /* the sum of d_ij² */
    double spread_of_first; /* the sum over people of `first` of (d_i - delta)² */
    double spread_of_second;
};

/* The sum over the people of `group` of (mean sign against `other` - mean)²; and `*untied`, how many pairs
 * are not tied. `other` has `size` people. */
static double spread(const size_t *group, const size_t *other, size_t columns, double size, double mean,
                     double *untied) {
    double below = 0, sum = 0;
    *untied = 0;
    for (size_t j = 0; j < columns; j++) {
        const double tied = (double)other[j], above = size - below - tied, people = (double)group[j];
        const double distance = (below - above) / size - mean;
        sum += people * distance * distance;
        *untied += people * (below + above);
        below += tied;
    }
    return sum;
}

static double mean_sign(const size_t *group, const size_t *other, size_t columns, double sizes[2]) {
    double below = 0, sum = 0;
    for (size_t j = 0; j < columns; j++) {
        sum += (double)group[j] * (2 * below + (double)other[j] - sizes[1]);
        below += (double)other[j];
    }
    return sum / (sizes[0] * sizes[1]);
}

static struct dominance dominance(const struct contingency *table, size_t first, size_t second) {
    const size_t *a = table->counts + first * table->columns, *b = table->counts + second * table->columns;
    double sizes[2] = {(double)contingency_row(table, first), (double)contingency_row(table, second)};
    struct dominance all = {.first = sizes[0], .second = sizes[1]};
    all.delta = mean_sign(a, b, table->columns, sizes);
    all.spread_of_first = spread(a, b, table->columns, sizes[1], all.delta, &all.untied);
    all.spread_of_second = spread(b, a, table->columns, sizes[0], -all.delta, &all.untied);
    return all;
}

static double variance(const struct dominance *all) {
    const double m = all->first, n = all->second, d = all->delta;
    const double single = all->untied - m * n * d * d;
    const double unbiased =
        (n * n * all->spread_of_first + m * m * all->spread_of_second - single) / (m * n * (m - 1) * (n - 1));
    return fmax(unbiased, (1 - d * d) / (m * n - 1));
}

struct effect cliff_delta(const struct contingency *table, size_t first, size_t second, double confidence) {
    assert(confidence > 0 && confidence < 1);
    const struct dominance all = dominance(table, first, second);
    struct effect effect = {EFFECT_CLIFF_DELTA, NAN, NAN, NAN};
    if (all.first == 0 || all.second == 0)
        return effect;
    effect.value = all.delta;
    if (all.first == 1 || all.second == 1)
        return effect;
    const double z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2), d = all.delta;
    if (fabs(d) == 1) {
        const double smaller = fmin(all.first, all.second);
        const double inner = (smaller - z * z) / (smaller + z * z);
        effect.low = d > 0 ? inner : -1;
        effect.high = d > 0 ? 1 : -inner;
        return effect;
    }
    const double within = 1 - d * d, square = z * z * variance(&all);
    const double half = sqrt(square * (within * within + square));
    effect.low = fmax(-1, (d * within - half) / (within + square));
    effect.high = fmin(1, (d * within + half) / (within + square));
    return effect;
}
