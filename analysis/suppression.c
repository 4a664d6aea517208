#include "analysis/suppression.h"

#include <assert.h>
#include <stdlib.h>

/* With so many groups every sum of them is looked at, with more only single ones and all but one. */
enum { FEW_GROUPS = 8 };

bool suppression_unanimous(const size_t *counts, size_t option_count, size_t expressed) {
    for (size_t i = 0; i < option_count; i++)
        if (counts[i] != 0 && counts[i] != expressed)
            return false;
    return option_count > 0 && expressed > 0;
}

static size_t shown_sum(const struct suppression_table *table, size_t option) {
    size_t sum = 0;
    for (size_t i = 0; i < table->group_count; i++)
        if (!table->groups[i].hidden)
            sum += table->groups[i].counts[option];
    return sum;
}

/* Whether all whom the hidden groups and the respondents in no group sum up to say the same, though the whole
 * does not. */
static bool rest_is_unanimous(const struct suppression_table *table, size_t rest) {
    const struct suppression_group *whole = &table->whole;
    if (table->option_count == 0 ||
        suppression_unanimous(whole->counts, table->option_count, whole->expressed))
        return false;
    for (size_t i = 0; i < table->option_count; i++) {
        const size_t count = whole->counts[i] - shown_sum(table, i);
        if (count != 0 && count != rest)
            return false;
    }
    return true;
}

/* Whether the whole less what is shown gives a hidden group away. */
static bool is_exposed(const struct suppression_table *table, size_t minimum_cell) {
    size_t at_stake = 0, rest = table->whole.expressed, rest_asked = table->whole.asked;
    for (size_t i = 0; i < table->group_count; i++) {
        const struct suppression_group *group = &table->groups[i];
        assert(group->expressed <= rest && group->asked <= rest_asked);
        rest_asked -= group->asked;
        if (group->hidden)
            at_stake += group->asked > 0;
        else
            rest -= group->expressed;
    }
    const bool alone = at_stake + (rest_asked > 0) < 2;
    return at_stake > 0 && (alone || rest < minimum_cell || rest_is_unanimous(table, rest));
}

/* The smallest group that is shown, the first of several; NULL if all are hidden. */
static struct suppression_group *smallest_shown(const struct suppression_table *table) {
    struct suppression_group *smallest = NULL;
    for (size_t i = 0; i < table->group_count; i++) {
        struct suppression_group *group = &table->groups[i];
        if (!group->hidden && (!smallest || group->expressed < smallest->expressed))
            smallest = group;
    }
    return smallest;
}

static void hide(struct suppression_group *group) {
    group->hidden = true;
    group->unanimous = false;
}

/* Hides the next smallest until nothing is given away, at the latest when all are hidden: the rest is then
 * the whole, which is published. */
static void complete(struct suppression_table *table, size_t minimum_cell) {
    if (table->overlapping || minimum_cell < 2)
        return;
    struct suppression_group *next = smallest_shown(table);
    while (next && is_exposed(table, minimum_cell)) {
        hide(next);
        next = smallest_shown(table);
    }
}

static void decide_alone(const struct suppression_table *table, struct suppression_group *group,
                         size_t minimum_cell) {
    assert(group->expressed <= group->asked && group->expressed <= table->whole.expressed);
    group->hidden = group->expressed < minimum_cell || table->whole.expressed < minimum_cell;
    group->unanimous =
        !group->hidden && suppression_unanimous(group->counts, table->option_count, group->expressed);
}

void suppression_decide(struct suppression_table *table, size_t minimum_cell) {
    decide_alone(table, &table->whole, minimum_cell);
    for (size_t i = 0; i < table->group_count; i++)
        decide_alone(table, &table->groups[i], minimum_cell);
    complete(table, minimum_cell);
}

/* Two breakdowns of one question, by their numbers, and who is in which of their groups. */
struct pair {
    const struct suppression_table *tables;
    size_t first, second;
    const struct suppression_cell *cells;
    size_t cell_count;
    bool *met; /* for each published sum of the second: some chosen cell is in it */
};

/* The published sum that a cell is in: its group, or if that is hidden or none, the rest (group_count). */
static size_t published(const struct pair *pair, size_t table, const struct suppression_cell *cell) {
    const size_t group = cell->groups[table], rest = pair->tables[table].group_count;
    return group == rest || pair->tables[table].groups[group].hidden ? rest : group;
}

/* The selections of published sums of a table are numbered: with few groups one bit each, with many first
 * each sum alone, then all but that one. */
static size_t selections(size_t group_count) {
    return group_count <= FEW_GROUPS ? (size_t)1 << (group_count + 1) : 2 * (group_count + 1);
}

static bool selected(size_t group_count, size_t selection, size_t sum) {
    if (group_count <= FEW_GROUPS)
        return selection >> sum & 1;
    return selection <= group_count ? sum == selection : sum != selection - group_count - 1;
}

/* Whether people of a cell can be pointed at: they are in a group by both tables, or in a hidden one. */
static bool is_recognisable(const struct pair *pair, const struct suppression_cell *cell) {
    const size_t tables[] = {pair->first, pair->second};
    size_t groups = 0;
    for (size_t i = 0; i < 2; i++) {
        const struct suppression_table *table = &pair->tables[tables[i]];
        const size_t group = cell->groups[tables[i]];
        if (group == table->group_count)
            continue;
        if (table->groups[group].hidden)
            return true;
        groups++;
    }
    return groups == 2;
}

/* Whether a selection of sums of the first table, taken off all sums of the second that it meets, leaves 1 to
 * minimum_cell - 1 people of whom some can be pointed at. */
static bool difference_is_small(const struct pair *pair, size_t selection, size_t minimum_cell) {
    const size_t first_count = pair->tables[pair->first].group_count;
    for (size_t i = 0; i <= pair->tables[pair->second].group_count; i++)
        pair->met[i] = false;
    for (size_t i = 0; i < pair->cell_count; i++) {
        const struct suppression_cell *cell = &pair->cells[i];
        if (cell->expressed > 0 && selected(first_count, selection, published(pair, pair->first, cell)))
            pair->met[published(pair, pair->second, cell)] = true;
    }
    size_t left = 0;
    bool recognisable = false;
    for (size_t i = 0; i < pair->cell_count; i++) {
        const struct suppression_cell *cell = &pair->cells[i];
        if (cell->expressed == 0 || !pair->met[published(pair, pair->second, cell)] ||
            selected(first_count, selection, published(pair, pair->first, cell)))
            continue;
        left += cell->expressed;
        recognisable = recognisable || is_recognisable(pair, cell);
    }
    return left > 0 && left < minimum_cell && recognisable;
}

static bool is_linked(const struct pair *pair, size_t minimum_cell) {
    const size_t count = selections(pair->tables[pair->first].group_count);
    for (size_t selection = 0; selection < count; selection++)
        if (difference_is_small(pair, selection, minimum_cell))
            return true;
    return false;
}

/* Hides the smallest group that either table shows, and what must be hidden with it. False if none is left:
 * then only the whole is published, and there is nothing to subtract. */
static bool hide_of_two(struct suppression_table *first, struct suppression_table *second,
                        size_t minimum_cell) {
    struct suppression_group *one = smallest_shown(first), *other = smallest_shown(second);
    if (!one && !other)
        return false;
    const bool of_second = !one || (other && other->expressed < one->expressed);
    hide(of_second ? other : one);
    complete(of_second ? second : first, minimum_cell);
    return true;
}

/* Whether a pair of tables gave somebody away and more was hidden. */
static bool unlink_once(struct suppression_table *tables, size_t table_count, struct pair pair,
                        size_t minimum_cell) {
    for (pair.first = 0; pair.first < table_count; pair.first++)
        for (pair.second = 0; pair.second < table_count; pair.second++) {
            struct suppression_table *first = &tables[pair.first], *second = &tables[pair.second];
            if (first != second && !first->overlapping && !second->overlapping &&
                is_linked(&pair, minimum_cell) && hide_of_two(first, second, minimum_cell))
                return true;
        }
    return false;
}

void suppression_decide_all(struct suppression_table *tables, size_t table_count,
                            const struct suppression_cell *cells, size_t cell_count, size_t minimum_cell) {
    size_t largest = 0;
    for (size_t i = 0; i < table_count; i++) {
        suppression_decide(&tables[i], minimum_cell);
        if (tables[i].group_count > largest)
            largest = tables[i].group_count;
    }
    struct pair pair = {.tables = tables, .cells = cells, .cell_count = cell_count};
    pair.met = calloc(largest + 1, sizeof *pair.met);
    if (!pair.met)
        abort();
    bool more = true;
    while (more)
        more = unlink_once(tables, table_count, pair, minimum_cell);
    free(pair.met);
}
