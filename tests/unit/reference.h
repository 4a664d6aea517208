/* Reads the tables of tests/reference, which R wrote: a header, then lines of numbers. Any failure ends the
 * test with the file and the line. Tests are run from the root of the tree.
 *
 *     struct reference table = reference_open("tests/reference/x.csv");
 *     while (reference_next(&table))
 *         reference_agrees(&table, 2, f(reference_number(&table, 0), reference_number(&table, 1)), 1e-9,
 * "f"); assert_true(reference_close(&table) >= 30); */
#ifndef TESTS_UNIT_REFERENCE_H
#define TESTS_UNIT_REFERENCE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct reference {
    const char *path;
    FILE *file;
    size_t line;     /* in the file, from 1; the header is line 1 */
    double *numbers; /* of that line; NA, NaN and an empty cell are NaN */
    size_t count;
    size_t capacity;
};

/* Opens a table and skips its header. `path` must outlive it. */
static inline struct reference reference_open(const char *path) {
    struct reference table = {.path = path, .file = fopen(path, "r"), .line = 1};
    if (!table.file)
        fail_msg("%s cannot be read: tests are run from the root of the tree", path);
    for (int byte = fgetc(table.file); byte != '\n' && byte != EOF;)
        byte = fgetc(table.file);
    return table;
}

/* One cell, which ends at `rest`: a number as strtod reads it, NA, or nothing. */
static inline double reference_cell(const struct reference *table, const char *cell, char **rest) {
    const size_t length = strcspn(cell, ",\n");
    double number = NAN;
    *rest = (char *)(uintptr_t)(cell + length);
    if (length > 0 && !(length == 2 && memcmp(cell, "NA", 2) == 0)) {
        char *end = NULL;
        number = strtod(cell, &end);
        if (end != *rest)
            fail_msg("%s:%zu: column %zu is no number: %.*s", table->path, table->line, table->count + 1,
                     (int)length, cell);
    }
    return number;
}

/* Reads the next line, which may be longer or shorter than others; false at the end of the file. */
static inline bool reference_next(struct reference *table) {
    char *line = NULL, *rest = NULL;
    size_t size = 0;
    table->count = 0;
    if (getline(&line, &size, table->file) < 0) {
        free(line);
        return false;
    }
    table->line++;
    for (rest = line;; rest++) {
        if (table->count == table->capacity) {
            table->capacity = table->capacity * 2 + 16;
            table->numbers = realloc(table->numbers, table->capacity * sizeof *table->numbers);
            assert_non_null(table->numbers);
        }
        table->numbers[table->count] = reference_cell(table, rest, &rest);
        table->count++;
        if (*rest != ',')
            break;
    }
    free(line);
    return true;
}

/* The number in a column of this line, from 0. */
static inline double reference_number(const struct reference *table, size_t column) {
    if (column >= table->count)
        fail_msg("%s:%zu: %zu columns, none %zu", table->path, table->line, table->count, column + 1);
    return table->numbers[column];
}

/* The same, of a column that holds counts. */
static inline size_t reference_whole(const struct reference *table, size_t column) {
    const double number = reference_number(table, column);
    if (!(number >= 0 && number == floor(number) && number < 9e15))
        fail_msg("%s:%zu: column %zu is no count: %.17g", table->path, table->line, column + 1, number);
    return (size_t)number;
}

/* Whether `value` is what the column has, up to `relative` of it and `absolute`. NaN agrees with NaN only, an
 * infinity with itself. */
static inline void reference_near(const struct reference *table, size_t column, double value, double relative,
                                  double absolute, const char *what) {
    const double expected = reference_number(table, column);
    const bool same = value == expected || (isnan(value) && isnan(expected));
    if (!same && !(fabs(value - expected) <= relative * fabs(expected) + absolute && isfinite(expected)))
        fail_msg("%s:%zu: %s: %.17g, but R has %.17g", table->path, table->line, what, value, expected);
}

/* The same up to `relative` of what the column has: a 0 must be met exactly. */
static inline void reference_agrees(const struct reference *table, size_t column, double value,
                                    double relative, const char *what) {
    reference_near(table, column, value, relative, 0, what);
}

/* Closes the table. Returns how many lines were read. */
static inline size_t reference_close(struct reference *table) {
    const size_t lines = table->line - 1;
    fclose(table->file);
    free(table->numbers);
    *table = (struct reference){.path = NULL};
    return lines;
}

#endif
