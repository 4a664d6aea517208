#include "analysis/statistics/difference.h"

#include <math.h>

/* How far the difference may lie below: the first rate too high, the second too low. */
static double reach(double first, double low, double second, double high) {
    return hypot(first - low, high - second);
}

struct difference difference_of_rates(double first, struct interval first_interval, double second,
                                      struct interval second_interval) {
    struct difference difference = {.value = first - second};
    const double below = reach(first, first_interval.low, second, second_interval.high);
    const double above = reach(second, second_interval.low, first, first_interval.high);
    difference.interval.census = first_interval.census && second_interval.census;
    if (isnan(difference.value) || isnan(below) || isnan(above)) {
        difference.interval = (struct interval){.low = NAN, .high = NAN};
        return difference;
    }
    difference.interval.low = fmax(-1, difference.value - below);
    difference.interval.high = fmin(1, difference.value + above);
    return difference;
}
