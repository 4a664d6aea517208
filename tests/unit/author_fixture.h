/* A made-up study of 50 people, whose figures are added up by hand in the tests, and a report's text filled
 * from it: what the report is then, one sign after the other, and what was said of the text.
 *
 *     role         member  staff  guest  boss   all
 *     responses        25     15      6     4    50      of 80 invited: 40, 20, 12, 8
 *     good = 4          8      3      6     0    17
 *            3          7      3      0     0    10
 *            2          3      2      0     0     5
 *            1          2      2      0     4     8
 *     expressed        20     10      6     4    40
 *     no opinion        2      2      0     0     4
 *     not concerned     1      1      0     0     2
 *     not answered      2      2      0     0     4 */
#ifndef TESTS_AUTHOR_FIXTURE_H
#define TESTS_AUTHOR_FIXTURE_H

#include "analysis/author.h"
#include "analysis/report_content.h"
#include "analysis/theme_file.h"
#include "analysis/themes.h"
#include "model/base/buffer.h"
#include "tests/unit/study.h"

#include <stdarg.h>
#include <sys/stat.h>

static const char AUTHOR_STUDY[] =
    "questionnaire: made-up\n"
    "languages: [en, fr]\n"
    "title: {en: 'Made *up* <b>study</b> | [x](y) {{rate good}}', fr: 'Étude *inventée*'}\n"
    "organisation: {en: Nobody, fr: Personne}\n"
    "privacy: {en: Made up., fr: Inventé.}\n"
    "population: {size: 80, role: {member: 40, staff: 20, guest: 12, boss: 8}}\n"
    "pages:\n"
    "  - questions:\n"
    "      - id: role\n"
    "        type: single\n"
    "        text: {en: 'Your role_of_*all*?', fr: Votre rôle ?}\n"
    "        breakdown: true\n"
    "        options:\n"
    "          - {code: member, text: {en: '<i>Member</i> & # | `x`', fr: Membre}}\n"
    "          - {code: staff, text: {en: Staff, fr: Personnel}}\n"
    "          - {code: guest, text: {en: Guest, fr: Invité}}\n"
    "          - {code: boss, text: {en: Boss, fr: Direction}}\n"
    "      - id: good\n"
    "        type: scale\n"
    "        text: {en: Is it good?, fr: Est-ce bien ?}\n"
    "        no_opinion: true\n"
    "        not_concerned: true\n"
    "        options:\n"
    "          - {code: 4, text: {en: Fully, fr: Tout à fait}, favourable: true}\n"
    "          - {code: 3, text: {en: Rather, fr: Plutôt}, favourable: true}\n"
    "          - {code: 2, text: {en: Rather not, fr: Plutôt pas}}\n"
    "          - {code: 1, text: {en: Not at all, fr: Pas du tout}}\n"
    "      - id: days\n"
    "        type: multiple\n"
    "        text: {en: Which days?, fr: Quels jours ?}\n"
    "        breakdown: true\n"
    "        options:\n"
    "          - {code: monday, text: {en: Monday, fr: Lundi}}\n"
    "          - {code: friday, text: {en: Friday, fr: Vendredi}}\n"
    "      - id: hours\n"
    "        type: number\n"
    "        text: {en: How many hours?, fr: Combien d’heures ?}\n"
    "        decimals: 1\n"
    "        unit: {en: hours, fr: heures}\n"
    "      - id: since\n"
    "        type: date\n"
    "        text: {en: Since when?, fr: Depuis quand ?}\n"
    "      - id: first\n"
    "        type: ranking\n"
    "        text: {en: What first?, fr: Quoi d’abord ?}\n"
    "        options:\n"
    "          - {code: a, text: {en: This, fr: Ceci}}\n"
    "          - {code: b, text: {en: That, fr: Cela}}\n"
    "      - id: again\n"
    "        type: scale\n"
    "        text: {en: Recommend?, fr: Recommander ?}\n"
    "        options: [{code: 10, text: '10'}, {code: 9, text: '9'}, {code: 8, text: '8'},\n"
    "                  {code: 7, text: '7'}, {code: 6, text: '6'}, {code: 5, text: '5'},\n"
    "                  {code: 4, text: '4'}, {code: 3, text: '3'}, {code: 2, text: '2'},\n"
    "                  {code: 1, text: '1'}, {code: 0, text: '0'}]\n"
    "      - id: opinion\n"
    "        type: scale\n"
    "        text: {en: Your opinion, fr: Votre avis}\n"
    "        options:\n"
    "          - {code: 1, text: {en: 'Yes', fr: Oui}, favourable: true}\n"
    "          - {code: 0, text: {en: 'No', fr: Non}}\n"
    "        items:\n"
    "          - {id: one, text: {en: The one, fr: L’une}}\n"
    "          - {id: two, text: {en: The other, fr: L’autre}}\n"
    "      - id: why\n"
    "        type: text\n"
    "        text: {en: Why?, fr: Pourquoi ?}\n";

/* What the themes of `why` are written as: 12 answers, 10 of them coded, 6 with the first theme. */
static const char AUTHOR_CODING[] = "answer,themes,quote\n"
                                    "w0,Time; Place,x\nw1,Time,x\nw2,Time,x\nw3,Time,\nw4,Time,\nw5,Time,\n"
                                    "w6,Place,x\nw7,Place,\nw8,Other *one*,\nw9,Other *one*,\n";

struct author_study {
    struct study study;
    const struct results *results;
    struct results_options options;
};

/* Everybody's answers: of the `number`th person of a role to the question above, and to the others. */
static const char *author_answers(struct arena *arena, const char *role, const char *good, size_t number,
                                  int overall) {
    const char *is = "";
    switch (good[number]) {
    case 'o':
        is = "good=no_opinion";
        break;
    case 'n':
        is = "good=not_concerned";
        break;
    case '.':
        break;
    default:
        is = arena_format(arena, "good=%c", good[number]);
    }
    const char *others = arena_format(arena, "%s days=%s hours=%d.5 first=%s again=%d one=%d",
                                      overall < 10 ? "since=2024-02-03" : "since=2024-01-31",
                                      overall < 30   ? "monday"
                                      : overall < 45 ? "monday+friday"
                                                     : "friday",
                                      overall % 2, overall < 20 ? "a+b" : "b+a",
                                      overall < 30   ? 10
                                      : overall < 40 ? 8
                                                     : 3,
                                      overall < 49);
    return overall < 12 ? arena_format(arena, "role=%s %s %s why=w%d", role, is, others, overall)
                        : arena_format(arena, "role=%s %s %s", role, is, others);
}

static void author_study_add(struct author_study *made) {
    static const struct {
        const char *role, *good;
    } groups[] = {{"member", "4444444433333332221"
                             "1oon.."},
                  {"staff", "4443332211oon.."},
                  {"guest", "444444"},
                  {"boss", "1111"}};
    int overall = 0;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        for (size_t j = 0; groups[i].good[j]; j++, overall++)
            study_add(&made->study, overall < 35 ? CHANNEL_WEB : CHANNEL_PAPER, overall + 1,
                      author_answers(made->study.arena, groups[i].role, groups[i].good, j, overall));
}

static void author_study_compute(struct author_study *made, size_t minimum_cell) {
    struct failure failure = {0};
    made->options = (struct results_options){
        .confidence = 0.95, .minimum_cell = minimum_cell, .readers = 1, .adjustment = ADJUSTMENT_NONE};
    const struct results *results = study_compute(&made->study, &made->options);
    made->results = themes_load(made->study.arena, results, made->study.path, &failure);
    if (!made->results)
        study_fail("themes", failure.text);
}

/* The study, with figures of as few people as `minimum_cell`. */
static void author_study_open(struct author_study *made, size_t minimum_cell) {
    study_open(&made->study, AUTHOR_STUDY);
    author_study_add(made);
    mkdir(store_themes_folder(made->study.arena, made->study.path), 0700);
    FILE *file = fopen(theme_file_path(made->study.arena, made->study.path, "why"), "w");
    if (!file || fputs(AUTHOR_CODING, file) < 0 || fclose(file) != 0)
        study_fail("themes", "not written");
    author_study_compute(made, minimum_cell);
}

static void author_study_close(struct author_study *made) {
    unlink(theme_file_path(made->study.arena, made->study.path, "why"));
    rmdir(store_themes_folder(made->study.arena, made->study.path));
    study_close(&made->study);
}

/* --- what became of a text --- */

struct author_report {
    const char *text;     /* the report as author_show writes it; NULL: there is none */
    const char *messages; /* as they are printed, of the file "t" */
    size_t claims, broken, errors, warnings;
    const struct document *document;
};

static void author_show_runs(struct buffer *buffer, const struct run *runs) {
    static const char *const names[] = {"strong", "emphasis", "code", "doubtful", "remark"};
    for (; runs; runs = runs->next) {
        if (runs->style || runs->link)
            buffer_append(buffer, "[");
        for (unsigned i = 0; i < 5; i++)
            if (runs->style & 1u << i)
                buffer_format(buffer, "%s ", names[i]);
        if (runs->link)
            buffer_format(buffer, "to %s ", runs->link);
        buffer_append(buffer, *runs->text == '\n' ? "<br>" : runs->text);
        if (runs->style || runs->link)
            buffer_append(buffer, "]");
    }
}

/* The blocks as "(kind …)", what they hold between their brackets: nothing that an author or a questionnaire
 * writes is escaped, so that a text that became structure is told from one that did not by the runs alone. */
static void author_show(struct buffer *buffer, const struct block *block) {
    static const char *const names[] = {"section", "p",    "list",  "table", "chart", "bullets",
                                        "numbers", "item", "quote", "code",  "rule"};
    for (; block; block = block->next) {
        buffer_format(buffer, "(%s", names[block->kind]);
        if (block->kind == BLOCK_SECTION)
            buffer_format(buffer, " %s", block->text);
        if (block->kind == BLOCK_CODE || (block->kind == BLOCK_PARAGRAPH && block->text))
            buffer_format(buffer, " %s", block->text);
        if (block->kind == BLOCK_CHART)
            buffer_format(buffer, " %s", block->chart->name);
        if (block->kind == BLOCK_NUMBERS)
            buffer_format(buffer, " %zu", block->number);
        if (block->kind == BLOCK_PARAGRAPH && block->runs) {
            buffer_append(buffer, " ");
            author_show_runs(buffer, block->runs);
        }
        for (const struct list_item *item = block->kind == BLOCK_LIST ? block->items : NULL; item;
             item = item->next)
            buffer_format(buffer, " - %s", item->text);
        bool holds =
            block->kind == BLOCK_SECTION || (block->kind >= BLOCK_BULLETS && block->kind <= BLOCK_QUOTE);
        author_show(buffer, holds ? block->first : NULL);
        buffer_append(buffer, ")");
    }
}

static const char *author_messages(struct arena *arena, const struct diagnostics *diagnostics) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        study_fail("messages", "no memory");
    diagnostics_print(diagnostics, stream);
    fclose(stream);
    const char *copy = arena_copy(arena, text);
    free(text);
    return copy;
}

static const struct document *author_make(struct author_study *made, const struct author_text *text,
                                          size_t language, struct diagnostics *diagnostics,
                                          struct author_report *report) {
    struct arena *arena = made->study.arena;
    const struct prose prose = {arena, made->results, language,
                                language_of_tag(made->study.questionnaire->languages[language])};
    const struct author_filling filling = {
        prose, chart_list(arena, made->results, &(struct chart_options){.language = language}), true};
    const struct document_head head = report_content_head(&prose, NULL);
    return author_fill(text, &filling, &head, diagnostics, &report->claims, &report->broken);
}

/* The report that `length` bytes make in a language (0 English, 1 French). */
static struct author_report author_try_bytes(struct author_study *made, size_t language, const char *source,
                                             size_t length) {
    struct arena *arena = made->study.arena;
    struct author_report report = {0};
    struct diagnostics *diagnostics = diagnostics_create(arena, "t");
    const struct author_scope scope = {made->study.questionnaire, made->results->by};
    const struct author_text *text = author_parse(arena, source, length, &scope, diagnostics);
    if (text)
        report.document = author_make(made, text, language, diagnostics, &report);
    if (report.document) {
        struct buffer buffer = {0};
        author_show(&buffer, document_sections(report.document));
        report.text = arena_copy(arena, buffer_text(&buffer));
        buffer_destroy(&buffer);
    }
    report.messages = author_messages(arena, diagnostics);
    report.errors = diagnostics_count(diagnostics, SEVERITY_ERROR);
    report.warnings = diagnostics_count(diagnostics, SEVERITY_WARNING);
    return report;
}

static struct author_report author_try(struct author_study *made, size_t language, const char *source) {
    return author_try_bytes(made, language, source, strlen(source));
}

#endif
