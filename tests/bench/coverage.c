/* Whether intervals hold what they promise: of many simulated surveys in finite populations, how many give an
 * interval that holds the true rate; beside it the same probability, summed over all results a survey can
 * have. Fails if the two differ by more than chance allows, or if the exact interval holds the truth less
 * often than it promises, whatever the truth is. The same figures each run: coverage */
#include "analysis/statistics/proportion.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { SURVEYS = 20000, LARGEST = 1000, SIZES = 8, METHODS = 2 };

static const double CONFIDENCE = 0.95;
static const double STANDARD_ERRORS = 4; /* farther than that the simulation is not from the sum */
static const double ROUNDING = 1e-9;     /* of a sum of probabilities */
static const long percents[] = {1, 2, 5, 10, 20, 30, 50, 70, 80, 90, 95, 98, 99};
static const struct {
    long people;
    long sizes[SIZES];
} populations[] = {{140, {7, 14, 35, 70, 97, 126, 133, 140}},
                   {1000, {50, 100, 250, 500, 700, 900, 950, 1000}}};

/* The intervals of every result of a survey of n of N people. */
struct survey {
    long people, asked;
    struct interval intervals[METHODS][LARGEST + 1];
};

/* How often the intervals hold the truth, and how wide they are in the mean. */
struct coverage {
    double share, width;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t seed = 20240501;

static uint64_t random_word(void) {
    uint64_t word = seed += UINT64_C(0x9E3779B97F4A7C15);
    word = (word ^ (word >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31);
}

/* Below 1 000 the remainder favours no number by more than 1e-16. */
static long random_below(long limit) {
    return (long)(random_word() % (uint64_t)limit);
}

static long smaller(long one, long other) {
    return one < other ? one : other;
}

/* How many favourable people there are among those asked: people are drawn one after another, none twice.
 * Whoever is asked of the favourable ones is favourable of those asked, so that the smaller number is drawn.
 */
static long draw(long favourable, long asked, long people) {
    long drawn = smaller(favourable, asked), marked = favourable + asked - drawn, found = 0;
    for (long i = 0; i < drawn; i++)
        found += random_below(people - i) < marked - found;
    return found;
}

static bool holds(const struct survey *survey, size_t method, long favourable, long result) {
    const double truth = (double)favourable / (double)survey->people;
    const struct interval *interval = &survey->intervals[method][result];
    return interval->low <= truth && truth <= interval->high;
}

static double width(const struct survey *survey, size_t method, long result) {
    return survey->intervals[method][result].high - survey->intervals[method][result].low;
}

static void simulate(const struct survey *survey, long favourable, struct coverage *coverages) {
    for (size_t method = 0; method < METHODS; method++)
        coverages[method] = (struct coverage){0, 0};
    for (int i = 0; i < SURVEYS; i++) {
        const long result = draw(favourable, survey->asked, survey->people);
        for (size_t method = 0; method < METHODS; method++) {
            coverages[method].share += holds(survey, method, favourable, result) / (double)SURVEYS;
            coverages[method].width += width(survey, method, result) / SURVEYS;
        }
    }
}

static void sum_up(const struct survey *survey, long favourable, struct coverage *coverages) {
    const long others = survey->people - favourable, most = smaller(favourable, survey->asked);
    for (size_t method = 0; method < METHODS; method++)
        coverages[method] = (struct coverage){0, 0};
    for (long result = survey->asked > others ? survey->asked - others : 0; result <= most; result++) {
        const double probability = gsl_ran_hypergeometric_pdf((unsigned)result, (unsigned)favourable,
                                                              (unsigned)others, (unsigned)survey->asked);
        for (size_t method = 0; method < METHODS; method++) {
            coverages[method].share += holds(survey, method, favourable, result) * probability;
            coverages[method].width += width(survey, method, result) * probability;
        }
    }
}

static bool agree(double simulated, double summed) {
    const double error = sqrt(fmax(summed * (1 - summed), 0) / SURVEYS);
    return fabs(simulated - summed) <= STANDARD_ERRORS * error + ROUNDING;
}

/* One line: a survey, and a truth. */
static bool print_line(const struct survey *survey, long favourable) {
    struct coverage simulated[METHODS], summed[METHODS];
    bool fine = true;
    simulate(survey, favourable, simulated);
    sum_up(survey, favourable, summed);
    printf("%6ld %5ld %4.0f %% %6ld %5.1f %%", survey->people, survey->asked,
           100 * (double)survey->asked / (double)survey->people, favourable,
           100 * (double)favourable / (double)survey->people);
    for (size_t method = 0; method < METHODS; method++) {
        printf("   %9.2f %8.2f %6.2f", 100 * simulated[method].share, 100 * summed[method].share,
               100 * simulated[method].width);
        fine = fine && agree(simulated[method].share, summed[method].share);
    }
    puts(fine ? "" : "  NOT THE SAME");
    return fine;
}

/* The least coverage whatever the truth is, and the mean width over all truths. */
static bool print_least(const struct survey *survey) {
    struct coverage least[METHODS] = {{1, 0}, {1, 0}};
    for (long favourable = 0; favourable <= survey->people; favourable++) {
        struct coverage summed[METHODS];
        sum_up(survey, favourable, summed);
        for (size_t method = 0; method < METHODS; method++) {
            least[method].share = fmin(least[method].share, summed[method].share);
            least[method].width += summed[method].width / (double)(survey->people + 1);
        }
    }
    const bool kept = least[INTERVAL_EXACT].share >= CONFIDENCE - ROUNDING;
    printf("%6ld %5ld %4.0f %%   whatever it is", survey->people, survey->asked,
           100 * (double)survey->asked / (double)survey->people);
    for (size_t method = 0; method < METHODS; method++)
        printf("   %9s %8.2f %6.2f", "at least", 100 * least[method].share, 100 * least[method].width);
    puts(kept ? "" : "  LESS THAN PROMISED");
    return kept;
}

static bool print_survey(long people, long asked) {
    static struct survey survey;
    survey.people = people;
    survey.asked = asked;
    for (long result = 0; result <= asked; result++) {
        survey.intervals[INTERVAL_EXACT][result] =
            proportion_interval(INTERVAL_EXACT, result, asked, people, CONFIDENCE);
        survey.intervals[INTERVAL_WILSON][result] =
            proportion_interval(INTERVAL_WILSON, result, asked, people, CONFIDENCE);
    }
    bool fine = true;
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        fine &= print_line(&survey, (people * percents[i] + 50) / 100);
    return fine & print_least(&survey);
}

int main(void) {
    bool fine = true;
    printf(
        "%d surveys a line, intervals at %.0f %%; coverage in percent, mean width in points of a percent\n\n"
        "%39s%-31s%s\n%6s %5s %6s %6s %7s",
        SURVEYS, 100 * CONFIDENCE, "", "exact (Blaker)", "Wilson, corrected", "people", "asked", "share",
        "favour", "rate");
    for (size_t method = 0; method < METHODS; method++)
        printf("   %9s %8s %6s", "simulated", "summed", "width");
    putchar('\n');
    for (size_t i = 0; i < sizeof populations / sizeof *populations; i++)
        for (size_t j = 0; j < SIZES; j++)
            fine &= print_survey(populations[i].people, populations[i].sizes[j]);
    return fine ? 0 : 1;
}
