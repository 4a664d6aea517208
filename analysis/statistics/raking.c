#include "analysis/statistics/raking.h"

#include <math.h>

/* A margin is met when every category weighs its target up to this part of it. */
static const double MET = 1e-13;

/* Sums of very many cells are not that exact: where weights stand still, this will do. */
static const double MET_AT_REST = 1e-11;

/* Weights that change less than this in a round stand still. */
static const double AT_REST = 1e-14;

/* Rounds: as many as take about a second, which for the usual dozens of cells is far more than it takes. */
enum { LEAST_ROUNDS = 1000, MOST_ROUNDS = 100000, MOST_WORK = 200000000 };

/* What each category of a margin weighs, into `sums`. */
static void weigh(const struct raking_source *source, size_t margin, const double *weights, double *sums) {
    for (size_t i = 0; i < source->margins[margin].category_count; i++)
        sums[i] = 0;
    for (size_t i = 0; i < source->cell_count; i++)
        sums[source->categories[i * source->margin_count + margin]] +=
            (double)source->responses[i] * weights[i];
}

/* Notes the category that is furthest off in people. Returns how far one is at most, as part of its target.
 */
static double find_furthest(const struct raking_source *source, const double *weights, double *sums,
                            struct raking_result *result) {
    double furthest = 0;
    result->off = 0;
    for (size_t i = 0; i < source->margin_count; i++) {
        weigh(source, i, weights, sums);
        for (size_t j = 0; j < source->margins[i].category_count; j++) {
            const double target = source->margins[i].targets[j], off = sums[j] - target;
            if (target > 0)
                furthest = fmax(furthest, fabs(off) / target);
            if (fabs(off) > fabs(result->off)) {
                result->margin = i;
                result->category = j;
                result->off = off;
            }
        }
    }
    return furthest;
}

/* One round through all margins. */
static void adjust(const struct raking_source *source, double *weights, double *sums) {
    for (size_t i = 0; i < source->margin_count; i++) {
        weigh(source, i, weights, sums);
        for (size_t j = 0; j < source->cell_count; j++) {
            const size_t category = source->categories[j * source->margin_count + i];
            if (source->responses[j] > 0)
                weights[j] *= source->margins[i].targets[category] / sums[category];
        }
    }
}

/* The greatest change of a weight, as part of it. */
static double greatest_change(const double *before, const double *after, size_t count) {
    double greatest = 0;
    for (size_t i = 0; i < count; i++)
        greatest = fmax(greatest, fabs(after[i] - before[i]) / before[i]);
    return greatest;
}

static size_t most_rounds(const struct raking_source *source) {
    const size_t rounds = MOST_WORK / (source->cell_count * source->margin_count + 1);
    return rounds < LEAST_ROUNDS ? LEAST_ROUNDS : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
}

struct raking_result raking_fit(struct arena *arena, const struct raking_source *source, double *weights) {
    struct raking_result result = {.converged = false};
    size_t widest = 0;
    for (size_t i = 0; i < source->margin_count; i++)
        if (source->margins[i].category_count > widest)
            widest = source->margins[i].category_count;
    double *sums = ARENA_NEW(arena, double, widest);
    double *before = ARENA_NEW(arena, double, source->cell_count);
    bool at_rest = false;
    for (const size_t most = most_rounds(source); !at_rest && result.iterations < most;) {
        for (size_t i = 0; i < source->cell_count; i++)
            before[i] = weights[i];
        adjust(source, weights, sums);
        result.iterations++;
        at_rest = greatest_change(before, weights, source->cell_count) < AT_REST;
        const double furthest = find_furthest(source, weights, sums, &result);
        if (furthest <= MET || (at_rest && furthest <= MET_AT_REST)) {
            result.converged = true;
            break;
        }
    }
    return result;
}
