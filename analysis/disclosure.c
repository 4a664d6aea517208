#include "analysis/disclosure.h"

#include "analysis/published.h"
#include "analysis/small_sum.h"
#include "analysis/sums.h"
#include "model/base/arena.h"

#include <stdint.h>
#include <string.h>

/* --- Hidden groups --- */

/* Which columns are the group's, if none of them holds others as well; else nothing tells the group from
 * these.
 */
static bool mark_group(const struct published *published, const struct suppression_cell *cells,
                       size_t cell_count, size_t table, size_t group, bool *is_member) {
    memset(is_member, 0, published->sums.column_count * sizeof *is_member);
    for (size_t i = 0; i < cell_count; i++)
        if (published->column_of[i] != SUMS_NONE && cells[i].groups[table] == group)
            is_member[published->column_of[i]] = true;
    for (size_t i = 0; i < cell_count; i++)
        if (published->column_of[i] != SUMS_NONE && cells[i].groups[table] != group &&
            is_member[published->column_of[i]])
            return false;
    return true;
}

/* Weights of which the sum is 1 for the members and 0 for others, if there are any: it is then the sum of the
 * members' dual vectors in any basis. */
static const uint32_t *find_members(struct arena *arena, const struct published *published,
                                    const struct sums_basis *basis, const bool *is_member) {
    const struct sums *sums = &published->sums;
    uint32_t *weights = ARENA_NEW(arena, uint32_t, sums->row_count);
    for (size_t i = 0; i < basis->count; i++)
        if (is_member[basis->columns[i]])
            sums_add(sums, weights, basis->weights + i * sums->row_count);
    for (size_t i = 0; i < sums->column_count; i++)
        if (sums_value(sums, weights, i) != (is_member[i] ? 1 : 0))
            return NULL;
    return weights;
}

static struct sums_basis any_basis(struct arena *arena, const struct sums *sums) {
    size_t *order = ARENA_NEW(arena, size_t, sums->column_count);
    for (size_t i = 0; i < sums->column_count; i++)
        order[i] = i;
    return sums_find_basis(arena, sums, order, sums->column_count);
}

static const uint32_t *find_hidden_group(struct arena *arena, const struct published *published,
                                         const struct suppression_cell *cells, size_t cell_count) {
    struct sums_basis basis = any_basis(arena, &published->sums);
    bool *is_member = ARENA_NEW(arena, bool, published->sums.column_count);
    for (size_t i = 0; i < published->choice.count; i++) {
        const size_t number = published->choice.numbers[i];
        const struct suppression_table *table = &published->choice.tables[number];
        for (size_t j = 0; j < table->group_count; j++) {
            if (!table->groups[j].hidden || table->groups[j].asked == 0 ||
                !mark_group(published, cells, cell_count, number, j, is_member))
                continue;
            const uint32_t *weights = find_members(arena, published, &basis, is_member);
            if (weights)
                return weights;
        }
    }
    return NULL;
}

/* --- All tables, and those that people are in a group by --- */

/* The last row that the sum is made of: the smallest. False if that is the whole. */
static bool take_smallest(const struct published *published, const uint32_t *weights,
                          struct disclosure *needed) {
    size_t row = published->sums.row_count - 1;
    while (row > 0 && weights[row] == 0)
        row--;
    *needed = (struct disclosure){published->rows[row].table, published->rows[row].group};
    return row > 0;
}

/* Where there are too many sums to tell what follows from them, all of the table that has most. */
static bool take_finest(const struct published_choice *choice, struct disclosure *needed) {
    size_t most = 0;
    for (size_t i = 0; i < choice->count; i++) {
        const struct suppression_table *table = &choice->tables[choice->numbers[i]];
        size_t shown = 0;
        for (size_t j = 0; j < table->group_count; j++)
            shown += !table->groups[j].hidden && table->groups[j].asked > 0;
        if (shown > most) {
            most = shown;
            *needed = (struct disclosure){choice->numbers[i], DISCLOSURE_ALL};
        }
    }
    return most > 0;
}

/* Cells of a question, or some of them. */
struct cells {
    const struct suppression_cell *all;
    size_t count;
};

/* Looks for a harmful small sum in the chosen tables; `*met` becomes whether there is any small sum, of which
 * the first one met ends a quick search. NULL for `met`: the search is not a quick one; NULL for `needed`:
 * what it takes does not matter. */
static bool find_small_sum(const struct disclosure_question *question, const struct published_choice *choice,
                           struct cells cells, struct disclosure *needed, bool *met) {
    struct arena *arena = arena_create();
    struct published published = published_sums(arena, choice, cells.all, cells.count, false);
    const struct small_sum sum = small_sum_find(arena, &published, question->minimum_cell, met != NULL);
    bool found = sum.weights || sum.gave_up;
    if (needed && sum.weights)
        found = take_smallest(&published, sum.weights, needed);
    else if (needed && sum.gave_up)
        found = take_finest(choice, needed);
    if (met)
        *met = sum.met;
    arena_destroy(arena);
    return found;
}

/* The tables by which the people of a cell are in a group. */
static struct published_choice tables_of(struct arena *arena, const struct published_choice *all,
                                         const struct suppression_cell *cell) {
    size_t *numbers = ARENA_NEW(arena, size_t, all->count);
    struct published_choice choice = {all->tables, numbers, 0};
    for (size_t i = 0; i < all->count; i++)
        if (cell->groups[all->numbers[i]] != all->tables[all->numbers[i]].group_count)
            numbers[choice.count++] = all->numbers[i];
    return choice;
}

static bool is_same(const struct published_choice *one, const struct published_choice *other) {
    return one->count == other->count &&
           memcmp(one->numbers, other->numbers, one->count * sizeof *one->numbers) == 0;
}

static bool is_listed(const struct published_choice *list, size_t count,
                      const struct published_choice *choice) {
    for (size_t i = 0; i < count; i++)
        if (is_same(&list[i], choice))
            return true;
    return false;
}

/* The cells of whom somebody expressed an opinion, and who are in a group by all tables or in a hidden one.
 */
static struct cells recognisable_cells(struct arena *arena, const struct disclosure_question *question,
                                       const struct published_choice *all) {
    struct suppression_cell *cells = ARENA_NEW(arena, struct suppression_cell, question->cell_count);
    size_t count = 0;
    for (size_t i = 0; i < question->cell_count; i++) {
        const struct suppression_cell *cell = &question->cells[i];
        bool in_all = true, in_hidden = false;
        for (size_t j = 0; j < all->count; j++) {
            const struct suppression_table *table = &all->tables[all->numbers[j]];
            const size_t group = cell->groups[all->numbers[j]];
            in_all = in_all && group != table->group_count;
            in_hidden = in_hidden || (group != table->group_count && table->groups[group].hidden);
        }
        if (cell->expressed > 0 && (in_all || in_hidden))
            cells[count++] = *cell;
    }
    return (struct cells){cells, count};
}

/* Whether all sums that hold none of the others hold nobody either who is in a group by exactly the chosen
 * tables: then no more sums follow from these tables with those people than without. */
static bool is_spanned(struct arena *arena, const struct disclosure_question *question,
                       const struct published_choice *choice, const struct published_choice *all,
                       struct cells others) {
    struct suppression_cell *cells =
        ARENA_NEW(arena, struct suppression_cell, question->cell_count + others.count);
    size_t count = others.count;
    memcpy(cells, others.all, others.count * sizeof *cells);
    for (size_t i = 0; i < question->cell_count; i++) {
        const struct published_choice own = tables_of(arena, all, &question->cells[i]);
        if (question->cells[i].expressed > 0 && is_same(&own, choice))
            cells[count++] = question->cells[i];
    }
    return published_rank(arena, choice, others.all, others.count) ==
           published_rank(arena, choice, cells, count);
}

/* Who lacks an answer that tables are by can be pointed at by the others. `*spanning` are cells that are in
 * no small sum; NULL: not known. */
static bool find_in_parts(struct arena *arena, const struct disclosure_question *question,
                          const struct published_choice *all, const struct cells *spanning,
                          struct disclosure *needed) {
    struct published_choice *list = ARENA_NEW(arena, struct published_choice, question->cell_count);
    const struct cells every = {question->cells, question->cell_count};
    size_t count = 0;
    for (size_t i = 0; i < question->cell_count; i++) {
        if (question->cells[i].expressed == 0)
            continue;
        const struct published_choice choice = tables_of(arena, all, &question->cells[i]);
        if (choice.count == 0 || choice.count == all->count || is_listed(list, count, &choice))
            continue;
        list[count++] = choice;
        if (spanning && is_spanned(arena, question, &choice, all, *spanning))
            continue;
        if (find_small_sum(question, &choice, every, needed, NULL))
            return true;
    }
    return false;
}

/* The quick ways first: there may be no small sum at all; or none even if all is known that those said who
 * cannot be pointed at. */
static bool find_small_sums(struct arena *arena, const struct disclosure_question *question,
                            const struct published_choice *all, struct disclosure *needed) {
    const struct cells every = {question->cells, question->cell_count};
    const struct cells recognisable = recognisable_cells(arena, question, all);
    bool met;
    if (find_small_sum(question, all, every, needed, &met))
        return true;
    if (!met)
        return false;
    if (!find_small_sum(question, all, recognisable, NULL, NULL))
        return find_in_parts(arena, question, all, &recognisable, needed);
    return find_small_sum(question, all, every, needed, NULL) ||
           find_in_parts(arena, question, all, NULL, needed);
}

static bool find_hidden(struct arena *arena, const struct disclosure_question *question,
                        const struct published_choice *all, struct disclosure *needed) {
    struct published published = published_sums(arena, all, question->cells, question->cell_count, true);
    if (published.sums.column_count == 0)
        return false;
    const uint32_t *weights = find_hidden_group(arena, &published, question->cells, question->cell_count);
    return weights && take_smallest(&published, weights, needed);
}

bool disclosure_find(const struct disclosure_question *question, struct disclosure *needed) {
    struct arena *arena = arena_create();
    size_t *numbers = ARENA_NEW(arena, size_t, question->table_count);
    struct published_choice all = {question->tables, numbers, 0};
    for (size_t i = 0; i < question->table_count; i++)
        if (!question->tables[i].overlapping)
            numbers[all.count++] = i;
    const bool found = all.count > 0 && (find_small_sums(arena, question, &all, needed) ||
                                         find_hidden(arena, question, &all, needed));
    arena_destroy(arena);
    return found;
}
