/* Which relations between items a report is asked for: `--reliability GRID` and
 * `--drivers OUTCOME[=ITEM-OR-GRID,…]`. */
#ifndef ANALYSIS_RELATIONS_REQUEST_H
#define ANALYSIS_RELATIONS_REQUEST_H

#include "analysis/pairs.h"
#include "analysis/results.h"
#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

/* The sets of items whose pairs are to be counted: first the items of each grid whose reliability is asked
 * for, then of each outcome: the outcome, and the items that may drive it. */
struct relations_request {
    const struct pairs_set *sets;
    size_t set_count;
    size_t grid_count; /* so many of them are grids */
};

/* Reads what `options->reliability` and `options->drivers` name. A grid must have two or more items whose
 * answers are numbers (codes that are, or a value:); each is taken once. An outcome, and the items named for
 * it, must be scales or single choices whose answers are numbers; a grid stands for its items. Without names
 * the items are all scales whose answers are numbers, but the outcome; 1 to IMPORTANCE_ITEMS of them. False
 * after a failure that quotes what is wrong, with the nearest name. Lives as long as `arena`. */
bool relations_request_read(struct arena *arena, const struct questionnaire *questionnaire,
                            const struct results_options *options, struct relations_request *request,
                            struct failure *failure);

#endif
