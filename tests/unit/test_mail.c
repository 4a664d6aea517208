/* Mails as they travel: headers that nothing can break into, encoded words that hold whole characters, lines
 * that are short enough; and which addresses are good. (That servers take them: cases/mail.sh.) */
#include "survey/mail_message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

static const char *message(const char *name, const char *subject, const char *text) {
    const struct mail_address from = {.name = "A. Sender", .email = "sender@example.org"};
    const struct mail mail = {
        .name = name, .email = "to@example.org", .subject = subject, .text = text, .language = "en"};
    const struct mail_stamp stamp = {.date = "Mon, 01 Jan 2024 00:00:00 +0000", .id = "1@example.org"};
    struct buffer buffer = {0};
    mail_message(&buffer, &from, &mail, &stamp);
    const char *result = arena_copy(arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    for (const char *line = result; *line; line = strchr(line, '\n') + 1) {
        assert_true(strcspn(line, "\r") <= 78);
        assert_memory_equal(line + strcspn(line, "\r\n"), "\r\n", 2);
    }
    for (const char *at = result; *at; at++)
        assert_true((unsigned char)*at < 0x80);
    return result;
}

static void assert_has(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void test_whole(void **state) {
    (void)state;
    assert_string_equal(message("Ann Sample", "Hello", "One\nTwo\n"),
                        "Date: Mon, 01 Jan 2024 00:00:00 +0000\r\n"
                        "From: =?UTF-8?Q?A=2E_Sender?= <sender@example.org>\r\n"
                        "To: Ann Sample <to@example.org>\r\n"
                        "Subject: Hello\r\n"
                        "Message-ID: <1@example.org>\r\n"
                        "MIME-Version: 1.0\r\n"
                        "Content-Type: text/plain; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: quoted-printable\r\n"
                        "Content-Language: en\r\n"
                        "Auto-Submitted: auto-generated\r\n"
                        "\r\n"
                        "One\r\nTwo\r\n");
    assert_has(message(NULL, "S", "x"), "\r\nTo: to@example.org\r\n");
}

static void test_encoded_words(void **state) {
    (void)state;
    assert_has(message("Zoé", "Été & =?x?=", "x"), "\r\nTo: =?UTF-8?Q?Zo=C3=A9?= <to@example.org>\r\n");
    assert_has(message("Zoé", "Été & =?x?=", "x"),
               "\r\nSubject: =?UTF-8?Q?=C3=89t=C3=A9_=26_=3D=3Fx=3F=3D?=\r\n");
    /* "Subject: =?UTF-8?Q?" leaves room for nine characters of two bytes and "?=" within 75. */
    assert_has(message(NULL, "éééééééééééé", "x"),
               "Subject: =?UTF-8?Q?=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9?=\r\n"
               " =?UTF-8?Q?=C3=A9=C3=A9=C3=A9?=\r\n");
    assert_has(message("\"Ann\" <b@example.org>, x", "S", "x"),
               "\r\nTo: =?UTF-8?Q?=22Ann=22_=3Cb=40example=2Eorg=3E=2C_x?= <to@example.org>\r\n");
}

static void test_no_header_can_be_begun(void **state) {
    (void)state;
    const char *sly = "a\r\nBcc: b@example.org\n\nBody";
    const char *result = message(sly, sly, "x");
    assert_null(strstr(result, "\nBcc"));
    assert_null(strstr(result, "\nBody"));
    assert_has(result, "\r\nSubject: =?UTF-8?Q?a__Bcc=3A_b=40example=2Eorg__Body?=\r\n");
}

static void test_long_headers(void **state) {
    (void)state;
    struct buffer name = {0};
    for (int i = 0; i < 100; i++)
        buffer_append(&name, "李é x");
    message(buffer_text(&name), buffer_text(&name), "x");
    buffer_destroy(&name);
}

static void test_quoted_printable(void **state) {
    (void)state;
    assert_has(message(NULL, "S", ".\n..\nFrom me\nFromage\na = b\ntrail \nété\t\n"),
               "\r\n\r\n=2E\r\n=2E.\r\n=46rom me\r\nFromage\r\na =3D b\r\ntrail=20\r\n=C3=A9t=C3=A9=09\r\n");
    char line[200];
    memset(line, 'a', 199);
    line[199] = '\0';
    const char *result = message(NULL, "S", line);
    char folded[300];
    snprintf(folded, sizeof folded, "\r\n\r\n%.75s=\r\n%.75s=\r\n%.49s\r\n", line, line, line);
    assert_has(result, folded);
    line[76] = '\0';
    snprintf(folded, sizeof folded, "\r\n\r\n%s\r\n", line);
    assert_has(message(NULL, "S", line), folded);
    line[75] = '.';
    line[74] = '=';
    snprintf(folded, sizeof folded, "\r\n\r\n%.74s=\r\n=3D.\r\n", line);
    assert_has(message(NULL, "S", line), folded);
}

static void test_addresses(void **state) {
    (void)state;
    static const char *const good[] = {"a@b", "first.last+tag@mail.example.org", "o'x@example.org",
                                       "a@xn--exmple-cua.org"};
    static const char *const bad[] = {"",
                                      "a",
                                      "@b",
                                      "a@",
                                      "a@b@c",
                                      "a b@c",
                                      "a@b c",
                                      "a@b\nc",
                                      "a,b@c",
                                      "<a@b>",
                                      ".a@b",
                                      "a.@b",
                                      "a..b@c",
                                      "a@.b",
                                      "a@b.",
                                      "\"a\"@b",
                                      "é@example.org",
                                      "a@exämple.org",
                                      "a@[1.2.3.4]",
                                      "a@b>"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(mail_address_mistake(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!mail_address_mistake(bad[i]))
            fail_msg("%s is taken", bad[i]);
    char longest[300];
    memset(longest, 'a', sizeof longest);
    memcpy(longest + 64, "@", 1);
    longest[254] = '\0';
    assert_null(mail_address_mistake(longest));
    longest[254] = 'a';
    longest[255] = '\0';
    assert_non_null(mail_address_mistake(longest));
}

static void test_senders(void **state) {
    (void)state;
    struct mail_address address;
    assert_null(mail_address_read(arena, "Mission Évaluation <a@example.org>", &address));
    assert_string_equal(address.name, "Mission Évaluation");
    assert_string_equal(address.email, "a@example.org");
    assert_string_equal(mail_address_domain(address.email), "example.org");
    assert_null(mail_address_read(arena, "\"Town, Office\" <a@example.org>", &address));
    assert_string_equal(address.name, "Town, Office");
    assert_null(mail_address_read(arena, "a@example.org", &address));
    assert_null(address.name);
    assert_null(mail_address_read(arena, "<a@example.org>", &address));
    assert_null(address.name);
    assert_non_null(mail_address_read(arena, "A <a@example.org", &address));
    assert_non_null(mail_address_read(arena, "A <a@example.org> b", &address));
    assert_non_null(mail_address_read(arena, "A a@example.org", &address));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),        cmocka_unit_test(test_encoded_words),
        cmocka_unit_test(test_long_headers), cmocka_unit_test(test_no_header_can_be_begun),
        cmocka_unit_test(test_addresses),    cmocka_unit_test(test_quoted_printable),
        cmocka_unit_test(test_senders)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
