/* Pages that differ from one respondent to the next in a few words only: made once, cut at these words, and
 * printed with others ever after. What stands between the words is compressed once. */
#ifndef SURVEY_STENCIL_H
#define SURVEY_STENCIL_H

#include "survey/reply.h"

struct stencil;
struct stencil_box;

/* A box for the pages of one site; what is kept in it stays until it is destroyed (NULL is fine). */
struct stencil_box *stencil_box_create(void);
void stencil_box_destroy(struct stencil_box *box);

/* Makes the reply the page of that name, with these words; false, and nothing done, if there is no such page.
 * The words have to outlive the reply; NULL: there is none of this kind. The box may be NULL: it is empty. */
bool stencil_print(const struct stencil_box *box, const char *name, const char *const words[REPLY_WORDS],
                   struct reply *reply);

/* Keeps the page of the reply, in which these words stand wherever they will differ, and nowhere else, under
 * a name. Its headers' values have to outlive the box. Too many pages, or too large a one, are not kept. */
void stencil_keep(struct stencil_box *box, const char *name, const char *const words[REPLY_WORDS],
                  const struct reply *reply);

/* The gzip form (RFC 1952) of the page with these words. */
void stencil_pack(const struct stencil *stencil, const char *const words[REPLY_WORDS], struct buffer *packed);

#endif
