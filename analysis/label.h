/* Texts on charts and in reports: how wide they are, where they break, and how they stand in a file that
 * gnuplot reads. */
#ifndef ANALYSIS_LABEL_H
#define ANALYSIS_LABEL_H

#include "model/base/arena.h"
#include "model/base/buffer.h"

#include <stddef.h>

/* The width in points of the valid UTF-8 `text` at a font size of `size` points. An estimate from above: the
 * advances of Open Sans Semibold and a little more, so that DejaVu Sans fits as well if it must stand in. */
double label_width(const char *text, double size);

/* A text in lines, none of them empty; `width` is that of the widest. */
struct label_lines {
    const char *const *lines;
    size_t count;
    double width;
};

/* Breaks `text` into lines of at most `width` points: between words, but never before the French ; : ! ? »
 * and % or behind «; inside a word only if the word alone is too wide. Control characters count as blanks. A
 * text of blanks has no lines. Lives as long as `arena`. */
struct label_lines label_wrap(struct arena *arena, const char *text, double size, double width);

/* The text as French sets it: a blank before ; ! ? » or behind « becomes a narrow one at which no line ends,
 * one before : a no-break space. Lives as long as `arena`. */
const char *label_french(struct arena *arena, const char *text);

/* Appends the text as one field of a data file: in quotes, in which nothing can end the field, and nothing is
 * a command. Control characters become blanks, and pictures (emoji), which no printed chart can show, a box.
 */
void label_field(struct buffer *buffer, const char *text);

#endif
