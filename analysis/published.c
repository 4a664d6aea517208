#include "analysis/published.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

long published_place(const struct published *published, size_t column, size_t n) {
    return published->places[column * published->choice.count + n];
}

static const struct suppression_table *chosen(const struct published_choice *choice, size_t n) {
    return &choice->tables[choice->numbers[n]];
}

static int compare_rows(const void *one, const void *other) {
    const struct published_row *a = one, *b = other;
    if (a->crossed != b->crossed)
        return a->crossed ? 1 : -1;
    if (a->expressed != b->expressed)
        return a->expressed < b->expressed ? 1 : -1;
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    return (a->group > b->group) - (a->group < b->group);
}

/* All rows, those too that follow from others. */
static struct published_row *list_rows(struct arena *arena, const struct published_choice *choice,
                                       size_t *count) {
    size_t most = 1;
    for (size_t i = 0; i < choice->count; i++)
        most += chosen(choice, i)->group_count;
    struct published_row *rows = ARENA_NEW(arena, struct published_row, most);
    *count = 1;
    for (size_t i = 0; i < choice->count; i++)
        for (size_t j = 0; j < chosen(choice, i)->group_count; j++) {
            const struct suppression_group *group = &chosen(choice, i)->groups[j];
            if (!group->hidden && group->asked > 0)
                rows[(*count)++] = (struct published_row){choice->numbers[i], j, group->expressed,
                                                          chosen(choice, i)->crossed};
        }
    qsort(rows + 1, *count - 1, sizeof *rows, compare_rows);
    return rows;
}

static long place_of(const struct suppression_table *table, size_t group) {
    if (group == table->group_count)
        return PUBLISHED_IN_NO_GROUP;
    return table->groups[group].hidden ? PUBLISHED_IN_HIDDEN : (long)group;
}

static size_t hash_places(const long *places, size_t count) {
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ (uint64_t)places[i]) * UINT64_C(0xFF51AFD7ED558CCD);
        hash ^= hash >> 32;
    }
    return (size_t)hash;
}

/* Puts together the cells whose people have the same places; `index` holds numbers of columns + 1. Gives how
 * many columns that makes. */
static size_t gather_people(struct arena *arena, struct published *published,
                            const struct suppression_cell *cells, size_t cell_count, bool asked) {
    const struct published_choice *choice = &published->choice;
    const size_t width = choice->count;
    size_t size = 2, count = 0;
    while (size < 2 * cell_count)
        size *= 2;
    size_t *index = ARENA_NEW(arena, size_t, size);
    long *all = ARENA_NEW(arena, long, (cell_count + 1) * width);
    size_t *expressed = ARENA_NEW(arena, size_t, cell_count);
    size_t *column_of = ARENA_NEW(arena, size_t, cell_count);
    for (size_t i = 0; i < cell_count; i++) {
        column_of[i] = SUMS_NONE;
        if ((asked ? cells[i].asked : cells[i].expressed) == 0)
            continue;
        long *places = all + count * width;
        for (size_t j = 0; j < width; j++)
            places[j] = place_of(chosen(choice, j), cells[i].groups[choice->numbers[j]]);
        size_t at = hash_places(places, width) & (size - 1);
        while (index[at] && memcmp(all + (index[at] - 1) * width, places, width * sizeof *places) != 0)
            at = (at + 1) & (size - 1);
        if (!index[at])
            index[at] = ++count;
        column_of[i] = index[at] - 1;
        expressed[column_of[i]] += cells[i].expressed;
    }
    published->column_of = column_of;
    published->places = all;
    published->expressed = expressed;
    return count;
}

/* The numbers of the rows, by the n-th chosen table and its groups. */
static size_t **number_rows(struct arena *arena, const struct published_choice *choice,
                            const struct published_row *rows, size_t row_count) {
    size_t **numbers = ARENA_NEW(arena, size_t *, choice->count);
    for (size_t i = 0; i < choice->count; i++) {
        numbers[i] = ARENA_NEW(arena, size_t, chosen(choice, i)->group_count);
        for (size_t j = 0; j < chosen(choice, i)->group_count; j++)
            numbers[i][j] = SUMS_NONE;
        for (size_t j = 1; j < row_count; j++)
            if (rows[j].table == choice->numbers[i])
                numbers[i][rows[j].group] = j;
    }
    return numbers;
}

/* The matrix of these rows. */
static struct sums make_sums(struct arena *arena, const struct published *published,
                             const struct published_row *rows, size_t row_count, size_t column_count) {
    const size_t width = published->choice.count + 1;
    size_t *const *numbers = number_rows(arena, &published->choice, rows, row_count);
    size_t *entries = ARENA_NEW(arena, size_t, column_count * width);
    for (size_t i = 0; i < column_count; i++) {
        entries[i * width] = 0;
        for (size_t j = 0; j < published->choice.count; j++) {
            const long place = published_place(published, i, j);
            entries[i * width + j + 1] = place < 0 ? SUMS_NONE : numbers[j][place];
        }
    }
    return (struct sums){row_count, column_count, width, entries};
}

struct published published_sums(struct arena *arena, const struct published_choice *choice,
                                const struct suppression_cell *cells, size_t cell_count, bool asked) {
    struct published published = {.choice = *choice};
    size_t row_count, kept = 0;
    struct published_row *rows = list_rows(arena, choice, &row_count);
    const size_t columns = gather_people(arena, &published, cells, cell_count, asked);
    const struct sums all = make_sums(arena, &published, rows, row_count, columns);
    bool *is_independent = ARENA_NEW(arena, bool, row_count);
    sums_mark_independent(arena, &all, is_independent);
    for (size_t i = 0; i < row_count; i++)
        if (is_independent[i])
            rows[kept++] = rows[i];
    published.rows = rows;
    published.sums = make_sums(arena, &published, rows, kept, columns);
    return published;
}

size_t published_rank(struct arena *arena, const struct published_choice *choice,
                      const struct suppression_cell *cells, size_t cell_count) {
    return published_sums(arena, choice, cells, cell_count, false).sums.row_count;
}
