/* The same people asked twice: whether they changed their minds. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_PAIRED_H
#define ANALYSIS_STATISTICS_PAIRED_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"
#include "analysis/statistics/proportion.h"
#include "model/base/arena.h"

#include <stddef.h>

/* Yes or no, twice: how many said what. */
struct paired {
    size_t both, lost, gained, neither; /* yes-yes, yes-no, no-yes, no-no */
};

/* The exact test of McNemar (1947, Psychometrika 12, 153-157): of those who changed, how many changed to yes,
 * by the binomial distribution with 1/2, two-sided (R `binom.test(gained, gained + lost)`). `n` is all four;
 * the effect is the difference of the rates, second less first, without an interval. Refused where nobody
 * changed (TEST_CONSTANT): there is nothing that could have gone one way or the other. */
struct hypothesis_test paired_mcnemar(const struct paired *counts);

/* Whether the shares of all answers are the same both times: the test of Stuart (1955, Biometrika 42,
 * 412-416) and Maxwell (1970, British Journal of Psychiatry 116, 651-655). `table` is square, first answer by
 * second, with the same answers in the same order: chi-squared = d' S^-1 d, d being row sums less column sums
 * of all answers but one, and S their covariance if nothing has changed. What makes S singular is dropped:
 * answers that nobody gave either time, and answers (groups of them) that nobody left and nobody came to, one
 * of each group being told by the others; the degrees are the rank that remains. Refused where nobody changed
 * (TEST_CONSTANT). Memory from `arena`. */
struct hypothesis_test paired_stuart_maxwell(struct arena *arena, const struct contingency *table);

/* The interval of the difference of the two rates, second less first: Newcombe's square-and-add with the
 * correlation of the two answers, corrected (1998, Statistics in Medicine 17, 2635-2650, method 10), on the
 * limits given for each rate. NaN for nobody. */
struct interval paired_difference(const struct paired *counts, struct interval first, struct interval second);

/* Sums of two numbers told by the same people, in any order; zeroed: nobody. */
struct paired_moments {
    size_t n, rose, fell; /* how many told more, and less, the second time */
    double mean[2];
    double product;                /* sum of the products of both deviations */
    double change, change_squares; /* mean of second less first, and its sum of squared deviations */
};
void paired_add(struct paired_moments *moments, double first, double second);

/* The mean of the second numbers less the first with its interval, d +- t s_d sqrt(f/n), f = 1 - n/N or 1
 * where N is not known (0). The interval is NaN for n = 1 and where all changed by the same; a census where n
 * reaches N. */
struct interval paired_mean_difference(const struct paired_moments *moments, size_t population,
                                       double confidence);

/* The covariance of the two answers (yes is 1, no is 0), or numbers, with n - 1; NaN for fewer than two. */
double paired_covariance(const struct paired *counts);
double paired_mean_covariance(const struct paired_moments *moments);

/* Whether more people told more than told less the second time: the sign test (TEST_SIGN), which is McNemar's
 * exact one of those who rose and fell. Refused where nobody did (TEST_CONSTANT). */
struct hypothesis_test paired_sign(const struct paired_moments *moments);

#endif
