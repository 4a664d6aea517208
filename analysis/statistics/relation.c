#include "analysis/statistics/relation.h"

#include "analysis/statistics/midranks.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const size_t FEWEST = 3;

/* The midranks of both answers, or why there is nothing to relate. */
static enum test_reason rank_both(struct arena *arena, const struct contingency *table, struct midranks *rows,
                                  struct midranks *columns) {
    *rows = midranks_of_rows(arena, table);
    *columns = midranks_of_columns(arena, table);
    if (rows->n < FEWEST)
        return TEST_FAILED;
    return rows->squares == 0 || columns->squares == 0 ? TEST_CONSTANT : TEST_MADE;
}

struct hypothesis_test relation_spearman(struct arena *arena, const struct contingency *table) {
    struct midranks rows, columns;
    const enum test_reason reason = rank_both(arena, table, &rows, &columns);
    if (reason != TEST_MADE)
        return hypothesis_test_refused(reason);
    double products = 0;
    for (size_t i = 0; i < table->rows; i++)
        products += rows.centred[i] * midranks_sum(&columns, table, i);
    /* The square root of a square is exact, and so is a rho of 1. */
    const double rho = fmax(-1, fmin(1, products / sqrt(rows.squares * columns.squares)));
    struct hypothesis_test test = hypothesis_test_of(TEST_SPEARMAN, rows.n);
    test.degrees[0] = (double)(rows.n - 2);
    test.statistic = rho * sqrt(test.degrees[0] / ((1 - rho) * (1 + rho)));
    test.p = fabs(rho) == 1 ? 0 : fmin(1, 2 * gsl_cdf_tdist_Q(fabs(test.statistic), test.degrees[0]));
    test.effect = (struct effect){EFFECT_RHO, rho, NAN, NAN};
    return test;
}

/* Of one of the two answers, with the signs a_ij = -1, 0, 1 by which of the people i and j is higher. In this
 * form nothing is lost by subtraction where nearly all are tied. */
struct signs {
    double untied; /* sum of a_ij² */
    double common; /* sum over i of a_ij a_ik, j and k different */
};

static struct signs signs_of(const struct midranks *ranks) {
    double untied = 0;
    for (size_t i = 0; i < ranks->length; i++)
        untied += (double)ranks->counts[i] * (double)(ranks->n - ranks->counts[i]);
    /* The signs of one person add up to twice their centred midrank. */
    return (struct signs){untied, 4 * ranks->squares - untied};
}

/* Concordant less discordant pairs: whoever is in a lower row, in a lower column less in a higher one. Sums
 * of whole numbers, exact up to 2^53. */
static double concordance(struct arena *arena, const struct contingency *table) {
    size_t *lower = ARENA_NEW(arena, size_t, table->columns); /* of the rows before, by column */
    size_t before = 0;
    double sum = 0;
    for (size_t i = 0; i < table->rows; i++) {
        const size_t *row = table->counts + i * table->columns;
        size_t below = 0, size = 0;
        for (size_t j = 0; j < table->columns; j++) {
            const double above = (double)(before - below - lower[j]);
            sum += (double)row[j] * ((double)below - above);
            below += lower[j];
            lower[j] += row[j];
            size += row[j];
        }
        before += size;
    }
    return sum;
}

struct hypothesis_test relation_kendall(struct arena *arena, const struct contingency *table) {
    struct midranks rows, columns;
    const enum test_reason reason = rank_both(arena, table, &rows, &columns);
    if (reason != TEST_MADE)
        return hypothesis_test_refused(reason);
    const struct signs a = signs_of(&rows), b = signs_of(&columns);
    const double n = (double)rows.n, pairs = n * (n - 1), excess = concordance(arena, table);
    const double variance = a.common * b.common / (pairs * (n - 2)) + a.untied * b.untied / (2 * pairs);
    struct hypothesis_test test = hypothesis_test_of(TEST_KENDALL, rows.n);
    const double tau = excess / sqrt(a.untied / 2 * (b.untied / 2));
    test.statistic = excess / sqrt(variance);
    test.p = fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(test.statistic)));
    test.effect = (struct effect){EFFECT_TAU_B, fmax(-1, fmin(1, tau)), NAN, NAN};
    return test;
}
