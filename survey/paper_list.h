/* The boxes of an item on paper: one for each answer of its list, in as many columns as save room. */
#ifndef SURVEY_PAPER_LIST_H
#define SURVEY_PAPER_LIST_H

#include "survey/paper_compose.h"

/* Adds the options of the item's question, each with its box, and a line behind those that ask for words;
 * then those for no opinion and not concerned. Within a group; it may be torn between two rows. */
void paper_list_add(struct paper_composition *composition, const struct item *item);

/* Adds only the boxes for no opinion and not concerned, if they are offered: what is asked for otherwise is
 * written. */
void paper_list_add_others(struct paper_composition *composition, const struct item *item);

#endif
