#include "analysis/report.h"

#include "analysis/chart.h"
#include "analysis/evaluation.h"
#include "analysis/formats.h"
#include "analysis/output.h"
#include "analysis/report_content.h"
#include "analysis/results.h"
#include "analysis/results_csv.h"
#include "analysis/results_json.h"
#include "model/base/terminal.h"
#include "model/questionnaire.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct job {
    struct arena *arena;
    struct evaluation evaluation;
    const struct document *document;
    const char *charts; /* the folder they were drawn into; NULL: none */
    size_t broken_claims;
    struct failure *failure;
};

/* --- From the results to the files --- */

static bool draw(struct job *job, struct output *output, const struct charts **charts) {
    *charts = NULL;
    if (!job->evaluation.arguments.charts || job->evaluation.results->responses == 0)
        return true;
    const struct chart_options options = evaluation_chart_options(&job->evaluation);
    job->charts = output_folder(output, "charts", job->failure);
    if (!job->charts)
        return false;
    if (isatty(STDERR_FILENO))
        fputs("drawing the charts…\n", stderr);
    *charts = chart_draw(job->arena, job->evaluation.results, &options, job->charts, output, job->failure);
    return *charts != NULL;
}

/* The logo's path is relative to the questionnaire's folder. */
static const char *find_logo(const struct job *job) {
    const char *logo = job->evaluation.questionnaire->logo;
    const char *slash = strrchr(job->evaluation.questionnaire->file, '/');
    if (!logo || *logo == '/' || !slash)
        return logo;
    return arena_format(job->arena, "%.*s/%s", (int)(slash - job->evaluation.questionnaire->file),
                        job->evaluation.questionnaire->file, logo);
}

static bool write_files(struct job *job, struct output *output) {
    const struct evaluation *evaluation = &job->evaluation;
    struct buffer json = {0}, csv = {0};
    results_json_write(&json, evaluation->results, evaluation->arguments.language);
    results_csv_write(&csv, evaluation->results);
    bool written = formats_write(&evaluation->arguments.formats, "report", job->document, job->charts, output,
                                 job->failure) &&
                   output_write(output, "results.json", buffer_text(&json), json.length, job->failure) &&
                   output_write(output, "tables.csv", buffer_text(&csv), csv.length, job->failure);
    buffer_destroy(&json);
    buffer_destroy(&csv);
    return written;
}

/* --- The report's contents --- */

/* With its own text the charts that could be drawn are known even where none is. */
static bool make_from_text(struct job *job, const struct charts *charts) {
    struct evaluation *evaluation = &job->evaluation;
    const struct chart_options options = evaluation_chart_options(evaluation);
    const struct author_filling filling = {
        .prose = evaluation_prose(evaluation),
        .charts = charts ? charts : chart_list(job->arena, evaluation->results, &options),
        .drawn = charts != NULL};
    struct document_head head = report_content_head(&filling.prose, find_logo(job));
    size_t claims;
    job->document =
        author_fill(evaluation->text, &filling, &head, evaluation->diagnostics, &claims, &job->broken_claims);
    diagnostics_print(evaluation->diagnostics, stderr);
    if (!job->document)
        return false;
    if (job->broken_claims)
        terminal_print(stderr, "%zu of the text's %zu claims do not hold: they are marked in the report\n",
                       job->broken_claims, claims);
    else if (claims)
        terminal_print(stderr, "All %zu claims of the text hold\n", claims);
    return true;
}

static bool make_document(struct job *job, const struct charts *charts) {
    if (job->evaluation.text && job->evaluation.results->responses)
        return make_from_text(job, charts);
    job->document = report_content_make(job->arena, job->evaluation.results,
                                        job->evaluation.arguments.language, charts, find_logo(job));
    return true;
}

static bool put_out(struct job *job, const char *folder) {
    struct output *output = output_begin(folder, job->failure);
    const struct charts *charts;
    if (!output)
        return false;
    if (!draw(job, output, &charts) || !make_document(job, charts) || !write_files(job, output)) {
        output_abandon(output);
        return false;
    }
    return output_commit(output, job->failure);
}

static int run(struct job *job, const struct arguments *given) {
    int status = evaluation_run(&job->evaluation, job->arena, given, job->failure);
    if (status != COMMAND_DONE)
        return status;
    struct report_arguments *arguments = &job->evaluation.arguments;
    const char *folder = arguments->output;
    if (!folder)
        folder = arena_format(job->arena, "results/%s", job->evaluation.questionnaire->name);
    unsigned wanted = arguments->formats.wanted;
    arguments->formats.wanted = formats_possible("report", wanted);
    if (!put_out(job, folder))
        return COMMAND_FAILED;
    terminal_line(stderr, "The report is in %s/report.%s", folder, formats_first(arguments->formats.wanted));
    bool complete = (wanted & ~arguments->formats.wanted) == 0;
    return complete && !(arguments->strict && job->broken_claims) ? COMMAND_DONE : COMMAND_FAILED;
}

int report_run(const struct arguments *arguments, struct failure *failure) {
    struct arena *arena = arena_create();
    struct job job = {.arena = arena, .failure = failure};
    int status = run(&job, arguments);
    arena_destroy(arena);
    return status;
}
