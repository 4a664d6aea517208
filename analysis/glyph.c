#include "analysis/glyph.h"

#include "model/base/buffer.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <fontconfig/fontconfig.h>

/* Latin letters are in every font that a report may be drawn with; pictures are in colour fonts, which print
 * badly, or in none. */
enum { LATIN_END = 0x180, PICTURES = 0x1F000, BOX = 0x25A1 };

struct glyphs {
    char *family;
    FcCharSet *characters; /* NULL until it is read */
    size_t missing;
};

struct glyphs *glyph_open(const char *family) {
    struct glyphs *glyphs = calloc(1, sizeof *glyphs);
    char *copy = strdup(family);
    if (!glyphs || !copy)
        abort();
    glyphs->family = copy;
    return glyphs;
}

void glyph_close(struct glyphs *glyphs) {
    if (!glyphs)
        return;
    if (glyphs->characters) {
        FcCharSetDestroy(glyphs->characters);
        FcFini(); /* what the library keeps: charts are drawn once in a process */
    }
    free(glyphs->family);
    free(glyphs);
}

/* Without a configuration there are no fonts: then nothing but Latin letters counts as drawable. The set of
 * the fonts that are trimmed away is in that of those before them. */
static void read_fonts(struct glyphs *glyphs) {
    FcPattern *pattern = FcPatternCreate();
    if (!pattern)
        abort();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)glyphs->family);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result = FcResultNoMatch;
    FcFontSet *fonts = FcFontSort(NULL, pattern, FcTrue, &glyphs->characters, &result);
    if (fonts)
        FcFontSetDestroy(fonts);
    if (!glyphs->characters && !(glyphs->characters = FcCharSetCreate()))
        abort();
    FcPatternDestroy(pattern);
}

static bool is_drawable(struct glyphs *glyphs, uint32_t code) {
    if (code < LATIN_END)
        return true;
    if (code >= PICTURES)
        return false;
    if (!glyphs->characters)
        read_fonts(glyphs);
    return FcCharSetHasChar(glyphs->characters, code);
}

/* Marks upon a letter, joiners, directions and variations: no loss of words without them. */
static bool is_mark(uint32_t code) {
    return (code >= 0x300 && code < 0x370) || (code >= 0x1AB0 && code < 0x1B00) ||
           (code >= 0x1DC0 && code < 0x1E00) || (code >= 0x200B && code < 0x2010) ||
           (code >= 0x202A && code < 0x202F) || (code >= 0x2060 && code < 0x2070) ||
           (code >= 0x20D0 && code < 0x2100) || (code >= 0xFE00 && code < 0xFE10) ||
           (code >= 0xFE20 && code < 0xFE30) || (code >= 0xE0000 && code < 0xE0200) || code == 0xFEFF;
}

static uint32_t decode(const char *text, size_t left, size_t *length) {
    FcChar32 code = 0;
    int bytes = FcUtf8ToUcs4((const FcChar8 *)text, &code, left < 4 ? (int)left : 4);
    *length = bytes > 0 ? (size_t)bytes : 1;
    return bytes > 0 ? code : 0;
}

const char *glyph_drawable(struct glyphs *glyphs, struct arena *arena, const char *text) {
    struct buffer buffer = {0};
    bool same = true;
    size_t left = strlen(text);
    for (size_t length; left; text += length, left -= length) {
        uint32_t code = decode(text, left, &length);
        if (is_drawable(glyphs, code)) {
            buffer_append_bytes(&buffer, text, length);
            continue;
        }
        same = false;
        if (is_mark(code))
            continue;
        buffer_append(&buffer, is_drawable(glyphs, BOX) ? "□" : "?");
        glyphs->missing += code < PICTURES;
    }
    const char *drawable = same ? text - buffer.length : arena_copy(arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    return drawable;
}

size_t glyph_missing(const struct glyphs *glyphs) {
    return glyphs->missing;
}
