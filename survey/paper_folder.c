#include "survey/paper_folder.h"

#include "model/store_path.h"
#include "survey/letters_file.h"

#include <string.h>

const char *paper_folder_beside(struct arena *arena, const char *store, const char *name) {
    const char *slash = strrchr(store, '/');
    return arena_format(arena, "%.*s%s", slash ? (int)(slash - store) + 1 : 0, store, name);
}

static const struct letters_file_kind geometry_kind = {"form's geometry", "{\"questionnaire\": "};

bool paper_folder_write(const char *path, const struct buffer *json, struct failure *failure) {
    struct letters_file *file = letters_file_begin(path, &geometry_kind, failure);
    if (!file)
        return false;
    letters_file_write(file, (const unsigned char *)buffer_text(json), json->length);
    return letters_file_finish(file, failure);
}

bool paper_folder_keep(struct arena *arena, const char *store, const struct paper_geometry *geometry,
                       const struct buffer *json, struct failure *failure) {
    const char *name = arena_format(arena, "paper/%s-%s.json", geometry->version, geometry->language);
    const char *path = paper_folder_beside(arena, store, name);
    return store_path_make_folder(arena, path, failure) && paper_folder_write(path, json, failure);
}
