#include "model/questionnaire_reading.h"

#include "model/expression.h"

#include <string.h>

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_';
}

/* Whether the condition names a question of which too little is known to say whether it is right. */
static bool names_broken(const struct names *broken, struct arena *arena, const char *text) {
    while (*text) {
        size_t length = 0;
        while (is_word_byte(text[length]))
            length++;
        if (length && names_find(broken, arena_copy_bytes(arena, text, length)) != NAMES_NONE)
            return true;
        text += length ? length : 1;
    }
    return false;
}

static struct names *collect_broken(const struct reading *reading) {
    struct names *broken = names_create(reading->reader.arena, false);
    for (size_t i = 0; i < reading->questionnaire->question_count; i++) {
        const struct question *question = reading->questions[i].question;
        if (!reading->questions[i].broken)
            continue;
        names_add(broken, question->id, i);
        for (size_t j = 0; j < question->item_count; j++)
            names_add(broken, question->items[j].id, i);
    }
    return broken;
}

/* As it stands in the file, so that a mistake is told at its place; unless quotes or escapes hide the text:
 * then on one line, so that no place is behind it. */
static const char *condition_text(struct arena *arena, const struct yaml_node *node) {
    if (node->plain || !strpbrk(node->raw, "\\'\""))
        return node->raw;
    char *text = arena_copy(arena, node->text);
    for (char *at = text; *at; at++)
        if (*at == '\n')
            *at = ' ';
    return text;
}

/* The `when:` of a map, which may name the first `item_count` items; NULL if it has none, or after a mistake.
 */
static const struct expression *read_when(struct reading *reading, const struct names *broken,
                                          const struct yaml_node *map, size_t item_count) {
    struct reader *reader = &reading->reader;
    const struct yaml_node *node = map ? yaml_value(map, "when") : NULL;
    if (!node)
        return NULL;
    if (node->kind != YAML_TEXT || yaml_is_null(node)) {
        reader_unexpected(reader, node, "a condition such as \"role = member\"");
        return NULL;
    }
    if (names_broken(broken, reader->arena, node->raw))
        return NULL;
    struct expression_scope scope = {reading->questionnaire->items, item_count,
                                     reading->questionnaire->item_count};
    return expression_parse(reader->arena, condition_text(reader->arena, node), node->raw_place, &scope,
                            reader->diagnostics);
}

static void read_options(struct reading *reading, const struct names *broken, struct answer_list *list) {
    for (size_t i = 0; i < list->count; i++)
        list->options[i].when = list->options_of_scale[i].when =
            read_when(reading, broken, list->nodes[i], list->first_item);
}

static void read_all(struct reading *reading) {
    const struct names *broken = collect_broken(reading);
    for (size_t i = 0; i < reading->questionnaire->page_count; i++)
        reading->pages[i].when = read_when(reading, broken, reading->page_nodes[i], reading->page_items[i]);
    for (size_t i = 0; i < reading->questionnaire->question_count; i++) {
        struct question_reading *state = &reading->questions[i];
        struct question *question = state->question;
        question->page_when = reading->pages[question->page].when;
        question->when = read_when(reading, broken, state->node, question->items[0].index);
        if (state->list && !state->list->name)
            read_options(reading, broken, state->list);
    }
    for (size_t i = 0; i < reading->scale_count; i++)
        read_options(reading, broken, &reading->scales[i]);
}

/* --- conditions that nothing makes true --- */

static struct place when_place(const struct yaml_node *map) {
    return yaml_value(map, "when")->place;
}

/* Each search takes some time: of very many conditions the last are taken for possible. */
enum { SEARCHES_MOST = 5000 };

static bool is_possible(struct reading *reading, const struct expression *const *whens, size_t count) {
    return reading->search_count++ >= SEARCHES_MOST || expression_possible(whens, count);
}

static bool check_page(struct reading *reading, size_t index) {
    const struct expression *when = reading->pages[index].when;
    if (!when || is_possible(reading, &when, 1))
        return true;
    diagnostics_error(reading->reader.diagnostics, when_place(reading->page_nodes[index]),
                      "no answers make this true: the page would never be shown");
    return false;
}

static bool check_question(struct reading *reading, const struct question_reading *state) {
    const struct question *question = state->question;
    const struct expression *whens[] = {question->when, question->page_when};
    if (!question->when || is_possible(reading, whens, 2))
        return true;
    diagnostics_error(
        reading->reader.diagnostics, when_place(state->node),
        expression_possible(whens, 1)
            ? "no answers make both this and the page's own condition true: \"%s\" would never be "
              "asked"
            : "no answers make this true: \"%s\" would never be asked",
        question->id);
    return false;
}

/* A shared list is fine if each of its options can be offered by one of the questions that share it. */
static void check_options(struct reading *reading, const struct answer_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        bool alive = !list->options[i].when;
        for (size_t j = 0; j < reading->questionnaire->question_count && !alive; j++) {
            const struct question *question = reading->questions[j].question;
            const struct expression *whens[] = {list->options[i].when, question->when, question->page_when};
            alive = reading->questions[j].list == list && is_possible(reading, whens, 3);
        }
        if (!alive)
            diagnostics_error(reading->reader.diagnostics, when_place(list->nodes[i]),
                              "no answers make this true where it is asked: the option \"%s\" would never be "
                              "offered",
                              list->options[i].code);
    }
}

/* What stands inside a page or question that is never asked is not told of again. */
static void check_all(struct reading *reading) {
    const struct questionnaire *questionnaire = reading->questionnaire;
    bool *page_alive = ARENA_NEW(reading->reader.arena, bool, questionnaire->page_count);
    for (size_t i = 0; i < questionnaire->page_count; i++)
        page_alive[i] = check_page(reading, i);
    for (size_t i = 0; i < questionnaire->question_count; i++) {
        const struct question_reading *state = &reading->questions[i];
        if (page_alive[state->question->page] && check_question(reading, state) && state->list &&
            !state->list->name)
            check_options(reading, state->list);
    }
    for (size_t i = 0; i < reading->scale_count; i++)
        if (reading->scales[i].used)
            check_options(reading, &reading->scales[i]);
}

void questionnaire_conditions_read(struct reading *reading) {
    read_all(reading);
    check_all(reading);
}
