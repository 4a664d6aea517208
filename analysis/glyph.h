/* What the fonts of this machine are, which characters they can draw, and how wide. The one owner of
 * fontconfig and FreeType. */
#ifndef ANALYSIS_GLYPH_H
#define ANALYSIS_GLYPH_H

#include "model/base/arena.h"

#include <stdbool.h>

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

/* The family that charts are drawn with if `family` is asked for: itself if it is installed. NULL if there
 * are no fonts. Lives as long as `arena`. */
const char *glyph_family(struct arena *arena, const char *family);

/* How much wider than label_width says words of a family are, in its normal or its semibold face; at most
 * what the widest of some words needs, and 1 at least. 1 if the font cannot be read. */
double glyph_breadth(const char *family, bool semibold);

/* Which files a family is drawn from, in its normal, bold, semibold and italic faces, with their sizes and
 * times: another text when fonts were installed or replaced. Lives as long as `arena`. */
const char *glyph_identity(struct arena *arena, const char *family);

/* Gives the memory back; NULL is fine. */
void glyph_close(struct glyphs *glyphs);

/* Gives back what is kept of the fonts' list after questions about families; it is read anew when needed.
 * glyph_close does so, too. */
void glyph_forget_families(void);

#endif
