#include "model/csv.h"

#include "model/base/arena.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* More than any questionnaire has columns: a file with more is not one of answers. */
enum { FIELDS_MOST = 8192 };

struct csv_reader {
    struct csv_parser parser;
    struct arena *arena;
    const char *at, *end;
    unsigned line; /* of `at` */
    char separator;
    bool finished;    /* the parser was told that there is no more */
    bool row_is_open; /* fields were begun that no row end followed yet */
    unsigned row_line;
    bool row_is_done;
    struct buffer text; /* the fields of the row, each with its NUL */
    size_t *starts;
    size_t count, capacity;
    const char **fields;
    const char *mistake;
    unsigned mistake_line;
};

static char find_separator(const char *at, const char *end) {
    size_t commas = 0, semicolons = 0;
    bool quoted = false;
    for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
        quoted = quoted != (*at == '"');
        commas += !quoted && *at == ',';
        semicolons += !quoted && *at == ';';
    }
    return semicolons > commas ? ';' : ',';
}

/* libcsv takes blanks around a field away unless nothing is a blank: here they are part of it. */
static int is_no_blank(unsigned char letter) {
    (void)letter;
    return 0;
}

struct csv_reader *csv_open(const char *bytes, size_t length) {
    struct csv_reader *reader = calloc(1, sizeof *reader);
    if (!reader || csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        abort();
    reader->arena = arena_create();
    bool marked = length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3);
    reader->at = bytes + (marked ? 3 : 0);
    reader->end = bytes + length;
    reader->line = 1;
    reader->separator = find_separator(reader->at, reader->end);
    csv_set_delim(&reader->parser, (unsigned char)reader->separator);
    csv_set_space_func(&reader->parser, is_no_blank);
    return reader;
}

static void grow(struct csv_reader *reader) {
    size_t capacity = reader->capacity ? reader->capacity * 2 : 64;
    size_t *starts = ARENA_NEW(reader->arena, size_t, capacity);
    if (reader->count)
        memcpy(starts, reader->starts, reader->count * sizeof *starts);
    reader->starts = starts;
    reader->fields = ARENA_NEW(reader->arena, const char *, capacity);
    reader->capacity = capacity;
}

static void take_field(void *bytes, size_t length, void *data) {
    struct csv_reader *reader = data;
    if (reader->count == FIELDS_MOST) {
        reader->mistake = "more than 8192 fields on one line: this is no file of answers";
        return;
    }
    if (reader->count == reader->capacity)
        grow(reader);
    reader->starts[reader->count++] = reader->text.length;
    buffer_append_bytes(&reader->text, bytes ? bytes : "", length);
    buffer_append_bytes(&reader->text, "", 1);
}

static void take_row_end(int letter, void *data) {
    (void)letter;
    struct csv_reader *reader = data;
    reader->row_is_done = true;
}

/* The line at `at` with its end. A piece holds at most one row end, so that rows come one by one with their
 * lines. */
static size_t piece_length(const struct csv_reader *reader) {
    const char *at = reader->at;
    while (at < reader->end && *at != '\n' && *at != '\r')
        at++;
    if (at < reader->end)
        at += *at == '\r' && at + 1 < reader->end && at[1] == '\n' ? 2 : 1;
    return (size_t)(at - reader->at);
}

static void set_mistake(struct csv_reader *reader, const char *mistake, unsigned line) {
    reader->mistake = mistake;
    reader->mistake_line = line;
}

static void parse_piece(struct csv_reader *reader) {
    size_t length = piece_length(reader);
    const char *piece = reader->at;
    unsigned line = reader->line++;
    reader->at += length;
    if (!reader->row_is_open) {
        if (*piece == '\n' || *piece == '\r')
            return; /* a blank line, not one of a quoted field */
        reader->row_line = line;
        reader->row_is_open = true;
    }
    size_t done = csv_parse(&reader->parser, piece, length, take_field, take_row_end, reader);
    if (csv_error(&reader->parser) == CSV_ENOMEM)
        abort();
    if (reader->mistake)
        reader->mistake_line = line;
    else if (done < length)
        set_mistake(
            reader,
            "a quote stands in the middle of a field; put the whole field in quotes and double those in it",
            line);
}

static void finish(struct csv_reader *reader) {
    reader->finished = true;
    if (csv_fini(&reader->parser, take_field, take_row_end, reader) != 0)
        set_mistake(reader,
                    "a field begins with a quote that is never closed, in the record that begins here",
                    reader->row_line);
}

bool csv_next(struct csv_reader *reader, struct csv_record *record) {
    buffer_clear(&reader->text);
    reader->count = 0;
    reader->row_is_done = reader->row_is_open = false;
    while (!reader->row_is_done && !reader->mistake && reader->at < reader->end)
        parse_piece(reader);
    if (!reader->row_is_done && !reader->mistake && !reader->finished)
        finish(reader);
    if (!reader->row_is_done || reader->mistake)
        return false;
    for (size_t i = 0; i < reader->count; i++)
        reader->fields[i] = reader->text.bytes + reader->starts[i];
    *record = (struct csv_record){reader->fields, reader->count, reader->row_line};
    return true;
}

const char *csv_mistake(const struct csv_reader *reader, unsigned *line) {
    if (reader->mistake && line)
        *line = reader->mistake_line;
    return reader->mistake;
}

char csv_separator(const struct csv_reader *reader) {
    return reader->separator;
}

void csv_close(struct csv_reader *reader) {
    if (!reader)
        return;
    csv_free(&reader->parser);
    buffer_destroy(&reader->text);
    arena_destroy(reader->arena);
    free(reader);
}

void csv_append(struct buffer *buffer, const char *cell, char separator) {
    const char special[] = {separator, '"', '\n', '\r', '\0'};
    if (!cell[strcspn(cell, special)]) {
        buffer_append(buffer, cell);
        return;
    }
    buffer_append_bytes(buffer, "\"", 1);
    for (const char *quote; (quote = strchr(cell, '"')); cell = quote + 1) {
        buffer_append_bytes(buffer, cell, (size_t)(quote - cell) + 1);
        buffer_append_bytes(buffer, "\"", 1);
    }
    buffer_append(buffer, cell);
    buffer_append_bytes(buffer, "\"", 1);
}

/* Some of them look behind white space at the beginning. */
bool csv_is_formula(const char *cell) {
    return *cell && strchr("=+-@\t\r\n", *cell);
}

void csv_append_harmless(struct buffer *buffer, const char *cell, char separator) {
    struct buffer harmless = {0};
    buffer_format(&harmless, "%s%s", csv_is_formula(cell) ? "'" : "", cell);
    csv_append(buffer, buffer_text(&harmless), separator);
    buffer_destroy(&harmless);
}
