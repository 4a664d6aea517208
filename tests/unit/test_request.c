/* Goal: what comes over the wire is decoded exactly or refused, and never guessed at. */
#include "survey/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

static enum request_fault read_bytes(struct request *request, const char *body, size_t length) {
    *request = (struct request){0};
    return request_read_form(request, arena, body, length, 100);
}

static enum request_fault read_text(struct request *request, const char *body) {
    return read_bytes(request, body, strlen(body));
}

static void fields_are_decoded_in_order(void **state) {
    (void)state;
    struct request request;
    assert_int_equal(read_text(&request, "role=member&role=&note=caf%C3%A9+cr%c3%a8me%26%3d&empty"),
                     REQUEST_SOUND);
    assert_int_equal(request.field_count, 4);
    const char *const expected[][2] = {
        {"role", "member"}, {"role", ""}, {"note", "café crème&="}, {"empty", ""}};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(request.fields[i].name, expected[i][0]);
        assert_string_equal(request.fields[i].value, expected[i][1]);
    }
}

static void nothing_is_no_field(void **state) {
    (void)state;
    struct request request;
    assert_int_equal(read_text(&request, ""), REQUEST_SOUND);
    assert_int_equal(request.field_count, 0);
    assert_int_equal(read_text(&request, "&&a=1&&"), REQUEST_SOUND);
    assert_int_equal(request.field_count, 1);
}

static void line_ends_become_one_kind(void **state) {
    (void)state;
    struct request request;
    assert_int_equal(read_text(&request, "a=one%0D%0Atwo%0Athree%0D%0A"), REQUEST_SOUND);
    assert_string_equal(request.fields[0].value, "one\ntwo\nthree\n");
}

static void broken_escapes_are_refused(void **state) {
    (void)state;
    struct request request;
    const char *const broken[] = {"a=%", "a=%4", "a=%4g", "a=%zz", "%=1", "=1", "a=1&=2", "a=%%41"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_int_equal(read_text(&request, broken[i]), REQUEST_BROKEN);
}

static void an_escape_does_not_reach_into_the_next_field(void **state) {
    (void)state;
    struct request request;
    assert_int_equal(read_text(&request, "a=%4&1=b"), REQUEST_BROKEN);
    assert_int_equal(read_text(&request, "a%4=1"), REQUEST_BROKEN);
}

static void what_is_no_text_is_refused(void **state) {
    (void)state;
    struct request request;
    assert_int_equal(read_text(&request, "a=%00"), REQUEST_NO_TEXT);
    assert_int_equal(read_text(&request, "a%00b=1"), REQUEST_NO_TEXT);
    assert_int_equal(read_text(&request, "a=%E9"), REQUEST_NO_TEXT);
    assert_int_equal(read_text(&request, "a=%C0%AF"), REQUEST_NO_TEXT);
    assert_int_equal(read_text(&request, "a=%ED%A0%80"), REQUEST_NO_TEXT);
    assert_int_equal(read_bytes(&request, "a=x\0y", 5), REQUEST_NO_TEXT);
    assert_int_equal(read_bytes(&request, "a=\xE9", 3), REQUEST_NO_TEXT);
}

static void fields_are_counted(void **state) {
    (void)state;
    struct request request = {0};
    assert_int_equal(request_read_form(&request, arena, "a=1&b=2", 7, 2), REQUEST_SOUND);
    assert_int_equal(request_read_form(&request, arena, "a=1&b=2&c=3", 11, 2), REQUEST_TOO_MANY);
}

static void only_plain_forms_are_forms(void **state) {
    (void)state;
    assert_true(request_is_form("application/x-www-form-urlencoded"));
    assert_true(request_is_form("Application/X-WWW-Form-Urlencoded ; charset=UTF-8"));
    assert_true(request_is_form("application/x-www-form-urlencoded;charset=\"utf-8\""));
    assert_false(request_is_form("application/x-www-form-urlencoded; charset=iso-8859-1"));
    assert_false(request_is_form("multipart/form-data; boundary=x"));
    assert_false(request_is_form("application/x-www-form-urlencodedness"));
    assert_false(request_is_form(""));
    assert_false(request_is_form(NULL));
}

static void languages_are_preferred_by_quality(void **state) {
    (void)state;
    const char *const tags[] = {"fr", "en", "de-CH"};
    const struct {
        const char *header;
        size_t preferred;
    } cases[] = {
        {NULL, 0},
        {"", 0},
        {"en", 1},
        {"EN", 1},
        {"en-GB,en;q=0.9,fr;q=0.8", 1},
        {"es, en;q=0.5, fr;q=0.7", 0},
        {"fr;q=0.3, de;q=0.9", 2},
        {"de-AT", 2},
        {"de-CH", 2},
        {"it", 0},
        {"fr;q=0, en;q=0.1", 1},
        {"*", 0},
        {"en;q=0.5,*;q=0.1", 1},
        {" en ; q=0.2 , fr ; q=0.1", 1},
        {",,;;q=,en", 1},
        {"en;q=1.5", 1},
        {"frr", 0},
        {"enx, de", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(request_preferred_language(cases[i].header, tags, 3), cases[i].preferred);
}

static void a_language_prefers_its_own_region(void **state) {
    (void)state;
    const char *const tags[] = {"fr-CA", "fr", "fr-CH"};
    assert_int_equal(request_preferred_language("fr-CH", tags, 3), 2);
    assert_int_equal(request_preferred_language("fr-BE", tags, 3), 1);
    assert_int_equal(request_preferred_language("fr", tags, 3), 1);
    assert_int_equal(request_preferred_language("fr", tags, 1), 0);
}

static void gzip_is_sent_only_where_allowed(void **state) {
    (void)state;
    assert_true(request_accepts_gzip("gzip, deflate, br"));
    assert_true(request_accepts_gzip("br;q=1.0, GZIP;q=0.8"));
    assert_true(request_accepts_gzip("*"));
    assert_false(request_accepts_gzip("gzip;q=0"));
    assert_false(request_accepts_gzip("gzip;q=0.000, *"));
    assert_false(request_accepts_gzip("identity"));
    assert_false(request_accepts_gzip("xgzip"));
    assert_false(request_accepts_gzip(""));
    assert_false(request_accepts_gzip(NULL));
}

static void methods_are_told_by_their_exact_names(void **state) {
    (void)state;
    assert_int_equal(request_method("GET"), REQUEST_GET);
    assert_int_equal(request_method("HEAD"), REQUEST_HEAD);
    assert_int_equal(request_method("POST"), REQUEST_POST);
    assert_int_equal(request_method("post"), REQUEST_OTHER);
    assert_int_equal(request_method("DELETE"), REQUEST_OTHER);
}

/* A POST to town.example:8080, whose public address is https://survey.example/dip/. */
static bool is_foreign(const char *fetch_site, const char *origin) {
    const struct request request = {
        .method = REQUEST_POST, .host = "town.example:8080", .fetch_site = fetch_site, .origin = origin};
    return request_is_foreign(&request, "https://survey.example/dip/");
}

static void forms_of_other_sites_are_told(void **state) {
    (void)state;
    const char *own[] = {NULL, "null", "http://town.example:8080", "https://TOWN.example:8080",
                         "https://survey.example"};
    const char *foreign[] = {"",
                             "town.example:8080",
                             "http://town.example",
                             "http://town.example:80",
                             "http://town.example:8080.evil.example",
                             "http://evil.example",
                             "https://survey.example.evil",
                             "https://survey.example:444",
                             "://",
                             "NULL ",
                             "http://xtown.example:8080",
                             "http://town.example:8080@evil.example"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        assert_false(is_foreign(NULL, own[i]));
        assert_false(is_foreign("same-origin", own[i]));
        assert_false(is_foreign("none", own[i]));
        assert_true(is_foreign("cross-site", own[i]));
        assert_true(is_foreign("Same-Site", own[i]));
    }
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (!is_foreign(NULL, foreign[i]) || !is_foreign("same-origin", foreign[i]))
            fail_msg("\"%s\" was taken for our own", foreign[i]);
}

static void only_forms_are_foreign(void **state) {
    (void)state;
    const struct request link = {.method = REQUEST_GET, .fetch_site = "cross-site"};
    const struct request nameless = {.method = REQUEST_POST, .origin = "http://town.example"};
    assert_false(request_is_foreign(&link, NULL));
    assert_true(request_is_foreign(&nameless, NULL));
    assert_false(request_is_foreign(&nameless, "http://town.example"));
}

static void the_proxys_word_is_the_last(void **state) {
    (void)state;
    assert_string_equal(request_forwarded(arena, "203.0.113.1"), "203.0.113.1");
    assert_string_equal(request_forwarded(arena, "198.51.100.1, 203.0.113.1"), "203.0.113.1");
    assert_string_equal(request_forwarded(arena, "a,b,\t 2001:db8::1 \t"), "2001:db8::1");
    assert_null(request_forwarded(arena, ""));
    assert_null(request_forwarded(arena, "203.0.113.1,"));
    assert_null(request_forwarded(arena, " , \t"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_decoded_in_order),
        cmocka_unit_test(nothing_is_no_field),
        cmocka_unit_test(line_ends_become_one_kind),
        cmocka_unit_test(broken_escapes_are_refused),
        cmocka_unit_test(an_escape_does_not_reach_into_the_next_field),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(fields_are_counted),
        cmocka_unit_test(only_plain_forms_are_forms),
        cmocka_unit_test(languages_are_preferred_by_quality),
        cmocka_unit_test(a_language_prefers_its_own_region),
        cmocka_unit_test(gzip_is_sent_only_where_allowed),
        cmocka_unit_test(methods_are_told_by_their_exact_names),
        cmocka_unit_test(forms_of_other_sites_are_told),
        cmocka_unit_test(only_forms_are_foreign),
        cmocka_unit_test(the_proxys_word_is_the_last),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
