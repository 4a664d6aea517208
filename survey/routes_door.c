/* Who is let in: by open access, by a personal link, by its code. */
#include "survey/frame.h"
#include "survey/routes_internal.h"

#include <string.h>

struct pages routes_pages(const struct site *site, struct exchange *exchange, const char *path) {
    const struct questionnaire *questionnaire = site->questionnaire;
    const struct request *request = &exchange->request;
    size_t language = questionnaire->language_count;
    if (request->language)
        language = questionnaire_language(questionnaire, request->language);
    if (language == questionnaire->language_count && exchange->guest.language)
        language = questionnaire_language(questionnaire, exchange->guest.language);
    if (language == questionnaire->language_count)
        language = request_preferred_language(request->accept_language, questionnaire->languages,
                                              questionnaire->language_count);
    return (struct pages){.site = site, .arena = exchange->arena, .language = language, .path = path};
}

bool routes_is_late(const struct site *site, const struct exchange *exchange) {
    const char *closes = site->questionnaire->closes;
    return exchange->health == STORE_ENDED || (closes && strcmp(exchange->today, closes) > 0);
}

bool routes_is_open(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    const struct questionnaire *questionnaire = site->questionnaire;
    bool late = routes_is_late(site, exchange);
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

bool routes_has_fields(struct exchange *exchange, const struct pages *pages) {
    static const struct {
        unsigned status;
        enum pages_message message;
    } refusals[] = {[REQUEST_BROKEN] = {400, PAGES_BROKEN},
                    [REQUEST_NO_TEXT] = {400, PAGES_NO_TEXT},
                    [REQUEST_TOO_MANY] = {400, PAGES_TOO_MANY},
                    [REQUEST_NO_FORM] = {415, PAGES_NOT_A_FORM},
                    [REQUEST_TOO_LARGE] = {413, PAGES_TOO_LARGE}};
    if (exchange->fault != REQUEST_SOUND)
        pages_message(&exchange->reply, pages, refusals[exchange->fault].status,
                      refusals[exchange->fault].message, NULL);
    return exchange->fault == REQUEST_SOUND;
}

/* --- a personal link --- */

/* The same for a link that is unknown and one that was revoked. */
static void refuse_link(struct exchange *exchange, const struct pages *pages) {
    pages_message(&exchange->reply, pages, 404, PAGES_NO_LINK, NULL);
}

static struct pages receive(const struct site *site, struct exchange *exchange) {
    const char *path = exchange->request.path;
    exchange->guest = guest_by_link(exchange->door, exchange->arena, path + strlen(ROUTES_LINK));
    struct pages pages = routes_pages(site, exchange, path + 1);
    pages.home = path + 1;
    return pages;
}

void routes_show_link(const struct site *site, struct exchange *exchange) {
    struct pages pages = receive(site, exchange);
    if (!routes_is_open(site, exchange, &pages))
        return;
    switch (exchange->guest.standing) {
    case GUEST_EXPECTED:
        routes_show_form(site, exchange, &pages);
        break;
    case GUEST_USED:
        pages_message(&exchange->reply, &pages, 200, PAGES_ANSWERED, NULL);
        break;
    case GUEST_UNKNOWN:
        refuse_link(exchange, &pages);
        break;
    case GUEST_LATER:
        pages_message(&exchange->reply, &pages, 503, PAGES_LATER, NULL);
        reply_add_header(&exchange->reply, "Retry-After", "5");
        break;
    }
}

void routes_take_link(const struct site *site, struct exchange *exchange) {
    struct pages pages = receive(site, exchange);
    pages.path = NULL;
    /* After the close no link is known any more; the store still knows what it has. */
    if (exchange->guest.standing == GUEST_UNKNOWN && !routes_is_late(site, exchange))
        refuse_link(exchange, &pages);
    else
        routes_take_form(site, exchange, &pages);
}

/* --- the code of a personal link --- */

/* The fields of the page where a code is typed, "" if they were not there. */
struct code_fields {
    const char *code, *language, *other_language;
    const char *unknown; /* the name of another field; NULL: there was none */
};

static struct code_fields read_code(const struct request *request) {
    struct code_fields fields = {.code = "", .language = "", .other_language = ""};
    for (size_t i = 0; i < request->field_count; i++) {
        const struct request_field *field = &request->fields[i];
        if (!strcmp(field->name, "code"))
            fields.code = field->value;
        else if (!strcmp(field->name, "form-language"))
            fields.language = field->value;
        else if (!strcmp(field->name, "go-language"))
            fields.other_language = field->value;
        else if (strcmp(field->name, "go-code"))
            fields.unknown = field->name;
    }
    return fields;
}

static void prefer_language(struct pages *pages, const char *tag) {
    const struct questionnaire *questionnaire = pages->site->questionnaire;
    size_t language = questionnaire_language(questionnaire, tag);
    if (language < questionnaire->language_count)
        pages->language = language;
}

static enum pages_code problem_of(const char *code, enum guest_standing standing) {
    size_t digits = 0;
    for (const char *at = code; *at; at++)
        digits += *at != ' ' && *at != '-';
    if (standing == GUEST_LATER)
        return PAGES_CODE_LATER;
    return digits == 0                  ? PAGES_CODE_MISSING
           : digits == LINK_CODE_LENGTH ? PAGES_CODE_UNKNOWN
                                        : PAGES_CODE_CUT;
}

/* Sends the browser on to the link that the code stands for. */
static void take_code(const struct site *site, struct exchange *exchange, const struct pages *pages,
                      const char *code) {
    char token[LINK_TOKEN_LENGTH + 1];
    enum guest_standing standing = guest_by_code(exchange->door, exchange->arena, code, token);
    if (standing == GUEST_UNKNOWN || standing == GUEST_LATER) {
        pages_code(&exchange->reply, pages, problem_of(code, standing), code);
        return;
    }
    exchange->reply.status = 303;
    frame_add_headers(&exchange->reply, site, "text/plain; charset=utf-8", "no-store");
    reply_add_header(&exchange->reply, "Location",
                     arena_format(exchange->arena, "%s%s%s", site->root, &ROUTES_LINK[1], token));
}

static void take_code_page(const struct site *site, struct exchange *exchange) {
    struct pages pages = routes_pages(site, exchange, NULL);
    if (!routes_is_open(site, exchange, &pages) || !routes_has_fields(exchange, &pages))
        return;
    struct code_fields fields = read_code(&exchange->request);
    prefer_language(&pages, fields.language);
    prefer_language(&pages, fields.other_language);
    if (fields.unknown)
        pages_message(&exchange->reply, &pages, 400, PAGES_UNKNOWN_FIELD, fields.unknown);
    else if (*fields.other_language)
        pages_code(&exchange->reply, &pages, PAGES_CODE_ASKED, fields.code);
    else
        take_code(site, exchange, &pages, fields.code);
}

/* --- the root --- */

void routes_show_door(const struct site *site, struct exchange *exchange) {
    struct pages pages = routes_pages(site, exchange, "");
    if (!routes_is_open(site, exchange, &pages))
        return;
    if (site->by_link) {
        pages_code(&exchange->reply, &pages, PAGES_CODE_ASKED, NULL);
        return;
    }
    if (exchange->door)
        exchange->guest = guest_by_cookie(exchange->door, exchange->arena, exchange->request.cookie);
    if (exchange->guest.standing == GUEST_LATER) {
        pages_message(&exchange->reply, &pages, 503, PAGES_LATER, NULL);
        reply_add_header(&exchange->reply, "Retry-After", "5");
        return;
    }
    routes_show_form(site, exchange, &pages);
}

void routes_take_door(const struct site *site, struct exchange *exchange) {
    if (site->by_link) {
        take_code_page(site, exchange);
        return;
    }
    struct pages pages = routes_pages(site, exchange, NULL);
    if (exchange->door)
        exchange->guest = guest_by_cookie(exchange->door, exchange->arena, exchange->request.cookie);
    routes_take_form(site, exchange, &pages);
}
