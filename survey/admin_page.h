/* What the evaluator's pages are put together from. */
#ifndef SURVEY_ADMIN_PAGE_H
#define SURVEY_ADMIN_PAGE_H

#include "survey/admin_internal.h"

/* Begins a page of that status and title, with the ways to the others if somebody is signed in. */
struct frame admin_page_begin(struct admin_visit *visit, unsigned status, enum message title);

/* Makes the reply from the frame, which is emptied. */
void admin_page_finish(struct admin_visit *visit, struct frame *frame);

/* Appends an element with a message, as frame_message. */
void admin_page_say(struct buffer *html, const struct admin_visit *visit, const char *tag,
                    enum message message, const struct hole *holes);

/* Appends a link to a path below /admin/. */
void admin_page_link(struct buffer *html, const struct admin_visit *visit, const char *path,
                     enum message message, const struct hole *holes);

/* Opens a form to a path below /admin/, with what shows where it came from; the caller closes it. */
void admin_page_open_form(struct buffer *html, const struct admin_visit *visit, const char *path);

/* Appends a hidden field; a button that sends a form, of a class (NULL: none). */
void admin_page_hide(struct buffer *html, const char *name, const char *value);
void admin_page_button(struct buffer *html, const struct admin_visit *visit, const char *class,
                       const char *name, const char *value, enum message message);

/* A field for a line of text. */
struct admin_page_field {
    const char *name, *type, *value; /* type and value may be NULL */
    const char *attributes;          /* further ones, a literal with a blank in front; NULL: none */
    enum message label, help, error; /* MESSAGE_COUNT: none */
};
void admin_page_field(struct buffer *html, const struct admin_visit *visit,
                      const struct admin_page_field *field);

/* Appends the field for the initials of who types, unless the session has them. */
void admin_page_ask_initials(struct buffer *html, const struct admin_visit *visit);

/* Appends a box at the top that is read out; `bad` for what went wrong. `detail` is text, or NULL. */
void admin_page_notice(struct buffer *html, const struct admin_visit *visit, bool bad, enum message message,
                       const struct hole *holes, const char *detail);

/* Appends how far the errand is that runs, and lets the page look again. */
void admin_page_progress(struct buffer *html, struct admin_visit *visit, enum message message);

/* Sends the browser on to a path below /admin/. */
void admin_page_redirect(struct admin_visit *visit, const char *path);

/* What is not there, or cannot be done just now (the visit's failure says why). */
void admin_page_nothing(struct admin_visit *visit);
void admin_page_trouble(struct admin_visit *visit);

/* A number in words of the page's language; in the arena. */
const char *admin_page_number(const struct admin_visit *visit, size_t number);

#endif
