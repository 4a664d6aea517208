#include "analysis/feasible.h"

#include "model/base/arena.h"

#include <stdlib.h>
#include <string.h>

/* Bounds come closer with each turn; few turns find nearly all there is to find. */
enum { MOST_TURNS = 20 };

/* Of more cells together next to nothing follows for any of them. */
enum { MOST_CELLS = 2000 };

#define NOWHERE ((size_t)-1)
#define SEVERAL ((size_t)-2)

/* What is known of some cells together: those of a sum, or of what is left of it when parts are taken off. */
struct equation {
    size_t *cells; /* NULL: too many */
    size_t cell_count, people;
    size_t *counts;         /* by option */
    bool has_hidden;        /* people of a hidden group are among them */
    struct disclosure part; /* the smallest part taken off; its group is NOWHERE if there is none */
    bool is_new;            /* a rest of one mind, though those of the sum differ */
};

struct problem {
    struct arena *arena;
    const struct disclosure_question *question;
    struct equation *equations;
    size_t equation_count, option_count;
    struct disclosure
        without;        /* a group that is taken for hidden; its table is table_count if there is none */
    size_t *low, *high; /* by cell: the least and the most who can have chosen the option */
};

/* --- What is known --- */

static bool is_shown(const struct problem *problem, size_t table, size_t group) {
    if (table == problem->question->table_count)
        return true;
    return !problem->question->tables[table].groups[group].hidden &&
           !(problem->without.table == table && problem->without.group == group);
}

/* The whole is a table of one group, behind the others. */
static size_t group_count(const struct disclosure_question *question, size_t table) {
    return table == question->table_count ? 1 : question->tables[table].group_count;
}

static const struct suppression_group *group_of(const struct disclosure_question *question, size_t table,
                                                size_t group) {
    return table == question->table_count ? &question->tables[0].whole
                                          : &question->tables[table].groups[group];
}

static size_t place_of(const struct disclosure_question *question, size_t table, size_t cell) {
    return table == question->table_count ? 0 : question->cells[cell].groups[table];
}

static bool is_used(const struct disclosure_question *question, size_t table) {
    return table == question->table_count || !question->tables[table].overlapping;
}

/* By group of the inner table: the group of the outer one that all its people are in, NOWHERE if it has none,
 * or SEVERAL. */
static const size_t *find_within(const struct problem *problem, size_t outer, size_t inner) {
    const struct disclosure_question *question = problem->question;
    const size_t count = group_count(question, inner);
    size_t *within = ARENA_NEW(problem->arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        within[i] = NOWHERE;
    for (size_t i = 0; i < question->cell_count; i++) {
        const size_t group = place_of(question, inner, i), around = place_of(question, outer, i);
        if (question->cells[i].expressed > 0 && group < count)
            within[group] = within[group] == NOWHERE || within[group] == around ? around : SEVERAL;
    }
    return within;
}

static bool is_in_hidden(const struct disclosure_question *question, size_t cell) {
    for (size_t i = 0; i < question->table_count; i++) {
        const struct suppression_table *table = &question->tables[i];
        const size_t group = question->cells[cell].groups[i];
        if (!table->overlapping && group < table->group_count && table->groups[group].hidden)
            return true;
    }
    return false;
}

/* Which equation of a table a cell belongs to: that of its group there, but for what is taken off; NOWHERE if
 * to none. */
static size_t equation_of(const struct problem *problem, size_t outer, size_t inner, const size_t *within,
                          size_t cell) {
    const struct disclosure_question *question = problem->question;
    const size_t group = place_of(question, outer, cell);
    if (question->cells[cell].expressed == 0 || group == group_count(question, outer))
        return NOWHERE;
    if (!within)
        return group;
    const size_t part = place_of(question, inner, cell);
    const bool is_off =
        part < group_count(question, inner) && within[part] == group && is_shown(problem, inner, part);
    return is_off ? NOWHERE : group;
}

/* Finds the people of each equation, and who they are unless they are too many. */
static void list_cells(const struct problem *problem, struct equation *equations, size_t outer, size_t inner,
                       const size_t *within) {
    const struct disclosure_question *question = problem->question;
    size_t *counts = ARENA_NEW(problem->arena, size_t, group_count(question, outer));
    for (size_t i = 0; i < question->cell_count; i++) {
        const size_t at = equation_of(problem, outer, inner, within, i);
        if (at == NOWHERE)
            continue;
        counts[at]++;
        equations[at].people += question->cells[i].expressed;
        equations[at].has_hidden = equations[at].has_hidden || is_in_hidden(question, i);
    }
    for (size_t i = 0; i < group_count(question, outer); i++)
        if (counts[i] <= MOST_CELLS)
            equations[i].cells = ARENA_NEW(problem->arena, size_t, counts[i]);
    for (size_t i = 0; i < question->cell_count; i++) {
        const size_t at = equation_of(problem, outer, inner, within, i);
        if (at != NOWHERE && equations[at].cells)
            equations[at].cells[equations[at].cell_count++] = i;
    }
}

/* Takes the shown parts of a group off what it says. */
static void take_off(const struct problem *problem, struct equation *equation, size_t group, size_t inner,
                     const size_t *within) {
    const struct disclosure_question *question = problem->question;
    for (size_t i = 0; i < group_count(question, inner); i++) {
        const struct suppression_group *part = group_of(question, inner, i);
        if (within[i] != group || !is_shown(problem, inner, i))
            continue;
        for (size_t j = 0; j < problem->option_count; j++)
            equation->counts[j] -= part->counts[j];
        if (equation->part.group == NOWHERE ||
            part->expressed < group_of(question, inner, equation->part.group)->expressed)
            equation->part = (struct disclosure){inner, i};
    }
}

/* Adds what the shown groups of a table say; with `within`, less their parts in the inner table, where they
 * have any. */
static void add_equations(struct problem *problem, size_t outer, size_t inner, const size_t *within) {
    const struct disclosure_question *question = problem->question;
    struct equation *equations = ARENA_NEW(problem->arena, struct equation, group_count(question, outer));
    list_cells(problem, equations, outer, inner, within);
    for (size_t i = 0; i < group_count(question, outer); i++) {
        struct equation *equation = &equations[i];
        const struct suppression_group *group = group_of(question, outer, i);
        if (!is_shown(problem, outer, i) || equation->people == 0)
            continue;
        equation->counts = ARENA_NEW(problem->arena, size_t, problem->option_count);
        memcpy(equation->counts, group->counts, problem->option_count * sizeof *equation->counts);
        equation->part.group = NOWHERE;
        if (within)
            take_off(problem, equation, i, inner, within);
        if (within && equation->part.group == NOWHERE)
            continue;
        equation->is_new = within && equation->has_hidden &&
                           suppression_unanimous(equation->counts, problem->option_count, equation->people) &&
                           !suppression_unanimous(group->counts, problem->option_count, group->expressed);
        problem->equations[problem->equation_count++] = *equation;
    }
}

static void make_equations(struct problem *problem) {
    const struct disclosure_question *question = problem->question;
    const size_t tables = question->table_count;
    size_t sums = 0;
    for (size_t i = 0; i <= tables; i++)
        sums += group_count(question, i);
    problem->equations = ARENA_NEW(problem->arena, struct equation, sums * (tables + 1));
    for (size_t i = 0; i <= tables; i++) {
        if (!is_used(question, i))
            continue;
        add_equations(problem, i, 0, NULL);
        for (size_t j = 0; j < tables; j++)
            if (i != j && is_used(question, j))
                add_equations(problem, i, j, find_within(problem, i, j));
    }
}

/* --- What is possible --- */

/* Whether a cell of the equation got closer bounds. */
static bool tighten(struct problem *problem, const struct equation *equation, size_t count) {
    size_t low = 0, high = 0;
    for (size_t i = 0; i < equation->cell_count; i++) {
        low += problem->low[equation->cells[i]];
        high += problem->high[equation->cells[i]];
    }
    bool changed = false;
    for (size_t i = 0; i < equation->cell_count; i++) {
        size_t *own_low = &problem->low[equation->cells[i]], *own_high = &problem->high[equation->cells[i]];
        const size_t others_low = low - *own_low, others_high = high - *own_high;
        const size_t least = count > others_high ? count - others_high : 0, most = count - others_low;
        if (least > *own_low) {
            *own_low = least;
            changed = true;
        }
        if (most < *own_high) {
            *own_high = most;
            changed = true;
        }
        low = others_low + *own_low;
        high = others_high + *own_high;
    }
    return changed;
}

static void find_bounds(struct problem *problem, size_t option) {
    for (size_t i = 0; i < problem->question->cell_count; i++) {
        problem->low[i] = 0;
        problem->high[i] = problem->question->cells[i].expressed;
    }
    bool more = true;
    for (size_t turn = 0; more && turn < MOST_TURNS; turn++) {
        more = false;
        for (size_t i = 0; i < problem->equation_count; i++)
            more = tighten(problem, &problem->equations[i], problem->equations[i].counts[option]) || more;
    }
}

/* Marks the cells of which it shows that nobody chose the option, or that everybody did. */
static void mark_plain(const struct problem *problem, size_t option, bool *is_plain) {
    memset(is_plain, 0, problem->question->cell_count * sizeof *is_plain);
    for (size_t i = 0; i < problem->equation_count; i++) {
        const struct equation *equation = &problem->equations[i];
        const size_t count = equation->counts[option];
        for (size_t j = 0; j < equation->cell_count; j++)
            if (count == 0 || count == equation->people)
                is_plain[equation->cells[j]] = true;
    }
}

/* Whether the bounds, as they were found, tell how many of the group chose the option. */
static bool is_told(const struct problem *problem, struct disclosure group, const bool *is_plain) {
    bool plain = true;
    for (size_t i = 0; i < problem->question->cell_count; i++) {
        if (problem->question->cells[i].expressed == 0 ||
            place_of(problem->question, group.table, i) != group.group)
            continue;
        if (problem->low[i] != problem->high[i])
            return false;
        plain = plain && is_plain[i];
    }
    return !plain;
}

static bool is_small(const struct disclosure_question *question, struct disclosure group) {
    const struct suppression_group *of = group_of(question, group.table, group.group);
    return is_used(question, group.table) && of->hidden && of->expressed > 0 &&
           of->expressed < question->minimum_cell;
}

/* A small hidden group of which an option is told; false if there is none. */
static bool find_told(struct problem *problem, struct disclosure *group, size_t *option) {
    const struct disclosure_question *question = problem->question;
    bool *is_plain = ARENA_NEW(problem->arena, bool, question->cell_count);
    for (*option = 0; *option < problem->option_count; (*option)++) {
        find_bounds(problem, *option);
        mark_plain(problem, *option, is_plain);
        for (group->table = 0; group->table < question->table_count; group->table++)
            for (group->group = 0; group->group < group_count(question, group->table); group->group++)
                if (is_small(question, *group) && is_told(problem, *group, is_plain))
                    return true;
    }
    return false;
}

/* --- What it takes --- */

struct shown {
    const struct disclosure_question *question;
    struct disclosure group;
    size_t number; /* in the order of tables and groups */
};

/* Whether a group is hidden rather than another: of a crossed table before others, and the smaller one; below
 * 0 if so, 0 if nothing tells. */
static int compare_groups(const struct disclosure_question *question, struct disclosure one,
                          struct disclosure other) {
    const bool crossed = question->tables[one.table].crossed, to = question->tables[other.table].crossed;
    const size_t size = group_of(question, one.table, one.group)->expressed;
    const size_t other_size = group_of(question, other.table, other.group)->expressed;
    if (crossed != to)
        return crossed ? -1 : 1;
    return (size > other_size) - (size < other_size);
}

static int compare_shown(const void *one, const void *other) {
    const struct shown *a = one, *b = other;
    const int order = compare_groups(a->question, a->group, b->group);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

/* The shown groups, those first that are hidden rather than others. */
static struct shown *list_shown(struct arena *arena, const struct disclosure_question *question,
                                size_t *count) {
    size_t most = 0;
    for (size_t i = 0; i < question->table_count; i++)
        most += group_count(question, i);
    struct shown *list = ARENA_NEW(arena, struct shown, most);
    *count = 0;
    for (size_t i = 0; i < question->table_count; i++)
        for (size_t j = 0; is_used(question, i) && j < group_count(question, i); j++)
            if (!group_of(question, i, j)->hidden && group_of(question, i, j)->expressed > 0) {
                list[*count] = (struct shown){question, {i, j}, *count};
                (*count)++;
            }
    qsort(list, *count, sizeof *list, compare_shown);
    return list;
}

static bool is_told_without(const struct disclosure_question *question, struct disclosure without,
                            struct disclosure group, size_t option) {
    struct arena *arena = arena_create();
    struct problem problem = {.arena = arena,
                              .question = question,
                              .option_count = question->tables[0].option_count,
                              .without = without,
                              .low = ARENA_NEW(arena, size_t, question->cell_count),
                              .high = ARENA_NEW(arena, size_t, question->cell_count)};
    bool *is_plain = ARENA_NEW(arena, bool, question->cell_count);
    make_equations(&problem);
    find_bounds(&problem, option);
    mark_plain(&problem, option, is_plain);
    const bool told = is_told(&problem, group, is_plain);
    arena_destroy(arena);
    return told;
}

static bool find_needed(struct arena *arena, const struct disclosure_question *question,
                        struct disclosure group, size_t option, struct disclosure *needed) {
    size_t count;
    const struct shown *list = list_shown(arena, question, &count);
    for (size_t i = 0; i < count; i++)
        if (!is_told_without(question, list[i].group, group, option)) {
            *needed = list[i].group;
            return true;
        }
    if (count > 0)
        *needed = list[0].group;
    return count > 0;
}

/* A rest of one mind; false if there is none. */
static bool find_one_mind(const struct problem *problem, struct disclosure *needed) {
    for (size_t i = 0; i < problem->equation_count; i++)
        if (problem->equations[i].is_new) {
            *needed = problem->equations[i].part;
            return true;
        }
    return false;
}

static bool hides_any(const struct disclosure_question *question) {
    for (size_t i = 0; i < question->table_count; i++)
        for (size_t j = 0; is_used(question, i) && j < group_count(question, i); j++)
            if (group_of(question, i, j)->hidden && group_of(question, i, j)->expressed > 0)
                return true;
    return false;
}

bool feasible_find(const struct disclosure_question *question, struct disclosure *needed) {
    if (question->table_count == 0 || question->tables[0].option_count == 0)
        return false;
    if (!hides_any(question))
        return false;
    struct arena *arena = arena_create();
    struct problem problem = {.arena = arena,
                              .question = question,
                              .option_count = question->tables[0].option_count,
                              .without = {question->table_count, 0},
                              .low = ARENA_NEW(arena, size_t, question->cell_count),
                              .high = ARENA_NEW(arena, size_t, question->cell_count)};
    make_equations(&problem);
    struct disclosure group;
    size_t option;
    bool found = find_one_mind(&problem, needed);
    if (!found && find_told(&problem, &group, &option))
        found = find_needed(arena, question, group, option, needed);
    arena_destroy(arena);
    return found;
}
