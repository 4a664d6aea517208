#include "survey/scan_wire.h"

#include "model/base/text.h"

#include <stdint.h>
#include <string.h>

/* --- writing --- */

static void put_number(struct buffer *buffer, uint64_t number) {
    buffer_append_bytes(buffer, (const char *)&number, sizeof number);
}

static void put_bytes(struct buffer *buffer, const void *bytes, size_t length) {
    put_number(buffer, length);
    buffer_append_bytes(buffer, bytes ? bytes : "", length);
}

static void put_text(struct buffer *buffer, const char *text) {
    put_bytes(buffer, text, text ? strlen(text) : 0);
}

static void put_label(struct buffer *buffer, const struct paper_label *label) {
    put_text(buffer, label->questionnaire);
    put_text(buffer, label->version);
    put_text(buffer, label->language);
    put_number(buffer, (uint64_t)label->sheet);
    put_number(buffer, label->page);
}

void scan_wire_write(struct buffer *buffer, const struct scan_reading *reading) {
    put_number(buffer, reading->is_last);
    put_text(buffer, reading->refusal);
    put_label(buffer, &reading->label);
    put_number(buffer, reading->corners);
    put_number(buffer, reading->count);
    for (size_t i = 0; i < reading->count; i++) {
        const struct scan_verdict *verdict = &reading->verdicts[i];
        put_text(buffer, verdict->column);
        put_number(buffer, verdict->block);
        put_number(buffer, verdict->doubt);
        put_number(buffer, verdict->is_corrected);
        put_text(buffer, verdict->value);
        put_bytes(buffer, reading->pictures[i].bytes, reading->pictures[i].length);
    }
}

/* --- reading --- */

struct wire {
    struct arena *arena;
    const char *bytes;
    size_t left;
    bool is_broken;
};

static uint64_t take_number(struct wire *wire) {
    uint64_t number = 0;
    if (wire->left < sizeof number) {
        wire->is_broken = true;
        return 0;
    }
    memcpy(&number, wire->bytes, sizeof number);
    wire->bytes += sizeof number;
    wire->left -= sizeof number;
    return number;
}

static const char *take_bytes(struct wire *wire, size_t *length) {
    uint64_t said = take_number(wire);
    wire->is_broken = wire->is_broken || said > wire->left;
    *length = wire->is_broken ? 0 : (size_t)said;
    const char *copy = arena_copy_bytes(wire->arena, wire->bytes, *length);
    wire->bytes += *length;
    wire->left -= *length;
    return copy;
}

static const char *take_text(struct wire *wire) {
    size_t length;
    const char *text = take_bytes(wire, &length);
    wire->is_broken = wire->is_broken || !text_is_utf8(text, length, NULL);
    return wire->is_broken ? "" : text;
}

static struct paper_label take_label(struct wire *wire) {
    struct paper_label label = {.questionnaire = take_text(wire)};
    label.version = take_text(wire);
    label.language = take_text(wire);
    label.sheet = (int64_t)take_number(wire);
    label.page = (unsigned)take_number(wire);
    return label;
}

static void take_verdict(struct wire *wire, struct scan_verdict *verdict, struct scan_picture *picture) {
    verdict->column = take_text(wire);
    verdict->block = (size_t)take_number(wire);
    uint64_t doubt = take_number(wire);
    wire->is_broken = wire->is_broken || doubt >= SCAN_DOUBT_COUNT;
    verdict->doubt = wire->is_broken ? SCAN_SURE : (enum scan_doubt)doubt;
    verdict->is_corrected = take_number(wire) == 1;
    verdict->value = take_text(wire);
    size_t length;
    picture->bytes = (const unsigned char *)take_bytes(wire, &length);
    picture->length = length;
}

/* Every verdict is about a block of this page, and an answer to what that asks. */
static bool is_possible(const struct scan_reading *reading, const struct scan_forms *forms) {
    const struct paper_geometry *geometry = &forms->all[reading->form].geometry;
    for (size_t i = 0; i < reading->count; i++) {
        const struct scan_verdict *verdict = &reading->verdicts[i];
        if (verdict->block >= geometry->block_count ||
            geometry->blocks[verdict->block].page != reading->label.page)
            return false;
        const char *item = geometry->blocks[verdict->block].item;
        size_t length = strlen(item);
        if (strncmp(verdict->column, item, length) != 0 ||
            (verdict->column[length] && strcmp(verdict->column + length, "_specify") != 0))
            return false;
    }
    return true;
}

static void take_verdicts(struct wire *wire, struct scan_reading *reading, size_t count) {
    struct scan_verdict *verdicts = ARENA_NEW(wire->arena, struct scan_verdict, count);
    struct scan_picture *pictures = ARENA_NEW(wire->arena, struct scan_picture, count);
    for (size_t i = 0; i < count && !wire->is_broken; i++)
        take_verdict(wire, &verdicts[i], &pictures[i]);
    reading->verdicts = verdicts;
    reading->pictures = pictures;
    reading->count = count;
}

bool scan_wire_read(struct scan_reading *reading, struct arena *arena, const struct buffer *buffer,
                    const struct scan_forms *forms) {
    struct wire wire = {arena, buffer->bytes, buffer->length, false};
    *reading = (struct scan_reading){0};
    reading->is_last = take_number(&wire) != 0;
    const char *refusal = take_text(&wire);
    reading->refusal = *refusal ? refusal : NULL;
    reading->label = take_label(&wire);
    reading->corners = (size_t)take_number(&wire);
    uint64_t count = take_number(&wire);
    if (wire.is_broken)
        return false;
    if (reading->refusal)
        return wire.left == 0;
    if (!paper_sheet_is_sound(reading->label.sheet) || count > wire.left ||
        scan_forms_refusal(arena, &reading->label, forms, &reading->form))
        return false;
    take_verdicts(&wire, reading, (size_t)count);
    return !wire.is_broken && wire.left == 0 && is_possible(reading, forms);
}
