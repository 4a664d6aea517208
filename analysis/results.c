#include "analysis/results.h"

#include "analysis/figures.h"
#include "analysis/subset.h"
#include "analysis/suppression.h"
#include "analysis/tabulation.h"
#include "model/base/text.h"
#include "model/expression.h"

#include <math.h>
#include <string.h>

/* Open answers are quoted only where so many gave one that none can be pinned on somebody. */
enum { QUOTED_FROM = 10 };

/* A group of a breakdown: whose answers it is, its counts for every item, and its people. */
struct group {
    const char *code;
    struct wording text;
    struct selection selection;
    struct tally tally;
    size_t population; /* 0: not known */
};

struct breakdown {
    const struct item *item; /* NULL: the channel */
    struct group *groups;
    size_t group_count;
};

/* All that the figures are computed from. The last breakdown is the channel. */
struct study {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    const struct results_options *options;
    const struct item **by;
    size_t by_count;
    struct tabulation *tabulation;
    size_t all_responses; /* before `where` */
    struct subset subset; /* what `where` selects */
    struct group whole;
    struct breakdown *breakdowns;
    size_t breakdown_count;
    struct suppression_cell *cells; /* the people by their groups in all breakdowns */
    size_t *cell_of;                /* of each cell of the tabulation */
    size_t cell_count;
    struct suppression_table **tables; /* by item, then by breakdown */
    struct figures_method *method;
};

/* --- What results are broken down by --- */

static bool can_break_down(const struct question *question) {
    return question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE ||
           question->type == QUESTION_MULTIPLE;
}

static void add_breakdown(struct study *study, const struct item *item) {
    for (size_t i = 0; i < study->by_count; i++)
        if (study->by[i] == item)
            return;
    study->by[study->by_count++] = item;
}

static bool unknown_breakdown(const struct study *study, const char *id, struct failure *failure) {
    const struct questionnaire *questionnaire = study->questionnaire;
    const char **ids = ARENA_NEW(study->arena, const char *, questionnaire->item_count);
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (can_break_down(questionnaire->items[i].question))
            ids[count++] = questionnaire->items[i].id;
    const char *nearest = text_nearest(id, ids, count);
    return failure_set(failure, "--by %s: the questionnaire has no question or grid item of that name%s%s%s",
                       id, nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
}

static bool add_named_breakdown(struct study *study, const char *id, struct failure *failure) {
    if (strcmp(id, "channel") == 0)
        return true; /* always there */
    const struct item *item = questionnaire_item(study->questionnaire, id);
    if (!item && questionnaire_question(study->questionnaire, id))
        return failure_set(failure, "--by %s: this is a grid; name one of its items", id);
    if (!item)
        return unknown_breakdown(study, id, failure);
    if (!can_break_down(item->question))
        return failure_set(
            failure, "--by %s: results can be shown by a single choice, a multiple choice or a scale only",
            id);
    add_breakdown(study, item);
    return true;
}

static bool plan_breakdowns(struct study *study, struct failure *failure) {
    const struct questionnaire *questionnaire = study->questionnaire;
    study->by = ARENA_NEW(study->arena, const struct item *, questionnaire->item_count);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        if (item->question->breakdown && can_break_down(item->question))
            add_breakdown(study, item);
    }
    for (size_t i = 0; i < study->options->by_count; i++)
        if (!add_named_breakdown(study, study->options->by[i], failure))
            return false;
    return true;
}

bool results_check_by(struct arena *arena, const struct questionnaire *questionnaire,
                      const struct results_options *options, struct failure *failure) {
    struct study study = {.arena = arena, .questionnaire = questionnaire, .options = options};
    return plan_breakdowns(&study, failure);
}

/* --- Counting --- */

static bool count_responses(struct study *study, struct store *store, struct failure *failure) {
    study->tabulation = tabulation_create(study->arena, study->questionnaire, study->by, study->by_count);
    struct store_pass *pass = store_pass_begin(store, failure);
    if (!pass)
        return false;
    struct response response;
    while (store_pass_next(pass, &response, failure)) {
        study->all_responses++;
        if (!study->options->where || expression_holds(study->options->where, response.answers))
            tabulation_add(study->tabulation, &response);
    }
    store_pass_end(pass);
    return !failure_is_set(failure);
}

static const struct margin *find_margin(const struct population *population, const struct item *item) {
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item == item)
            return &population->margins[i];
    return NULL;
}

/* How many people a group has: by its margin if there is one. Of a subset of the responses the margin is
 * known where it is itself one of that margin's categories; else a group of it has its share. */
static size_t group_population(const struct study *study, const struct item *item, size_t option,
                               size_t responses) {
    const struct margin *margin = find_margin(&study->questionnaire->population, item);
    if (margin && !study->options->where)
        return margin->sizes[option];
    if (margin && margin == study->subset.margin)
        return study->subset.is_selected[option] ? margin->sizes[option] : 0;
    return (size_t)proportion_group_population((long)study->whole.population, (long)responses,
                                               (long)study->whole.tally.responses);
}

static void count_whole(struct study *study) {
    study->whole.selection = (struct selection){.by = TABULATION_WHOLE};
    study->whole.tally = tabulation_sum(study->tabulation, study->whole.selection);
    study->whole.population = study->questionnaire->population.size;
    if (!study->options->where)
        return;
    study->subset = subset_of_expression(study->arena, study->questionnaire, study->options->where);
    study->whole.population = study->subset.margin
                                  ? study->subset.population
                                  : (size_t)proportion_group_population((long)study->whole.population,
                                                                        (long)study->whole.tally.responses,
                                                                        (long)study->all_responses);
}

static struct group count_group(const struct study *study, const struct item *item, size_t by, size_t code) {
    struct group group = {.selection = {by, code}};
    if (item) {
        group.code = item->question->options[code].code;
        group.text = item->question->options[code].text;
    } else {
        group.code = answer_channel_name((enum channel)code);
    }
    group.tally = tabulation_sum(study->tabulation, group.selection);
    group.population = group_population(study, item, code, group.tally.responses);
    return group;
}

static void count_groups(struct study *study) {
    study->breakdown_count = study->by_count + 1;
    study->breakdowns = ARENA_NEW(study->arena, struct breakdown, study->breakdown_count);
    for (size_t i = 0; i < study->breakdown_count; i++) {
        struct breakdown *breakdown = &study->breakdowns[i];
        breakdown->item = i < study->by_count ? study->by[i] : NULL;
        breakdown->group_count = breakdown->item ? breakdown->item->question->option_count : CHANNEL_COUNT;
        breakdown->groups = ARENA_NEW(study->arena, struct group, breakdown->group_count);
        for (size_t j = 0; j < breakdown->group_count; j++)
            breakdown->groups[j] = count_group(study, breakdown->item, i, j);
    }
}

static bool is_overlapping(const struct breakdown *breakdown) {
    return breakdown->item && breakdown->item->question->type == QUESTION_MULTIPLE;
}

/* The groups that a cell of the tabulation is in; overlapping breakdowns do not matter to suppression. */
static const size_t *groups_of_cell(const struct study *study, size_t cell) {
    size_t *groups = ARENA_NEW(study->arena, size_t, study->breakdown_count);
    for (size_t i = 0; i < study->breakdown_count; i++)
        if (!is_overlapping(&study->breakdowns[i]))
            groups[i] = tabulation_cell_group(study->tabulation, cell, i);
    return groups;
}

/* Puts the cells of the tabulation together that differ in overlapping breakdowns only. */
static void merge_cells(struct study *study) {
    size_t count = tabulation_cell_count(study->tabulation);
    size_t size = study->breakdown_count * sizeof(size_t);
    study->cells = ARENA_NEW(study->arena, struct suppression_cell, count);
    study->cell_of = ARENA_NEW(study->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        const size_t *groups = groups_of_cell(study, i);
        size_t at = 0;
        while (at < study->cell_count && memcmp(study->cells[at].groups, groups, size) != 0)
            at++;
        study->cells[at].groups = groups;
        study->cell_of[i] = at;
        if (at == study->cell_count)
            study->cell_count++;
    }
}

/* --- Who is too few to be shown --- */

static struct suppression_group suppression_group(const struct item *item, const struct group *group) {
    const struct item_tally *tally = &group->tally.items[item->index];
    size_t expressed = tally->states[ANSWER_GIVEN];
    size_t asked = expressed + tally->states[ANSWER_NO_OPINION] + tally->states[ANSWER_NOT_ANSWERED];
    return (struct suppression_group){.asked = asked, .expressed = expressed, .counts = tally->options};
}

static struct suppression_table suppression_table(const struct study *study, const struct item *item,
                                                  const struct breakdown *breakdown) {
    struct suppression_table table = {.whole = suppression_group(item, &study->whole),
                                      .group_count = breakdown->group_count,
                                      .option_count = item->question->option_count};
    /* A question is not shown by itself: as if it overlapped, that table asks nothing of the others. */
    table.overlapping = is_overlapping(breakdown) || breakdown->item == item;
    table.groups = ARENA_NEW(study->arena, struct suppression_group, breakdown->group_count);
    for (size_t i = 0; i < breakdown->group_count; i++)
        table.groups[i] = suppression_group(item, &breakdown->groups[i]);
    return table;
}

/* What is hidden in all tables of an item, one for each breakdown. */
static struct suppression_table *decide(const struct study *study, const struct item *item) {
    struct suppression_table *tables =
        ARENA_NEW(study->arena, struct suppression_table, study->breakdown_count);
    for (size_t i = 0; i < study->breakdown_count; i++)
        tables[i] = suppression_table(study, item, &study->breakdowns[i]);
    for (size_t i = 0; i < study->cell_count; i++)
        study->cells[i].expressed = 0;
    for (size_t i = 0; i < tabulation_cell_count(study->tabulation); i++)
        study->cells[study->cell_of[i]].expressed += tabulation_cell_expressed(study->tabulation, i, item);
    suppression_decide_all(tables, study->breakdown_count, study->cells, study->cell_count,
                           study->options->minimum_cell);
    return tables;
}

static bool hides_any(const struct suppression_table *table) {
    for (size_t i = 0; i < table->group_count; i++)
        if (table->groups[i].hidden && table->groups[i].asked > 0)
            return true;
    return false;
}

static void hide_all(struct suppression_table *table) {
    for (size_t i = 0; i < table->group_count; i++)
        table->groups[i].hidden = true;
}

/* One breakdown question by another, and that one by the first, are the same counts: a group hidden in one of
 * these tables could be read in the rows of the other, so that neither is shown if either hides anything. */
static void hide_transposed(const struct study *study) {
    for (size_t i = 0; i < study->by_count; i++)
        for (size_t j = i + 1; j < study->by_count; j++) {
            struct suppression_table *one = &study->tables[study->by[i]->index][j];
            struct suppression_table *other = &study->tables[study->by[j]->index][i];
            if (hides_any(one) || hides_any(other)) {
                hide_all(one);
                hide_all(other);
            }
        }
}

static void decide_all(struct study *study) {
    size_t count = study->questionnaire->item_count;
    study->tables = ARENA_NEW(study->arena, struct suppression_table *, count);
    for (size_t i = 0; i < count; i++)
        study->tables[i] = decide(study, &study->questionnaire->items[i]);
    hide_transposed(study);
}

/* --- Figures --- */

static struct group_result compute_group(const struct study *study, const struct item *item,
                                         const struct group *group, bool hidden) {
    enum question_type type = item->question->type;
    struct figures_source source = {.item = item,
                                    .tally = &group->tally.items[item->index],
                                    .responses = group->tally.responses,
                                    .population = group->population};
    if (type == QUESTION_NUMBER || type == QUESTION_DATE)
        source.values = tabulation_values(study->tabulation, item, group->selection, &source.value_count);
    struct group_result result = {.code = group->code, .text = group->text};
    figures_bases(study->arena, &source, &result);
    if (hidden && result.asked > 0) /* where nobody was asked there is nothing to hide */
        figures_suppress(&result);
    else
        figures_compute(study->method, &source, &result);
    return result;
}

static struct breakdown_result compute_breakdown(const struct study *study, const struct item *item,
                                                 const struct breakdown *breakdown,
                                                 const struct suppression_table *table) {
    struct group_result *groups = ARENA_NEW(study->arena, struct group_result, breakdown->group_count);
    for (size_t i = 0; i < breakdown->group_count; i++) {
        groups[i] = compute_group(study, item, &breakdown->groups[i], table->groups[i].hidden);
        groups[i].values = NULL; /* each single value is told of the whole only */
        groups[i].value_count = 0;
    }
    return (struct breakdown_result){.by = breakdown->item ? breakdown->item->id : "channel",
                                     .item = breakdown->item,
                                     .overlapping = is_overlapping(breakdown),
                                     .groups = groups,
                                     .group_count = breakdown->group_count};
}

static struct item_result compute_item(const struct study *study, const struct item *item) {
    const struct suppression_table *tables = study->tables[item->index];
    struct breakdown_result *breakdowns =
        ARENA_NEW(study->arena, struct breakdown_result, study->breakdown_count);
    struct item_result result = {.item = item, .breakdowns = breakdowns};
    result.whole = compute_group(study, item, &study->whole, tables[0].whole.hidden);
    for (size_t i = 0; i < study->breakdown_count; i++)
        if (study->breakdowns[i].item != item)
            breakdowns[result.breakdown_count++] =
                compute_breakdown(study, item, &study->breakdowns[i], &tables[i]);
    return result;
}

static void compute_items(const struct study *study, struct results *results) {
    struct item_result *items = ARENA_NEW(study->arena, struct item_result, study->questionnaire->item_count);
    for (size_t i = 0; i < study->questionnaire->item_count; i++)
        items[i] = compute_item(study, &study->questionnaire->items[i]);
    results->items = items;
    results->item_count = study->questionnaire->item_count;
}

/* --- What is told beside the questions --- */

static double rate_of(size_t responses, size_t population) {
    return population ? (double)responses / (double)population : NAN;
}

static struct response_rate compute_response_rate(const struct study *study, const struct margin *margin) {
    size_t count = margin->item ? margin->item->question->option_count : CHANNEL_COUNT;
    const struct breakdown *channels = &study->breakdowns[study->breakdown_count - 1];
    struct response_group *groups = ARENA_NEW(study->arena, struct response_group, count);
    for (size_t i = 0; i < count; i++) {
        struct response_group *group = &groups[i];
        if (margin->item) {
            group->code = margin->item->question->options[i].code;
            group->text = margin->item->question->options[i].text;
            group->responses = study->whole.tally.items[margin->item->index].options[i];
        } else {
            group->code = channels->groups[i].code;
            group->responses = channels->groups[i].tally.responses;
        }
        group->population = margin->sizes[i];
        group->rate = rate_of(group->responses, group->population);
    }
    return (struct response_rate){margin->item ? margin->item->id : "channel", margin->item, groups, count};
}

/* Of a subset there is no response rate and no count by day: both are of the whole collection. */
static bool compute_campaign(const struct study *study, struct store *store, struct results *results,
                             struct failure *failure) {
    const struct breakdown *channels = &study->breakdowns[study->breakdown_count - 1];
    results->responses = study->whole.tally.responses;
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        results->responses_by_channel[i] = channels->groups[i].tally.responses;
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

static void collect_texts(const struct study *study, struct results *results) {
    size_t items = study->questionnaire->item_count;
    const char *const **texts = ARENA_NEW(study->arena, const char *const *, items);
    size_t *counts = ARENA_NEW(study->arena, size_t, items);
    for (size_t i = 0; i < items; i++) {
        const struct item *item = &study->questionnaire->items[i];
        if (item->question->type == QUESTION_TEXT && results->items[i].whole.expressed >= QUOTED_FROM)
            texts[i] = tabulation_texts(study->tabulation, item, &counts[i]);
    }
    results->texts = texts;
    results->text_counts = counts;
}

const struct results *results_compute(struct arena *arena, struct store *store,
                                      const struct questionnaire *questionnaire,
                                      const struct results_options *options, struct failure *failure) {
    struct study study = {.arena = arena, .questionnaire = questionnaire, .options = options};
    struct results *results = ARENA_NEW(arena, struct results, 1);
    results->questionnaire = questionnaire;
    results->options = *options;
    if (!options->interval_chosen)
        results->options.interval = proportion_default_method((long)questionnaire->population.size);
    if (!plan_breakdowns(&study, failure) || !count_responses(&study, store, failure))
        return NULL;
    study.method = figures_method(arena, results->options.interval, options->confidence);
    count_whole(&study);
    count_groups(&study);
    merge_cells(&study);
    decide_all(&study);
    compute_items(&study, results);
    if (!compute_campaign(&study, store, results, failure))
        return NULL;
    collect_texts(&study, results);
    return results;
}
