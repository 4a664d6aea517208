/* Where answers are written by hand on paper: numbers, dates, words. */
#ifndef SURVEY_PAPER_WRITE_H
#define SURVEY_PAPER_WRITE_H

#include "survey/paper_compose.h"

/* Adds a field for the item's answer: cells for a date or a short number, with its unit behind, else lines.
 */
void paper_write_add(struct paper_composition *composition, const struct item *item);

#endif
