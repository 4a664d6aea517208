/* The weights of a report: its respondents weighted to known margins of the population, and their counts by
 * the cells that weigh the same. */
#ifndef ANALYSIS_WEIGHTS_H
#define ANALYSIS_WEIGHTS_H

#include "analysis/statistics/weighting.h"
#include "analysis/tabulation.h"
#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

struct results_options;
struct study;

/* Cells are in the order of their categories. What `weighting` calls margin j and category k are margins[j]
 * and its option k; the number of options stands for respondents of whom it is not known. */
struct weights {
    const struct margin *const *margins;
    size_t margin_count;
    struct weighting weighting;
    const size_t *categories; /* of cell i by margin j: categories[i * margin_count + j] */
    const size_t *cell_of;    /* of each cell of the study's tabulation */
};

/* The margins named in `options->weights`, each once, in the order of the names; `*count` of them. A name is
 * the id of the margin's question, or "channel". NULL after a failure that quotes what is no margin, with the
 * one that may be meant. Memory from `arena`. */
const struct margin *const *weights_margins(struct arena *arena, const struct questionnaire *questionnaire,
                                            const struct results_options *options, size_t *count,
                                            struct failure *failure);

/* Before study_count: has responses told apart by the margins. False after a failure, as above. */
bool weights_plan(struct study *study, struct failure *failure);

/* After study_count: sets the study's weights, if any are asked for, computed from all responses, whatever
 * `where` selects. False after a failure that says which margin cannot be weighted to, where it stands, and
 * what to do about it. */
bool weights_compute(struct study *study, struct failure *failure);

/* The name of a margin, as in `--weight`; the code of a category, "" for those of whom it is not known. */
const char *weights_margin_name(const struct margin *margin);
const char *weights_category_code(const struct margin *margin, size_t category);

/* Those of one cell of the weighting who are in a group. */
struct weights_cell {
    size_t responses;
    struct item_tally tally; /* of the item asked for */
};

/* A group's counts of an item by the cells of the study's weights, weighting.cell_count of them. Memory from
 * `arena`. */
const struct weights_cell *weights_cells(struct arena *arena, const struct study *study,
                                         const struct item *item, struct selection selection);

#endif
