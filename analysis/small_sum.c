#include "analysis/small_sum.h"

#include "analysis/sums.h"

/* After so much work the worst is taken to be true: in multiplications, of which a basis takes about the cube
 * of the number of its columns. */
enum { MOST_WORK = 20000000 };

/* What a column is taken for while small sums are searched. */
enum role { ROLE_OPEN, ROLE_INSIDE, ROLE_OUTSIDE };

struct search {
    struct arena *arena;
    struct published published;
    size_t minimum_cell;
    size_t *order;    /* of the columns: those of most people first */
    enum role *roles; /* by column */
    size_t work;      /* done so far */
    bool met;         /* a small sum, perhaps a harmless one */
    bool is_quick;    /* ends with the first small sum that is met */
};

/* --- Whether a small sum does harm --- */

/* Whether somebody can be pointed at: in a group by all tables, or in a hidden one. */
static bool is_recognisable(const struct published *published, size_t column) {
    bool in_all = true;
    for (size_t i = 0; i < published->choice.count; i++) {
        const long place = published_place(published, column, i);
        if (place == PUBLISHED_IN_HIDDEN)
            return true;
        in_all = in_all && place != PUBLISHED_IN_NO_GROUP;
    }
    return in_all;
}

/* A difference of small groups tells of neither. */
static bool does_harm(const struct search *search, const uint32_t *weights) {
    const struct published *published = &search->published;
    if (!sums_one_sided(&published->sums, weights))
        return false;
    for (size_t i = 0; i < published->sums.column_count; i++)
        if (sums_value(&published->sums, weights, i) != 0 && is_recognisable(published, i))
            return true;
    return false;
}

/* --- Small sums --- */

static size_t bases_of(const struct search *search, size_t column, size_t budget) {
    size_t people = search->published.expressed[column];
    if (search->roles[column] == ROLE_INSIDE)
        return 0;
    return search->roles[column] == ROLE_OUTSIDE || people > budget ? budget + 1 : people;
}

/* Bases that share nobody, as far as there are people. */
struct packing {
    size_t *room;  /* by column: in how many more bases it can be */
    size_t *order; /* columns with room, then the others that can be in a basis at all */
};

/* Of the basis, how many columns had no room left. */
static struct sums_basis next_basis(struct search *search, struct packing *packing, size_t budget,
                                    size_t *lacking) {
    const struct sums *sums = &search->published.sums;
    size_t count = 0;
    for (int with_room = 1; with_room >= 0; with_room--)
        for (size_t i = 0; i < sums->column_count; i++) {
            const size_t column = search->order[i];
            if ((packing->room[column] > 0) == with_room && bases_of(search, column, budget) > 0)
                packing->order[count++] = column;
        }
    struct sums_basis basis = sums_find_basis(search->arena, sums, packing->order, count);
    search->work += sums->row_count * sums->row_count * sums->row_count;
    *lacking = 0;
    for (size_t i = 0; i < basis.count; i++) {
        size_t *room = &packing->room[basis.columns[i]];
        *lacking += *room == 0;
        *room -= *room > 0;
    }
    return basis;
}

/* Whether the sum has at most `budget` people who are not yet taken to be in it, and none who are taken to be
 * out of it. */
static bool is_small(const struct search *search, const uint32_t *weights, size_t budget) {
    const struct sums *sums = &search->published.sums;
    size_t people = 0;
    for (size_t i = 0; i < sums->column_count; i++) {
        const size_t column = search->order[i];
        if (search->roles[column] == ROLE_INSIDE || sums_value(sums, weights, column) == 0)
            continue;
        people += search->published.expressed[column];
        if (people > budget || search->roles[column] == ROLE_OUTSIDE)
            return false;
    }
    return true;
}

static const uint32_t *find_small(const struct search *search, const struct sums_basis *basis,
                                  size_t budget) {
    for (size_t i = 0; i < basis->count; i++) {
        const uint32_t *weights = basis->weights + i * basis->count;
        if (is_small(search, weights, budget))
            return weights;
    }
    return NULL;
}

static const uint32_t *find_harm(struct search *search, size_t budget);

/* One of these columns is in the sum (`inside`), or one is not: the first of them, or the second and not the
 * first, … A column that has more people than the budget cannot be in it. */
static const uint32_t *branch(struct search *search, const size_t *columns, size_t count, size_t budget,
                              bool inside) {
    const enum role chosen = inside ? ROLE_INSIDE : ROLE_OUTSIDE;
    const enum role passed = inside ? ROLE_OUTSIDE : ROLE_INSIDE;
    const uint32_t *found = NULL;
    size_t tried = 0;
    for (bool more = true; tried < count && !found && more; tried++) {
        const size_t people = search->published.expressed[columns[tried]];
        search->roles[columns[tried]] = chosen;
        if (!inside)
            found = find_harm(search, budget);
        else if (people <= budget)
            found = find_harm(search, budget - people);
        search->roles[columns[tried]] = passed;
        if (!inside) {
            more = people <= budget;
            budget -= more ? people : 0;
        }
    }
    for (size_t i = 0; i < tried; i++)
        search->roles[columns[i]] = ROLE_OPEN;
    return found;
}

/* Any other small sum that has no smaller one within lacks somebody of this one. */
static const uint32_t *find_beside(struct search *search, const uint32_t *weights, size_t budget) {
    const struct sums *sums = &search->published.sums;
    size_t *columns = ARENA_NEW(search->arena, size_t, search->minimum_cell);
    size_t count = 0;
    for (size_t i = 0; i < sums->column_count; i++)
        if (search->roles[i] == ROLE_OPEN && sums_value(sums, weights, i) != 0)
            columns[count++] = i;
    return branch(search, columns, count, budget, false);
}

/* Every sum has somebody of each basis. */
static const uint32_t *find_through(struct search *search, const struct sums_basis *basis, size_t budget) {
    size_t *columns = ARENA_NEW(search->arena, size_t, basis->count);
    size_t count = 0;
    for (size_t i = 0; i < basis->count; i++)
        if (search->roles[basis->columns[i]] == ROLE_OPEN &&
            search->published.expressed[basis->columns[i]] <= budget)
            columns[count++] = basis->columns[i];
    return branch(search, columns, count, budget, true);
}

static struct packing create_packing(const struct search *search, size_t budget) {
    const size_t count = search->published.sums.column_count;
    struct packing packing = {ARENA_NEW(search->arena, size_t, count),
                              ARENA_NEW(search->arena, size_t, count)};
    for (size_t i = 0; i < count; i++)
        packing.room[i] = bases_of(search, i, budget);
    return packing;
}

/* A harmful sum of the columns that are taken to be in it, of others of `budget` people at most, and of none
 * that are taken to be out of it. A sum that is no dual vector of a basis has two of the basis's columns; of
 * these as many are new people as `lacking` does not say. */
static const uint32_t *find_harm(struct search *search, size_t budget) {
    if (search->is_quick && search->met)
        return NULL;
    struct packing packing = create_packing(search, budget);
    struct sums_basis first = {0};
    size_t least = 0;
    for (size_t lacking = 0; lacking < 2 && least <= budget && search->work < MOST_WORK;) {
        const struct sums_basis basis = next_basis(search, &packing, budget, &lacking);
        if (!basis.weights) { /* the columns inside hold a sum, and nobody else is in it */
            const uint32_t *weights = sums_vanishing(search->arena, &search->published.sums, &basis);
            search->met = true;
            return does_harm(search, weights) ? weights : NULL;
        }
        const uint32_t *small = find_small(search, &basis, budget);
        if (small) {
            search->met = true;
            if (does_harm(search, small))
                return small;
            return search->is_quick ? NULL : find_beside(search, small, budget);
        }
        least += lacking < 2 ? 2 - lacking : 0;
        if (!first.columns)
            first = basis;
    }
    if (least > budget || search->work >= MOST_WORK)
        return NULL;
    return find_through(search, &first, budget);
}

static struct search start_search(struct arena *arena, const struct published *published,
                                  size_t minimum_cell) {
    const size_t count = published->sums.column_count;
    struct search search = {.arena = arena,
                            .published = *published,
                            .minimum_cell = minimum_cell,
                            .order = ARENA_NEW(arena, size_t, count),
                            .roles = ARENA_NEW(arena, enum role, count)};
    size_t at = 0;
    for (size_t people = minimum_cell; people > 0; people--)
        for (size_t i = 0; i < count; i++)
            if (people == (published->expressed[i] < minimum_cell ? published->expressed[i] : minimum_cell))
                search.order[at++] = i;
    return search;
}

struct small_sum small_sum_find(struct arena *arena, const struct published *published, size_t minimum_cell,
                                bool quick) {
    if (published->sums.column_count == 0)
        return (struct small_sum){0};
    struct search search = start_search(arena, published, minimum_cell);
    search.is_quick = quick;
    const uint32_t *weights = find_harm(&search, minimum_cell - 1);
    return (struct small_sum){weights, search.met,
                              !weights && !(quick && search.met) && search.work >= MOST_WORK};
}
