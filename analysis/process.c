#include "analysis/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a program said is read up to here; more would not help anybody. */
enum { MESSAGE_MOST = 64 * 1024 };

/* Only where programs and fonts are found is taken over: C.UTF-8 is the C locale with names of more than
 * ASCII, and GNUPLOT_LIB, GNUTERM and the like are left behind. The time is that of the first files of ZIP.
 */
static char **fixed_environment(struct arena *arena) {
    static const char *const kept[] = {"PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE",
                                       "FONTCONFIG_PATH"};
    enum { KEPT = sizeof kept / sizeof *kept };
    char **environment = ARENA_NEW(arena, char *, KEPT + 3);
    size_t count = 0;
    environment[count++] = arena_copy(arena, "LC_ALL=C.UTF-8");
    environment[count++] = arena_copy(arena, "SOURCE_DATE_EPOCH=315532800");
    for (size_t i = 0; i < KEPT; i++) {
        const char *value = getenv(kept[i]);
        if (value)
            environment[count++] = arena_format(arena, "%s=%s", kept[i], value);
    }
    return environment;
}

static char **command_line(struct arena *arena, const char *const *words) {
    size_t count = 0;
    while (words[count])
        count++;
    char **copies = ARENA_NEW(arena, char *, count + 1);
    for (size_t i = 0; i < count; i++)
        copies[i] = arena_copy(arena, words[i]);
    return copies;
}

/* What a program reads and writes are files without a name: no pipe can fill up while the other is waited
 * for. Its messages come through a pipe, which ends when it does. */
struct channels {
    int input, output;
    int messages[2];
};

static void close_file(int file) {
    if (file >= 0)
        close(file);
}

static void close_all(const struct channels *channels) {
    close_file(channels->input);
    close_file(channels->output);
    close_file(channels->messages[0]);
    close_file(channels->messages[1]);
}

static bool write_all(int file, const char *bytes, size_t length) {
    while (length) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* A file of these bytes, at its beginning; an empty one for NULL. -1 after a failure. */
static int hold(const char *bytes, size_t length) {
    int file = memfd_create("bytes", MFD_CLOEXEC);
    if (file < 0 || !bytes || (write_all(file, bytes, length) && lseek(file, 0, SEEK_SET) == 0))
        return file;
    close(file);
    return -1;
}

static bool open_channels(struct channels *channels, const struct process_request *request) {
    *channels = (struct channels){-1, -1, {-1, -1}};
    channels->input = hold(request->input, request->input_length);
    channels->output = hold(NULL, 0);
    return channels->input >= 0 && channels->output >= 0 && pipe2(channels->messages, O_CLOEXEC) == 0;
}

/* Gives 0 or an errno. */
static int start(struct arena *arena, const struct process_request *request, const struct channels *channels,
                 pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, channels->input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, channels->output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, channels->messages[1], STDERR_FILENO);
    if (request->folder)
        posix_spawn_file_actions_addchdir_np(&actions, request->folder);
    char **words = command_line(arena, request->words);
    int error = posix_spawnp(process, words[0], &actions, NULL, words, fixed_environment(arena));
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Reads to the end of the file; what is beyond `most` is read and forgotten. */
static bool read_all(int from, struct buffer *to, size_t most) {
    char bytes[1 << 14];
    for (;;) {
        ssize_t length = read(from, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return length == 0;
        if (to->length < most)
            buffer_append_bytes(to, bytes, (size_t)length);
    }
}

static int wait_for(pid_t process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

/* What a program says stands on several lines, perhaps with a caret under the mistake: told in one. */
static const char *in_one_line(struct arena *arena, const char *messages) {
    char *line = arena_copy(arena, messages + strspn(messages, " \t\r\n"));
    char *end = line;
    for (const char *byte = line; *byte; byte++)
        if (!strchr(" \t\r\n", *byte))
            *end++ = *byte;
        else if (end > line && end[-1] != ' ')
            *end++ = ' ';
    while (end > line && end[-1] == ' ')
        end--;
    *end = '\0';
    return *line ? line : "it gave no reason";
}

static bool judge(struct arena *arena, const struct process_request *request, int status,
                  const char *messages, struct failure *failure) {
    const char *program = request->words[0];
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFSIGNALED(status))
        return failure_set(failure, "%s was ended by signal %d (%s)", program, WTERMSIG(status),
                           strsignal(WTERMSIG(status)));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return failure_set(failure, "%s cannot be started; is the package %s installed?", program,
                           request->package);
    return failure_set(failure, "%s could not %s: %s", program, request->what, in_one_line(arena, messages));
}

static bool hear(struct arena *arena, const struct process_request *request, const struct channels *channels,
                 pid_t process, struct buffer *output, struct failure *failure) {
    struct buffer messages = {0};
    read_all(channels->messages[0], &messages, MESSAGE_MOST);
    bool good = judge(arena, request, wait_for(process), buffer_text(&messages), failure);
    buffer_destroy(&messages);
    if (good && output &&
        (lseek(channels->output, 0, SEEK_SET) != 0 || !read_all(channels->output, output, SIZE_MAX)))
        return failure_set(failure, "cannot read what %s wrote: %s", request->words[0], strerror(errno));
    return good;
}

static bool run(struct arena *arena, const struct process_request *request, struct channels *channels,
                struct buffer *output, struct failure *failure) {
    if (!open_channels(channels, request))
        return failure_set(failure, "nothing to talk to %s through: %s", request->words[0], strerror(errno));
    pid_t process = 0;
    int error = start(arena, request, channels, &process);
    close(channels->messages[1]);
    channels->messages[1] = -1;
    if (error)
        return failure_set(failure, "cannot start %s (package %s): %s", request->words[0], request->package,
                           strerror(error));
    return hear(arena, request, channels, process, output, failure);
}

bool process_run(const struct process_request *request, struct buffer *output, struct failure *failure) {
    struct arena *arena = arena_create();
    struct channels channels;
    bool good = run(arena, request, &channels, output, failure);
    close_all(&channels);
    arena_destroy(arena);
    return good;
}

/* The first of that name in PATH, as posix_spawnp looks for it. */
const char *process_find(struct arena *arena, const char *program) {
    const char *rest = getenv("PATH");
    while (rest && *rest) {
        size_t length = strcspn(rest, ":");
        const char *path = arena_format(arena, "%.*s/%s", (int)length, rest, program);
        struct stat status;
        if (length && access(path, X_OK) == 0 && stat(path, &status) == 0 && S_ISREG(status.st_mode))
            return path;
        rest += length + (rest[length] == ':');
    }
    return NULL;
}
