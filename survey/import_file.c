#include "survey/import_file.h"

#include "model/answer_csv.h"
#include "model/base/text.h"
#include "model/csv_file.h"
#include "model/names.h"
#include "model/store_read.h"

#include <stdlib.h>
#include <string.h>

enum { SHEET_DIGITS_MOST = 18, ENTERED_MOST = 60 };

/* One walk over the file. Mistakes and warnings are kept apart: many warnings must not hide a mistake. */
struct walk {
    const struct import_source *source;
    struct arena *arena;  /* of the whole file */
    struct arena *record; /* of one record */
    struct csv_reader *reader;
    const struct answer_csv_layout *layout;
    struct diagnostics *errors, *warnings;
    struct names *sheets; /* numbers of this file, with their lines */
    struct answer *answers;
};

/* --- the file as a whole --- */

/* Notes what the reader stopped at, if it was a mistake. */
static void note_mistake(struct walk *walk) {
    unsigned line;
    const char *mistake = csv_mistake(walk->reader, &line);
    if (mistake)
        diagnostics_error(walk->errors, (struct place){.line = line}, "%s", mistake);
}

static bool read_header(struct walk *walk) {
    struct csv_record header;
    if (csv_next(walk->reader, &header)) {
        walk->layout = answer_csv_layout(walk->arena, walk->source->questionnaire, &header, walk->errors);
        return walk->layout != NULL;
    }
    note_mistake(walk);
    if (diagnostics_count(walk->errors, SEVERITY_ERROR) == 0)
        diagnostics_error(walk->errors, (struct place){0},
                          "the file is empty; its first line must name the columns");
    return false;
}

/* --- one record --- */

static const char *entered(struct walk *walk, const struct entry *entry) {
    const char *text = "";
    for (size_t i = 0; i < entry->value_count && strlen(text) <= ENTERED_MOST; i++)
        text = arena_format(walk->record, "%s%s%s", text, i ? " " : "", entry->values[i]);
    return text;
}

static const char *nearest_code(struct walk *walk, const struct question *question, const char *word) {
    const char **codes = ARENA_NEW(walk->record, const char *, question->option_count + 2);
    size_t count = 0;
    for (size_t i = 0; i < question->option_count; i++)
        codes[count++] = question->options[i].code;
    if (question->no_opinion.in)
        codes[count++] = "no_opinion";
    if (question->not_concerned.in)
        codes[count++] = "not_concerned";
    return text_nearest(word, codes, count);
}

/* The words of an operator, who is not the one asked. */
static const char *dropped_answer(struct walk *walk, const char *value) {
    return arena_format(walk->record, "\"%s\": this question did not apply; the answer was left out", value);
}

static const char *dropped_words(struct walk *walk, const char *value) {
    return arena_format(walk->record, "\"%s\" stands beside an answer that is not chosen, and was left out",
                        value);
}

static const char *unknown_code(struct walk *walk, const struct problem *problem, const char *value) {
    const char *nearest = nearest_code(walk, problem->item->question, problem->value);
    if (nearest)
        return arena_format(walk->record, "\"%s\" is not one of the codes; did you mean \"%s\"?", value,
                            nearest);
    return arena_format(walk->record, "\"%s\" is not one of the codes", value);
}

static const char *problem_words(struct walk *walk, const struct problem *problem,
                                 const struct entry *entry) {
    const char *value = csv_file_shown(walk->record, problem->value ? problem->value : entered(walk, entry));
    switch (problem->kind) {
    case PROBLEM_REQUIRED:
        return "this question is required, and not answered";
    case PROBLEM_NOT_ASKED:
        return dropped_answer(walk, value);
    case PROBLEM_SPECIFY_ALONE:
        return dropped_words(walk, value);
    case PROBLEM_UNKNOWN_CODE:
        return unknown_code(walk, problem, value);
    default:
        return arena_format(walk->record, "\"%s\": %s", value,
                            answer_problem_text(walk->record, problem, LANGUAGE_ENGLISH));
    }
}

static void note_problem(struct walk *walk, unsigned line, const struct problem *problem,
                         const struct entry *entry) {
    struct place place = {.line = line};
    const char *id = problem->item->id, *words = problem_words(walk, problem, entry);
    if (problem->warning)
        diagnostics_warning(walk->warnings, place, "column \"%s\": %s", id, words);
    else
        diagnostics_error(walk->errors, place, "column \"%s\": %s", id, words);
}

/* What a form never sends is dropped without a word there; from a file, nothing goes unsaid. */
static void note_dropped(struct walk *walk, unsigned line, const struct entry *entries) {
    const struct questionnaire *questionnaire = walk->source->questionnaire;
    struct place place = {.line = line};
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const char *id = questionnaire->items[i].id, *specify = entries[i].specify;
        const char *text = walk->answers[i].state == ANSWER_NOT_ASKED ? entered(walk, &entries[i]) : "";
        if (*text)
            diagnostics_warning(walk->warnings, place, "column \"%s\": %s", id,
                                dropped_answer(walk, csv_file_shown(walk->record, text)));
        if (specify && *specify && !walk->answers[i].specify)
            diagnostics_warning(walk->warnings, place, "column \"%s_specify\": %s", id,
                                dropped_words(walk, csv_file_shown(walk->record, specify)));
    }
}

static enum channel read_channel(struct walk *walk, unsigned line, const char *cell) {
    if (!*cell)
        return walk->source->channel;
    enum channel channel = answer_channel(cell);
    if (channel != CHANNEL_COUNT)
        return channel;
    diagnostics_error(walk->errors, (struct place){.line = line},
                      "column \"channel\": \"%s\" is neither \"web\" nor \"paper\"",
                      csv_file_shown(walk->record, cell));
    return walk->source->channel;
}

static size_t read_language(struct walk *walk, unsigned line, const char *cell) {
    const struct questionnaire *questionnaire = walk->source->questionnaire;
    size_t language = *cell ? questionnaire_language(questionnaire, cell) : 0;
    if (language < questionnaire->language_count)
        return language;
    diagnostics_error(walk->errors, (struct place){.line = line},
                      "column \"language\": \"%s\" is not a language of the questionnaire",
                      csv_file_shown(walk->record, cell));
    return 0;
}

static int64_t read_sheet(struct walk *walk, unsigned line, const char *cell) {
    size_t digits = strspn(cell, "0123456789");
    if (!*cell)
        return 0;
    int64_t sheet = digits && digits <= SHEET_DIGITS_MOST && !cell[digits] ? strtoll(cell, NULL, 10) : 0;
    if (sheet == 0)
        diagnostics_error(walk->errors, (struct place){.line = line},
                          "column \"sheet\": \"%s\" is not the number of a sheet (1, 2, 3, …)",
                          csv_file_shown(walk->record, cell));
    return sheet;
}

static void check_sheet(struct walk *walk, unsigned line, int64_t sheet) {
    if (sheet == 0)
        return;
    struct place place = {.line = line};
    size_t other = names_add(walk->sheets, arena_format(walk->arena, "%lld", (long long)sheet), line);
    if (other != NAMES_NONE)
        diagnostics_error(walk->errors, place, "column \"sheet\": sheet %lld is on line %zu already",
                          (long long)sheet, other);
    else if (walk->source->store && store_has_sheet(walk->source->store, sheet))
        diagnostics_error(
            walk->errors, place,
            "column \"sheet\": sheet %lld is in the store already; survey remove --sheet %lld takes"
            " it out",
            (long long)sheet, (long long)sheet);
}

static void check_ended(struct walk *walk, unsigned line, enum channel channel) {
    if (channel == CHANNEL_WEB && walk->source->store && store_is_ended(walk->source->store))
        diagnostics_error(walk->errors, (struct place){.line = line},
                          "the collection was closed: late paper can still be imported, but no answers of the"
                          " channel web");
}

/* Reads and checks a record; false if it is none. */
static bool read_record(struct walk *walk, const struct csv_record *record, struct response *response) {
    unsigned line = record->line;
    if (record->count != answer_csv_count(walk->layout)) {
        diagnostics_error(walk->errors, (struct place){.line = line},
                          "this record has %zu fields, not %zu like the"
                          " header",
                          record->count, answer_csv_count(walk->layout));
        return false;
    }
    struct answer_csv_cells cells = answer_csv_read(walk->record, walk->layout, record);
    if (cells.all_empty) {
        diagnostics_warning(walk->warnings, (struct place){.line = line}, "an empty record was left out");
        return false;
    }
    *response = (struct response){.channel = read_channel(walk, line, cells.channel),
                                  .language = read_language(walk, line, cells.language),
                                  .sheet = read_sheet(walk, line, cells.sheet),
                                  .answers = walk->answers};
    struct problems problems = answer_check(walk->record, walk->source->questionnaire, cells.entries,
                                            response->channel, walk->answers);
    for (size_t i = 0; i < problems.count; i++)
        note_problem(walk, line, &problems.all[i], &cells.entries[problems.all[i].item->index]);
    if (response->channel != CHANNEL_PAPER)
        note_dropped(walk, line, cells.entries);
    check_sheet(walk, line, response->sheet);
    check_ended(walk, line, response->channel);
    return true;
}

/* --- the walk --- */

static struct walk walk_begin(const struct import_source *source) {
    struct walk walk = {.source = source, .arena = arena_create(), .record = arena_create()};
    walk.errors = diagnostics_create(walk.arena, source->path);
    walk.warnings = diagnostics_create(walk.arena, source->path);
    walk.sheets = names_create(walk.arena, false);
    walk.reader = csv_open(source->bytes, source->length);
    walk.answers = ARENA_NEW(walk.arena, struct answer, source->questionnaire->item_count);
    return walk;
}

static void walk_end(struct walk *walk) {
    csv_close(walk->reader);
    arena_destroy(walk->record);
    arena_destroy(walk->arena);
}

/* The next record of the walk; false at the end. */
static bool walk_next(struct walk *walk, struct response *response, unsigned *line) {
    struct csv_record record;
    while (csv_next(walk->reader, &record)) {
        arena_reset(walk->record);
        *line = record.line;
        if (read_record(walk, &record, response))
            return true;
    }
    return false;
}

bool import_file_check(const struct import_source *source, size_t *count) {
    struct walk walk = walk_begin(source);
    *count = 0;
    if (csv_file_check(walk.source->bytes, walk.source->length, walk.errors) && read_header(&walk)) {
        struct response response;
        unsigned line;
        while (walk_next(&walk, &response, &line))
            ++*count;
        note_mistake(&walk);
    }
    bool good = diagnostics_count(walk.errors, SEVERITY_ERROR) == 0;
    diagnostics_print(good ? walk.warnings : walk.errors, stderr);
    walk_end(&walk);
    return good;
}

bool import_file_walk(const struct import_source *source, struct import_taker *taker) {
    struct walk walk = walk_begin(source);
    bool good = read_header(&walk);
    struct response response;
    unsigned line;
    while (good && walk_next(&walk, &response, &line))
        good = diagnostics_count(walk.errors, SEVERITY_ERROR) == 0 && taker->take(taker, &response, line);
    if (diagnostics_count(walk.errors, SEVERITY_ERROR) > 0) {
        /* The store has changed since the check. */
        diagnostics_print(walk.errors, stderr);
        good = false;
    }
    walk_end(&walk);
    return good;
}
