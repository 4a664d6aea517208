#include "analysis/statistics/rao_scott.h"

#include "analysis/statistics/association.h"
#include "analysis/statistics/contingency.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* The same counts without rows and columns that are empty in all cells; `weights` of each place of the
 * table, row after row, sum to 1. */
struct places {
    struct arena *arena;
    const struct weighting *weighting;
    size_t rows, columns, count; /* count = rows · columns */
    const size_t *counts;        /* counts[cell * count + place] */
    size_t n;
    double people; /* whom the respondents in the table stand for */
    double *shares;
};

/* --- The table --- */

static size_t sum_over_cells(const struct weighting *weighting, const struct rao_scott_table *table,
                             size_t row, size_t column) {
    size_t sum = 0;
    for (size_t i = 0; i < weighting->cell_count; i++)
        sum += table->counts[(i * table->rows + row) * table->columns + column];
    return sum;
}

/* Which rows, or columns, are not empty, into `kept`; how many. */
static size_t keep(const struct contingency *whole, bool by_row, size_t *kept) {
    size_t count = 0;
    for (size_t i = 0; i < (by_row ? whole->rows : whole->columns); i++)
        if ((by_row ? contingency_row(whole, i) : contingency_column(whole, i)) > 0)
            kept[count++] = i;
    return count;
}

static void compact(struct places *places, const struct rao_scott_table *table) {
    const size_t rows = table->rows, columns = table->columns;
    size_t *sums = ARENA_NEW(places->arena, size_t, rows * columns);
    size_t *kept_rows = ARENA_NEW(places->arena, size_t, rows);
    size_t *kept_columns = ARENA_NEW(places->arena, size_t, columns);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            sums[i * columns + j] = sum_over_cells(places->weighting, table, i, j);
    const struct contingency whole = {rows, columns, sums};
    places->n = contingency_total(&whole);
    places->rows = keep(&whole, true, kept_rows);
    places->columns = keep(&whole, false, kept_columns);
    places->count = places->rows * places->columns;
    size_t *counts = ARENA_NEW(places->arena, size_t, places->weighting->cell_count * places->count);
    for (size_t i = 0; i < places->weighting->cell_count; i++)
        for (size_t j = 0; j < places->count; j++)
            counts[i * places->count + j] =
                table->counts[(i * rows + kept_rows[j / places->columns]) * columns +
                              kept_columns[j % places->columns]];
    places->counts = counts;
}

static void weigh(struct places *places) {
    places->shares = ARENA_NEW(places->arena, double, places->count);
    for (size_t i = 0; i < places->weighting->cell_count; i++)
        for (size_t j = 0; j < places->count; j++) {
            const double people =
                places->weighting->weights[i] * (double)places->counts[i * places->count + j];
            places->shares[j] += people;
            places->people += people;
        }
    for (size_t i = 0; i < places->count; i++)
        places->shares[i] /= places->people;
}

/* Pearson's chi-squared of the weighted table, divided by its total. */
static double squared_contingency(const struct places *places) {
    double *rows = ARENA_NEW(places->arena, double, places->rows);
    double *columns = ARENA_NEW(places->arena, double, places->columns);
    double sum = 0;
    for (size_t i = 0; i < places->count; i++) {
        rows[i / places->columns] += places->shares[i];
        columns[i % places->columns] += places->shares[i];
    }
    for (size_t i = 0; i < places->count; i++) {
        const double expected = rows[i / places->columns] * columns[i % places->columns];
        const double off = places->shares[i] - expected;
        sum += off * off / expected;
    }
    return sum;
}

/* --- Its covariances --- */

/* Number `at` of the i-th of Helmert's contrasts: it sets i + 1 against those before it, and sums to 0. */
static double contrast(size_t i, size_t at) {
    return at <= i ? 1 : at == i + 1 ? -(double)(i + 1) : 0;
}

/* Rao and Scott's matrix of generalised design effects is (C'D⁻¹C)⁻¹ C'D⁻¹VD⁻¹C, times n: V the covariances
 * of the shares, D their diagonal, C the interactions, that is, whatever sums to 0 in every row and column.
 * With D^(-1/2)C = QR its trace and that of its square are those of Q'D^(-1/2)VD^(-1/2)Q: covariances of the
 * weighted means of the columns of D^(-1/2)Q. NULL if the columns of D^(-1/2)C, for places that nobody is in,
 * are not independent. */
static double *interactions(const struct places *places, size_t count) {
    double *columns = ARENA_NEW(places->arena, double, count * places->count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < places->count; j++)
            if (places->shares[j] > 0)
                columns[i * places->count + j] = contrast(i / (places->columns - 1), j / places->columns) *
                                                 contrast(i % (places->columns - 1), j % places->columns) /
                                                 sqrt(places->shares[j]);
    const struct projection *space = projection_create(places->arena, columns, count, places->count);
    if (space->rank < count)
        return NULL;
    for (size_t i = 0; i < count * places->count; i++)
        if (places->shares[i % places->count] > 0)
            columns[i] /= sqrt(places->shares[i % places->count]);
    return columns;
}

/* The linearised variables z = (y - its mean) / people, in the place of y. */
static void linearise(const struct places *places, double *variables, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double *variable = variables + i * places->count, mean = 0;
        for (size_t j = 0; j < places->count; j++)
            mean += places->shares[j] * variable[j];
        for (size_t j = 0; j < places->count; j++)
            variable[j] = (variable[j] - mean) / places->people;
    }
}

/* What weighting_residuals takes off each variable in each cell, weighted: off[cell * count + variable]. */
static double *taken_off(const struct places *places, const double *variables, size_t count) {
    const struct weighting *weighting = places->weighting;
    double *off = ARENA_NEW(places->arena, double, weighting->cell_count *count);
    double *sums = ARENA_NEW(places->arena, double, weighting->cell_count);
    double *fitted = ARENA_NEW(places->arena, double, weighting->cell_count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < weighting->cell_count; j++) {
            sums[j] = 0;
            for (size_t k = 0; k < places->count; k++)
                sums[j] += (double)places->counts[j * places->count + k] * variables[i * places->count + k];
        }
        const double centre = weighting_residuals(weighting, sums, fitted);
        for (size_t j = 0; j < weighting->cell_count; j++)
            off[j * count + i] = weighting->weights[j] * fitted[j] + centre;
    }
    return off;
}

/* matrix += factor · vector · vector', its upper triangle. */
static void add_square(double *matrix, const double *vector, double factor, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = i; j < count; j++)
            matrix[i * count + j] += factor * vector[i] * vector[j];
}

static double *covariances(const struct places *places, const double *variables, size_t count) {
    const struct weighting *weighting = places->weighting;
    const double *off = taken_off(places, variables, count);
    double *matrix = ARENA_NEW(places->arena, double, count *count);
    double *residuals = ARENA_NEW(places->arena, double, count);
    for (size_t i = 0; i < weighting->cell_count; i++) {
        size_t others = weighting->cell_responses[i];
        for (size_t j = 0; j < places->count; j++) {
            const size_t here = places->counts[i * places->count + j];
            if (here == 0)
                continue;
            others -= here;
            for (size_t k = 0; k < count; k++)
                residuals[k] = weighting->weights[i] * variables[k * places->count + j] - off[i * count + k];
            add_square(matrix, residuals, weighting->uncorrected[i] * (double)here, count);
        }
        add_square(matrix, off + i * count, weighting->uncorrected[i] * (double)others, count);
    }
    return matrix;
}

/* --- The test --- */

static bool is_census(const struct weighting *weighting) {
    for (size_t i = 0; i < weighting->cell_count; i++)
        if (weighting->corrections[i] > 0 && weighting->cell_responses[i] > 0)
            return false;
    return true;
}

static struct hypothesis_test test_places(struct places *places) {
    const size_t count = (places->rows - 1) * (places->columns - 1);
    const double squared = squared_contingency(places);
    double *variables =
        count <= RAO_SCOTT_MOST && places->weighting->degrees > 0 ? interactions(places, count) : NULL;
    if (!variables)
        return hypothesis_test_refused(TEST_FAILED);
    linearise(places, variables, count);
    const double *matrix = covariances(places, variables, count);
    double trace = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        trace += matrix[i * count + i];
        squares += matrix[i * count + i] * matrix[i * count + i];
        for (size_t j = i + 1; j < count; j++)
            squares += 2 * matrix[i * count + j] * matrix[i * count + j];
    }
    /* Without weights the trace would be count / n. */
    if (!(trace * (double)places->n > 1e-20 * (double)count))
        return hypothesis_test_refused(TEST_FAILED);
    struct hypothesis_test test = hypothesis_test_of(TEST_RAO_SCOTT, places->n);
    test.statistic = squared / trace;
    test.degrees[0] = trace / squares * trace;
    test.degrees[1] = test.degrees[0] * places->weighting->degrees;
    test.p = gsl_cdf_fdist_Q(test.statistic, test.degrees[0], test.degrees[1]);
    test.effect = (struct effect){
        EFFECT_CRAMER_V, association_cramer(squared, places->n, places->rows, places->columns), NAN, NAN};
    return test;
}

struct hypothesis_test rao_scott_test(const struct weighting *weighting,
                                      const struct rao_scott_table *table) {
    struct arena *arena = arena_create();
    struct places places = {.arena = arena, .weighting = weighting};
    compact(&places, table);
    struct hypothesis_test test;
    if (places.rows < 2)
        test = hypothesis_test_refused(TEST_TOO_FEW);
    else if (places.columns < 2)
        test = hypothesis_test_refused(TEST_CONSTANT);
    else if (is_census(weighting))
        test = hypothesis_test_refused(TEST_CENSUS);
    else {
        weigh(&places);
        test = test_places(&places);
    }
    arena_destroy(arena);
    return test;
}
