#include "analysis/statistics/association.h"

#include "analysis/statistics/exact_table.h"
#include "analysis/statistics/random_tables.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const struct association_options DEFAULTS = {ASSOCIATION_STEPS, ASSOCIATION_DRAWS, ASSOCIATION_SEED};

static const double LEAST_EXPECTED = 5;

/* With counts as large as this Pearson's test says nearly the same as the exact one, which a twentieth of the
 * steps has to do for: a report of thirty such tables would take half a minute otherwise. */
static const double AMPLE_EXPECTED = 30, AMPLE_SHARE = 0.05;

static double chi_squared(const struct contingency *table) {
    const double n = (double)contingency_total(table);
    double sum = 0;
    for (size_t i = 0; i < table->rows; i++) {
        const double row = (double)contingency_row(table, i);
        for (size_t j = 0; j < table->columns; j++) {
            const double expected = row * (double)contingency_column(table, j) / n;
            const double distance = (double)table->counts[i * table->columns + j] - expected;
            sum += distance * distance / expected;
        }
    }
    return sum;
}

struct hypothesis_test association_chi_squared(const struct contingency *table) {
    struct hypothesis_test test = hypothesis_test_of(TEST_CHI_SQUARED, contingency_total(table));
    test.statistic = chi_squared(table);
    test.degrees[0] = (double)((table->rows - 1) * (table->columns - 1));
    test.p = gsl_cdf_chisq_Q(test.statistic, test.degrees[0]);
    return test;
}

double association_cramer(double squared, size_t n, size_t rows, size_t columns) {
    const double rest = (double)n - 1, row = (double)rows - 1, column = (double)columns - 1;
    const double unbiased = squared - row * column / rest;
    const double most = fmin(row - row * row / rest, column - column * column / rest);
    return most > 0 ? sqrt(fmin(1, fmax(0, unbiased) / most)) : NAN;
}

static double least_expected(const struct contingency *table) {
    const size_t n = contingency_total(table);
    size_t row = n, column = n;
    for (size_t i = 0; i < table->rows; i++)
        row = contingency_row(table, i) < row ? contingency_row(table, i) : row;
    for (size_t j = 0; j < table->columns; j++)
        column = contingency_column(table, j) < column ? contingency_column(table, j) : column;
    return (double)row * (double)column / (double)n;
}

static struct hypothesis_test draw_tables(const struct contingency *table,
                                          const struct association_options *options) {
    struct hypothesis_test test = hypothesis_test_of(TEST_MONTE_CARLO, contingency_total(table));
    test.p = random_tables_probability(table, options->draws, options->seed);
    test.draws = options->draws;
    test.seed = options->seed;
    test.standard_error = sqrt(test.p * (1 - test.p) / (double)options->draws);
    return test;
}

static struct hypothesis_test test_that_fits(const struct contingency *table,
                                             const struct association_options *options) {
    struct hypothesis_test test = hypothesis_test_of(TEST_FISHER, contingency_total(table));
    const double expected = least_expected(table);
    test.p = exact_table_probability(table, options->steps * (expected >= AMPLE_EXPECTED ? AMPLE_SHARE : 1));
    if (!isnan(test.p))
        return test;
    if (expected >= LEAST_EXPECTED)
        return association_chi_squared(table);
    return draw_tables(table, options);
}

struct hypothesis_test association_test(struct arena *arena, const struct contingency *table,
                                        const struct association_options *options) {
    const struct contingency compact = contingency_compact(arena, table);
    if (compact.rows < 2)
        return hypothesis_test_refused(TEST_TOO_FEW);
    if (compact.columns < 2)
        return hypothesis_test_refused(TEST_CONSTANT);
    struct hypothesis_test test = test_that_fits(&compact, options ? options : &DEFAULTS);
    test.effect.kind = EFFECT_CRAMER_V;
    test.effect.value =
        association_cramer(chi_squared(&compact) / (double)test.n, test.n, compact.rows, compact.columns);
    return test;
}
