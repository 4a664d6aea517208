#include "model/questionnaire_reading.h"

#include "model/base/language.h"
#include "model/reader_name.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const types[] = {"single", "multiple", "scale", "number", "text", "date", "ranking"};

/* Sets of types, as bits. */
enum {
    SINGLE = 1 << QUESTION_SINGLE,
    MULTIPLE = 1 << QUESTION_MULTIPLE,
    SCALE = 1 << QUESTION_SCALE,
    NUMBER = 1 << QUESTION_NUMBER,
    TEXT = 1 << QUESTION_TEXT,
    DATE = 1 << QUESTION_DATE,
    RANKING = 1 << QUESTION_RANKING,
    ANSWERS = SINGLE | MULTIPLE | SCALE | RANKING,
    ALL = ANSWERS | NUMBER | TEXT | DATE
};

/* Every key, and the types it is for. A free text needs no "no opinion": it can be left empty, and the word
 * no_opinion could not be told from a text. */
static const struct {
    const char *key;
    unsigned types;
} rules[] = {
    {"id", ALL},
    {"type", ALL},
    {"text", ALL},
    {"help", ALL},
    {"required", ALL},
    {"when", ALL},
    {"options", ANSWERS},
    {"scale", ANSWERS},
    {"items", SCALE},
    {"breakdown", SINGLE | MULTIPLE | SCALE},
    {"no_opinion", ALL & ~TEXT},
    {"not_concerned", ALL & ~TEXT},
    {"at_least", MULTIPLE},
    {"at_most", MULTIPLE | RANKING},
    {"minimum", NUMBER},
    {"maximum", NUMBER},
    {"decimals", NUMBER},
    {"unit", NUMBER},
    {"lines", TEXT},
    {"maximum_length", TEXT},
    {"quote", TEXT},
};

/* "single, multiple or scale" */
static const char *name_types(struct arena *arena, unsigned set) {
    const char *names = "";
    for (unsigned type = 0; type < COUNT(types); type++)
        if (set >> type & 1) {
            bool last = set >> type == 1;
            names = arena_format(arena, "%s%s%s", names, !*names ? "" : last ? " or " : ", ", types[type]);
        }
    return names;
}

/* The value of a key that the question's type can have; NULL if it has none, or must not have it. */
static const struct yaml_node *value_of(const struct question_reading *state, const char *key) {
    for (size_t i = 0; i < COUNT(rules) && state->type_known; i++)
        if (!strcmp(rules[i].key, key) && !(rules[i].types >> state->question->type & 1))
            return NULL;
    return yaml_value(state->node, key);
}

static void check_keys(struct reading *reading, const struct question_reading *state) {
    const struct question *question = state->question;
    for (size_t i = 0; i < state->node->count; i++)
        for (size_t j = 0; j < COUNT(rules); j++) {
            const struct yaml_node *key = state->node->entries[i].key;
            if (strcmp(key->text, rules[j].key) != 0 || rules[j].types >> question->type & 1)
                continue;
            diagnostics_error(reading->reader.diagnostics, key->place,
                              "\"%s:\" is not for the type %s, but for %s", key->text, types[question->type],
                              name_types(reading->reader.arena, rules[j].types));
        }
}

/* --- id, text, items --- */

/* What carries an id and a text: a question, or an item of a grid. */
struct owner {
    const struct yaml_node *node;
    const struct reader_shape *shape;
    const char *what;
};

/* An id that is not allowed is kept, so that a `when` that names it is not held to be wrong too. */
static const char *read_id(struct reading *reading, const struct owner *owner, struct place *place,
                           bool *good) {
    const char *what = arena_format(reading->reader.arena, "the %s", owner->what);
    const struct yaml_node *id = reader_require(&reading->reader, owner->node, owner->shape, "id", what);
    *place = id ? id->place : owner->node->place;
    *good = id && reader_name(&reading->reader, id, READER_NAME_ID);
    return id && id->kind == YAML_TEXT ? id->text : "";
}

static const char *name_owner(struct reading *reading, const struct owner *owner, const char *id) {
    return arena_format(reading->reader.arena, *id ? "the %s \"%s\"" : "the %s", owner->what, id);
}

static void read_text(struct reading *reading, const struct owner *owner, const char *id,
                      struct wording *text) {
    const struct yaml_node *value =
        reader_require(&reading->reader, owner->node, owner->shape, "text", name_owner(reading, owner, id));
    if (value)
        *text = reader_wording(&reading->reader, value);
}

static struct item *add_item(struct reading *reading, struct question *question) {
    struct item *item = &reading->all_items[reading->questionnaire->item_count];
    item->index = reading->questionnaire->item_count++;
    item->question = question;
    question->item_count++;
    return item;
}

static void read_items(struct reading *reading, struct question *question, const struct yaml_node *items) {
    static const char *const keys[] = {"id", "text"};
    static const struct reader_shape shape = {"an item", keys, COUNT(keys)};
    if (!reader_list(&reading->reader, items, "items"))
        return;
    for (size_t i = 0; i < items->count; i++) {
        struct owner owner = {items->entries[i].value, &shape, "item"};
        if (!reader_map(&reading->reader, owner.node, &shape))
            continue;
        struct item *item = add_item(reading, question);
        item->id = read_id(reading, &owner, &item->place, &reading->item_id_good[item->index]);
        read_text(reading, &owner, item->id, &item->text);
        question->is_grid = true;
    }
}

static void read_identity(struct reading *reading, struct question_reading *state,
                          const struct owner *owner) {
    const struct yaml_node *items = value_of(state, "items");
    struct question *question = state->question;
    bool id_good;
    question->id = read_id(reading, owner, &question->place, &id_good);
    read_text(reading, owner, question->id, &question->text);
    question->items = &reading->all_items[reading->questionnaire->item_count];
    if (items)
        read_items(reading, question, items);
    if (question->item_count > 0)
        return;
    struct item *item = add_item(reading, question);
    reading->item_id_good[item->index] = id_good;
    item->id = question->id;
    item->text = question->text;
    item->place = question->place;
}

static void read_type(struct reading *reading, struct question_reading *state, const struct owner *owner) {
    const struct yaml_node *id = yaml_value(owner->node, "id");
    size_t mistakes = diagnostics_count(reading->reader.diagnostics, SEVERITY_ERROR);
    const struct yaml_node *type =
        reader_require(&reading->reader, owner->node, owner->shape, "type",
                       name_owner(reading, owner, id && id->kind == YAML_TEXT ? id->text : ""));
    size_t index = COUNT(types);
    if (type)
        index = reader_choice(&reading->reader, type, "type", types, COUNT(types));
    else if (diagnostics_count(reading->reader.diagnostics, SEVERITY_ERROR) > mistakes)
        diagnostics_help(reading->reader.diagnostics, " help | possible are: %s",
                         name_types(reading->reader.arena, ALL));
    state->type_known = index < COUNT(types);
    if (state->type_known)
        state->question->type = (enum question_type)index;
}

/* --- what all types can have --- */

static void read_answer_wording(struct reading *reading, const struct question_reading *state,
                                const char *key, enum message message, struct wording *wording) {
    struct reader *reader = &reading->reader;
    const struct yaml_node *value = value_of(state, key);
    bool offered;
    if (!value)
        return;
    if (!yaml_is_boolean(value, &offered)) {
        *wording = reader_wording(reader, value);
        return;
    }
    if (!offered)
        return;
    const char **in = ARENA_NEW(reader->arena, const char *, reader->language_count);
    for (size_t i = 0; i < reader->language_count; i++)
        in[i] = language_message(language_of_tag(reader->languages[i]), message);
    wording->in = in;
}

static void read_breakdown(struct reading *reading, const struct question_reading *state) {
    struct question *question = state->question;
    const struct yaml_node *value = value_of(state, "breakdown");
    if (!value || !reader_boolean(&reading->reader, value, &question->breakdown) || !question->breakdown)
        return;
    if (question->is_grid)
        diagnostics_error(reading->reader.diagnostics, value->place,
                          "results cannot be broken down by the grid \"%s\": only by a question of its own",
                          question->id);
}

static void read_common(struct reading *reading, const struct question_reading *state) {
    struct question *question = state->question;
    struct reader *reader = &reading->reader;
    const struct yaml_node *value;
    if ((value = value_of(state, "help")))
        question->help = reader_wording(reader, value);
    if ((value = value_of(state, "unit")))
        question->unit = reader_wording(reader, value);
    if ((value = value_of(state, "required")))
        reader_boolean(reader, value, &question->required);
    read_breakdown(reading, state);
    read_answer_wording(reading, state, "no_opinion", MESSAGE_NO_OPINION, &question->no_opinion);
    read_answer_wording(reading, state, "not_concerned", MESSAGE_NOT_CONCERNED, &question->not_concerned);
}

/* --- limits --- */

/* How many options can be chosen together: an exclusive one excludes all others. */
static size_t count_together(const struct question *question) {
    size_t count = 0;
    for (size_t i = 0; i < question->option_count; i++)
        count += !question->options[i].exclusive;
    return count ? count : 1;
}

static void read_choice_limit(struct reading *reading, const struct question_reading *state, const char *key,
                              size_t least, size_t *limit) {
    const struct question *question = state->question;
    const struct yaml_node *value = value_of(state, key);
    size_t number, together = count_together(question);
    if (!value || !reader_whole(&reading->reader, value, least, 1000000, &number))
        return;
    if (question->option_count && number > together)
        diagnostics_error(reading->reader.diagnostics, value->place,
                          "\"%s:\" is %zu, but only %zu option%s can be chosen together", key, number,
                          together, together == 1 ? "" : "s");
    else
        *limit = number;
}

static void read_choice_limits(struct reading *reading, const struct question_reading *state) {
    struct question *question = state->question;
    question->at_most = question->option_count;
    read_choice_limit(reading, state, "at_most", 1, &question->at_most);
    read_choice_limit(reading, state, "at_least", 0, &question->at_least);
    if (question->option_count && question->at_least > question->at_most)
        diagnostics_error(reading->reader.diagnostics, value_of(state, "at_least")->place,
                          "\"at_least:\" is %zu, more than \"at_most:\", which is %zu", question->at_least,
                          question->at_most);
}

static void read_bound(struct reading *reading, const struct question_reading *state, const char *key,
                       double *bound) {
    const struct yaml_node *value = value_of(state, key);
    double number;
    if (!value || !reader_number(&reading->reader, value, &number))
        return;
    if (fabs(number) > 1e15)
        diagnostics_error(reading->reader.diagnostics, value->place,
                          "%s is out of range: possible are numbers of at most 15 digits", value->text);
    else
        *bound = number;
}

static void read_number_limits(struct reading *reading, const struct question_reading *state) {
    struct question *question = state->question;
    const struct yaml_node *decimals = value_of(state, "decimals");
    size_t number;
    question->minimum = -INFINITY;
    question->maximum = INFINITY;
    read_bound(reading, state, "minimum", &question->minimum);
    read_bound(reading, state, "maximum", &question->maximum);
    if (decimals && reader_whole(&reading->reader, decimals, 0, 15, &number))
        question->decimals = (unsigned)number;
    if (isinf(question->minimum) || isinf(question->maximum))
        return;
    const struct yaml_node *minimum = value_of(state, "minimum"), *maximum = value_of(state, "maximum");
    double steps = pow(10, question->decimals);
    if (question->minimum > question->maximum)
        diagnostics_error(reading->reader.diagnostics, minimum->place,
                          "\"minimum:\" is %s, more than \"maximum:\", which is %s", minimum->text,
                          maximum->text);
    else if (ceil(question->minimum * steps) > floor(question->maximum * steps) &&
             question->maximum - question->minimum < 1 / steps)
        diagnostics_error(reading->reader.diagnostics, minimum->place,
                          "no number with %u decimals lies between %s and %s: raise \"decimals:\"",
                          question->decimals, minimum->text, maximum->text);
}

static void read_quote(struct reading *reading, const struct question_reading *state) {
    static const char *const answers[] = {"never"};
    const struct yaml_node *quote = value_of(state, "quote");
    state->question->never_quoted =
        quote && reader_choice(&reading->reader, quote, "quote", answers, COUNT(answers)) < COUNT(answers);
}

static void read_text_limits(struct reading *reading, const struct question_reading *state) {
    struct question *question = state->question;
    const struct yaml_node *lines = value_of(state, "lines"), *length = value_of(state, "maximum_length");
    size_t number;
    question->lines = 1;
    question->maximum_length = 10000;
    if (lines && reader_whole(&reading->reader, lines, 1, 100, &number))
        question->lines = (unsigned)number;
    if (length)
        reader_whole(&reading->reader, length, 1, 100000, &question->maximum_length);
    read_quote(reading, state);
}

void questionnaire_question_read(struct reading *reading, const struct yaml_node *node, size_t page) {
    const char *keys[COUNT(rules)];
    for (size_t i = 0; i < COUNT(rules); i++)
        keys[i] = rules[i].key;
    const struct reader_shape shape = {"a question", keys, COUNT(keys)};
    const struct owner owner = {node, &shape, "question"};
    if (!reader_map(&reading->reader, node, &shape))
        return;
    size_t index = reading->questionnaire->question_count++;
    struct question *question = &reading->all_questions[index];
    struct question_reading *state = &reading->questions[index];
    *state = (struct question_reading){.question = question, .node = node};
    question->page = page;
    read_type(reading, state, &owner);
    read_identity(reading, state, &owner);
    state->broken = !state->type_known;
    if (state->type_known)
        check_keys(reading, state);
    if (state->type_known && ANSWERS >> question->type & 1)
        questionnaire_options_read(reading, state);
    if (state->broken)
        questionnaire_options_excuse(reading, state);
    read_common(reading, state);
    read_choice_limits(reading, state);
    read_number_limits(reading, state);
    read_text_limits(reading, state);
}
