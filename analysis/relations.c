#include "analysis/relations.h"

#include "analysis/statistics/adjustment.h"
#include "analysis/statistics/relation.h"

#include <math.h>

/* What relations are computed with. */
struct computation {
    struct arena *arena;
    const struct pairs *pairs;
    const struct results *results;
    size_t set; /* of the pairs, being computed */
    const struct pairs_set *items;
};

static const struct item_result *result_of(const struct computation *computation, size_t item) {
    return &computation->results->items[computation->items->items[item]->index];
}

static bool is_few(const struct computation *computation, size_t n) {
    return n < RELATIONS_FEWEST || n < computation->results->options.minimum_cell;
}

/* Whether n people are everybody whom the item concerns. */
static bool is_everybody(const struct computation *computation, size_t item, size_t n) {
    const size_t population = result_of(computation, item)->whole.population;
    return population > 0 && n >= population;
}

static bool is_census(const struct computation *computation, size_t n) {
    for (size_t i = 0; i < computation->items->count; i++)
        if (!is_everybody(computation, i, n))
            return false;
    return true;
}

static bool hides_group(const struct breakdown_result *breakdown) {
    for (size_t i = 0; i < breakdown->by->group_count; i++)
        if (breakdown->groups[i].suppressed)
            return true;
    return false;
}

/* Whether the report hides groups of what was answered to one item by the answers to another. By the other
 * alone, nothing need be hidden when it is crossed: what a relation tells can be counted from what is shown.
 */
static bool hides_breakdown(const struct computation *computation, size_t of, size_t by) {
    const struct item_result *result = result_of(computation, of);
    bool hides = false;
    for (size_t i = 0; i < result->breakdown_count; i++) {
        const struct breakdown *breakdown = result->breakdowns[i].by;
        if (!breakdown_names(breakdown, computation->items->items[by]))
            continue;
        if (breakdown->factor_count == 1)
            return hides_group(&result->breakdowns[i]);
        hides = hides || hides_group(&result->breakdowns[i]);
    }
    return hides;
}

/* An item whose figures are hidden; or two whose table is, for so precise a figure is nearly as good as that:
 * with the totals it often fits a single table. */
static bool tells_hidden(const struct computation *computation, size_t first, size_t second) {
    return result_of(computation, first)->whole.suppressed ||
           result_of(computation, second)->whole.suppressed || hides_breakdown(computation, first, second) ||
           hides_breakdown(computation, second, first);
}

/* Few people, or two items of which nothing may be told: all figures of a set rest on every two of them. */
static bool is_hidden(const struct computation *computation) {
    for (size_t i = 0; i < computation->items->count; i++)
        for (size_t j = i + 1; j < computation->items->count; j++)
            if (tells_hidden(computation, i, j))
                return true;
    return is_few(computation, pairs_complete(computation->pairs, computation->set));
}

/* --- Two items --- */

static struct relation_result relate(const struct computation *computation, size_t first, size_t second) {
    const struct contingency table =
        pairs_table(computation->arena, computation->pairs, computation->set, first, second);
    struct relation_result result = {.first = computation->items->items[first],
                                     .second = computation->items->items[second],
                                     .n = contingency_total(&table),
                                     .spearman = hypothesis_test_refused(TEST_TOO_FEW),
                                     .kendall = hypothesis_test_refused(TEST_TOO_FEW)};
    result.hidden = is_few(computation, result.n) || tells_hidden(computation, first, second);
    if (result.hidden) {
        result.n = 0;
        return result;
    }
    result.spearman = relation_spearman(computation->arena, &table);
    result.kendall = relation_kendall(computation->arena, &table);
    if (is_everybody(computation, first, result.n) && is_everybody(computation, second, result.n))
        result.spearman.p = result.kendall.p = NAN;
    return result;
}

/* Those of each of the two measures are a family. */
static void adjust(const struct computation *computation, struct relation_result *relations, size_t count) {
    const enum adjustment adjustment = computation->results->options.adjustment;
    double *p = ARENA_NEW(computation->arena, double, count);
    for (size_t i = 0; i < count; i++)
        p[i] = relations[i].spearman.p;
    adjustment_apply(computation->arena, adjustment, p, p, count);
    for (size_t i = 0; i < count; i++) {
        relations[i].spearman.p_adjusted = p[i];
        p[i] = relations[i].kendall.p;
    }
    adjustment_apply(computation->arena, adjustment, p, p, count);
    for (size_t i = 0; i < count; i++)
        relations[i].kendall.p_adjusted = p[i];
}

/* --- Grids --- */

static struct reliability_result compute_reliability(const struct computation *computation) {
    const size_t count = computation->items->count;
    struct relation_result *pairs =
        ARENA_NEW(computation->arena, struct relation_result, count * (count - 1) / 2);
    struct reliability_result result = {.grid = computation->items->items[0]->question, .pairs = pairs};
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            pairs[result.pair_count++] = relate(computation, i, j);
    adjust(computation, pairs, result.pair_count);
    result.hidden = is_hidden(computation);
    if (result.hidden)
        return result;
    const struct covariance matrix =
        pairs_covariance(computation->arena, computation->pairs, computation->set);
    result.of = reliability_of(computation->arena, &matrix, computation->results->options.confidence);
    result.census = is_census(computation, result.of.n);
    if (result.census)
        result.of.low = result.of.high = result.of.alpha;
    return result;
}

/* --- Outcomes --- */

static struct drivers_result compute_drivers(const struct computation *computation) {
    const struct pairs_set *set = computation->items;
    struct relation_result *relations = ARENA_NEW(computation->arena, struct relation_result, set->count - 1);
    struct drivers_result result = {.outcome = set->items[0],
                                    .items = set->items + 1,
                                    .item_count = set->count - 1,
                                    .relations = relations};
    for (size_t i = 1; i < set->count; i++)
        relations[i - 1] = relate(computation, 0, i);
    adjust(computation, relations, result.item_count);
    result.hidden = is_hidden(computation);
    if (result.hidden)
        return result;
    const struct covariance matrix =
        pairs_covariance(computation->arena, computation->pairs, computation->set);
    result.of = importance_of(computation->arena, &matrix);
    result.census = is_census(computation, result.of.n);
    return result;
}

const struct relations *relations_compute(struct arena *arena, const struct relations_request *request,
                                          const struct pairs *pairs, const struct results *results) {
    if (request->set_count == 0)
        return NULL;
    struct relations *relations = ARENA_NEW(arena, struct relations, 1);
    struct reliability_result *reliabilities =
        ARENA_NEW(arena, struct reliability_result, request->grid_count);
    struct drivers_result *drivers =
        ARENA_NEW(arena, struct drivers_result, request->set_count - request->grid_count);
    for (size_t i = 0; i < request->set_count; i++) {
        const struct computation computation = {arena, pairs, results, i, &request->sets[i]};
        if (i < request->grid_count)
            reliabilities[relations->reliability_count++] = compute_reliability(&computation);
        else
            drivers[relations->drivers_count++] = compute_drivers(&computation);
    }
    relations->reliabilities = reliabilities;
    relations->drivers = drivers;
    return relations;
}
