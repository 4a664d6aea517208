/* Draws a form on the pages of a PDF (cairo), with the structure that screen readers follow. */
#ifndef SURVEY_PAPER_DRAW_H
#define SURVEY_PAPER_DRAW_H

#include "survey/paper_form.h"

/* Draws one copy, each of its pages with its own code, and shows them all. False if a code would be too long.
 */
bool paper_draw(cairo_t *cairo, const struct paper_form *form, int64_t sheet);

#endif
