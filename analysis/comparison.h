/* Whether the groups of a breakdown differ: which test fits a question and its groups, and by how much the
 * groups differ. Everything comes from counts. */
#ifndef ANALYSIS_COMPARISON_H
#define ANALYSIS_COMPARISON_H

#include "analysis/statistics/adjustment.h"
#include "analysis/statistics/hypothesis_test.h"
#include "analysis/tabulation.h"
#include "analysis/weights.h"
#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

/* What is compared between the groups. */
enum comparison_subject {
    COMPARISON_FAVOURABLE, /* the share of favourable answers */
    COMPARISON_OPTION,     /* the share of one answer, where several can be given */
    COMPARISON_ANSWERS,    /* the shares of all answers, in no order (of a ranking: of the first places) */
    COMPARISON_RANKS       /* how high the answers are */
};

/* Two groups, by their place in the breakdown, where more than two were compared. */
struct comparison_pair {
    size_t first, second;
    struct hypothesis_test test; /* p_adjusted: for the number of pairs */
};

struct comparison_test {
    enum comparison_subject subject;
    const struct option *option; /* COMPARISON_OPTION: which; else NULL */
    struct hypothesis_test test;
    struct comparison_pair *pairs; /* of groups that are shown; none but after COMPARISON_RANKS */
    size_t pair_count;
};

/* One group of the breakdown. */
struct comparison_group {
    const struct item_tally *tally;
    const struct value_count *values; /* of a number or a date */
    size_t value_count;
    const struct weights_cell *cells; /* the same counts by the cells of the weighting; NULL without one */
    size_t population;                /* N of the base of rates; 0: not known */
    bool hidden;                      /* too small to be shown, or hidden with one that is */
};

struct comparison_source {
    const struct item *item;
    const struct comparison_group *groups;
    size_t group_count;
    bool is_ordered;   /* the groups ascend, as those of a scale can; there are no pairs then */
    bool overlapping;  /* people can be in several groups */
    bool by_ranks;     /* compare ordered answers by their ranks even where some are favourable */
    double confidence; /* of the intervals of effects */
    size_t unplaced;   /* who expressed themselves and are in no group */
    size_t planned;    /* how many tests the report makes: exact ones share its time */
    size_t minimum_cell;
    const struct weighting *weighting; /* NULL: without weights */
};

/* The tests that fit, each made or with the reason why not; `*count` of them: one, but for a multiple choice
 * one for each answer, and for a text none.
 *
 * Favourable answers are compared as a share by association_test, or trend_test_rates where the groups are
 * ordered; other ordered answers and numbers by rank_test, or trend_test_ranks; answers without an order by
 * association_test. There must be two groups of at least 5 who expressed themselves. Nothing is tested where
 * everybody of every group answered, and between groups that overlap. With weights, everything that has
 * options is compared by rao_scott_test, and numbers are not tested (TEST_UNFIT); where a group is hidden, or
 * fewer than the minimum of people of one cell of the weighting are in a group, the test's figures have two
 * digits, as exact ones would tell what these said.
 *
 * Hidden groups count as one group, "the others", so that p says no more of them than the tables do: with all
 * of them apart, whoever knows p could try which answers of theirs bring it about. Where they are fewer than
 * two, or together too small, or some respondents are in no group (of whom the tables tell only together with
 * the hidden ones), or the groups are ordered, they are left out; in an order they keep their place. */
struct comparison_test *comparison_tests(struct arena *arena, const struct comparison_source *source,
                                         size_t *count);

/* Sets p_adjusted of `count` tests, which are one family, and of the pairs of each among themselves. Returns
 * how many of them were made. */
size_t comparison_adjust(struct arena *arena, struct comparison_test *const *tests, size_t count,
                         enum adjustment adjustment);

#endif
