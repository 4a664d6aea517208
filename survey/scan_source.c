#include "survey/scan_source.h"

#include "survey/scan_pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MEBIBYTES_MOST = 512,
    MEBIBYTE = 1 << 20,
    PAGES_MOST = 5000,
    PICTURES_MOST = 1000 /* of a TIFF file, in which each is looked for from the first */
};

struct scan_source {
    const char *path; /* absolute */
    unsigned char *bytes;
    size_t length;
    bool is_pdf, has_ended;
    unsigned next, pages; /* from 0; of a PDF: how many */
    struct buffer picture;
};

static struct scan_source *refuse(const char **reason, const char *why) {
    *reason = why;
    return NULL;
}

/* The bytes of a regular file, which stay in the file; NULL with the reason. */
static unsigned char *map(struct arena *arena, const char *path, size_t *length, const char **reason) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0 || fstat(file, &status) != 0) {
        *reason = arena_format(arena, "it cannot be read: %s", strerror(errno));
        if (file >= 0)
            close(file);
        return NULL;
    }
    void *bytes = MAP_FAILED;
    *length = S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;
    if (S_ISDIR(status.st_mode))
        *reason = "it is a folder; name the files in it";
    else if (!S_ISREG(status.st_mode))
        *reason = "it is not a regular file";
    else if (status.st_size == 0)
        *reason = "it is empty";
    else if (status.st_size > (off_t)MEBIBYTES_MOST * MEBIBYTE)
        *reason =
            arena_format(arena, "it has more than %d MiB; scan in shades of grey, at 150 to 300 dots an inch",
                         MEBIBYTES_MOST);
    else if ((bytes = mmap(NULL, *length, PROT_READ, MAP_PRIVATE, file, 0)) == MAP_FAILED)
        *reason = arena_format(arena, "it cannot be read: %s", strerror(errno));
    close(file);
    return bytes == MAP_FAILED ? NULL : bytes;
}

struct scan_source *scan_source_open(struct arena *arena, const char *path, const char **reason) {
    static const char mark[] = "%PDF-";
    enum { MARK_WITHIN = 1024 }; /* as readers of PDF have it */
    struct scan_source *source = ARENA_NEW(arena, struct scan_source, 1);
    char *absolute = realpath(path, NULL);
    if (!absolute)
        return refuse(reason, arena_format(arena, "it cannot be read: %s", strerror(errno)));
    source->path = arena_copy(arena, absolute);
    free(absolute);
    source->bytes = map(arena, source->path, &source->length, reason);
    if (!source->bytes)
        return NULL;
    size_t within = source->length < MARK_WITHIN ? source->length : MARK_WITHIN;
    source->is_pdf = memmem(source->bytes, within, mark, sizeof mark - 1) != NULL;
    if (!source->is_pdf || scan_pdf_count(source->path, &source->pages, reason))
        return source;
    scan_source_close(source);
    return NULL;
}

enum scan_source_outcome scan_source_next(struct scan_source *source, struct arena *arena,
                                          struct scan_bytes *page, const char **reason) {
    unsigned number = source->next++, most = source->is_pdf ? PAGES_MOST : PICTURES_MOST;
    if (number >= most) {
        *reason = "no more pages of it are read: it has too many; divide it into several files";
        return number == most ? SCAN_SOURCE_REFUSED : SCAN_SOURCE_END;
    }
    if (source->has_ended)
        return SCAN_SOURCE_END;
    if (!source->is_pdf) {
        *page = (struct scan_bytes){source->bytes, source->length, number};
        return SCAN_SOURCE_DONE;
    }
    if (number >= source->pages)
        return SCAN_SOURCE_END;
    buffer_clear(&source->picture);
    if (!scan_pdf_picture(arena, source->path, number + 1, &source->picture, reason))
        return SCAN_SOURCE_REFUSED;
    *page = (struct scan_bytes){(const unsigned char *)source->picture.bytes, source->picture.length, 0};
    return SCAN_SOURCE_DONE;
}

void scan_source_note_last(struct scan_source *source) {
    source->has_ended = !source->is_pdf;
}

void scan_source_close(struct scan_source *source) {
    if (!source)
        return;
    munmap(source->bytes, source->length);
    buffer_destroy(&source->picture);
}
