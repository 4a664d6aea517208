/* Texts of letters, laid out by pango. Lengths are points, from the top left. */
#ifndef SURVEY_LETTERS_TEXT_H
#define SURVEY_LETTERS_TEXT_H

#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/failure.h"
#include "survey/template.h"

#include <stdbool.h>
#include <stddef.h>

#include <pango/pangocairo.h>

enum letters_style {
    LETTERS_ORGANISATION,
    LETTERS_NAME,
    LETTERS_SUBJECT,
    LETTERS_HEADING,
    LETTERS_BODY,
    LETTERS_CAPTION, /* what to do with the link and the code */
    LETTERS_LINK,
    LETTERS_CODE,
    LETTERS_FOOTER
};

/* The texts of one language are laid out in this context. `context` is the caller's to unref. */
PangoContext *letters_text_context(PangoFontMap *fonts);

/* Whether there is any font at all: without one, pango draws boxes. False with the failure. */
bool letters_text_has_fonts(PangoFontMap *fonts, struct failure *failure);

/* The points of a style's letters. */
double letters_text_size(enum letters_style style);

/* A text in a style, in lines of at most `width`; `scale` makes it larger or smaller. A word that is longer
 * than a line is broken. The caller unrefs the layout, of this function and of the next two. */
PangoLayout *letters_text_plain(PangoContext *context, enum letters_style style, double scale, double width,
                                const char *text);

/* The runs of a block, strong and emphasised where they are. */
PangoLayout *letters_text_block(PangoContext *context, enum letters_style style, double scale, double width,
                                const struct template_block *block);

/* The words of a block, appended to `text`, and their attributes, where they are strong and emphasised: for
 * another layout than a letter's. The caller unrefs the attributes. */
PangoAttrList *letters_text_runs(const struct template_block *block, struct buffer *text);

/* A link: broken behind `/`, `?`, `&` and `=` only as long as a part fits a line, and never with a hyphen. */
PangoLayout *letters_text_link(struct arena *arena, PangoContext *context, double scale, double width,
                               const char *link);

/* Whether the text runs, in its first line, from right to left. */
bool letters_text_is_mirrored(PangoLayout *layout);

/* The edges of the lines, from the top of the first (0) to the bottom of the last: `*count` lines, and one
 * edge more. */
double *letters_text_edges(struct arena *arena, PangoLayout *layout, size_t *count);

double letters_text_height(PangoLayout *layout);

#endif
