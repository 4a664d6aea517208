#include "survey/keying_rate.h"

#include <math.h>

enum { HALVINGS = 60 };

/* The probability of at most `count` of `size`, each with probability `share`. */
static double at_most(size_t count, size_t size, double share) {
    double sum = 0, n = (double)size;
    if (share <= 0)
        return 1;
    if (share >= 1)
        return count >= size;
    for (size_t i = 0; i <= count; i++) {
        double k = (double)i;
        sum +=
            exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(share) + (n - k) * log1p(-share));
    }
    return sum;
}

/* The share at which at most `count` has the probability `wanted`, which falls as the share grows. */
static double solve(size_t count, size_t size, double wanted) {
    double low = 0, high = 1;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        *(at_most(count, size, middle) > wanted ? &low : &high) = middle;
    }
    return (low + high) / 2;
}

struct keying_rate keying_rate(size_t different, size_t compared) {
    const double tail = 0.025;
    if (compared == 0)
        return (struct keying_rate){NAN, NAN, NAN};
    return (struct keying_rate){.rate = (double)different / (double)compared,
                                .low = different ? solve(different - 1, compared, 1 - tail) : 0,
                                .high = different < compared ? solve(different, compared, tail) : 1};
}
