#include "model/base/diagnostic.h"

#include "model/base/buffer.h"
#include "model/base/terminal.h"
#include "model/base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 100, LINE_MOST = 100, FILE_MOST = 4096 };

struct diagnostic {
    struct place place;
    enum severity severity;
    size_t order; /* of arrival, for mistakes at one place */
    const char *text;
    const char *help; /* lines, each ended; NULL for none */
    struct diagnostic *next;
};

struct diagnostics {
    struct arena *arena;
    const char *file;
    const char *source;
    size_t source_length;
    struct diagnostic *first, *last;
    size_t count[2];
};

struct diagnostics *diagnostics_create(struct arena *arena, const char *file) {
    struct diagnostics *diagnostics = ARENA_NEW(arena, struct diagnostics, 1);
    diagnostics->arena = arena;
    diagnostics->file = arena_copy(arena, file);
    return diagnostics;
}

void diagnostics_set_source(struct diagnostics *diagnostics, const char *source, size_t length) {
    diagnostics->source = source;
    diagnostics->source_length = length;
}

/* Places are asked for by the thousand in files of one long line: what is counted is counted in blocks, for
 * which the compiler has instructions that take many bytes at once. */
enum { BLOCK = 64 };

static unsigned count_characters(const char *start, const char *end) {
    unsigned count = 0;
    for (; end - start >= BLOCK; start += BLOCK) {
        unsigned char found = 0;
        for (int i = 0; i < BLOCK; i++)
            found = (unsigned char)(found + ((start[i] & 0xC0) != 0x80));
        count += found;
    }
    for (; start < end; start++)
        count += (*start & 0xC0) != 0x80;
    return count;
}

static unsigned count_lines(const char *start, const char *end) {
    unsigned count = 0;
    for (; end - start >= BLOCK; start += BLOCK) {
        unsigned char found = 0;
        for (int i = 0; i < BLOCK; i++)
            found = (unsigned char)(found + (start[i] == '\n'));
        count += found;
    }
    for (; start < end; start++)
        count += *start == '\n';
    return count;
}

struct place diagnostics_place(const char *source, const char *start, const char *end) {
    const char *before = memrchr(source, '\n', (size_t)(start - source));
    return (struct place){.line = count_lines(source, start) + 1,
                          .column = count_characters(before ? before + 1 : source, start) + 1,
                          .length = count_characters(start, end)};
}

static bool is_known(const struct diagnostics *diagnostics, struct place place, const char *text) {
    for (const struct diagnostic *one = diagnostics->first; one; one = one->next)
        if (one->place.line == place.line && one->place.column == place.column && !strcmp(one->text, text))
            return true;
    return false;
}

static void add(struct diagnostics *diagnostics, enum severity severity, struct place place,
                const char *text) {
    size_t order = diagnostics->count[SEVERITY_ERROR] + diagnostics->count[SEVERITY_WARNING];
    /* A file with very many mistakes costs one comparison with each kept one: keep only what is shown. */
    if (order < SHOWN_MOST * 10 && is_known(diagnostics, place, text))
        return;
    diagnostics->count[severity]++;
    if (order >= SHOWN_MOST * 10)
        return;
    struct diagnostic *one = ARENA_NEW(diagnostics->arena, struct diagnostic, 1);
    *one = (struct diagnostic){.place = place, .severity = severity, .order = order, .text = text};
    if (diagnostics->last)
        diagnostics->last->next = one;
    else
        diagnostics->first = one;
    diagnostics->last = one;
}

void diagnostics_error(struct diagnostics *diagnostics, struct place place, const char *format, ...) {
    va_list list;
    va_start(list, format);
    add(diagnostics, SEVERITY_ERROR, place, arena_format_list(diagnostics->arena, format, list));
    va_end(list);
}

void diagnostics_warning(struct diagnostics *diagnostics, struct place place, const char *format, ...) {
    va_list list;
    va_start(list, format);
    add(diagnostics, SEVERITY_WARNING, place, arena_format_list(diagnostics->arena, format, list));
    va_end(list);
}

void diagnostics_help(struct diagnostics *diagnostics, const char *format, ...) {
    struct diagnostic *last = diagnostics->last;
    if (!last)
        return;
    va_list list;
    va_start(list, format);
    const char *text = arena_format_list(diagnostics->arena, format, list);
    va_end(list);
    last->help = arena_format(diagnostics->arena, "%s%s\n", last->help ? last->help : "", text);
}

size_t diagnostics_count(const struct diagnostics *diagnostics, enum severity severity) {
    return diagnostics->count[severity];
}

static int compare(const void *left, const void *right) {
    const struct diagnostic *one = *(const struct diagnostic *const *)left;
    const struct diagnostic *other = *(const struct diagnostic *const *)right;
    if (one->place.line != other->place.line)
        return one->place.line < other->place.line ? -1 : 1;
    if (one->place.column != other->place.column)
        return one->place.column < other->place.column ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

/* The bytes of line `number`, without its end; NULL if the source has no such line. */
static const char *find_line(const struct diagnostics *diagnostics, unsigned number, size_t *length) {
    if (!diagnostics->source || number == 0)
        return NULL;
    const char *at = diagnostics->source, *end = at + diagnostics->source_length;
    for (unsigned line = 1; line < number; line++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at)
            return NULL;
        at++;
    }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *length = (size_t)((stop ? stop : end) - at);
    if (*length && at[*length - 1] == '\r')
        --*length;
    return at;
}

/* The length of the character at `at`, or 0 if it is not a valid one. */
static size_t character_length(const char *at, const char *end) {
    unsigned char first = (unsigned char)*at;
    size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    return length <= (size_t)(end - at) && text_is_utf8(at, length, NULL) ? length : 0;
}

/* Appends characters from `start` (from 0) to `stop` of a line, each as one. What else may steer a terminal
 * is replaced when all is printed. */
static void append_shown(struct buffer *buffer, const char *line, size_t length, unsigned start,
                         unsigned stop) {
    const char *end = line + length;
    unsigned column = 0;
    for (const char *at = line; at < end && column < stop; column++) {
        size_t size = character_length(at, end);
        bool control = (unsigned char)*at < ' ';
        if (column >= start && control)
            buffer_append(buffer, *at == '\t' ? " " : "\uFFFD");
        else if (column >= start)
            buffer_append_bytes(buffer, at, size ? size : 1);
        at += size ? size : 1;
    }
}

/* The source line and the caret under it; a long line is cut to a window around the caret. */
static void append_excerpt(struct buffer *buffer, const struct diagnostics *diagnostics, struct place place) {
    size_t length;
    const char *line = find_line(diagnostics, place.line, &length);
    if (!line)
        return;
    unsigned column = place.column ? place.column - 1 : 0;
    unsigned start = column > LINE_MOST * 3 / 4 ? column - LINE_MOST / 2 : 0;
    buffer_format(buffer, "%5u | %s", place.line, start ? "…" : "");
    append_shown(buffer, line, length, start, start + LINE_MOST);
    buffer_append(buffer, "\n");
    if (place.column == 0)
        return;
    buffer_format(buffer, "      | %*s^", (int)(column - start) + (start ? 1 : 0), "");
    unsigned room = LINE_MOST - (column - start);
    for (unsigned i = 1; i < place.length && i < room; i++)
        buffer_append(buffer, "~");
    buffer_append(buffer, "\n");
}

static void append_diagnostic(struct buffer *buffer, const struct diagnostics *diagnostics,
                              const struct diagnostic *one) {
    append_shown(buffer, diagnostics->file, strlen(diagnostics->file), 0, FILE_MOST);
    if (one->place.line)
        buffer_format(buffer, ":%u", one->place.line);
    if (one->place.column)
        buffer_format(buffer, ":%u", one->place.column);
    buffer_append(buffer, one->severity == SEVERITY_ERROR ? ": error: " : ": warning: ");
    append_shown(buffer, one->text, strlen(one->text), 0, 1000);
    buffer_append(buffer, "\n");
    append_excerpt(buffer, diagnostics, one->place);
    if (one->help)
        buffer_append(buffer, one->help);
}

void diagnostics_print(const struct diagnostics *diagnostics, FILE *stream) {
    size_t count = 0, total = diagnostics->count[SEVERITY_ERROR] + diagnostics->count[SEVERITY_WARNING];
    const struct diagnostic **sorted =
        ARENA_NEW(diagnostics->arena, const struct diagnostic *, total ? total : 1);
    for (const struct diagnostic *one = diagnostics->first; one; one = one->next)
        sorted[count++] = one;
    qsort(sorted, count, sizeof *sorted, compare);
    struct buffer buffer = {0};
    for (size_t i = 0; i < count && i < SHOWN_MOST; i++)
        append_diagnostic(&buffer, diagnostics, sorted[i]);
    if (total > SHOWN_MOST) {
        append_shown(&buffer, diagnostics->file, strlen(diagnostics->file), 0, FILE_MOST);
        buffer_format(&buffer, ": %zu more\n", total - SHOWN_MOST);
    }
    terminal_print(stream, "%s", buffer_text(&buffer));
    buffer_destroy(&buffer);
}
