/* People are shared out answer by answer: how many of those who gave it go to the group. A path is what has
 * been shared out so far; of paths that took as many people and came to the same sum, only their common
 * weight is kept. The last two answers need no paths: those still missing come from these two, and the sum
 * depends on how many come from the first, so that its tails are cumulated weights.
 *
 * Of t people with the same answer, a go to the group with a weight in proportion to the binomial probability
 * of a, for the group's share in all people. Given that the group gets its size in the end, products of these
 * are in proportion to numbers of ways, whatever the share; with this one, the weights that matter are
 * near 1. */
#include "analysis/statistics/rank_sum.h"

#include "model/base/arena.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What one probability may take: at most about half a second, and 64 MB. */
static const double MOST_STEPS = 3e8;
static const double MOST_PLACES = 2097152;

/* How many gave an answer, and its rank above the lowest, in the largest steps that all are multiples of. */
struct answer {
    size_t people, score;
};

struct sharing {
    struct answer *answers; /* in ascending order, but the two most frequent last, the lower score first */
    size_t length;
    size_t group, n;   /* the size of the smaller row, and of both */
    int64_t distance;  /* of the group's doubled rank sum from its expected value */
    int64_t low, high; /* the tails: sums of scores up to `low` and from `high` on; low -1: none */
};

/* A place for every path that there can be: how many people it can have taken, by that number its first
 * place, and the lowest sum. */
struct layout {
    size_t least, most;
    size_t *start, *lowest;
};

/* What is foreseen after the first `answers` answers. `after` people gave the others. */
struct forecast {
    size_t answers, after;
    double paths, steps;
    double places;
    bool direct; /* paths lie by the layout; else by a hash */
    struct layout layout;
};

/* Weights by key: sum of scores * base + people taken. A place of weight 0 is empty. */
struct paths {
    uint64_t *keys;
    double *weights;
    size_t capacity;
    uint64_t base;               /* group + 1 */
    unsigned shift;              /* of the hash */
    const struct layout *layout; /* NULL: by the hash */
};

/* Cumulated weights of the last two answers for one number of people missing: of at most, and of at least,
 * first + i from the first of the two. */
struct rest {
    size_t first, length;
    double *at_most, *at_least;
};

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t common_divisor(size_t a, size_t b) {
    while (b != 0) {
        const size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Moves the most frequent of the answers to their end; the others stay in order. */
static void put_most_frequent_last(struct answer *answers, size_t length) {
    size_t place = 0;
    for (size_t i = 1; i < length; i++)
        if (answers[i].people > answers[place].people)
            place = i;
    const struct answer most = answers[place];
    memmove(answers + place, answers + place + 1, (length - 1 - place) * sizeof *answers);
    answers[length - 1] = most;
}

static void order_answers(struct answer *answers, size_t length) {
    put_most_frequent_last(answers, length);
    put_most_frequent_last(answers, length - 1);
    struct answer *last = answers + length - 2;
    if (last[0].score > last[1].score) {
        const struct answer higher = last[0];
        last[0] = last[1];
        last[1] = higher;
    }
}

/* The doubled midranks of the answers that were given, and the group's sum of them. */
static int64_t list_answers(const struct contingency *table, const size_t *row, struct sharing *sharing) {
    size_t before = 0;
    int64_t sum = 0;
    for (size_t j = 0; j < table->columns; j++) {
        const size_t people = contingency_column(table, j), rank = 2 * before + people + 1;
        if (people == 0)
            continue;
        sharing->answers[sharing->length++] = (struct answer){people, rank};
        sum += (int64_t)(row[j] * rank);
        before += people;
    }
    return sum;
}

/* Turns ranks into scores, (rank - lowest) / step, and the tails into sums of scores. */
static struct sharing sharing_of(struct arena *arena, const struct contingency *table) {
    const size_t rows[2] = {contingency_row(table, 0), contingency_row(table, 1)};
    const size_t *row = table->counts + (rows[1] < rows[0] ? table->columns : 0);
    struct sharing sharing = {.answers = ARENA_NEW(arena, struct answer, table->columns),
                              .group = smaller(rows[0], rows[1]),
                              .n = rows[0] + rows[1]};
    const int64_t centre = (int64_t)(sharing.group * (sharing.n + 1));
    sharing.distance = llabs(list_answers(table, row, &sharing) - centre);
    assert(sharing.group > 0 && sharing.length >= 2);
    const size_t lowest = sharing.answers[0].score;
    size_t step = 0;
    for (size_t i = 0; i < sharing.length; i++) {
        sharing.answers[i].score -= lowest;
        step = common_divisor(sharing.answers[i].score, step);
    }
    assert(step > 0);
    for (size_t i = 0; i < sharing.length; i++)
        sharing.answers[i].score /= step;
    const int64_t middle = centre - (int64_t)(sharing.group * lowest), width = (int64_t)step;
    sharing.high = (middle + sharing.distance + width - 1) / width;
    sharing.low = middle < sharing.distance ? -1 : (middle - sharing.distance) / width;
    order_answers(sharing.answers, sharing.length);
    return sharing;
}

/* Lays out the paths after the first answers of a forecast; returns how many places that takes, as far as
 * they are not too many. The lowest sum of some people is that of the lowest answers, the highest of the
 * highest. */
static double lay_out(const struct sharing *sharing, struct forecast *forecast) {
    struct layout *layout = &forecast->layout;
    const struct answer *low = sharing->answers, *high = sharing->answers + forecast->answers - 1;
    size_t low_left = low->people, high_left = high->people, lowest = 0, highest = 0;
    double places = 0;
    layout->least = sharing->group > forecast->after ? sharing->group - forecast->after : 0;
    layout->most = smaller(sharing->group, sharing->n - forecast->after);
    for (size_t taken = 0; taken <= layout->most && places <= MOST_PLACES; taken++) {
        layout->start[taken] = (size_t)places;
        layout->lowest[taken] = lowest;
        if (taken >= layout->least)
            places += (double)(highest - lowest + 1);
        if (taken == layout->most)
            break;
        for (; low_left == 0; low_left = low->people)
            low++;
        for (; high_left == 0; high_left = high->people)
            high--;
        lowest += low->score;
        highest += high->score;
        low_left--;
        high_left--;
    }
    return places;
}

/* One answer further. */
static void foresee(struct forecast *forecast, const struct sharing *sharing) {
    const size_t people = sharing->answers[forecast->answers].people;
    const double choices = (double)smaller(people, sharing->group) + 1;
    forecast->answers++;
    forecast->after -= people;
    forecast->steps += forecast->paths * choices;
    const double laid_out = lay_out(sharing, forecast), chosen = forecast->paths * choices;
    forecast->paths = fmin(chosen, laid_out);
    forecast->direct = laid_out <= 4 * chosen && laid_out <= MOST_PLACES;
    forecast->places = forecast->direct ? laid_out : exp2(ceil(log2(2 * forecast->paths)));
    forecast->steps += forecast->places;
}

static struct forecast forecast_of(struct arena *arena, const struct sharing *sharing) {
    const struct layout layout = {.start = ARENA_NEW(arena, size_t, sharing->group + 1),
                                  .lowest = ARENA_NEW(arena, size_t, sharing->group + 1)};
    return (struct forecast){.after = sharing->n, .paths = 1, .places = 1, .layout = layout};
}

/* The places needed at most, or 0 if all of it is too much. */
static size_t foresee_all(struct arena *arena, const struct sharing *sharing) {
    if ((double)sharing->group > MOST_PLACES)
        return 0;
    struct forecast forecast = forecast_of(arena, sharing);
    double most = 1;
    while (forecast.answers + 2 < sharing->length) {
        foresee(&forecast, sharing);
        most = fmax(most, forecast.places);
        if (most > MOST_PLACES || forecast.steps > MOST_STEPS)
            return 0;
    }
    const struct answer *last = sharing->answers + sharing->length - 2;
    const size_t taken = smaller(sharing->group, sharing->n - forecast.after);
    const size_t width = smaller(sharing->group, smaller(last[0].people, last[1].people));
    return ((double)taken + 1) * ((double)width + 1) <= MOST_PLACES ? (size_t)most : 0;
}

static void add_path(struct paths *paths, size_t taken, size_t sum, double weight) {
    const uint64_t key = sum * paths->base + taken;
    size_t place = paths->layout ? paths->layout->start[taken] + sum - paths->layout->lowest[taken]
                                 : (key * UINT64_C(0x9E3779B97F4A7C15)) >> paths->shift;
    while (paths->weights[place] > 0 && paths->keys[place] != key)
        place = place + 1 == paths->capacity ? 0 : place + 1;
    paths->keys[place] = key;
    paths->weights[place] += weight;
}

/* How many ways choose a of an answer's people, in proportion, times odds^a: 1 at the most likely one. */
static double *weigh(struct arena *arena, const struct sharing *sharing, const struct answer *answer) {
    const double people = (double)answer->people, group = (double)sharing->group;
    const double odds = group / ((double)sharing->n - group);
    const size_t mode = (size_t)floor((people + 1) * group / (double)sharing->n);
    double *weights = ARENA_NEW(arena, double, answer->people + 1);
    weights[mode] = 1;
    for (size_t a = mode; a < answer->people; a++)
        weights[a + 1] = weights[a] * odds * (people - (double)a) / (double)(a + 1);
    for (size_t a = mode; a > 0; a--)
        weights[a - 1] = weights[a] / odds * (double)a / (people - (double)a + 1);
    return weights;
}

/* Every path on by one more answer, which leaves `after` people to share out. */
static void share_answer(const struct sharing *sharing, const struct answer *answer, const double *weights,
                         size_t after, const struct paths *from, struct paths *into) {
    for (size_t place = 0; place < from->capacity; place++) {
        if (from->weights[place] == 0)
            continue;
        const size_t sum = from->keys[place] / from->base, taken = from->keys[place] % from->base;
        const size_t missing = sharing->group - taken;
        const size_t most = smaller(answer->people, missing);
        for (size_t a = missing > after ? missing - after : 0; a <= most; a++) {
            const double weight = from->weights[place] * weights[a];
            if (weight > 0)
                add_path(into, taken + a, sum + a * answer->score, weight);
        }
    }
}

/* All answers but the last two, in turn from one of the two sets of paths to the other. */
static struct paths share_all(struct arena *arena, const struct sharing *sharing, size_t places) {
    struct paths sets[2];
    for (int i = 0; i < 2; i++)
        sets[i] = (struct paths){.keys = ARENA_NEW(arena, uint64_t, places),
                                 .weights = ARENA_NEW(arena, double, places),
                                 .capacity = 1,
                                 .base = sharing->group + 1};
    sets[0].weights[0] = 1;
    struct forecast forecast = forecast_of(arena, sharing);
    while (forecast.answers + 2 < sharing->length) {
        const struct answer *answer = &sharing->answers[forecast.answers];
        const struct paths *from = &sets[forecast.answers % 2];
        foresee(&forecast, sharing);
        struct paths *into = &sets[forecast.answers % 2];
        into->capacity = (size_t)forecast.places;
        into->layout = forecast.direct ? &forecast.layout : NULL;
        into->shift = 64 - (unsigned)lround(log2(forecast.places));
        memset(into->weights, 0, into->capacity * sizeof *into->weights);
        share_answer(sharing, answer, weigh(arena, sharing, answer), forecast.after, from, into);
    }
    struct paths *all = &sets[forecast.answers % 2];
    all->layout = NULL; /* it goes with the forecast */
    return *all;
}

static struct rest cumulate(struct arena *arena, const struct answer *last, double *const weights[2],
                            size_t missing) {
    struct rest rest = {.first = missing > last[1].people ? missing - last[1].people : 0};
    rest.length = smaller(last[0].people, missing) + 1 - rest.first;
    rest.at_most = ARENA_NEW(arena, double, rest.length);
    rest.at_least = ARENA_NEW(arena, double, rest.length);
    for (size_t i = 0; i < rest.length; i++) {
        const size_t x = rest.first + i;
        rest.at_most[i] = rest.at_least[i] = weights[0][x] * weights[1][missing - x];
    }
    for (size_t i = 1; i < rest.length; i++) {
        rest.at_most[i] += rest.at_most[i - 1];
        rest.at_least[rest.length - 1 - i] += rest.at_least[rest.length - i];
    }
    return rest;
}

/* The weight in the tails, of a path with that sum: x from the first of the last two answers make a sum of
 * top - x step. */
static double tails(const struct sharing *sharing, const struct rest *rest, int64_t top) {
    const struct answer *last = sharing->answers + sharing->length - 2;
    const int64_t step = (int64_t)(last[1].score - last[0].score), first = (int64_t)rest->first;
    const int64_t length = (int64_t)rest->length;
    assert(step > 0);
    double weight = 0;
    if (top >= sharing->high && (top - sharing->high) / step >= first) {
        const int64_t most = (top - sharing->high) / step - first;
        weight += rest->at_most[most < length ? most : length - 1];
    }
    const int64_t least = top <= sharing->low ? 0 : (top - sharing->low + step - 1) / step;
    if (least < first + length)
        weight += rest->at_least[least > first ? least - first : 0];
    return weight;
}

static double share_in_tails(struct arena *arena, const struct sharing *sharing, const struct paths *paths) {
    const struct answer *last = sharing->answers + sharing->length - 2;
    double *const weights[2] = {weigh(arena, sharing, &last[0]), weigh(arena, sharing, &last[1])};
    struct rest *rests = ARENA_NEW(arena, struct rest, sharing->group + 1);
    double all = 0, beyond = 0;
    for (size_t place = 0; place < paths->capacity; place++) {
        if (paths->weights[place] == 0)
            continue;
        const uint64_t sum = paths->keys[place] / paths->base;
        const size_t missing = sharing->group - paths->keys[place] % paths->base;
        struct rest *rest = &rests[missing];
        if (rest->length == 0)
            *rest = cumulate(arena, last, weights, missing);
        all += paths->weights[place] * rest->at_least[0];
        beyond += paths->weights[place] * tails(sharing, rest, (int64_t)(sum + last[1].score * missing));
    }
    return fmin(1, beyond / all);
}

double rank_sum_probability(const struct contingency *table) {
    struct arena *arena = arena_create();
    const struct sharing sharing = sharing_of(arena, table);
    const size_t places = foresee_all(arena, &sharing);
    double probability = NAN;
    if (sharing.distance == 0)
        probability = 1;
    else if (places > 0) {
        const struct paths paths = share_all(arena, &sharing, places);
        probability = share_in_tails(arena, &sharing, &paths);
    }
    arena_destroy(arena);
    return probability;
}
