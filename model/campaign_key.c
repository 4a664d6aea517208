#include "model/campaign_key.h"

#include "model/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a symbolic link leads, as SQLite does with its own files. */
const char *campaign_key_path(struct arena *arena, const char *store_path) {
    char real[PATH_MAX];
    return arena_format(arena, "%s.key", realpath(store_path, real) ? real : store_path);
}

static bool refuse(struct failure *failure, const char *what, const char *path) {
    return failure_set(failure, "cannot %s the key %s: %s", what, path, strerror(errno));
}

/* --- reading --- */

static bool check(int file, const char *path, struct failure *failure) {
    struct stat status;
    if (fstat(file, &status) != 0)
        return refuse(failure, "read", path);
    if (!S_ISREG(status.st_mode))
        return failure_set(failure, "%s is no file; the key of the personal links belongs there", path);
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        return failure_set(failure,
                           "the key %s can be read by others than its owner, who could open every personal"
                           " link: chmod 600 it, and ask who may have read it",
                           path);
    if (status.st_size != SECRET_SIZE)
        return failure_set(failure, "the key %s is damaged: it has %lld bytes instead of %d; put back a copy",
                           path, (long long)status.st_size, SECRET_SIZE);
    return true;
}

static bool read_key(struct secret *key, const char *path, struct failure *failure) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return failure_set(failure,
                           "there is no key %s, without which no personal link is known: put back a copy, or"
                           " invite people first (survey invite)",
                           path);
    if (file < 0)
        return refuse(failure, "read", path);
    bool done = check(file, path, failure) &&
                (read(file, key->bytes, SECRET_SIZE) == SECRET_SIZE || refuse(failure, "read", path));
    close(file);
    return done;
}

bool campaign_key_read(struct secret *key, const char *store_path, struct failure *failure) {
    struct arena *arena = arena_create();
    bool done = read_key(key, campaign_key_path(arena, store_path), failure);
    arena_destroy(arena);
    return done;
}

/* --- making --- */

static bool write_key(const struct secret *key, const char *path, struct failure *failure) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    bool done = file >= 0 && write(file, key->bytes, SECRET_SIZE) == SECRET_SIZE && fsync(file) == 0;
    if (!done)
        refuse(failure, "write", path);
    if (file >= 0)
        close(file);
    return done;
}

/* The key is whole before it has its name, which is given only where there is none: of two who make one at
 * the same time both read the first. */
static bool make(struct secret *key, struct arena *arena, const char *path, struct failure *failure) {
    const char *fresh = arena_format(arena, "%s.%ld", path, (long)getpid());
    secret_random(key->bytes, SECRET_SIZE);
    unlink(fresh);
    bool done = write_key(key, fresh, failure) &&
                (link(fresh, path) == 0 || errno == EEXIST || refuse(failure, "make", path));
    unlink(fresh);
    return done && (folder_sync(path) || refuse(failure, "keep", path)) && read_key(key, path, failure);
}

bool campaign_key_make(struct secret *key, const char *store_path, struct failure *failure) {
    struct arena *arena = arena_create();
    const char *path = campaign_key_path(arena, store_path);
    bool done = access(path, F_OK) == 0 ? read_key(key, path, failure) : make(key, arena, path, failure);
    arena_destroy(arena);
    return done;
}

/* --- erasing --- */

static bool erase(const char *path, struct failure *failure) {
    static const unsigned char nothing[SECRET_SIZE];
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return true;
    bool done = file >= 0 && write(file, nothing, sizeof nothing) == sizeof nothing && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return (done && unlink(path) == 0 && folder_sync(path)) || refuse(failure, "erase", path);
}

bool campaign_key_erase(const char *store_path, struct failure *failure) {
    struct arena *arena = arena_create();
    bool done = erase(campaign_key_path(arena, store_path), failure);
    arena_destroy(arena);
    return done;
}
