#include "analysis/statistics/midranks.h"

/* In doubled ranks everything is whole: twice the midrank of t people after `before` others is
 * 2 before + t + 1, and twice the mean n + 1. */
static struct midranks of_counts(struct arena *arena, const size_t *counts, size_t length) {
    double *centred = ARENA_NEW(arena, double, length);
    struct midranks ranks = {.length = length, .counts = counts, .centred = centred};
    for (size_t i = 0; i < length; i++)
        ranks.n += counts[i];
    size_t before = 0;
    for (size_t i = 0; i < length; i++) {
        centred[i] = ((double)(2 * before + counts[i]) - (double)ranks.n) / 2;
        ranks.squares += (double)counts[i] * centred[i] * centred[i];
        before += counts[i];
    }
    return ranks;
}

/* Row by row, as the table lies in memory. */
struct midranks midranks_of_columns(struct arena *arena, const struct contingency *table) {
    size_t *counts = ARENA_NEW(arena, size_t, table->columns);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++)
            counts[j] += table->counts[i * table->columns + j];
    return of_counts(arena, counts, table->columns);
}

struct midranks midranks_of_rows(struct arena *arena, const struct contingency *table) {
    size_t *counts = ARENA_NEW(arena, size_t, table->rows);
    for (size_t i = 0; i < table->rows; i++)
        counts[i] = contingency_row(table, i);
    return of_counts(arena, counts, table->rows);
}

double midranks_sum(const struct midranks *ranks, const struct contingency *table, size_t row) {
    double sum = 0;
    for (size_t j = 0; j < ranks->length; j++)
        sum += (double)table->counts[row * table->columns + j] * ranks->centred[j];
    return sum;
}
