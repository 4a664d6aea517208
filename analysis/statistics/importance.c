#include "analysis/statistics/importance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An item of whose variance no more than this is its own follows from others: what rounding leaves is less,
 * and a single one of a million people who breaks the rule leaves more. */
static const double NOTHING = 1e-10;

enum { SETS = 1 << IMPORTANCE_ITEMS, SIDE = IMPORTANCE_ITEMS + 1 };

/* Correlations of the items that vary, and behind them the outcome, from which what some items explain was
 * taken away. */
struct rest {
    double values[SIDE][SIDE];
};

/* The items that vary. */
struct model {
    size_t count;
    size_t items[IMPORTANCE_ITEMS]; /* in the matrix, less the outcome */
    double *explained;              /* R² of each set of them, a bit for each */
};

/* Takes away what an item explains of the outcome and of the items from `next` on. What follows from items
 * taken away before explains nothing more. */
static void take_away(struct rest *rest, size_t item, size_t next, size_t outcome) {
    const double own = rest->values[item][item];
    if (own <= NOTHING)
        return;
    for (size_t i = next; i <= outcome; i++) {
        const double slope = rest->values[i][item] / own;
        for (size_t j = next; j <= outcome; j++)
            rest->values[i][j] -= slope * rest->values[item][j];
    }
}

/* Sets R² of all sets that are `set` and some of the items from `next` on; `rest` is what `set` leaves. */
static void explain(const struct model *model, const struct rest *rest, size_t set, size_t next) {
    const double left = rest->values[model->count][model->count];
    model->explained[set] = fmax(0, fmin(1, 1 - left));
    for (size_t i = next; i < model->count; i++) {
        struct rest less = *rest;
        take_away(&less, i, i + 1, model->count);
        explain(model, &less, set | (size_t)1 << i, i + 1);
    }
}

/* The matrix as correlations, outcome last. */
static struct rest correlations(const struct model *model, const struct covariance *matrix) {
    struct rest rest = {0};
    for (size_t i = 0; i <= model->count; i++)
        for (size_t j = 0; j <= model->count; j++) {
            const size_t row = i < model->count ? model->items[i] + 1 : 0,
                         column = j < model->count ? model->items[j] + 1 : 0;
            const double *values = matrix->values;
            const size_t side = matrix->count;
            rest.values[i][j] = i == j ? 1
                                       : values[row * side + column] / (sqrt(values[row * side + row]) *
                                                                        sqrt(values[column * side + column]));
        }
    return rest;
}

/* Whether nothing of item `last` is its own once all others are taken away. */
static bool is_collinear(const struct model *model, const struct rest *all, size_t last) {
    struct rest rest = *all;
    for (size_t i = 0; i < model->count; i++) {
        if (i == last)
            continue;
        struct rest before = rest;
        const double own = before.values[i][i];
        for (size_t j = 0; own > NOTHING && j < model->count; j++)
            for (size_t k = 0; k < model->count; k++)
                rest.values[j][k] -= before.values[j][i] / own * before.values[i][k];
    }
    return rest.values[last][last] <= NOTHING;
}

/* How many items are more than what follows from those before them. */
static size_t rank_of(const struct model *model, const struct rest *all) {
    struct rest rest = *all;
    size_t rank = 0;
    for (size_t i = 0; i < model->count; i++) {
        rank += rest.values[i][i] > NOTHING;
        take_away(&rest, i, i + 1, model->count);
    }
    return rank;
}

static size_t bits_of(size_t set) {
    size_t bits = 0;
    for (; set; set &= set - 1)
        bits++;
    return bits;
}

/* The mean over all orders: a set of s items comes before an item in s! (count - 1 - s)! of count! of them.
 */
static double average(const struct model *model, size_t item) {
    double shares[IMPORTANCE_ITEMS], sum = 0;
    shares[0] = 1 / (double)model->count;
    for (size_t i = 1; i < model->count; i++)
        shares[i] = shares[i - 1] * (double)i / (double)(model->count - i);
    const size_t bit = (size_t)1 << item;
    for (size_t set = 0; set < (size_t)1 << model->count; set++)
        if (!(set & bit))
            sum += shares[bits_of(set)] * (model->explained[set | bit] - model->explained[set]);
    return fmax(0, sum);
}

static void explain_all(struct arena *arena, struct model *model, const struct covariance *matrix,
                        struct importance *result, struct importance_item *items) {
    const struct rest rest = correlations(model, matrix);
    model->explained = ARENA_NEW(arena, double, SETS);
    explain(model, &rest, 0, 0);
    result->rank = rank_of(model, &rest);
    result->r_squared = model->explained[((size_t)1 << model->count) - 1];
    const double degrees = (double)matrix->n - 1;
    result->adjusted = 1 - (1 - result->r_squared) * degrees / (degrees - (double)result->rank);
    for (size_t i = 0; i < model->count; i++) {
        struct importance_item *item = &items[model->items[i]];
        item->collinear = is_collinear(model, &rest, i);
        item->value = average(model, i);
    }
    for (size_t i = 0; i + 1 < matrix->count; i++)
        items[i].share = result->r_squared > 0 ? items[i].value / result->r_squared : NAN;
}

struct importance importance_of(struct arena *arena, const struct covariance *matrix) {
    const size_t count = matrix->count - 1;
    if (matrix->count < 2 || count > IMPORTANCE_ITEMS)
        abort();
    struct importance_item *items = ARENA_NEW(arena, struct importance_item, count);
    struct importance result = {.n = matrix->n, .r_squared = NAN, .adjusted = NAN, .items = items};
    struct model model = {0};
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct importance_item){.value = NAN, .share = NAN};
        items[i].constant = matrix->n > 1 && covariance_is_constant(matrix, i + 1);
        if (!items[i].constant)
            model.items[model.count++] = i;
    }
    if (matrix->n < IMPORTANCE_PEOPLE_PER_ITEM * count)
        result.reason = IMPORTANCE_TOO_FEW;
    else if (covariance_is_constant(matrix, 0))
        result.reason = IMPORTANCE_CONSTANT_OUTCOME;
    else if (model.count == 0)
        result.reason = IMPORTANCE_CONSTANT_ITEMS;
    if (result.reason != IMPORTANCE_DEFINED)
        return result;
    for (size_t i = 0; i < count; i++)
        items[i].value = 0;
    explain_all(arena, &model, matrix, &result, items);
    return result;
}
