/* A rate in a finite population: its confidence interval, the bounds that assume nothing of those who did not
 * answer, and the number of people it speaks of.
 *
 * Notation: a population of N people, of whom n told, x of them favourably. Counts are of people, rates and
 * confidences between 0 and 1. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_PROPORTION_H
#define ANALYSIS_STATISTICS_PROPORTION_H

#include <stdbool.h>

enum interval_method { INTERVAL_EXACT, INTERVAL_WILSON };

/* An interval with its ends. Undefined: both ends are NaN. */
struct interval {
    double low, high;
    bool census; /* everybody told: low = high, a fact and no estimate */
};

/* The method for a population of that size unless another is asked for: exact up to 1 000 people, Wilson
 * above, and where the size is not known (0). */
enum interval_method proportion_default_method(long population);

/* The confidence interval of the rate x/n. Takes 0 <= x <= n, population 0 when it is not known, and
 * 1/2 <= confidence < 1; anything else is a broken invariant. Undefined for n = 0; x/n itself and `census`
 * when n reaches the population.
 *
 * INTERVAL_EXACT: M/N from the least to the greatest M, the number of favourable people in the population,
 * whose acceptability given x exceeds 1 - confidence. The acceptability is the probability, in samples of n
 * drawn without replacement, of a result whose smaller tail is no larger than that of x (Blaker 2000,
 * Canadian Journal of Statistics 28, 783-798, for the hypergeometric distribution). It is never wider than
 * the two-tail interval (Konijn 1973, Statistical Theory of Sample Survey Design and Analysis),
 * and covers the true M with at least the given confidence, whatever it is. Probabilities that differ by less
 * than 1e-11 of themselves are taken for equal. Without a known population: Wilson.
 *
 * INTERVAL_WILSON: the p between which |x/n - p| <= z sqrt(p(1-p)/m), where m = n(N-1)/(N-n), which makes
 * p(1-p)/m the variance of a rate under sampling without replacement (Cochran 1977, Sampling Techniques,
 * theorem 3.2), and m = n without a known population (Wilson 1927; Newcombe 1998, Statistics in Medicine 17,
 * 857-872, method 3); cut to what is certain, [x/N, (x+N-n)/N]. For x = 0 the low end is exactly 0, for x = n
 * the high end exactly 1. */
struct interval proportion_interval(enum interval_method method, long x, long n, long population,
                                    double confidence);

/* The least and the greatest rate that everybody's answer could give: of `asked` people who responded x are
 * favourable and `expressed` expressed themselves, `silent` people of the population (N less the responses,
 * none if more responded than that) did not respond. Those of whom nothing is known are counted once all
 * against and once all in favour (Manski 1989, Journal of Human Resources 24, 343-360). Takes
 * 0 <= x <= expressed <= asked and silent >= 0. Undefined if asked + silent is 0. */
struct interval proportion_bounds(long x, long asked, long expressed, long silent);

/* The number of people whom a question concerns, in a group of `group_population` people of whom `responses`
 * responded and `asked` were asked: the group shrunk in the proportion of its responses that were asked,
 * rounded half up, never below `expressed`. 0, not known, where the group's size is not known or nobody
 * responded. Takes 0 <= expressed <= asked <= responses. */
long proportion_population(long group_population, long asked, long responses, long expressed);

/* The number of people in a group that no margin gives: its share of the responses, taken of `population`,
 * rounded half up. 0, not known, where the population is not known or nobody responded. Takes
 * 0 <= group_responses <= responses. */
long proportion_group_population(long population, long group_responses, long responses);

#endif
