#include "analysis/json_writer.h"

#include "analysis/number_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 17 };

struct json_writer {
    struct buffer *buffer;
    struct number_text *numbers;
    char *closing; /* the brackets that are open, as they are closed */
    size_t depth, room;
    size_t flat; /* the depth from which all stands on one line; 0: nowhere */
    bool empty;  /* nothing was written since the last bracket was opened */
};

struct json_writer *json_writer_create(struct buffer *buffer) {
    struct json_writer *writer = malloc(sizeof *writer);
    if (!writer)
        abort();
    *writer = (struct json_writer){.buffer = buffer, .numbers = number_text_create(DIGITS), .empty = true};
    return writer;
}

void json_writer_destroy(struct json_writer *writer) {
    if (writer->depth)
        abort();
    number_text_destroy(writer->numbers);
    free(writer->closing);
    free(writer);
}

static void break_line(struct json_writer *writer) {
    static const char LINE[] = "\n                ";
    size_t length = 1 + writer->depth;
    buffer_append_bytes(writer->buffer, LINE, length < sizeof LINE ? length : sizeof LINE - 1);
}

static void append_text(struct buffer *buffer, const char *text) {
    buffer_append(buffer, "\"");
    for (;;) {
        size_t plain = 0;
        while ((unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
            plain++;
        buffer_append_bytes(buffer, text, plain);
        text += plain;
        if (!*text)
            break;
        if (*text == '"' || *text == '\\')
            buffer_format(buffer, "\\%c", *text);
        else
            buffer_format(buffer, "\\u%04x", (unsigned char)*text);
        text++;
    }
    buffer_append(buffer, "\"");
}

/* What stands before a value. */
static void begin(struct json_writer *writer, const char *key) {
    if (!writer->empty)
        buffer_append(writer->buffer, writer->flat ? ", " : ",");
    if (!writer->flat && writer->depth)
        break_line(writer);
    writer->empty = false;
    if (!key)
        return;
    append_text(writer->buffer, key);
    buffer_append(writer->buffer, ": ");
}

static void make_room(struct json_writer *writer) {
    if (writer->depth < writer->room)
        return;
    writer->room = 2 * writer->room + 32;
    writer->closing = realloc(writer->closing, writer->room);
    if (!writer->closing)
        abort();
}

static void open_bracket(struct json_writer *writer, const char *key, bool array) {
    begin(writer, key);
    buffer_append(writer->buffer, array ? "[" : "{");
    make_room(writer);
    writer->closing[writer->depth++] = array ? ']' : '}';
    writer->empty = true;
}

void json_writer_open_object(struct json_writer *writer, const char *key) {
    open_bracket(writer, key, false);
}

void json_writer_open_array(struct json_writer *writer, const char *key) {
    open_bracket(writer, key, true);
}

void json_writer_open_flat(struct json_writer *writer, const char *key, bool array) {
    open_bracket(writer, key, array);
    if (!writer->flat)
        writer->flat = writer->depth;
}

void json_writer_close(struct json_writer *writer) {
    if (writer->depth == 0)
        abort();
    bool flat = writer->flat > 0;
    if (writer->flat == writer->depth)
        writer->flat = 0;
    writer->depth--;
    if (!flat && !writer->empty)
        break_line(writer);
    buffer_append_bytes(writer->buffer, &writer->closing[writer->depth], 1);
    writer->empty = false;
}

void json_writer_text(struct json_writer *writer, const char *key, const char *text) {
    begin(writer, key);
    if (text)
        append_text(writer->buffer, text);
    else
        buffer_append(writer->buffer, "null");
}

void json_writer_number(struct json_writer *writer, const char *key, double number) {
    begin(writer, key);
    if (isfinite(number))
        number_text_append(writer->numbers, writer->buffer, number);
    else
        buffer_append(writer->buffer, "null");
}

void json_writer_count(struct json_writer *writer, const char *key, size_t count) {
    json_writer_number(writer, key, (double)count);
}

void json_writer_truth(struct json_writer *writer, const char *key, bool truth) {
    begin(writer, key);
    buffer_append(writer->buffer, truth ? "true" : "false");
}

void json_writer_null(struct json_writer *writer, const char *key) {
    begin(writer, key);
    buffer_append(writer->buffer, "null");
}
