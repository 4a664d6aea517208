/* Tables of counts for the tests of statistics: drawn from a seed, changed, and read from tests/reference. */
#ifndef TESTS_UNIT_TABLES_H
#define TESTS_UNIT_TABLES_H

#include "analysis/statistics/contingency.h"
#include "model/base/arena.h"
#include "tests/unit/reference.h"

/* The next of a row of numbers that a seed determines: uniform below `limit` (splitmix64). */
static inline size_t tables_draw(uint64_t *seed, size_t limit) {
    uint64_t bits = *seed += UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (size_t)((bits ^ (bits >> 31)) % limit);
}

/* From 0 to 1. */
static inline double tables_draw_share(uint64_t *seed) {
    return (double)tables_draw(seed, 1000001) / 1000000;
}

/* A table whose counts are below `limit`, with some rows and columns that are scarce or empty. */
static inline struct contingency tables_random(struct arena *arena, uint64_t *seed, size_t rows,
                                               size_t columns, size_t limit) {
    size_t *counts = ARENA_NEW(arena, size_t, rows * columns);
    for (size_t i = 0; i < rows; i++) {
        const size_t most = tables_draw(seed, 4) == 0 ? 2 : limit;
        for (size_t j = 0; j < columns; j++)
            counts[i * columns + j] = tables_draw(seed, most);
    }
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < rows && (j * 7 + limit) % 5 == 0; i++)
            counts[i * columns + j] /= 4;
    return (struct contingency){rows, columns, counts};
}

/* The table whose row i is row rows[i] of `table`, and column j its column columns[j]; NULL: as they are. */
static inline struct contingency tables_permuted(struct arena *arena, const struct contingency *table,
                                                 const size_t *rows, const size_t *columns) {
    size_t *counts = ARENA_NEW(arena, size_t, table->rows * table->columns);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++)
            counts[i * table->columns + j] =
                table->counts[(rows ? rows[i] : i) * table->columns + (columns ? columns[j] : j)];
    return (struct contingency){table->rows, table->columns, counts};
}

/* 0 … length - 1 in a random order, and in reverse. */
static inline size_t *tables_order(struct arena *arena, uint64_t *seed, size_t length) {
    size_t *order = ARENA_NEW(arena, size_t, length);
    for (size_t i = 0; i < length; i++) {
        const size_t place = tables_draw(seed, i + 1);
        order[i] = order[place];
        order[place] = i;
    }
    return order;
}

static inline size_t *tables_reverse(struct arena *arena, size_t length) {
    size_t *order = ARENA_NEW(arena, size_t, length);
    for (size_t i = 0; i < length; i++)
        order[i] = length - 1 - i;
    return order;
}

/* The same table with an empty row and an empty column, first, last or between. */
static inline struct contingency tables_widened(struct arena *arena, const struct contingency *table,
                                                size_t row, size_t column) {
    const size_t columns = table->columns + 1;
    size_t *counts = ARENA_NEW(arena, size_t, (table->rows + 1) * columns);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++)
            counts[(i + (i >= row)) * columns + j + (j >= column)] = table->counts[i * table->columns + j];
    return (struct contingency){table->rows + 1, columns, counts};
}

/* Rows and columns swapped. */
static inline struct contingency tables_transposed(struct arena *arena, const struct contingency *table) {
    size_t *counts = ARENA_NEW(arena, size_t, table->rows * table->columns);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++)
            counts[j * table->rows + i] = table->counts[i * table->columns + j];
    return (struct contingency){table->columns, table->rows, counts};
}

/* The table in a line of a reference, from a column on, row after row. */
static inline struct contingency tables_read(struct arena *arena, const struct reference *reference,
                                             size_t first, size_t rows, size_t columns) {
    size_t *counts = ARENA_NEW(arena, size_t, rows * columns);
    for (size_t i = 0; i < rows * columns; i++)
        counts[i] = reference_whole(reference, first + i);
    return (struct contingency){rows, columns, counts};
}

#endif
