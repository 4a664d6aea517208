/* Texts of a printed form, laid out by pango. Lengths are millimetres. */
#ifndef SURVEY_PAPER_TEXT_H
#define SURVEY_PAPER_TEXT_H

#include "survey/template.h"

#include <pango/pangocairo.h>

#define PAPER_POINTS(millimetres) ((millimetres)*72 / 25.4)

enum paper_style {
    PAPER_ORGANISATION,
    PAPER_TITLE,
    PAPER_SECTION,
    PAPER_PROSE,
    PAPER_PROSE_HEADING,
    PAPER_SMALL, /* prose that must be there, but is read by few */
    PAPER_SMALL_HEADING,
    PAPER_ROUTE,
    PAPER_NUMBER,
    PAPER_QUESTION,
    PAPER_HELP,
    PAPER_OPTION,
    PAPER_HEAD, /* over the columns of a grid */
    PAPER_NOTE, /* beside or below a field */
    PAPER_FOOT
};

/* A text in lines of at most `width`, or in one line if that is 0; a word longer than a line is broken. The
 * caller unrefs the layout, of this function and of the next two. */
PangoLayout *paper_text_plain(PangoContext *context, enum paper_style style, double width, const char *text);

/* The same with a hint behind it in small letters; NULL: none. */
PangoLayout *paper_text_hinted(PangoContext *context, enum paper_style style, double width, const char *text,
                               const char *hint);

/* The runs of a block, strong and emphasised where they are. */
PangoLayout *paper_text_block(PangoContext *context, enum paper_style style, double width,
                              const struct template_block *block);

/* The height of all lines, and of the first; the width of the longest. */
double paper_text_height(PangoLayout *layout);
double paper_text_line(PangoLayout *layout);
double paper_text_width(PangoLayout *layout);

/* How wide a text is in one line, and the longest of its words. */
double paper_text_natural(PangoContext *context, enum paper_style style, const char *text);
double paper_text_longest_word(PangoContext *context, enum paper_style style, const char *text);

#endif
