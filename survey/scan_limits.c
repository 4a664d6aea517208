#include "survey/scan_limits.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The address sanitizer maps terabytes. */
#if defined(__SANITIZE_ADDRESS__)
#define HAS_MEMORY_LIMIT 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_MEMORY_LIMIT 0
#endif
#endif
#ifndef HAS_MEMORY_LIMIT
#define HAS_MEMORY_LIMIT 1
#endif

enum {
    SECONDS = 20,         /* of computing; a page takes less than one */
    DEADLINE = 60 * 1000, /* milliseconds, on a busy machine */
    MEBIBYTES = 1024,     /* the largest picture takes half of it */
    PIECE = 64 * 1024
};

static void limit(int what, rlim_t most) {
    const struct rlimit limits = {most, most};
    setrlimit((__rlimit_resource_t)what, &limits);
}

void scan_limits_set(bool is_program, size_t bytes) {
    if (is_program || HAS_MEMORY_LIMIT)
        limit(RLIMIT_AS, ((rlim_t)MEBIBYTES << 20) + bytes);
    limit(RLIMIT_CPU, SECONDS);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool scan_limits_listen(int from, struct buffer *said, size_t most) {
    char piece[PIECE];
    int64_t end = now() + DEADLINE;
    for (;;) {
        struct pollfd wait = {.fd = from, .events = POLLIN};
        int64_t left = end - now();
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return false;
        ssize_t count = read(from, piece, sizeof piece);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return count == 0;
        if (said->length + (size_t)count > most)
            return false;
        buffer_append_bytes(said, piece, (size_t)count);
    }
}

void scan_limits_end(pid_t child) {
    kill(child, SIGKILL);
}

const char *scan_limits_words(int status, bool has_ended) {
    if (!has_ended || (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)))
        return "reading it took too long; the file may be damaged, or made to do harm";
    if (WIFSIGNALED(status))
        return "reading it needs too much memory, or the file is damaged";
    return "reading it failed; the file may be damaged";
}
