#include "survey/admin.h"

#include "model/base/text.h"
#include "survey/admin_page.h"
#include "survey/password.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char style_sheet[] =
#include "survey/web/style.css.inc"

/* Behind the other, in whose place it puts some of its own. */
#include "survey/web/admin.css.inc"
    ;

static const char script[] =
#include "survey/web/admin.js.inc"
    ;

struct admin *admin_open(const struct office_options *options) {
    struct arena *arena = arena_create();
    struct admin *admin = ARENA_NEW(arena, struct admin, 1);
    admin->arena = arena;
    admin->options = options;
    admin->script = script;
    admin->site = *options->site;
    site_dress(&admin->site, arena, style_sheet, script);
    admin_session_start(&admin->sessions);
    admin_errand_open(&admin->errands, arena, options);
    return admin;
}

void admin_close(struct admin *admin) {
    admin_errand_close(&admin->errands);
    counts_forget(&admin->shown);
    secret_erase(&admin->sessions, sizeof admin->sessions);
    arena_destroy(admin->arena);
}

size_t admin_watch(const struct admin *admin, struct pollfd *watched) {
    return admin_errand_watch(&admin->errands, watched);
}

void admin_tend(struct admin *admin) {
    admin_errand_tend(&admin->errands);
}

/* --- one request --- */

static const struct route {
    const char *path; /* with a slash at its end: and all below it */
    void (*show)(struct admin_visit *visit);
    void (*take)(struct admin_visit *visit);
} routes[] = {
    {"", admin_show_overview, admin_show_overview},
    {"out", NULL, admin_leave},
    {"keying", admin_show_keying, admin_take_keying},
    {"keying/sheet", NULL, admin_take_typing},
    {"keying/remove", NULL, admin_take_removal},
    {"keying/settle/", admin_show_settling, admin_take_settling},
    {"keying/", admin_show_keying, NULL},
    {"review", admin_show_review, NULL},
    {"review/", admin_show_review, admin_take_review},
    {"reminder", admin_show_reminder, admin_take_reminder},
    {"downloads", admin_show_downloads, admin_take_downloads},
    {"downloads/file", admin_get_download, NULL},
};

bool admin_open_store(struct admin_visit *visit, enum store_access access) {
    if (!visit->store)
        visit->store = store_open(visit->admin->options->store, access, visit->pages.site->questionnaire,
                                  &visit->failure);
    return visit->store != NULL;
}

const char *admin_field(const struct admin_visit *visit, const char *name) {
    for (size_t i = 0; i < visit->request->field_count; i++)
        if (!strcmp(visit->request->fields[i].name, name))
            return visit->request->fields[i].value;
    return NULL;
}

/* Capital letters tell people apart in any case. */
const char *admin_initials(struct admin_visit *visit) {
    const char *given = admin_field(visit, "key-initials");
    if (!given)
        given = visit->session->initials;
    char *initials = arena_copy(visit->arena, given);
    size_t length = 0;
    for (const char *at = initials; *at; at++)
        if (*at != ' ')
            initials[length++] = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
    initials[length] = '\0';
    if (!length || text_characters(initials) > ADMIN_INITIALS_MOST)
        return NULL;
    snprintf(visit->session->initials, sizeof visit->session->initials, "%s", initials);
    return initials;
}

static const struct route *find_route(struct admin_visit *visit) {
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        size_t length = strlen(routes[i].path);
        bool has_more = length && routes[i].path[length - 1] == '/';
        if (has_more ? !strncmp(visit->path, routes[i].path, length) : !strcmp(visit->path, routes[i].path)) {
            visit->rest = visit->path + length;
            return &routes[i];
        }
    }
    return NULL;
}

static size_t choose_language(const struct questionnaire *questionnaire, const struct request *request) {
    size_t language = request->language ? questionnaire_language(questionnaire, request->language)
                                        : questionnaire->language_count;
    return language < questionnaire->language_count
               ? language
               : request_preferred_language(request->accept_language, questionnaire->languages,
                                            questionnaire->language_count);
}

/* A page that came by a form has no address in another language. */
static void choose_pages(struct admin_visit *visit) {
    const struct request *request = visit->request;
    visit->pages = (struct pages){.site = &visit->admin->site,
                                  .arena = visit->arena,
                                  .language = choose_language(visit->admin->site.questionnaire, request),
                                  .path = request->method == REQUEST_POST ? NULL : request->path + 1};
    visit->path = request->path + strlen("/" ADMIN_PATH);
    visit->path += *visit->path == '/';
}

/* What a signed-in person asks for. */
static void serve(struct admin_visit *visit) {
    const struct route *route = find_route(visit);
    bool sent = visit->request->method == REQUEST_POST;
    if (!route) {
        admin_page_nothing(visit);
    } else if (visit->request->method == REQUEST_OTHER || (sent ? !route->take : !route->show)) {
        visit->pages.home = ADMIN_PATH;
        pages_message(&visit->answer->reply, &visit->pages, 405, PAGES_NOT_ALLOWED, NULL);
        reply_add_header(&visit->answer->reply, "Allow", route->take ? "GET, HEAD, POST" : "GET, HEAD");
    } else {
        (sent ? route->take : route->show)(visit);
    }
    if (failure_is_set(&visit->failure) && !visit->answer->reply.status)
        admin_page_trouble(visit);
    store_close(visit->store);
}

static bool is_signing_in(const struct admin_visit *visit) {
    return visit->request->method == REQUEST_POST && admin_field(visit, "password");
}

void admin_answer(struct admin *admin, struct arena *arena, const struct request *request,
                  struct office_answer *answer) {
    struct admin_visit visit = {.admin = admin, .arena = arena, .request = request, .answer = answer};
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    const char *kept = password_read(arena, admin->options->store);
    choose_pages(&visit);
    if (!kept || strncmp(request->path, "/" ADMIN_PATH, strlen("/" ADMIN_PATH)) != 0) {
        visit.pages.path = NULL;
        pages_message(&answer->reply, &visit.pages, 404, PAGES_NOT_FOUND, NULL);
        return;
    }
    admin_session_note_password(&admin->sessions, kept);
    visit.session = admin_session_find(&admin->sessions, request->session, now.tv_sec);
    if (!visit.session && !strcmp(visit.path, "out"))
        visit.path = "";
    if (is_signing_in(&visit))
        admin_take_door(&visit, kept, now.tv_sec);
    else if (!visit.session)
        admin_show_door(&visit);
    else if (request->method == REQUEST_POST &&
             !admin_session_sent(visit.session, admin_field(&visit, "form-token")))
        admin_refuse_form(&visit);
    if (!answer->reply.status)
        serve(&visit);
}
