#include "analysis/glyph.h"

#include "analysis/label.h"
#include "model/base/buffer.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

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
    if (glyphs->characters)
        FcCharSetDestroy(glyphs->characters);
    free(glyphs->family);
    free(glyphs);
    glyph_forget_families();
}

void glyph_forget_families(void) {
    FcFini();
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

/* --- families --- */

/* The font that is drawn with; NULL if there are none. */
static FcPattern *match(const char *family, int weight, int slant) {
    FcPattern *pattern = FcPatternCreate();
    if (!pattern)
        abort();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddInteger(pattern, FC_WEIGHT, weight);
    FcPatternAddInteger(pattern, FC_SLANT, slant);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result = FcResultNoMatch;
    FcPattern *font = FcFontMatch(NULL, pattern, &result);
    FcPatternDestroy(pattern);
    return font;
}

/* A font has a name for each of several languages. */
const char *glyph_family(struct arena *arena, const char *family) {
    FcPattern *font = match(family, FC_WEIGHT_NORMAL, FC_SLANT_ROMAN);
    FcChar8 *name = NULL;
    const char *found = NULL;
    for (int i = 0; font && FcPatternGetString(font, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (!found || FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0)
            found = arena_copy(arena, (const char *)name);
    if (font)
        FcPatternDestroy(font);
    return found;
}

static const char *identity(struct arena *arena, const char *family, int weight, int slant) {
    FcPattern *font = match(family, weight, slant);
    FcChar8 *file = NULL;
    struct stat status;
    const char *text = "";
    if (font && FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch &&
        stat((const char *)file, &status) == 0)
        text = arena_format(arena, "%s %lld %lld", (const char *)file, (long long)status.st_size,
                            (long long)status.st_mtim.tv_sec);
    if (font)
        FcPatternDestroy(font);
    return text;
}

const char *glyph_identity(struct arena *arena, const char *family) {
    return arena_format(arena, "%s, %s, %s, %s", identity(arena, family, FC_WEIGHT_NORMAL, FC_SLANT_ROMAN),
                        identity(arena, family, FC_WEIGHT_BOLD, FC_SLANT_ROMAN),
                        identity(arena, family, FC_WEIGHT_DEMIBOLD, FC_SLANT_ROMAN),
                        identity(arena, family, FC_WEIGHT_NORMAL, FC_SLANT_ITALIC));
}

/* Latin letters and figures, of which fonts that are drawn with have all. */
static const char *const measured[] = {"communication", "Évaluation",   "fonctionnement", "PARTICIPATION",
                                       "0123456789 %",  "wwwmmm",       "illisibilité",   "QUESTIONNAIRE",
                                       "réponses",      "d’accord, oui"};

static double word_width(FT_Face face, const char *word) {
    double sum = 0;
    size_t left = strlen(word);
    for (size_t length; left; word += length, left -= length) {
        uint32_t code = decode(word, left, &length);
        if (FT_Load_Char(face, code, FT_LOAD_NO_SCALE) == 0)
            sum += (double)face->glyph->metrics.horiAdvance;
    }
    return sum / face->units_per_EM;
}

static double face_breadth(FT_Library library, const char *family, int weight) {
    double breadth = 1;
    FcPattern *font = match(family, weight, FC_SLANT_ROMAN);
    FcChar8 *file = NULL;
    int index = 0;
    FT_Face face;
    if (font && FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch &&
        FcPatternGetInteger(font, FC_INDEX, 0, &index) == FcResultMatch &&
        FT_New_Face(library, (const char *)file, index, &face) == 0) {
        for (size_t i = 0; FT_IS_SCALABLE(face) && i < sizeof measured / sizeof *measured; i++) {
            double ratio = word_width(face, measured[i]) / label_width(measured[i], 1);
            breadth = ratio > breadth ? ratio : breadth;
        }
        FT_Done_Face(face);
    }
    if (font)
        FcPatternDestroy(font);
    return breadth;
}

double glyph_breadth(const char *family, bool semibold) {
    FT_Library library;
    if (FT_Init_FreeType(&library) != 0)
        return 1;
    double normal = face_breadth(library, family, FC_WEIGHT_NORMAL);
    double strong = face_breadth(library, family, semibold ? FC_WEIGHT_DEMIBOLD : FC_WEIGHT_BOLD);
    FT_Done_FreeType(library);
    return normal > strong ? normal : strong;
}
