/* Columns are added one by one. The tables that fill some rows with one more column are, for every way in
 * which this column takes its part of the rows, those that fill what is left of them. The distribution does
 * not depend on the order of the rows, so that there is one list for all: its filling, rows in descending
 * order. */
#include "analysis/statistics/partial_tables.h"

#include "analysis/statistics/column_split.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WORK_OF_TWO = 6, WORK_OF_SUM = 4, WORK_OF_TABLE = 20;
static const size_t MOST_TABLES = 4194304, MOST_FILLINGS = 1048576;

struct partial_tables {
    struct arena *arena;
    size_t row_count, columns, sum;
    uint64_t base; /* of keys: more than the largest row */
    size_t count;  /* of fillings: count * row_count sizes, and their lists */
    const size_t *fillings;
    struct partial_list *lists;
    size_t table_count;
    size_t *places; /* by the hash of its key: the number of a filling from 1; 0: none */
    unsigned shift;
};

/* Sums that are being collected, by a hash of their order. A place of probability 0 is empty. */
struct collection {
    struct arena *arena;
    struct partial_table *places;
    size_t capacity, count;
    unsigned shift;
};

/* Of a filling whose sum is known, the largest row follows from the others. */
static uint64_t key_of(const struct partial_tables *tables, const size_t *filling) {
    uint64_t key = 0;
    for (size_t i = 1; i < tables->row_count; i++)
        key = key * tables->base + filling[i];
    return key;
}

static uint64_t hash(uint64_t key, unsigned shift) {
    return (key * UINT64_C(0x9E3779B97F4A7C15)) >> shift;
}

static unsigned bits_for(size_t count) {
    unsigned bits = 4;
    while ((size_t)1 << bits < 2 * count)
        bits++;
    return bits;
}

/* --- fillings --- */

/* Walks through all sizes in descending order that add up to the sum, each at most the row's. */
struct walk {
    const size_t *rows;
    size_t row_count;
    size_t sizes[COLUMN_SPLIT_MOST_ROWS];
    size_t *found; /* NULL: count them */
    size_t count;
};

static size_t room(const struct walk *walk, size_t row, size_t most) {
    size_t sum = 0;
    for (; row < walk->row_count; row++)
        sum += walk->rows[row] < most ? walk->rows[row] : most;
    return sum;
}

static void walk_on(struct walk *walk, size_t row, size_t missing) {
    if (row == walk->row_count) {
        if (walk->found)
            memcpy(walk->found + walk->count * row, walk->sizes, row * sizeof *walk->sizes);
        walk->count++;
        return;
    }
    size_t most = walk->rows[row];
    if (row > 0 && walk->sizes[row - 1] < most)
        most = walk->sizes[row - 1];
    if (missing < most)
        most = missing;
    for (size_t size = most + 1; size-- > 0 && walk->count <= MOST_FILLINGS;) {
        if (size + room(walk, row + 1, size) < missing)
            return;
        walk->sizes[row] = size;
        walk_on(walk, row + 1, missing - size);
    }
}

static bool list_fillings(struct partial_tables *tables, const struct margins *margins, struct work *work) {
    struct walk walk = {.rows = margins->rows, .row_count = margins->row_count};
    walk_on(&walk, 0, tables->sum);
    if (walk.count > MOST_FILLINGS || !work_spend(work, WORK_OF_SPLIT * (double)walk.count))
        return false;
    walk.found = ARENA_NEW(tables->arena, size_t, walk.count * walk.row_count);
    tables->fillings = walk.found;
    tables->count = walk.count;
    walk.count = 0;
    walk_on(&walk, 0, tables->sum);
    const unsigned bits = bits_for(tables->count);
    tables->shift = 64 - bits;
    tables->places = ARENA_NEW(tables->arena, size_t, (size_t)1 << bits);
    for (size_t i = 0; i < tables->count; i++) {
        uint64_t place = hash(key_of(tables, tables->fillings + i * tables->row_count), tables->shift);
        while (tables->places[place] != 0)
            place = (place + 1) & (((uint64_t)1 << bits) - 1);
        tables->places[place] = i + 1;
    }
    tables->lists = ARENA_NEW(tables->arena, struct partial_list, tables->count);
    return true;
}

const struct partial_list *partial_tables_find(const struct partial_tables *tables, const size_t *rows) {
    size_t filling[COLUMN_SPLIT_MOST_ROWS];
    memcpy(filling, rows, tables->row_count * sizeof *rows);
    margins_sort(filling, tables->row_count);
    const uint64_t mask = UINT64_MAX >> tables->shift;
    for (uint64_t place = hash(key_of(tables, filling), tables->shift);; place = (place + 1) & mask) {
        const size_t number = tables->places[place];
        if (number == 0)
            abort();
        if (memcmp(tables->fillings + (number - 1) * tables->row_count, filling,
                   tables->row_count * sizeof *filling) == 0)
            return &tables->lists[number - 1];
    }
}

/* --- sums --- */

static void collect(struct collection *sums, int64_t order, double probability);

static void widen(struct collection *sums) {
    const struct collection before = *sums;
    sums->capacity *= 2;
    sums->shift--;
    sums->count = 0;
    sums->places = ARENA_NEW(sums->arena, struct partial_table, sums->capacity);
    for (size_t i = 0; i < before.capacity; i++)
        if (before.places[i].probability > 0)
            collect(sums, before.places[i].order, before.places[i].probability);
}

static void collect(struct collection *sums, int64_t order, double probability) {
    uint64_t place = hash((uint64_t)order, sums->shift);
    while (sums->places[place].probability > 0 && sums->places[place].order != order)
        place = (place + 1) & (sums->capacity - 1);
    if (sums->places[place].probability == 0)
        sums->count++;
    sums->places[place].order = order;
    sums->places[place].probability += probability;
    if (2 * sums->count > sums->capacity)
        widen(sums);
}

static int compare_orders(const void *a, const void *b) {
    const struct partial_table *first = a, *second = b;
    return (first->order > second->order) - (first->order < second->order);
}

/* Orders are all different, so that sorting has one outcome. */
static struct partial_list list_of(struct arena *arena, struct collection *sums) {
    struct partial_table *tables = ARENA_NEW(arena, struct partial_table, sums->count);
    size_t length = 0;
    for (size_t i = 0; i < sums->capacity; i++)
        if (sums->places[i].probability > 0)
            tables[length++] = sums->places[i];
    qsort(tables, length, sizeof *tables, compare_orders);
    double tail = 0;
    for (size_t i = length; i-- > 0;)
        tables[i].tail = tail += tables[i].probability;
    memset(sums->places, 0, sums->capacity * sizeof *sums->places);
    sums->count = 0;
    return (struct partial_list){length, tables};
}

/* --- columns --- */

/* What is needed to add a column. */
struct addition {
    const struct log_factorials *factorials;
    const struct partial_tables *before;
    size_t column;
    double *weights;
    struct collection sums;
    struct work *work;
};

/* All tables of two columns that fill these rows: a single column is what it fills. */
static bool fill_two(struct addition *addition, const size_t *rows) {
    const int64_t *additive = addition->factorials->additive;
    const size_t length = addition->before->row_count;
    struct column_split split =
        column_split_first(rows, length, addition->column, addition->factorials, addition->weights);
    work_spend(addition->work, WORK_OF_WEIGHT * (double)split.weight_count);
    do {
        int64_t order = column_split_order(&split);
        for (size_t i = 0; i < length; i++)
            order += additive[split.left[i]];
        if (column_split_probability(&split) > 0)
            collect(&addition->sums, order, column_split_probability(&split));
        if (!work_spend(addition->work, WORK_OF_TWO))
            return false;
    } while (column_split_next(&split));
    return true;
}

/* All tables that fill these rows. */
static bool fill(struct addition *addition, const size_t *rows) {
    const struct partial_tables *before = addition->before;
    if (before->columns == 1)
        return fill_two(addition, rows);
    struct column_split split = column_split_first(rows, before->row_count, addition->column,
                                                   addition->factorials, addition->weights);
    work_spend(addition->work, WORK_OF_WEIGHT * (double)split.weight_count);
    do {
        const struct partial_list *list = partial_tables_find(before, split.left);
        const int64_t order = column_split_order(&split);
        const double probability = column_split_probability(&split);
        for (size_t i = 0; i < list->length; i++) {
            const double product = probability * list->tables[i].probability;
            if (product > 0)
                collect(&addition->sums, order + list->tables[i].order, product);
        }
        if (!work_spend(addition->work, WORK_OF_SPLIT + WORK_OF_SUM * (double)list->length))
            return false;
    } while (column_split_next(&split));
    return true;
}

/* What is too much for sure is not begun: the lists to come are no longer, on average, than those before. */
static bool is_within(const struct partial_tables *tables, const struct partial_tables *before, size_t column,
                      const struct work *work) {
    const double cost = WORK_OF_SPLIT + WORK_OF_SUM * partial_tables_mean_length(before);
    double splits = 0;
    for (size_t i = 0; i < tables->count && splits * cost <= 2 * work->left; i++)
        splits += column_split_count(tables->fillings + i * tables->row_count, tables->row_count, column);
    return splits * cost <= 2 * work->left;
}

static bool fill_all(struct partial_tables *tables, struct addition *addition) {
    bool done = is_within(tables, addition->before, addition->column, addition->work);
    for (size_t i = 0; done && i < tables->count; i++) {
        done = fill(addition, tables->fillings + i * tables->row_count);
        struct collection *sums = &addition->sums;
        tables->table_count += sums->count;
        done = done && tables->table_count <= MOST_TABLES &&
               work_spend(addition->work, WORK_OF_TABLE * (double)sums->count + (double)sums->capacity);
        if (done)
            tables->lists[i] = list_of(tables->arena, sums);
    }
    return done;
}

static struct partial_tables *blank_tables(const struct margins *margins, size_t columns, size_t sum) {
    struct arena *arena = arena_create();
    struct partial_tables *tables = ARENA_NEW(arena, struct partial_tables, 1);
    tables->arena = arena;
    tables->row_count = margins->row_count;
    tables->base = margins->rows[0] + 1;
    tables->columns = columns;
    tables->sum = sum;
    return tables;
}

/* Of no columns: rows are filled with nothing, in one way. */
static struct partial_tables *empty_tables(const struct margins *margins) {
    static const struct partial_table NOTHING = {.order = 0, .probability = 1, .tail = 1};
    struct partial_tables *tables = blank_tables(margins, 0, 0);
    struct work work = {INFINITY};
    if (!list_fillings(tables, margins, &work))
        abort();
    tables->lists[0] = (struct partial_list){1, &NOTHING};
    tables->table_count = 1;
    return tables;
}

/* NULL if that is too much. */
static struct partial_tables *add_column(const struct log_factorials *factorials,
                                         const struct margins *margins, const struct partial_tables *before,
                                         size_t column, struct work *work) {
    struct partial_tables *tables = blank_tables(margins, before->columns + 1, before->sum + column);
    struct arena *scratch = arena_create();
    struct addition addition = {.factorials = factorials,
                                .before = before,
                                .column = column,
                                .weights = ARENA_NEW(scratch, double, margins->n + margins->row_count),
                                .sums = {.arena = scratch, .capacity = 64, .shift = 64 - 6},
                                .work = work};
    addition.sums.places = ARENA_NEW(scratch, struct partial_table, addition.sums.capacity);
    if (!list_fillings(tables, margins, work) || !fill_all(tables, &addition)) {
        partial_tables_destroy(tables);
        tables = NULL;
    }
    arena_destroy(scratch);
    return tables;
}

struct partial_tables *partial_tables_create(const struct log_factorials *factorials,
                                             const struct margins *margins, const size_t *columns,
                                             size_t count, struct work *work) {
    struct partial_tables *tables = empty_tables(margins);
    for (size_t j = 0; tables && j < count; j++) {
        struct partial_tables *before = tables;
        tables = add_column(factorials, margins, before, columns[j], work);
        partial_tables_destroy(before);
    }
    return tables;
}

void partial_tables_destroy(struct partial_tables *tables) {
    if (tables)
        arena_destroy(tables->arena);
}

double partial_tables_mean_length(const struct partial_tables *tables) {
    return (double)tables->table_count / (double)tables->count;
}
