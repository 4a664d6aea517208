/* The end of a store. */
#include "model/store.h"

#include "model/base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

static bool refuse(const char *path, struct failure *failure) {
    return failure_set(failure, "cannot erase %s: %s", path, strerror(errno));
}

/* Writes zeroes over the whole file: what is deleted alone can be brought back from many disks. */
static bool overwrite(int file) {
    static const char zeroes[PIECE];
    struct stat status;
    if (fstat(file, &status) != 0)
        return false;
    for (off_t left = status.st_size; left > 0;) {
        ssize_t written = write(file, zeroes, left < PIECE ? (size_t)left : PIECE);
        if (written <= 0)
            return false;
        left -= written;
    }
    return fsync(file) == 0;
}

/* A file that is not there is erased. */
static bool erase_file(const char *path, struct failure *failure) {
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return true;
    bool done = file >= 0 && overwrite(file);
    if (file >= 0)
        close(file);
    return (done && unlink(path) == 0) || refuse(path, failure);
}

static bool erase_folder(struct arena *arena, const char *path, struct failure *failure);

/* What a link leads to lies elsewhere, and is somebody else's. */
static bool erase_entry(struct arena *arena, const char *path, struct failure *failure) {
    struct stat status;
    if (lstat(path, &status) != 0)
        return errno == ENOENT || refuse(path, failure);
    if (S_ISREG(status.st_mode))
        return erase_file(path, failure);
    if (S_ISDIR(status.st_mode))
        return erase_folder(arena, path, failure);
    return unlink(path) == 0 || refuse(path, failure);
}

/* With every file in it, copies and what a spreadsheet program left there too: all of it holds answers. */
static bool erase_folder(struct arena *arena, const char *path, struct failure *failure) {
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT || refuse(path, failure);
    bool done = true;
    for (struct dirent *entry; done && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            done = erase_entry(arena, arena_format(arena, "%s/%s", path, entry->d_name), failure);
    closedir(folder);
    return done && (rmdir(path) == 0 || refuse(path, failure));
}

/* Leaves an empty file in the place of what was erased: a survey that has ended does not begin again by
 * itself. */
static bool leave_mark(const char *path, struct failure *failure) {
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP);
    if (file < 0)
        return refuse(path, failure);
    close(file);
    return true;
}

/* Where symbolic links lead, even to what is no longer there: there the mark is. */
static const char *follow_links(struct arena *arena, const char *path) {
    enum { LINKS_MOST = 40 };
    char target[PATH_MAX];
    ssize_t length;
    for (int i = 0; i < LINKS_MOST && (length = readlink(path, target, sizeof target)) > 0; i++) {
        const char *slash = strrchr(path, '/');
        int folder = *target == '/' || !slash ? 0 : (int)(slash - path) + 1;
        path = arena_format(arena, "%.*s%.*s", folder, path, (int)length, target);
    }
    return path;
}

/* The store goes last, and under another name: what is half overwritten is not taken for a store. */
bool store_erase(const char *path, struct failure *failure) {
    static const char *const suffixes[] = {"-wal", "-shm", "-journal", ".key", ".password"};
    struct arena *arena = arena_create();
    const char *used = follow_links(arena, path);
    const char *erased = store_erased_path(arena, used);
    bool done = true;
    for (size_t i = 0; done && i < sizeof suffixes / sizeof *suffixes; i++)
        done = erase_file(arena_format(arena, "%s%s", used, suffixes[i]), failure);
    done = done && erase_folder(arena, store_themes_folder(arena, used), failure);
    done = done && erase_folder(arena, arena_format(arena, "%s.office", used), failure);
    /* Under that name for good before anything is overwritten. */
    done = done && (rename(used, erased) == 0 || errno == ENOENT || refuse(used, failure)) &&
           (folder_sync(erased) || refuse(erased, failure));
    done = done && erase_file(erased, failure) && leave_mark(erased, failure) &&
           (folder_sync(erased) || refuse(erased, failure));
    arena_destroy(arena);
    return done;
}

const char *store_erased_path(struct arena *arena, const char *path) {
    return arena_format(arena, "%s.erased", follow_links(arena, path));
}

const char *store_themes_folder(struct arena *arena, const char *path) {
    return arena_format(arena, "%s.themes", follow_links(arena, path));
}
