/* Goal: a page printed by a stencil is the page that would have been made, plain and compressed; what cannot
 * be cut is not kept. */
#include "survey/stencil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

static struct stencil_box *box;

static int set_up(void **state) {
    (void)state;
    box = stencil_box_create();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    stencil_box_destroy(box);
    return 0;
}

static struct reply page_of(const char *text) {
    struct reply reply = {.status = 200};
    buffer_append(&reply.body, text);
    reply_add_header(&reply, "Content-Type", "text/html");
    return reply;
}

/* What zlib makes of a gzip file; it checks the sum and the length at its end. */
static const char *unpack(const struct buffer *packed, char *text, size_t room) {
    enum { GZIP_WINDOW = 15 + 16 };
    z_stream stream = {.next_in = (Bytef *)packed->bytes, .avail_in = (uInt)packed->length};
    assert_int_equal(inflateInit2(&stream, GZIP_WINDOW), Z_OK);
    stream.next_out = (Bytef *)text;
    stream.avail_out = (uInt)room - 1;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    text[stream.total_out] = '\0';
    inflateEnd(&stream);
    return text;
}

static void keep(const char *name, const char *text, const char *first, const char *second) {
    struct reply reply = page_of(text);
    stencil_keep(box, name, (const char *const[]){first, second}, &reply);
    reply_clear(&reply);
}

static void other_words_stand_in_their_places(void **state) {
    (void)state;
    static const struct {
        const char *page, *first, *second, *other_first, *other_second, *expected;
    } cases[] = {
        {"<p>11</p><a href=\"x9\">", "11", "x9", "222", "y", "<p>222</p><a href=\"y\">"},
        {"<a href=\"x9\"><p>11</p>x9", "11", "x9", "", "long", "<a href=\"long\"><p></p>long"},
        {"11", "11", NULL, "3", NULL, "3"},
        {"nothing differs", NULL, NULL, NULL, NULL, "nothing differs"},
        {"", NULL, NULL, NULL, NULL, ""},
    };
    char name[2] = "a", text[256];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++, name[0]++) {
        struct reply reply = {0};
        struct buffer packed = {0};
        const char *const words[] = {cases[i].other_first, cases[i].other_second};
        assert_false(stencil_print(box, name, words, &reply));
        keep(name, cases[i].page, cases[i].first, cases[i].second);
        assert_true(stencil_print(box, name, words, &reply));
        assert_string_equal(buffer_text(&reply.body), cases[i].expected);
        assert_int_equal(reply.status, 200);
        assert_string_equal(reply_header(&reply, "Content-Type"), "text/html");
        stencil_pack(reply.stencil, reply.words, &packed);
        assert_string_equal(unpack(&packed, text, sizeof text), cases[i].expected);
        buffer_destroy(&packed);
        reply_clear(&reply);
    }
}

static void a_long_page_is_sent_compressed(void **state) {
    (void)state;
    struct buffer page = {0};
    for (int i = 0; i < 5000; i++)
        buffer_format(&page, "<p>made-up words, number %d%s</p>\n", i % 97, i == 2500 ? " KEY" : "");
    keep("long", buffer_text(&page), "KEY", NULL);
    struct reply reply = {0};
    assert_true(stencil_print(box, "long", (const char *const[]){"4711", NULL}, &reply));
    char *plain = strdup(buffer_text(&reply.body)), *text = malloc(page.length + 100);
    assert_non_null(strstr(plain, " 4711</p>"));
    reply_compress(&reply);
    assert_string_equal(reply_header(&reply, "Content-Encoding"), "gzip");
    assert_true(reply.body.length < page.length / 10);
    assert_string_equal(unpack(&reply.body, text, page.length + 100), plain);
    reply_clear(&reply);
    buffer_destroy(&page);
    free(plain);
    free(text);
}

static void what_cannot_be_cut_is_not_kept(void **state) {
    (void)state;
    struct reply reply = {0};
    const char *const words[] = {"x", NULL};
    keep("torn", "x x x x x x x x", "x", NULL);
    assert_false(stencil_print(box, "torn", words, &reply));
    stencil_keep(NULL, "nowhere", words, &reply);
    assert_false(stencil_print(NULL, "nowhere", words, &reply));
}

static void the_box_has_an_end(void **state) {
    (void)state;
    size_t kept = 0;
    for (int i = 0; i < 1000; i++) {
        char name[16];
        struct reply reply = {0};
        snprintf(name, sizeof name, "%d", i);
        keep(name, "text", NULL, NULL);
        kept += stencil_print(box, name, (const char *const[]){NULL, NULL}, &reply);
        reply_clear(&reply);
    }
    assert_in_range(kept, 10, 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(other_words_stand_in_their_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_page_is_sent_compressed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_cut_is_not_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_box_has_an_end, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
