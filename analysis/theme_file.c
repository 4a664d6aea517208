#include "analysis/theme_file.h"

#include "model/base/folder.h"
#include "model/base/text.h"
#include "model/csv.h"
#include "model/csv_file.h"
#include "model/names.h"
#include "model/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEBIBYTES_MOST = 512, MISTAKES_MOST = 1000, THEMES_MOST = 40, NAME_MOST = 120 };

/* Columns that have a meaning here, the cells of a row first. */
enum column { ANSWER = THEME_CELLS, COUNT, SIMILAR, ID, KNOWN };
static const char *const names[KNOWN] = {[THEME_FIRST] = "themes",    [THEME_SECOND] = "second_coder",
                                         [THEME_SETTLED] = "settled", [THEME_QUOTE] = "quote",
                                         [ANSWER] = "answer",         [COUNT] = "count",
                                         [SIMILAR] = "similar",       [ID] = "id"};

const char *theme_file_path(struct arena *arena, const char *store, const char *item) {
    return arena_format(arena, "%s/%s.csv", store_themes_folder(arena, store), item);
}

static bool is_blank(const char *cell) {
    return !cell[strspn(cell, " \t\r\n")];
}

/* --- Formulas --- */

/* Whether a spreadsheet program would take the cell for a formula once the apostrophes before it are gone:
 * one more of them makes it a text, in such a way that it can be told from those of the answer itself. */
static bool is_formula(const char *cell) {
    return csv_is_formula(cell + strspn(cell, "'"));
}

static void append_cell(struct buffer *buffer, const char *cell, char separator) {
    struct buffer harmless = {0};
    buffer_format(&harmless, "%s%s", is_formula(cell) ? "'" : "", cell);
    csv_append(buffer, buffer_text(&harmless), separator);
    buffer_destroy(&harmless);
}

static const char *read_cell(const char *cell) {
    return *cell == '\'' && is_formula(cell) ? cell + 1 : cell;
}

/* --- Reading --- */

struct reading {
    struct arena *arena;
    struct csv_reader *reader;
    struct diagnostics *diagnostics;
    size_t places[KNOWN]; /* of the columns in a record; NAMES_NONE: none */
    size_t *others;       /* the places of the evaluator's own */
    size_t width;
    struct theme_coding *coding;
    size_t capacity;
    struct names *ids; /* of rows */
};

static struct place at_line(unsigned line) {
    return (struct place){.line = line};
}

/* Far more than are ever printed. */
static bool is_enough(const struct reading *reading) {
    return diagnostics_count(reading->diagnostics, SEVERITY_ERROR) >= MISTAKES_MOST;
}

static enum column find_column(const char *name) {
    for (int i = 0; i < KNOWN; i++)
        if (text_same_letters(name, names[i]))
            return (enum column)i;
    return KNOWN;
}

static void read_columns(struct reading *reading, const struct csv_record *header) {
    struct theme_coding *coding = reading->coding;
    const char **others = ARENA_NEW(reading->arena, const char *, header->count);
    reading->others = ARENA_NEW(reading->arena, size_t, header->count);
    reading->width = header->count;
    for (size_t i = 0; i < header->count; i++) {
        const char *name = theme_coding_text(reading->arena, read_cell(header->fields[i]));
        enum column column = find_column(name);
        if (column == KNOWN) {
            reading->others[coding->other_count] = i;
            others[coding->other_count++] = name;
        } else if (reading->places[column] != NAMES_NONE) {
            diagnostics_error(reading->diagnostics, at_line(header->line), "the column \"%s\" is there twice",
                              names[column]);
        } else {
            reading->places[column] = i;
        }
    }
    coding->others = others;
}

static void note_mistake(struct reading *reading) {
    unsigned line;
    const char *mistake = csv_mistake(reading->reader, &line);
    if (mistake)
        diagnostics_error(reading->diagnostics, at_line(line), "%s", mistake);
}

static bool read_header(struct reading *reading) {
    struct csv_record header;
    for (size_t i = 0; i < KNOWN; i++)
        reading->places[i] = NAMES_NONE;
    if (!csv_next(reading->reader, &header)) {
        note_mistake(reading);
        if (!csv_mistake(reading->reader, NULL))
            diagnostics_error(reading->diagnostics, at_line(0),
                              "the file is empty; remove it, and it is written anew");
        return false;
    }
    read_columns(reading, &header);
    bool named = reading->places[ANSWER] != NAMES_NONE || reading->places[ID] != NAMES_NONE;
    if (!named || reading->places[THEME_FIRST] == NAMES_NONE)
        diagnostics_error(reading->diagnostics, at_line(header.line),
                          "there is no column \"%s\"; the first line names the columns, with commas or"
                          " semicolons between them",
                          named ? "themes" : "answer");
    return diagnostics_count(reading->diagnostics, SEVERITY_ERROR) == 0;
}

static const char *field_at(const struct csv_record *record, size_t place) {
    return place < record->count ? read_cell(record->fields[place]) : "";
}

static bool is_empty(const char *const *fields, size_t first, size_t count) {
    for (size_t i = first; i < count; i++)
        if (!is_blank(fields[i]))
            return false;
    return true;
}

/* A theme is a name of a few words: what is longer landed in the wrong column. */
static void check_themes(struct reading *reading, enum theme_cell cell, const struct theme_row *row) {
    size_t count = 1;
    for (const char *at = row->cells[cell]; *at; at++)
        count += *at == ';' || *at == '\n';
    if (count > THEMES_MOST) {
        diagnostics_error(reading->diagnostics, at_line(row->line),
                          "column \"%s\": more than %d themes for one answer", names[cell], THEMES_MOST);
        return;
    }
    const char *const *themes = theme_coding_split(reading->arena, row->cells[cell], &count);
    for (size_t i = 0; i < count; i++)
        if (text_characters(themes[i]) > NAME_MOST)
            diagnostics_error(reading->diagnostics, at_line(row->line),
                              "column \"%s\": \"%s\" has more than %d characters: is it a theme?",
                              names[cell], csv_file_shown(reading->arena, themes[i]), NAME_MOST);
}

static bool is_id(const char *id) {
    return strlen(id) == THEME_ID_SIZE - 1 && *id == 'a' &&
           strspn(id + 1, "0123456789abcdef") == THEME_ID_SIZE - 2;
}

/* The row's own id where it has one: the answer beside it may have been changed by the program that saved the
 * file. */
static const char *find_id(struct reading *reading, const struct csv_record *record, const char *answer) {
    const char *given = theme_coding_text(reading->arena, field_at(record, reading->places[ID]));
    if (*given && is_id(given))
        return given;
    if (*given)
        diagnostics_error(reading->diagnostics, at_line(record->line),
                          "column \"id\": \"%s\" is no answer's id; leave the column as it was written",
                          csv_file_shown(reading->arena, given));
    char id[THEME_ID_SIZE];
    theme_coding_id(answer, id);
    return arena_copy(reading->arena, id);
}

static struct theme_row read_row(struct reading *reading, const struct csv_record *record) {
    const char *answer = arena_copy(reading->arena, field_at(record, reading->places[ANSWER]));
    struct theme_row row = {.answer = answer, .line = record->line, .id = find_id(reading, record, answer)};
    for (size_t i = 0; i < THEME_CELLS; i++) {
        const char *cell = field_at(record, reading->places[i]);
        row.cells[i] = arena_copy(reading->arena, is_blank(cell) ? "" : cell);
    }
    const char **others = ARENA_NEW(reading->arena, const char *, reading->coding->other_count);
    for (size_t i = 0; i < reading->coding->other_count; i++)
        others[i] = arena_copy(reading->arena, field_at(record, reading->others[i]));
    row.others = others;
    for (int i = THEME_FIRST; i <= THEME_SETTLED; i++)
        check_themes(reading, (enum theme_cell)i, &row);
    return row;
}

static bool is_same_coding(const struct theme_coding *coding, const struct theme_row *one,
                           const struct theme_row *other) {
    for (size_t i = 0; i < THEME_CELLS; i++)
        if (strcmp(one->cells[i], other->cells[i]) != 0)
            return false;
    for (size_t i = 0; i < coding->other_count; i++)
        if (strcmp(one->others[i], other->others[i]) != 0)
            return false;
    return true;
}

/* An answer may stand in several rows, as after pasting, as long as they do not contradict each other. */
static void add_row(struct reading *reading, struct theme_row row) {
    struct theme_coding *coding = reading->coding;
    size_t at = names_find(reading->ids, row.id);
    if (at != NAMES_NONE) {
        struct theme_row *first = &coding->rows[at];
        if (!theme_coding_is_touched(coding, &row) || is_same_coding(coding, first, &row))
            return;
        if (theme_coding_is_touched(coding, first))
            diagnostics_error(reading->diagnostics, at_line(row.line),
                              "the answer of line %u is here again, coded in another way", first->line);
        *first = row;
        return;
    }
    if (coding->count == reading->capacity) {
        size_t capacity = reading->capacity ? 2 * reading->capacity : 256;
        struct theme_row *rows = ARENA_NEW(reading->arena, struct theme_row, capacity);
        if (coding->count)
            memcpy(rows, coding->rows, coding->count * sizeof *rows);
        coding->rows = rows;
        reading->capacity = capacity;
    }
    coding->rows[coding->count] = row;
    names_add(reading->ids, row.id, coding->count++);
}

static void read_record(struct reading *reading, const struct csv_record *record) {
    if (is_empty(record->fields, 0, record->count))
        return;
    if (!is_empty(record->fields, reading->width, record->count)) {
        diagnostics_error(
            reading->diagnostics, at_line(record->line),
            "there are %zu fields, but the first line names %zu columns: a cell with \"%c\" in it must be"
            " in quotes",
            record->count, reading->width, reading->coding->separator);
        return;
    }
    struct theme_row row = read_row(reading, record);
    if (!is_blank(row.answer) || !is_blank(field_at(record, reading->places[ID])))
        add_row(reading, row);
    else
        diagnostics_error(reading->diagnostics, at_line(record->line), "this line has no answer");
}

/* Whoever sorts a part of the columns only puts every coding beside a wrong answer. A row whose answer is
 * that of another row shows it. */
static void check_order(struct reading *reading) {
    const struct theme_coding *coding = reading->coding;
    if (reading->places[ANSWER] == NAMES_NONE || reading->places[ID] == NAMES_NONE)
        return;
    for (size_t i = 0; i < coding->count && !is_enough(reading); i++) {
        char id[THEME_ID_SIZE];
        theme_coding_id(coding->rows[i].answer, id);
        size_t at = names_find(reading->ids, id);
        if (at != NAMES_NONE && at != i)
            diagnostics_error(reading->diagnostics, at_line(coding->rows[i].line),
                              "the answer and the id of this line do not belong together (the answer's is on"
                              " line %u): were some columns sorted without the others?",
                              coding->rows[at].line);
    }
}

struct theme_coding *theme_file_parse(struct arena *arena, const char *bytes, size_t length,
                                      struct diagnostics *diagnostics) {
    if (!csv_file_check(bytes, length, diagnostics))
        return NULL;
    struct reading reading = {.arena = arena,
                              .reader = csv_open(bytes, length),
                              .diagnostics = diagnostics,
                              .coding = ARENA_NEW(arena, struct theme_coding, 1),
                              .ids = names_create(arena, false)};
    reading.coding->separator = csv_separator(reading.reader);
    struct csv_record record;
    if (read_header(&reading)) {
        while (!is_enough(&reading) && csv_next(reading.reader, &record))
            read_record(&reading, &record);
        note_mistake(&reading);
        check_order(&reading);
    }
    csv_close(reading.reader);
    return diagnostics_count(diagnostics, SEVERITY_ERROR) ? NULL : reading.coding;
}

bool theme_file_read(struct arena *arena, const char *path, struct theme_coding **coding,
                     struct failure *failure) {
    char *bytes;
    size_t length;
    *coding = NULL;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return true;
    if (!csv_file_read(path, MEBIBYTES_MOST, &bytes, &length, failure))
        return false;
    struct diagnostics *diagnostics = diagnostics_create(arena, path);
    *coding = theme_file_parse(arena, bytes, length, diagnostics);
    if (!*coding)
        diagnostics_print(diagnostics, stderr);
    free(bytes);
    return *coding != NULL;
}

/* --- Writing --- */

static void append_number(struct buffer *buffer, size_t number, char separator) {
    if (number)
        buffer_format(buffer, "%zu", number);
    buffer_append_bytes(buffer, &separator, 1);
}

static void append_row(struct buffer *buffer, const struct theme_coding *coding,
                       const struct theme_row *row) {
    append_cell(buffer, row->answer, coding->separator);
    buffer_format(buffer, "%c%zu%c", coding->separator, row->count, coding->separator);
    append_number(buffer, row->group, coding->separator);
    for (size_t i = 0; i < THEME_CELLS; i++) {
        append_cell(buffer, row->cells[i], coding->separator);
        buffer_append_bytes(buffer, &coding->separator, 1);
    }
    for (size_t i = 0; i < coding->other_count; i++) {
        append_cell(buffer, row->others[i], coding->separator);
        buffer_append_bytes(buffer, &coding->separator, 1);
    }
    buffer_format(buffer, "%s\n", row->id);
}

static unsigned count_lines(const char *text) {
    unsigned count = 0;
    for (; *text; text++)
        count += *text == '\n' || (*text == '\r' && text[1] != '\n');
    return count;
}

void theme_file_append(struct buffer *buffer, struct theme_coding *coding) {
    static const int first[] = {ANSWER,       COUNT,         SIMILAR,    THEME_FIRST,
                                THEME_SECOND, THEME_SETTLED, THEME_QUOTE};
    size_t begin = buffer->length;
    buffer_append(buffer, "\xEF\xBB\xBF");
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        buffer_format(buffer, "%s%c", names[first[i]], coding->separator);
    for (size_t i = 0; i < coding->other_count; i++) {
        append_cell(buffer, coding->others[i], coding->separator);
        buffer_append_bytes(buffer, &coding->separator, 1);
    }
    buffer_format(buffer, "%s\n", names[ID]);
    unsigned line = count_lines(buffer_text(buffer) + begin);
    for (size_t i = 0; i < coding->count; i++) {
        size_t at = buffer->length;
        coding->rows[i].line = line + 1;
        append_row(buffer, coding, &coding->rows[i]);
        line += count_lines(buffer_text(buffer) + at);
    }
}

static bool is_written(const char *path, const struct buffer *text) {
    struct failure failure = {0};
    char *bytes;
    size_t length;
    if (!csv_file_read(path, MEBIBYTES_MOST, &bytes, &length, &failure))
        return false;
    bool same = length == text->length && !memcmp(bytes, text->bytes, length);
    free(bytes);
    return same;
}

static bool write_all(FILE *file, const struct buffer *text) {
    bool done = file && fwrite(text->bytes, 1, text->length, file) == text->length && fflush(file) == 0 &&
                fsync(fileno(file)) == 0;
    return file && fclose(file) == 0 && done;
}

/* Beside its place and then put there by rename, readable by its owner alone (mkstemp). */
static bool put(struct arena *arena, const char *path, const struct buffer *text, struct failure *failure) {
    char *temporary = arena_format(arena, "%s.XXXXXX", path);
    int file = mkstemp(temporary);
    if (file < 0)
        return failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    if (write_all(fdopen(file, "wb"), text) && rename(temporary, path) == 0 && folder_sync(path))
        return true;
    failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    unlink(temporary);
    return false;
}

bool theme_file_write(struct arena *arena, const char *path, struct theme_coding *coding,
                      struct failure *failure) {
    const char *folder = arena_copy_bytes(arena, path, (size_t)(strrchr(path, '/') - path));
    bool made = mkdir(folder, 0700) == 0;
    if (made ? !folder_sync(folder) : errno != EEXIST)
        return failure_set(failure, "cannot make the folder %s: %s", folder, strerror(errno));
    struct buffer text = {0};
    theme_file_append(&text, coding);
    bool done = is_written(path, &text) || put(arena, path, &text, failure);
    buffer_destroy(&text);
    return done;
}
