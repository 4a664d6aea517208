#include "survey/roster.h"

#include "model/base/buffer.h"
#include "model/base/diagnostic.h"
#include "model/base/text.h"
#include "model/csv.h"
#include "model/csv_file.h"
#include "model/names.h"
#include "survey/mail_address.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 200, MEBIBYTES_MOST = 16 };

/* What a column holds. */
enum column_kind { COLUMN_NAME, COLUMN_EMAIL, COLUMN_LANGUAGE, COLUMN_MARGIN, COLUMN_UNKNOWN };

struct roster_column {
    enum column_kind kind;
    size_t margin; /* of the population */
};

/* One walk over the file. */
struct walk {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    struct diagnostics *mistakes;
    const struct roster_column *columns;
    size_t column_count;
    bool columns_are_sure;        /* the header had no mistake */
    struct names *emails, *names; /* with the lines of the first; names only of those without e-mail */
};

static struct place line_place(unsigned line) {
    return (struct place){.line = line};
}

/* --- the header --- */

/* The names that a column can have: the three fixed ones, then the margins' ids. */
static const char **list_names(const struct walk *walk, size_t *count) {
    const struct population *population = &walk->questionnaire->population;
    const char **names = ARENA_NEW(walk->arena, const char *, 3 + population->margin_count);
    *count = 0;
    names[(*count)++] = "name";
    names[(*count)++] = "email";
    names[(*count)++] = "language";
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item)
            names[(*count)++] = population->margins[i].item->id;
    return names;
}

static struct roster_column find_column(const struct walk *walk, const char *name) {
    static const char *const fixed[] = {"name", "email", "language"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (!strcmp(name, fixed[i]))
            return (struct roster_column){(enum column_kind)i, 0};
    const struct population *population = &walk->questionnaire->population;
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item && !strcmp(name, population->margins[i].item->id))
            return (struct roster_column){COLUMN_MARGIN, i};
    return (struct roster_column){COLUMN_UNKNOWN, 0};
}

/* A list of words with commas, in memory of the arena. */
static const char *join(struct arena *arena, const char *const *words, size_t count) {
    struct buffer list = {0};
    for (size_t i = 0; i < count; i++)
        buffer_format(&list, "%s%s", i ? ", " : "", csv_file_shown(arena, words[i]));
    const char *joined = arena_copy(arena, buffer_text(&list));
    buffer_destroy(&list);
    return joined;
}

static void refuse_column(const struct walk *walk, struct place place, const char *name) {
    size_t count;
    const char **names = list_names(walk, &count);
    const char *nearest = text_nearest(name, names, count), *shown = csv_file_shown(walk->arena, name);
    if (!*name)
        diagnostics_error(walk->mistakes, place,
                          "a column without a name; name it, or take it out with its separators");
    else if (!strcmp(name, "channel"))
        diagnostics_error(
            walk->mistakes, place,
            "the column \"channel\" has no place in a roster: how people answer is seen when they"
            " do; take it out");
    else if (nearest)
        diagnostics_error(walk->mistakes, place, "unknown column \"%s\"; did you mean \"%s\"?", shown,
                          nearest);
    else if (questionnaire_item(walk->questionnaire, name))
        diagnostics_error(walk->mistakes, place,
                          "the column \"%s\" is no margin of the questionnaire's population: only what stands"
                          " there may be known of the people; take it out",
                          shown);
    else
        diagnostics_error(walk->mistakes, place,
                          "unknown column \"%s\"; a roster has %s, and nothing else, since nothing else is to"
                          " be kept of the people",
                          shown, join(walk->arena, names, count));
}

static bool has_kind(const struct roster_column *columns, size_t count, enum column_kind kind) {
    for (size_t i = 0; i < count; i++)
        if (columns[i].kind == kind)
            return true;
    return false;
}

/* How many bytes the blank at `text` has, those that do not break included; 0 if it is none. */
static size_t blank(const char *text) {
    static const char *const blanks[] = {" ", "\t", "\u00A0", "\u202F"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (!strncmp(text, blanks[i], strlen(blanks[i])))
            return strlen(blanks[i]);
    return 0;
}

/* A cell without the blanks around it. */
static const char *trim(struct arena *arena, const char *text) {
    while (blank(text))
        text += blank(text);
    const char *end = text;
    for (const char *at = text; *at;) {
        size_t size = blank(at);
        at += size ? size : 1;
        end = size ? end : at;
    }
    return arena_copy_bytes(arena, text, (size_t)(end - text));
}

static void read_header(struct walk *walk, const struct csv_record *header) {
    struct roster_column *columns = ARENA_NEW(walk->arena, struct roster_column, header->count);
    const char **names = ARENA_NEW(walk->arena, const char *, header->count);
    struct names *seen = names_create(walk->arena, false);
    struct place place = line_place(header->line);
    for (size_t i = 0; i < header->count; i++) {
        names[i] = trim(walk->arena, header->fields[i]);
        columns[i] = find_column(walk, names[i]);
        if (columns[i].kind == COLUMN_UNKNOWN)
            refuse_column(walk, place, names[i]);
        else if (names_add(seen, names[i], i) != NAMES_NONE)
            diagnostics_error(walk->mistakes, place, "the column \"%s\" is there twice; take one out",
                              names[i]);
    }
    if (!has_kind(columns, header->count, COLUMN_NAME) && !has_kind(columns, header->count, COLUMN_EMAIL))
        diagnostics_error(
            walk->mistakes, place,
            "neither a column \"name\" nor \"email\" says who is invited; the first line must name"
            " the columns, and has: %s",
            join(walk->arena, names, header->count));
    walk->columns = columns;
    walk->column_count = header->count;
    walk->columns_are_sure = diagnostics_count(walk->mistakes, SEVERITY_ERROR) == 0;
}

/* --- one person --- */

/* A mistake in one cell. */
static void __attribute__((format(printf, 4, 5)))
refuse(const struct walk *walk, unsigned line, const char *column, const char *format, ...) {
    struct failure words = {0}; /* long enough, and cut where it is not */
    va_list list;
    va_start(list, format);
    vsnprintf(words.text, sizeof words.text, format, list);
    va_end(list);
    diagnostics_error(walk->mistakes, line_place(line), "column \"%s\": %s", column, words.text);
}

/* Control characters and line ends, those of Unicode too, have no place in a name: they could add headers to
 * a mail. */
static bool has_control(const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at < 0x20 || *at == 0x7F || (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) ||
            (*at == 0xE2 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9)))
            return true;
    return false;
}

static void read_name(const struct walk *walk, unsigned line, const char *cell,
                      struct roster_person *person) {
    if (has_control(cell))
        refuse(walk, line, "name", "\"%s\" has a line end or control character; a name is one line of text",
               csv_file_shown(walk->arena, cell));
    else if (text_characters(cell) > NAME_MOST)
        refuse(walk, line, "name", "\"%s\" is longer than %d characters", csv_file_shown(walk->arena, cell),
               NAME_MOST);
    person->name = *cell ? cell : NULL;
}

/* Why it is no address; NULL if it is one. What mail servers would take besides, spreadsheets would not. */
static const char *fault_of_address(const char *address) {
    const char *at = strchr(address, '@');
    if (has_control(address) || address[strcspn(address, " ,;:<>()[]\"\\")])
        return "it has a sign that no address has; give the bare address, one for each person";
    if (!at || strchr(at + 1, '@'))
        return "it must have one @";
    if (!strchr(at, '.'))
        return "it needs a domain such as example.org behind its @";
    if (strchr("=+-", *address))
        return "it begins like a formula of a spreadsheet";
    return mail_address_mistake(address);
}

static void read_email(const struct walk *walk, unsigned line, const char *cell,
                       struct roster_person *person) {
    const char *fault = *cell ? fault_of_address(cell) : NULL;
    if (fault)
        refuse(walk, line, "email", "\"%s\" is no address: %s", csv_file_shown(walk->arena, cell), fault);
    person->email = *cell ? cell : NULL;
}

static void read_language(const struct walk *walk, unsigned line, const char *cell,
                          struct roster_person *person) {
    const struct questionnaire *questionnaire = walk->questionnaire;
    size_t language = questionnaire_language(questionnaire, cell);
    if (language < questionnaire->language_count)
        person->language = questionnaire->languages[language];
    else if (*cell)
        refuse(walk, line, "language", "\"%s\" is not a language of the questionnaire (%s)",
               csv_file_shown(walk->arena, cell),
               join(walk->arena, questionnaire->languages, questionnaire->language_count));
}

/* The option whose wording, in any language, was written in the place of its code. */
static const struct option *option_worded(const struct walk *walk, const struct question *question,
                                          const char *cell) {
    for (size_t i = 0; i < question->option_count; i++)
        for (size_t j = 0; j < walk->questionnaire->language_count; j++)
            if (text_same_letters(question->options[i].text.in[j], cell))
                return &question->options[i];
    return NULL;
}

static void refuse_code(const struct walk *walk, unsigned line, const struct item *item, const char *cell) {
    const struct question *question = item->question;
    const struct option *meant = option_worded(walk, question, cell);
    const char **codes = ARENA_NEW(walk->arena, const char *, question->option_count);
    for (size_t i = 0; i < question->option_count; i++)
        codes[i] = question->options[i].code;
    const char *nearest = meant ? meant->code : text_nearest(cell, codes, question->option_count);
    refuse(walk, line, item->id, "\"%s\" is not one of the codes (%.300s)%s%s%s",
           csv_file_shown(walk->arena, cell), join(walk->arena, codes, question->option_count),
           nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
}

/* The code in a cell, or NULL: an empty cell says nothing. */
static const char *read_code(const struct walk *walk, unsigned line, const struct item *item,
                             const char *cell) {
    size_t option = questionnaire_option(item->question, cell);
    if (option < item->question->option_count)
        return item->question->options[option].code;
    if (*cell)
        refuse_code(walk, line, item, cell);
    return NULL;
}

/* What is known of a person goes with the answer; the same things make the same text, in whatever order the
 * columns are. */
static const char *known_text(const struct walk *walk, const char *const *codes) {
    const struct population *population = &walk->questionnaire->population;
    const char *known = "";
    for (size_t i = 0; i < population->margin_count; i++)
        if (codes[i])
            known = arena_format(walk->arena, "%s%s%s=%s", known, *known ? " " : "",
                                 population->margins[i].item->id, codes[i]);
    return known;
}

static const char *lower(struct arena *arena, const char *text) {
    char *copy = arena_copy(arena, text);
    for (char *at = copy; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    return copy;
}

/* Two lines for one person would be two links for one. */
static void check_person(struct walk *walk, const struct roster_person *person) {
    struct place place = line_place(person->line);
    if (!person->name && !person->email) {
        diagnostics_error(walk->mistakes, place,
                          "neither a name nor an e-mail address: one of them says who is invited");
        return;
    }
    struct names *seen = person->email ? walk->emails : walk->names;
    const char *identity = person->email ? lower(walk->arena, person->email) : person->name;
    size_t first = names_add(seen, identity, person->line);
    if (first != NAMES_NONE)
        diagnostics_error(walk->mistakes, place, "\"%s\" is on line %zu already; %s",
                          csv_file_shown(walk->arena, identity), first,
                          person->email ? "each person needs an address of their own"
                                        : "tell the two apart in their names, or by their addresses");
}

static struct roster_person read_person(struct walk *walk, const struct csv_record *record) {
    const struct population *population = &walk->questionnaire->population;
    const char **codes = ARENA_NEW(walk->arena, const char *, population->margin_count + 1);
    struct roster_person person = {.line = record->line};
    for (size_t i = 0; i < record->count; i++) {
        const struct roster_column *column = &walk->columns[i];
        const char *cell = trim(walk->arena, record->fields[i]);
        switch (column->kind) {
        case COLUMN_NAME:
            read_name(walk, record->line, cell, &person);
            break;
        case COLUMN_EMAIL:
            read_email(walk, record->line, cell, &person);
            break;
        case COLUMN_LANGUAGE:
            read_language(walk, record->line, cell, &person);
            break;
        case COLUMN_MARGIN:
            codes[column->margin] =
                read_code(walk, record->line, population->margins[column->margin].item, cell);
            break;
        case COLUMN_UNKNOWN:
            break;
        }
    }
    person.known = known_text(walk, codes);
    return person;
}

/* --- the file --- */

static bool is_empty(struct arena *arena, const struct csv_record *record) {
    for (size_t i = 0; i < record->count; i++)
        if (*trim(arena, record->fields[i]))
            return false;
    return true;
}

static void note_mistake(const struct walk *walk, const struct csv_reader *reader) {
    unsigned line;
    const char *mistake = csv_mistake(reader, &line);
    if (mistake)
        diagnostics_error(walk->mistakes, line_place(line), "%s", mistake);
}

/* Lines that are empty but for separators are what spreadsheets leave behind. Who is missing or there twice
 * is said only where each column is known: the one in doubt may be what tells people apart. */
static void read_people(struct walk *walk, struct csv_reader *reader, struct roster *roster) {
    struct csv_record record;
    size_t room = 256;
    struct roster_person *people = ARENA_NEW(walk->arena, struct roster_person, room);
    while (csv_next(reader, &record)) {
        if (is_empty(walk->arena, &record))
            continue;
        if (record.count != walk->column_count) {
            diagnostics_error(walk->mistakes, line_place(record.line),
                              "this line has %zu cells, not %zu like the first; a cell with a separator in it"
                              " must be in quotes",
                              record.count, walk->column_count);
            continue;
        }
        if (roster->count == room) {
            struct roster_person *larger = ARENA_NEW(walk->arena, struct roster_person, room * 2);
            memcpy(larger, people, room * sizeof *people);
            people = larger;
            room *= 2;
        }
        people[roster->count] = read_person(walk, &record);
        if (walk->columns_are_sure)
            check_person(walk, &people[roster->count]);
        roster->count++;
    }
    note_mistake(walk, reader);
    roster->people = people;
}

static void read_records(struct walk *walk, const char *bytes, size_t length, struct roster *roster) {
    struct csv_reader *reader = csv_open(bytes, length);
    struct csv_record header;
    if (csv_next(reader, &header)) {
        read_header(walk, &header);
        read_people(walk, reader, roster);
        if (roster->count == 0 && diagnostics_count(walk->mistakes, SEVERITY_ERROR) == 0)
            diagnostics_error(walk->mistakes, (struct place){0},
                              "the file names nobody: each line below the first is a person");
    } else {
        note_mistake(walk, reader);
        if (diagnostics_count(walk->mistakes, SEVERITY_ERROR) == 0)
            diagnostics_error(walk->mistakes, (struct place){0},
                              "the file is empty; its first line must name the columns");
    }
    csv_close(reader);
}

const struct roster *roster_read(struct arena *arena, const char *path,
                                 const struct questionnaire *questionnaire, struct failure *failure) {
    char *bytes = NULL;
    size_t length = 0;
    if (!csv_file_read(path, MEBIBYTES_MOST, &bytes, &length, failure))
        return NULL;
    struct roster *roster = ARENA_NEW(arena, struct roster, 1);
    struct walk walk = {.arena = arena,
                        .questionnaire = questionnaire,
                        .mistakes = diagnostics_create(arena, path),
                        .emails = names_create(arena, false),
                        .names = names_create(arena, false)};
    if (csv_file_check(bytes, length, walk.mistakes))
        read_records(&walk, bytes, length, roster);
    free(bytes);
    diagnostics_print(walk.mistakes, stderr);
    return diagnostics_count(walk.mistakes, SEVERITY_ERROR) ? NULL : roster;
}
