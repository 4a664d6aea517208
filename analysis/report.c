#include "analysis/report.h"

#include "analysis/chart.h"
#include "analysis/output.h"
#include "analysis/report_arguments.h"
#include "analysis/report_content.h"
#include "analysis/report_html.h"
#include "analysis/report_markdown.h"
#include "analysis/results.h"
#include "analysis/results_csv.h"
#include "analysis/results_json.h"
#include "analysis/weight_tables.h"
#include "model/campaign.h"
#include "model/questionnaire.h"
#include "model/store.h"
#include "model/store_path.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct job {
    struct arena *arena;
    const struct arguments *given;
    struct report_arguments arguments;
    const struct questionnaire *questionnaire;
    const struct results *results;
    const struct document *document;
    const char *charts; /* the folder they were drawn into; NULL: none */
    struct failure *failure;
};

/* --- From the store to the results --- */

static bool load(struct job *job) {
    struct diagnostics *diagnostics = diagnostics_create(job->arena, job->arguments.file);
    job->questionnaire = questionnaire_load(job->arena, job->arguments.file, diagnostics);
    if (!job->questionnaire)
        diagnostics_print(diagnostics, stderr); /* warnings alone are the business of `survey check` */
    return job->questionnaire != NULL;
}

static bool compute(struct job *job) {
    const char *path = store_path_choose(job->arena, job->questionnaire, job->arguments.store);
    struct store *store = store_open(path, STORE_READ, job->questionnaire, job->failure);
    if (!store)
        return false;
    bool may = campaign_may_evaluate(store, job->arguments.before_close, job->failure);
    if (may && isatty(STDERR_FILENO))
        fputs("counting the answers, testing the groups…\n", stderr);
    if (may)
        job->results =
            results_compute(job->arena, store, job->questionnaire, &job->arguments.options, job->failure);
    store_close(store);
    if (job->results)
        weight_tables_warn(job->results, stderr);
    if (job->results && job->results->responses == 0 && job->arguments.options.where)
        fputs("--where: this is true of no response\n", stderr);
    return job->results != NULL;
}

/* --- From the results to the files --- */

static bool draw(struct job *job, struct output *output, const struct charts **charts) {
    *charts = NULL;
    if (!job->arguments.charts || job->results->responses == 0)
        return true;
    const struct chart_options options = {job->arguments.language, job->arguments.diverging};
    job->charts = output_folder(output, "charts", job->failure);
    if (!job->charts)
        return false;
    if (isatty(STDERR_FILENO))
        fputs("drawing the charts…\n", stderr);
    *charts = chart_draw(job->arena, job->results, &options, job->charts, job->failure);
    return *charts != NULL;
}

/* The logo's path is relative to the questionnaire's folder. */
static const char *find_logo(const struct job *job) {
    const char *logo = job->questionnaire->logo;
    const char *slash = strrchr(job->questionnaire->file, '/');
    if (!logo || *logo == '/' || !slash)
        return logo;
    return arena_format(job->arena, "%.*s/%s", (int)(slash - job->questionnaire->file),
                        job->questionnaire->file, logo);
}

static bool make_html(struct job *job, struct buffer *buffer) {
    return report_html_write(buffer, job->document, job->charts, job->failure);
}

static bool make_markdown(struct job *job, struct buffer *buffer) {
    report_markdown_write(buffer, job->document);
    return true;
}

static bool make_json(struct job *job, struct buffer *buffer) {
    results_json_write(buffer, job->results, job->arguments.language);
    return true;
}

static bool make_csv(struct job *job, struct buffer *buffer) {
    results_csv_write(buffer, job->results);
    return true;
}

static bool write_files(struct job *job, struct output *output) {
    const struct {
        const char *name;
        bool (*make)(struct job *, struct buffer *);
        bool wanted;
    } files[] = {{"report.html", make_html, job->arguments.html},
                 {"report.md", make_markdown, job->arguments.markdown},
                 {"results.json", make_json, true},
                 {"tables.csv", make_csv, true}};
    bool written = true;
    for (size_t i = 0; written && i < sizeof files / sizeof *files; i++) {
        struct buffer buffer = {0};
        if (files[i].wanted)
            written = files[i].make(job, &buffer) &&
                      output_write(output, files[i].name, buffer_text(&buffer), buffer.length, job->failure);
        buffer_destroy(&buffer);
    }
    return written;
}

static bool put_out(struct job *job, const char *folder) {
    struct output *output = output_begin(folder, job->failure);
    const struct charts *charts;
    if (!output)
        return false;
    if (!draw(job, output, &charts)) {
        output_abandon(output);
        return false;
    }
    job->document =
        report_content_make(job->arena, job->results, job->arguments.language, charts, find_logo(job));
    if (!write_files(job, output)) {
        output_abandon(output);
        return false;
    }
    return output_commit(output, job->failure);
}

static int run(struct job *job) {
    if (!report_arguments_read(job->arena, job->given, &job->arguments, job->failure))
        return COMMAND_USAGE;
    if (!load(job))
        return COMMAND_FAILED;
    if (!report_arguments_settle(job->arena, job->given, job->questionnaire, &job->arguments, job->failure))
        return COMMAND_USAGE;
    const char *folder = job->arguments.output;
    if (!folder)
        folder = arena_format(job->arena, "results/%s", job->questionnaire->name);
    if (!compute(job) || !put_out(job, folder))
        return COMMAND_FAILED;
    fprintf(stderr, "The report is in %s/%s\n", folder, job->arguments.html ? "report.html" : "report.md");
    return COMMAND_DONE;
}

int report_run(const struct arguments *arguments, struct failure *failure) {
    struct arena *arena = arena_create();
    struct job job = {.arena = arena, .given = arguments, .failure = failure};
    int status = run(&job);
    arena_destroy(arena);
    return status;
}
