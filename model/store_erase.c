/* The end of a store. */
#include "model/store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

/* The store itself goes last, so that the command can be given again after a break. */
bool store_erase(const char *path, struct failure *failure) {
    static const char *const suffixes[] = {"-wal", "-shm", "-journal", ".key", ""};
    struct arena *arena = arena_create();
    char real[PATH_MAX];
    const char *used = realpath(path, real) ? real : path;
    bool done = true;
    for (size_t i = 0; done && i < sizeof suffixes / sizeof *suffixes; i++)
        done = erase_file(arena_format(arena, "%s%s", used, suffixes[i]), failure);
    arena_destroy(arena);
    return done;
}
