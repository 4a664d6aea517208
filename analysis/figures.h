/* The figures of one item in one group of respondents, from its counts. */
#ifndef ANALYSIS_FIGURES_H
#define ANALYSIS_FIGURES_H

#include "analysis/results.h"
#include "analysis/tabulation.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* How intervals are made. Intervals that were computed once are remembered in the memory of `arena`, as the
 * same counts come back in many groups. */
struct figures_method;
struct figures_method *figures_method(struct arena *arena, enum interval_method interval, double confidence);

/* The counts a group's figures come from. */
struct figures_source {
    const struct item *item;
    const struct item_tally *tally;
    const struct value_count *values; /* of a number or a date */
    size_t value_count;
    size_t responses;  /* of the group, asked or not */
    size_t population; /* N of the group, routed away or not; 0: not known */
};

/* Sets the bases: responses, asked, answered, expressed, no opinion, not concerned, and the population of the
 * base (analysis/statistics/proportion.h). `group` is zeroed but for its name; all other figures become
 * undefined. */
void figures_bases(struct arena *arena, const struct figures_source *source, struct group_result *group);

/* Sets every other figure of a group that has its bases: rates with intervals and bounds
 * (analysis/statistics/proportion.h), means and quantiles (analysis/statistics/distribution.h). What the
 * item's type does not have stays undefined. */
void figures_compute(struct figures_method *method, const struct figures_source *source,
                     struct group_result *group);

/* Whether an option counts as unfavourable: it says so, or none does and it is neither favourable nor the
 * middle of an odd scale. */
bool figures_is_unfavourable(const struct question *question, size_t option);

/* A date as it is written, 2024-01-31, of the number 20240131. */
const char *figures_date_text(struct arena *arena, double number);

/* Instead of figures_compute, for a group that is too small: only its responses and asked are told. */
void figures_suppress(struct group_result *group);

#endif
