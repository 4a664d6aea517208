#include "analysis/weights.h"

#include "analysis/study.h"
#include "model/base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STATES = ANSWER_NOT_ASKED + 1 };

/* --- Margins --- */

const char *weights_margin_name(const struct margin *margin) {
    return margin->item ? margin->item->id : "channel";
}

const char *weights_category_code(const struct margin *margin, size_t category) {
    return category < breakdown_option_count(margin->item) ? breakdown_code(margin->item, category) : "";
}

static bool unknown_margin(struct arena *arena, const struct questionnaire *questionnaire, const char *name,
                           struct failure *failure) {
    const struct population *population = &questionnaire->population;
    const char **names = ARENA_NEW(arena, const char *, population->margin_count);
    struct buffer list = {0};
    for (size_t i = 0; i < population->margin_count; i++) {
        names[i] = weights_margin_name(&population->margins[i]);
        buffer_format(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *nearest = text_nearest(name, names, population->margin_count);
    if (population->margin_count == 0)
        failure_set(failure, "--weight %.100s: %s gives no margin under `population:` to weight to", name,
                    questionnaire->file);
    else if (nearest)
        failure_set(failure,
                    "--weight %.100s: the population has no margin of that name; did you mean \"%s\"?", name,
                    nearest);
    else
        failure_set(failure, "--weight %.100s: the population has no margin of that name; it has: %s", name,
                    buffer_text(&list));
    buffer_destroy(&list);
    return false;
}

const struct margin *const *weights_margins(struct arena *arena, const struct questionnaire *questionnaire,
                                            const struct results_options *options, size_t *count,
                                            struct failure *failure) {
    const struct population *population = &questionnaire->population;
    const struct margin **margins = ARENA_NEW(arena, const struct margin *, options->weight_count);
    *count = 0;
    for (size_t i = 0; i < options->weight_count; i++) {
        size_t at = 0, known = 0;
        while (at < population->margin_count &&
               strcmp(weights_margin_name(&population->margins[at]), options->weights[i]) != 0)
            at++;
        if (at == population->margin_count) {
            unknown_margin(arena, questionnaire, options->weights[i], failure);
            return NULL;
        }
        while (known < *count && margins[known] != &population->margins[at])
            known++;
        margins[known] = &population->margins[at];
        *count += known == *count;
    }
    return margins;
}

bool weights_plan(struct study *study, struct failure *failure) {
    size_t count;
    const struct margin *const *margins =
        weights_margins(study->arena, study->questionnaire, study->options, &count, failure);
    if (!margins)
        return false;
    for (size_t i = 0; i < count; i++)
        study_dimension(study, margins[i]->item);
    return true;
}

/* --- Cells --- */

/* A cell of a tabulation by its categories in the margins. */
struct located {
    const size_t *categories;
    size_t margin_count;
};

static int compare_located(const void *one, const void *other) {
    const struct located *a = one, *b = other;
    for (size_t i = 0; i < a->margin_count; i++)
        if (a->categories[i] != b->categories[i])
            return a->categories[i] < b->categories[i] ? -1 : 1;
    return 0;
}

static struct located *locate(const struct study *study, const struct weights *weights,
                              const struct tabulation *tabulation) {
    const size_t count = tabulation_cell_count(tabulation);
    struct located *entries = ARENA_NEW(study->arena, struct located, count);
    for (size_t i = 0; i < count; i++) {
        size_t *categories = ARENA_NEW(study->arena, size_t, weights->margin_count);
        for (size_t j = 0; j < weights->margin_count; j++) {
            const struct item *item = weights->margins[j]->item;
            size_t dimension = 0;
            while (dimension < study->dimension_count && study->dimensions[dimension] != item)
                dimension++; /* past the last is the channel's */
            categories[j] = tabulation_cell_code(tabulation, i, dimension);
        }
        entries[i] = (struct located){categories, weights->margin_count};
    }
    return entries;
}

/* Entries sorted, each once: the cells of the weighting, whatever the order of the responses. */
static struct located *distinct(const struct study *study, const struct located *entries, size_t count,
                                size_t *found) {
    struct located *cells = ARENA_NEW(study->arena, struct located, count);
    if (count)
        memcpy(cells, entries, count * sizeof *cells);
    qsort(cells, count, sizeof *cells, compare_located);
    *found = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || compare_located(&cells[*found - 1], &cells[i]) != 0)
            cells[(*found)++] = cells[i];
    return cells;
}

static size_t *place(const struct study *study, const struct located *cells, size_t cell_count,
                     const struct located *entries, size_t count) {
    size_t *cell_of = ARENA_NEW(study->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        const struct located *cell = bsearch(&entries[i], cells, cell_count, sizeof *cells, compare_located);
        cell_of[i] = (size_t)(cell - cells);
    }
    return cell_of;
}

/* The cells that occur among all responses, with how many of them each has. */
static struct weighting_source make_cells(const struct study *study, struct weights *weights) {
    const struct tabulation *everybody = study->everybody;
    const size_t count = tabulation_cell_count(everybody);
    const struct located *entries = locate(study, weights, everybody);
    struct weighting_source source = {.population = study->questionnaire->population.size,
                                      .margin_count = weights->margin_count};
    const struct located *cells = distinct(study, entries, count, &source.cell_count);
    const size_t *cell_of = place(study, cells, source.cell_count, entries, count);
    size_t *responses = ARENA_NEW(study->arena, size_t, source.cell_count);
    for (size_t i = 0; i < count; i++)
        responses[cell_of[i]] += tabulation_cell_responses(everybody, i);
    size_t *categories = ARENA_NEW(study->arena, size_t, source.cell_count * weights->margin_count);
    for (size_t i = 0; i < source.cell_count; i++)
        memcpy(categories + i * weights->margin_count, cells[i].categories,
               weights->margin_count * sizeof *categories);
    source.responses = responses;
    source.categories = weights->categories = categories;
    weights->cell_of = study->tabulation == everybody
                           ? cell_of
                           : place(study, cells, source.cell_count, locate(study, weights, study->tabulation),
                                   tabulation_cell_count(study->tabulation));
    return source;
}

/* --- What cannot be weighted --- */

static bool refuse_category(const struct questionnaire *questionnaire, const struct weights *weights,
                            struct failure *failure) {
    const struct weighting_notice *problem = &weights->weighting.problem;
    const struct margin *margin = weights->margins[problem->margin];
    const char *before = problem->neighbours[0] == WEIGHTING_NONE
                             ? NULL
                             : weights_category_code(margin, problem->neighbours[0]);
    const char *after = problem->neighbours[1] == WEIGHTING_NONE
                            ? NULL
                            : weights_category_code(margin, problem->neighbours[1]);
    const char *name = weights_margin_name(margin), *code = weights_category_code(margin, problem->category);
    const struct place place = margin->place;
    if (problem->matter == WEIGHTING_UNINVITED)
        return failure_set(
            failure,
            "%s:%u:%u: --weight %s: there are responses of \"%s\" (%zu), of which the population has "
            "nobody; correct its size",
            questionnaire->file, place.line, place.column, name, code, problem->responses);
    return failure_set(
        failure,
        "%s:%u:%u: --weight %s: nobody of \"%s\" responded to stand for its %zu people; merge it "
        "with \"%s%s%s\", in the question and in its sizes, or do not weight to this margin",
        questionnaire->file, place.line, place.column, name, code, problem->people, before ? before : "",
        before && after ? "\" or \"" : "", after ? after : "");
}

static bool refuse_unmet(const struct questionnaire *questionnaire, const struct weights *weights,
                         struct failure *failure) {
    const struct weighting_notice *problem = &weights->weighting.problem;
    const struct margin *margin = weights->margins[problem->margin];
    const char *code = weights_category_code(margin, problem->category);
    struct buffer names = {0};
    for (size_t i = 0; i < weights->margin_count; i++)
        buffer_format(&names, "%s%s", i ? ", " : "", weights_margin_name(weights->margins[i]));
    failure_set(
        failure,
        "%s:%u:%u: --weight: no weights meet all of %s: \"%s\" of %s comes out %.3g people too %s, since "
        "some combinations have no responses; weight to fewer margins, or merge options",
        questionnaire->file, margin->place.line, margin->place.column, buffer_text(&names),
        *code ? code : "not answered", weights_margin_name(margin), fabs(problem->off),
        problem->off > 0 ? "many" : "few");
    buffer_destroy(&names);
    return false;
}

static bool refuse(const struct questionnaire *questionnaire, const struct weights *weights,
                   struct failure *failure) {
    const struct weighting_notice *problem = &weights->weighting.problem;
    const char *file = questionnaire->file;
    switch (problem->matter) {
    case WEIGHTING_NO_RESPONSES:
        return failure_set(failure, "--weight: there are no responses to weight");
    case WEIGHTING_TOO_MANY:
        return failure_set(failure,
                           "%s:%u:%u: --weight: there are %zu responses, but only %zu people were invited; "
                           "correct the size and the margins",
                           file, questionnaire->population.place.line, questionnaire->population.place.column,
                           problem->responses, problem->people);
    case WEIGHTING_SUM:
        return failure_set(failure, "%s:%u:%u: --weight %s: its sizes sum to %zu instead of %zu", file,
                           weights->margins[problem->margin]->place.line,
                           weights->margins[problem->margin]->place.column,
                           weights_margin_name(weights->margins[problem->margin]), problem->people,
                           questionnaire->population.size);
    case WEIGHTING_UNMET:
        return refuse_unmet(questionnaire, weights, failure);
    default:
        return refuse_category(questionnaire, weights, failure);
    }
}

bool weights_compute(struct study *study, struct failure *failure) {
    if (study->options->weight_count == 0)
        return true;
    struct weights *weights = ARENA_NEW(study->arena, struct weights, 1);
    weights->margins =
        weights_margins(study->arena, study->questionnaire, study->options, &weights->margin_count, failure);
    if (!weights->margins)
        return false;
    struct weighting_source source = make_cells(study, weights);
    struct weighting_margin *margins =
        ARENA_NEW(study->arena, struct weighting_margin, weights->margin_count);
    for (size_t i = 0; i < weights->margin_count; i++)
        margins[i] = (struct weighting_margin){weights->margins[i]->sizes,
                                               breakdown_option_count(weights->margins[i]->item)};
    source.margins = margins;
    weights->weighting = weighting_compute(study->arena, &source);
    study->weights = weights;
    return weights->weighting.problem.matter == WEIGHTING_FINE ||
           refuse(study->questionnaire, weights, failure);
}

/* --- Counts --- */

static void add(size_t *sums, const size_t *counts, size_t count) {
    for (size_t i = 0; counts && i < count; i++)
        sums[i] += counts[i];
}

const struct weights_cell *weights_cells(struct arena *arena, const struct study *study,
                                         const struct item *item, struct selection selection) {
    const struct weights *weights = study->weights;
    const size_t options = item->question->option_count, count = weights->weighting.cell_count;
    const size_t size = STATES + 3 * options;
    size_t *sums = ARENA_NEW(arena, size_t, count * size);
    struct weights_cell *cells = ARENA_NEW(arena, struct weights_cell, count);
    for (size_t i = 0; i < count; i++) {
        const size_t *states = sums + i * size, *of_options = states + STATES;
        cells[i].tally =
            (struct item_tally){states, of_options, of_options + options, of_options + 2 * options};
    }
    for (size_t i = 0; i < tabulation_cell_count(study->tabulation); i++) {
        if (!tabulation_cell_is_in(study->tabulation, i, selection))
            continue;
        const struct item_tally tally = tabulation_cell_tally(study->tabulation, i, item);
        size_t *states = sums + weights->cell_of[i] * size;
        cells[weights->cell_of[i]].responses += tabulation_cell_responses(study->tabulation, i);
        add(states, tally.states, STATES);
        add(states + STATES, tally.options, options);
        add(states + STATES + options, tally.ranked, options);
        add(states + STATES + 2 * options, tally.rank_sums, options);
    }
    return cells;
}
