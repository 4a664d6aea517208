#include "analysis/relations_request.h"

#include "analysis/order.h"
#include "analysis/statistics/importance.h"
#include "model/base/text.h"

#include <string.h>

/* What is being read: one value of one option. */
struct reading {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    const char *option, *given;
};

/* Items while they are gathered, each once. */
struct gathered {
    const struct item **items;
    size_t count;
};

static bool has_numbers(const struct reading *reading, const struct question *question) {
    return order_by_numbers(reading->arena, question).length > 0;
}

static bool has_item(const struct gathered *gathered, const struct item *item) {
    for (size_t i = 0; i < gathered->count; i++)
        if (gathered->items[i] == item)
            return true;
    return false;
}

static void gather(struct gathered *gathered, const struct item *item) {
    if (!has_item(gathered, item))
        gathered->items[gathered->count++] = item;
}

static bool refuse(const struct reading *reading, struct failure *failure, const char *why) {
    return failure_set(failure, "--%s %.200s: %s", reading->option, reading->given, why);
}

/* --- Names that are none --- */

static bool refuse_unknown(const struct reading *reading, const char *what, const char *name,
                           const char *const *candidates, size_t count, struct failure *failure) {
    const char *nearest = text_nearest(name, candidates, count);
    return refuse(reading, failure,
                  arena_format(reading->arena, "the questionnaire has no %s \"%.100s\"%s%s%s", what, name,
                               nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                               nearest ? "\"?" : ""));
}

static bool refuse_unknown_grid(const struct reading *reading, struct failure *failure) {
    const struct questionnaire *questionnaire = reading->questionnaire;
    const char **ids = ARENA_NEW(reading->arena, const char *, questionnaire->question_count);
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->question_count; i++)
        if (questionnaire->questions[i].is_grid)
            ids[count++] = questionnaire->questions[i].id;
    return refuse_unknown(reading, "grid", reading->given, ids, count, failure);
}

static bool refuse_unknown_item(const struct reading *reading, const char *name, struct failure *failure) {
    const struct questionnaire *questionnaire = reading->questionnaire;
    const char **ids =
        ARENA_NEW(reading->arena, const char *, questionnaire->question_count + questionnaire->item_count);
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        ids[count++] = questionnaire->items[i].id;
    for (size_t i = 0; i < questionnaire->question_count; i++)
        if (questionnaire->questions[i].is_grid)
            ids[count++] = questionnaire->questions[i].id;
    return refuse_unknown(reading, "question or grid item", name, ids, count, failure);
}

/* --- Grids --- */

static bool check_grid(const struct reading *reading, const struct question *grid, struct failure *failure) {
    const struct item *item = questionnaire_item(reading->questionnaire, reading->given);
    if (!grid && item)
        return refuse(reading, failure,
                      arena_format(reading->arena, "this is one item of a grid; name the grid, \"%s\"",
                                   item->question->id));
    if (!grid)
        return refuse_unknown_grid(reading, failure);
    if (!grid->is_grid)
        return refuse(reading, failure, "this is a single question; reliability is that of a grid");
    if (grid->item_count < 2)
        return refuse(reading, failure, "this grid has one item only; reliability takes at least two");
    if (!has_numbers(reading, grid))
        return refuse(
            reading, failure,
            "the answers of this grid are neither numbers nor favourable; give each option a value:");
    return true;
}

static bool read_grid(const struct reading *reading, struct pairs_set *set, struct failure *failure) {
    const struct question *grid = questionnaire_question(reading->questionnaire, reading->given);
    if (!check_grid(reading, grid, failure))
        return false;
    const struct item **items = ARENA_NEW(reading->arena, const struct item *, grid->item_count);
    for (size_t i = 0; i < grid->item_count; i++)
        items[i] = &grid->items[i];
    *set = (struct pairs_set){items, grid->item_count};
    return true;
}

/* --- Drivers --- */

static bool check_item(const struct reading *reading, const struct question *question, const char *name,
                       struct failure *failure) {
    if (question->type != QUESTION_SCALE && question->type != QUESTION_SINGLE)
        return refuse(reading, failure,
                      arena_format(reading->arena, "\"%s\" is neither a scale nor a single choice", name));
    if (!has_numbers(reading, question))
        return refuse(
            reading, failure,
            arena_format(
                reading->arena,
                "the answers to \"%s\" are neither numbers nor favourable; give each option a value:", name));
    return true;
}

static bool read_outcome(const struct reading *reading, const char *name, struct gathered *gathered,
                         struct failure *failure) {
    const struct item *item = questionnaire_item(reading->questionnaire, name);
    if (!*name)
        return refuse(reading, failure, "name a question, as in recommend or recommend=service,staff");
    if (!item && questionnaire_question(reading->questionnaire, name))
        return refuse(reading, failure,
                      arena_format(reading->arena, "\"%s\" is a grid; name one of its items", name));
    if (!item)
        return refuse_unknown_item(reading, name, failure);
    if (!check_item(reading, item->question, name, failure))
        return false;
    gather(gathered, item);
    return true;
}

/* The outcome is the first of `gathered`: it may be in a grid that is named, but not be named itself. */
static bool read_driver(const struct reading *reading, const char *name, struct gathered *gathered,
                        struct failure *failure) {
    const struct item *item = questionnaire_item(reading->questionnaire, name);
    const struct question *grid = questionnaire_question(reading->questionnaire, name);
    if (!*name)
        return refuse(reading, failure, "name an item behind the =, and before and behind each comma");
    if (item == gathered->items[0])
        return refuse(
            reading, failure,
            arena_format(reading->arena, "\"%s\" is the outcome itself, which drives nothing", name));
    if (!item && !(grid && grid->is_grid))
        return refuse_unknown_item(reading, name, failure);
    if (!check_item(reading, item ? item->question : grid, name, failure))
        return false;
    if (item)
        gather(gathered, item);
    else
        for (size_t i = 0; i < grid->item_count; i++)
            gather(gathered, &grid->items[i]);
    return true;
}

/* A name without the blanks around it. */
static const char *trim(const struct reading *reading, const char *text, size_t length) {
    for (; length > 0 && *text == ' '; length--)
        text++;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return arena_copy_bytes(reading->arena, text, length);
}

static bool read_drivers_named(const struct reading *reading, const char *names, struct gathered *gathered,
                               struct failure *failure) {
    for (const char *name = names; name;) {
        const size_t length = strcspn(name, ",");
        if (!read_driver(reading, trim(reading, name, length), gathered, failure))
            return false;
        name = name[length] ? name + length + 1 : NULL;
    }
    return true;
}

static void gather_all(const struct reading *reading, struct gathered *gathered) {
    const struct questionnaire *questionnaire = reading->questionnaire;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        if (item->question->type == QUESTION_SCALE && has_numbers(reading, item->question))
            gather(gathered, item);
    }
}

static bool check_count(const struct reading *reading, const struct gathered *gathered, bool named,
                        struct failure *failure) {
    const size_t count = gathered->count - 1;
    if (count == 0)
        return refuse(reading, failure, "there is no scale with numbers beside the outcome");
    if (count <= IMPORTANCE_ITEMS)
        return true;
    const char *how = named ? ""
                            : arena_format(reading->arena, "; name those that matter: --drivers %s=%s,…",
                                           gathered->items[0]->id, gathered->items[1]->id);
    return refuse(reading, failure,
                  arena_format(reading->arena, "these are %zu items, and %d can be told apart at most%s",
                               count, IMPORTANCE_ITEMS, how));
}

static bool read_drivers(const struct reading *reading, struct pairs_set *set, struct failure *failure) {
    const size_t length = strcspn(reading->given, "=");
    const char *names = reading->given[length] ? reading->given + length + 1 : NULL;
    struct gathered gathered = {
        ARENA_NEW(reading->arena, const struct item *, reading->questionnaire->item_count), 0};
    if (!read_outcome(reading, trim(reading, reading->given, length), &gathered, failure))
        return false;
    if (!names)
        gather_all(reading, &gathered);
    else if (!read_drivers_named(reading, names, &gathered, failure))
        return false;
    *set = (struct pairs_set){gathered.items, gathered.count};
    return check_count(reading, &gathered, names != NULL, failure);
}

/* --- Both --- */

/* Whether the same was asked for before: the same items in the same order, the outcome first. */
static bool is_repeated(const struct pairs_set *sets, size_t count, const struct pairs_set *set) {
    for (size_t i = 0; i < count; i++)
        if (sets[i].count == set->count &&
            !memcmp(sets[i].items, set->items, set->count * sizeof *set->items))
            return true;
    return false;
}

bool relations_request_read(struct arena *arena, const struct questionnaire *questionnaire,
                            const struct results_options *options, struct relations_request *request,
                            struct failure *failure) {
    struct pairs_set *sets =
        ARENA_NEW(arena, struct pairs_set, options->reliability_count + options->drivers_count);
    *request = (struct relations_request){.sets = sets};
    struct reading reading = {arena, questionnaire, "reliability", NULL};
    for (size_t i = 0; i < options->reliability_count; i++) {
        reading.given = options->reliability[i];
        if (!read_grid(&reading, &sets[request->set_count], failure))
            return false;
        request->set_count += !is_repeated(sets, request->set_count, &sets[request->set_count]);
    }
    request->grid_count = request->set_count;
    reading.option = "drivers";
    for (size_t i = 0; i < options->drivers_count; i++) {
        struct pairs_set *set = &sets[request->set_count];
        reading.given = options->drivers[i];
        if (!read_drivers(&reading, set, failure))
            return false;
        request->set_count +=
            !is_repeated(sets + request->grid_count, request->set_count - request->grid_count, set);
    }
    return true;
}
