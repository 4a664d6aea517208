#include "analysis/pairs.h"

#include "analysis/order.h"

/* No answer. */
#define NO_LEVEL ((size_t)-1)

/* The counts of one set. Whoever answered everything is counted in `complete` alone, others in `partial`, so
 * that each pair is counted once. */
struct set_counts {
    const struct pairs_set *set;
    struct order *orders; /* of each item */
    size_t *offsets;      /* of the table of items i < j: offsets[i * count + j] */
    size_t size;          /* of all tables */
    size_t *complete, *partial;
    size_t *levels;        /* of the response being counted */
    size_t complete_count; /* who answered all items */
};

struct pairs {
    struct set_counts *sets;
    size_t count;
};

static struct set_counts create_set(struct arena *arena, const struct pairs_set *set) {
    struct set_counts counts = {.set = set,
                                .orders = ARENA_NEW(arena, struct order, set->count),
                                .offsets = ARENA_NEW(arena, size_t, set->count * set->count),
                                .levels = ARENA_NEW(arena, size_t, set->count)};
    for (size_t i = 0; i < set->count; i++)
        counts.orders[i] = order_by_numbers(arena, set->items[i]->question);
    for (size_t i = 0; i < set->count; i++)
        for (size_t j = i + 1; j < set->count; j++) {
            counts.offsets[i * set->count + j] = counts.size;
            counts.size += counts.orders[i].length * counts.orders[j].length;
        }
    counts.complete = ARENA_NEW(arena, size_t, counts.size);
    counts.partial = ARENA_NEW(arena, size_t, counts.size);
    return counts;
}

struct pairs *pairs_create(struct arena *arena, const struct pairs_set *sets, size_t count) {
    struct pairs *pairs = ARENA_NEW(arena, struct pairs, 1);
    *pairs = (struct pairs){ARENA_NEW(arena, struct set_counts, count), count};
    for (size_t i = 0; i < count; i++)
        pairs->sets[i] = create_set(arena, &sets[i]);
    return pairs;
}

/* The levels of the response; how many items of the set have one. */
static size_t find_levels(const struct set_counts *counts, const struct response *response) {
    size_t given = 0;
    for (size_t i = 0; i < counts->set->count; i++) {
        const struct answer *answer = &response->answers[counts->set->items[i]->index];
        counts->levels[i] = NO_LEVEL;
        if (answer->state != ANSWER_GIVEN)
            continue;
        counts->levels[i] = counts->orders[i].level_of[answer->choices[0]];
        given++;
    }
    return given;
}

static void count_pairs(const struct set_counts *counts, size_t *into) {
    const size_t count = counts->set->count, *levels = counts->levels;
    for (size_t i = 0; i < count; i++) {
        if (levels[i] == NO_LEVEL)
            continue;
        for (size_t j = i + 1; j < count; j++)
            if (levels[j] != NO_LEVEL)
                into[counts->offsets[i * count + j] + levels[i] * counts->orders[j].length + levels[j]]++;
    }
}

void pairs_add(struct pairs *pairs, const struct response *response) {
    for (size_t i = 0; i < pairs->count; i++) {
        struct set_counts *counts = &pairs->sets[i];
        const size_t given = find_levels(counts, response);
        const bool is_complete = given == counts->set->count;
        counts->complete_count += is_complete;
        if (given > 1)
            count_pairs(counts, is_complete ? counts->complete : counts->partial);
    }
}

void pairs_merge(struct pairs *pairs, const struct pairs *other) {
    for (size_t i = 0; i < pairs->count; i++) {
        pairs->sets[i].complete_count += other->sets[i].complete_count;
        for (size_t j = 0; j < pairs->sets[i].size; j++) {
            pairs->sets[i].complete[j] += other->sets[i].complete[j];
            pairs->sets[i].partial[j] += other->sets[i].partial[j];
        }
    }
}

size_t pairs_complete(const struct pairs *pairs, size_t set) {
    return pairs->sets[set].complete_count;
}

struct contingency pairs_table(struct arena *arena, const struct pairs *pairs, size_t set, size_t first,
                               size_t second) {
    const struct set_counts *counts = &pairs->sets[set];
    const size_t low = first < second ? first : second, high = first < second ? second : first;
    const size_t offset = counts->offsets[low * counts->set->count + high];
    const size_t rows = counts->orders[first].length, columns = counts->orders[second].length;
    size_t *table = ARENA_NEW(arena, size_t, rows * columns);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            const size_t at = offset + (first < second ? i * columns + j : j * rows + i);
            table[i * columns + j] = counts->complete[at] + counts->partial[at];
        }
    return (struct contingency){rows, columns, table};
}

struct covariance pairs_covariance(struct arena *arena, const struct pairs *pairs, size_t set) {
    const struct set_counts *counts = &pairs->sets[set];
    const size_t count = counts->set->count;
    struct covariance_item *items = ARENA_NEW(arena, struct covariance_item, count);
    struct contingency *tables = ARENA_NEW(arena, struct contingency, count * count);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct covariance_item){counts->orders[i].values, counts->orders[i].length};
        for (size_t j = i + 1; j < count; j++)
            tables[i * count + j] = (struct contingency){counts->orders[i].length, counts->orders[j].length,
                                                         counts->complete + counts->offsets[i * count + j]};
    }
    return covariance_of(arena, items, tables, count);
}
