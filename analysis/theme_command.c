#include "analysis/theme_command.h"

#include "analysis/report_arguments.h"
#include "analysis/theme_answers.h"
#include "analysis/theme_file.h"
#include "analysis/theme_print.h"
#include "analysis/theme_slips.h"
#include "analysis/theme_update.h"
#include "model/base/terminal.h"
#include "model/campaign.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const struct command_option theme_command_options[] = {
    {.name = "codes",
     .argument = "FILE",
     .help = "take over what is filled in this copy of the coding (of another coder, of another machine)"},
    {.name = "where",
     .argument = "EXPRESSION",
     .help = "look at the answers of these responses only; the file always has all"},
    {.name = "drop", .help = "remove codings whose answer the store has no more"},
    {.name = "language",
     .argument = "TAG",
     .help = "one of the questionnaire's languages (default: its first)"},
    CAMPAIGN_BEFORE_CLOSE_OPTION,
    CAMPAIGN_STORE_OPTION,
    {0}};

/* Of fewer, words and themes would be somebody's. */
enum { TOLD_FROM = 10 };

struct job {
    const struct campaign *campaign;
    struct arena *arena;
    const struct arguments *given;
    struct report_arguments read;
    const struct item *item;
    struct theme_answers answers;
    const char *path; /* of the coding */
    struct theme_coding *coding;
    const struct theme_corpus *corpus; /* of the answers looked at */
    struct theme_groups groups;
    struct failure *failure;
};

/* --- What is asked for --- */

static bool find_item(struct job *job) {
    const struct questionnaire *questionnaire = job->campaign->questionnaire;
    const char *id = command_operand(job->given, 1), *open = "";
    job->item = questionnaire_item(questionnaire, id);
    if (job->item && job->item->question->type == QUESTION_TEXT)
        return true;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (questionnaire->items[i].question->type == QUESTION_TEXT)
            open = arena_format(job->arena, "%s%s%s", open, *open ? ", " : "", questionnaire->items[i].id);
    return failure_set(job->failure, "\"%.100s\" is no open question; %s%s", id,
                       *open ? "those of the questionnaire are: " : "the questionnaire has none", open);
}

/* --- The coding --- */

static bool read_coding(struct job *job, struct theme_coding **coding) {
    const char *copy = command_value(job->given, "codes");
    struct theme_coding *given;
    size_t replaced;
    if (!theme_file_read(job->arena, job->path, coding, job->failure))
        return false;
    if (!copy)
        return true;
    if (!theme_file_read(job->arena, copy, &given, job->failure))
        return false;
    if (!given)
        return failure_set(job->failure, "cannot read %s: %s", copy, strerror(ENOENT));
    *coding = theme_update(job->arena, *coding, given, &replaced);
    if (replaced)
        terminal_line(stderr, "%s: cells that said something else before, and were replaced: %zu", copy,
                      replaced);
    return true;
}

/* Puts the rows of present answers into the order of their groups; the others stay behind them. */
static void arrange(struct job *job) {
    struct theme_coding *coding = job->coding;
    size_t present = 0;
    while (present < coding->count && coding->rows[present].count)
        present++;
    const char **answers = ARENA_NEW(job->arena, const char *, present);
    size_t *weights = ARENA_NEW(job->arena, size_t, present);
    struct theme_row *rows = ARENA_NEW(job->arena, struct theme_row, present);
    for (size_t i = 0; i < present; i++) {
        answers[i] = coding->rows[i].answer;
        weights[i] = coding->rows[i].count;
        rows[i] = coding->rows[i];
    }
    job->corpus = theme_corpus_create(job->arena, answers, weights, present);
    job->groups = theme_similar_group(job->arena, job->corpus);
    for (size_t i = 0; i < present; i++) {
        coding->rows[i] = rows[job->groups.order[i]];
        coding->rows[i].group = job->groups.group[job->groups.order[i]];
    }
}

/* A coding of an answer that was taken out of the store is somebody's work, and somebody's words: it is kept
 * until the evaluator decides, and spoken of each time. */
static void settle_gone(struct job *job) {
    struct theme_coding *coding = job->coding;
    size_t present = 0;
    while (present < coding->count && coding->rows[present].count)
        present++;
    size_t gone = coding->count - present;
    if (gone == 0)
        return;
    if (command_flag(job->given, "drop")) {
        coding->count = present;
        terminal_line(stderr, "%s: codings removed whose answer the store has no more: %zu", job->path, gone);
        return;
    }
    terminal_line(
        stderr,
        "%s: codings whose answer the store has no more: %zu; they count nowhere, and stand at the end"
        " (count 0) until you remove them, or run this with --drop",
        job->path, gone);
}

static size_t count_coded(const struct theme_coding *coding) {
    struct arena *arena = arena_create();
    size_t coded = 0, count;
    for (size_t i = 0; i < coding->count; i++) {
        theme_coding_final(arena, &coding->rows[i], &count);
        coded += coding->rows[i].count && count;
        arena_reset(arena);
    }
    arena_destroy(arena);
    return coded;
}

/* Marks that will have no effect are work that somebody expects to see. */
static void warn_of_marks(const struct job *job) {
    size_t marked = 0;
    for (size_t i = 0; i < job->coding->count; i++)
        marked += *job->coding->rows[i].cells[THEME_QUOTE] != '\0';
    if (marked && job->item->question->never_quoted)
        terminal_line(
            stderr,
            "%s: answers marked to be quoted: %zu; none will be, as the questionnaire says \"quote: never\""
            " of \"%s\"",
            job->path, marked, job->item->id);
}

static void warn(struct job *job) {
    struct diagnostics *diagnostics = diagnostics_create(job->arena, job->path);
    theme_slips_warn(job->arena, job->coding, diagnostics);
    diagnostics_print(diagnostics, stderr);
    warn_of_marks(job);
}

static bool code(struct job *job) {
    struct theme_coding *earlier;
    if (!read_coding(job, &earlier))
        return false;
    job->coding = theme_coding_merge(job->arena, earlier, job->answers.all, job->answers.count);
    if (!job->coding->separator)
        job->coding->separator =
            language_of_tag(job->campaign->questionnaire->languages[0]) == LANGUAGE_FRENCH ? ';' : ',';
    settle_gone(job);
    arrange(job);
    if (!theme_file_write(job->arena, job->path, job->coding, job->failure))
        return false;
    warn(job);
    return true;
}

/* --- What is printed --- */

/* Those looked at, where they are not all: as a corpus of their own. */
static void select_answers(struct job *job) {
    size_t count = 0, *weights = ARENA_NEW(job->arena, size_t, job->answers.selected_count);
    const char **answers = ARENA_NEW(job->arena, const char *, job->answers.selected_count);
    for (size_t i = 0; i < job->answers.selected_count; i++) {
        if (count == 0 || strcmp(answers[count - 1], job->answers.selected[i]) != 0)
            answers[count++] = job->answers.selected[i];
        weights[count - 1]++;
    }
    job->corpus = theme_corpus_create(job->arena, answers, weights, count);
    job->groups = theme_similar_group(job->arena, job->corpus);
}

static void print_head(const struct job *job, const struct theme_print *print) {
    const struct hole holes[] = {{"question", job->item->text.in[job->read.language]},
                                 {"answers", arena_format(job->arena, "%zu", job->answers.selected_count)},
                                 {"different", arena_format(job->arena, "%zu", job->corpus->count)},
                                 {0}};
    language_fill(print->buffer, print->language, MESSAGE_THEMES_PRINT_HEAD, holes);
    buffer_append(print->buffer, "\n\n");
}

static bool may_tell(const struct job *job) {
    size_t selected = job->answers.selected_count, others = job->answers.count - selected;
    return !job->read.options.where || (selected >= TOLD_FROM && (others == 0 || others >= TOLD_FROM));
}

static void print(struct job *job) {
    struct buffer text = {0};
    const char *tag = job->campaign->questionnaire->languages[job->read.language];
    const struct theme_print print = {job->arena, &text, language_of_tag(tag)};
    if (job->read.options.where)
        select_answers(job);
    print_head(job, &print);
    theme_print_words(&print, job->corpus);
    theme_print_groups(&print, job->corpus, &job->groups);
    const struct item_themes *themes =
        themes_count(job->arena, job->item, job->coding, job->answers.selected, job->answers.selected_count);
    if (themes->coded)
        theme_print_themes(&print, themes);
    if (!job->read.options.where) /* how they work does not depend on whose answers are looked at */
        theme_print_agreement(&print, job->coding);
    terminal_print(stdout, "%s", buffer_text(&text));
    buffer_destroy(&text);
}

static void conclude(const struct job *job) {
    size_t present = 0, fresh = 0;
    for (size_t i = 0; i < job->coding->count; i++) {
        present += job->coding->rows[i].count > 0;
        fresh += job->coding->rows[i].count > 0 && job->coding->rows[i].is_new;
    }
    terminal_line(stderr, "%s: different answers: %zu, of them new: %zu, coded: %zu", job->path, present,
                  fresh, count_coded(job->coding));
    if (job->answers.count < TOLD_FROM)
        terminal_print(
            stderr,
            "There are fewer than %d answers: the report shows neither their themes nor quotations.\n",
            TOLD_FROM);
}

static int run(struct job *job) {
    if (!report_arguments_read(job->arena, job->given, &job->read, job->failure) || !find_item(job) ||
        !report_arguments_settle(job->arena, job->given, job->campaign->questionnaire, &job->read,
                                 job->failure))
        return COMMAND_USAGE;
    job->path = theme_file_path(job->arena, job->campaign->path, job->item->id);
    if (!campaign_may_evaluate(job->campaign->store, job->read.before_close, job->failure) ||
        !theme_answers_read(job->arena, job->campaign->store, job->item, job->read.options.where,
                            &job->answers, job->failure) ||
        !code(job))
        return COMMAND_FAILED;
    if (may_tell(job))
        print(job);
    else
        terminal_print(
            stderr,
            "--where: of fewer than %d answers, or all but fewer than %d, nothing is told, to protect"
            " those who gave them\n",
            TOLD_FROM, TOLD_FROM);
    conclude(job);
    return COMMAND_DONE;
}

int theme_command_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign;
    int status = campaign_open(&campaign, arguments, STORE_READ, failure);
    struct job job = {.campaign = &campaign, .arena = campaign.arena, .given = arguments, .failure = failure};
    if (status == COMMAND_DONE)
        status = run(&job);
    campaign_close(&campaign);
    return status;
}
