#include "analysis/suppression.h"

#include "analysis/disclosure.h"
#include "analysis/feasible.h"
#include "model/base/arena.h"

#include <assert.h>
#include <stdlib.h>

/* A bound to the work on many groups. */
enum { MOST_SHOWN_AGAIN = 16 };

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

/* --- Several tables --- */

/* Whether the tables as they are hidden now give anything away, and what to hide then. */
static bool find_leak(const struct disclosure_question *question, struct disclosure *needed) {
    return disclosure_find(question, needed) || feasible_find(question, needed);
}

/* A group that is hidden for the sake of others. */
struct secondary {
    struct suppression_table *table;
    struct suppression_group *group;
    size_t number; /* in the order of tables and groups */
};

static int compare_secondary(const void *one, const void *other) {
    const struct secondary *a = one, *b = other;
    if (a->table->crossed != b->table->crossed)
        return a->table->crossed ? 1 : -1;
    if (a->group->expressed != b->group->expressed)
        return a->group->expressed < b->group->expressed ? 1 : -1;
    return (a->number > b->number) - (a->number < b->number);
}

static struct secondary *list_secondary(struct arena *arena, struct suppression_table *tables,
                                        size_t table_count, size_t minimum_cell, size_t *count) {
    size_t most = 0;
    for (size_t i = 0; i < table_count; i++)
        most += tables[i].group_count;
    struct secondary *list = ARENA_NEW(arena, struct secondary, most);
    *count = 0;
    for (size_t i = 0; i < table_count; i++)
        for (size_t j = 0; j < tables[i].group_count; j++)
            if (tables[i].groups[j].hidden && tables[i].groups[j].expressed >= minimum_cell) {
                list[*count] = (struct secondary){&tables[i], &tables[i].groups[j], *count};
                (*count)++;
            }
    qsort(list, *count, sizeof *list, compare_secondary);
    return list;
}

/* What was hidden first may not have to be any more, after all that was hidden later: the largest first, each
 * is shown again if nothing follows from it. */
static void show_again(const struct disclosure_question *question, struct suppression_table *tables) {
    struct arena *arena = arena_create();
    size_t count;
    const struct secondary *list =
        list_secondary(arena, tables, question->table_count, question->minimum_cell, &count);
    for (size_t i = 0; i < count && i < MOST_SHOWN_AGAIN; i++) {
        struct disclosure ignored;
        decide_alone(list[i].table, list[i].group, question->minimum_cell);
        if (is_exposed(list[i].table, question->minimum_cell) || find_leak(question, &ignored))
            hide(list[i].group);
    }
    arena_destroy(arena);
}

void suppression_decide_all(struct suppression_table *tables, size_t table_count,
                            const struct suppression_cell *cells, size_t cell_count, size_t minimum_cell) {
    for (size_t i = 0; i < table_count; i++)
        suppression_decide(&tables[i], minimum_cell);
    if (minimum_cell < 2 || table_count == 0 || tables[0].whole.hidden)
        return;
    const struct disclosure_question question = {tables, table_count, cells, cell_count, minimum_cell};
    struct disclosure needed;
    bool hid_more = false, hid_all = false;
    while (find_leak(&question, &needed)) {
        struct suppression_table *table = &tables[needed.table];
        for (size_t i = 0; i < table->group_count; i++)
            if (needed.group == i || needed.group == DISCLOSURE_ALL)
                hide(&table->groups[i]);
        complete(table, minimum_cell);
        hid_more = true;
        hid_all = hid_all || needed.group == DISCLOSURE_ALL;
    }
    if (hid_more && !hid_all)
        show_again(&question, tables);
}
