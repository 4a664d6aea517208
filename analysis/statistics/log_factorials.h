/* Logarithms of factorials as whole numbers: sums of them do not depend on their order, and are compared
 * exactly. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_LOG_FACTORIALS_H
#define ANALYSIS_STATISTICS_LOG_FACTORIALS_H

#include "model/base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* log k! for k = 0 … n, in units of 2^-shift, so small that sums of them up to log n! fit twice.
 *
 * `nearest` are rounded each: what probabilities are computed from. `additive` are sums of rounded logarithms
 * of prime factors, so that equal products of factorials have equal sums (2! 2! 3! and 4!): what tables are
 * put in order by. Beyond n = 100 000 the additive ones would be off by too much, and are the nearest. */
struct log_factorials {
    int shift;
    const int64_t *nearest, *additive;
};

/* They live as long as `arena`. */
struct log_factorials log_factorials_up_to(struct arena *arena, size_t n);

/* The number whose logarithm `units` is, such as a probability that is a quotient of factorials. */
double log_factorials_exponential(const struct log_factorials *factorials, int64_t units);

/* How far the sums of two tables may lie apart and yet count as equal: probabilities that differ by at most
 * 3.4525e-7 of themselves (as in R's fisher.test, of more than two rows and columns). */
int64_t log_factorials_tolerance(const struct log_factorials *factorials);

#endif
