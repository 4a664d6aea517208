#include "analysis/compare_pairs.h"

#include "model/store_pass.h"

#include <math.h>

/* What is being counted. An answer is one number, or several for a multiple choice: the index of the option
 * as the second wave has it, the number itself, or 1 for every option chosen; NaN if there is none. */
struct counting {
    const struct compare_people *people;
    const struct compare_match *matches;
    size_t match_count;
    size_t *places;         /* of each match, where its answer stands in a row */
    const size_t **options; /* of each match, the index of the first wave's options in the second */
    size_t width;           /* of a row */
    double *rows[2];        /* of each wave, one for each pair: its answers */
    size_t **tables;        /* of each match, what its pairs' table and ticks are counted in */
    struct paired **ticks;
    struct compare_pairs *pairs;
};

static size_t width_of(const struct compare_match *match) {
    if (match->fit != COMPARE_MATCH_FITS)
        return 0;
    const struct question *question = match->items[1]->question;
    return question->type == QUESTION_MULTIPLE ? question->option_count : 1;
}

static bool is_choice(const struct question *question) {
    return question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE;
}

static void plan_match(struct arena *arena, struct counting *counting, size_t index) {
    const struct compare_match *match = &counting->matches[index];
    counting->places[index] = counting->width;
    counting->width += width_of(match);
    if (match->fit != COMPARE_MATCH_FITS)
        return;
    const struct question *question = match->items[1]->question;
    size_t count = question->option_count;
    size_t *options = ARENA_NEW(arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        options[match->options[i]] = i;
    counting->options[index] = options;
    struct compare_pairs *pairs = &counting->pairs[index];
    counting->tables[index] = ARENA_NEW(arena, size_t, is_choice(question) ? count * count : 0);
    counting->ticks[index] = ARENA_NEW(arena, struct paired, question->type == QUESTION_MULTIPLE ? count : 0);
    if (is_choice(question))
        pairs->table = (struct contingency){count, count, counting->tables[index]};
    pairs->ticks = counting->ticks[index];
}

/* --- One answer --- */

static void encode(const struct counting *counting, size_t index, int wave, const struct response *response,
                   double *into) {
    const struct compare_match *match = &counting->matches[index];
    const struct answer *answer = &response->answers[match->items[wave]->index];
    const struct question *question = match->items[1]->question;
    bool multiple = question->type == QUESTION_MULTIPLE;
    for (size_t i = 0; i < width_of(match); i++)
        into[i] = answer->state != ANSWER_GIVEN ? NAN : multiple ? 0 : answer->number;
    for (size_t i = 0; i < answer->choice_count && answer->state == ANSWER_GIVEN; i++) {
        size_t option = wave ? answer->choices[i] : counting->options[index][answer->choices[i]];
        if (multiple)
            into[option] = 1;
        else
            into[0] = (double)option;
    }
}

static void count_ticks(struct paired *ticks, const double *first, const double *second, size_t options) {
    for (size_t i = 0; i < options; i++) {
        bool before = first[i] > 0, after = second[i] > 0;
        ticks[i].both += before && after;
        ticks[i].lost += before && !after;
        ticks[i].gained += !before && after;
        ticks[i].neither += !before && !after;
    }
}

static void note_number(struct compare_pairs *pairs, double number) {
    bool known = (pairs->different > 0 && pairs->values[0] == number) ||
                 (pairs->different > 1 && pairs->values[1] == number);
    if (known || pairs->different > 2)
        return;
    if (pairs->different < 2)
        pairs->values[pairs->different] = number;
    pairs->different++;
}

static void count_answer(const struct counting *counting, size_t index, const double *first,
                         const double *second) {
    const struct question *question = counting->matches[index].items[1]->question;
    struct compare_pairs *pairs = &counting->pairs[index];
    if (isnan(*first) || isnan(*second))
        return;
    pairs->n++;
    if (question->type == QUESTION_MULTIPLE) {
        count_ticks(counting->ticks[index], first, second, question->option_count);
    } else if (is_choice(question)) {
        const struct option *one = &question->options[(size_t)*first];
        const struct option *other = &question->options[(size_t)*second];
        counting->tables[index][(size_t)*first * question->option_count + (size_t)*second]++;
        if (one->has_value && other->has_value)
            paired_add(&pairs->moments, one->value, other->value);
    } else {
        paired_add(&pairs->moments, *first, *second);
        note_number(pairs, *first);
        note_number(pairs, *second);
        const double other[] = {*first != pairs->values[0], *second != pairs->values[0]};
        count_ticks(&pairs->other, &other[0], &other[1], 1);
    }
}

/* --- Both waves --- */

static void take(struct counting *counting, int wave, size_t pair, const struct response *response) {
    double *row = &counting->rows[wave][pair * counting->width];
    for (size_t i = 0; i < counting->match_count; i++)
        if (counting->matches[i].fit == COMPARE_MATCH_FITS)
            encode(counting, i, wave, response, &row[counting->places[i]]);
}

static bool read_wave(struct counting *counting, struct store *store, int wave, struct failure *failure) {
    struct store_pass *pass = store_pass_begin(store, failure);
    if (!pass)
        return false;
    struct response response;
    while (store_pass_next(pass, &response, failure)) {
        size_t pair = compare_people_find(counting->people, wave, response.key);
        if (pair != COMPARE_PEOPLE_NONE)
            take(counting, wave, pair, &response);
    }
    store_pass_end(pass);
    return !failure_is_set(failure);
}

/* In the order of the pairs, which is that of their codes: responses come in no order, and sums of numbers
 * are not the same to the last digit in another one. */
static void count_pairs(const struct counting *counting) {
    for (size_t pair = 0; pair < counting->people->paired; pair++)
        for (size_t i = 0; i < counting->match_count; i++) {
            size_t at = pair * counting->width + counting->places[i];
            if (counting->matches[i].fit == COMPARE_MATCH_FITS)
                count_answer(counting, i, &counting->rows[0][at], &counting->rows[1][at]);
        }
}

const struct compare_pairs *compare_pairs_count(struct arena *arena, struct store *const stores[static 2],
                                                const struct compare_people *people,
                                                const struct compare_match *matches, size_t match_count,
                                                struct failure *failure) {
    struct arena *own = arena_create();
    struct counting counting = {.people = people, .matches = matches, .match_count = match_count};
    counting.places = ARENA_NEW(own, size_t, match_count);
    counting.options = ARENA_NEW(own, const size_t *, match_count);
    counting.tables = ARENA_NEW(own, size_t *, match_count);
    counting.ticks = ARENA_NEW(own, struct paired *, match_count);
    counting.pairs = ARENA_NEW(arena, struct compare_pairs, match_count);
    for (size_t i = 0; i < match_count; i++)
        plan_match(arena, &counting, i);
    size_t length = people->paired * counting.width;
    bool done = true;
    for (int wave = 0; wave < 2 && done; wave++) {
        counting.rows[wave] = ARENA_NEW(own, double, length);
        for (size_t i = 0; i < length; i++)
            counting.rows[wave][i] = NAN; /* a response that is gone by now has no answers */
        done = read_wave(&counting, stores[wave], wave, failure);
    }
    if (done)
        count_pairs(&counting);
    arena_destroy(own);
    return done ? counting.pairs : NULL;
}

/* --- As yes or no --- */

static struct paired fold(const struct contingency *table, const bool *is_yes) {
    struct paired counts = {0};
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++) {
            size_t count = table->counts[i * table->columns + j];
            size_t *place = is_yes[i]   ? is_yes[j] ? &counts.both : &counts.lost
                            : is_yes[j] ? &counts.gained
                                        : &counts.neither;
            *place += count;
        }
    return counts;
}

struct paired compare_pairs_option(const struct compare_pairs *pairs, const struct question *question,
                                   size_t option) {
    if (question->type == QUESTION_MULTIPLE)
        return pairs->ticks[option];
    struct arena *own = arena_create();
    bool *is_yes = ARENA_NEW(own, bool, question->option_count);
    is_yes[option] = true;
    struct paired counts = fold(&pairs->table, is_yes);
    arena_destroy(own);
    return counts;
}

struct paired compare_pairs_favourable(const struct compare_pairs *pairs, const struct question *question) {
    struct arena *own = arena_create();
    bool *is_yes = ARENA_NEW(own, bool, question->option_count);
    for (size_t i = 0; i < question->option_count; i++)
        is_yes[i] = question->options[i].favourable;
    struct paired counts = fold(&pairs->table, is_yes);
    arena_destroy(own);
    return counts;
}
