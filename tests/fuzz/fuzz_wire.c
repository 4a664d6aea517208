/* What processes say to each other that may have been taken over: questions to the office and its answers,
 * and the reading of a page. What is read and written reads back as the same. */
#include "survey/office_wire.h"
#include "survey/scan_wire.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void same(const struct buffer *once, const struct buffer *twice) {
    if (office_wire_length(once->bytes) != once->length - OFFICE_WIRE_HEAD || once->length != twice->length ||
        memcmp(once->bytes, twice->bytes, once->length) != 0)
        abort();
}

static void look_at_question(struct arena *arena, const char *bytes, size_t length) {
    struct office_question question = {0}, again = {0};
    struct buffer once = {0}, twice = {0};
    if (!office_wire_read_question(arena, bytes, length, &question))
        return;
    office_wire_write_question(&once, &question);
    if (!office_wire_read_question(arena, once.bytes + OFFICE_WIRE_HEAD, once.length - OFFICE_WIRE_HEAD,
                                   &again))
        abort();
    office_wire_write_question(&twice, &again);
    same(&once, &twice);
    buffer_destroy(&once);
    buffer_destroy(&twice);
}

static void look_at_answer(struct arena *arena, const char *bytes, size_t length) {
    struct office_answer answer = {0}, again = {0};
    struct buffer once = {0}, twice = {0};
    if (office_wire_read_answer(arena, bytes, length, &answer)) {
        office_wire_write_answer(&once, &answer);
        if (!office_wire_read_answer(arena, once.bytes + OFFICE_WIRE_HEAD, once.length - OFFICE_WIRE_HEAD,
                                     &again))
            abort();
        office_wire_write_answer(&twice, &again);
        same(&once, &twice);
    }
    buffer_destroy(&once);
    buffer_destroy(&twice);
    reply_clear(&answer.reply);
    reply_clear(&again.reply);
}

static void look_at_reading(struct arena *arena, const char *bytes, size_t length) {
    static const struct scan_forms forms;
    struct scan_reading reading = {0};
    struct buffer said = {0};
    buffer_append_bytes(&said, bytes, length);
    if (scan_wire_read(&reading, arena, &said, &forms) && !reading.refusal)
        abort(); /* there is no form that it could be a page of */
    buffer_destroy(&said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_create();
    const char *bytes = arena_copy_bytes(arena, (const char *)data, size);
    look_at_question(arena, bytes, size);
    look_at_answer(arena, bytes, size);
    look_at_reading(arena, bytes, size);
    arena_destroy(arena);
    return 0;
}
