#include "survey/scan_child.h"

#include "survey/confinement.h"
#include "survey/scan_limits.h"
#include "survey/scan_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MOST = 64 << 20 /* bytes that a reading may have */ };

/* --- in the child --- */

/* What libraries say of a picture is for nobody to read. */
static void be_quiet(void) {
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing >= 0) {
        dup2(nothing, STDOUT_FILENO);
        dup2(nothing, STDERR_FILENO);
    }
}

static void write_all(int to, const struct buffer *buffer) {
    for (size_t done = 0; done < buffer->length;) {
        ssize_t count = write(to, buffer->bytes + done, buffer->length - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return;
        done += (size_t)count;
    }
}

static void read_and_answer(const struct scan_bytes *from, const struct scan_forms *forms, int to) {
    struct arena *arena = arena_create();
    struct scan_reading reading = {0};
    struct failure failure = {0};
    const char *lacking;
    be_quiet();
    confinement_hide_memory();
    scan_limits_set(false, from->length);
    if (confinement_enter(arena, NULL, &lacking, &failure))
        scan_page_read(arena, from, forms, &reading);
    else
        reading.refusal = failure.text;
    struct buffer answer = {0};
    scan_wire_write(&answer, &reading);
    write_all(to, &answer);
}

/* --- in the parent --- */

static bool start_failed(struct failure *failure) {
    return failure_set(failure, "cannot start a process to read pages: %s", strerror(errno));
}

bool scan_child_read(struct arena *arena, const struct scan_bytes *from, const struct scan_forms *forms,
                     struct scan_reading *reading, struct failure *failure) {
    int ends[2], status = 0;
    *reading = (struct scan_reading){0};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return start_failed(failure);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        read_and_answer(from, forms, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return start_failed(failure);
    }
    struct buffer answer = {0};
    bool has_ended = scan_limits_listen(ends[0], &answer, ANSWER_MOST);
    close(ends[0]);
    if (!has_ended)
        scan_limits_end(child);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!has_ended || status != 0 || !scan_wire_read(reading, arena, &answer, forms))
        *reading = (struct scan_reading){.is_last = true, .refusal = scan_limits_words(status, has_ended)};
    buffer_destroy(&answer);
    return true;
}
