/* What the files of the evaluator's pages share. */
#ifndef SURVEY_ADMIN_INTERNAL_H
#define SURVEY_ADMIN_INTERNAL_H

#include "model/store.h"
#include "survey/admin.h"
#include "survey/admin_errand.h"
#include "survey/admin_session.h"
#include "survey/counts.h"
#include "survey/frame.h"

/* All pages are below it; without leading slash, as pages name paths. */
#define ADMIN_PATH "admin"

struct admin {
    struct arena *arena;
    const struct office_options *options;
    const char *script; /* of the page where sheets are typed */
    struct site site;   /* with the style sheet and the script of these pages */
    struct admin_sessions sessions;
    unsigned failures; /* to sign in, one after the other */
    struct admin_errands errands;
    struct counts_steady shown; /* while answers come in */
};

/* One request on its way to a page. */
struct admin_visit {
    struct admin *admin;
    struct arena *arena;
    const struct request *request;
    struct office_answer *answer;
    struct admin_session *session; /* NULL while nobody is signed in */
    struct pages pages;
    const char *path;       /* below /admin/, "" for the first page */
    const char *rest;       /* of it, behind the route's */
    struct store *store;    /* NULL: not opened yet; is closed when the page is made */
    struct failure failure; /* of the environment; set, the page says so */
};

/* --- admin.c --- */

/* Opens the store, or as store_open does. False with the failure in the visit. */
bool admin_open_store(struct admin_visit *visit, enum store_access access);

/* The value of a field of the form; NULL: there is none. */
const char *admin_field(const struct admin_visit *visit, const char *name);

/* Reads the initials of who types from the form, and notes them for the session; what the session has if the
 * form has none. In the arena; NULL: there are none, or they are too long. */
const char *admin_initials(struct admin_visit *visit);

/* --- the pages: each makes the reply. `take` is for forms, whose origin was checked --- */
void admin_show_door(struct admin_visit *visit);
void admin_take_door(struct admin_visit *visit, const char *kept, int64_t now);
void admin_refuse_form(struct admin_visit *visit);
void admin_leave(struct admin_visit *visit);
void admin_show_overview(struct admin_visit *visit);
void admin_show_keying(struct admin_visit *visit);
void admin_take_keying(struct admin_visit *visit);
void admin_take_removal(struct admin_visit *visit);
void admin_take_typing(struct admin_visit *visit);
void admin_show_settling(struct admin_visit *visit);
void admin_take_settling(struct admin_visit *visit);
void admin_show_review(struct admin_visit *visit);
void admin_take_review(struct admin_visit *visit);
void admin_show_reminder(struct admin_visit *visit);
void admin_take_reminder(struct admin_visit *visit);
void admin_show_downloads(struct admin_visit *visit);
void admin_take_downloads(struct admin_visit *visit);
void admin_get_download(struct admin_visit *visit);

#endif
