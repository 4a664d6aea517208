/* What all pages have around their content: head, header with the languages, footer, response headers. */
#ifndef SURVEY_FRAME_H
#define SURVEY_FRAME_H

#include "survey/pages.h"

/* The parts of one page, as HTML. A zeroed frame is empty. */
struct frame {
    unsigned status;
    const char *main;    /* the id of the main element */
    struct buffer title; /* of the page; the questionnaire's title is added if `names_survey` */
    bool names_survey;
    bool is_wrong;         /* the title begins with "Error:" */
    struct buffer opening; /* of the form around header and content; empty: no form */
    struct buffer content;
};

/* Makes the reply from the frame, which is emptied. With a form the languages are its buttons, else links. */
void frame_finish(struct frame *frame, struct reply *reply, const struct pages *pages);

/* The headers of every reply: what it is, and what a browser may do with it. */
void frame_add_headers(struct reply *reply, const struct site *site, const char *type, const char *caching);

/* The language of the pages. */
struct wording_language frame_language(const struct pages *pages);

/* Appends an element with a message of the interface: `<tag>message</tag>`. `tag` is a literal and may carry
 * attributes; `holes` as for language_fill. */
void frame_message(struct buffer *html, const struct pages *pages, const char *tag, enum message message,
                   const struct hole *holes);

/* Appends ` href="…"` to a path of the survey (without leading slash), in the language of the pages. */
void frame_link(struct buffer *html, const struct pages *pages, const char *path);

#endif
