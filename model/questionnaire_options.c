#include "model/questionnaire_reading.h"

#include "model/base/text.h"
#include "model/reader_name.h"
#include "model/reader_unknown.h"
#include "model/suggestion.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* No scale can have a longer name: longer texts of a question are none. */
enum { OPTIONS_MOST = 2000, NAME_LENGTH_MOST = 100 };

/* --- one option --- */

static void read_flag(struct reading *reading, const struct yaml_node *node, const char *key, bool *flag) {
    const struct yaml_node *value = yaml_value(node, key);
    if (value)
        reader_boolean(&reading->reader, value, flag);
}

static const char *const option_keys[] = {"code",      "text",    "favourable", "unfavourable",
                                          "exclusive", "specify", "value",      "when"};
static const struct reader_shape option_shape = {"an option", option_keys, COUNT(option_keys)};

/* A code that is not allowed is kept, so that a `when` that names it is not held to be wrong too. */
static void read_code(struct reading *reading, const struct yaml_node *node, struct option *option) {
    const struct yaml_node *code =
        reader_require(&reading->reader, node, &option_shape, "code", "the option");
    option->code = "";
    option->place = node->place;
    if (!code)
        return;
    option->place = code->place;
    if (reader_name(&reading->reader, code, READER_NAME_CODE) || code->kind == YAML_TEXT)
        option->code = code->text;
}

static void read_flags(struct reading *reading, const struct yaml_node *node, struct option *option) {
    read_flag(reading, node, "favourable", &option->favourable);
    read_flag(reading, node, "unfavourable", &option->unfavourable);
    read_flag(reading, node, "exclusive", &option->exclusive);
    read_flag(reading, node, "specify", &option->specify);
    if (option->favourable && option->unfavourable)
        diagnostics_error(reading->reader.diagnostics, yaml_value(node, "unfavourable")->place,
                          "the option \"%s\" cannot be both favourable and unfavourable", option->code);
}

static bool read_option(struct reading *reading, const struct yaml_node *node, struct option *option) {
    struct reader *reader = &reading->reader;
    if (!reader_map(reader, node, &option_shape))
        return false;
    read_code(reading, node, option);
    read_flags(reading, node, option);
    const char *owner =
        *option->code ? arena_format(reader->arena, "the option \"%s\"", option->code) : "the option";
    const struct yaml_node *value = reader_require(reader, node, &option_shape, "text", owner);
    if (value)
        option->text = reader_wording(reader, value);
    if ((value = yaml_value(node, "value")))
        option->has_value = reader_number(reader, value, &option->value);
    return true;
}

/* --- a list of them --- */

static void check_codes(struct reading *reading, const struct answer_list *list) {
    struct names *codes = names_create(reading->reader.arena, true);
    for (size_t i = 0; i < list->count; i++) {
        const struct option *option = &list->options[i];
        size_t first = *option->code ? names_add(codes, option->code, i) : NAMES_NONE;
        if (first == NAMES_NONE)
            continue;
        if (!strcmp(option->code, list->options[first].code))
            diagnostics_error(reading->reader.diagnostics, option->place,
                              "the code \"%s\" is used twice in this list (first on line %u)", option->code,
                              list->options[first].place.line);
        else
            diagnostics_error(reading->reader.diagnostics, option->place,
                              "the code \"%s\" differs from \"%s\" on line %u by capitals only", option->code,
                              list->options[first].code, list->options[first].place.line);
    }
}

/* On a scale a code that is a number serves as the value of an option without its own. Beside options with
 * their own that may well be a slip. */
static void set_values(struct reading *reading, struct answer_list *list) {
    const char *by_code = NULL;
    size_t first = list->count;
    bool own = false;
    list->options_of_scale = ARENA_NEW(reading->reader.arena, struct option, list->count);
    memcpy(list->options_of_scale, list->options, list->count * sizeof *list->options);
    for (size_t i = 0; i < list->count; i++)
        own = own || list->options[i].has_value;
    for (size_t i = 0; i < list->count; i++) {
        struct option *option = &list->options_of_scale[i];
        if (option->has_value || !text_number(option->code, false, &option->value, NULL))
            continue;
        option->has_value = true;
        if (!own)
            continue;
        first = by_code ? first : i;
        by_code =
            by_code ? arena_format(reading->reader.arena, "%s, %s", by_code, option->code) : option->code;
    }
    if (by_code)
        diagnostics_warning(reading->reader.diagnostics, list->options[first].place,
                            "other options of this list have a \"value:\"; on a scale those without one "
                            "count by their code: %s",
                            by_code);
}

static bool read_list(struct reading *reading, const struct yaml_node *node, struct answer_list *list) {
    struct arena *arena = reading->reader.arena;
    if (!reader_list(&reading->reader, node, "options"))
        return false;
    if (node->count > OPTIONS_MOST) {
        diagnostics_error(reading->reader.diagnostics, node->place, "a list of %zu options: %d are allowed",
                          node->count, (int)OPTIONS_MOST);
        return false;
    }
    list->options = ARENA_NEW(arena, struct option, node->count);
    list->nodes = ARENA_NEW(arena, const struct yaml_node *, node->count);
    for (size_t i = 0; i < node->count; i++)
        if (read_option(reading, node->entries[i].value, &list->options[list->count]))
            list->nodes[list->count++] = node->entries[i].value;
    check_codes(reading, list);
    set_values(reading, list);
    return list->count > 0;
}

void questionnaire_options_read_scales(struct reading *reading, const struct yaml_node *node) {
    struct reader *reader = &reading->reader;
    if (node->kind != YAML_MAP) {
        reader_unexpected(reader, node, "a map of scales (each a name and its list of options)");
        return;
    }
    reading->scales = ARENA_NEW(reader->arena, struct answer_list, node->count);
    struct names *names = names_create(reader->arena, false);
    for (size_t i = 0; i < node->count; i++) {
        struct answer_list *list = &reading->scales[reading->scale_count++];
        list->name = node->entries[i].key->text;
        list->place = node->entries[i].key->place;
        reader_name(reader, node->entries[i].key, READER_NAME_SCALE);
        read_list(reading, node->entries[i].value, list);
        size_t first = names_add(names, list->name, i);
        if (first != NAMES_NONE)
            list->excused = reading->scales[first].excused = true;
    }
}

/* --- the list of a question --- */

static struct answer_list *find_scale(struct reading *reading, const struct yaml_node *name) {
    const char **names = ARENA_NEW(reading->reader.arena, const char *, reading->scale_count);
    for (size_t i = 0; i < reading->scale_count; i++)
        names[i] = reading->scales[i].name;
    if (reading->scale_count == 0) {
        diagnostics_error(reading->reader.diagnostics, name->place,
                          "the questionnaire has no scales: describe this one under \"scales:\" at the top");
        return NULL;
    }
    size_t index = reader_choice(&reading->reader, name, "scale", names, reading->scale_count);
    return index < reading->scale_count ? &reading->scales[index] : NULL;
}

void questionnaire_options_excuse(struct reading *reading, const struct question_reading *state) {
    const char **names = ARENA_NEW(reading->reader.arena, const char *, reading->scale_count);
    for (size_t i = 0; i < reading->scale_count; i++)
        names[i] = reading->scales[i].name;
    for (size_t i = 0; i < state->node->count; i++) {
        const struct yaml_node *value = state->node->entries[i].value;
        if (value->kind != YAML_TEXT || strlen(value->text) > NAME_LENGTH_MOST)
            continue;
        const char *meant = suggestion_meant(value->text, names, reading->scale_count);
        for (size_t j = 0; j < reading->scale_count; j++)
            if (!strcmp(value->text, names[j]) || (meant && !strcmp(meant, names[j])))
                reading->scales[j].excused = true;
    }
}

static struct answer_list *choose_list(struct reading *reading, const struct question_reading *state) {
    const struct yaml_node *options = yaml_value(state->node, "options");
    const struct yaml_node *scale = yaml_value(state->node, "scale");
    if (options && scale)
        diagnostics_error(reading->reader.diagnostics, scale->place,
                          "\"options:\" and \"scale:\" are both given; keep one of them");
    if (scale)
        return find_scale(reading, scale);
    struct answer_list *list = ARENA_NEW(reading->reader.arena, struct answer_list, 1);
    if (options)
        return read_list(reading, options, list) ? list : NULL;
    static const char *const keys[] = {"options", "scale"};
    if (reader_unknown_means(state->node, "options", keys, COUNT(keys)) ||
        reader_unknown_means(state->node, "scale", keys, COUNT(keys)))
        return NULL;
    diagnostics_error(reading->reader.diagnostics, state->question->place,
                      state->question->is_grid
                          ? "the grid \"%s\" has no answers: give it \"scale:\" or \"options:\""
                          : "the question \"%s\" has no answers: give it \"options:\" or \"scale:\"",
                      state->question->id);
    return NULL;
}

/* A mark that makes no sense with the question's type: at the mark, or at the question's `scale:`. */
static void refuse_mark(struct reading *reading, const struct question_reading *state, size_t index,
                        const char *mark, const char *why) {
    const struct yaml_node *scale = yaml_value(state->node, "scale");
    const struct option *option = &state->list->options[index];
    if (scale)
        diagnostics_error(reading->reader.diagnostics, scale->place,
                          "the option \"%s\" of the scale \"%s\" is marked \"%s:\", but %s", option->code,
                          state->list->name, mark, why);
    else
        diagnostics_error(reading->reader.diagnostics, yaml_value(state->list->nodes[index], mark)->place,
                          "\"%s:\" is out of place here: %s", mark, why);
}

static void check_marks(struct reading *reading, const struct question_reading *state) {
    enum question_type type = state->question->type;
    size_t specified = 0;
    for (size_t i = 0; i < state->list->count; i++) {
        const struct option *option = &state->list->options[i];
        if (option->exclusive && type != QUESTION_MULTIPLE)
            refuse_mark(reading, state, i, "exclusive",
                        "only a question of the type multiple has answers to exclude");
        if (option->specify && type != QUESTION_SINGLE && type != QUESTION_MULTIPLE)
            refuse_mark(reading, state, i, "specify",
                        "only the types single and multiple have room for words");
        else if (option->specify && specified++ > 0)
            refuse_mark(reading, state, i, "specify", "only one option of a list can ask for words");
        if (type == QUESTION_RANKING && (option->favourable || option->unfavourable))
            refuse_mark(reading, state, i, option->favourable ? "favourable" : "unfavourable",
                        "a ranking has no favourable answers");
    }
}

void questionnaire_options_read(struct reading *reading, struct question_reading *state) {
    struct question *question = state->question;
    struct answer_list *list = choose_list(reading, state);
    if (!list) {
        state->broken = true;
        return;
    }
    state->list = list;
    if (!list->used)
        list->first_item = question->items[0].index;
    list->used = true;
    state->broken = list->count == 0;
    question->scale = list->name;
    question->options = question->type == QUESTION_SCALE ? list->options_of_scale : list->options;
    question->option_count = list->count;
    check_marks(reading, state);
}
