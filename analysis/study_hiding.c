#include "analysis/study_hiding.h"

#include "analysis/suppression.h"

#include <stdlib.h>
#include <string.h>

struct study_hiding {
    const struct study *study;
    /* Where a breakdown is among the tables, and each of its groups in its table: in the order of their
     * names, so that what is hidden does not depend on the order of questions and options. */
    size_t *place_of;
    size_t **group_of;
    struct suppression_cell *cells; /* the people by their places in all tables, in ascending order */
    size_t *cell_of;                /* of each cell of the tabulation */
    size_t cell_count;
    struct suppression_table **tables; /* by item, then by place */
};

/* --- The order of names --- */

struct name {
    const char *text;
    size_t number;
};

static int compare_names(const void *one, const void *other) {
    return strcmp(((const struct name *)one)->text, ((const struct name *)other)->text);
}

/* The place of each name among all, once they are sorted. */
static size_t *find_places(struct arena *arena, struct name *names, size_t count) {
    size_t *places = ARENA_NEW(arena, size_t, count);
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++)
        places[names[i].number] = i;
    return places;
}

static void order_names(struct study_hiding *hiding) {
    const struct study *study = hiding->study;
    struct name *names = ARENA_NEW(study->arena, struct name, study->by.count);
    hiding->group_of = ARENA_NEW(study->arena, size_t *, study->by.count);
    for (size_t i = 0; i < study->by.count; i++) {
        const struct study_breakdown *breakdown = &study->breakdowns[i];
        struct name *codes = ARENA_NEW(study->arena, struct name, breakdown->by->group_count);
        for (size_t j = 0; j < breakdown->by->group_count; j++)
            codes[j] = (struct name){breakdown->groups[j].code, j};
        hiding->group_of[i] = find_places(study->arena, codes, breakdown->by->group_count);
        names[i] = (struct name){breakdown->by->id, i};
    }
    hiding->place_of = find_places(study->arena, names, study->by.count);
}

/* --- People by their groups --- */

/* The places that a cell of the tabulation has; overlapping breakdowns do not matter to suppression. */
static const size_t *places_of_cell(const struct study_hiding *hiding, size_t cell) {
    const struct study *study = hiding->study;
    size_t *places = ARENA_NEW(study->arena, size_t, study->by.count);
    for (size_t i = 0; i < study->by.count; i++) {
        const struct breakdown *by = &study->by.all[i];
        if (by->overlapping)
            continue;
        const size_t group = study_cell_group(study, cell, by);
        places[hiding->place_of[i]] = group < by->group_count ? hiding->group_of[i][group] : group;
    }
    return places;
}

/* A cell of the tabulation, to be sorted. */
struct placed {
    const size_t *places;
    size_t count, cell;
};

static int compare_placed(const void *one, const void *other) {
    const struct placed *a = one, *b = other;
    for (size_t i = 0; i < a->count; i++)
        if (a->places[i] != b->places[i])
            return a->places[i] < b->places[i] ? -1 : 1;
    return 0;
}

/* Sorts the cells of the tabulation, and puts together those that differ in overlapping breakdowns only. */
static void merge_cells(struct study_hiding *hiding) {
    const struct study *study = hiding->study;
    const size_t count = tabulation_cell_count(study->tabulation);
    struct placed *placed = ARENA_NEW(study->arena, struct placed, count);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){places_of_cell(hiding, i), study->by.count, i};
    qsort(placed, count, sizeof *placed, compare_placed);
    hiding->cells = ARENA_NEW(study->arena, struct suppression_cell, count);
    hiding->cell_of = ARENA_NEW(study->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_placed(&placed[i - 1], &placed[i]) != 0)
            hiding->cells[hiding->cell_count++].groups = placed[i].places;
        hiding->cell_of[placed[i].cell] = hiding->cell_count - 1;
    }
}

/* --- The tables of one question --- */

static size_t count_asked(const struct item_tally *tally) {
    return tally->states[ANSWER_GIVEN] + tally->states[ANSWER_NO_OPINION] +
           tally->states[ANSWER_NOT_ANSWERED];
}

static struct suppression_group suppression_group(const struct item *item, const struct study_group *group) {
    const struct item_tally *tally = &group->tally.items[item->index];
    return (struct suppression_group){
        .asked = count_asked(tally), .expressed = tally->states[ANSWER_GIVEN], .counts = tally->options};
}

static struct suppression_table suppression_table(const struct study_hiding *hiding, const struct item *item,
                                                  size_t number) {
    const struct study *study = hiding->study;
    const struct study_breakdown *breakdown = &study->breakdowns[number];
    size_t count = breakdown->by->group_count;
    struct suppression_table table = {.whole = suppression_group(item, &study->whole),
                                      .group_count = count,
                                      .option_count = item->question->option_count,
                                      .crossed = breakdown->by->factor_count > 1};
    /* A question is not shown by itself: as if it overlapped, that table asks nothing of the others. */
    table.overlapping = breakdown->by->overlapping || breakdown_names(breakdown->by, item);
    table.groups = ARENA_NEW(study->arena, struct suppression_group, count);
    for (size_t i = 0; i < count; i++)
        table.groups[hiding->group_of[number][i]] = suppression_group(item, &breakdown->groups[i]);
    return table;
}

/* What is hidden in all tables of an item, one for each breakdown. */
static struct suppression_table *decide(const struct study_hiding *hiding, const struct item *item) {
    const struct study *study = hiding->study;
    struct suppression_table *tables = ARENA_NEW(study->arena, struct suppression_table, study->by.count);
    for (size_t i = 0; i < study->by.count; i++)
        tables[hiding->place_of[i]] = suppression_table(hiding, item, i);
    for (size_t i = 0; i < hiding->cell_count; i++)
        hiding->cells[i].asked = hiding->cells[i].expressed = 0;
    for (size_t i = 0; i < tabulation_cell_count(study->tabulation); i++) {
        struct item_tally tally = tabulation_cell_tally(study->tabulation, i, item);
        hiding->cells[hiding->cell_of[i]].asked += count_asked(&tally);
        hiding->cells[hiding->cell_of[i]].expressed += tally.states[ANSWER_GIVEN];
    }
    suppression_decide_all(tables, study->by.count, hiding->cells, hiding->cell_count,
                           study->options->minimum_cell);
    return tables;
}

/* --- Breakdown questions by one another --- */

/* A question by a breakdown that it is no part of: counts of people by all that it names. */
struct crossing {
    const struct item *item;
    const struct breakdown *by;
    struct suppression_table *table;
};

static bool hides_any(const struct suppression_table *table) {
    for (size_t i = 0; i < table->group_count; i++)
        if (table->groups[i].hidden && table->groups[i].asked > 0)
            return true;
    return false;
}

/* Whether anything was left to hide. */
static bool hide_all(struct suppression_table *table) {
    bool any = false;
    for (size_t i = 0; i < table->group_count; i++) {
        any = any || !table->groups[i].hidden;
        table->groups[i].hidden = true;
    }
    return any;
}

/* Whether the counts of one crossing follow from those of another by adding up: it names nothing else. */
static bool follows(const struct crossing *one, const struct crossing *other) {
    if (!breakdown_names(other->by, one->item))
        return false;
    for (size_t i = 0; i < one->by->factor_count; i++)
        if (one->by->factors[i] != other->item && !breakdown_names(other->by, one->by->factors[i]))
            return false;
    return true;
}

static bool is_factor(const struct study *study, const struct item *item) {
    for (size_t i = 0; i < study->by.count; i++)
        if (breakdown_names(&study->by.all[i], item))
            return true;
    return false;
}

static size_t list_crossings(const struct study_hiding *hiding, struct crossing *crossings) {
    const struct study *study = hiding->study;
    size_t count = 0;
    for (size_t i = 0; i < study->questionnaire->item_count; i++) {
        const struct item *item = &study->questionnaire->items[i];
        for (size_t j = 0; is_factor(study, item) && j < study->by.count; j++)
            if (!breakdown_names(&study->by.all[j], item))
                crossings[count++] =
                    (struct crossing){item, &study->by.all[j], &hiding->tables[i][hiding->place_of[j]]};
    }
    return count;
}

/* One breakdown question by another, and that one by the first, are the same counts: a group hidden in one of
 * these tables could be read in the rows of the other. So where one hides anything, nothing is shown of the
 * other, nor of any table from whose cells it could be added up. */
static void hide_transposed(const struct study_hiding *hiding) {
    const struct study *study = hiding->study;
    struct crossing *crossings =
        ARENA_NEW(study->arena, struct crossing, study->questionnaire->item_count * study->by.count);
    size_t count = list_crossings(hiding, crossings);
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count; j++)
                if (follows(&crossings[i], &crossings[j]) && hides_any(crossings[i].table) &&
                    hide_all(crossings[j].table))
                    more = true;
    }
}

/* --- All of it --- */

const struct study_hiding *study_hiding_decide(const struct study *study) {
    struct study_hiding *hiding = ARENA_NEW(study->arena, struct study_hiding, 1);
    size_t count = study->questionnaire->item_count;
    hiding->study = study;
    order_names(hiding);
    merge_cells(hiding);
    hiding->tables = ARENA_NEW(study->arena, struct suppression_table *, count);
    for (size_t i = 0; i < count; i++)
        hiding->tables[i] = decide(hiding, &study->questionnaire->items[i]);
    hide_transposed(hiding);
    return hiding;
}

bool study_hiding_whole(const struct study_hiding *hiding, const struct item *item) {
    return hiding->tables[item->index][0].whole.hidden;
}

bool study_hiding_group(const struct study_hiding *hiding, const struct item *item, size_t breakdown,
                        size_t group) {
    return hiding->tables[item->index][hiding->place_of[breakdown]]
        .groups[hiding->group_of[breakdown][group]]
        .hidden;
}
