/* Goal: rates, means and quantiles agree with R's, of which tests/reference keeps the values. Run from the
 * root of the tree. */
#include "analysis/statistics/distribution.h"
#include "analysis/statistics/proportion.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const double AGREEMENT = 1e-9;

enum { MOST_VALUES = 2000 };

/* Opens a table and skips its header. */
static FILE *open_table(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s cannot be read: tests are run from the root of the tree", path);
    for (int byte = fgetc(file); byte != '\n' && byte != EOF;)
        byte = fgetc(file);
    return file;
}

/* Reads a line of exactly `count` numbers; false at the end of the file. */
static bool read_numbers(FILE *file, double *numbers, size_t count) {
    char line[4096];
    if (!fgets(line, sizeof line, file))
        return false;
    char *rest = line;
    for (size_t i = 0; i < count; i++) {
        char *end = rest;
        numbers[i] = strtod(rest, &end);
        if (end == rest || *end != (i + 1 < count ? ',' : '\n'))
            fail_msg("column %zu is no number: %s", i + 1, line);
        rest = end + 1;
    }
    return true;
}

static void assert_agrees(double value, double expected, const char *what, const double *row) {
    if (!(fabs(value - expected) <= AGREEMENT * fabs(expected)))
        fail_msg("%s of row %g,%g,%g,%g: %.17g, but R has %.17g", what, row[0], row[1], row[2], row[3], value,
                 expected);
}

static void rates_agree(void **state) {
    (void)state;
    FILE *file = open_table("tests/reference/proportions.csv");
    double row[10];
    size_t rows = 0;
    for (; read_numbers(file, row, 10); rows++) {
        const long x = (long)row[0], n = (long)row[1], population = (long)row[2];
        const struct interval exact = proportion_interval(INTERVAL_EXACT, x, n, population, row[3]);
        const struct interval finite = proportion_interval(INTERVAL_WILSON, x, n, population, row[3]);
        const struct interval plain = proportion_interval(INTERVAL_WILSON, x, n, 0, row[3]);
        assert_agrees(exact.low, row[4], "exact low", row);
        assert_agrees(exact.high, row[5], "exact high", row);
        assert_agrees(finite.low, row[6], "corrected Wilson low", row);
        assert_agrees(finite.high, row[7], "corrected Wilson high", row);
        assert_agrees(plain.low, row[8], "Wilson low", row);
        assert_agrees(plain.high, row[9], "Wilson high", row);
        assert_true(round(exact.low * row[2]) / row[2] == exact.low); /* whole people */
    }
    fclose(file);
    assert_true(rows >= 500);
}

struct dataset {
    struct value_count values[MOST_VALUES];
    size_t length;
};

/* The next dataset; `row` holds the first line of it, and then of the one after it (or dataset 0). */
static void read_dataset(FILE *file, double *row, struct dataset *dataset) {
    const double number = row[0];
    dataset->length = 0;
    while (row[0] == number) {
        assert_true(dataset->length < MOST_VALUES);
        dataset->values[dataset->length++] = (struct value_count){row[1], (size_t)row[2]};
        if (!read_numbers(file, row, 3))
            row[0] = 0;
    }
}

static void assert_distribution_agrees(const struct dataset *dataset, const double *row) {
    static const double levels[] = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};
    const struct distribution all =
        distribution_describe(dataset->values, dataset->length, (size_t)row[2], row[3]);
    assert_int_equal(all.n, (size_t)row[1]);
    assert_agrees(all.mean, row[4], "mean", row);
    assert_agrees(all.interval.low, row[5], "low", row);
    assert_agrees(all.interval.high, row[6], "high", row);
    assert_agrees(all.standard_deviation, row[7], "standard deviation", row);
    assert_agrees(all.minimum, row[8], "minimum", row);
    assert_agrees(all.maximum, row[14], "maximum", row);
    for (size_t i = 0; i < 7; i++) {
        assert_agrees(distribution_quantile(dataset->values, dataset->length, levels[i]), row[8 + i],
                      "quantile of type 7", row);
        const size_t position = distribution_position(dataset->values, dataset->length, levels[i]);
        assert_true(position < dataset->length);
        assert_agrees(dataset->values[position].value, row[15 + i], "quantile of type 1", row);
    }
}

static void distributions_agree(void **state) {
    (void)state;
    FILE *values = open_table("tests/reference/datasets.csv");
    FILE *figures = open_table("tests/reference/distributions.csv");
    static struct dataset dataset;
    double value[3], row[22];
    size_t rows = 0;
    assert_true(read_numbers(values, value, 3));
    for (; read_numbers(figures, row, 22); rows++) {
        assert_true(value[0] == row[0]);
        read_dataset(values, value, &dataset);
        assert_distribution_agrees(&dataset, row);
    }
    assert_true(value[0] == 0);
    fclose(values);
    fclose(figures);
    assert_true(rows >= 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_agree),
        cmocka_unit_test(distributions_agree),
    };
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
