#include "survey/invitations.h"

#include "model/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *invitations_address(struct arena *arena, const char *public_url, const struct link *link) {
    size_t length = strlen(public_url);
    return arena_format(arena, "%s%sr/%s", public_url, length && public_url[length - 1] == '/' ? "" : "/",
                        link->token);
}

/* --- the mail-merge file --- */

/* A name is shown by a spreadsheet, which would take one that begins like a formula for one. */
static void append_name(struct buffer *csv, struct arena *arena, const char *name) {
    bool formula = name && *name && strchr("=+-@\t\r", *name);
    csv_append(csv, formula ? arena_format(arena, "'%s", name) : name ? name : "", ',');
}

/* The code known for an item in `role=member service=north`; empty if it is not. */
static const char *known_code(struct arena *arena, const char *known, const char *id) {
    size_t length = strlen(id);
    for (const char *at = known; *at; at += strcspn(at, " "), at += *at == ' ')
        if (!strncmp(at, id, length) && at[length] == '=')
            return arena_copy_bytes(arena, at + length + 1, strcspn(at + length + 1, " "));
    return "";
}

static void append_header(struct buffer *csv, const struct population *population) {
    buffer_append(csv, "name,email,language");
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item)
            buffer_format(csv, ",%s", population->margins[i].item->id);
    buffer_append(csv, ",link,code\n");
}

static void append_cell(struct buffer *csv, const char *cell) {
    buffer_append(csv, ",");
    csv_append(csv, cell ? cell : "", ',');
}

void invitations_csv(struct buffer *csv, struct arena *arena, const struct questionnaire *questionnaire,
                     const struct secret *key, const char *public_url, const struct invitation *people,
                     size_t count) {
    const struct population *population = &questionnaire->population;
    append_header(csv, population);
    for (size_t i = 0; i < count; i++) {
        const struct invitation *person = &people[i];
        struct link link = link_make(key, person->id, person->generation);
        append_name(csv, arena, person->name);
        append_cell(csv, person->email);
        append_cell(csv, person->language);
        for (size_t j = 0; j < population->margin_count; j++)
            if (population->margins[j].item)
                append_cell(csv, known_code(arena, person->known, population->margins[j].item->id));
        append_cell(csv, invitations_address(arena, public_url, &link));
        append_cell(csv, link.code);
        buffer_append(csv, "\n");
        secret_erase(&link, sizeof link);
    }
}

/* --- a file of links --- */

static bool write_all(int file, const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        ssize_t written = write(file, bytes + at, length - at);
        if (written < 0 && errno != EINTR)
            return false;
        at += written > 0 ? (size_t)written : 0;
    }
    return fsync(file) == 0;
}

/* What is replaced must be a file: not a device, a folder, a link to elsewhere. */
static bool check_place(const char *path, struct failure *failure) {
    struct stat status;
    return lstat(path, &status) != 0 || S_ISREG(status.st_mode) ||
           failure_set(failure, "%s is there and is no file; name another", path);
}

bool invitations_write(const char *path, const char *bytes, size_t length, struct failure *failure) {
    char fresh[PATH_MAX];
    if (!check_place(path, failure))
        return false;
    if ((size_t)snprintf(fresh, sizeof fresh, "%s.XXXXXX", path) >= sizeof fresh)
        return failure_set(failure, "the name %.100s… is too long", path);
    int file = mkstemp(fresh); /* readable by its owner only */
    if (file < 0)
        return failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    bool done = write_all(file, bytes, length);
    if (!done)
        failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    close(file);
    if (done && rename(fresh, path) != 0)
        done = failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    if (!done)
        unlink(fresh);
    return done;
}
