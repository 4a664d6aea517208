#include "model/yaml_line.h"

#include "model/base/buffer.h"

#include <string.h>

struct yaml_line yaml_line_at(const char *source, size_t length, size_t offset) {
    size_t start = offset < length ? offset : length;
    while (start > 0 && source[start - 1] != '\n')
        start--;
    struct yaml_line line = {.text = source + start, .offset = start};
    while (start + line.length < length && source[start + line.length] != '\n')
        line.length++;
    if (line.length && line.text[line.length - 1] == '\r')
        line.length--;
    return line;
}

struct yaml_line yaml_line_after(const char *source, size_t length, const struct yaml_line *line) {
    const char *end =
        line->offset < length ? memchr(source + line->offset, '\n', length - line->offset) : NULL;
    return yaml_line_at(source, length, end ? (size_t)(end - source) + 1 : length);
}

static char at(const struct yaml_line *line, size_t position) {
    return position < line->length ? line->text[position] : '\0';
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\0';
}

static bool is_key_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '-';
}

/* Behind the indentation and the "- " of lists. */
static size_t skip_indent(const struct yaml_line *line) {
    size_t position = 0;
    while (at(line, position) == ' ' || (at(line, position) == '-' && at(line, position + 1) == ' '))
        position++;
    return position;
}

static size_t skip_key(const struct yaml_line *line, size_t position) {
    while (is_key_byte(at(line, position)))
        position++;
    return position;
}

bool yaml_line_value(const struct yaml_line *line, size_t *from) {
    size_t key = skip_indent(line), colon = skip_key(line, key);
    if (colon == key || at(line, colon) != ':' || !is_space(at(line, colon + 1)))
        return false;
    *from = colon + 1;
    while (at(line, *from) == ' ')
        ++*from;
    return *from < line->length;
}

bool yaml_line_tight_colon(const struct yaml_line *line, size_t *colon) {
    size_t key = skip_indent(line);
    *colon = skip_key(line, key);
    return *colon > key && at(line, *colon) == ':' && !is_space(at(line, *colon + 1));
}

/* Whether `, key: ` or the end of the line follows the comma at `position`. */
static bool ends_entry(const struct yaml_line *line, size_t position) {
    do
        position++;
    while (at(line, position) == ' ');
    size_t key = skip_key(line, position);
    return position >= line->length || (key > position && at(line, key) == ':');
}

size_t yaml_line_text_end(const struct yaml_line *line, size_t from, bool flow) {
    size_t end = from;
    while (end < line->length) {
        char byte = at(line, end);
        if (byte == '#' && end > 0 && is_space(at(line, end - 1)))
            break;
        if (flow && (byte == '}' || byte == ']' || (byte == ',' && ends_entry(line, end))))
            break;
        end++;
    }
    while (end > from && is_space(at(line, end - 1)))
        end--;
    return end;
}

static bool is_unquoted(const struct yaml_line *line, size_t from) {
    char byte = at(line, from);
    return byte && !strchr("\"'[{|>&*!#%@`", byte);
}

bool yaml_line_block_colon(const struct yaml_line *line, size_t *from, size_t *colon) {
    if (!yaml_line_value(line, from) || !is_unquoted(line, *from))
        return false;
    size_t end = yaml_line_text_end(line, *from, false);
    for (*colon = *from; *colon < end; ++*colon)
        if (at(line, *colon) == ':' && is_space(at(line, *colon + 1)))
            return true;
    return false;
}

bool yaml_line_flow_colon(const struct yaml_line *line, size_t colon, size_t *from) {
    if (at(line, colon) != ':')
        return false;
    size_t entry = colon;
    while (entry > 0 && !strchr("{[,", at(line, entry - 1)))
        entry--;
    for (size_t i = entry; i < colon; i++)
        if (at(line, i) == ':' && is_space(at(line, i + 1))) {
            *from = i + 1;
            while (at(line, *from) == ' ')
                ++*from;
            return *from < colon && is_unquoted(line, *from);
        }
    return false;
}

size_t yaml_line_last(const struct yaml_line *line, char quote) {
    size_t last = 0;
    for (size_t i = 0; i < line->length; i++)
        if (at(line, i) == quote)
            last = i;
    return last;
}

bool yaml_line_opening(const struct yaml_line *line, size_t before, char quote, size_t *from) {
    for (*from = 0; *from < before; ++*from)
        if (at(line, *from) == quote && *from > 0 && strchr(" {[,", at(line, *from - 1)))
            return true;
    return false;
}

/* Double quotes, unless the text has some: then single ones, inside which a single one is doubled. */
static void append_quoted(struct buffer *buffer, const char *text, size_t length) {
    bool single = memchr(text, '"', length) || memchr(text, '\\', length);
    buffer_append(buffer, single ? "'" : "\"");
    for (size_t i = 0; i < length; i++) {
        buffer_append_bytes(buffer, text + i, 1);
        if (single && text[i] == '\'')
            buffer_append(buffer, "'");
    }
    buffer_append(buffer, single ? "'" : "\"");
}

static const char *finish(struct arena *arena, struct buffer *buffer, const struct yaml_line *line,
                          size_t to) {
    buffer_append_bytes(buffer, line->text + to, line->length - to);
    const char *text = arena_copy(arena, buffer_text(buffer));
    buffer_destroy(buffer);
    return text;
}

const char *yaml_line_quoted(struct arena *arena, const struct yaml_line *line, size_t from, size_t to) {
    struct buffer buffer = {0};
    buffer_append_bytes(&buffer, line->text, from);
    append_quoted(&buffer, line->text + from, to - from);
    return finish(arena, &buffer, line, to);
}

const char *yaml_line_requoted(struct arena *arena, const struct yaml_line *line, size_t from, size_t to) {
    struct buffer buffer = {0};
    buffer_append_bytes(&buffer, line->text, from);
    append_quoted(&buffer, line->text + from + 1, to - from - 2);
    return finish(arena, &buffer, line, to);
}

const char *yaml_line_spaced(struct arena *arena, const struct yaml_line *line, size_t position) {
    struct buffer buffer = {0};
    buffer_append_bytes(&buffer, line->text, position);
    buffer_append(&buffer, " ");
    return finish(arena, &buffer, line, position);
}
