#include "survey/invitations.h"

#include "model/base/folder.h"
#include "model/campaign_key.h"
#include "model/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the key --- */

void invitations_hashes(const struct secret *key, const struct invitation *person, struct link_hash *token,
                        struct link_hash *code) {
    struct link link = link_make(key, person->id, person->generation);
    link_token_hash(key, link.token, token);
    link_code_hash(key, link.code, code);
    secret_erase(&link, sizeof link);
}

static bool is_missing(const char *path) {
    struct stat status;
    return lstat(path, &status) != 0 && errno == ENOENT;
}

bool invitations_open_key(struct secret *key, const struct campaign *campaign, struct failure *failure) {
    const char *path = campaign_key_path(campaign->arena, campaign->path);
    if (is_missing(path))
        return failure_set(failure,
                           "the key %s is gone, with which the links of %s were made: without it none of them"
                           " works or can be made again; put back a copy",
                           path, campaign->path);
    return campaign_key_read(key, campaign->path, failure) && store_fits_key(campaign->store, key, failure);
}

/* --- the mail-merge file --- */

const char *invitations_address(struct arena *arena, const char *public_url, const struct link *link) {
    size_t length = strlen(public_url);
    return arena_format(arena, "%s%sr/%s", public_url, length && public_url[length - 1] == '/' ? "" : "/",
                        link->token);
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
        /* The file is opened in spreadsheets. Addresses cannot begin like a formula (roster.c), the rest is
         * Bilan's own. */
        csv_append_harmless(csv, person->name ? person->name : "", ',');
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

/* Whether the first line is the header of a mail-merge file. */
static bool is_merge_file(const char *path) {
    static const char start[] = "name,email,language,", end[] = ",link,code\n";
    FILE *file = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0;
    ssize_t length = file ? getline(&line, &room, file) : -1;
    size_t used = length > 0 ? (size_t)length : 0;
    bool is_merge = used >= sizeof start + sizeof end - 3 && !memcmp(line, start, sizeof start - 1) &&
                    !memcmp(line + used - (sizeof end - 1), end, sizeof end - 1);
    free(line);
    if (file)
        fclose(file);
    return is_merge;
}

/* A slip of the pen must not cost the roster or the questionnaire; and a device, a folder or a link to
 * elsewhere is not to be replaced by a file. */
static bool check_place(const char *path, struct failure *failure) {
    struct stat status;
    return is_missing(path) ||
           (lstat(path, &status) == 0 && S_ISREG(status.st_mode) && is_merge_file(path)) ||
           failure_set(failure,
                       "%s is there already and is no earlier mail-merge file: it was left as it is; name"
                       " another",
                       path);
}

bool invitations_write(const char *path, const char *bytes, size_t length, struct failure *failure) {
    char fresh[PATH_MAX];
    if (!check_place(path, failure))
        return false;
    if ((size_t)snprintf(fresh, sizeof fresh, "%s.XXXXXX", path) >= sizeof fresh)
        return failure_set(failure, "the name %.100s… is too long", path);
    int file = mkostemp(fresh, O_CLOEXEC); /* readable by its owner only */
    if (file < 0)
        return failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    bool done = write_all(file, bytes, length);
    int error = errno;
    if (close(file) == 0 && done && rename(fresh, path) == 0 && folder_sync(path))
        return true;
    error = done ? errno : error;
    unlink(fresh);
    return failure_set(failure, "cannot write %s: %s", path, strerror(error));
}
