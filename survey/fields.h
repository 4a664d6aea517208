/* The fields of the form in HTML: semantic, usable with a keyboard, a screen reader and no JavaScript.
 *
 * A field's name is the item's id; its elements have the ids <id>-question, <id>-help, <id>-error and, from
 * the first input on, <id>-1, <id>-2 … No id of an item has a hyphen, so that none can be taken. */
#ifndef SURVEY_FIELDS_H
#define SURVEY_FIELDS_H

#include "model/answer.h"
#include "model/base/buffer.h"
#include "survey/wording.h"

/* What is known of the form that the fields are part of. */
struct fields {
    struct arena *arena;
    struct wording_language language;
    const struct entry *entries;  /* one per item: shown as typed */
    const struct answer *answers; /* one per item: settled, they tell what is asked and offered */
    const bool *fresh;            /* one per item: revealed just now; NULL: none */
    const bool *known;            /* one per item: its entry, a code, is shown and cannot be changed */
    const struct problem *problems;
    size_t problem_count;
    size_t first_page; /* of the screen: what depends on its own questions is offered */
};

/* Appends a question, whole: wording, help, problem, fields with what was entered. */
void fields_question(struct buffer *html, const struct fields *fields, const struct question *question);

/* Appends a question whose answer is known beforehand: read like the others, but nothing to fill in. */
void fields_known(struct buffer *html, const struct fields *fields, const struct item *item);

/* Appends what was entered for an item as hidden fields; nothing for nothing. */
void fields_hidden(struct buffer *html, const struct fields *fields, const struct item *item);

/* The first problem of an item; NULL if it has none. */
const struct problem *fields_problem(const struct fields *fields, const struct item *item);

#endif
