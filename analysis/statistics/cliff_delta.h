/* By how much the answers of one group are higher than those of another, in no unit. All functions are pure.
 */
#ifndef ANALYSIS_STATISTICS_CLIFF_DELTA_H
#define ANALYSIS_STATISTICS_CLIFF_DELTA_H

#include "analysis/statistics/contingency.h"
#include "analysis/statistics/hypothesis_test.h"

#include <stddef.h>

/* Cliff's delta of two rows of a table whose columns are answers in ascending order: d = P(the answer of one
 * of `first` is higher than that of one of `second`) - P(lower), over all m n pairs, with its interval at the
 * confidence given (0 < confidence < 1). Undefined if a row is empty.
 *
 * The interval is asymmetric (Cliff 1996, Ordinal Methods for Behavioral Data Analysis, equation 5.12):
 *
 *     (d - d³ ± z s sqrt((1 - d²)² + z² s²)) / (1 - d² + z² s²)
 *
 * with z the normal quantile and s² the unbiased estimate of the variance of d, where d_i is the mean of the
 * signs d_ij of one person of `first` (m people) against all of `second` (n people), d_j of one of `second`:
 *
 *     s² = (n² sum (d_i - d)² + m² sum (d_j - d)² - sum sum (d_ij - d)²) / (m n (m - 1) (n - 1))
 *
 * but at least (1 - d²)/(m n - 1), as the estimate can be too small or even negative (Cliff 1996, p. 138).
 * For d = 1 that formula is 0/0: the interval is then from (b - z²)/(b + z²) to 1, b the size of the smaller
 * group, and for d = -1 its mirror (Feng & Cliff 2004, Journal of Modern Applied Statistical Methods 3,
 * 322-332, equation 8): what Wilson's interval says of 0 in b. Undefined if m or n is 1, since one person
 * does not tell how much people of a group differ. It contains d and stays within -1 and 1. */
struct effect cliff_delta(const struct contingency *table, size_t first, size_t second, double confidence);

#endif
