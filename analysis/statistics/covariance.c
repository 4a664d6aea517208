#include "analysis/statistics/covariance.h"

#include <math.h>
#include <stdlib.h>

/* An item as its answers lie around their mean. */
struct centred {
    const double *deviations; /* of each value */
};

/* How many gave each value of the item: from a table that has it, as rows or as columns. */
static size_t *count_values(struct arena *arena, const struct covariance_item *items,
                            const struct contingency *tables, size_t count, size_t item) {
    const bool is_row = item + 1 < count;
    const struct contingency *table = &tables[is_row ? item * count + item + 1 : (item - 1) * count + item];
    if ((is_row ? table->rows : table->columns) != items[item].length)
        abort();
    size_t *counts = ARENA_NEW(arena, size_t, items[item].length);
    for (size_t i = 0; i < items[item].length; i++)
        counts[i] = is_row ? contingency_row(table, i) : contingency_column(table, i);
    return counts;
}

/* The mean is taken from the first value given, so that a constant item lies on it exactly. */
static struct centred centre(struct arena *arena, const struct covariance_item *item, const size_t *counts) {
    double origin = 0, sum = 0, n = 0;
    for (size_t i = 0; i < item->length; i++) {
        if (counts[i] == 0)
            continue;
        if (n == 0)
            origin = item->values[i];
        sum += (double)counts[i] * (item->values[i] - origin);
        n += (double)counts[i];
    }
    double *deviations = ARENA_NEW(arena, double, item->length);
    for (size_t i = 0; i < item->length; i++)
        deviations[i] = counts[i] ? item->values[i] - origin - sum / n : 0;
    return (struct centred){deviations};
}

static double sum_squares(const struct centred *item, const size_t *counts, size_t length) {
    double sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (double)counts[i] * item->deviations[i] * item->deviations[i];
    return sum;
}

static double sum_products(const struct centred *one, const struct centred *other,
                           const struct contingency *table) {
    double sum = 0;
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++)
            sum += (double)table->counts[i * table->columns + j] * one->deviations[i] * other->deviations[j];
    return sum;
}

struct covariance covariance_of(struct arena *arena, const struct covariance_item *items,
                                const struct contingency *tables, size_t count) {
    if (count < 2)
        abort();
    const size_t n = contingency_total(&tables[1]);
    const double degrees = n > 1 ? (double)n - 1 : NAN;
    struct centred *centred = ARENA_NEW(arena, struct centred, count);
    double *values = ARENA_NEW(arena, double, count *count);
    for (size_t i = 0; i < count; i++) {
        const size_t *counts = count_values(arena, items, tables, count, i);
        centred[i] = centre(arena, &items[i], counts);
        values[i * count + i] = sum_squares(&centred[i], counts, items[i].length) / degrees;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            const struct contingency *table = &tables[i * count + j];
            if (contingency_total(table) != n)
                abort();
            values[i * count + j] = values[j * count + i] =
                sum_products(&centred[i], &centred[j], table) / degrees;
        }
    return (struct covariance){n, count, values};
}

bool covariance_is_constant(const struct covariance *matrix, size_t item) {
    return matrix->values[item * matrix->count + item] == 0;
}
