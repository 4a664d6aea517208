#include "analysis/export.h"

#include "analysis/spreadsheet.h"
#include "model/answer_csv.h"
#include "model/base/folder.h"
#include "model/campaign.h"
#include "model/store_pass.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct command_option export_options[] = {
    {.name = "format",
     .argument = "csv|spreadsheet",
     .help = "csv (default): codes, as survey import reads them"},
    {.name = "output",
     .argument = "PATH",
     .help = "the file to write, -o for short (default: standard output)"},
    CAMPAIGN_BEFORE_CLOSE_OPTION,
    CAMPAIGN_STORE_OPTION,
    {0}};

enum format { FORMAT_CSV, FORMAT_SPREADSHEET, FORMAT_COUNT };

static enum format read_format(const char *name) {
    if (!name || !strcmp(name, "csv"))
        return FORMAT_CSV;
    return !strcmp(name, "spreadsheet") ? FORMAT_SPREADSHEET : FORMAT_COUNT;
}

/* --- the records, sorted --- */

struct record {
    const char *bytes;
    size_t length;
};

/* Where each record begins among the bytes of all. */
struct records {
    size_t *starts;
    size_t count, capacity;
    struct buffer bytes;
};

static void note_start(struct records *records) {
    if (records->count == records->capacity) {
        size_t capacity = records->capacity ? records->capacity * 2 : 256;
        size_t *larger = realloc(records->starts, capacity * sizeof *larger);
        if (!larger)
            abort();
        records->starts = larger;
        records->capacity = capacity;
    }
    records->starts[records->count++] = records->bytes.length;
}

static int compare(const void *left, const void *right) {
    const struct record *one = left, *other = right;
    size_t shorter = one->length < other->length ? one->length : other->length;
    int order = memcmp(one->bytes, other->bytes, shorter);
    return order ? order : (one->length > other->length) - (one->length < other->length);
}

static void append_sorted(struct buffer *out, const struct records *records) {
    struct record *sorted = malloc((records->count + 1) * sizeof *sorted);
    if (!sorted)
        abort();
    for (size_t i = 0; i < records->count; i++) {
        size_t end = i + 1 < records->count ? records->starts[i + 1] : records->bytes.length;
        sorted[i] = (struct record){records->bytes.bytes + records->starts[i], end - records->starts[i]};
    }
    qsort(sorted, records->count, sizeof *sorted, compare);
    for (size_t i = 0; i < records->count; i++)
        buffer_append_bytes(out, sorted[i].bytes, sorted[i].length);
    free(sorted);
}

static bool read_all(struct records *records, const struct campaign *campaign, enum format format,
                     struct failure *failure) {
    struct store_pass *pass = store_pass_begin(campaign->store, failure);
    struct response response;
    while (pass && store_pass_next(pass, &response, failure)) {
        note_start(records);
        if (format == FORMAT_CSV)
            answer_csv_record(&records->bytes, campaign->questionnaire, &response);
        else
            spreadsheet_record(&records->bytes, campaign->questionnaire, &response);
    }
    store_pass_end(pass);
    return !failure_is_set(failure);
}

static bool make_text(struct buffer *text, const struct campaign *campaign, enum format format,
                      struct failure *failure) {
    struct records records = {0};
    bool done = read_all(&records, campaign, format, failure);
    if (done && format == FORMAT_SPREADSHEET)
        spreadsheet_header(text, campaign->questionnaire);
    else if (done)
        answer_csv_header(text, campaign->questionnaire, ',');
    if (done)
        append_sorted(text, &records);
    free(records.starts);
    buffer_destroy(&records.bytes);
    return done;
}

/* --- the file --- */

static bool write_all(int file, const struct buffer *text) {
    for (size_t at = 0; at < text->length;) {
        ssize_t written = write(file, text->bytes + at, text->length - at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        at += (size_t)written;
    }
    return fsync(file) == 0;
}

static bool is_same_file(const struct stat *file, const char *path) {
    struct stat other;
    return stat(path, &other) == 0 && other.st_dev == file->st_dev && other.st_ino == file->st_ino;
}

/* Whether the path is one that SQLite keeps beside the store, whether or not it is there at the moment. */
static bool is_beside_store(const struct campaign *campaign, const char *path) {
    static const char *const suffixes[] = {"-wal", "-shm", "-journal", ".key"};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *folder = slash ? arena_copy_bytes(campaign->arena, path, (size_t)(name - path)) : ".";
    char *resolved = realpath(folder, NULL), *store = realpath(campaign->path, NULL);
    bool is_beside = false;
    for (size_t i = 0; resolved && store && i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *side = arena_format(campaign->arena, "%s%s", store, suffixes[i]);
        const char *place =
            arena_format(campaign->arena, "%s/%s", strcmp(resolved, "/") == 0 ? "" : resolved, name);
        struct stat file;
        is_beside =
            is_beside || strcmp(place, side) == 0 || (stat(path, &file) == 0 && is_same_file(&file, side));
    }
    free(resolved);
    free(store);
    return is_beside;
}

/* Whether the file is empty or begins as the export `text` does: with the same first name. */
static bool is_export(const char *path, const struct buffer *text) {
    size_t length = strcspn(buffer_text(text), ",;\n");
    char *start = calloc(length + 1, 1);
    FILE *file = fopen(path, "rb");
    if (!start)
        abort();
    size_t got = file ? fread(start, 1, length, file) : 1;
    bool same = got == 0 || (got == length && !memcmp(start, buffer_text(text), length));
    if (file)
        fclose(file);
    free(start);
    return same;
}

/* What stands at the place already may be replaced only if it is an earlier export. */
static bool may_replace(const struct campaign *campaign, const char *path, const struct buffer *text,
                        struct failure *failure) {
    struct stat file;
    if (is_beside_store(campaign, path))
        return failure_set(failure, "%s belongs to the store %s: name another file", path, campaign->path);
    if (lstat(path, &file) != 0)
        return true;
    bool is_source = stat(path, &file) == 0 && (is_same_file(&file, campaign->path) ||
                                                is_same_file(&file, campaign->questionnaire->file));
    if (!is_source && S_ISREG(file.st_mode) && is_export(path, text))
        return true;
    return failure_set(
        failure, "%s is there already and is no earlier export: it was left as it is; name another", path);
}

/* Into a new file beside its place, then put there by rename: no one ever sees half of it. */
static bool write_file(struct arena *arena, const char *path, const struct buffer *text,
                       struct failure *failure) {
    char *temporary = arena_format(arena, "%s.XXXXXX", path);
    int file = mkstemp(temporary);
    if (file < 0)
        return failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    mode_t mask = umask(0);
    umask(mask);
    bool done = write_all(file, text) && fchmod(file, 0666 & ~mask) == 0;
    int error = errno;
    done = close(file) == 0 && done;
    if (done && rename(temporary, path) == 0 && folder_sync(path))
        return true;
    error = done ? errno : error;
    unlink(temporary);
    return failure_set(failure, "cannot write %s: %s", path, strerror(error));
}

static bool write_text(const struct campaign *campaign, const char *path, const struct buffer *text,
                       struct failure *failure) {
    if (path)
        return may_replace(campaign, path, text, failure) && write_file(campaign->arena, path, text, failure);
    if (fwrite(text->bytes, 1, text->length, stdout) == text->length && fflush(stdout) == 0)
        return true;
    return failure_set(failure, "cannot write to standard output: %s", strerror(errno));
}

int export_run(const struct arguments *arguments, struct failure *failure) {
    enum format format = read_format(command_value(arguments, "format"));
    if (format == FORMAT_COUNT) {
        failure_set(failure, "--format is csv or spreadsheet, not \"%s\"",
                    command_value(arguments, "format"));
        return COMMAND_USAGE;
    }
    struct campaign campaign;
    int status = campaign_open(&campaign, arguments, STORE_READ, failure);
    struct buffer text = {0};
    if (status == COMMAND_DONE &&
        (!campaign_may_evaluate(campaign.store, command_flag(arguments, "before-close"), failure) ||
         !make_text(&text, &campaign, format, failure) ||
         !write_text(&campaign, command_value(arguments, "output"), &text, failure)))
        status = COMMAND_FAILED;
    buffer_destroy(&text);
    campaign_close(&campaign);
    return status;
}
