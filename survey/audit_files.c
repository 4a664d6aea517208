/* What lies beside the store, and who may read it. */
#include "model/campaign_key.h"
#include "survey/audit_internal.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MODE_BITS = 07777 };

/* The store where it really is, as a path of folders. */
struct location {
    const char *path, *folder, *name;
};

static struct location locate(const struct audit *audit) {
    char real[PATH_MAX];
    const char *path = arena_copy(audit->arena, realpath(audit->path, real) ? real : audit->path);
    const char *slash = strrchr(path, '/');
    if (!slash)
        return (struct location){path, ".", path};
    return (struct location){
        path, slash == path ? "/" : arena_copy_bytes(audit->arena, path, (size_t)(slash - path)), slash + 1};
}

static void find_mode(struct audit *audit, enum audit_finding finding, const char *file, mode_t mode) {
    const struct hole holes[] = {{"file", audit_shown(audit, file)},
                                 {"mode", arena_format(audit->arena, "%o", (unsigned)mode & MODE_BITS)},
                                 {NULL, NULL}};
    audit_find(audit, finding, holes);
}

static void find_file(struct audit *audit, enum audit_finding finding, const char *file) {
    const struct hole holes[] = {{"file", audit_shown(audit, file)}, {"store", audit->path}, {NULL, NULL}};
    audit_find(audit, finding, holes);
}

/* --- log and journal --- */

/* The file of shared memory says in which order the pages of a log were written; a store with links has none,
 * and any other one while somebody reads it. */
static void try_log(struct audit *audit) {
    const struct {
        const char *suffix;
        size_t length;
    } kept[] = {{"-wal", audit->files.log.length},
                {"-shm", audit->has_links ? audit->files.shared.length : 0},
                {"-journal", audit->files.journal.length}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (kept[i].length == 0)
            continue;
        const struct hole holes[] = {
            {"file", audit_shown(audit, arena_format(audit->arena, "%s%s", audit->path, kept[i].suffix))},
            {"bytes", audit_number(audit, kept[i].length)},
            {"store", audit->path},
            {NULL, NULL}};
        if (!audit->has_links && !audit->has_ended)
            audit_note(audit, AUDIT_LOG, MESSAGE_AUDIT_NOTE_LOG, holes);
        else
            audit_find(audit, AUDIT_LOG_KEPT, holes);
    }
}

/* --- the key --- */

static void try_key(struct audit *audit) {
    const char *path = campaign_key_path(audit->arena, audit->path);
    const char *shown = arena_format(audit->arena, "%s.key", audit->path);
    const struct hole holes[] = {{"file", audit_shown(audit, shown)}, {NULL, NULL}};
    struct stat status;
    bool is_there = lstat(path, &status) == 0;
    if (is_there && (audit->has_ended || !audit->has_links))
        find_file(audit, AUDIT_KEY_LEFT, shown);
    if (is_there && S_ISREG(status.st_mode) && status.st_mode & (S_IRWXG | S_IRWXO))
        find_mode(audit, AUDIT_KEY_READABLE, shown, status.st_mode);
    if (!is_there && audit->has_links && !audit->has_ended && audit->people.count)
        audit_note(audit, AUDIT_PEOPLE, MESSAGE_AUDIT_NOTE_NO_KEY, holes);
}

/* --- who may read what --- */

/* Whether others can come as far as the folder: no folder above it is closed to them. */
static bool is_reachable(const struct audit *audit, const char *folder) {
    char *above = arena_copy(audit->arena, folder);
    struct stat status;
    for (char *slash = strrchr(above, '/'); slash; slash = strrchr(above, '/')) {
        *slash = '\0';
        if (stat(*above ? above : "/", &status) == 0 && !(status.st_mode & S_IXOTH))
            return false;
    }
    return true;
}

static bool is_own(const char *suffix) {
    static const char *const own[] = {"",     "-wal",      "-shm",    "-journal",
                                      ".key", ".password", ".themes", ".office"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!strcmp(suffix, own[i]))
            return true;
    return false;
}

static void try_file(struct audit *audit, const struct location *location, const char *suffix) {
    struct stat status;
    const char *shown = arena_format(audit->arena, "%s%s", audit->path, suffix);
    if (stat(arena_format(audit->arena, "%s/%s%s", location->folder, location->name, suffix), &status) != 0)
        return;
    if (!is_own(suffix))
        find_file(audit, AUDIT_FILE_BESIDE, shown);
    if (status.st_mode & S_IRWXO && strcmp(suffix, ".key") != 0)
        find_mode(audit, AUDIT_OPEN_FILE, shown, status.st_mode);
}

static int compare_names(const struct dirent **one, const struct dirent **other) {
    return strcmp((*one)->d_name, (*other)->d_name);
}

/* Everything whose name begins with the store's, in the order of names. */
static void try_folder(struct audit *audit, const struct location *location) {
    struct dirent **entries;
    int count = scandir(location->folder, &entries, NULL, compare_names);
    for (int i = 0; i < count; i++) {
        if (!strncmp(entries[i]->d_name, location->name, strlen(location->name)))
            try_file(audit, location, entries[i]->d_name + strlen(location->name));
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    else
        try_file(audit, location, "");
}

void audit_files_try(struct audit *audit) {
    struct location location = locate(audit);
    struct stat status;
    try_log(audit);
    try_key(audit);
    try_folder(audit, &location);
    const char *slash = strrchr(audit->path, '/');
    const char *shown = !slash ? "."
                        : slash == audit->path
                            ? "/"
                            : arena_copy_bytes(audit->arena, audit->path, (size_t)(slash - audit->path));
    if (stat(location.folder, &status) == 0 && status.st_mode & S_IRWXO &&
        is_reachable(audit, location.folder))
        find_mode(audit, AUDIT_OPEN_FOLDER, shown, status.st_mode);
}
