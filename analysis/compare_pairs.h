/* What the same people said in the first wave and in the second, as counts. */
#ifndef ANALYSIS_COMPARE_PAIRS_H
#define ANALYSIS_COMPARE_PAIRS_H

#include "analysis/compare_match.h"
#include "analysis/compare_people.h"
#include "analysis/statistics/contingency.h"
#include "analysis/statistics/paired.h"
#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stddef.h>

/* Of those who expressed themselves both times on a question. */
struct compare_pairs {
    size_t n;
    struct contingency table;      /* single, scale: first answer by second, as the second wave's options */
    const struct paired *ticks;    /* multiple: of each option of the second wave, chosen or not */
    struct paired_moments moments; /* numbers, and answers that stand for one */
    size_t different;              /* numbers: how many different ones were told, at most 3 are counted */
    double values[2];              /* the first two of them */
    struct paired other;           /* told another one than the first of these, or not */
};

/* Reads both waves and counts the pairs of `people`, for each of the matches that fit. Keeps the answers of
 * every pair in memory while it does. NULL after a failure. Lives as long as `arena`. */
const struct compare_pairs *compare_pairs_count(struct arena *arena, struct store *const stores[static 2],
                                                const struct compare_people *people,
                                                const struct compare_match *matches, size_t match_count,
                                                struct failure *failure);

/* The pairs by whether they chose an option, of a single or multiple choice or a scale; by whether they
 * answered favourably, of a single choice or a scale. `question` is the second wave's. */
struct paired compare_pairs_option(const struct compare_pairs *pairs, const struct question *question,
                                   size_t option);
struct paired compare_pairs_favourable(const struct compare_pairs *pairs, const struct question *question);

#endif
