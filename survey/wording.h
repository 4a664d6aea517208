/* Words on a page: the questionnaire's own, and the interface's, in the language of the page. */
#ifndef SURVEY_WORDING_H
#define SURVEY_WORDING_H

#include "model/base/buffer.h"
#include "model/base/language.h"
#include "model/questionnaire.h"

/* The language of a page: an index in the questionnaire's languages. */
struct wording_language {
    const struct questionnaire *questionnaire;
    size_t index;
};

/* Its tag; and the language that the interface speaks beside it. */
const char *wording_tag(struct wording_language language);
enum language wording_interface(struct wording_language language);

/* The tag for the `lang` of an element in the interface's words, where they are not in the page's language:
 * "en" on a German page; NULL where they are. */
const char *wording_foreign(struct wording_language language);

/* Whether the questionnaire has such a text. */
bool wording_exists(struct wording wording);

/* Appends a text of the questionnaire, escaped; in French the spaces inside quotation marks and before ? ! ;
 * : and % become narrow no-break spaces (before the colon a wide one). Nothing for no text. */
void wording_text(struct buffer *html, struct wording_language language, struct wording wording);

/* The same as Markdown, its highest headings at level 2. */
void wording_markdown(struct buffer *html, struct wording_language language, struct wording wording);

/* The text as it is, with the same spaces, for paper. NULL for no text. */
const char *wording_plain(struct arena *arena, struct wording_language language, struct wording wording);

/* An interface message for paper, with the spaces of its language; `holes` as for language_fill, or NULL. */
const char *wording_say(struct arena *arena, struct wording_language language, enum message message,
                        const struct hole *holes);

/* Appends an interface message, escaped; `holes` as for language_fill, or NULL. */
void wording_message(struct buffer *html, struct wording_language language, enum message message,
                     const struct hole *holes);

#endif
