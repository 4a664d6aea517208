/* The difference of two rates, with an interval from theirs. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_DIFFERENCE_H
#define ANALYSIS_STATISTICS_DIFFERENCE_H

#include "analysis/statistics/proportion.h"

struct difference {
    double value;
    struct interval interval;
};

/* first - second, of two rates of people who are not the same, each with an interval around it: from
 * d - sqrt((first - its low)² + (second's high - second)²) to
 * d + sqrt((first's high - first)² + (second - its low)²)
 * (Newcombe 1998, Statistics in Medicine 17, 873-890, method 10, with the limits given instead of Wilson's).
 * It contains d, stays within -1 and 1, and is mirrored when the rates are exchanged. Two censuses: d itself
 * and `census`. With an interval undefined, that of the difference is; with a rate, both. */
struct difference difference_of_rates(double first, struct interval first_interval, double second,
                                      struct interval second_interval);

#endif
