#include "analysis/gnuplot.h"

#include "model/base/arena.h"
#include "model/base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "gnuplot"

/* What gnuplot said is read up to here; more would not help anybody. */
enum { MESSAGE_MOST = 64 * 1024 };

/* Only where programs and fonts are found is taken over: C.UTF-8 is the C locale with names of more than
 * ASCII, and GNUPLOT_LIB, GNUTERM and the like are left behind. */
static char **fixed_environment(struct arena *arena) {
    static const char *const kept[] = {"PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE",
                                       "FONTCONFIG_PATH"};
    enum { KEPT = sizeof kept / sizeof *kept };
    char **environment = ARENA_NEW(arena, char *, KEPT + 2);
    size_t count = 0;
    environment[count++] = arena_copy(arena, "LC_ALL=C.UTF-8");
    for (size_t i = 0; i < KEPT; i++) {
        const char *value = getenv(kept[i]);
        if (value)
            environment[count++] = arena_format(arena, "%s=%s", kept[i], value);
    }
    return environment;
}

/* --default-settings: no gnuplotrc is read. A script that fails ends the process with status 1. */
static char **command_line(struct arena *arena, const char *const *names, size_t count) {
    char **words = ARENA_NEW(arena, char *, count + 3);
    words[0] = arena_copy(arena, PROGRAM);
    words[1] = arena_copy(arena, "--default-settings");
    for (size_t i = 0; i < count; i++)
        words[i + 2] = arena_format(arena, "%s.gp", names[i]);
    return words;
}

/* Starts gnuplot with its messages going to `messages`. Gives 0 or an errno. */
static int start(struct arena *arena, const char *folder, char **words, int messages, pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, messages, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, folder);
    int error = posix_spawnp(process, words[0], &actions, NULL, words, fixed_environment(arena));
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static void read_messages(int from, struct buffer *messages) {
    char bytes[4096];
    for (;;) {
        ssize_t length = read(from, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return;
        if (messages->length < MESSAGE_MOST)
            buffer_append_bytes(messages, bytes, (size_t)length);
    }
}

static int wait_for(pid_t process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

/* What gnuplot says stands on several lines, with a caret under the mistake: told in one. */
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

static bool report(struct arena *arena, int status, const char *messages, struct failure *failure) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFSIGNALED(status))
        return failure_set(failure, "gnuplot was ended by signal %d (%s)", WTERMSIG(status),
                           strsignal(WTERMSIG(status)));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return failure_set(failure, "gnuplot cannot be started; is the package gnuplot-nox installed?");
    return failure_set(failure, "gnuplot could not draw the charts: %s", in_one_line(arena, messages));
}

static bool run(struct arena *arena, const char *folder, char **words, struct failure *failure) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return failure_set(failure, "no pipe for gnuplot: %s", strerror(errno));
    pid_t process = 0;
    int error = start(arena, folder, words, ends[1], &process);
    close(ends[1]);
    if (error) {
        close(ends[0]);
        return failure_set(failure, "cannot start gnuplot (package gnuplot-nox): %s", strerror(error));
    }
    struct buffer messages = {0};
    read_messages(ends[0], &messages);
    close(ends[0]);
    bool good = report(arena, wait_for(process), buffer_text(&messages), failure);
    buffer_destroy(&messages);
    return good;
}

bool gnuplot_run(const char *folder, const char *const *names, size_t count, struct failure *failure) {
    if (count == 0)
        return true;
    struct arena *arena = arena_create();
    bool good = run(arena, folder, command_line(arena, names, count), failure);
    arena_destroy(arena);
    return good;
}

/* The first of that name in PATH, as posix_spawnp looks for it. */
const char *gnuplot_identity(struct arena *arena) {
    const char *rest = getenv("PATH");
    while (rest && *rest) {
        size_t length = strcspn(rest, ":");
        const char *path = arena_format(arena, "%.*s/" PROGRAM, (int)length, rest);
        struct stat status;
        if (length && access(path, X_OK) == 0 && stat(path, &status) == 0 && S_ISREG(status.st_mode))
            return arena_format(arena, "%s %lld %lld.%09ld", path, (long long)status.st_size,
                                (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
        rest += length + (rest[length] == ':');
    }
    return NULL;
}
