/* Which characters the fonts of this machine can draw. The one owner of fontconfig. */
#ifndef ANALYSIS_GLYPH_H
#define ANALYSIS_GLYPH_H

#include "model/base/arena.h"

/* What the fonts hold. It is read when first asked for, so that texts of Latin letters cost nothing. */
struct glyphs;

/* The fonts behind `family`, in the order in which a missing character is looked for. Must be destroyed. */
struct glyphs *glyph_open(const char *family);

/* The valid UTF-8 `text` as it can be drawn: U+25A1, a box, in place of each picture (emoji) and each
 * character that no font has; marks and joiners that no font has are left out. The text itself if nothing is
 * to change; otherwise lives as long as `arena`. */
const char *glyph_drawable(struct glyphs *glyphs, struct arena *arena, const char *text);

/* How many characters, beside pictures, were replaced so far: for want of a font. */
size_t glyph_missing(const struct glyphs *glyphs);

/* Gives the memory back; NULL is fine. */
void glyph_close(struct glyphs *glyphs);

#endif
