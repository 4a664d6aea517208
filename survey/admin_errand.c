#include "survey/admin_errand.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MADE_MOST = 100 * 1024 * 1024, SAID_MOST = 16 * 1024, WORDS_MOST = 64, DEPTH = 16 };

static int64_t seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* --- the folder of a report --- */

static int take_away(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static void clear_folder(const struct admin_errands *errands) {
    nftw(errands->folder, take_away, DEPTH, FTW_DEPTH | FTW_PHYS);
}

/* nftw gives its function nothing but the file. */
static size_t pictures;

static int count_picture(const char *path, const struct stat *status, int kind, struct FTW *place) {
    size_t length = strlen(path);
    (void)status, (void)place;
    pictures += kind == FTW_F && length > 4 && !strcmp(path + length - 4, ".svg");
    return 0;
}

size_t admin_errand_files(const struct admin_errands *errands) {
    pictures = 0;
    nftw(errands->folder, count_picture, DEPTH, FTW_PHYS);
    return pictures;
}

static bool read_report(struct admin_errands *errands) {
    char path[PATH_MAX], piece[16 * 1024];
    if (snprintf(path, sizeof path, "%s/report.html", errands->folder) >= (int)sizeof path)
        return false;
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    buffer_clear(&errands->made);
    for (size_t length; errands->made.length <= MADE_MOST && (length = fread(piece, 1, sizeof piece, file));)
        buffer_append_bytes(&errands->made, piece, length);
    bool whole = !ferror(file) && errands->made.length <= MADE_MOST;
    fclose(file);
    return whole;
}

/* --- opening and closing --- */

void admin_errand_open(struct admin_errands *errands, struct arena *arena,
                       const struct office_options *options) {
    char path[PATH_MAX] = "", real[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    *errands = (struct admin_errands){
        .options = options,
        .survey = arena_copy(arena, path),
        .analysis = arena_format(arena, "%.*sanalysis", folder, path),
        .folder = arena_format(arena, "%s.office", realpath(options->store, real) ? real : options->store),
        .outputs = {-1, -1}};
    clear_folder(errands);
}

static void close_outputs(struct admin_errands *errands) {
    for (size_t i = 0; i < 2; i++) {
        if (errands->outputs[i] >= 0)
            close(errands->outputs[i]);
        errands->outputs[i] = -1;
    }
}

void admin_errand_forget(struct admin_errands *errands) {
    buffer_destroy(&errands->made);
    buffer_destroy(&errands->said);
    errands->errand = ADMIN_ERRAND_NONE;
    errands->failed = false;
}

/* A report begins anew, a reminder goes on where it was: either may be cut short. */
void admin_errand_close(struct admin_errands *errands) {
    if (errands->child) {
        kill(errands->child, SIGTERM);
        waitpid(errands->child, NULL, 0);
    }
    close_outputs(errands);
    admin_errand_forget(errands);
    clear_folder(errands);
}

/* --- starting --- */

/* The words of the program, with which each begins. */
static void choose_words(const struct admin_errands *errands, enum admin_errand errand, const char *language,
                         const char *words[static WORDS_MOST]) {
    const char *file = errands->options->site->questionnaire->file, *store = errands->options->store;
    const char *const report[] = {errands->analysis, "report",   file,   "--store",    store,    "--output",
                                  errands->folder,   "--format", "html", "--language", language, NULL};
    const char *const csv[] = {errands->analysis, "export", file, "--store", store, "--format", "csv", NULL};
    const char *const spreadsheet[] = {errands->analysis, "export",      file, "--store", store,
                                       "--format",        "spreadsheet", NULL};
    const char *const remind[] = {errands->survey,
                                  "remind",
                                  file,
                                  "--store",
                                  store,
                                  "--public-url",
                                  errands->options->public_url,
                                  NULL};
    const char *const *const all[] = {[ADMIN_ERRAND_REPORT] = report,
                                      [ADMIN_ERRAND_SPREADSHEET] = spreadsheet,
                                      [ADMIN_ERRAND_CSV] = csv,
                                      [ADMIN_ERRAND_REMINDER] = remind};
    size_t count = 0;
    for (const char *const *word = all[errand]; *word; word++)
        words[count++] = *word;
    const char *const *more = errand == ADMIN_ERRAND_REMINDER ? errands->options->reminder : NULL;
    for (; more && *more && count < WORDS_MOST - 1; more++)
        words[count++] = *more;
    words[count] = NULL;
}

/* In the child: what the server ignores and blocks is as usual again, nothing is read from the terminal. */
static void become(const char *const *words, int output, int error) {
    int nothing = open("/dev/null", O_RDONLY);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    if (words[0] && nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
        dup2(error, STDERR_FILENO) >= 0)
        execv(words[0], (char *const *)words);
    dprintf(error, "cannot start %s: %s\n", words[0], strerror(errno));
    _exit(127);
}

static bool start(struct admin_errands *errands, const char *const *words, struct failure *failure) {
    int output[2], error[2];
    if (pipe2(output, O_CLOEXEC | O_NONBLOCK) != 0)
        return failure_set(failure, "cannot start %s: %s", words[0], strerror(errno));
    if (pipe2(error, O_CLOEXEC | O_NONBLOCK) != 0) {
        close(output[0]);
        close(output[1]);
        return failure_set(failure, "cannot start %s: %s", words[0], strerror(errno));
    }
    fcntl(output[1], F_SETFL, 0);
    fcntl(error[1], F_SETFL, 0);
    pid_t child = fork();
    if (child == 0)
        become(words, output[1], error[1]);
    close(output[1]);
    close(error[1]);
    errands->outputs[0] = output[0];
    errands->outputs[1] = error[0];
    if (child > 0) {
        errands->child = child;
        return true;
    }
    close_outputs(errands);
    return failure_set(failure, "cannot start %s: %s", words[0], strerror(errno));
}

bool admin_errand_start(struct admin_errands *errands, enum admin_errand errand, const char *language,
                        struct failure *failure) {
    const char *words[WORDS_MOST];
    if (errands->child)
        return failure_set(failure, "something else is being made just now: wait for its end");
    admin_errand_forget(errands);
    clear_folder(errands);
    if (errand == ADMIN_ERRAND_REPORT && mkdir(errands->folder, S_IRWXU) != 0)
        return failure_set(failure, "cannot make the folder %s: %s", errands->folder, strerror(errno));
    choose_words(errands, errand, language, words);
    if (!start(errands, words, failure))
        return false;
    errands->errand = errand;
    errands->begun = seconds();
    return true;
}

/* --- while it runs --- */

bool admin_errand_is_running(const struct admin_errands *errands) {
    return errands->child != 0;
}

int64_t admin_errand_seconds(const struct admin_errands *errands) {
    return seconds() - errands->begun;
}

size_t admin_errand_watch(const struct admin_errands *errands, struct pollfd *watched) {
    size_t count = 0;
    for (size_t i = 0; i < 2; i++)
        if (errands->outputs[i] >= 0)
            watched[count++] = (struct pollfd){.fd = errands->outputs[i], .events = POLLIN};
    return count;
}

/* Both outputs are at their end: so is the program. */
static void finish(struct admin_errands *errands) {
    int status = 0;
    while (waitpid(errands->child, &status, 0) < 0 && errno == EINTR)
        ;
    errands->child = 0;
    errands->failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    if (errands->errand == ADMIN_ERRAND_REPORT) {
        errands->failed = errands->failed || !read_report(errands);
        clear_folder(errands);
    }
    if (errands->failed)
        buffer_destroy(&errands->made);
}

static void read_output(struct admin_errands *errands, size_t index) {
    struct buffer *into = index ? &errands->said : &errands->made;
    size_t most = index ? SAID_MOST : MADE_MOST;
    char piece[16 * 1024];
    ssize_t length = read(errands->outputs[index], piece, sizeof piece);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0) {
        close(errands->outputs[index]);
        errands->outputs[index] = -1;
    } else if (into->length + (size_t)length <= most) {
        buffer_append_bytes(into, piece, (size_t)length);
    } else if (index == 0) {
        errands->failed = true; /* what is cut short is worth nothing */
    }
}

void admin_errand_tend(struct admin_errands *errands) {
    for (size_t i = 0; i < 2; i++)
        if (errands->outputs[i] >= 0)
            read_output(errands, i);
    if (errands->child && errands->outputs[0] < 0 && errands->outputs[1] < 0)
        finish(errands);
}
