/* Where mails are handed over, and with which user and password: those never stand on a command line, which
 * everybody on a machine can read. */
#include "survey/post_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CREDENTIALS_MOST = 4096 };

static bool check_file(int file, const char *path, struct failure *failure) {
    struct stat status;
    if (fstat(file, &status) != 0)
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    return !(status.st_mode & S_IRWXO) ||
           failure_set(failure, "%s can be read by everybody on this machine; chmod 600 it first", path);
}

/* The line at `*rest`, which is moved behind it. */
static const char *take_line(struct arena *arena, const char **rest) {
    size_t length = strcspn(*rest, "\r\n");
    const char *line = arena_copy_bytes(arena, *rest, length);
    *rest += length;
    *rest += **rest == '\r';
    *rest += **rest == '\n';
    return line;
}

static bool read_file(int file, const char *path, struct arena *arena, struct mail_server *server,
                      struct failure *failure) {
    char text[CREDENTIALS_MOST + 1];
    size_t length = 0;
    ssize_t got = 1;
    while (length < CREDENTIALS_MOST && (got = read(file, text + length, CREDENTIALS_MOST - length)) > 0)
        length += (size_t)got;
    if (got < 0)
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    text[length] = '\0';
    const char *rest = text;
    server->user = take_line(arena, &rest);
    server->password = take_line(arena, &rest);
    bool is_good = *server->user && *server->password && *rest == '\0' && strlen(text) == length;
    secret_erase(text, sizeof text);
    return is_good ||
           failure_set(failure, "%s must have two lines: the user, and the password of the mail server",
                       path);
}

static bool read_credentials(const char *path, struct arena *arena, struct mail_server *server,
                             struct failure *failure) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    bool done = check_file(file, path, failure) && read_file(file, path, arena, server, failure);
    close(file);
    return done;
}

bool post_server(const struct arguments *arguments, struct arena *arena, struct mail_server *server,
                 struct failure *failure) {
    const char *path = command_value(arguments, "credentials");
    const char *user = getenv("SMTP_USER"), *password = getenv("SMTP_PASSWORD");
    *server = (struct mail_server){.url = command_value(arguments, "smtp"),
                                   .from = command_value(arguments, "from"),
                                   .is_plain = command_flag(arguments, "smtp-plain")};
    if (path)
        return read_credentials(path, arena, server, failure);
    if (user && *user && (!password || !*password))
        return failure_set(failure, "SMTP_USER is set, but SMTP_PASSWORD is not");
    if (user && *user) {
        server->user = user;
        server->password = password;
    }
    return true;
}
