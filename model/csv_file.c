#include "model/csv_file.h"

#include "model/base/buffer.h"
#include "model/base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_MOST = 60, MEBIBYTE = 1024 * 1024 };

bool csv_file_read(const char *path, size_t most, char **bytes, size_t *length, struct failure *failure) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    struct buffer buffer = {0};
    static char piece[64 * 1024];
    size_t got;
    while (buffer.length <= most * MEBIBYTE && (got = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_append_bytes(&buffer, piece, got);
    bool done = !ferror(file) || failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    if (done && buffer.length > most * MEBIBYTE)
        done = failure_set(failure, "%s has more than %zu MiB: it is not what is expected here", path, most);
    fclose(file);
    if (!done) {
        buffer_destroy(&buffer);
        return false;
    }
    *length = buffer.length;
    *bytes = buffer_release(&buffer);
    return true;
}

static unsigned line_of(const char *bytes, size_t offset) {
    unsigned line = 1;
    for (size_t i = 0; i < offset; i++)
        line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    return line;
}

/* What was saved in another format is told by how it begins. */
static const char *other_format(const char *bytes, size_t length) {
    if (length >= 4 && !memcmp(bytes, "PK\3\4", 4))
        return "this is a spreadsheet's own format, not CSV; save it as “CSV UTF-8”";
    if (length >= 2 && (!memcmp(bytes, "\xFF\xFE", 2) || !memcmp(bytes, "\xFE\xFF", 2)))
        return "this is UTF-16, not UTF-8; save it as “CSV UTF-8”";
    return NULL;
}

bool csv_file_check(const char *bytes, size_t length, struct diagnostics *mistakes) {
    const char *other = other_format(bytes, length);
    size_t bad = 0;
    if (other)
        diagnostics_error(mistakes, (struct place){0}, "%s", other);
    else if (text_is_utf8(bytes, length, &bad))
        return true;
    else if (bytes[bad] == '\0')
        diagnostics_error(mistakes, (struct place){.line = line_of(bytes, bad)},
                          "a NUL byte: this is no text file");
    else
        diagnostics_error(mistakes, (struct place){.line = line_of(bytes, bad)},
                          "the byte 0x%02X is not UTF-8; save the file as “CSV UTF-8” (in Excel: Save as; in"
                          " LibreOffice: Character set)",
                          (unsigned char)bytes[bad]);
    return false;
}

const char *csv_file_shown(struct arena *arena, const char *text) {
    size_t length = strlen(text);
    if (length <= SHOWN_MOST)
        return text;
    length = SHOWN_MOST;
    while (length && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return arena_format(arena, "%.*s…", (int)length, text);
}
