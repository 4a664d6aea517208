/* Tables are not listed one by one. Their columns are parted into two sides and perhaps one between; for each
 * way in which the first side fills its part of the rows, and the column its own, the second side fills what
 * is left, and the tables of both sides are put together from their lists: those of one in ascending, those
 * of the other in descending order, until the sum of both is that of the table observed. This is the network
 * of Mehta & Patel (1983, Journal of the American Statistical Association 78, 427-434), its paths of equal
 * length merged, met from both ends: what a path would need to be long enough is looked up, and each half is
 * walked but once. */
#include "analysis/statistics/exact_table.h"

#include "analysis/statistics/column_split.h"
#include "analysis/statistics/partial_tables.h"

#include <math.h>

static const double WORK_OF_SEARCH = 2, LEAST = 1e-300;

struct sides {
    const struct margins *margins;
    size_t between; /* the column between both sides */
    size_t *columns[2], count[2], sum[2];
    struct partial_tables *tables[2];
    double *weights[2]; /* for two columns being split, one within the other */
};

static void give(struct sides *sides, size_t side, size_t column) {
    sides->columns[side][sides->count[side]++] = column;
    sides->sum[side] += column;
}

/* With few rows, or sides that could not be equal, the smallest column comes between and the others go to one
 * side and to the other in turn: there are few ways to split a column, and lists stay short. With more rows
 * there is none between; the larger half of the columns, of which there may be fewer, is the first side. */
static struct sides part(struct arena *arena, const struct margins *margins) {
    struct sides sides = {.margins = margins};
    const size_t length = margins->column_count;
    const bool between = margins->row_count <= 3 || (margins->row_count == 4 && length % 2 == 1);
    for (size_t side = 0; side < 2; side++)
        sides.columns[side] = ARENA_NEW(arena, size_t, length);
    for (size_t j = 0; j + between < length; j++)
        give(&sides, between ? (j + 1) % 2 : j >= length / 2, margins->columns[j]);
    if (between)
        sides.between = margins->columns[length - 1];
    return sides;
}

/* Rows of the same size can be exchanged: of all ways that differ by that only, the one in descending order
 * stands for as many. 0: another stands for this one. */
static double standing_for(const struct column_split *split) {
    double ways = 1;
    size_t block = 1, equal = 1;
    for (size_t i = 1; i < split->length; i++) {
        const bool same_row = split->rows[i] == split->rows[i - 1];
        if (same_row && split->taken[i] > split->taken[i - 1])
            return 0;
        block = same_row ? block + 1 : 1;
        equal = same_row && split->taken[i] == split->taken[i - 1] ? equal + 1 : 1;
        ways *= (double)block / (double)equal;
    }
    return ways;
}

/* Whether it takes no more than these steps to go once through all ways to fill the rows with the first side
 * and the column between. */
static bool is_within(const struct sides *sides, struct work work) {
    const struct margins *margins = sides->margins;
    struct column_split split = column_split_bare(margins->rows, margins->row_count, sides->sum[0]);
    do {
        double steps = WORK_OF_SPLIT;
        if (standing_for(&split) > 0)
            steps += (WORK_OF_SPLIT + WORK_OF_WEIGHT) *
                     column_split_count(split.left, split.length, sides->between);
        if (!work_spend(&work, steps))
            return false;
    } while (column_split_next(&split));
    return true;
}

/* The probability of tables of the shorter list and the longer whose orders add up to at least `least`. */
static double search_each(const struct partial_list *shorter, const struct partial_list *longer,
                          int64_t least) {
    double sum = 0;
    for (size_t i = 0; i < shorter->length; i++) {
        size_t low = 0, high = longer->length;
        while (low < high) {
            const size_t middle = (low + high) / 2;
            if (shorter->tables[i].order + longer->tables[middle].order >= least)
                high = middle;
            else
                low = middle + 1;
        }
        if (low < longer->length)
            sum += shorter->tables[i].probability * longer->tables[low].tail;
    }
    return sum;
}

/* The same by going through both once. */
static double go_through(const struct partial_list *shorter, const struct partial_list *longer,
                         int64_t least) {
    double sum = 0;
    size_t place = longer->length;
    for (size_t i = 0; i < shorter->length; i++) {
        while (place > 0 && shorter->tables[i].order + longer->tables[place - 1].order >= least)
            place--;
        if (place < longer->length)
            sum += shorter->tables[i].probability * longer->tables[place].tail;
    }
    return sum;
}

static double put_together(const struct partial_list *first, const struct partial_list *second, int64_t least,
                           struct work *work) {
    const struct partial_table *a = first->tables, *b = second->tables;
    if (a[0].order + b[0].order >= least)
        return 1;
    if (a[first->length - 1].order + b[second->length - 1].order < least)
        return 0;
    const struct partial_list *shorter = first->length < second->length ? first : second;
    const struct partial_list *longer = shorter == first ? second : first;
    const double each = WORK_OF_SEARCH * (double)shorter->length * log2((double)longer->length + 1);
    const double all = (double)shorter->length + (double)longer->length;
    work_spend(work, fmin(each, all));
    return each < all ? search_each(shorter, longer, least) : go_through(shorter, longer, least);
}

/* One way in which the first side fills its part of the rows, and all in which the others fill the rest. */
static double fill_rest(const struct sides *sides, const struct column_split *first, int64_t least,
                        struct work *work) {
    const struct partial_list *list = partial_tables_find(sides->tables[0], first->taken);
    struct column_split split =
        column_split_first(first->left, first->length, sides->between, first->factorials, sides->weights[1]);
    double sum = 0;
    work_spend(work, WORK_OF_WEIGHT * (double)split.weight_count);
    do {
        const struct partial_list *rest = partial_tables_find(sides->tables[1], split.left);
        const double share = put_together(list, rest, least - column_split_order(&split), work);
        if (share > 0)
            sum += share * column_split_probability(&split);
    } while (work_spend(work, WORK_OF_SPLIT) && column_split_next(&split));
    return sum;
}

static double fill_all(const struct sides *sides, const struct log_factorials *factorials, int64_t least,
                       struct work *work) {
    const struct margins *margins = sides->margins;
    struct column_split split =
        column_split_first(margins->rows, margins->row_count, sides->sum[0], factorials, sides->weights[0]);
    double sum = 0;
    do {
        const double ways = standing_for(&split);
        if (ways > 0)
            sum += ways * column_split_probability(&split) * fill_rest(sides, &split, least, work);
    } while (work_spend(work, WORK_OF_SPLIT) && column_split_next(&split));
    return work->left < 0 ? NAN : sum;
}

static double probability_of(struct arena *arena, const struct contingency *table, struct sides *sides,
                             struct work *work) {
    const struct log_factorials factorials = log_factorials_up_to(arena, sides->margins->n);
    int64_t least = -log_factorials_tolerance(&factorials);
    for (size_t i = 0; i < table->rows * table->columns; i++)
        least += factorials.additive[table->counts[i]];
    double probability = NAN;
    for (size_t side = 0; side < 2 && work->left >= 0; side++) {
        sides->weights[side] = ARENA_NEW(arena, double, sides->margins->n + sides->margins->row_count);
        sides->tables[side] = partial_tables_create(&factorials, sides->margins, sides->columns[side],
                                                    sides->count[side], work);
        if (!sides->tables[side])
            work->left = -1;
    }
    if (work->left >= 0)
        probability = fill_all(sides, &factorials, least, work);
    for (size_t side = 0; side < 2; side++)
        partial_tables_destroy(sides->tables[side]);
    return probability;
}

/* Keys of fillings (partial_tables.c) are numbers of 64 bits. */
static bool has_keys(const struct margins *margins) {
    const double bits = log2((double)margins->rows[0] + 1) * (double)(margins->row_count - 1);
    return margins->row_count <= COLUMN_SPLIT_MOST_ROWS && bits < 63;
}

/* --- two rows and two columns --- */

/* The table is what one of its cells has: `row` people in its row, `column` in its column, of n. */
struct square {
    size_t row, column, n, most, observed;
};

/* The cell of the smaller row and column. */
static struct square square_of(const struct contingency *table, const struct margins *margins) {
    const size_t row = margins->rows[1], column = margins->columns[1];
    const bool swapped = (contingency_row(table, 0) != row && contingency_row(table, 1) != row) ||
                         (contingency_column(table, 0) != column && contingency_column(table, 1) != column);
    const size_t table_row = swapped ? column : row, table_column = swapped ? row : column;
    const size_t i = contingency_row(table, 0) == table_row ? 0 : 1;
    const size_t j = contingency_column(table, 0) == table_column ? 0 : 1;
    return (struct square){row, column, margins->n, row < column ? row : column, table->counts[2 * i + j]};
}

/* How much more probable x + 1 is than x. */
static double ratio(const struct square *square, size_t x) {
    const double other = (double)(square->n - square->row) - (double)(square->column - x) + 1;
    return (double)(square->row - x) * (double)(square->column - x) / ((double)(x + 1) * other);
}

/* Weights are in proportion to probabilities, 1 for the most probable table. What is beyond the range of
 * numbers does not add anything. */
static double square_probability(const struct square *square) {
    struct arena *arena = arena_create();
    double *weights = ARENA_NEW(arena, double, square->most + 1);
    const double expected =
        (double)(square->row + 1) * (double)(square->column + 1) / (double)(square->n + 2);
    const size_t mode = (size_t)expected < square->most ? (size_t)expected : square->most;
    weights[mode] = 1;
    for (size_t x = mode; x < square->most && weights[x] > 0; x++)
        weights[x + 1] = weights[x] * ratio(square, x);
    for (size_t x = mode; x > 0 && weights[x] > 0; x--)
        weights[x - 1] = weights[x] / ratio(square, x - 1);
    const double least = weights[square->observed] * (1 + 1e-7);
    double all = 0, beyond = 0;
    for (size_t x = 0; x <= square->most; x++) {
        all += weights[x];
        beyond += weights[x] <= least ? weights[x] : 0;
    }
    arena_destroy(arena);
    return beyond / all;
}

double exact_table_probability(const struct contingency *table, double steps) {
    struct arena *arena = arena_create();
    const struct margins margins = margins_of(arena, table);
    struct sides sides = part(arena, &margins);
    struct work work = {steps};
    double probability = NAN;
    if (margins.column_count == 2) {
        const struct square square = square_of(table, &margins);
        probability =
            work_spend(&work, WORK_OF_WEIGHT * (double)square.most) ? square_probability(&square) : NAN;
    } else if (has_keys(&margins) && is_within(&sides, work))
        probability = probability_of(arena, table, &sides, &work);
    arena_destroy(arena);
    return isnan(probability) ? NAN : fmax(LEAST, fmin(1, probability));
}
