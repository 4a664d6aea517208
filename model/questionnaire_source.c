#include "model/questionnaire_source.h"

#include "model/base/text.h"
#include "model/yaml_explain.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct place whole_file = {0};

/* Why the file of that state cannot be read, or NULL. */
static const char *refusal(const struct stat *state) {
    if (S_ISDIR(state->st_mode))
        return "this is a folder; name the questionnaire file in it";
    if (!S_ISREG(state->st_mode))
        return "this is not a regular file; save the questionnaire to a file and name that";
    if (state->st_size > QUESTIONNAIRE_SOURCE_MOST)
        return "the file is larger than 4 MiB, which no questionnaire is; is it the right file?";
    return NULL;
}

/* One byte more than allowed is asked for, since the file may have grown. */
static const char *read_bytes(struct arena *arena, int descriptor, size_t size, size_t *length) {
    size_t capacity = size + 1;
    char *bytes = ARENA_NEW(arena, char, capacity + 1);
    *length = 0;
    while (*length < capacity) {
        ssize_t got = read(descriptor, bytes + *length, capacity - *length);
        if (got == 0)
            return bytes;
        if (got > 0)
            *length += (size_t)got;
        else if (errno != EINTR)
            return NULL;
    }
    errno = EFBIG;
    return NULL;
}

static const char *read_open(struct arena *arena, int descriptor, size_t *length,
                             struct diagnostics *diagnostics) {
    struct stat state;
    const char *reason = fstat(descriptor, &state) == 0 ? refusal(&state) : strerror(errno);
    if (reason) {
        diagnostics_error(diagnostics, whole_file, "%s", reason);
        return NULL;
    }
    const char *bytes = read_bytes(arena, descriptor, (size_t)state.st_size, length);
    if (!bytes)
        diagnostics_error(diagnostics, whole_file, "cannot read the file: %s", strerror(errno));
    return bytes;
}

const char *questionnaire_source_read(struct arena *arena, const char *path, size_t *length,
                                      struct diagnostics *diagnostics) {
    /* Without O_NONBLOCK opening a pipe would wait for its other end. */
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        const char *reason = errno == ENOENT   ? "there is no such file"
                             : errno == EACCES ? "the file cannot be read: permission denied"
                                               : strerror(errno);
        diagnostics_error(diagnostics, whole_file, "%s", reason);
        return NULL;
    }
    const char *bytes = read_open(arena, descriptor, length, diagnostics);
    close(descriptor);
    return bytes;
}

/* --- what kind of bytes --- */

/* Text in two or four bytes a character: by its mark, or by a zero in one of the first two bytes. */
static bool is_utf16(const char *source, size_t length) {
    if (length < 2)
        return false;
    bool mark = !memcmp(source, "\xFF\xFE", 2) || !memcmp(source, "\xFE\xFF", 2);
    return mark || (source[0] == '\0') != (source[1] == '\0');
}

/* The characters of Windows-1252 where it differs from Latin-1: 0x80 to 0x9F. */
static const char *const windows[32] = {"€", NULL, "‚",  "ƒ", "„",  "…",  "†", "‡",  "ˆ", "‰", "Š",
                                        "‹", "Œ",  NULL, "Ž", NULL, NULL, "‘", "’",  "“", "”", "•",
                                        "–", "—",  "˜",  "™", "š",  "›",  "œ", NULL, "ž", "Ÿ"};

static void report_byte(struct arena *arena, struct diagnostics *diagnostics, struct place place,
                        unsigned char byte) {
    const char *meant = NULL;
    if (byte >= 0xA0)
        meant = arena_format(arena, "%c%c", 0xC0 | byte >> 6, 0x80 | (byte & 0x3F));
    else if (byte >= 0x80)
        meant = windows[byte - 0x80];
    place.length = 1;
    if (meant)
        diagnostics_error(diagnostics, place,
                          "the byte 0x%02X is not UTF-8 (it is \"%s\" in the older encodings Latin-1 and "
                          "Windows-1252): save the file as UTF-8",
                          byte, meant);
    else
        diagnostics_error(diagnostics, place, "the byte 0x%02X is not UTF-8: save the file as UTF-8", byte);
}

/* What YAML forbids and no editor shows. A file full of it is no text: the first ones will do. */
enum { CONTROLS_MOST = 100 };

static void check_controls(struct diagnostics *diagnostics, const char *source, size_t length) {
    struct yaml_cursor cursor = {source, length, 0, 1, 1};
    for (size_t i = 0, found = 0; i < length && found < CONTROLS_MOST; i++) {
        unsigned char byte = (unsigned char)source[i];
        bool high = byte == 0xC2 && (unsigned char)source[i + 1] < 0xA0;
        if (byte == '\r' && i + 1 < length && source[i + 1] == '\n')
            continue;
        if (byte == '\r') {
            diagnostics_error(
                diagnostics, yaml_cursor_place(&cursor, i),
                "a line ends in a lone carriage return (CR): save the file with the line ends LF "
                "or CRLF");
            return;
        }
        if ((byte >= 0x20 && byte != 0x7F && !high) || byte == '\n' || byte == '\t')
            continue;
        found++;
        diagnostics_error(diagnostics, yaml_cursor_place(&cursor, i),
                          "an invisible control character (U+%04X) stands here; take it out",
                          high ? (unsigned char)source[i + 1] : byte);
    }
}

bool questionnaire_source_check(struct arena *arena, const char **source, size_t *length,
                                struct diagnostics *diagnostics) {
    if (is_utf16(*source, *length)) {
        diagnostics_error(diagnostics, whole_file,
                          "the file is in UTF-16 (\"Unicode\" in some programs): save it as UTF-8");
        return false;
    }
    if (*length >= 3 && !memcmp(*source, "\xEF\xBB\xBF", 3)) {
        *source += 3;
        *length -= 3;
    }
    diagnostics_set_source(diagnostics, *source, *length);
    size_t bad;
    if (!text_is_utf8(*source, *length, &bad)) {
        struct yaml_cursor cursor = {*source, *length, 0, 1, 1};
        struct place place = yaml_cursor_place(&cursor, bad);
        if ((*source)[bad] == '\0')
            diagnostics_error(diagnostics, place,
                              "a NUL byte stands here, which no text has: is this the right file?");
        else
            report_byte(arena, diagnostics, place, (unsigned char)(*source)[bad]);
        return false;
    }
    size_t before = diagnostics_count(diagnostics, SEVERITY_ERROR);
    check_controls(diagnostics, *source, *length);
    return diagnostics_count(diagnostics, SEVERITY_ERROR) == before;
}
