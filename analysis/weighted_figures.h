/* The figures of one item in one group of respondents, weighted. */
#ifndef ANALYSIS_WEIGHTED_FIGURES_H
#define ANALYSIS_WEIGHTED_FIGURES_H

#include "analysis/results.h"
#include "analysis/study.h"
#include "analysis/study_hiding.h"

struct weighted_figures;

/* For a study whose weights are computed; NULL if it has none. Lives as long as the study's arena. */
const struct weighted_figures *weighted_figures_create(const struct study *study,
                                                       const struct study_hiding *hiding);

/* Puts weighted figures of an item in the place of those that figures_compute (analysis/figures.h) gave to a
 * group: rates, of the expressed and of all responses, shares of ticks, means, mean ranks and standard
 * deviations, and their intervals (analysis/statistics/estimate.h); of all quantiles the lowest answer whose
 * cumulated weight reaches the level. Counts, bounds, least and greatest answers stay. A group of which
 * everybody answered keeps its figures, which are facts; so do one without an answer and one that is hidden.
 *
 * Weights that differ make of each figure one more equation about the people behind it. So figures are
 * rounded
 * - of an item in all groups, where any group of it is hidden, or one cell of the weighting has fewer than
 * the minimum of people who expressed themselves and weigh something else than others;
 * - else in each group that is made of such cells:
 * rates to whole percents, ends of intervals outwards, means and standard deviations to 0.1 (numbers that
 * spread by 10 or more, to two digits of that). */
void weighted_figures_compute(const struct weighted_figures *figures, const struct item *item,
                              struct selection selection, struct group_result *group);

#endif
