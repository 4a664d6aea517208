/* Faults of the disk and of the clock, for a program that runs with this library preloaded.
 *
 * Environment: FAULTS names a file that holds a `struct control`, which stays mapped, so that a test turns
 * faults on and off while the program runs, however confined it is. Only what happens to files below
 * FAULTS_FOLDER is counted. FAULTS_TRACE, if given, names a file to which all of that is appended, and what
 * goes to sockets: a power cut at any place in it is put together afterwards (power.mjs). */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* What a program does to a disk, by what can hinder it. */
enum step {
    STEP_WRITE = 1,
    STEP_TRUNCATE = 2,
    STEP_SYNC = 4,
    STEP_NAME = 8,  /* a file or folder made, linked or renamed */
    STEP_ERASE = 16 /* a name taken away */
};

enum { FAULT_STOP = -1, FAULT_TEAR = -2 }; /* killed before the step; in the middle of it */

/* As tests/fault/rig.mjs writes it. */
struct control {
    int64_t clock;          /* seconds by which the time of day is wrong */
    uint32_t first, last;   /* of the steps that are counted, from 1: those that the fault befalls */
    int32_t fault;          /* an error number, or one of the above */
    uint32_t steps;         /* bits of enum step: which are counted */
    uint32_t delay;         /* milliseconds that every sync takes longer */
    _Atomic uint32_t count; /* steps so far */
};

static struct control nothing, *control = &nothing;
static const char *folder;
static int trace = -1;
static bool is_watched[1 << 16]; /* by descriptor */

/* The function of that name that this library stands in front of. */
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAULTS"), *record = getenv("FAULTS_TRACE");
    int file = path ? REAL(open)(path, O_RDWR | O_CLOEXEC) : -1;
    void *map =
        file < 0 ? MAP_FAILED : mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map != MAP_FAILED)
        control = map;
    if (file >= 0)
        REAL(close)(file);
    folder = getenv("FAULTS_FOLDER");
    if (record)
        trace = REAL(open)(record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* --- the trace --- */

struct record {
    uint32_t kind, length; /* of the bytes that follow */
    uint64_t file;         /* its inode */
    int64_t at;            /* where it is written, or its new length */
};

static void note(char kind, uint64_t file, int64_t at, const void *bytes, size_t length) {
    struct record record = {(uint32_t)kind, (uint32_t)length, file, at};
    const struct iovec parts[] = {{&record, sizeof record}, {(void *)bytes, length}};
    int error = errno;
    if (trace >= 0 && syscall(SYS_writev, trace, parts, 2) < 0)
        abort();
    errno = error;
}

static uint64_t inode_of(int file) {
    struct stat status;
    return fstat(file, &status) == 0 ? status.st_ino : 0;
}

/* --- what is watched, and what befalls it --- */

/* The whole path; false where it is not watched. */
static bool locate(int from, const char *path, char place[static PATH_MAX]) {
    char base[PATH_MAX] = "", link[64];
    if (!folder)
        return false;
    if (*path != '/' && from == AT_FDCWD && !getcwd(base, sizeof base))
        return false;
    if (*path != '/' && from != AT_FDCWD) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", from);
        ssize_t length = readlink(link, base, sizeof base - 1);
        base[length < 0 ? 0 : length] = '\0';
    }
    int length = snprintf(place, PATH_MAX, "%s%s%s", base, *path == '/' ? "" : "/", path);
    return length < PATH_MAX && !strncmp(place, folder, strlen(folder));
}

static bool watches(int file) {
    struct stat status;
    return file >= 0 && file < (int)(sizeof is_watched) && is_watched[file] && fstat(file, &status) == 0 &&
           (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

/* Counts a step. 0, or the fault that befalls it: an error number or FAULT_TEAR. */
static int meet(enum step step) {
    if (!(control->steps & step))
        return 0;
    uint32_t count = atomic_fetch_add(&control->count, 1) + 1;
    if (count < control->first || count > control->last)
        return 0;
    if (control->fault == FAULT_STOP || (control->fault == FAULT_TEAR && step != STEP_WRITE))
        raise(SIGKILL);
    return control->fault;
}

/* Whether the step fails, errno then being set. */
static bool fails(enum step step) {
    int fault = meet(step);
    errno = fault ? fault : errno;
    return fault != 0;
}

/* --- files --- */

static int open_watched(int from, const char *path, int flags, mode_t mode) {
    char place[PATH_MAX];
    struct stat status;
    bool is_ours = locate(from, path, place);
    bool is_new = is_ours && (flags & O_CREAT) && lstat(place, &status) != 0;
    if (is_new && fails(STEP_NAME))
        return -1;
    int file = REAL(openat)(from, path, flags, mode);
    if (file < 0 || file >= (int)(sizeof is_watched))
        return file;
    is_watched[file] = is_ours;
    if (is_ours)
        note(is_new ? 'c' : 'o', inode_of(file), 0, place, strlen(place));
    if (is_ours && (flags & O_TRUNC))
        note('t', inode_of(file), 0, NULL, 0);
    return file;
}

static mode_t mode_of(int flags, va_list list) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = mode_of(flags, list);
    va_end(list);
    return open_watched(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = mode_of(flags, list);
    va_end(list);
    return open_watched(AT_FDCWD, path, flags, mode);
}

int openat(int from, const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = mode_of(flags, list);
    va_end(list);
    return open_watched(from, path, flags, mode);
}

int mkostemp(char *path, int flags) {
    char place[PATH_MAX];
    bool is_ours = locate(AT_FDCWD, path, place);
    if (is_ours && fails(STEP_NAME))
        return -1;
    int file = REAL(mkostemp)(path, flags);
    if (file >= 0 && is_ours && locate(AT_FDCWD, path, place)) {
        is_watched[file] = true;
        note('c', inode_of(file), 0, place, strlen(place));
    }
    return file;
}

int mkstemp(char *path) {
    return mkostemp(path, 0);
}

int close(int file) {
    if (file >= 0 && file < (int)(sizeof is_watched))
        is_watched[file] = false;
    return REAL(close)(file);
}

static ssize_t write_at(int file, const void *bytes, size_t length, off_t at) {
    int fault = meet(STEP_WRITE);
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    ssize_t written = REAL(pwrite)(file, bytes, fault ? length / 2 : length, at);
    if (fault)
        raise(SIGKILL);
    if (written > 0)
        note('w', inode_of(file), at, bytes, (size_t)written);
    return written;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
    return watches(file) ? write_at(file, bytes, length, at) : REAL(pwrite)(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
    return pwrite(file, bytes, length, at);
}

ssize_t write(int file, const void *bytes, size_t length) {
    if (!watches(file))
        return REAL(write)(file, bytes, length);
    off_t at = lseek(file, 0, SEEK_CUR);
    ssize_t written = write_at(file, bytes, length, at);
    if (written > 0)
        lseek(file, at + written, SEEK_SET);
    return written;
}

int ftruncate(int file, off_t length) {
    if (!watches(file))
        return REAL(ftruncate)(file, length);
    if (fails(STEP_TRUNCATE) || REAL(ftruncate)(file, length) != 0)
        return -1;
    note('t', inode_of(file), length, NULL, 0);
    return 0;
}

int ftruncate64(int file, off64_t length) {
    return ftruncate(file, length);
}

/* --- streams --- */

FILE *fopen(const char *path, const char *mode) {
    char place[PATH_MAX];
    if (*mode == 'r' || !locate(AT_FDCWD, path, place))
        return REAL(fopen)(path, mode);
    /* To be read as well: what it wrote is looked at when it is flushed. */
    int flags = O_RDWR | O_CREAT | (strchr(mode, 'x') ? O_EXCL : 0) | (strchr(mode, 'e') ? O_CLOEXEC : 0);
    int file = open(path, flags | (*mode == 'a' ? O_APPEND : O_TRUNC), 0666);
    return file < 0 ? NULL : fdopen(file, *mode == 'a' ? "a" : "w");
}

FILE *fopen64(const char *path, const char *mode) {
    return fopen(path, mode);
}

/* What has gone through a stream so far is one write. Whether it fails. */
static bool flush_fails(FILE *stream) {
    struct stat status;
    int file = stream ? fileno(stream) : -1;
    if (!watches(file) || REAL(fflush)(stream) != 0 || fstat(file, &status) != 0 || status.st_size == 0)
        return false;
    void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    bool failed = fails(STEP_WRITE);
    if (bytes != MAP_FAILED && !failed)
        note('w', status.st_ino, 0, bytes, (size_t)status.st_size);
    if (bytes != MAP_FAILED)
        munmap(bytes, (size_t)status.st_size);
    return failed;
}

int fflush(FILE *stream) {
    bool failed = flush_fails(stream);
    return REAL(fflush)(stream) != 0 || failed ? EOF : 0;
}

int fclose(FILE *stream) {
    bool failed = flush_fails(stream);
    int file = fileno(stream);
    if (file >= 0 && file < (int)(sizeof is_watched))
        is_watched[file] = false;
    return REAL(fclose)(stream) != 0 || failed ? EOF : 0;
}

/* --- syncs --- */

static bool sync_fails(void) {
    const struct timespec delay = {control->delay / 1000, control->delay % 1000 * 1000000L};
    nanosleep(&delay, NULL);
    return fails(STEP_SYNC);
}

int fsync(int file) {
    if (!watches(file))
        return REAL(fsync)(file);
    if (sync_fails() || REAL(fsync)(file) != 0)
        return -1;
    note('s', inode_of(file), 0, NULL, 0);
    return 0;
}

int fdatasync(int file) {
    return watches(file) ? fsync(file) : REAL(fdatasync)(file);
}

int syncfs(int file) {
    if (!watches(file))
        return REAL(syncfs)(file);
    if (sync_fails() || REAL(syncfs)(file) != 0)
        return -1;
    note('S', 0, 0, NULL, 0);
    return 0;
}

/* --- names --- */

struct names {
    char first[PATH_MAX], second[PATH_MAX];
};

/* Two names that belong together, as the trace has them: with a zero between. */
static void note_names(char kind, const struct names *names) {
    char both[2 * PATH_MAX];
    size_t first = strlen(names->first) + 1, second = strlen(names->second);
    memcpy(both, names->first, first);
    memcpy(both + first, names->second, second);
    note(kind, 0, 0, both, first + second);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    struct names names;
    bool is_ours = locate(from, old, names.first) && locate(to, new, names.second);
    if ((is_ours && fails(STEP_NAME)) || REAL(renameat2)(from, old, to, new, flags) != 0)
        return -1;
    if (is_ours)
        note_names('r', &names);
    return 0;
}

int rename(const char *old, const char *new) {
    return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0);
}

int link(const char *old, const char *new) {
    struct names names;
    bool is_ours = locate(AT_FDCWD, old, names.first) && locate(AT_FDCWD, new, names.second);
    if ((is_ours && fails(STEP_NAME)) || REAL(link)(old, new) != 0)
        return -1;
    if (is_ours)
        note_names('l', &names);
    return 0;
}

int mkdir(const char *path, mode_t mode) {
    char place[PATH_MAX];
    struct stat status;
    bool is_ours = locate(AT_FDCWD, path, place) && lstat(place, &status) != 0;
    if ((is_ours && fails(STEP_NAME)) || REAL(mkdir)(path, mode) != 0)
        return -1;
    if (is_ours)
        note('m', 0, 0, place, strlen(place));
    return 0;
}

int unlinkat(int from, const char *path, int flags) {
    char place[PATH_MAX];
    struct stat status;
    bool is_ours = locate(from, path, place) && lstat(place, &status) == 0;
    if ((is_ours && fails(STEP_ERASE)) || REAL(unlinkat)(from, path, flags) != 0)
        return -1;
    if (is_ours)
        note('u', 0, 0, place, strlen(place));
    return 0;
}

int unlink(const char *path) {
    return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path) {
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

/* --- what goes out --- */

ssize_t send(int socket, const void *bytes, size_t length, int flags) {
    note('a', 0, 0, bytes, length);
    return REAL(send)(socket, bytes, length, flags);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
    for (size_t i = 0; i < message->msg_iovlen; i++)
        note('a', 0, 0, message->msg_iov[i].iov_base, message->msg_iov[i].iov_len);
    return REAL(sendmsg)(socket, message, flags);
}

/* --- the clock --- */

int clock_gettime(clockid_t clock, struct timespec *now) {
    int status = REAL(clock_gettime)(clock, now);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        now->tv_sec += control->clock;
    return status;
}

time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into)
        *into = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict into, void *restrict zone) {
    int status = REAL(gettimeofday)(into, zone);
    into->tv_sec += control->clock;
    return status;
}
