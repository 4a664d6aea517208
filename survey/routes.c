#include "survey/routes.h"

#include "survey/frame.h"
#include "survey/pages.h"

#include <string.h>

/* The pages in the language that the query, else the browser, asks for. */
static struct pages pages_of(const struct site *site, struct exchange *exchange, const char *path) {
    const struct questionnaire *questionnaire = site->questionnaire;
    const struct request *request = &exchange->request;
    size_t language = request->language ? questionnaire_language(questionnaire, request->language)
                                        : questionnaire->language_count;
    if (language == questionnaire->language_count)
        language = request_preferred_language(request->accept_language, questionnaire->languages,
                                              questionnaire->language_count);
    return (struct pages){site, exchange->arena, language, path};
}

/* --- the form --- */

static bool is_late(const struct site *site, const struct exchange *exchange) {
    const char *closes = site->questionnaire->closes;
    return exchange->health == STORE_ENDED || (closes && strcmp(exchange->today, closes) > 0);
}

/* Whether the survey takes answers now; if not, a page says so. A preview always does. */
static bool is_open(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    const struct questionnaire *questionnaire = site->questionnaire;
    bool late = is_late(site, exchange);
    bool early = questionnaire->opens && strcmp(exchange->today, questionnaire->opens) < 0;
    if (site->preview || (!late && !early))
        return true;
    bool sent = exchange->request.method == REQUEST_POST;
    pages_message(&exchange->reply, pages, sent ? 403 : 200,
                  !late  ? PAGES_NOT_YET
                  : sent ? PAGES_CLOSED_TOO_LATE
                         : PAGES_CLOSED,
                  NULL);
    return false;
}

static void show_form(const struct site *site, struct exchange *exchange) {
    struct pages pages = pages_of(site, exchange, "");
    if (!is_open(site, exchange, &pages))
        return;
    form_start(&exchange->form, exchange->arena, site->questionnaire, pages.language);
    exchange->form.step = FORM_LANGUAGE;
    exchange->result = form_take_step(&exchange->form, exchange->arena, site->questionnaire);
    pages_form(&exchange->reply, &pages, &exchange->form, &exchange->result, PAGES_PLAIN);
}

static bool read_form(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    static const struct {
        unsigned status;
        enum pages_message message;
    } refusals[] = {[REQUEST_BROKEN] = {400, PAGES_BROKEN},
                    [REQUEST_NO_TEXT] = {400, PAGES_NO_TEXT},
                    [REQUEST_TOO_MANY] = {400, PAGES_TOO_MANY},
                    [REQUEST_NO_FORM] = {415, PAGES_NOT_A_FORM},
                    [REQUEST_TOO_LARGE] = {413, PAGES_TOO_LARGE}};
    if (exchange->fault != REQUEST_SOUND) {
        pages_message(&exchange->reply, pages, refusals[exchange->fault].status,
                      refusals[exchange->fault].message, NULL);
        return false;
    }
    const char *field = "";
    form_start(&exchange->form, exchange->arena, site->questionnaire, pages->language);
    enum form_fault fault =
        form_read(&exchange->form, exchange->arena, site->questionnaire, &exchange->request, &field);
    if (fault != FORM_SOUND)
        pages_message(&exchange->reply, pages, 400,
                      fault == FORM_UNKNOWN_FIELD ? PAGES_UNKNOWN_FIELD : PAGES_REPEATED_FIELD, field);
    return fault == FORM_SOUND;
}

static void take_form(const struct site *site, struct exchange *exchange) {
    struct pages pages = pages_of(site, exchange, NULL);
    if (!read_form(site, exchange, &pages))
        return;
    struct form *form = &exchange->form;
    exchange->result = form_take_step(form, exchange->arena, site->questionnaire);
    pages.language = form->language;
    /* Who sends again what was recorded before the end is to be thanked again: the store knows. */
    bool store_decides = exchange->result.turn == FORM_STORE && is_late(site, exchange);
    if (!store_decides && !is_open(site, exchange, &pages))
        return;
    if (exchange->result.turn != FORM_STORE)
        pages_form(&exchange->reply, &pages, form, &exchange->result, PAGES_PLAIN);
    else if (form->key == 0)
        pages_form(&exchange->reply, &pages, form, &exchange->result, PAGES_NO_KEY);
    else if (site->preview)
        pages_thanks(&exchange->reply, &pages, false);
    else {
        exchange->is_pending = true;
        exchange->response = (struct response){.key = form->key,
                                               .channel = CHANNEL_WEB,
                                               .language = form->language,
                                               .is_late = is_late(site, exchange),
                                               .answers = exchange->result.answers};
    }
}

void routes_settle(const struct site *site, struct exchange *exchange, enum store_outcome outcome) {
    struct pages pages = {site, exchange->arena, exchange->form.language, NULL};
    exchange->is_pending = false;
    switch (outcome) {
    case STORE_DONE:
    case STORE_ALREADY:
        pages_thanks(&exchange->reply, &pages, outcome == STORE_ALREADY);
        break;
    case STORE_BUSY:
    case STORE_FULL:
        pages_form(&exchange->reply, &pages, &exchange->form, &exchange->result, PAGES_NOT_RECORDED);
        break;
    case STORE_ENDED:
        pages_message(&exchange->reply, &pages, 403, PAGES_CLOSED_TOO_LATE, NULL);
        break;
    }
}

/* --- the other addresses --- */

static void show_privacy(const struct site *site, struct exchange *exchange) {
    struct pages pages = pages_of(site, exchange, "privacy");
    pages_privacy(&exchange->reply, &pages);
}

static void show_accessibility(const struct site *site, struct exchange *exchange) {
    struct pages pages = pages_of(site, exchange, "accessibility");
    pages_accessibility(&exchange->reply, &pages);
}

/* For a monitor: a closed collection is as it should be, a store that cannot be written is not. */
static void show_health(const struct site *site, struct exchange *exchange) {
    const char *status = site->preview                     ? "preview"
                         : exchange->health == STORE_DONE  ? "ok"
                         : exchange->health == STORE_ENDED ? "closed"
                         : exchange->health == STORE_BUSY  ? "busy"
                                                           : "full";
    bool well = site->preview || exchange->health == STORE_DONE || exchange->health == STORE_ENDED;
    exchange->reply.status = well ? 200 : 503;
    buffer_format(&exchange->reply.body, "{\"status\":\"%s\",\"questionnaire\":\"%s\"}\n", status,
                  site->questionnaire->name);
    frame_add_headers(&exchange->reply, site, "application/json", "no-store");
}

static void show_nothing(const struct site *site, struct exchange *exchange) {
    struct pages pages = pages_of(site, exchange, NULL);
    pages_message(&exchange->reply, &pages, 404, PAGES_NOT_FOUND, NULL);
}

static void show_logo(const struct site *site, struct exchange *exchange) {
    if (!site->logo) {
        show_nothing(site, exchange);
        return;
    }
    exchange->reply.status = 200;
    buffer_append_bytes(&exchange->reply.body, site->logo, site->logo_length);
    frame_add_headers(&exchange->reply, site, site->logo_type, "public, max-age=3600");
}

static const struct route {
    const char *path;
    void (*show)(const struct site *site, struct exchange *exchange);
    void (*take)(const struct site *site, struct exchange *exchange); /* a form; NULL: not allowed */
} routes[] = {
    {"/", show_form, take_form},
    {"/privacy", show_privacy, NULL},
    {"/accessibility", show_accessibility, NULL},
    {"/health", show_health, NULL},
    {"/logo", show_logo, NULL},
};

void routes_answer(const struct site *site, struct exchange *exchange) {
    const struct request *request = &exchange->request;
    const struct route *route = NULL;
    for (size_t i = 0; i < sizeof routes / sizeof *routes && !route; i++)
        if (!strcmp(request->path, routes[i].path))
            route = &routes[i];
    bool show = request->method == REQUEST_GET || request->method == REQUEST_HEAD;
    if (!route) {
        show_nothing(site, exchange);
    } else if (show) {
        route->show(site, exchange);
    } else if (request->method == REQUEST_POST && route->take) {
        route->take(site, exchange);
    } else {
        struct pages pages = pages_of(site, exchange, NULL);
        pages_message(&exchange->reply, &pages, 405, PAGES_NOT_ALLOWED, NULL);
        reply_add_header(&exchange->reply, "Allow", route->take ? "GET, HEAD, POST" : "GET, HEAD");
    }
}
