/* Sums of few people that follow from published ones by adding and subtracting.
 *
 * The rows of a matrix of published sums span a linear code; a sum of few people is a word of small weight.
 * By Rockafellar's theorem on elementary vectors those without a smaller one within are enough. In a basis of
 * the people's columns each word has a coordinate that is not 0. Bases that share nobody bound the weight
 * from below, and words with one such coordinate in a basis are its dual vectors, which are looked at (the
 * idea of Brouwer and Zimmermann's algorithm for the minimum distance). Where that does not settle it, one
 * person of a basis after the other is taken to be in the sum. */
#ifndef ANALYSIS_SMALL_SUM_H
#define ANALYSIS_SMALL_SUM_H

#include "analysis/published.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was found. */
struct small_sum {
    const uint32_t *weights; /* of the rows: a sum that does harm; NULL: none */
    bool met;                /* there is a small sum, perhaps a harmless one */
    bool gave_up;            /* after a bounded amount of work */
};

/* Looks for a sum, even a weighted one, of fewer than `minimum_cell` people who expressed themselves, of whom
 * one at least is in a group by all tables of the matrix, or in a hidden one. A `quick` search ends with the
 * first small sum that is met, harmless or not. Lives as long as `arena`. */
struct small_sum small_sum_find(struct arena *arena, const struct published *published, size_t minimum_cell,
                                bool quick);

#endif
