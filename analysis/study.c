#include "analysis/study.h"

#include "analysis/readers.h"
#include "analysis/statistics/proportion.h"

#include <math.h>
#include <stdint.h>

/* --- What is counted --- */

static size_t find_dimension(const struct study *study, const struct item *item) {
    size_t at = 0;
    while (item && at < study->dimension_count && study->dimensions[at] != item)
        at++;
    return item ? at : study->dimension_count;
}

size_t study_dimension(struct study *study, const struct item *item) {
    size_t at = find_dimension(study, item);
    if (item && at == study->dimension_count)
        study->dimensions[study->dimension_count++] = item;
    return at;
}

struct study *study_plan(struct arena *arena, const struct questionnaire *questionnaire,
                         const struct results_options *options, struct failure *failure) {
    struct study *study = ARENA_NEW(arena, struct study, 1);
    *study = (struct study){.arena = arena, .questionnaire = questionnaire, .options = options};
    if (!breakdown_plan(arena, questionnaire, options->by, options->by_count, &study->by, failure))
        return NULL;
    study->dimensions = ARENA_NEW(arena, const struct item *, questionnaire->item_count);
    for (size_t i = 0; i < study->by.count; i++)
        for (size_t j = 0; j < study->by.all[i].factor_count; j++)
            study_dimension(study, study->by.all[i].factors[j]);
    return study;
}

static bool count_responses(struct study *study, struct store *store, struct failure *failure) {
    struct counting_plan *plan = ARENA_NEW(study->arena, struct counting_plan, 1);
    *plan = (struct counting_plan){.questionnaire = study->questionnaire,
                                   .dimensions = study->dimensions,
                                   .dimension_count = study->dimension_count,
                                   .where = study->options->where,
                                   .pair_sets = study->pair_sets,
                                   .pair_set_count = study->pair_set_count,
                                   .everybody = study->options->weight_count > 0 || study->options->where};
    const struct counting *counting =
        readers_count(study->arena, plan, store, study->options->readers, failure);
    if (!counting)
        return false;
    study->tabulation = counting->tabulation;
    study->everybody = counting->everybody;
    study->pairs = counting->pairs;
    study->all_responses = counting->responses;
    return true;
}

size_t study_cell_group(const struct study *study, size_t cell, const struct breakdown *by) {
    size_t options[BREAKDOWN_FACTORS];
    for (size_t i = 0; i < by->factor_count; i++)
        options[i] = tabulation_cell_code(study->tabulation, cell, find_dimension(study, by->factors[i]));
    return breakdown_group(by, options);
}

/* --- How many people a group has --- */

static const struct margin *find_margin(const struct population *population, const struct item *item) {
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item == item)
            return &population->margins[i];
    return NULL;
}

/* Gives the size of a margin's category in `*size`, if it is known. Of a subset of the responses it is where
 * that is itself made of categories of this margin. */
static bool find_size(const struct study *study, const struct item *factor, size_t option, size_t *size) {
    const struct margin *margin = find_margin(&study->questionnaire->population, factor);
    if (!margin || (study->options->where && margin != study->subset.margin))
        return false;
    *size = study->options->where && !study->subset.is_selected[option] ? 0 : margin->sizes[option];
    return true;
}

static size_t share_of(size_t population, size_t responses, size_t all_responses) {
    return (size_t)proportion_group_population((long)population, (long)responses, (long)all_responses);
}

/* Margins do not tell how many people are in two categories at once. They stand for the people of both as the
 * responses do: each by as many as in the whole, more or less so as in their categories, which is the first
 * step of raking. But a margin sets a bound: of the people in a category, those who responded outside of the
 * group are not in it. If everybody of a category responded, so did everybody of the group. */
static size_t crossed_population(const struct study *study, const struct breakdown *by, size_t group,
                                 size_t responses) {
    const double people = (double)study->whole.population, all = (double)study->whole.tally.responses;
    if (study->whole.population == 0 || responses == 0)
        return share_of(study->whole.population, responses, study->whole.tally.responses);
    double share = (double)responses * people / all, most = people;
    for (size_t i = 0; i < by->factor_count; i++) {
        size_t option = breakdown_option(by, group, i), size;
        if (!find_size(study, by->factors[i], option, &size))
            continue;
        struct condition condition = {find_dimension(study, by->factors[i]), option};
        size_t category = tabulation_responses(study->tabulation, (struct selection){{condition}, 1});
        share *= (double)size / (double)category / (people / all);
        most = fmin(most, (double)(size > category ? size - category + responses : responses));
    }
    return (size_t)fmax((double)responses, fmin(most, floor(share + 0.5)));
}

static size_t group_population(const struct study *study, const struct breakdown *by, size_t group,
                               size_t responses) {
    size_t size;
    if (by->factor_count > 1)
        return crossed_population(study, by, group, responses);
    if (find_size(study, by->factors[0], group, &size))
        return size;
    return share_of(study->whole.population, responses, study->whole.tally.responses);
}

/* --- Groups --- */

static void count_whole(struct study *study) {
    study->whole.tally = tabulation_sum(study->tabulation, study->whole.selection);
    study->whole.population = study->questionnaire->population.size;
    if (!study->options->where)
        return;
    study->subset = subset_of_expression(study->arena, study->questionnaire, study->options->where);
    study->whole.population =
        study->subset.margin
            ? study->subset.population
            : share_of(study->whole.population, study->whole.tally.responses, study->all_responses);
}

static const char *group_code(const struct study *study, const struct breakdown *by, size_t group) {
    const char *code = breakdown_code(by->factors[0], breakdown_option(by, group, 0));
    if (by->factor_count == 1)
        return code;
    return arena_format(study->arena, "%s*%s", code,
                        breakdown_code(by->factors[1], breakdown_option(by, group, 1)));
}

static struct study_group count_group(const struct study *study, const struct breakdown *by, size_t number) {
    struct study_group group = {.code = group_code(study, by, number)};
    for (size_t i = 0; i < by->factor_count; i++)
        group.selection.conditions[group.selection.condition_count++] =
            (struct condition){find_dimension(study, by->factors[i]), breakdown_option(by, number, i)};
    group.tally = tabulation_sum(study->tabulation, group.selection);
    group.population = group_population(study, by, number, group.tally.responses);
    return group;
}

static void count_groups(struct study *study) {
    struct study_breakdown *breakdowns = ARENA_NEW(study->arena, struct study_breakdown, study->by.count);
    for (size_t i = 0; i < study->by.count; i++) {
        const struct breakdown *by = &study->by.all[i];
        struct study_group *groups = ARENA_NEW(study->arena, struct study_group, by->group_count);
        for (size_t j = 0; j < by->group_count; j++)
            groups[j] = count_group(study, by, j);
        breakdowns[i] = (struct study_breakdown){by, groups};
    }
    study->breakdowns = breakdowns;
}

bool study_count(struct study *study, struct store *store, struct failure *failure) {
    if (!count_responses(study, store, failure))
        return false;
    count_whole(study);
    count_groups(study);
    return true;
}
