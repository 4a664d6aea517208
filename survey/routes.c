#include "survey/routes.h"

#include "survey/frame.h"
#include "survey/refusal.h"
#include "survey/routes_internal.h"

#include <string.h>

static void show_privacy(const struct site *site, struct exchange *exchange) {
    struct pages pages = routes_pages(site, exchange, "privacy");
    pages_privacy(&exchange->reply, &pages);
}

static void show_accessibility(const struct site *site, struct exchange *exchange) {
    struct pages pages = routes_pages(site, exchange, "accessibility");
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
    struct pages pages = routes_pages(site, exchange, NULL);
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
    {"/", routes_show_door, routes_take_door},
    {"/privacy", show_privacy, NULL},
    {"/accessibility", show_accessibility, NULL},
    {"/health", show_health, NULL},
    {"/logo", show_logo, NULL},
};

/* Personal links, where there are any. */
static const struct route link_route = {ROUTES_LINK, routes_show_link, routes_take_link};

/* The evaluator's pages, where there may be any. Forms are read here, so that the office gets their fields.
 */
static void leave_to_office(const struct site *site, struct exchange *exchange) {
    struct pages pages = routes_pages(site, exchange, NULL);
    exchange->is_for_office = routes_has_fields(exchange, &pages);
}

static const struct route office_route = {"/admin", leave_to_office, leave_to_office};

static bool is_for_office(const struct site *site, const char *path) {
    size_t length = strlen(office_route.path);
    return site->has_office && !strncmp(path, office_route.path, length) &&
           (path[length] == '\0' || path[length] == '/');
}

void routes_settle_office(const struct site *site, struct exchange *exchange) {
    struct pages pages = routes_pages(site, exchange, NULL);
    pages.home = "admin";
    pages_message(&exchange->reply, &pages, 503, PAGES_LATER, NULL);
    reply_add_header(&exchange->reply, "Retry-After", "5");
}

static const struct route *find_route(const struct site *site, const char *path) {
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (!strcmp(path, routes[i].path))
            return &routes[i];
    if (is_for_office(site, path))
        return &office_route;
    return site->by_link && !strncmp(path, ROUTES_LINK, strlen(ROUTES_LINK)) ? &link_route : NULL;
}

void routes_answer(const struct site *site, struct exchange *exchange) {
    const struct request *request = &exchange->request;
    if (exchange->fault == REQUEST_FOREIGN || exchange->fault == REQUEST_TOO_OFTEN) {
        struct pages pages = routes_pages(site, exchange, NULL);
        refusal_page(&exchange->reply, &pages, exchange->fault, exchange->retry_after);
        return;
    }
    const struct route *route = find_route(site, request->path);
    bool show = request->method == REQUEST_GET || request->method == REQUEST_HEAD;
    if (!route) {
        show_nothing(site, exchange);
    } else if (show) {
        route->show(site, exchange);
    } else if (request->method == REQUEST_POST && route->take) {
        route->take(site, exchange);
    } else {
        struct pages pages = routes_pages(site, exchange, NULL);
        pages_message(&exchange->reply, &pages, 405, PAGES_NOT_ALLOWED, NULL);
        reply_add_header(&exchange->reply, "Allow", route->take ? "GET, HEAD, POST" : "GET, HEAD");
    }
}
