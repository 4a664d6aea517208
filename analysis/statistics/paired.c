#include "analysis/statistics/paired.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>

/* --- Yes or no --- */

/* Two-sided, which by the symmetry of 1/2 is twice the smaller tail. */
static double sign_probability(size_t gained, size_t lost) {
    size_t fewer = gained < lost ? gained : lost;
    return fmin(1, 2 * gsl_cdf_binomial_P((unsigned)fewer, 0.5, (unsigned)(gained + lost)));
}

static size_t total(const struct paired *counts) {
    return counts->both + counts->lost + counts->gained + counts->neither;
}

struct hypothesis_test paired_mcnemar(const struct paired *counts) {
    if (counts->gained + counts->lost == 0)
        return hypothesis_test_refused(TEST_CONSTANT);
    size_t n = total(counts);
    struct hypothesis_test test = hypothesis_test_of(TEST_MCNEMAR, n);
    test.p = sign_probability(counts->gained, counts->lost);
    test.effect.kind = EFFECT_DIFFERENCE;
    test.effect.value = ((double)counts->gained - (double)counts->lost) / (double)n;
    return test;
}

/* Phi of the two answers; where they go together it is brought nearer to 0 by half a person, as Newcombe's
 * method 10 has it. 0 where all said the same at either time. */
static double corrected_phi(const struct paired *counts, double n) {
    double both = (double)counts->both, lost = (double)counts->lost;
    double gained = (double)counts->gained, neither = (double)counts->neither;
    double margins = (both + lost) * (gained + neither) * (both + gained) * (lost + neither);
    double together = both * neither - lost * gained;
    if (together > 0)
        together = fmax(together - n / 2, 0);
    return margins > 0 ? together / sqrt(margins) : 0;
}

struct interval paired_difference(const struct paired *counts, struct interval first,
                                  struct interval second) {
    double n = (double)total(counts);
    double one = (double)(counts->both + counts->lost) / n,
           other = (double)(counts->both + counts->gained) / n;
    double difference = ((double)counts->gained - (double)counts->lost) / n;
    if (total(counts) == 0 || isnan(first.low + first.high + second.low + second.high))
        return (struct interval){NAN, NAN, false};
    double phi = corrected_phi(counts, n);
    double a = other - second.low, b = first.high - one, c = second.high - other, d = one - first.low;
    return (struct interval){difference - sqrt(fmax(0, a * a + b * b - 2 * phi * a * b)),
                             difference + sqrt(fmax(0, c * c + d * d - 2 * phi * c * d)),
                             first.census && second.census};
}

double paired_covariance(const struct paired *counts) {
    double n = (double)total(counts), both = (double)counts->both;
    double first = both + (double)counts->lost, second = both + (double)counts->gained;
    return total(counts) > 1 ? (both - first * second / n) / (n - 1) : NAN;
}

/* --- All answers --- */

/* Who gave one of the answers `one` and `other` first, and the other of the two then. */
static size_t exchanged(const struct contingency *table, size_t one, size_t other) {
    return table->counts[one * table->columns + other] + table->counts[other * table->columns + one];
}

/* The covariance of the differences is the Laplacian of the graph of answers that people changed between:
 * singular once for each part of the graph that hangs together. So in each part all answers but its first are
 * kept, and what is left has full rank, known in whole numbers and without tolerance. */
static size_t choose_answers(struct arena *arena, const struct contingency *table, size_t *kept) {
    size_t *waiting = ARENA_NEW(arena, size_t, table->rows + 1);
    bool *seen = ARENA_NEW(arena, bool, table->rows + 1);
    size_t count = 0;
    for (size_t first = 0; first < table->rows; first++) {
        size_t length = 0;
        if (!seen[first])
            waiting[length++] = first;
        seen[first] = true;
        while (length) {
            size_t answer = waiting[--length];
            if (answer != first)
                kept[count++] = answer;
            for (size_t other = 0; other < table->rows; other++)
                if (!seen[other] && exchanged(table, answer, other) > 0) {
                    seen[other] = true;
                    waiting[length++] = other;
                }
        }
    }
    return count;
}

static double leaving(const struct contingency *table, size_t answer) {
    return (double)contingency_row(table, answer) + (double)contingency_column(table, answer) -
           2 * (double)table->counts[answer * table->columns + answer];
}

/* d' S^-1 d over the answers kept; S is positive definite. */
static double quadratic_form(const struct contingency *table, const size_t *kept, size_t count) {
    gsl_matrix *covariance = gsl_matrix_alloc(count, count);
    gsl_vector *difference = gsl_vector_alloc(count), *solution = gsl_vector_alloc(count);
    for (size_t i = 0; i < count; i++) {
        gsl_vector_set(difference, i,
                       (double)contingency_row(table, kept[i]) - (double)contingency_column(table, kept[i]));
        for (size_t j = 0; j < count; j++)
            gsl_matrix_set(covariance, i, j,
                           i == j ? leaving(table, kept[i]) : -(double)exchanged(table, kept[i], kept[j]));
    }
    gsl_linalg_cholesky_decomp1(covariance);
    gsl_linalg_cholesky_solve(covariance, difference, solution);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += gsl_vector_get(difference, i) * gsl_vector_get(solution, i);
    gsl_vector_free(solution);
    gsl_vector_free(difference);
    gsl_matrix_free(covariance);
    return sum;
}

struct hypothesis_test paired_stuart_maxwell(struct arena *arena, const struct contingency *table) {
    size_t *kept = ARENA_NEW(arena, size_t, table->rows + 1);
    size_t count = choose_answers(arena, table, kept);
    if (count == 0)
        return hypothesis_test_refused(TEST_CONSTANT);
    struct hypothesis_test test = hypothesis_test_of(TEST_STUART_MAXWELL, contingency_total(table));
    test.statistic = quadratic_form(table, kept, count);
    test.degrees[0] = (double)count;
    test.p = gsl_cdf_chisq_Q(test.statistic, test.degrees[0]);
    return test;
}

/* --- Numbers --- */

void paired_add(struct paired_moments *moments, double first, double second) {
    const double n = (double)++moments->n, change = second - first;
    const double before = first - moments->mean[0], changed = change - moments->change;
    moments->rose += change > 0;
    moments->fell += change < 0;
    moments->mean[0] += before / n;
    moments->mean[1] += (second - moments->mean[1]) / n;
    moments->product += before * (second - moments->mean[1]);
    moments->change += changed / n;
    moments->change_squares += changed * (change - moments->change);
}

double paired_mean_covariance(const struct paired_moments *moments) {
    return moments->n > 1 ? moments->product / (double)(moments->n - 1) : NAN;
}

struct interval paired_mean_difference(const struct paired_moments *moments, size_t population,
                                       double confidence) {
    double n = (double)moments->n, difference = moments->change;
    if (moments->n == 0)
        return (struct interval){NAN, NAN, false};
    if (population && moments->n >= population)
        return (struct interval){difference, difference, true};
    /* What rounding leaves of nothing is nothing: all changed by as much. */
    double least = 1e-15 * (fabs(moments->mean[0]) + fabs(moments->mean[1]));
    if (moments->n == 1 || moments->change_squares <= n * least * least)
        return (struct interval){NAN, NAN, false};
    double missed = population ? 1 - n / (double)population : 1;
    double reach = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, n - 1) *
                   sqrt(missed * moments->change_squares / (n - 1) / n);
    return (struct interval){difference - reach, difference + reach, false};
}

struct hypothesis_test paired_sign(const struct paired_moments *moments) {
    if (moments->rose + moments->fell == 0)
        return hypothesis_test_refused(TEST_CONSTANT);
    struct hypothesis_test test = hypothesis_test_of(TEST_SIGN, moments->n);
    test.p = sign_probability(moments->rose, moments->fell);
    return test;
}
