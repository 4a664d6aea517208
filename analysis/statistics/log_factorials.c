#include "analysis/statistics/log_factorials.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* The sum of the logarithms is carried in two parts (Knuth's exact addition): beyond n = 100 000 a single
 * double would be off by more than 1e-10. */
static void list_nearest(int64_t *logarithms, size_t n, int shift) {
    double sum = 0, rest = 0;
    for (size_t k = 1; k <= n; k++) {
        const double next = log((double)k), together = sum + next, part = together - sum;
        rest += (sum - (together - part)) + (next - part);
        sum = together;
        const double units = ldexp(sum, shift), whole = floor(units);
        logarithms[k] = (int64_t)whole + llround(units - whole + ldexp(rest, shift));
    }
}

/* Sums up the logarithms of the numbers themselves, each the sum of those of its prime factors. */
static void list_additive(struct arena *arena, int64_t *logarithms, size_t n, int shift) {
    uint32_t *factor = ARENA_NEW(arena, uint32_t, n + 1); /* one of the prime factors; 0: a prime itself */
    int64_t *numbers = ARENA_NEW(arena, int64_t, n + 1);
    for (size_t k = 2; k <= n; k++) {
        if (factor[k] == 0) {
            numbers[k] = llround(ldexp(log((double)k), shift));
            for (size_t i = 2 * k; i <= n; i += k)
                factor[i] = (uint32_t)k;
        } else
            numbers[k] = numbers[factor[k]] + numbers[k / factor[k]];
        logarithms[k] = logarithms[k - 1] + numbers[k];
    }
}

struct log_factorials log_factorials_up_to(struct arena *arena, size_t n) {
    const int needed = (int)ceil(log2(gsl_sf_lngamma((double)n + 1) + 2));
    const int shift = needed < 17 ? 44 : 61 - needed;
    int64_t *nearest = ARENA_NEW(arena, int64_t, n + 1), *additive = nearest;
    list_nearest(nearest, n, shift);
    if (n <= 100000) {
        additive = ARENA_NEW(arena, int64_t, n + 1);
        list_additive(arena, additive, n, shift);
    }
    return (struct log_factorials){shift, nearest, additive};
}

double log_factorials_exponential(const struct log_factorials *factorials, int64_t units) {
    return exp(ldexp((double)units, -factorials->shift));
}

int64_t log_factorials_tolerance(const struct log_factorials *factorials) {
    return llround(ldexp(3.4525e-7, factorials->shift));
}
