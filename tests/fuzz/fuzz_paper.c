/* What is read of printed forms: geometries and labels from any bytes. A geometry that is read and written
 * reads back as the same, and all of it is on its page; so does a label. */
#include "survey/paper_geometry.h"
#include "tests/fuzz/file.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void look_at_label(struct arena *arena, const char *text) {
    struct paper_label label, again;
    if (!paper_label_parse(&label, arena, text))
        return;
    const char *written = paper_label_format(arena, &label);
    if (!paper_label_parse(&again, arena, written) || again.sheet != label.sheet ||
        again.page != label.page || strcmp(again.questionnaire, label.questionnaire) != 0)
        abort();
}

static void look_at_geometry(struct arena *arena, const void *bytes, size_t length) {
    struct paper_geometry geometry, again;
    struct failure failure = {0};
    if (!paper_geometry_read(&geometry, arena, fuzz_file(bytes, length), &failure))
        return;
    for (size_t i = 0; i < geometry.block_count; i++)
        if (geometry.blocks[i].first + geometry.blocks[i].count > geometry.place_count)
            abort();
    for (size_t i = 0; i < geometry.place_count; i++) {
        const struct paper_place *place = &geometry.places[i];
        if (place->page < 1 || place->page > geometry.pages || place->area.x < 0 || place->area.y < 0)
            abort();
    }
    struct buffer once = {0}, twice = {0};
    paper_geometry_write(&once, &geometry);
    if (!paper_geometry_read(&again, arena, fuzz_file(once.bytes, once.length), &failure))
        abort();
    paper_geometry_write(&twice, &again);
    if (once.length != twice.length || memcmp(once.bytes, twice.bytes, once.length) != 0)
        abort();
    buffer_destroy(&once);
    buffer_destroy(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_create();
    look_at_label(arena, arena_copy_bytes(arena, (const char *)data, size));
    look_at_geometry(arena, data, size);
    arena_destroy(arena);
    return 0;
}
