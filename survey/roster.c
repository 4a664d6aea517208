#include "survey/roster.h"

#include "model/base/buffer.h"
#include "model/base/diagnostic.h"
#include "model/base/text.h"
#include "model/csv.h"
#include "model/names.h"
#include "survey/csv_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 200, EMAIL_MOST = 254, LOCAL_MOST = 64, MEBIBYTES_MOST = 16 };

/* What a column holds. */
enum column_kind { COLUMN_NAME, COLUMN_EMAIL, COLUMN_LANGUAGE, COLUMN_MARGIN, COLUMN_UNKNOWN };

struct roster_column {
    enum column_kind kind;
    const struct item *item; /* of a margin */
};

/* One walk over the file. */
struct walk {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    struct diagnostics *mistakes;
    const struct roster_column *columns;
    size_t column_count;
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
            return (struct roster_column){(enum column_kind)i, NULL};
    const struct population *population = &walk->questionnaire->population;
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item && !strcmp(name, population->margins[i].item->id))
            return (struct roster_column){COLUMN_MARGIN, population->margins[i].item};
    return (struct roster_column){COLUMN_UNKNOWN, NULL};
}

static void refuse_column(const struct walk *walk, unsigned line, const char *name) {
    size_t count;
    const char **names = list_names(walk, &count);
    if (!strcmp(name, "channel")) {
        diagnostics_error(
            walk->mistakes, line_place(line),
            "the column \"channel\" has no place in a roster: how people answer shows when they do");
        return;
    }
    if (!*name) {
        diagnostics_error(walk->mistakes, line_place(line), "a column without a name");
        return;
    }
    struct buffer known = {0};
    for (size_t i = 0; i < count; i++)
        buffer_format(&known, "%s%s", i ? ", " : "", names[i]);
    const char *nearest = text_nearest(name, names, count);
    diagnostics_error(
        walk->mistakes, line_place(line),
        "unknown column \"%s\"%s%s%s; a roster has %s and nothing else, since nothing else may be"
        " kept of the people",
        csv_file_shown(walk->arena, name), nearest ? "; did you mean \"" : "", nearest ? nearest : "",
        nearest ? "\"?" : "", buffer_text(&known));
    buffer_destroy(&known);
}

static bool has_kind(const struct roster_column *columns, size_t count, enum column_kind kind) {
    for (size_t i = 0; i < count; i++)
        if (columns[i].kind == kind)
            return true;
    return false;
}

/* A cell without the blanks around it. */
static const char *trim(struct arena *arena, const char *text) {
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length && strchr(" \t", text[length - 1]))
        length--;
    return arena_copy_bytes(arena, text, length);
}

static void read_header(struct walk *walk, const struct csv_record *header) {
    struct roster_column *columns = ARENA_NEW(walk->arena, struct roster_column, header->count);
    struct names *seen = names_create(walk->arena, false);
    for (size_t i = 0; i < header->count; i++) {
        const char *name = trim(walk->arena, header->fields[i]);
        columns[i] = find_column(walk, name);
        if (columns[i].kind == COLUMN_UNKNOWN)
            refuse_column(walk, header->line, name);
        else if (names_add(seen, name, i) != NAMES_NONE)
            diagnostics_error(walk->mistakes, line_place(header->line), "the column \"%s\" is there twice",
                              name);
    }
    if (!has_kind(columns, header->count, COLUMN_NAME) && !has_kind(columns, header->count, COLUMN_EMAIL))
        diagnostics_error(walk->mistakes, line_place(header->line),
                          "neither a column \"name\" nor \"email\": the first line must name the columns, and"
                          " one of the two says who is invited");
    walk->columns = columns;
    walk->column_count = header->count;
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

/* Control characters and line ends have no place in a name, and could add headers to a mail. */
static bool has_control(const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at < 0x20 || *at == 0x7F || (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0))
            return true;
    return false;
}

static void read_name(const struct walk *walk, unsigned line, const char *cell,
                      struct roster_person *person) {
    if (has_control(cell))
        refuse(walk, line, "name", "a name is one line without control characters");
    else if (text_characters(cell) > NAME_MOST)
        refuse(walk, line, "name", "\"%s\" is longer than %d characters", csv_file_shown(walk->arena, cell),
               NAME_MOST);
    else if (*cell)
        person->name = cell;
}

/* Why it is no address; NULL if it is one. Stricter than RFC 5322, as mail servers are. */
static const char *fault_of_address(const char *address) {
    const char *at = strchr(address, '@'), *domain = at ? at + 1 : "";
    if (has_control(address) || strpbrk(address, " ,;:<>()[]\"\\"))
        return "has a character that no address has; give the bare address, one for each person";
    if (!at || strchr(domain, '@'))
        return "must have one @";
    if (at == address || at - address > LOCAL_MOST || *address == '.' || at[-1] == '.' ||
        strstr(address, ".."))
        return "is no address before its @";
    const char *dot = strchr(domain, '.');
    if (!dot || dot == domain || !dot[1] || domain[strlen(domain) - 1] == '.' || *domain == '-')
        return "needs a domain such as example.org behind its @";
    return strlen(address) > EMAIL_MOST ? "is too long" : NULL;
}

static void read_email(const struct walk *walk, unsigned line, const char *cell,
                       struct roster_person *person) {
    if (!*cell)
        return;
    const char *fault = fault_of_address(cell);
    if (fault)
        refuse(walk, line, "email", "\"%s\" %s", csv_file_shown(walk->arena, cell), fault);
    person->email = cell;
}

static void read_language(const struct walk *walk, unsigned line, const char *cell,
                          struct roster_person *person) {
    const struct questionnaire *questionnaire = walk->questionnaire;
    size_t language = *cell ? questionnaire_language(questionnaire, cell) : 0;
    if (language < questionnaire->language_count) {
        person->language = questionnaire->languages[language];
        return;
    }
    struct buffer tags = {0};
    for (size_t i = 0; i < questionnaire->language_count; i++)
        buffer_format(&tags, "%s%s", i ? ", " : "", questionnaire->languages[i]);
    refuse(walk, line, "language", "\"%s\" is not a language of the questionnaire (%s)",
           csv_file_shown(walk->arena, cell), buffer_text(&tags));
    buffer_destroy(&tags);
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
    struct buffer list = {0};
    for (size_t i = 0; i < question->option_count; i++) {
        codes[i] = question->options[i].code;
        buffer_format(&list, "%s%s", i ? ", " : "", codes[i]);
    }
    const char *nearest = meant ? meant->code : text_nearest(cell, codes, question->option_count);
    if (nearest)
        refuse(walk, line, item->id, "\"%s\" is not one of the codes; did you mean \"%s\"?",
               csv_file_shown(walk->arena, cell), nearest);
    else
        refuse(walk, line, item->id, "\"%s\" is not one of the codes (%.300s)",
               csv_file_shown(walk->arena, cell), buffer_text(&list));
    buffer_destroy(&list);
}

/* What is known goes with the answer; an empty cell says nothing. */
static void read_margin(const struct walk *walk, unsigned line, const struct item *item, const char *cell,
                        struct roster_person *person) {
    if (!*cell)
        return;
    for (size_t i = 0; i < item->question->option_count; i++)
        if (!strcmp(cell, item->question->options[i].code)) {
            person->known = arena_format(walk->arena, "%s%s%s=%s", person->known, *person->known ? " " : "",
                                         item->id, cell);
            return;
        }
    refuse_code(walk, line, item, cell);
}

static const char *lower(struct arena *arena, const char *text) {
    char *copy = arena_copy(arena, text);
    for (char *at = copy; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    return copy;
}

/* Two lines for one person would be two links for one. */
static void check_person(struct walk *walk, const struct roster_person *person) {
    if (!person->name && !person->email) {
        diagnostics_error(walk->mistakes, line_place(person->line), "neither a name nor an e-mail address");
        return;
    }
    struct names *seen = person->email ? walk->emails : walk->names;
    const char *identity = person->email ? lower(walk->arena, person->email) : person->name;
    size_t first = names_add(seen, identity, person->line);
    if (first != NAMES_NONE)
        diagnostics_error(walk->mistakes, line_place(person->line), "\"%s\" is on line %zu already; %s",
                          csv_file_shown(walk->arena, identity), first,
                          person->email ? "each person has an address of their own"
                                        : "tell the two apart in their names, or by their addresses");
}

static struct roster_person read_person(struct walk *walk, const struct csv_record *record) {
    struct roster_person person = {
        .line = record->line, .language = walk->questionnaire->languages[0], .known = ""};
    for (size_t i = 0; i < record->count; i++) {
        const char *cell = trim(walk->arena, record->fields[i]);
        switch (walk->columns[i].kind) {
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
            read_margin(walk, record->line, walk->columns[i].item, cell, &person);
            break;
        case COLUMN_UNKNOWN:
            break;
        }
    }
    return person;
}

/* --- the file --- */

static bool is_empty(const struct csv_record *record) {
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i][strspn(record->fields[i], " \t")])
            return false;
    return true;
}

static void note_mistake(const struct walk *walk, const struct csv_reader *reader) {
    unsigned line;
    const char *mistake = csv_mistake(reader, &line);
    if (mistake)
        diagnostics_error(walk->mistakes, line_place(line), "%s", mistake);
}

/* Lines that are empty but for separators are what spreadsheets leave behind. */
static void read_people(struct walk *walk, struct csv_reader *reader, struct roster *roster) {
    struct csv_record record;
    size_t room = 256;
    struct roster_person *people = ARENA_NEW(walk->arena, struct roster_person, room);
    while (csv_next(reader, &record)) {
        if (is_empty(&record))
            continue;
        if (record.count != walk->column_count) {
            diagnostics_error(walk->mistakes, line_place(record.line),
                              "this line has %zu cells, not %zu like the first", record.count,
                              walk->column_count);
            continue;
        }
        if (roster->count == room) {
            struct roster_person *larger = ARENA_NEW(walk->arena, struct roster_person, room * 2);
            memcpy(larger, people, room * sizeof *people);
            people = larger;
            room *= 2;
        }
        people[roster->count] = read_person(walk, &record);
        check_person(walk, &people[roster->count++]);
    }
    note_mistake(walk, reader);
    roster->people = people;
}

static void read_records(struct walk *walk, const char *bytes, size_t length, struct roster *roster) {
    struct csv_reader *reader = csv_open(bytes, length);
    struct csv_record header;
    if (csv_next(reader, &header)) {
        read_header(walk, &header);
        /* With a column in doubt nothing can be said of the cells. */
        if (diagnostics_count(walk->mistakes, SEVERITY_ERROR) == 0)
            read_people(walk, reader, roster);
        if (roster->count == 0 && diagnostics_count(walk->mistakes, SEVERITY_ERROR) == 0)
            diagnostics_error(walk->mistakes, (struct place){0}, "the file names nobody");
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
