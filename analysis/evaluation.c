#include "analysis/evaluation.h"

#include "analysis/chart_theme_file.h"
#include "analysis/themes.h"
#include "analysis/weight_tables.h"
#include "model/campaign.h"
#include "model/store.h"
#include "model/store_path.h"

#include <stdio.h>
#include <unistd.h>

static bool load(struct evaluation *evaluation) {
    struct diagnostics *diagnostics = diagnostics_create(evaluation->arena, evaluation->arguments.file);
    evaluation->questionnaire =
        questionnaire_load(evaluation->arena, evaluation->arguments.file, diagnostics);
    if (!evaluation->questionnaire)
        diagnostics_print(diagnostics, stderr); /* warnings alone are the business of `survey check` */
    return evaluation->questionnaire != NULL;
}

/* The text's own language is the report's, unless another one is asked for. */
static bool settle_language(struct evaluation *evaluation, struct failure *failure) {
    const struct questionnaire *questionnaire = evaluation->questionnaire;
    size_t own = author_language(evaluation->text);
    const char *asked = command_value(evaluation->given, "language");
    if (own == questionnaire->language_count || own == evaluation->arguments.language)
        return true;
    if (asked)
        return failure_set(failure, "--language %.100s: the text %s says that its language is %s", asked,
                           evaluation->arguments.text, questionnaire->languages[own]);
    evaluation->arguments.language = own;
    return true;
}

static bool read_text(struct evaluation *evaluation, struct failure *failure) {
    struct report_arguments *arguments = &evaluation->arguments;
    if (!arguments->text)
        return true;
    struct author_scope scope = {.questionnaire = evaluation->questionnaire};
    if (!breakdown_plan(evaluation->arena, evaluation->questionnaire, arguments->options.by,
                        arguments->options.by_count, &scope.by, failure))
        return false;
    evaluation->diagnostics = diagnostics_create(evaluation->arena, arguments->text);
    evaluation->text =
        author_read(evaluation->arena, arguments->text, &scope, evaluation->diagnostics, failure);
    if (evaluation->text)
        return settle_language(evaluation, failure);
    diagnostics_print(evaluation->diagnostics, stderr);
    return false;
}

static bool compute(struct evaluation *evaluation, struct failure *failure) {
    struct arena *arena = evaluation->arena;
    const struct report_arguments *arguments = &evaluation->arguments;
    const char *path = store_path_choose(arena, evaluation->questionnaire, arguments->store);
    struct store *store = store_open(path, STORE_READ, evaluation->questionnaire, failure);
    if (!store)
        return false;
    const struct results *results = NULL;
    bool may = campaign_may_evaluate(store, arguments->before_close, failure);
    if (may && isatty(STDERR_FILENO))
        fputs("counting the answers, testing the groups…\n", stderr);
    if (may)
        results = results_compute(arena, store, evaluation->questionnaire, &arguments->options, failure);
    store_close(store);
    if (results)
        weight_tables_warn(results, stderr);
    if (results && results->responses == 0 && arguments->options.where)
        fputs("--where: this is true of no response\n", stderr);
    evaluation->results = results ? themes_load(arena, results, path, failure) : NULL;
    return evaluation->results != NULL;
}

int evaluation_run(struct evaluation *evaluation, struct arena *arena, const struct arguments *given,
                   struct failure *failure) {
    *evaluation = (struct evaluation){.arena = arena, .given = given};
    struct report_arguments *arguments = &evaluation->arguments;
    if (!report_arguments_read(arena, given, arguments, failure))
        return COMMAND_USAGE;
    if (!load(evaluation))
        return COMMAND_FAILED;
    if (!report_arguments_settle(arena, given, evaluation->questionnaire, arguments, failure))
        return COMMAND_USAGE;
    evaluation->theme = chart_theme_file_read(arena, arguments->chart_theme, failure);
    if (!evaluation->theme)
        return COMMAND_FAILED;
    return read_text(evaluation, failure) && compute(evaluation, failure) ? COMMAND_DONE : COMMAND_FAILED;
}

struct chart_options evaluation_chart_options(const struct evaluation *evaluation) {
    return (struct chart_options){.language = evaluation->arguments.language,
                                  .diverging = evaluation->arguments.diverging,
                                  .theme = evaluation->theme};
}

struct prose evaluation_prose(const struct evaluation *evaluation) {
    const struct results *results = evaluation->results;
    size_t index = evaluation->arguments.language;
    return (struct prose){.arena = evaluation->arena,
                          .results = results,
                          .index = index,
                          .language = language_of_tag(results->questionnaire->languages[index])};
}
