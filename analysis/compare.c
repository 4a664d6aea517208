#include "analysis/compare.h"

#include "analysis/chart_theme_file.h"
#include "analysis/compare_arguments.h"
#include "analysis/compare_chart.h"
#include "analysis/compare_content.h"
#include "analysis/compare_csv.h"
#include "analysis/compare_json.h"
#include "analysis/compare_results.h"
#include "analysis/formats.h"
#include "analysis/output.h"
#include "model/base/terminal.h"
#include "model/campaign.h"
#include "model/questionnaire.h"
#include "model/store.h"
#include "model/store_read.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct job {
    struct arena *arena;
    const struct arguments *given;
    struct compare_arguments arguments;
    struct compare_wave waves[2];
    const char *paths[2]; /* of the stores */
    const struct compare_results *results;
    const struct document *document;
    const struct chart_theme *theme;
    const char *charts; /* the folder they were drawn into; NULL: none */
    struct failure *failure;
};

/* --- From the operands to the stores --- */

static const struct questionnaire *load(struct job *job, const char *file) {
    struct diagnostics *diagnostics = diagnostics_create(job->arena, file);
    const struct questionnaire *questionnaire = questionnaire_load(job->arena, file, diagnostics);
    if (!questionnaire)
        diagnostics_print(diagnostics, stderr); /* warnings alone are the business of `survey check` */
    return questionnaire;
}

/* The store says that another can be named by an option, which a comparison does not have. */
static void drop_advice(struct failure *failure) {
    static const char *const ADVICE[] = {"; name another with --store", ", or name another with --store"};
    for (size_t i = 0; i < sizeof ADVICE / sizeof *ADVICE; i++) {
        char *found = strstr(failure->text, ADVICE[i]);
        if (found)
            *found = '\0';
    }
}

/* SURVEY_STORE names one store, and here are two: it is not looked at. */
static bool open_wave(struct job *job, int number) {
    struct compare_wave *wave = &job->waves[number];
    const char *operand = command_operand(job->given, (size_t)number);
    job->paths[number] = operand;
    if (store_is_database(operand)) {
        wave->store = store_open_kept(operand, job->arena, &wave->questionnaire, job->failure);
    } else {
        wave->questionnaire = load(job, operand);
        if (!wave->questionnaire)
            return false;
        job->paths[number] = arena_format(job->arena, "results/%s/answers.db", wave->questionnaire->name);
        wave->store = store_open(job->paths[number], STORE_READ, wave->questionnaire, job->failure);
    }
    drop_advice(job->failure);
    return wave->store != NULL;
}

static bool is_same_file(const struct job *job) {
    struct stat first, second;
    return stat(job->paths[0], &first) == 0 && stat(job->paths[1], &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static bool open_waves(struct job *job) {
    if (!open_wave(job, 0) || !open_wave(job, 1))
        return false;
    if (is_same_file(job))
        return failure_set(
            job->failure,
            "both waves are the store %s; name the stores of two collections, or questionnaires that"
            " have one each",
            job->paths[0]);
    for (int number = 0; number < 2; number++)
        if (!campaign_may_evaluate(job->waves[number].store, job->arguments.before_close, job->failure))
            return false;
    return true;
}

/* --- From the results to the files --- */

static bool write_files(struct job *job, struct output *output) {
    struct buffer json = {0}, csv = {0};
    compare_json_write(&json, job->results, job->arguments.language);
    compare_csv_write(&csv, job->results);
    bool written = formats_write(&job->arguments.formats, "comparison", job->document, job->charts, output,
                                 job->failure) &&
                   output_write(output, "comparison.json", buffer_text(&json), json.length, job->failure) &&
                   output_write(output, "comparison.csv", buffer_text(&csv), csv.length, job->failure);
    buffer_destroy(&json);
    buffer_destroy(&csv);
    return written;
}

static bool draw(struct job *job, const struct compare_words *words, struct output *output,
                 const struct charts **charts) {
    *charts = NULL;
    if (!job->arguments.charts)
        return true;
    job->charts = output_folder(output, "charts", job->failure);
    if (!job->charts)
        return false;
    *charts = compare_chart_draw(words, job->theme, job->charts, output, job->failure);
    return *charts != NULL;
}

static bool put_out(struct job *job, const char *folder) {
    struct output *output = output_begin(folder, job->failure);
    const struct charts *charts;
    if (!output)
        return false;
    const struct compare_words words = compare_words_of(job->arena, job->results, job->arguments.language);
    bool done = draw(job, &words, output, &charts);
    if (done) {
        job->document = compare_content_make(&words, charts);
        done = write_files(job, output);
    }
    if (!done) {
        output_abandon(output);
        return false;
    }
    return output_commit(output, job->failure);
}

static int run(struct job *job) {
    if (!compare_arguments_read(job->arena, job->given, &job->arguments, job->failure))
        return COMMAND_USAGE;
    if (!open_waves(job))
        return COMMAND_FAILED;
    const struct questionnaire *second = job->waves[1].questionnaire;
    if (!compare_arguments_settle(job->arena, job->given, second, &job->arguments, job->failure) ||
        !compare_results_check_link(job->arena, job->waves, &job->arguments.options, job->failure))
        return COMMAND_USAGE;
    job->theme = chart_theme_file_read(job->arena, job->arguments.chart_theme, job->failure);
    if (!job->theme)
        return COMMAND_FAILED;
    job->results = compare_results_compute(job->arena, job->waves, &job->arguments.options, job->failure);
    const char *folder = job->arguments.output;
    if (!folder)
        folder = arena_format(job->arena, "results/%s/comparison", second->name);
    struct formats *formats = &job->arguments.formats;
    unsigned wanted = formats->wanted;
    formats->wanted = formats_possible("comparison", wanted);
    if (!job->results || !put_out(job, folder))
        return COMMAND_FAILED;
    terminal_line(stderr, "The comparison is in %s/comparison.%s", folder, formats_first(formats->wanted));
    return wanted & ~formats->wanted ? COMMAND_FAILED : COMMAND_DONE;
}

int compare_run(const struct arguments *arguments, struct failure *failure) {
    struct arena *arena = arena_create();
    struct job job = {.arena = arena, .given = arguments, .failure = failure};
    int status = run(&job);
    for (int number = 0; number < 2; number++)
        store_close(job.waves[number].store);
    arena_destroy(arena);
    return status;
}
