#include "survey/paper_geometry.h"

#include <math.h>
#include <string.h>

/* Hundredths of a millimetre are finer than any printer. No number is negative. */
static void write_number(struct buffer *json, double number) {
    long hundredths = lround(number * 100), rest = hundredths % 100;
    buffer_format(json, "%ld", hundredths / 100);
    if (rest)
        buffer_format(json, rest % 10 ? ".%02ld" : ".%ld", rest % 10 ? rest : rest / 10);
}

/* Ids, codes and tags have no sign that JSON would want escaped. */
static void write_text(struct buffer *json, const char *key, const char *text) {
    buffer_format(json, "\"%s\": \"%s\"", key, text);
}

static void write_area(struct buffer *json, const char *key, struct paper_area area) {
    const double numbers[] = {area.x, area.y, area.width, area.height};
    buffer_format(json, "\"%s\": [", key);
    for (size_t i = 0; i < 4; i++) {
        buffer_append(json, i ? ", " : "");
        write_number(json, numbers[i]);
    }
    buffer_append(json, "]");
}

static void write_head(struct buffer *json, const struct paper_geometry *geometry) {
    buffer_append(json, "{");
    write_text(json, "questionnaire", geometry->questionnaire);
    buffer_append(json, ",\n ");
    write_text(json, "version", geometry->version);
    buffer_append(json, ",\n ");
    write_text(json, "language", geometry->language);
    buffer_format(json, ",\n \"pages\": %u,\n ", geometry->pages);
    const struct {
        const char *key;
        double number;
    } lengths[] = {{"width", geometry->width},
                   {"height", geometry->height},
                   {"arm", geometry->arm},
                   {"thickness", geometry->thickness},
                   {"outline", geometry->outline}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        buffer_format(json, "\"%s\": ", lengths[i].key);
        write_number(json, lengths[i].number);
        buffer_append(json, ",\n ");
    }
    write_area(json, "frame", geometry->frame);
    buffer_append(json, ",\n ");
    write_area(json, "code", geometry->code);
}

static void write_block(struct buffer *json, const struct paper_block *block) {
    buffer_append(json, "{");
    write_text(json, "question", block->question);
    buffer_append(json, ", ");
    write_text(json, "item", block->item);
    buffer_format(json, ", \"page\": %u, ", block->page);
    write_area(json, "area", block->area);
    buffer_format(json, ", \"first\": %zu, \"count\": %zu}", block->first, block->count);
}

static void write_rules(struct buffer *json, const char *key, const struct paper_rules *rules) {
    if (rules->count == 0)
        return;
    buffer_format(json, ", \"%s\": [", key);
    for (size_t i = 0; i < rules->count; i++) {
        buffer_append(json, i ? ", " : "");
        write_number(json, rules->at[i]);
    }
    buffer_append(json, "]");
}

static void write_place(struct buffer *json, const struct paper_place *place) {
    buffer_format(json, "{\"kind\": \"%s\", \"page\": %u, ", place->kind == PAPER_BOX ? "box" : "field",
                  place->page);
    write_area(json, "area", place->area);
    buffer_append(json, ", ");
    write_text(json, "item", place->item);
    if (place->code) {
        buffer_append(json, ", ");
        write_text(json, "code", place->code);
    }
    if (place->rank)
        buffer_format(json, ", \"rank\": %u", place->rank);
    write_rules(json, "upright", &place->upright);
    write_rules(json, "level", &place->level);
    buffer_append(json, "}");
}

void paper_geometry_write(struct buffer *json, const struct paper_geometry *geometry) {
    write_head(json, geometry);
    buffer_append(json, ",\n \"blocks\": [");
    for (size_t i = 0; i < geometry->block_count; i++) {
        buffer_append(json, i ? ",\n  " : "\n  ");
        write_block(json, &geometry->blocks[i]);
    }
    buffer_append(json, "],\n \"places\": [");
    for (size_t i = 0; i < geometry->place_count; i++) {
        buffer_append(json, i ? ",\n  " : "\n  ");
        write_place(json, &geometry->places[i]);
    }
    buffer_append(json, "]}\n");
}
