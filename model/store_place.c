/* Where the files of an open store are. What is written into a file that was moved, deleted or replaced goes
 * on and ends well, but nobody will ever find it. */
#include "model/store_internal.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

/* The store by the name it was given; what SQLite keeps beside it, where symbolic links lead. */
static const char *path_of(const struct store *store, struct arena *arena, enum store_file file) {
    static const char *const suffixes[] = {[STORE_FILE_LOG] = "-wal", [STORE_FILE_INDEX] = "-shm"};
    if (file == STORE_FILE_ANSWERS)
        return store->path;
    return arena_format(arena, "%s%s", sqlite3_db_filename(store->database, "main"), suffixes[file]);
}

void store_place_note(struct store *store) {
    for (enum store_file file = 0; file < STORE_FILE_COUNT; file++) {
        struct stat status;
        struct store_place *place = &store->places[file];
        if (!place->path)
            place->path = path_of(store, store->arena, file);
        place->is_there = stat(place->path, &status) == 0;
        place->device = place->is_there ? status.st_dev : 0;
        place->inode = place->is_there ? status.st_ino : 0;
    }
}

bool store_place_is_kept(struct store *store) {
    for (enum store_file file = 0; file < STORE_FILE_COUNT; file++) {
        struct stat status;
        const struct store_place *place = &store->places[file];
        if (!place->is_there || (stat(place->path, &status) == 0 && status.st_dev == place->device &&
                                 status.st_ino == place->inode))
            continue;
        store_sql_reason(store,
                         "%s was moved, deleted or replaced while it was open; put it back where it was, or"
                         " start again",
                         place->path);
        return false;
    }
    return true;
}
