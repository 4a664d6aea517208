#include "analysis/statistics/margins.h"

#include <stdbool.h>

/* By insertion: there are few, and they are nearly in order. */
void margins_sort(size_t *sizes, size_t length) {
    for (size_t i = 1; i < length; i++) {
        const size_t size = sizes[i];
        size_t place = i;
        for (; place > 0 && sizes[place - 1] < size; place--)
            sizes[place] = sizes[place - 1];
        sizes[place] = size;
    }
}

static bool must_swap(const struct margins *margins) {
    if (margins->row_count != margins->column_count)
        return margins->row_count > margins->column_count;
    for (size_t i = 0; i < margins->row_count; i++)
        if (margins->rows[i] != margins->columns[i])
            return margins->rows[i] < margins->columns[i];
    return false;
}

struct margins margins_of(struct arena *arena, const struct contingency *table) {
    size_t *rows = ARENA_NEW(arena, size_t, table->rows);
    size_t *columns = ARENA_NEW(arena, size_t, table->columns);
    for (size_t i = 0; i < table->rows; i++)
        rows[i] = contingency_row(table, i);
    for (size_t j = 0; j < table->columns; j++)
        columns[j] = contingency_column(table, j);
    margins_sort(rows, table->rows);
    margins_sort(columns, table->columns);
    const size_t n = contingency_total(table);
    const struct margins margins = {table->rows, table->columns, n, rows, columns};
    if (must_swap(&margins))
        return (struct margins){table->columns, table->rows, n, columns, rows};
    return margins;
}
