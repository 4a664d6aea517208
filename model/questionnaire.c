#include "model/questionnaire_reading.h"
#include "model/questionnaire_source.h"

#include <string.h>

static const struct questionnaire *read_source(struct arena *arena, const char *file, const char *source,
                                               size_t length, bool has_folder,
                                               struct diagnostics *diagnostics) {
    struct questionnaire *questionnaire = ARENA_NEW(arena, struct questionnaire, 1);
    questionnaire->file = arena_copy(arena, file);
    questionnaire->source = arena_copy_bytes(arena, source, length);
    questionnaire->source_length = length;
    const char *text = questionnaire->source;
    if (!questionnaire_source_check(arena, &text, &length, diagnostics))
        return NULL;
    const struct yaml_node *root = yaml_parse(arena, text, length, diagnostics);
    if (!root)
        return NULL;
    struct reading reading = {
        .reader = {.arena = arena, .diagnostics = diagnostics, .source = text, .source_length = length},
        .questionnaire = questionnaire,
        .has_folder = has_folder};
    questionnaire_read(&reading, root);
    return diagnostics_count(diagnostics, SEVERITY_ERROR) ? NULL : questionnaire;
}

const struct questionnaire *questionnaire_load(struct arena *arena, const char *path,
                                               struct diagnostics *diagnostics) {
    size_t length;
    const char *source = questionnaire_source_read(arena, path, &length, diagnostics);
    return source ? read_source(arena, path, source, length, true, diagnostics) : NULL;
}

const struct questionnaire *questionnaire_parse(struct arena *arena, const char *file, const char *source,
                                                size_t length, struct diagnostics *diagnostics) {
    return read_source(arena, file, source, length, false, diagnostics);
}

const struct item *questionnaire_item(const struct questionnaire *questionnaire, const char *id) {
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (!strcmp(questionnaire->items[i].id, id))
            return &questionnaire->items[i];
    return NULL;
}

const struct question *questionnaire_question(const struct questionnaire *questionnaire, const char *id) {
    for (size_t i = 0; i < questionnaire->question_count; i++)
        if (!strcmp(questionnaire->questions[i].id, id))
            return &questionnaire->questions[i];
    return NULL;
}

size_t questionnaire_option(const struct question *question, const char *code) {
    size_t index = 0;
    while (index < question->option_count && strcmp(question->options[index].code, code) != 0)
        index++;
    return index;
}

size_t questionnaire_language(const struct questionnaire *questionnaire, const char *tag) {
    size_t index = 0;
    while (index < questionnaire->language_count && strcmp(questionnaire->languages[index], tag) != 0)
        index++;
    return index;
}

bool questionnaire_has_specify(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].specify)
            return true;
    return false;
}
