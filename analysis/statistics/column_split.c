#include "analysis/statistics/column_split.h"

#include <assert.h>
#include <math.h>

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static void take(struct column_split *split, size_t row, size_t count) {
    split->taken[row] = count;
    split->left[row] = split->rows[row] - count;
    split->missing[row + 1] = split->missing[row] - count;
    if (!split->factorials)
        return;
    split->order[row + 1] = split->order[row] + split->factorials->additive[count];
    split->probability[row + 1] = split->probability[row] * split->weights[row][count];
}

/* The rows from `row` on take as few as leaves no more than there is room for after them. */
static void take_fewest(struct column_split *split, size_t row) {
    for (; row < split->length; row++) {
        const size_t missing = split->missing[row], room = split->room[row + 1];
        take(split, row, missing > room ? missing - room : 0);
    }
}

static struct column_split prepare(const size_t *rows, size_t length, size_t column) {
    assert(length <= COLUMN_SPLIT_MOST_ROWS);
    struct column_split split;
    split.length = length;
    split.rows = rows;
    split.factorials = NULL;
    split.weight_count = 0;
    split.room[length] = 0;
    for (size_t i = length; i-- > 0;)
        split.room[i] = split.room[i + 1] + rows[i];
    assert(column <= split.room[0]);
    split.missing[0] = column;
    split.order[0] = 0;
    split.probability[0] = 1;
    return split;
}

struct column_split column_split_bare(const size_t *rows, size_t length, size_t column) {
    struct column_split split = prepare(rows, length, column);
    take_fewest(&split, 0);
    return split;
}

/* The probability that `chosen` of all are chosen, each with a share whose logarithm, and that of the rest,
 * are given. */
static double binomial(const struct log_factorials *factorials, size_t all, size_t chosen,
                       const double *logarithms) {
    const int64_t ways =
        factorials->nearest[all] - factorials->nearest[chosen] - factorials->nearest[all - chosen];
    return exp(ldexp((double)ways, -factorials->shift) + (double)chosen * logarithms[0] +
               (double)(all - chosen) * logarithms[1]);
}

/* The probability of a way is the product of the binomial ones of what each row takes, over that of the whole
 * column, whatever the share; with about the column's, all these are of a size that numbers can have. */
struct column_split column_split_first(const size_t *rows, size_t length, size_t column,
                                       const struct log_factorials *factorials, double *weights) {
    struct column_split split = prepare(rows, length, column);
    const double share = ((double)column + 0.5) / ((double)split.room[0] + 1);
    const double logarithms[2] = {log(share), log1p(-share)};
    split.factorials = factorials;
    split.probability[0] = 1 / binomial(factorials, split.room[0], column, logarithms);
    for (size_t i = 0; i < length; i++) {
        split.weights[i] = weights + split.weight_count;
        for (size_t count = 0; count <= smaller(rows[i], column); count++)
            weights[split.weight_count++] = binomial(factorials, rows[i], count, logarithms);
    }
    take_fewest(&split, 0);
    return split;
}

/* What the last row takes follows from the others: the last of these that can takes one more. */
bool column_split_next(struct column_split *split) {
    for (size_t row = split->length - 1; row-- > 0;) {
        if (split->taken[row] >= smaller(split->rows[row], split->missing[row]))
            continue;
        take(split, row, split->taken[row] + 1);
        take_fewest(split, row + 1);
        return true;
    }
    return false;
}

int64_t column_split_order(const struct column_split *split) {
    return split->order[split->length];
}

double column_split_probability(const struct column_split *split) {
    return split->probability[split->length];
}

enum { MOST_COUNTED = 4095 };

/* Numbers of ways to share out 0, 1, … up to `most` people, with one more row. */
static void add_row(double *ways, size_t most, size_t row) {
    for (size_t sum = 1; sum <= most; sum++)
        ways[sum] += ways[sum - 1];
    for (size_t sum = most; sum > row; sum--)
        ways[sum] -= ways[sum - row - 1];
}

/* Taking all that is not in the column is as good as taking the column; what the largest row takes follows
 * from the others. */
double column_split_count(const size_t *rows, size_t length, size_t column) {
    size_t all = 0, largest = 0;
    for (size_t i = 0; i < length; i++) {
        all += rows[i];
        largest = rows[i] > rows[largest] ? i : largest;
    }
    column = smaller(column, all - column);
    const size_t others = all - rows[largest], most = smaller(column, others);
    if (length == 2)
        return (double)most + 1;
    if (most > MOST_COUNTED)
        return INFINITY;
    double ways[MOST_COUNTED + 1]; /* most of it is never used: set to 0 only as far as that */
    for (size_t sum = 0; sum <= most; sum++)
        ways[sum] = sum == 0;
    for (size_t i = 0; i < length; i++)
        if (i != largest)
            add_row(ways, most, rows[i]);
    double count = 0;
    for (size_t sum = column - smaller(column, rows[largest]); sum <= most; sum++)
        count += ways[sum];
    return count;
}
