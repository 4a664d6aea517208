/* Iterative proportional fitting: weights of cells that meet several margins at once.
 *
 * (Deming & Stephan 1940, Annals of Mathematical Statistics 11, 427-444; Ireland & Kullback 1968.) */
#ifndef ANALYSIS_STATISTICS_RAKING_H
#define ANALYSIS_STATISTICS_RAKING_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct raking_margin {
    const double *targets; /* what each category must weigh; 0 only for one in which no cell is */
    size_t category_count;
};

struct raking_source {
    const struct raking_margin *margins;
    size_t margin_count;
    const size_t *categories; /* of cell i in margin j: categories[i * margin_count + j] */
    const size_t *responses;
    size_t cell_count;
};

struct raking_result {
    bool converged;          /* every category weighs its target, to 1e-13 of it */
    size_t iterations;       /* rounds through all margins */
    size_t margin, category; /* not converged: what is furthest off, in people, once the last margin is met */
    double off;              /* what it weighs too much */
};

/* Multiplies the weights, which are above 0, margin after margin, until all are met. That is impossible where
 * combinations that did not occur would have to carry people, or others none: the weights then go round in
 * circles, or to 0 without an end; the first is noticed, the second stops after a bounded time. */
struct raking_result raking_fit(struct arena *arena, const struct raking_source *source, double *weights);

#endif
