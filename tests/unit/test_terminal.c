/* What may be shown on a terminal: words of every script stay as they are, and nothing steers. */
#include "model/base/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_shown(const char *text, const char *expected) {
    struct buffer buffer = {0};
    terminal_append(&buffer, text);
    assert_string_equal(buffer_text(&buffer), expected);
    buffer_destroy(&buffer);
}

/* Goal: text is text, marks of a single direction among Arabic and Hebrew too. */
static void words_stay(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "plain",
                                        "two\nlines\tand a tab",
                                        "é ½ “ ” … 63\u202F%",
                                        "\u0645\u0631\u062D\u0628\u0627\u200F (1)",
                                        "\U0001F389 \uFFFD \u2067\b"};
    for (size_t i = 0; i + 1 < sizeof texts / sizeof *texts; i++)
        assert_shown(texts[i], texts[i]);
    assert_shown(texts[5], "\U0001F389 \uFFFD \uFFFD\uFFFD");
}

/* Goal: neither escapes in one byte or two, nor what turns what follows, nor what is no UTF-8. */
static void nothing_steers(void **state) {
    (void)state;
    assert_shown("\x1b[2J\x07\r\b\x7f", "\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_shown("\xC2\x9B"
                 "31m\xC2\x80\xC2\x9F\u00a0",
                 "\uFFFD31m\uFFFD\uFFFD\u00a0");
    assert_shown("\u202a\u202e\u2066\u2069|\u2029\u202f\u2065\u206a",
                 "\uFFFD\uFFFD\uFFFD\uFFFD|\u2029\u202f\u2065\u206a");
    assert_shown("\x9b"
                 "31m \xc2",
                 "\uFFFD"
                 "31m \uFFFD");
    assert_shown("\xf0\x9f\x8e", "\uFFFD\uFFFD\uFFFD");
}

/* Goal: what is told in one line cannot begin another. */
static void a_line_is_one(void **state) {
    (void)state;
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    terminal_line(stream, "%s: %s", "a\nsurvey", "b\r\n");
    terminal_print(stream, "%s\n%s", "", "a\nb");
    fclose(stream);
    assert_string_equal(bytes, "a\uFFFDsurvey: b\uFFFD\uFFFD\n\na\nb");
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stay),
        cmocka_unit_test(nothing_steers),
        cmocka_unit_test(a_line_is_one),
    };
    return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
