/* Draws composed letters on PDF pages (cairo), with the structure that screen readers follow. */
#ifndef SURVEY_LETTERS_DRAW_H
#define SURVEY_LETTERS_DRAW_H

#include "survey/letters_compose.h"

/* Draws every page of a letter, from the one that cairo has begun; the last is left for the caller to show.
 * With more than one, each has its number at the foot, "2/2". */
void letters_draw(cairo_t *cairo, const struct letters_composition *composition);

/* Draws the lines of a layout from `first` to before `end`, their left and top at x and y. */
void letters_draw_lines(cairo_t *cairo, PangoLayout *layout, size_t first, size_t end, double x, double y);

/* Draws a QR code, black, as a square of that side. */
void letters_draw_code(cairo_t *cairo, const struct qr_code *code, double x, double y, double side);

#endif
