/* Reading a geometry back: by the project's one reader of YAML, of which JSON is a part. Nothing in the file
 * is believed: who reads pages by it must not look outside of them. */
#include "model/base/text.h"
#include "model/yaml.h"
#include "survey/paper_geometry.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 8 << 20, PAGES_MOST = 9999, SIDE_MOST = 2000 };

struct reading {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct paper_geometry *geometry;
};

/* --- values --- */

static bool refuse(struct reading *reading, const struct yaml_node *node, const char *what) {
    diagnostics_error(reading->diagnostics, node->place, "here should stand %s", what);
    return false;
}

static const struct yaml_node *value(struct reading *reading, const struct yaml_node *map, const char *key) {
    const struct yaml_node *found = yaml_value(map, key);
    if (!found)
        diagnostics_error(reading->diagnostics, map->place, "\"%s\" is missing here", key);
    return found;
}

static const char *read_text(struct reading *reading, const struct yaml_node *map, const char *key) {
    const struct yaml_node *node = value(reading, map, key);
    if (!node)
        return NULL;
    if (node->kind == YAML_TEXT && *node->text)
        return node->text;
    refuse(reading, node, "a text");
    return NULL;
}

static bool to_number(struct reading *reading, const struct yaml_node *node, double *number) {
    unsigned decimals;
    return (node->kind == YAML_TEXT && text_number(node->text, false, number, &decimals)) ||
           refuse(reading, node, "a number");
}

static bool read_length(struct reading *reading, const struct yaml_node *map, const char *key,
                        double *number) {
    const struct yaml_node *node = value(reading, map, key);
    return node && to_number(reading, node, number) &&
           ((*number > 0 && *number <= SIDE_MOST) || refuse(reading, node, "a length in millimetres"));
}

/* A whole number from `least` to `most`. */
static bool read_whole(struct reading *reading, const struct yaml_node *map, const char *key, double least,
                       double most, double *number) {
    const struct yaml_node *node = value(reading, map, key);
    return node && to_number(reading, node, number) &&
           ((*number >= least && *number <= most && floor(*number) == *number) ||
            refuse(reading, node, "another number"));
}

/* An area that lies on the page. */
static bool read_area(struct reading *reading, const struct yaml_node *map, const char *key,
                      struct paper_area *area) {
    const struct yaml_node *node = value(reading, map, key);
    double *const numbers[] = {&area->x, &area->y, &area->width, &area->height};
    if (!node)
        return false;
    if (node->kind != YAML_LIST || node->count != 4)
        return refuse(reading, node, "four numbers: x, y, width, height");
    for (size_t i = 0; i < 4; i++)
        if (!to_number(reading, node->entries[i].value, numbers[i]))
            return false;
    const struct paper_geometry *geometry = reading->geometry;
    bool is_inside = area->x >= 0 && area->y >= 0 && area->width > 0 && area->height > 0 &&
                     area->x + area->width <= geometry->width && area->y + area->height <= geometry->height;
    return is_inside || refuse(reading, node, "an area that lies on the page");
}

static bool read_page(struct reading *reading, const struct yaml_node *map, unsigned *page) {
    double number;
    if (!read_whole(reading, map, "page", 1, reading->geometry->pages, &number))
        return false;
    *page = (unsigned)number;
    return true;
}

/* --- places and blocks --- */

static bool read_rules(struct reading *reading, const struct yaml_node *map, const char *key,
                       struct paper_rules *rules) {
    const struct yaml_node *node = yaml_value(map, key);
    if (!node)
        return true;
    if (node->kind != YAML_LIST)
        return refuse(reading, node, "a list of lengths in millimetres");
    double *at = ARENA_NEW(reading->arena, double, node->count);
    for (size_t i = 0; i < node->count; i++)
        if (!to_number(reading, node->entries[i].value, &at[i]))
            return false;
    *rules = (struct paper_rules){at, node->count};
    return true;
}

static bool read_place(struct reading *reading, const struct yaml_node *node, struct paper_place *place) {
    const char *kind = read_text(reading, node, "kind");
    if (!kind)
        return false;
    if (strcmp(kind, "box") != 0 && strcmp(kind, "field") != 0)
        return refuse(reading, node, "a box or a field");
    place->kind = strcmp(kind, "box") == 0 ? PAPER_BOX : PAPER_FIELD;
    place->item = read_text(reading, node, "item");
    double rank = 0;
    if (!place->item || !read_page(reading, node, &place->page) ||
        !read_area(reading, node, "area", &place->area))
        return false;
    if ((place->kind == PAPER_BOX || yaml_value(node, "code")) &&
        !(place->code = read_text(reading, node, "code")))
        return false;
    if (yaml_value(node, "rank") && !read_whole(reading, node, "rank", 1, 1000, &rank))
        return false;
    place->rank = (unsigned)rank;
    return read_rules(reading, node, "upright", &place->upright) &&
           read_rules(reading, node, "level", &place->level);
}

static bool read_block(struct reading *reading, const struct yaml_node *node, struct paper_block *block) {
    const struct paper_geometry *geometry = reading->geometry;
    double first, count, most = (double)geometry->place_count;
    block->question = read_text(reading, node, "question");
    block->item = read_text(reading, node, "item");
    if (!block->question || !block->item || !read_page(reading, node, &block->page) ||
        !read_area(reading, node, "area", &block->area) ||
        !read_whole(reading, node, "first", 0, most, &first) ||
        !read_whole(reading, node, "count", 0, most - first, &count))
        return false;
    block->first = (size_t)first;
    block->count = (size_t)count;
    for (size_t i = block->first; i < block->first + block->count; i++)
        if (geometry->places[i].page != block->page || strcmp(geometry->places[i].item, block->item) != 0)
            return refuse(reading, node, "a run of its own places");
    return true;
}

static const struct yaml_node *read_list(struct reading *reading, const struct yaml_node *root,
                                         const char *key) {
    const struct yaml_node *node = value(reading, root, key);
    if (node && node->kind != YAML_LIST) {
        refuse(reading, node, "a list");
        return NULL;
    }
    return node;
}

static bool read_places(struct reading *reading, const struct yaml_node *root) {
    const struct yaml_node *list = read_list(reading, root, "places");
    if (!list)
        return false;
    struct paper_place *places = ARENA_NEW(reading->arena, struct paper_place, list->count);
    reading->geometry->places = places;
    for (size_t i = 0; i < list->count; i++)
        if (!read_place(reading, list->entries[i].value, &places[i]))
            return false;
    reading->geometry->place_count = list->count;
    return true;
}

static bool read_blocks(struct reading *reading, const struct yaml_node *root) {
    const struct yaml_node *list = read_list(reading, root, "blocks");
    if (!list)
        return false;
    struct paper_block *blocks = ARENA_NEW(reading->arena, struct paper_block, list->count);
    reading->geometry->blocks = blocks;
    for (size_t i = 0; i < list->count; i++)
        if (!read_block(reading, list->entries[i].value, &blocks[i]))
            return false;
    reading->geometry->block_count = list->count;
    return true;
}

/* --- the file --- */

static bool read_head(struct reading *reading, const struct yaml_node *root) {
    struct paper_geometry *geometry = reading->geometry;
    double pages = 0;
    geometry->questionnaire = read_text(reading, root, "questionnaire");
    geometry->version = read_text(reading, root, "version");
    geometry->language = read_text(reading, root, "language");
    bool good = geometry->questionnaire && geometry->version && geometry->language &&
                read_whole(reading, root, "pages", 1, PAGES_MOST, &pages) &&
                read_length(reading, root, "width", &geometry->width) &&
                read_length(reading, root, "height", &geometry->height) &&
                read_length(reading, root, "arm", &geometry->arm) &&
                read_length(reading, root, "thickness", &geometry->thickness) &&
                read_length(reading, root, "outline", &geometry->outline) &&
                read_area(reading, root, "frame", &geometry->frame) &&
                read_area(reading, root, "code", &geometry->code);
    geometry->pages = good ? (unsigned)pages : 0;
    return good;
}

static bool read_root(struct reading *reading, const char *source, size_t length) {
    const struct yaml_node *root = yaml_parse(reading->arena, source, length, reading->diagnostics);
    if (!root || diagnostics_count(reading->diagnostics, SEVERITY_ERROR) > 0)
        return false;
    if (root->kind != YAML_MAP)
        return refuse(reading, root, "the geometry of a form, in braces");
    return read_head(reading, root) && read_places(reading, root) && read_blocks(reading, root);
}

/* The first mistake, as one line of a failure. */
static bool fail(const struct reading *reading, const char *path, struct failure *failure) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        abort();
    diagnostics_print(reading->diagnostics, stream);
    fclose(stream);
    failure_set(failure, "%s is not the geometry of a printed form: %.*s", path, (int)strcspn(text, "\n"),
                text);
    free(text);
    return false;
}

/* The bytes of the file; NULL with errno. Of a pipe nothing is waited for. */
static char *read_bytes(struct arena *arena, const char *path, size_t *length) {
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return NULL;
    FILE *stream = fdopen(descriptor, "rb");
    if (!stream)
        abort();
    char *bytes = NULL;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= FILE_MOST) {
        bytes = ARENA_NEW(arena, char, (size_t)status.st_size + 1);
        *length = fread(bytes, 1, (size_t)status.st_size, stream);
    } else
        errno = EFBIG;
    fclose(stream);
    return bytes;
}

bool paper_geometry_read(struct paper_geometry *geometry, struct arena *arena, const char *path,
                         struct failure *failure) {
    *geometry = (struct paper_geometry){0};
    size_t length = 0, bad;
    const char *source = read_bytes(arena, path, &length);
    if (!source)
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    struct reading reading = {arena, diagnostics_create(arena, path), geometry};
    if (!text_is_utf8(source, length, &bad))
        return failure_set(failure, "%s is not the geometry of a printed form: it is not text", path);
    diagnostics_set_source(reading.diagnostics, source, length);
    if (!read_root(&reading, source, length)) {
        *geometry = (struct paper_geometry){0};
        return fail(&reading, path, failure);
    }
    return true;
}
