/* The files, in one consistent state, and the places of their pages. */
#include "survey/database_file_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    TRIES = 250,              /* of reading while another program writes, */
    PAUSE = 20 * 1000 * 1000, /* nanoseconds apart */
    LOG_HEADER = 32,
    PENDING = 0x40000000, /* the bytes that SQLite locks: this one, a writer's, and many that readers share */
    SHARED = PENDING + 2,
    SHARED_SIZE = 510
};
#define FILE_MOST ((off_t)1 << 31)

/* --- SQLite's locks --- */

static bool set_lock(int file, short type, off_t from, off_t length) {
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = from, .l_len = length};
    return fcntl(file, F_OFD_SETLK, &lock) == 0;
}

static void unlock(int file) {
    set_lock(file, F_UNLCK, PENDING, SHARED + SHARED_SIZE - PENDING);
}

/* A reader's lock, and besides it the one that a writer takes first, shared, so that nobody begins to write.
 * Where the file system knows no locks, there is nothing to wait for. */
static bool lock(int file) {
    if (set_lock(file, F_RDLCK, PENDING, SHARED + SHARED_SIZE - PENDING))
        return true;
    return errno != EAGAIN && errno != EACCES;
}

/* --- files --- */

static bool refuse(const char *path, struct failure *failure) {
    return failure_set(failure, "cannot read the store %s: %s", path, strerror(errno));
}

static bool read_all(struct arena *arena, int file, const char *path, struct database_bytes *content,
                     struct failure *failure) {
    struct stat status;
    if (fstat(file, &status) != 0)
        return refuse(path, failure);
    if (!S_ISREG(status.st_mode) || status.st_size > FILE_MOST)
        return failure_set(failure, "%s is %s, which the audit does not read", path,
                           S_ISREG(status.st_mode) ? "larger than 2 GiB" : "not a regular file");
    unsigned char *bytes = ARENA_NEW(arena, unsigned char, (size_t)status.st_size + 1);
    size_t length = 0;
    for (ssize_t part = 1; part > 0 && length < (size_t)status.st_size; length += (size_t)part) {
        part = pread(file, bytes + length, (size_t)status.st_size - length, (off_t)length);
        if (part < 0)
            return refuse(path, failure);
    }
    *content = (struct database_bytes){bytes, length};
    return true;
}

static bool read_beside(struct arena *arena, const char *store, const char *suffix,
                        struct database_bytes *content, struct failure *failure) {
    const char *path = arena_format(arena, "%s%s", store, suffix);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *content = (struct database_bytes){0};
    if (file < 0)
        return errno == ENOENT || refuse(path, failure);
    bool done = read_all(arena, file, path, content, failure);
    close(file);
    return done;
}

/* What is brought from the log into the file in between is then in both. */
static bool read_files(struct arena *arena, int file, const char *path, struct database_files *files,
                       struct failure *failure) {
    char real[PATH_MAX];
    const char *used = realpath(path, real) ? real : path;
    return read_beside(arena, used, "-wal", &files->log, failure) &&
           read_beside(arena, used, "-shm", &files->shared, failure) &&
           read_beside(arena, used, "-journal", &files->journal, failure) &&
           read_all(arena, file, path, &files->file, failure);
}

/* Whether the log was not begun anew meanwhile, which changes its header: a log has locks of its own. */
static bool is_same_log(const char *path, const struct database_bytes *log) {
    unsigned char header[LOG_HEADER];
    char real[PATH_MAX];
    struct arena *arena = arena_create();
    int file = open(arena_format(arena, "%s-wal", realpath(path, real) ? real : path), O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : pread(file, header, LOG_HEADER, 0);
    if (file >= 0)
        close(file);
    arena_destroy(arena);
    return log->length < LOG_HEADER || (length == LOG_HEADER && !memcmp(header, log->bytes, LOG_HEADER));
}

static bool read_quietly(struct arena *arena, int file, const char *path, struct database_files *files,
                         struct failure *failure) {
    const struct timespec pause = {.tv_nsec = PAUSE};
    for (int tries = 0; tries < TRIES; tries++) {
        if (lock(file)) {
            bool done = read_files(arena, file, path, files, failure);
            unlock(file);
            if (!done || is_same_log(path, &files->log))
                return done;
        }
        nanosleep(&pause, NULL);
    }
    return failure_set(failure, "cannot read %s: another program is writing to it; try again when it is done",
                       path);
}

bool database_file_read(struct arena *arena, const char *path, struct database_files *files,
                        struct failure *failure) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return failure_set(failure,
                           "there is no store at %s; collect answers first (survey serve, survey import), or"
                           " name another with --store",
                           path);
    if (file < 0)
        return refuse(path, failure);
    bool done = read_quietly(arena, file, path, files, failure);
    close(file);
    return done;
}
