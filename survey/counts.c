#include "survey/counts.h"

#include "model/store_invitation.h"
#include "model/store_pass.h"

#include <string.h>

static void add_group(struct counts *counts, struct counts_group *groups, struct arena *arena,
                      const struct item *item, const size_t *invited) {
    groups[counts->group_count++] =
        (struct counts_group){item, invited, ARENA_NEW(arena, size_t, item->question->option_count + 1)};
}

static bool is_group(const struct counts *counts, const struct item *item) {
    for (size_t i = 0; i < counts->group_count; i++)
        if (counts->groups[i].item == item)
            return true;
    return false;
}

/* Those with margins first, in their order. */
static void find_groups(struct counts *counts, struct arena *arena) {
    const struct questionnaire *questionnaire = counts->questionnaire;
    const struct population *population = &questionnaire->population;
    struct counts_group *groups = ARENA_NEW(arena, struct counts_group, questionnaire->item_count);
    counts->groups = groups;
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item)
            add_group(counts, groups, arena, population->margins[i].item, population->margins[i].sizes);
        else
            counts->channels_invited = population->margins[i].sizes;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        if (item->question->breakdown && item->question->type == QUESTION_SINGLE && !is_group(counts, item))
            add_group(counts, groups, arena, item, NULL);
    }
}

static void count_response(struct counts *counts, const struct response *response) {
    counts->responses++;
    counts->channels[response->channel]++;
    for (size_t i = 0; i < counts->group_count; i++) {
        const struct counts_group *group = &counts->groups[i];
        const struct answer *answer = &response->answers[group->item->index];
        bool given = answer->state == ANSWER_GIVEN;
        group->responses[given ? answer->choices[0] : group->item->question->option_count]++;
    }
}

static bool count_all(struct counts *counts, struct arena *arena, struct store *store,
                      struct failure *failure) {
    bool *wanted = ARENA_NEW(arena, bool, counts->questionnaire->item_count);
    for (size_t i = 0; i < counts->group_count; i++)
        wanted[counts->groups[i].item->index] = true;
    struct store_pass *pass = store_pass_begin_items(store, wanted, failure);
    struct response response;
    while (pass && store_pass_next(pass, &response, failure))
        count_response(counts, &response);
    store_pass_end(pass);
    return !failure_is_set(failure);
}

bool counts_take(struct counts *counts, struct arena *arena, const struct questionnaire *questionnaire,
                 struct store *store, struct failure *failure) {
    *counts = (struct counts){.questionnaire = questionnaire, .step = 1};
    const struct store_day *days = store_days(store, arena, &counts->day_count, failure);
    if (!days || !store_invited(store, &counts->links, failure))
        return false;
    counts->days = ARENA_NEW(arena, struct store_day, counts->day_count);
    memcpy(counts->days, days, counts->day_count * sizeof *days);
    counts->invited = questionnaire->population.size ? questionnaire->population.size : counts->links;
    find_groups(counts, arena);
    return count_all(counts, arena, store, failure);
}

static void coarsen(size_t *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        numbers[i] -= numbers[i] % COUNTS_STEP;
}

void counts_coarsen(struct counts *counts) {
    counts->step = COUNTS_STEP;
    coarsen(&counts->responses, 1);
    coarsen(counts->channels, CHANNEL_COUNT);
    for (size_t i = 0; i < counts->group_count; i++)
        coarsen(counts->groups[i].responses, counts->groups[i].item->question->option_count + 1);
    for (size_t i = 0; i < counts->day_count; i++)
        coarsen(counts->days[i].count, CHANNEL_COUNT);
}

static bool is_steady(const struct counts_steady *steady, const struct counts *now) {
    size_t before = steady->responses;
    return steady->arena && now->links == steady->counts.links &&
           (now->responses > before ? now->responses - before : before - now->responses) < COUNTS_STEP;
}

const struct counts *counts_watch(struct counts_steady *steady, const struct questionnaire *questionnaire,
                                  struct store *store, struct failure *failure) {
    struct arena *arena = arena_create();
    struct counts now;
    bool counted = counts_take(&now, arena, questionnaire, store, failure);
    if (!counted || is_steady(steady, &now)) {
        arena_destroy(arena);
        return counted ? &steady->counts : NULL;
    }
    counts_forget(steady);
    *steady = (struct counts_steady){arena, now, now.responses};
    counts_coarsen(&steady->counts);
    return &steady->counts;
}

void counts_forget(struct counts_steady *steady) {
    if (steady->arena)
        arena_destroy(steady->arena);
    *steady = (struct counts_steady){0};
}

bool counts_is_day_shown(const struct store_day *day) {
    for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++)
        if (day->count[channel])
            return true;
    return false;
}
