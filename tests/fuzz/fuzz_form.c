/* Whatever is posted as a form gets a page, or is a response without an error; nothing that was typed gets
 * into a page as markup. The first line is the header Accept-Language, the rest the body. */
#include "survey/routes.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char SOURCE[] =
    "questionnaire: fuzz\n"
    "languages: [en, fr]\n"
    "title: Fuzz\n"
    "privacy: Nothing\n"
    "scales:\n"
    "  s: [{code: 2, text: B}, {code: 1, text: A}]\n"
    "pages:\n"
    "  - questions:\n"
    "      - {id: a, type: single, text: A, no_opinion: true, required: true,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y, specify: true}]}\n"
    "      - {id: m, type: multiple, text: M, at_least: 2, when: a = x,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y, when: a answered}, {code: z, text: Z, "
    "exclusive: true}]}\n"
    "  - when: a = y or m has x\n"
    "    questions:\n"
    "      - {id: n, type: number, text: N, minimum: 0, decimals: 1, unit: h, not_concerned: true}\n"
    "      - {id: d, type: date, text: D}\n"
    "      - {id: r, type: ranking, text: R, options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "  - questions:\n"
    "      - {id: t, type: text, lines: 3, maximum_length: 9, text: T}\n"
    "      - {id: g, type: scale, scale: s, text: G, items: [{id: g1, text: 1}, {id: g2, text: 2}]}\n";

/* The survey, once with a page for each page and once all in one. */
static const struct site *site(bool single) {
    static struct site sites[2];
    if (!sites[single].questionnaire) {
        struct arena *arena = arena_create(); /* as long as the process */
        const char *source = arena_format(arena, "layout: %s\n%s", single ? "single" : "pages", SOURCE);
        const struct questionnaire *questionnaire =
            questionnaire_parse(arena, "fuzz", source, strlen(source), diagnostics_create(arena, "fuzz"));
        struct failure failure = {0};
        if (!questionnaire || !site_open(&sites[single], arena, questionnaire, NULL, false, &failure))
            abort();
    }
    return &sites[single];
}

static void post(const struct site *site, const char *language, const char *body, size_t length) {
    struct exchange exchange = {.arena = arena_create(), .today = "2024-01-31"};
    exchange.request = (struct request){.method = REQUEST_POST, .path = "/", .accept_language = language};
    exchange.fault = request_read_form(&exchange.request, exchange.arena, body, length,
                                       form_field_limit(site->questionnaire));
    routes_answer(site, &exchange);
    bool pending = exchange.deed.kind != DEED_NONE;
    if (pending == (exchange.reply.status != 0))
        abort();
    if (pending) {
        if (exchange.deed.response.key <= 0)
            abort();
        routes_settle(site, &exchange, STORE_FULL);
        if (exchange.reply.status != 503)
            abort();
    }
    if (strstr(buffer_text(&exchange.reply.body), "<evil"))
        abort();
    reply_clear(&exchange.reply);
    arena_destroy(exchange.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct arena *arena = arena_create();
    const char *text = arena_copy_bytes(arena, (const char *)bytes, length);
    const char *line_end = memchr(text, '\n', length);
    const char *body = line_end ? line_end + 1 : text + length;
    const char *language = arena_copy_bytes(arena, text, (size_t)(line_end ? line_end - text : (long)length));
    for (int single = 0; single < 2; single++)
        post(site(single), language, body, length - (size_t)(body - text));
    request_is_form(language);
    request_accepts_gzip(language);
    arena_destroy(arena);
    return 0;
}
