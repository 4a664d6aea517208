#include "analysis/results.h"

#include "analysis/figures.h"
#include "analysis/relations.h"
#include "analysis/results_tests.h"
#include "analysis/study.h"
#include "analysis/study_hiding.h"
#include "analysis/weighted_figures.h"
#include "analysis/weights.h"

#include <math.h>

/* Open answers are quoted only where so many gave one that none can be pinned on somebody. */
enum { QUOTED_FROM = 10 };

/* What the figures are computed with. */
struct computation {
    const struct study *study;
    const struct study_hiding *hiding;
    struct figures_method *method;
    const struct weighted_figures *weighted; /* NULL: figures are not weighted */
};

bool results_check_by(struct arena *arena, const struct questionnaire *questionnaire,
                      const struct results_options *options, struct failure *failure) {
    struct breakdown_list list;
    return breakdown_plan(arena, questionnaire, options->by, options->by_count, &list, failure);
}

const struct breakdown_result *results_breakdown(const struct item_result *item, const struct breakdown *by) {
    for (size_t i = 0; i < item->breakdown_count; i++)
        if (item->breakdowns[i].by == by)
            return &item->breakdowns[i];
    return NULL;
}

/* --- Figures --- */

static struct group_result compute_group(const struct computation *computation, const struct item *item,
                                         const struct study_group *group, bool hidden) {
    const struct study *study = computation->study;
    enum question_type type = item->question->type;
    struct figures_source source = {.item = item,
                                    .tally = &group->tally.items[item->index],
                                    .responses = group->tally.responses,
                                    .population = group->population};
    if (type == QUESTION_NUMBER || type == QUESTION_DATE)
        source.values = tabulation_values(study->tabulation, item, group->selection, &source.value_count);
    struct group_result result = {.code = group->code};
    figures_bases(study->arena, &source, &result);
    if (hidden && result.asked > 0) /* where nobody was asked there is nothing to hide */
        figures_suppress(&result);
    else
        figures_compute(computation->method, &source, &result);
    if (computation->weighted)
        weighted_figures_compute(computation->weighted, item, group->selection, &result);
    return result;
}

static struct breakdown_result compute_breakdown(const struct computation *computation,
                                                 const struct item *item, size_t number) {
    const struct study_breakdown *breakdown = &computation->study->breakdowns[number];
    size_t count = breakdown->by->group_count;
    struct group_result *groups = ARENA_NEW(computation->study->arena, struct group_result, count);
    for (size_t i = 0; i < count; i++) {
        bool hidden = study_hiding_group(computation->hiding, item, number, i);
        groups[i] = compute_group(computation, item, &breakdown->groups[i], hidden);
        groups[i].by = breakdown->by;
        groups[i].number = i;
        groups[i].values = NULL; /* each single value is told of the whole only */
        groups[i].value_count = 0;
    }
    struct breakdown_result result = {.by = breakdown->by, .groups = groups};
    results_tests_compute(computation->study, computation->hiding, item, number, &result);
    return result;
}

static struct item_result compute_item(const struct computation *computation, const struct item *item) {
    const struct study *study = computation->study;
    struct breakdown_result *breakdowns = ARENA_NEW(study->arena, struct breakdown_result, study->by.count);
    struct item_result result = {.item = item, .breakdowns = breakdowns};
    bool hidden = study_hiding_whole(computation->hiding, item);
    result.whole = compute_group(computation, item, &study->whole, hidden);
    for (size_t i = 0; i < study->by.count; i++)
        if (!breakdown_names(&study->by.all[i], item))
            breakdowns[result.breakdown_count++] = compute_breakdown(computation, item, i);
    return result;
}

static void compute_items(const struct computation *computation, struct results *results) {
    const struct study *study = computation->study;
    struct item_result *items = ARENA_NEW(study->arena, struct item_result, study->questionnaire->item_count);
    for (size_t i = 0; i < study->questionnaire->item_count; i++)
        items[i] = compute_item(computation, &study->questionnaire->items[i]);
    results_tests_adjust(study->arena, study->options, &study->by, items, study->questionnaire->item_count);
    results->by = study->by;
    results->population = study->whole.population;
    results->items = items;
    results->item_count = study->questionnaire->item_count;
}

/* --- What is told beside the questions --- */

static double rate_of(size_t responses, size_t population) {
    return population ? (double)responses / (double)population : NAN;
}

static const struct study_group *channels(const struct study *study) {
    return study->breakdowns[study->by.count - 1].groups;
}

static struct response_rate compute_response_rate(const struct study *study, const struct margin *margin) {
    const struct item *item = margin->item;
    size_t count = breakdown_option_count(item);
    struct response_group *groups = ARENA_NEW(study->arena, struct response_group, count);
    for (size_t i = 0; i < count; i++) {
        groups[i] = (struct response_group){.code = breakdown_code(item, i), .population = margin->sizes[i]};
        groups[i].responses =
            item ? study->whole.tally.items[item->index].options[i] : channels(study)[i].tally.responses;
        groups[i].rate = rate_of(groups[i].responses, groups[i].population);
    }
    return (struct response_rate){item ? item->id : "channel", item, groups, count};
}

/* Of a subset there is no response rate and no count by day: both are of the whole collection. */
static bool compute_campaign(const struct study *study, struct store *store, struct results *results,
                             struct failure *failure) {
    results->responses = study->whole.tally.responses;
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        results->responses_by_channel[i] = channels(study)[i].tally.responses;
    results->response_rate = NAN;
    if (study->options->where)
        return true;
    const struct population *population = &study->questionnaire->population;
    results->response_rate = rate_of(results->responses, population->size);
    struct response_rate *rates = ARENA_NEW(study->arena, struct response_rate, population->margin_count);
    for (size_t i = 0; i < population->margin_count; i++)
        rates[i] = compute_response_rate(study, &population->margins[i]);
    results->response_rates = rates;
    results->response_rate_count = population->margin_count;
    results->days = store_days(store, study->arena, &results->day_count, failure);
    return results->days != NULL;
}

/* Nor may a report of all and one of this part together tell what so few others said. */
static bool may_quote(const struct study *study, const struct item_result *item) {
    if (item->whole.expressed < QUOTED_FROM || !study->options->where)
        return item->whole.expressed >= QUOTED_FROM;
    struct tally all = tabulation_sum(study->everybody, (struct selection){0});
    size_t others = all.items[item->item->index].states[ANSWER_GIVEN] - item->whole.expressed;
    return others == 0 || others >= QUOTED_FROM;
}

static void collect_texts(const struct study *study, struct results *results) {
    size_t items = study->questionnaire->item_count;
    const char *const **texts = ARENA_NEW(study->arena, const char *const *, items);
    size_t *counts = ARENA_NEW(study->arena, size_t, items);
    for (size_t i = 0; i < items; i++) {
        const struct item *item = &study->questionnaire->items[i];
        if (item->question->type == QUESTION_TEXT && may_quote(study, &results->items[i]))
            texts[i] = tabulation_texts(study->tabulation, item, &counts[i]);
    }
    results->texts = texts;
    results->text_counts = counts;
}

/* More responses than people were invited: rates of such a population would be nonsense, and look like facts.
 */
static bool check_population(const struct study *study, struct failure *failure) {
    const struct population *population = &study->questionnaire->population;
    return population->size == 0 || study->all_responses <= population->size ||
           failure_set(
               failure,
               "%s:%u:%u: there are %zu responses, but only %zu people were invited; correct the size and"
               " the margins",
               study->questionnaire->file, population->place.line, population->place.column,
               study->all_responses, population->size);
}

const struct results *results_compute(struct arena *arena, struct store *store,
                                      const struct questionnaire *questionnaire,
                                      const struct results_options *options, struct failure *failure) {
    struct results *results = ARENA_NEW(arena, struct results, 1);
    results->questionnaire = questionnaire;
    results->options = *options;
    if (!options->interval_chosen)
        results->options.interval = proportion_default_method((long)questionnaire->population.size);
    struct study *study = study_plan(arena, questionnaire, &results->options, failure);
    struct relations_request relations;
    if (!study || !relations_request_read(arena, questionnaire, options, &relations, failure))
        return NULL;
    study->pair_sets = relations.sets;
    study->pair_set_count = relations.set_count;
    if (!weights_plan(study, failure) || !study_count(study, store, failure) ||
        !check_population(study, failure) || !weights_compute(study, failure))
        return NULL;
    const struct study_hiding *hiding = study_hiding_decide(study);
    struct computation computation = {study, hiding,
                                      figures_method(arena, results->options.interval, options->confidence),
                                      weighted_figures_create(study, hiding)};
    results->weights = study->weights;
    compute_items(&computation, results);
    results->relations = relations_compute(arena, &relations, study->pairs, results);
    if (!compute_campaign(study, store, results, failure))
        return NULL;
    collect_texts(study, results);
    return results;
}
