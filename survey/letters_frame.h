/* The framed block of a letter by which one answers: QR code, link, and the code for typing. */
#ifndef SURVEY_LETTERS_FRAME_H
#define SURVEY_LETTERS_FRAME_H

#include "survey/letters_compose.h"

/* Adds the block to a composition, all on one page. False if it is larger than a page. */
bool letters_frame_place(struct letters_composition *composition);

#endif
