/* Goal: every request gets the right page with the right headers, in the right language; what was typed comes
 * back escaped and whole; a response is handed on only when it is complete, and its fate is told truly. */
#include "survey/routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#define HEAD                                                                                                 \
    "questionnaire: desk\n"                                                                                  \
    "languages: [en, fr, de]\n"                                                                              \
    "title: {en: The <desk>, fr: \"Le guichet : avis ?\", de: Der Schalter}\n"                               \
    "privacy: \"Made **up**. <script>alert(1)</script>\"\n"
#define QUESTIONS                                                                                            \
    "pages:\n"                                                                                               \
    "  - title: {en: One, fr: Un, de: Eins}\n"                                                               \
    "    questions:\n"                                                                                       \
    "      - id: good\n"                                                                                     \
    "        type: single\n"                                                                                 \
    "        required: true\n"                                                                               \
    "        text: {en: Good?, fr: Bien ?, de: Gut?}\n"                                                      \
    "        options:\n"                                                                                     \
    "          - {code: \"yes\", text: {en: \"Yes\", fr: Oui, de: Ja}}\n"                                    \
    "          - {code: other, text: {en: Other, fr: Autre, de: Anders}, specify: true}\n"                   \
    "  - title: {en: Two, fr: Deux, de: Zwei}\n"                                                             \
    "    questions:\n"                                                                                       \
    "      - {id: hours, type: number, maximum: 9, text: {en: Hours?, fr: Heures ?, de: Stunden?}}\n"        \
    "      - {id: since, type: date, text: {en: Since?, fr: Depuis ?, de: Seit?}}\n"                         \
    "      - {id: words, type: text, lines: 4, text: {en: Words?, fr: Mots ?, de: Worte?}}\n"

static struct arena *arena;
static struct site plain, preview, dated;
static struct exchange exchange;

static void open_site(struct site *site, const char *source, const char *url, bool is_preview) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "desk.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "desk.yaml", source, strlen(source), diagnostics);
    struct failure failure = {0};
    diagnostics_print(diagnostics, stderr);
    assert_non_null(questionnaire);
    assert_true(site_open(site, arena, questionnaire, url, is_preview, &failure));
}

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    open_site(&plain, HEAD QUESTIONS, NULL, false);
    open_site(&preview, HEAD "opens: 2013-03-10\ncloses: 2013-03-20\n" QUESTIONS, NULL, true);
    open_site(&dated, HEAD "opens: 2013-03-10\ncloses: 2013-03-20\n" QUESTIONS, "https://town.example/survey",
              false);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    reply_clear(&exchange.reply);
    arena_destroy(arena);
    return 0;
}

/* Asks for a page, in the language of the browser; gives its body. */
static const char *ask(const struct site *site, const char *method, const char *path, const char *language) {
    reply_clear(&exchange.reply);
    exchange = (struct exchange){
        .arena = arena,
        .request = {.method = request_method(method), .path = path, .accept_language = language},
        .today = "2013-03-15"};
    routes_answer(site, &exchange);
    return buffer_text(&exchange.reply.body);
}

/* Sends a form; gives the page that comes back, "" while the response waits to be stored. */
static const char *post(const struct site *site, const char *body) {
    reply_clear(&exchange.reply);
    exchange = (struct exchange){
        .arena = arena, .request = {.method = REQUEST_POST, .path = "/"}, .today = "2013-03-15"};
    exchange.fault = request_read_form(&exchange.request, arena, body, strlen(body), 100);
    routes_answer(site, &exchange);
    return buffer_text(&exchange.reply.body);
}

static void assert_has(const char *page, const char *part) {
    if (!strstr(page, part))
        fail_msg("no %s in\n%s", part, page);
}

static void assert_lacks(const char *page, const char *part) {
    if (strstr(page, part))
        fail_msg("%s in\n%s", part, page);
}

static void addresses_have_their_statuses(void **state) {
    (void)state;
    const struct {
        const char *method, *path;
        unsigned status;
    } cases[] = {{"GET", "/", 200},         {"HEAD", "/", 200},
                 {"GET", "/privacy", 200},  {"GET", "/accessibility", 200},
                 {"GET", "/health", 200},   {"GET", "/logo", 404},
                 {"GET", "/nowhere", 404},  {"GET", "", 404},
                 {"GET", "//", 404},        {"GET", "/privacy/", 404},
                 {"PUT", "/", 405},         {"DELETE", "/privacy", 405},
                 {"POST", "/privacy", 405}, {"POST", "/nowhere", 404},
                 {"get", "/", 405}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask(&plain, cases[i].method, cases[i].path, NULL);
        assert_int_equal(exchange.reply.status, cases[i].status);
        assert_int_equal(exchange.deed.kind, DEED_NONE);
    }
    ask(&plain, "PUT", "/", NULL);
    assert_string_equal(reply_header(&exchange.reply, "Allow"), "GET, HEAD, POST");
    ask(&plain, "POST", "/privacy", NULL);
    assert_string_equal(reply_header(&exchange.reply, "Allow"), "GET, HEAD");
}

static void headers_forbid_what_a_form_does_not_need(void **state) {
    (void)state;
    const char *const pages[] = {"/", "/privacy", "/accessibility", "/health", "/nowhere"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        ask(&plain, "GET", pages[i], NULL);
        const struct reply *reply = &exchange.reply;
        assert_has(reply_header(reply, "Content-Security-Policy"), "default-src 'none'; style-src 'sha256-");
        assert_has(reply_header(reply, "Content-Security-Policy"), "frame-ancestors 'none'");
        assert_string_equal(reply_header(reply, "X-Content-Type-Options"), "nosniff");
        assert_string_equal(reply_header(reply, "Referrer-Policy"), "no-referrer");
        assert_string_equal(reply_header(reply, "Cache-Control"), "no-store");
        assert_null(reply_header(reply, "Set-Cookie"));
    }
}

static void pages_speak_the_browser_s_language(void **state) {
    (void)state;
    assert_has(ask(&plain, "GET", "/", NULL), "<html lang=\"en\">");
    const char *page = ask(&plain, "GET", "/", "fr-CH, en;q=0.5");
    assert_has(page, "<html lang=\"fr\">");
    assert_has(page, "Le guichet\u00A0: avis\u202F?");
    assert_has(page, ">Suivant</button>");
    assert_has(page, "name=\"go-language\" value=\"en\" lang=\"en\">English</button>");
    assert_string_equal(reply_header(&exchange.reply, "Content-Language"), "fr");
    assert_has(ask(&plain, "GET", "/nowhere", "fr"), "Page introuvable");
    page = ask(&plain, "GET", "/privacy", "fr");
    assert_has(page, "href=\"/privacy?language=en\" hreflang=\"en\" lang=\"en\">English</a>");
}

static void other_languages_have_an_english_interface_and_say_so(void **state) {
    (void)state;
    const char *page = ask(&plain, "GET", "/", "de");
    assert_has(page, "<html lang=\"de\">");
    assert_has(page, "Gut?");
    assert_has(page, "<button type=\"submit\" name=\"go-next\" value=\"1\" lang=\"en\">Next</button>");
    assert_has(page, "<span class=\"required\" lang=\"en\">(required)</span>");
}

static void a_language_that_is_asked_for_comes_first(void **state) {
    (void)state;
    ask(&plain, "GET", "/", NULL);
    exchange.request.language = "fr";
    exchange.request.accept_language = "de";
    reply_clear(&exchange.reply);
    routes_answer(&plain, &exchange);
    assert_has(buffer_text(&exchange.reply.body), "<html lang=\"fr\">");
    exchange.request.language = "xx";
    reply_clear(&exchange.reply);
    routes_answer(&plain, &exchange);
    assert_has(buffer_text(&exchange.reply.body), "<html lang=\"de\">");
}

static void texts_are_escaped(void **state) {
    (void)state;
    const char *page = ask(&plain, "GET", "/", NULL);
    assert_has(page, "<h1>The &lt;desk&gt;</h1>");
    assert_lacks(page, "<desk>");
    page = ask(&plain, "GET", "/privacy", NULL);
    assert_has(page, "Made <strong>up</strong>.");
    assert_lacks(page, "<script>");
}

static void what_was_typed_comes_back_escaped_and_whole(void **state) {
    (void)state;
    const char *page =
        post(&plain, "page-shown=1&good=other&good_specify=%22%3E%3Cb%3E%26amp%3B&hours=a+%22dozen%22"
                     "&since=31%2F12%2F2012&words=%0D%0A%3C%2Ftextarea%3E%0D%0Aend&go-next=1");
    assert_int_equal(exchange.reply.status, 422);
    assert_has(page, "<title>Error: Two – The &lt;desk&gt;</title>");
    assert_has(page, "<input type=\"hidden\" name=\"good\" value=\"other\">");
    assert_has(page, "name=\"good_specify\" value=\"&quot;&gt;&lt;b&gt;&amp;amp;\">");
    assert_has(page, "value=\"a &quot;dozen&quot;\"");
    assert_has(page, "type=\"text\" class=\"date\" name=\"since\"");
    assert_has(page, "value=\"31/12/2012\"");
    assert_has(page, ">\n\n&lt;/textarea&gt;\nend</textarea>");
    assert_has(page, "<a href=\"#hours-1\">Hours?</a>");
    assert_has(page, "aria-describedby=\"hours-error\" aria-invalid=\"true\"");
    assert_has(page, "id=\"hours-error\"");
}

static void a_form_without_its_key_is_not_lost(void **state) {
    (void)state;
    const char *page = post(&plain, "page-shown=1&good=yes&hours=3&go-send=1");
    assert_int_equal(exchange.deed.kind, DEED_NONE);
    assert_int_equal(exchange.reply.status, 200);
    assert_has(page, "Please send once more");
    assert_has(page, "value=\"3\"");
    assert_has(page, "name=\"response-key\" value=\"");
    page = post(&plain, "response-key=x&page-shown=0&good=yes&go-next=1");
    assert_lacks(page, "role=\"alert\"");
    assert_has(page, "<h1>Two</h1>");
}

static void only_a_complete_response_is_handed_on(void **state) {
    (void)state;
    post(&plain, "response-key=42&page-shown=1&form-language=fr&hours=3&go-send=1");
    assert_int_equal(exchange.deed.kind, DEED_NONE);
    assert_has(buffer_text(&exchange.reply.body), "href=\"#good-1\"");
    post(&plain, "response-key=42&page-shown=1&form-language=fr&good=yes&hours=3&go-send=1");
    assert_int_equal(exchange.deed.kind, DEED_SUBMIT);
    assert_int_equal(exchange.deed.response.key, 42);
    assert_int_equal(exchange.deed.response.language, 1);
    assert_int_equal(exchange.deed.response.channel, CHANNEL_WEB);
    assert_true(exchange.deed.response.answers[1].number == 3);
    assert_int_equal(exchange.reply.status, 0);
}

static const char *settle(enum store_outcome outcome) {
    post(&plain, "response-key=42&page-shown=1&good=yes&hours=3&go-send=1");
    assert_int_equal(exchange.deed.kind, DEED_SUBMIT);
    routes_settle(&plain, &exchange, outcome);
    assert_int_equal(exchange.deed.kind, DEED_NONE);
    return buffer_text(&exchange.reply.body);
}

static void the_fate_of_a_response_is_told(void **state) {
    (void)state;
    const enum store_outcome recorded[] = {STORE_DONE, STORE_ALREADY}, unable[] = {STORE_BUSY, STORE_FULL};
    for (size_t i = 0; i < 2; i++) {
        assert_has(settle(recorded[i]), "<main id=\"thanks\"");
        assert_int_equal(exchange.reply.status, 200);
        assert_true(!strstr(buffer_text(&exchange.reply.body), "recorded already") ==
                    (recorded[i] == STORE_DONE));
    }
    for (size_t i = 0; i < 2; i++) {
        const char *page = settle(unable[i]);
        assert_int_equal(exchange.reply.status, 503);
        assert_has(page, "Your answers were NOT recorded");
        assert_has(page, "name=\"response-key\" value=\"42\"");
        assert_has(page, "name=\"good\" value=\"yes\"");
        assert_has(page, ">Send again</button>");
        assert_lacks(page, "id=\"thanks\"");
    }
    assert_has(settle(STORE_ENDED), "came too late and were not recorded");
    assert_int_equal(exchange.reply.status, 403);
}

static void a_preview_checks_and_stores_nothing(void **state) {
    (void)state;
    assert_has(ask(&preview, "GET", "/", NULL), "Preview: nothing is recorded.");
    assert_has(ask(&preview, "GET", "/privacy", NULL), "Preview: nothing is recorded.");
    post(&preview, "response-key=42&page-shown=1&hours=3&go-send=1");
    assert_int_equal(exchange.reply.status, 422);
    assert_has(post(&preview, "response-key=42&page-shown=1&good=yes&go-send=1"), "End of the preview");
    assert_int_equal(exchange.deed.kind, DEED_NONE);
    assert_has(ask(&preview, "GET", "/health", NULL), "\"status\":\"preview\"");
}

/* The form on a day, or what stands in its place. */
static const char *ask_on(const char *day, const char *body) {
    reply_clear(&exchange.reply);
    exchange = (struct exchange){.arena = arena,
                                 .request = {.method = body ? REQUEST_POST : REQUEST_GET, .path = "/"}};
    exchange.today = day;
    if (body)
        request_read_form(&exchange.request, arena, body, strlen(body), 100);
    routes_answer(&dated, &exchange);
    return buffer_text(&exchange.reply.body);
}

static void the_survey_is_open_between_its_days(void **state) {
    (void)state;
    const char *const answer = "response-key=1&page-shown=1&good=yes&go-send=1";
    assert_has(ask_on("2013-03-09", NULL), "It opens on 10 March 2013.");
    assert_has(ask_on("2013-03-10", NULL), "<form");
    assert_has(ask_on("2013-03-20", NULL), "<form");
    assert_has(ask_on("2013-03-21", NULL), "This survey is closed");
    ask_on("2013-03-20", answer);
    assert_true(exchange.deed.kind == DEED_SUBMIT && !exchange.deed.response.is_late);
    /* It may be there already, sent again: the store is asked. */
    ask_on("2013-03-21", answer);
    assert_true(exchange.deed.kind == DEED_SUBMIT && exchange.deed.response.is_late);
    routes_settle(&dated, &exchange, STORE_ENDED);
    assert_has(buffer_text(&exchange.reply.body), "were not recorded");
    assert_int_equal(exchange.reply.status, 403);
    assert_has(ask_on("2013-03-21", "response-key=1&page-shown=0&go-next=1"), "were not recorded");
    assert_int_equal(exchange.deed.kind, DEED_NONE);
    assert_has(ask_on("2013-03-09", answer), "It opens on");
    assert_int_equal(exchange.deed.kind, DEED_NONE);
}

static void a_closed_collection_takes_nothing(void **state) {
    (void)state;
    exchange.health = STORE_ENDED;
    reply_clear(&exchange.reply);
    exchange.request = (struct request){.method = REQUEST_GET, .path = "/"};
    routes_answer(&plain, &exchange);
    assert_has(buffer_text(&exchange.reply.body), "This survey is closed");
    assert_int_equal(exchange.reply.status, 200);
}

static void health_tells_what_is_wrong(void **state) {
    (void)state;
    const struct {
        enum store_outcome health;
        unsigned status;
        const char *word;
    } cases[] = {{STORE_DONE, 200, "ok"},
                 {STORE_ENDED, 200, "closed"},
                 {STORE_BUSY, 503, "busy"},
                 {STORE_FULL, 503, "full"}};
    for (size_t i = 0; i < 4; i++) {
        reply_clear(&exchange.reply);
        exchange = (struct exchange){.arena = arena,
                                     .request = {.method = REQUEST_GET, .path = "/health"},
                                     .today = "2013-03-15",
                                     .health = cases[i].health};
        routes_answer(&plain, &exchange);
        assert_int_equal(exchange.reply.status, cases[i].status);
        char line[100];
        snprintf(line, sizeof line, "{\"status\":\"%s\",\"questionnaire\":\"desk\"}\n", cases[i].word);
        assert_string_equal(buffer_text(&exchange.reply.body), line);
    }
}

static void faults_of_a_form_are_told_apart(void **state) {
    (void)state;
    const struct {
        const char *body;
        const char *words;
    } cases[] = {{"good=%zz", "not well formed"},
                 {"good=%FF", "not text in UTF-8"},
                 {"good=%00", "not text in UTF-8"},
                 {"go%3Cod=yes", "unknown field: go&lt;od"},
                 {"page-shown=1&page-shown=1", "a field twice: page-shown"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_has(post(&plain, cases[i].body), cases[i].words);
        assert_int_equal(exchange.reply.status, 400);
    }
}

static void links_follow_the_public_address(void **state) {
    (void)state;
    const char *page = ask_on("2013-03-15", NULL);
    assert_has(page, "<form method=\"post\" action=\"/survey/\"");
    assert_has(page, "href=\"/survey/privacy?language=en\"");
}

static void the_form_survives_compression(void **state) {
    (void)state;
    struct buffer page = {0};
    buffer_append(&page, ask(&plain, "GET", "/", NULL));
    reply_compress(&exchange.reply);
    assert_string_equal(reply_header(&exchange.reply, "Content-Encoding"), "gzip");
    assert_true(exchange.reply.body.length < page.length / 2);
    char *unpacked = arena_allocate(arena, page.length + 1, 1);
    z_stream stream = {.next_in = (Bytef *)exchange.reply.body.bytes,
                       .avail_in = (uInt)exchange.reply.body.length,
                       .next_out = (Bytef *)unpacked,
                       .avail_out = (uInt)page.length};
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    assert_string_equal(unpacked, buffer_text(&page));
    buffer_destroy(&page);
}

static void public_addresses_are_checked(void **state) {
    (void)state;
    const char *const bad[] = {"town.example", "ftp://town.example/", "https://",
                               "https:///x",   "https://a/?b",        "https://a/ b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct site site;
        struct failure failure = {0};
        assert_false(site_open(&site, arena, plain.questionnaire, bad[i], false, &failure));
        assert_has(failure.text, bad[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_have_their_statuses),
        cmocka_unit_test(headers_forbid_what_a_form_does_not_need),
        cmocka_unit_test(pages_speak_the_browser_s_language),
        cmocka_unit_test(other_languages_have_an_english_interface_and_say_so),
        cmocka_unit_test(a_language_that_is_asked_for_comes_first),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(what_was_typed_comes_back_escaped_and_whole),
        cmocka_unit_test(a_form_without_its_key_is_not_lost),
        cmocka_unit_test(only_a_complete_response_is_handed_on),
        cmocka_unit_test(the_fate_of_a_response_is_told),
        cmocka_unit_test(a_preview_checks_and_stores_nothing),
        cmocka_unit_test(the_survey_is_open_between_its_days),
        cmocka_unit_test(a_closed_collection_takes_nothing),
        cmocka_unit_test(health_tells_what_is_wrong),
        cmocka_unit_test(faults_of_a_form_are_told_apart),
        cmocka_unit_test(links_follow_the_public_address),
        cmocka_unit_test(the_form_survives_compression),
        cmocka_unit_test(public_addresses_are_checked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
