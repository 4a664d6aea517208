#include "model/expression_candidates.h"

#include "model/base/text.h"

#include <math.h>
#include <string.h>

/* Subsets of more mentioned options than this, or answers to more comparisons, are not tried. */
enum { MENTIONED_MOST = 8, LEAVES_MOST = 200 };

struct collection {
    struct arena *arena;
    const struct item *item;
    const struct expression_leaves *leaves;
    struct expression_candidates candidates;
};

/* --- telling answers apart --- */

/* The `when` of the only option chosen, or NULL; `*several` if more than one chosen option has one. */
static const struct expression *option_when(const struct item *item, const struct answer *answer,
                                            bool *several) {
    const struct expression *when = NULL;
    *several = false;
    for (size_t i = 0; i < answer->choice_count; i++) {
        const struct expression *other = item->question->options[answer->choices[i]].when;
        *several = *several || (when && other);
        when = other ? other : when;
    }
    return when;
}

/* An answer is one too many if another makes all comparisons come out alike under no stricter condition. */
static bool is_covered(const struct collection *collection, const struct answer *kept,
                       const struct answer *answer) {
    bool several, kept_several;
    const struct expression *when = option_when(collection->item, answer, &several);
    const struct expression *kept_when = option_when(collection->item, kept, &kept_several);
    if (kept_several || (kept_when && (several || kept_when != when)))
        return false;
    for (size_t i = 0; i < collection->leaves->count; i++)
        if (expression_leaf_holds(collection->leaves->all[i], kept) !=
            expression_leaf_holds(collection->leaves->all[i], answer))
            return false;
    return true;
}

static void add(struct collection *collection, struct answer answer) {
    struct expression_candidates *candidates = &collection->candidates;
    for (size_t i = 0; i < candidates->count; i++)
        if (is_covered(collection, &candidates->all[i], &answer))
            return;
    if (candidates->count == candidates->capacity) {
        size_t capacity = candidates->capacity ? candidates->capacity * 2 : 8;
        struct answer *grown = ARENA_NEW(collection->arena, struct answer, capacity);
        if (candidates->count)
            memcpy(grown, candidates->all, candidates->count * sizeof *grown);
        candidates->all = grown;
        candidates->capacity = capacity;
    }
    candidates->all[candidates->count++] = answer;
}

static void add_states(struct collection *collection) {
    const struct question *question = collection->item->question;
    add(collection, (struct answer){.state = ANSWER_NOT_ANSWERED});
    if (question->no_opinion.in)
        add(collection, (struct answer){.state = ANSWER_NO_OPINION});
    if (question->not_concerned.in)
        add(collection, (struct answer){.state = ANSWER_NOT_CONCERNED});
}

static void add_options(struct collection *collection) {
    size_t count = collection->item->question->option_count;
    size_t *indices = ARENA_NEW(collection->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        indices[i] = i;
        add(collection, (struct answer){.state = ANSWER_GIVEN, .choices = &indices[i], .choice_count = 1});
    }
}

/* --- several answers --- */

static bool is_named(const struct collection *collection, size_t option) {
    for (size_t i = 0; i < collection->leaves->count; i++)
        if (collection->leaves->all[i]->kind == EXPRESSION_HAS &&
            collection->leaves->all[i]->option == option)
            return true;
    return false;
}

/* The options that matter one by one, ascending: those that comparisons name, and those with a `when` of
 * their own (unless these are too many: then they count among the others, as if always offered). */
static size_t *mentioned_options(const struct collection *collection, size_t *count) {
    const struct question *question = collection->item->question;
    size_t *mentioned = ARENA_NEW(collection->arena, size_t, question->option_count);
    size_t named = 0;
    *count = 0;
    for (size_t i = 0; i < question->option_count; i++)
        named += is_named(collection, i) || question->options[i].when;
    bool with_conditional = named <= MENTIONED_MOST;
    for (size_t i = 0; i < question->option_count; i++)
        if (is_named(collection, i) || (with_conditional && question->options[i].when))
            mentioned[(*count)++] = i;
    return mentioned;
}

/* How many options without a part in the comparisons could be ticked beside others, and whether any is there.
 */
static size_t count_fillers(const struct question *question, const size_t *mentioned, size_t count,
                            bool *any) {
    size_t fillers = 0, at = 0;
    *any = question->option_count > count;
    for (size_t option = 0; option < question->option_count; option++) {
        if (at < count && mentioned[at] == option)
            at++;
        else
            fillers += !question->options[option].exclusive;
    }
    return fillers;
}

/* Whether ticking these, and of the others as many as are needed, keeps to the limits. */
static bool is_allowed(const struct question *question, const struct answer *answer, size_t fillers,
                       bool any) {
    bool exclusive = false;
    for (size_t i = 0; i < answer->choice_count; i++)
        exclusive = exclusive || question->options[answer->choices[i]].exclusive;
    if (answer->choice_count == 0)
        return any;
    if (exclusive)
        return answer->choice_count == 1;
    return answer->choice_count <= question->at_most && answer->choice_count + fillers >= question->at_least;
}

static void add_subsets(struct collection *collection) {
    const struct question *question = collection->item->question;
    size_t count;
    const size_t *mentioned = mentioned_options(collection, &count);
    if (count > MENTIONED_MOST) {
        collection->candidates.complete = false;
        return;
    }
    bool any;
    size_t fillers = count_fillers(question, mentioned, count, &any);
    for (size_t subset = 0; subset < (size_t)1 << count; subset++) {
        struct answer answer = {.state = ANSWER_GIVEN};
        size_t *choices = ARENA_NEW(collection->arena, size_t, count);
        for (size_t i = 0; i < count; i++)
            if (subset >> i & 1)
                choices[answer.choice_count++] = mentioned[i];
        answer.choices = choices;
        if (is_allowed(question, &answer, fillers, any))
            add(collection, answer);
    }
}

/* --- numbers and days: each constant and its neighbours --- */

static void add_number(struct collection *collection, double number) {
    const struct question *question = collection->item->question;
    if (number >= question->minimum && number <= question->maximum)
        add(collection, (struct answer){.state = ANSWER_GIVEN, .number = number});
}

/* The numbers that can be entered around `constant`. Beyond 2^53 steps they cannot be told apart. */
static void add_neighbours(struct collection *collection, double constant) {
    double steps = pow(10, collection->item->question->decimals);
    double whole = floor(constant * steps);
    if (!(fabs(whole) < 9e15)) {
        collection->candidates.complete = false;
        return;
    }
    for (int i = -1; i <= 2; i++)
        add_number(collection, (whole + i) / steps);
}

static void add_numbers(struct collection *collection) {
    const struct question *question = collection->item->question;
    for (size_t i = 0; i < collection->leaves->count; i++)
        if (collection->leaves->all[i]->kind == EXPRESSION_NUMBER)
            add_neighbours(collection, collection->leaves->all[i]->number);
    if (isfinite(question->minimum))
        add_neighbours(collection, question->minimum);
    if (isfinite(question->maximum))
        add_neighbours(collection, question->maximum);
    add_number(collection, 0);
}

/* The day `step` (1 or -1) beside `date`; NULL beyond the calendar. */
static const char *beside(struct arena *arena, const char *date, int step) {
    int year = (date[0] - '0') * 1000 + (date[1] - '0') * 100 + (date[2] - '0') * 10 + date[3] - '0';
    int month = (date[5] - '0') * 10 + date[6] - '0', day = (date[8] - '0') * 10 + date[9] - '0';
    for (int tries = 0; tries < 8; tries++) {
        day += step;
        if (day < 1 || day > 31) {
            day = step > 0 ? 1 : 31;
            month += step;
        }
        if (month < 1 || month > 12) {
            month = step > 0 ? 1 : 12;
            year += step;
        }
        if (year < 1 || year > 9999)
            return NULL;
        const char *other = arena_format(arena, "%04d-%02d-%02d", year, month, day);
        if (text_is_date(other))
            return other;
    }
    return NULL;
}

static void add_day(struct collection *collection, const char *day) {
    if (day)
        add(collection, (struct answer){.state = ANSWER_GIVEN, .text = day});
}

static void add_days(struct collection *collection) {
    for (size_t i = 0; i < collection->leaves->count; i++) {
        if (collection->leaves->all[i]->kind != EXPRESSION_DATE)
            continue;
        const char *day = collection->leaves->all[i]->date;
        add_day(collection, day);
        add_day(collection, beside(collection->arena, day, 1));
        add_day(collection, beside(collection->arena, day, -1));
    }
    add_day(collection, "2000-01-01");
}

struct expression_candidates expression_candidates(struct arena *arena, const struct item *item,
                                                   const struct expression_leaves *leaves) {
    struct collection collection = {
        .arena = arena, .item = item, .leaves = leaves, .candidates = {.complete = true}};
    if (leaves->count > LEAVES_MOST) {
        collection.candidates.complete = false;
        return collection.candidates;
    }
    switch (item->question->type) {
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
        add_options(&collection);
        break;
    case QUESTION_MULTIPLE:
    case QUESTION_RANKING:
        add_subsets(&collection);
        break;
    case QUESTION_NUMBER:
        add_numbers(&collection);
        break;
    case QUESTION_DATE:
        add_days(&collection);
        break;
    case QUESTION_TEXT:
        add(&collection, (struct answer){.state = ANSWER_GIVEN, .text = ""});
        break;
    }
    add_states(&collection);
    return collection.candidates;
}
