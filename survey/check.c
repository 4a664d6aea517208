#include "survey/check.h"

#include "model/base/terminal.h"
#include "model/questionnaire.h"

#include <stdio.h>

static size_t count_columns(const struct questionnaire *questionnaire) {
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->question_count; i++) {
        const struct question *question = &questionnaire->questions[i];
        count += question->type == QUESTION_MULTIPLE ? question->option_count : question->item_count;
        count += questionnaire_has_specify(question);
    }
    return count;
}

static void append_count(struct buffer *line, size_t count, const char *what) {
    buffer_format(line, " %zu %s%s,", count, what, count == 1 ? "" : "s");
}

static void print_summary(const struct questionnaire *questionnaire, size_t warning_count) {
    struct buffer line = {0};
    append_count(&line, questionnaire->page_count, "page");
    append_count(&line, questionnaire->question_count, "question");
    append_count(&line, count_columns(questionnaire), "column");
    for (size_t i = 0; i < questionnaire->language_count; i++)
        buffer_format(&line, " %s", questionnaire->languages[i]);
    if (warning_count)
        buffer_format(&line, ": no errors, %zu warning%s", warning_count, warning_count == 1 ? "" : "s");
    else
        buffer_append(&line, ": no mistakes");
    terminal_line(stdout, "%s:%s", questionnaire->file, buffer_text(&line));
    buffer_destroy(&line);
}

static bool check_file(const char *path) {
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, path);
    const struct questionnaire *questionnaire = questionnaire_load(arena, path, diagnostics);
    diagnostics_print(diagnostics, stderr);
    if (questionnaire)
        print_summary(questionnaire, diagnostics_count(diagnostics, SEVERITY_WARNING));
    arena_destroy(arena);
    return questionnaire != NULL;
}

int check_run(const struct arguments *arguments, struct failure *failure) {
    (void)failure; /* what is wrong with a file is a mistake of the file */
    bool good = true;
    for (size_t i = 0; i < command_operand_count(arguments); i++)
        good = check_file(command_operand(arguments, i)) && good;
    return good ? COMMAND_DONE : COMMAND_FAILED;
}
