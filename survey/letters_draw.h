/* Draws composed letters on PDF pages (cairo), with the structure that screen readers follow. */
#ifndef SURVEY_LETTERS_DRAW_H
#define SURVEY_LETTERS_DRAW_H

#include "survey/letters_compose.h"

/* Draws every page of a letter, from the one that cairo has begun; the last is left for the caller to show.
 * With more than one, each has its number at the foot, "2/2". */
void letters_draw(cairo_t *cairo, const struct letters_composition *composition);

#endif
