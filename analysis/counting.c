#include "analysis/counting.h"

static struct tabulation *create_tabulation(struct arena *arena, const struct counting_plan *plan) {
    return tabulation_create(arena, plan->questionnaire, plan->dimensions, plan->dimension_count);
}

/* Whether everybody is counted apart from those selected. */
static bool counts_apart(const struct counting *counting) {
    return counting->everybody && counting->everybody != counting->tabulation;
}

struct counting *counting_create(struct arena *arena, const struct counting_plan *plan) {
    struct counting *counting = ARENA_NEW(arena, struct counting, 1);
    *counting = (struct counting){.plan = plan, .arena = arena, .tabulation = create_tabulation(arena, plan)};
    if (plan->pair_set_count > 0)
        counting->pairs = pairs_create(arena, plan->pair_sets, plan->pair_set_count);
    if (plan->everybody)
        counting->everybody = plan->where ? create_tabulation(arena, plan) : counting->tabulation;
    return counting;
}

void counting_add(struct counting *counting, const struct response *response) {
    counting->responses++;
    if (!counting->plan->where || expression_holds(counting->plan->where, response->answers)) {
        tabulation_add(counting->tabulation, response);
        if (counting->pairs)
            pairs_add(counting->pairs, response);
    }
    if (counts_apart(counting))
        tabulation_add(counting->everybody, response);
}

void counting_merge(struct counting *counting, const struct counting *other) {
    counting->responses += other->responses;
    tabulation_merge(counting->tabulation, other->tabulation);
    if (counting->pairs)
        pairs_merge(counting->pairs, other->pairs);
    if (counts_apart(counting))
        tabulation_merge(counting->everybody, other->everybody);
}

void counting_end(struct counting *counting) {
    tabulation_end(counting->tabulation);
    if (counts_apart(counting))
        tabulation_end(counting->everybody);
}
