#include "survey/password.h"

#include "model/base/folder.h"
#include "model/base/secret.h"
#include "model/base/text.h"
#include "model/campaign.h"
#include "model/store_path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

const struct command_option password_options[] = {
    {.name = "remove", .help = "remove the password, and with it the evaluator's pages"},
    CAMPAIGN_STORE_OPTION,
    {0}};

enum { LINE_MOST = PASSWORD_MOST + 2 };

/* Where a symbolic link leads, as SQLite does with its own files. */
static const char *path_of(struct arena *arena, const char *store_path) {
    char real[PATH_MAX];
    return arena_format(arena, "%s.password", realpath(store_path, real) ? real : store_path);
}

const char *password_read(struct arena *arena, const char *store_path) {
    char kept[SECRET_PASSWORD_SIZE + 1] = "";
    struct stat status;
    int file = open(path_of(arena, store_path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return NULL;
    bool ours =
        fstat(file, &status) == 0 && S_ISREG(status.st_mode) && !(status.st_mode & (S_IRWXG | S_IRWXO));
    ssize_t length = ours ? read(file, kept, SECRET_PASSWORD_SIZE) : -1;
    close(file);
    kept[length < 0 ? 0 : length] = '\0';
    kept[strcspn(kept, "\n")] = '\0';
    return *kept ? arena_copy(arena, kept) : NULL;
}

/* --- reading it --- */

static bool read_line(char line[static LINE_MOST], struct failure *failure) {
    if (!fgets(line, LINE_MOST, stdin))
        return failure_set(failure, "no password was given; nothing was changed");
    size_t length = strcspn(line, "\r\n");
    bool is_whole = line[length] || length < LINE_MOST - 1;
    line[length] = '\0';
    if (!is_whole || !text_is_utf8(line, length, NULL))
        return failure_set(failure, "a password is a text of at most %d bytes, in UTF-8", PASSWORD_MOST);
    return true;
}

/* A signal is heard only once the terminal shows again what is typed. */
static bool ask(const char *question, char line[static LINE_MOST], struct failure *failure) {
    struct termios shown, hidden;
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    fputs(question, stderr);
    sigprocmask(SIG_BLOCK, &ends, &before);
    bool is_terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    if (is_terminal)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    bool done = read_line(line, failure);
    if (is_terminal)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    sigprocmask(SIG_SETMASK, &before, NULL);
    fputs("\n", stderr);
    return done;
}

static bool read_password(char password[static LINE_MOST], struct failure *failure) {
    char again[LINE_MOST];
    if (!isatty(STDIN_FILENO))
        return read_line(password, failure);
    if (!ask("password of the evaluator's pages: ", password, failure) ||
        !ask("the same once more: ", again, failure))
        return false;
    bool same = strcmp(password, again) == 0;
    secret_erase(again, sizeof again);
    return same || failure_set(failure, "the two are not the same; nothing was changed");
}

static bool check(const char *password, struct failure *failure) {
    return text_characters(password) >= PASSWORD_LEAST ||
           failure_set(failure,
                       "the password is too short: take at least %d characters, best some words at random",
                       PASSWORD_LEAST);
}

/* --- keeping it --- */

static bool refuse(const char *path, struct failure *failure) {
    return failure_set(failure, "cannot keep the password in %s: %s", path, strerror(errno));
}

/* Whole before it has its name, and readable by its owner only from the first byte on. */
static bool keep(struct arena *arena, const char *path, const char *kept, struct failure *failure) {
    const char *fresh = arena_format(arena, "%s.%ld", path, (long)getpid());
    size_t length = strlen(kept);
    unlink(fresh);
    int file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    bool done = file >= 0 && write(file, kept, length) == (ssize_t)length && write(file, "\n", 1) == 1 &&
                fsync(file) == 0;
    if (file >= 0 && close(file) != 0)
        done = false;
    done = done && rename(fresh, path) == 0 && folder_sync(path);
    if (!done) {
        refuse(path, failure);
        unlink(fresh);
    }
    return done;
}

static int set(struct arena *arena, const char *store_path, struct failure *failure) {
    char password[LINE_MOST], kept[SECRET_PASSWORD_SIZE] = "";
    bool done = read_password(password, failure) && check(password, failure);
    if (done)
        secret_keep_password(password, kept);
    secret_erase(password, sizeof password);
    done = done && store_path_make_folder(arena, store_path, failure) &&
           keep(arena, path_of(arena, store_path), kept, failure);
    if (done)
        puts("the evaluator's pages are at /admin; who was signed in has to sign in again");
    return done ? COMMAND_DONE : COMMAND_FAILED;
}

static int take_away(struct arena *arena, const char *store_path, struct failure *failure) {
    const char *path = path_of(arena, store_path);
    if (unlink(path) == 0)
        puts("there are no evaluator's pages any more");
    else if (errno == ENOENT)
        puts("there was no password");
    else
        failure_set(failure, "cannot remove %s: %s", path, strerror(errno));
    return failure_is_set(failure) ? COMMAND_FAILED : COMMAND_DONE;
}

int password_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign;
    int status = campaign_load(&campaign, arguments);
    if (status == COMMAND_DONE) {
        const char *path =
            store_path_choose(campaign.arena, campaign.questionnaire, command_value(arguments, "store"));
        status = command_flag(arguments, "remove") ? take_away(campaign.arena, path, failure)
                                                   : set(campaign.arena, path, failure);
    }
    campaign_close(&campaign);
    return status;
}
