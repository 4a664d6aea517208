#include "analysis/statistics/proportion.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Two tails that are equal by symmetry come out of the sums some 1e-13 apart, and so does an acceptability
 * that equals 1 - confidence; what differs by less than this, relatively, is equal. */
static const double TIE = 1e-11;

/* Terms of a distribution below this part of its greatest one do not count. */
static const double NEGLIGIBLE = 1e-25;

enum { LARGEST_EXACT_DEFAULT = 1000 };

/* A sample of `drawn` people out of favourable and other ones. Doubles, which hold these whole numbers
 * exactly and whose products do not overflow. */
struct urn {
    double favourable, others, drawn;
};

/* What decides whether a number of favourable people in the population is accepted. */
struct verdict {
    bool accepted;
    bool plausible; /* the tail beyond x alone does not rule it out */
    long opposite;  /* the greatest result whose lower tail is no larger than the upper tail of x */
};

/* P(X = k + 1) / P(X = k): 0 at the upper end of what is possible. */
static double ratio_up(const struct urn *urn, double k) {
    return (urn->favourable - k) * (urn->drawn - k) / ((k + 1) * (urn->others - urn->drawn + k + 1));
}

/* P(X = k - 1) / P(X = k): 0 at the lower end. */
static double ratio_down(const struct urn *urn, double k) {
    return k * (urn->others - urn->drawn + k) / ((urn->favourable - k + 1) * (urn->drawn - k + 1));
}

/* Sums of the probabilities, in units of the greatest one, and the lowest result that counts. */
struct sums {
    double total, upper;
    long lowest;
    double lowest_weight;
};

/* Goes from the mode outwards, so that every factor is at most 1 and nothing overflows. */
static struct sums sum_weights(const struct urn *urn, long x) {
    const double people = urn->favourable + urn->others;
    const long mode = (long)floor((urn->drawn + 1) * (urn->favourable + 1) / (people + 2));
    struct sums sums = {1, mode >= x ? 1 : 0, mode, 1};
    double weight = 1;
    for (long k = mode; (weight *= ratio_up(urn, (double)k)) > NEGLIGIBLE; k++) {
        sums.total += weight;
        if (k + 1 >= x)
            sums.upper += weight;
    }
    while ((weight = sums.lowest_weight * ratio_down(urn, (double)sums.lowest)) > NEGLIGIBLE) {
        sums.lowest_weight = weight;
        sums.lowest--;
        sums.total += weight;
        if (sums.lowest >= x)
            sums.upper += weight;
    }
    return sums;
}

/* Looks at x from the side where it is surprisingly large, which decides the lower end of the interval. As
 * alpha is at most 1/2, the upper tail of x is its smaller tail wherever it is at most alpha. */
static struct verdict judge(const struct urn *urn, long x, double alpha) {
    const struct sums sums = sum_weights(urn, x);
    const double limit = alpha * sums.total * (1 + TIE);
    struct verdict verdict = {.accepted = sums.upper > limit,
                              .plausible = 2 * sums.upper * (1 + TIE) > limit};
    if (verdict.accepted || !verdict.plausible)
        return verdict;
    double lower = 0, weight = sums.lowest_weight;
    long k = sums.lowest;
    while (lower + weight <= sums.upper * (1 + TIE)) {
        lower += weight;
        weight *= ratio_up(urn, (double)k);
        k++;
    }
    verdict.opposite = k - 1;
    verdict.accepted = sums.upper + lower > limit;
    return verdict;
}

static struct verdict judge_favourable(long favourable, long x, long n, long population, double alpha) {
    const struct urn urn = {(double)favourable, (double)(population - favourable), (double)n};
    return judge(&urn, x, alpha);
}

/* The least M that the upper tail of x does not rule out: the lower end of the two-tail interval, as the
 * acceptability is at most twice the smaller tail. That tail grows with M, up to 1 at the greatest M. */
static long least_plausible(long x, long n, long population, double alpha) {
    long low = x, high = population - n + x;
    while (low < high) {
        const long middle = low + (high - low) / 2;
        if (judge_favourable(middle, x, n, population, alpha).plausible)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The first M after `favourable`, which is rejected, that is accepted or has another opposite result.
 *
 * It can be found by halving. But for factors of M alone and of k alone, P(X = k) is the binomial coefficient
 * of M - k out of N - n, a Pólya frequency sequence, hence totally positive in M and k (Karlin 1968, Total
 * Positivity). So the opposite result never goes down as M grows, and while it stays the same, the
 * probability of the results between it and x, which is 1 less the acceptability, has one peak over M: after
 * its fall below the confidence it does not come back. */
static long next_candidate(long favourable, long opposite, long x, long n, long population, double alpha) {
    const long last = population - n + x;
    long low = favourable, high = last, step = 1;
    while (high - low > 1) {
        const long probe = step < high - low ? low + step : low + (high - low) / 2;
        const struct verdict verdict = judge_favourable(probe, x, n, population, alpha);
        if (!verdict.accepted && verdict.opposite == opposite) {
            low = probe;
            step *= 2;
        } else {
            high = probe;
            step = population;
        }
    }
    return high;
}

/* The least M whose acceptability exceeds alpha. There is one: the least M whose upper tail exceeds alpha is
 * accepted, since its lower tail is then at least 1 - alpha. */
static long least_accepted(long x, long n, long population, double alpha) {
    long favourable = least_plausible(x, n, population, alpha);
    for (;;) {
        const struct verdict verdict = judge_favourable(favourable, x, n, population, alpha);
        if (verdict.accepted)
            return favourable;
        favourable = next_candidate(favourable, verdict.opposite, x, n, population, alpha);
    }
}

/* The upper end is the lower end for those who are not favourable. */
static struct interval exact(long x, long n, long population, double confidence) {
    const double alpha = 1 - confidence, people = (double)population;
    const long low = least_accepted(x, n, population, alpha);
    const long high = population - least_accepted(n - x, n, population, alpha);
    return (struct interval){.low = (double)low / people, .high = (double)high / people};
}

/* The ends are the roots of a quadratic; the lower one comes from their product, as their difference from the
 * centre would lose digits where it is small. */
static struct interval wilson(long x, long n, long population, double confidence) {
    const double people = (double)population, size = (double)n, rate = (double)x / size;
    const double effective = population > 0 ? size * (people - 1) / (people - size) : size;
    const double z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
    const double part = z * z / effective;
    const double half = sqrt(part * (rate * (1 - rate) + part / 4));
    struct interval interval = {.high = x == n ? 1 : (rate + part / 2 + half) / (1 + part)};
    interval.low = rate * rate / ((1 + part) * interval.high);
    if (population > 0) {
        interval.low = fmax(interval.low, (double)x / people);
        interval.high = fmin(interval.high, (double)(x + population - n) / people);
    }
    return interval;
}

enum interval_method proportion_default_method(long population) {
    return population > 0 && population <= LARGEST_EXACT_DEFAULT ? INTERVAL_EXACT : INTERVAL_WILSON;
}

struct interval proportion_interval(enum interval_method method, long x, long n, long population,
                                    double confidence) {
    assert(x >= 0 && x <= n && population >= 0);
    assert(confidence >= 0.5 && confidence < 1);
    if (n == 0)
        return (struct interval){.low = NAN, .high = NAN};
    if (population > 0 && n >= population) {
        const double rate = (double)x / (double)n;
        return (struct interval){.low = rate, .high = rate, .census = true};
    }
    if (method == INTERVAL_EXACT && population > 0)
        return exact(x, n, population, confidence);
    return wilson(x, n, population, confidence);
}

struct interval proportion_bounds(long x, long asked, long expressed, long silent) {
    assert(x >= 0 && x <= expressed && expressed <= asked && silent >= 0);
    const double all = (double)(asked + silent);
    if (asked + silent == 0)
        return (struct interval){.low = NAN, .high = NAN};
    return (struct interval){.low = (double)x / all, .high = (double)(x + asked - expressed + silent) / all};
}

/* whole * part / parts, rounded half up, for part <= parts. Split so that no product exceeds 2 parts². */
static long share(long whole, long part, long parts) {
    const long quotient = whole / parts, rest = whole % parts;
    return quotient * part + (2 * rest * part + parts) / (2 * parts);
}

long proportion_population(long group_population, long asked, long responses, long expressed) {
    assert(expressed >= 0 && expressed <= asked && asked <= responses && group_population >= 0);
    if (group_population == 0 || responses == 0)
        return 0;
    const long population = share(group_population, asked, responses);
    return population < expressed ? expressed : population;
}

long proportion_group_population(long population, long group_responses, long responses) {
    assert(group_responses >= 0 && group_responses <= responses && population >= 0);
    return population == 0 || responses == 0 ? 0 : share(population, group_responses, responses);
}
