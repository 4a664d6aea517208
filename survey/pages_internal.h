/* What the pages with a form share. */
#ifndef SURVEY_PAGES_INTERNAL_H
#define SURVEY_PAGES_INTERNAL_H

#include "survey/fields.h"
#include "survey/frame.h"
#include "survey/pages.h"

/* What the parts of such a page are written from. */
struct pages_view {
    const struct pages *pages;
    const struct questionnaire *questionnaire;
    struct wording_language language;
    const struct pages_sheet *sheet;
    const struct form *form;
    const struct form_result *result;
    struct fields fields;
    size_t first, end; /* the pages of the questionnaire on this screen */
};

/* A view of the sheet, without problems where nothing is to be mended. */
struct pages_view pages_view(const struct pages *pages, const struct pages_sheet *sheet);

/* Opens the form. Its first button, neither seen nor reached by keyboard or screen reader, is the one that
 * Enter in a text field presses; its fields that are not on the page, or `all`, are hidden ones. */
void pages_open_form(struct buffer *html, const struct pages_view *view, const char *enter, bool all);

/* Appends a button; `class` may be NULL. */
void pages_button(struct buffer *html, const struct pages *pages, const char *class, const char *name,
                  enum message message);

/* Appends a link that looks like a button to a path of the survey. */
void pages_button_link(struct buffer *html, const struct pages *pages, const char *path,
                       enum message message);

/* Appends what is said above the questions: problems, questions that came up, the sheet's notice. */
void pages_write_notice(struct buffer *html, const struct pages_view *view);

/* Appends what is known of the respondent beforehand and goes with the answers; nothing for nothing. */
void pages_write_known(struct buffer *html, const struct pages_view *view);

/* Appends that the answers are not kept yet. */
void pages_write_not_kept(struct buffer *html, const struct pages_view *view);

#endif
