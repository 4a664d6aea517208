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
    const char *home; /* where the form is, likewise: "r/<token>"; NULL: at the root */
};

/* What the form says above its questions. */
enum pages_notice {
    PAGES_PLAIN,
    PAGES_NOT_RECORDED,    /* the store could not take the answers: send again */
    PAGES_NO_KEY,          /* the form came without its key: send again */
    PAGES_RESUMED,         /* it was opened from its draft */
    PAGES_ERASED,          /* everything entered is gone */
    PAGES_NOT_SAVED,       /* as was asked for, for later */
    PAGES_NOTHING_TO_SAVE, /* for later */
    PAGES_NOTICE_COUNT
};

/* A form to be shown. */
struct pages_sheet {
    const struct form *form;
    const struct form_result *result; /* at whose screen, with whose problems to mend */
    enum pages_notice notice;
    bool has_draft; /* that can be erased */
    bool not_kept;  /* the store took no draft of this step */
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
    PAGES_TOO_LARGE,
    PAGES_ANSWERED,       /* by this link */
    PAGES_ANSWERED_TWICE, /* and what was sent now is not recorded */
    PAGES_NO_LINK,        /* such as this, or no more */
    PAGES_LATER           /* the store cannot be read now */
};

/* What stands beside the field for a code. */
enum pages_code {
    PAGES_CODE_ASKED,
    PAGES_CODE_MISSING,
    PAGES_CODE_CUT, /* it cannot be a code */
    PAGES_CODE_UNKNOWN,
    PAGES_CODE_LATER /* the store cannot be read now */
};

/* The form at the screen of its result, with what was entered and the problems to mend. The reply's status is
 * 200, 422 with problems, 503 if the answers were not recorded, or not saved as was asked for. */
void pages_form(struct reply *reply, const struct pages *pages, const struct pages_sheet *sheet);

/* What follows once the answers are stored (or would be, in a preview); `is_repeated`: they were before. */
void pages_thanks(struct reply *reply, const struct pages *pages, bool is_repeated);

/* What follows once the form is kept for later: what of it, until when, how to come back. */
void pages_saved(struct reply *reply, const struct pages *pages, const struct form *form);

/* Whether everything entered is to be erased; `failed`: it could not be, just now. The reply's status is 200,
 * or 503. */
void pages_erase(struct reply *reply, const struct pages *pages, const struct pages_sheet *sheet,
                 bool failed);

/* The store cannot be read now: nothing but a button that sends the same step again, with all that was
 * entered. The reply's status is 503. */
void pages_hold(struct reply *reply, const struct pages *pages, const struct pages_sheet *sheet);

/* Where the code of a personal link is typed; `typed` is what was (NULL: nothing). The reply's status is 200,
 * 422 if it has to be mended, 503. */
void pages_code(struct reply *reply, const struct pages *pages, enum pages_code problem, const char *typed);

/* A message of that status; `detail` is a field's name where the message has a place for it. */
void pages_message(struct reply *reply, const struct pages *pages, unsigned status,
                   enum pages_message message, const char *detail);

/* Who runs the survey and what becomes of the answers; how accessible the form is. */
void pages_privacy(struct reply *reply, const struct pages *pages);
void pages_accessibility(struct reply *reply, const struct pages *pages);

#endif
