/* What all figures of a report are computed from: the responses, counted in one pass, in the whole and in
 * each group of each breakdown.
 *
 * First study_plan; then whoever needs more of the pass asks for it: study_dimension, to tell responses apart
 * by an answer that no breakdown is by; then study_count. After that nothing changes, and all is to be read.
 *
 * A dimension of the tabulation is not a breakdown: a breakdown is by one dimension or two, and there may be
 * dimensions that none is by, such as a margin to weight by. */
#ifndef ANALYSIS_STUDY_H
#define ANALYSIS_STUDY_H

#include "analysis/breakdown.h"
#include "analysis/pairs.h"
#include "analysis/results.h"
#include "analysis/subset.h"
#include "analysis/tabulation.h"
#include "model/store_read.h"

#include <stdbool.h>
#include <stddef.h>

/* Respondents whose figures are shown together: whose answers they are, their counts for every item, and how
 * many people they stand for. */
struct study_group {
    const char *code; /* "member", "web", "member*web"; NULL for the whole */
    struct selection selection;
    struct tally tally;
    size_t population; /* 0: not known */
};

struct study_breakdown {
    const struct breakdown *by;
    const struct study_group *groups; /* by->group_count */
};

struct study {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    const struct results_options *options;
    struct breakdown_list by;
    const struct item **dimensions; /* of the tabulation; the channel is one more, after them */
    size_t dimension_count;
    const struct pairs_set *pair_sets; /* items whose pairs are counted, too; set before study_count */
    size_t pair_set_count;
    /* Set by study_count: */
    struct tabulation *tabulation;
    struct tabulation *everybody; /* the same before `where`; NULL: counted only for weights and with it */
    size_t all_responses;         /* before `where` */
    const struct pairs *pairs;    /* of those selected */
    struct subset subset;         /* what `where` selects */
    struct study_group whole;
    const struct study_breakdown *breakdowns; /* by.count; the last one is the channel */
    const struct weights *weights;            /* set by weights_compute; NULL: none */
};

/* Plans what `options` asks for. Lives as long as `arena`. NULL after a failure that says which breakdown
 * cannot be, and why (breakdown_plan). */
struct study *study_plan(struct arena *arena, const struct questionnaire *questionnaire,
                         const struct results_options *options, struct failure *failure);

/* The number of an item's dimension of the tabulation (NULL: the channel's, which is known after the pass
 * only). Before study_count, an item that is not yet a dimension becomes one. */
size_t study_dimension(struct study *study, const struct item *item);

/* Reads all responses of the store in one pass, counts those of which `where` is true, and sums them up by
 * group. False after a failure. */
bool study_count(struct study *study, struct store *store, struct failure *failure);

/* The group that the people of a cell of the tabulation are in by a breakdown without overlap; its
 * group_count if an answer is missing. */
size_t study_cell_group(const struct study *study, size_t cell, const struct breakdown *by);

#endif
