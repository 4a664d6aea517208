/* Every figure of a comparison of two waves: computed once, then written as JSON, CSV, Markdown and HTML.
 *
 * An undefined figure is NaN. What is not shown of a question has its reason in `state`, and no figures. */
#ifndef ANALYSIS_COMPARE_RESULTS_H
#define ANALYSIS_COMPARE_RESULTS_H

#include "analysis/compare_match.h"
#include "analysis/compare_pairs.h"
#include "analysis/compare_people.h"
#include "analysis/comparison.h"
#include "analysis/results.h"
#include "analysis/statistics/wave.h"

#include <stdbool.h>
#include <stddef.h>

struct compare_options {
    struct results_options
        results;      /* confidence, interval, minimum cell, adjustment, notice; no breakdowns */
    bool same_people; /* the same people could answer both times; so it is with `link` */
    const char *link; /* the id of the text question that holds people's own codes; NULL: none */
};

/* What is compared. */
enum compare_subject { COMPARE_FAVOURABLE, COMPARE_OPTION, COMPARE_MEAN };

/* A rate or a mean in one wave. */
struct compare_figure {
    size_t count; /* who answered so; of a mean, `base` */
    size_t base;  /* who expressed themselves */
    double value, low, high;
    bool census;
};

/* What is told of the people who answered both times. */
enum compare_pairing_state {
    COMPARE_PAIRING_NONE,  /* there is no link */
    COMPARE_PAIRING_FEW,   /* too few expressed themselves both times */
    COMPARE_PAIRING_APART, /* the others of a wave would be told by subtraction */
    COMPARE_PAIRING_RARE,  /* too few answered so, or otherwise, at one of the times: what they said the other
                              time  would be told */
    COMPARE_PAIRING_SHOWN
};

struct compare_pairing {
    enum compare_pairing_state state;
    size_t n;         /* as of here all is undefined unless `state` is SHOWN */
    size_t counts[2]; /* rates: who answered so in each wave */
    double values[2]; /* the rate or the mean in each wave */
    size_t gained,
        lost; /* who answered so the second time only, the first time only; means: who rose, who fell */
    struct interval difference;
    struct comparison_test *test; /* NULL: none of this figure alone */
};

struct compare_change {
    enum compare_subject subject;
    const struct option *option; /* COMPARE_OPTION: of the second wave */
    struct compare_figure waves[2];
    struct wave_change change;
    bool linked;                  /* `change` and `test` use what the pairs tell */
    struct comparison_test *test; /* of this figure; NULL: none, or the whole question's */
    struct compare_pairing pairing;
};

enum compare_state {
    COMPARE_SHOWN,
    COMPARE_UNFIT,  /* see the match */
    COMPARE_HIDDEN, /* too few expressed themselves in one of the waves */
    COMPARE_SILENT  /* nobody expressed themselves in one of the waves */
};

struct compare_question {
    const struct compare_match *match;
    enum compare_state state;
    const struct item_result *waves[2]; /* NULL: the wave has no such question */
    struct compare_change *changes;     /* the first is what the question is about */
    size_t change_count;
    struct comparison_test *tests; /* of changes, or of all answers at once */
    size_t test_count;
    struct comparison_test *answers; /* of the pairs: all answers, first by second; NULL: none */
};

struct compare_results {
    struct compare_options options;
    const struct results *waves[2];
    const struct compare_people *people;
    const struct compare_question *questions;
    size_t question_count;
    size_t shown;           /* questions compared */
    size_t test_count;      /* tests made: p is adjusted for them */
    size_t pair_test_count; /* tests made of the pairs: a family of their own */
};

/* What is compared: each wave's store, open, with its questionnaire. */
struct compare_wave {
    struct store *store;
    const struct questionnaire *questionnaire;
};

/* Whether the link is a text question of both waves. False after a failure that says what it is. */
bool compare_results_check_link(struct arena *arena, const struct compare_wave waves[static 2],
                                const struct compare_options *options, struct failure *failure);

/* Reads both waves and computes everything. NULL after a failure: a store cannot be read; a wave has no
 * response; responses are in both; no question is in both; the link, which must
 * have been checked, matches
 * fewer people than the minimum cell (and than 2). Lives as long as `arena`.
 *
 * Each question is compared by one figure that fits: the share of favourable answers where there are some;
 * else the mean of a scale or a number; else the share of each answer. The difference is the second wave less
 * the first, with wave_compare's interval. Its test is comparison_tests' of two groups that share nobody;
 * that stays on the cautious side if they share people who answer alike. With a link it is wave_test's of the
 * difference, where the pairs may tell and the normal distribution holds: 5 people at least on either side of
 * a rate in each wave, or 30 for a mean. */
const struct compare_results *compare_results_compute(struct arena *arena,
                                                      const struct compare_wave waves[static 2],
                                                      const struct compare_options *options,
                                                      struct failure *failure);

#endif
