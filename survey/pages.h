/* Whole pages: the form, and all the others. */
#ifndef SURVEY_PAGES_H
#define SURVEY_PAGES_H

#include "survey/form.h"
#include "survey/reply.h"
#include "survey/site.h"
#include "survey/wording.h"

/* What every page is made from. */
struct pages {
    const struct site *site;
    struct arena *arena;
    size_t language;
    const char *path; /* where its links to other languages lead, without the leading slash; NULL: none */
};

/* What the form says above its questions. */
enum pages_notice {
    PAGES_PLAIN,
    PAGES_NOT_RECORDED, /* the store could not take the answers: send again */
    PAGES_NO_KEY        /* the form came without its key: send again */
};

/* A message in the place of a form. */
enum pages_message {
    PAGES_NOT_YET,
    PAGES_CLOSED,
    PAGES_CLOSED_TOO_LATE, /* answers came after the end */
    PAGES_NOT_FOUND,
    PAGES_NOT_ALLOWED,
    PAGES_NOT_A_FORM,
    PAGES_BROKEN,
    PAGES_NO_TEXT,
    PAGES_TOO_MANY,
    PAGES_UNKNOWN_FIELD,
    PAGES_REPEATED_FIELD,
    PAGES_TOO_LARGE
};

/* The form at the screen of `result`, with what was entered and the problems to mend. The reply's status is
 * 200, 422 with problems, 503 if the answers were not recorded. */
void pages_form(struct reply *reply, const struct pages *pages, const struct form *form,
                const struct form_result *result, enum pages_notice notice);

/* What follows once the answers are stored (or would be, in a preview); `is_repeated`: they were before. */
void pages_thanks(struct reply *reply, const struct pages *pages, bool is_repeated);

/* A message of that status; `detail` is a field's name where the message has a place for it. */
void pages_message(struct reply *reply, const struct pages *pages, unsigned status,
                   enum pages_message message, const char *detail);

/* Who runs the survey and what becomes of the answers; how accessible the form is. */
void pages_privacy(struct reply *reply, const struct pages *pages);
void pages_accessibility(struct reply *reply, const struct pages *pages);

#endif
