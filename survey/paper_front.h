/* What stands before the questions of a form on paper, and behind them. */
#ifndef SURVEY_PAPER_FRONT_H
#define SURVEY_PAPER_FRONT_H

#include "survey/paper_compose.h"

/* Adds the head of the first page: organisation, title, introduction, how to answer. */
void paper_front_add(struct paper_composition *composition);

/* Adds the end: thanks, the last day, and what becomes of the answers. */
void paper_front_add_end(struct paper_composition *composition);

#endif
