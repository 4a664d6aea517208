#include "analysis/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TITLE "Written by Bilan, which replaces and removes these files and no other. Size, checksum, name:"
#define MAKER "Pictures drawn with "

struct manifest {
    struct arena *arena;
    struct manifest_file *first, *last;
    const char *maker;
};

struct manifest *manifest_create(struct arena *arena) {
    struct manifest *manifest = ARENA_NEW(arena, struct manifest, 1);
    manifest->arena = arena;
    return manifest;
}

static void append(struct manifest *manifest, const char *name, unsigned long long size,
                   unsigned long long checksum) {
    struct manifest_file *file = ARENA_NEW(manifest->arena, struct manifest_file, 1);
    *file = (struct manifest_file){arena_copy(manifest->arena, name), size, checksum, NULL};
    if (manifest->last)
        manifest->last->next = file;
    else
        manifest->first = file;
    manifest->last = file;
}

/* The list is only a file: a name in it must not lead out of the folder, nor to the list itself. */
static bool is_safe(const char *name) {
    if (!*name || name[0] == '/' || name[0] == '.' || strlen(name) > 250)
        return false;
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < ' ' || (at[0] == '/' && (at[1] == '/' || at[1] == '.' || !at[1])))
            return false;
    return true;
}

static bool read_line(struct manifest *manifest, char *line) {
    unsigned long long size = 0, checksum = 0;
    int name = 0;
    line[strcspn(line, "\n")] = '\0';
    if (!manifest->first && !manifest->maker && strncmp(line, MAKER, strlen(MAKER)) == 0) {
        manifest->maker = arena_copy(manifest->arena, line + strlen(MAKER));
        return true;
    }
    if (sscanf(line, "%llu %llx %n", &size, &checksum, &name) < 2 || !name || !is_safe(line + name))
        return false;
    append(manifest, line + name, size, checksum);
    return true;
}

struct manifest *manifest_read(struct arena *arena, const char *folder, struct failure *failure) {
    struct manifest *manifest = manifest_create(arena);
    char *path = arena_format(arena, "%s/%s", folder, MANIFEST_NAME);
    FILE *file = fopen(path, "re");
    if (!file && errno == ENOENT)
        return manifest;
    if (!file) {
        failure_set(failure, "cannot read %s: %s", path, strerror(errno));
        return NULL;
    }
    char line[512];
    bool good = fgets(line, sizeof line, file) && !strcmp(line, TITLE "\n");
    while (good && fgets(line, sizeof line, file))
        good = read_line(manifest, line);
    fclose(file);
    if (good)
        return manifest;
    failure_set(failure,
                "%s is not the list of files that Bilan leaves; move it away, or choose another "
                "--output",
                path);
    return NULL;
}

const struct manifest_file *manifest_first(const struct manifest *manifest) {
    return manifest->first;
}

const char *manifest_maker(const struct manifest *manifest) {
    return manifest->maker;
}

void manifest_set_maker(struct manifest *manifest, const char *maker) {
    manifest->maker = arena_copy(manifest->arena, maker);
}

static bool is_named(const struct manifest *manifest, const char *name) {
    for (const struct manifest_file *file = manifest->first; file; file = file->next)
        if (!strcmp(file->name, name))
            return true;
    return false;
}

/* One multiplication for eight bytes: charts are megabytes, and this guards against mistakes, not malice. */
static uint64_t mix(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return sum ^ sum >> 29;
}

static uint64_t checksum_bytes(uint64_t sum, const unsigned char *bytes, size_t length) {
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        sum = mix(sum, word);
    }
    uint64_t rest = length;
    for (; length; length--)
        rest = rest << 8 | bytes[length - 1];
    return mix(sum, rest);
}

/* Size and checksum of the regular file at `path`; false (errno is set) if it cannot be read or is none. */
static bool measure(const char *path, struct manifest_file *file) {
    enum { PIECE = 1 << 16 };
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    struct stat status;
    unsigned char *piece = malloc(PIECE);
    if (!piece)
        abort();
    ssize_t got = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) ? 1 : -1;
    uint64_t sum = 0;
    file->size = 0;
    /* A regular file gives whole pieces until its end, so the sum does not depend on how it was read. */
    while (got > 0 && (got = read(descriptor, piece, PIECE)) > 0) {
        sum = checksum_bytes(sum, piece, (size_t)got);
        file->size += (unsigned long long)got;
    }
    file->checksum = sum;
    free(piece);
    close(descriptor);
    return got == 0;
}

bool manifest_knows(const struct manifest *manifest, const char *name, const char *path) {
    struct manifest_file now;
    if (!is_named(manifest, name) || !measure(path, &now))
        return false;
    for (const struct manifest_file *file = manifest->first; file; file = file->next)
        if (!strcmp(file->name, name) && file->size == now.size && file->checksum == now.checksum)
            return true;
    return false;
}

bool manifest_add(struct manifest *manifest, const char *name, const char *path, struct failure *failure) {
    struct manifest_file file;
    if (!is_safe(name))
        return failure_set(failure, "\"%s\" cannot be the name of an output", name);
    if (!measure(path, &file))
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    append(manifest, name, file.size, file.checksum);
    return true;
}

void manifest_join(struct manifest *manifest, const struct manifest *other) {
    for (const struct manifest_file *file = other->first; file; file = file->next)
        append(manifest, file->name, file->size, file->checksum);
}

bool manifest_write(const struct manifest *manifest, const char *path, struct failure *failure) {
    FILE *stream = fopen(path, "wxe");
    if (!stream)
        return failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    fputs(TITLE "\n", stream);
    if (manifest->maker)
        fprintf(stream, MAKER "%s\n", manifest->maker);
    for (const struct manifest_file *file = manifest->first; file; file = file->next)
        fprintf(stream, "%llu %016llx %s\n", file->size, file->checksum, file->name);
    /* On disk before it takes another's place, which is never to be half a list. */
    bool bad = ferror(stream) != 0 || fflush(stream) != 0 || fsync(fileno(stream)) != 0;
    if (fclose(stream) != 0 || bad)
        return failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    return true;
}
