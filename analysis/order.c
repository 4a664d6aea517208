#include "analysis/order.h"

#include <string.h>

enum { NET_PROMOTER_LEVELS = 11 };

static bool all_have_values(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (!question->options[i].has_value)
            return false;
    return question->option_count > 0;
}

bool order_exists(const struct question *question) {
    return question->type == QUESTION_SCALE ||
           (question->type == QUESTION_SINGLE && all_have_values(question));
}

/* What is known while levels are put in their places. */
struct draft {
    double *values;
    size_t *options;
    size_t length;
};

/* Where the value belongs among the levels so far, or where it is already. */
static size_t find_level(const struct draft *draft, double value) {
    size_t at = 0;
    while (at < draft->length && draft->values[at] < value)
        at++;
    return at;
}

static void insert_level(struct draft *draft, double value, size_t option) {
    size_t at = find_level(draft, value);
    if (at < draft->length && draft->values[at] == value)
        return;
    memmove(draft->values + at + 1, draft->values + at, (draft->length - at) * sizeof *draft->values);
    memmove(draft->options + at + 1, draft->options + at, (draft->length - at) * sizeof *draft->options);
    draft->values[at] = value;
    draft->options[at] = option;
    draft->length++;
}

static double value_of(const struct question *question, size_t option, bool numeric) {
    if (numeric)
        return question->options[option].value;
    return question->options[0].favourable ? -(double)option : (double)option;
}

struct order order_of(struct arena *arena, const struct question *question) {
    size_t count = question->option_count;
    bool numeric = all_have_values(question);
    struct draft draft = {ARENA_NEW(arena, double, count), ARENA_NEW(arena, size_t, count), 0};
    for (size_t i = 0; i < count; i++)
        insert_level(&draft, value_of(question, i, numeric), i);
    size_t *level_of = ARENA_NEW(arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        level_of[i] = find_level(&draft, value_of(question, i, numeric));
    return (struct order){draft.values, draft.options, level_of, draft.length, numeric};
}

static struct order order_by_favour(struct arena *arena, const struct question *question) {
    double *values = ARENA_NEW(arena, double, 2);
    size_t *options = ARENA_NEW(arena, size_t, 2);
    size_t *level_of = ARENA_NEW(arena, size_t, question->option_count);
    values[1] = 1;
    for (size_t i = question->option_count; i-- > 0;) {
        level_of[i] = question->options[i].favourable;
        options[level_of[i]] = i;
    }
    return (struct order){values, options, level_of, 2, true};
}

struct order order_by_numbers(struct arena *arena, const struct question *question) {
    if (question->type != QUESTION_SINGLE && question->type != QUESTION_SCALE)
        return (struct order){0};
    if (all_have_values(question))
        return order_of(arena, question);
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].favourable)
            return order_by_favour(arena, question);
    return (struct order){0};
}

const struct value_count *order_counts(struct arena *arena, const struct order *order, const size_t *counts,
                                       size_t option_count) {
    struct value_count *levels = ARENA_NEW(arena, struct value_count, order->length);
    for (size_t i = 0; i < order->length; i++)
        levels[i] = (struct value_count){.value = order->values[i]};
    for (size_t i = 0; i < option_count; i++)
        levels[order->level_of[i]].count += counts[i];
    return levels;
}

bool order_is_zero_to_ten(const struct order *order) {
    if (!order->numeric || order->length != NET_PROMOTER_LEVELS)
        return false;
    for (size_t i = 0; i < order->length; i++)
        if (order->values[i] != (double)i)
            return false;
    return true;
}
