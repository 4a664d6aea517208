#include "analysis/statistics/contingency.h"

size_t contingency_row(const struct contingency *table, size_t row) {
    size_t sum = 0;
    for (size_t i = 0; i < table->columns; i++)
        sum += table->counts[row * table->columns + i];
    return sum;
}

size_t contingency_column(const struct contingency *table, size_t column) {
    size_t sum = 0;
    for (size_t i = 0; i < table->rows; i++)
        sum += table->counts[i * table->columns + column];
    return sum;
}

size_t contingency_total(const struct contingency *table) {
    size_t sum = 0;
    for (size_t i = 0; i < table->rows * table->columns; i++)
        sum += table->counts[i];
    return sum;
}

struct contingency contingency_compact(struct arena *arena, const struct contingency *table) {
    size_t *counts = ARENA_NEW(arena, size_t, table->rows * table->columns + 1);
    size_t *columns = ARENA_NEW(arena, size_t, table->columns + 1);
    struct contingency compact = {.counts = counts};
    for (size_t i = 0; i < table->columns; i++)
        if (contingency_column(table, i) > 0)
            columns[compact.columns++] = i;
    for (size_t i = 0; i < table->rows; i++) {
        if (contingency_row(table, i) == 0)
            continue;
        for (size_t j = 0; j < compact.columns; j++)
            counts[compact.rows * compact.columns + j] = table->counts[i * table->columns + columns[j]];
        compact.rows++;
    }
    return compact;
}
