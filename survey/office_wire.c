#include "survey/office_wire.h"

#include <string.h>

enum { NUMBER_SIZE = 8, FIELDS_MOST = 100000 };

/* The length of a text that is NULL. */
#define NO_TEXT UINT64_MAX

/* --- writing --- */

static void write_number(struct buffer *frames, uint64_t number) {
    char bytes[NUMBER_SIZE];
    for (int i = 0; i < NUMBER_SIZE; i++)
        bytes[i] = (char)(number >> (8 * i) & 0xFF);
    buffer_append_bytes(frames, bytes, sizeof bytes);
}

static void write_bytes(struct buffer *frames, const char *bytes, size_t length) {
    write_number(frames, length);
    buffer_append_bytes(frames, bytes, length);
}

static void write_text(struct buffer *frames, const char *text) {
    if (text)
        write_bytes(frames, text, strlen(text));
    else
        write_number(frames, NO_TEXT);
}

/* Leaves room for the head, whose place is given. */
static size_t begin(struct buffer *frames) {
    size_t place = frames->length;
    buffer_append_bytes(frames, "\0\0\0\0", OFFICE_WIRE_HEAD);
    return place;
}

static void end(struct buffer *frames, size_t place) {
    size_t length = frames->length - place - OFFICE_WIRE_HEAD;
    for (size_t i = 0; i < OFFICE_WIRE_HEAD; i++)
        frames->bytes[place + i] = (char)(length >> (8 * i) & 0xFF);
}

void office_wire_write_question(struct buffer *frames, const struct office_question *question) {
    const struct request *request = &question->request;
    size_t place = begin(frames);
    write_number(frames, question->ticket);
    write_number(frames, request->method);
    write_number(frames, request->is_secure);
    write_text(frames, request->path);
    write_text(frames, request->language);
    write_text(frames, request->accept_language);
    write_text(frames, request->session);
    write_number(frames, request->field_count);
    for (size_t i = 0; i < request->field_count; i++) {
        write_text(frames, request->fields[i].name);
        write_text(frames, request->fields[i].value);
    }
    end(frames, place);
}

void office_wire_write_answer(struct buffer *frames, const struct office_answer *answer) {
    const struct reply *reply = &answer->reply;
    size_t place = begin(frames);
    write_number(frames, answer->ticket);
    write_number(frames, answer->cost);
    write_number(frames, answer->hold);
    write_number(frames, reply->status);
    write_number(frames, reply->header_count);
    for (size_t i = 0; i < reply->header_count; i++) {
        write_text(frames, reply->headers[i].name);
        write_text(frames, reply->headers[i].value);
    }
    write_bytes(frames, buffer_text(&reply->body), reply->body.length);
    end(frames, place);
}

/* --- reading --- */

struct reading {
    struct arena *arena;
    const char *rest;
    size_t left;
    bool failed;
};

static uint64_t read_number(struct reading *reading, uint64_t most) {
    uint64_t number = 0;
    if (reading->left < NUMBER_SIZE) {
        reading->failed = true;
        return 0;
    }
    for (int i = NUMBER_SIZE; i-- > 0;)
        number = number << 8 | (unsigned char)reading->rest[i];
    reading->rest += NUMBER_SIZE;
    reading->left -= NUMBER_SIZE;
    reading->failed |= number > most;
    return reading->failed ? 0 : number;
}

static const char *read_bytes(struct reading *reading, size_t length) {
    if (length > reading->left)
        reading->failed = true;
    if (reading->failed)
        return "";
    const char *bytes = reading->rest;
    reading->rest += length;
    reading->left -= length;
    return bytes;
}

static const char *read_text(struct reading *reading) {
    uint64_t length = read_number(reading, NO_TEXT);
    if (length == NO_TEXT)
        return NULL;
    const char *bytes = read_bytes(reading, length);
    return reading->failed ? NULL : arena_copy_bytes(reading->arena, bytes, length);
}

static const char *read_some_text(struct reading *reading) {
    const char *text = read_text(reading);
    reading->failed |= !text;
    return text;
}

size_t office_wire_length(const char head[static OFFICE_WIRE_HEAD]) {
    size_t length = 0;
    for (size_t i = OFFICE_WIRE_HEAD; i-- > 0;)
        length = length << 8 | (unsigned char)head[i];
    return length <= OFFICE_WIRE_MOST ? length : 0;
}

bool office_wire_read_question(struct arena *arena, const char *bytes, size_t length,
                               struct office_question *question) {
    struct reading reading = {arena, bytes, length, false};
    *question = (struct office_question){.ticket = read_number(&reading, UINT64_MAX)};
    struct request *request = &question->request;
    request->method = (enum request_method)read_number(&reading, REQUEST_OTHER);
    request->is_secure = read_number(&reading, 1);
    request->path = read_some_text(&reading);
    request->language = read_text(&reading);
    request->accept_language = read_text(&reading);
    request->session = read_text(&reading);
    request->field_count = read_number(&reading, FIELDS_MOST);
    struct request_field *fields = ARENA_NEW(arena, struct request_field, request->field_count);
    request->fields = fields;
    for (size_t i = 0; i < request->field_count && !reading.failed; i++) {
        fields[i].name = read_some_text(&reading);
        fields[i].value = read_some_text(&reading);
    }
    return !reading.failed && reading.left == 0;
}

bool office_wire_read_answer(struct arena *arena, const char *bytes, size_t length,
                             struct office_answer *answer) {
    struct reading reading = {arena, bytes, length, false};
    *answer = (struct office_answer){.ticket = read_number(&reading, UINT64_MAX)};
    answer->cost = (unsigned)read_number(&reading, UINT16_MAX);
    answer->hold = (unsigned)read_number(&reading, UINT16_MAX);
    answer->reply.status = (unsigned)read_number(&reading, 599);
    size_t headers = read_number(&reading, REPLY_HEADERS_MOST);
    for (size_t i = 0; i < headers && !reading.failed; i++) {
        const char *name = read_some_text(&reading);
        const char *value = read_some_text(&reading);
        if (!reading.failed)
            reply_add_header(&answer->reply, name, value);
    }
    size_t body_length = read_number(&reading, OFFICE_WIRE_MOST);
    const char *body = read_bytes(&reading, body_length);
    if (reading.failed || reading.left || answer->reply.status < 200)
        return false;
    buffer_append_bytes(&answer->reply.body, body, body_length);
    return true;
}
