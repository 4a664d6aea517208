#include "survey/letters_file.h"

#include "model/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct letters_file_kind letters_file_pdf = {"PDF", "%PDF-"};

struct letters_file {
    FILE *stream;
    char *path, *temporary;
    int error; /* of the first write that failed */
};

static void destroy(struct letters_file *file) {
    if (file->stream)
        fclose(file->stream);
    free(file->path);
    free(file->temporary);
    free(file);
}

/* A slip of the hand must not cost a file of another kind: the roster, the questionnaire, the store. */
static bool may_be_replaced(const char *path, const char *start) {
    char begin[64];
    FILE *file = fopen(path, "rb");
    if (!file)
        return errno == ENOENT;
    size_t length = fread(begin, 1, sizeof begin, file), wanted = strlen(start);
    fclose(file);
    return length == 0 || (length >= wanted && !memcmp(begin, start, wanted));
}

/* A device or a pipe would be replaced by the file, and a link would no longer lead where its owner thinks.
 */
static bool is_place(const char *path, const struct letters_file_kind *kind, struct failure *failure) {
    struct stat status;
    if (lstat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return failure_set(failure, "cannot write %s: it is %s; choose another name", path,
                           S_ISDIR(status.st_mode) ? "a folder" : "not an ordinary file");
    if (!may_be_replaced(path, kind->start))
        return failure_set(failure, "%s is there already and is no %s: it was left as it is; name another",
                           path, kind->name);
    return true;
}

struct letters_file *letters_file_begin(const char *path, const struct letters_file_kind *kind,
                                        struct failure *failure) {
    if (!is_place(path, kind, failure))
        return NULL;
    struct letters_file *file = calloc(1, sizeof *file);
    if (!file || !(file->path = strdup(path)) || asprintf(&file->temporary, "%s.XXXXXX", path) < 0)
        abort();
    /* mkstemp gives mode 0600. */
    int descriptor = mkostemp(file->temporary, O_CLOEXEC);
    if (descriptor < 0) {
        failure_set(failure, "cannot write %s: %s", path, strerror(errno));
        destroy(file);
        return NULL;
    }
    file->stream = fdopen(descriptor, "w");
    if (!file->stream)
        abort();
    return file;
}

bool letters_file_write(struct letters_file *file, const unsigned char *bytes, size_t length) {
    if (!file->error && fwrite(bytes, 1, length, file->stream) != length)
        file->error = errno;
    return !file->error;
}

bool letters_file_has_failed(const struct letters_file *file) {
    return file->error != 0;
}

static int close_on_disk(struct letters_file *file) {
    int error = file->error;
    if (!error && (fflush(file->stream) != 0 || fsync(fileno(file->stream)) != 0))
        error = errno;
    if (fclose(file->stream) != 0 && !error)
        error = errno;
    file->stream = NULL;
    return error;
}

bool letters_file_finish(struct letters_file *file, struct failure *failure) {
    int error = close_on_disk(file);
    if (!error && (rename(file->temporary, file->path) != 0 || !folder_sync(file->path)))
        error = errno;
    if (error) {
        failure_set(failure, "cannot write %s: %s", file->path, strerror(error));
        letters_file_abandon(file);
        return false;
    }
    destroy(file);
    return true;
}

void letters_file_abandon(struct letters_file *file) {
    unlink(file->temporary);
    destroy(file);
}
