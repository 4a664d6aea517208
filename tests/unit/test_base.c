/* Goal: the floor everything stands on does what its headers promise: memory, texts, diagnostics, HTML that
 * cannot be broken out of, and numbers as each language writes them. */
#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/diagnostic.h"
#include "model/base/html.h"
#include "model/base/language.h"
#include "model/base/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void an_arena_keeps_what_it_gave(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    char *texts[1000];
    for (int i = 0; i < 1000; i++)
        texts[i] = arena_format(arena, "text %d of a thousand", i);
    char *large = arena_allocate(arena, 1, 1000000);
    for (size_t i = 0; i < 1000000; i++)
        assert_int_equal(large[i], 0);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(atoi(texts[i] + 5), i);
        assert_int_equal((uintptr_t)texts[i] % sizeof(max_align_t) % 16, 0);
    }
    arena_reset(arena);
    assert_string_equal(arena_copy(arena, "again"), "again");
    arena_destroy(arena);
    arena_destroy(NULL);
}

/* Under the address sanitizer, which knows what was given back and what never is. */
static void an_arena_takes_over_what_another_gave(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    for (size_t size = 10; size <= 100000; size *= 100) { /* within one block, and in blocks of their own */
        char *kept[2] = {arena_copy(arena, "kept"), NULL};
        struct arena *other = arena_create();
        for (size_t i = 0; i < 5; i++)
            kept[1] = memset(ARENA_NEW(other, char, size), 'x', size);
        arena_adopt(arena, other);
        for (size_t i = 0; i < 5; i++)
            memset(ARENA_NEW(arena, char, size), 'y', size);
        assert_string_equal(kept[0], "kept");
        for (size_t i = 0; i < size; i++)
            assert_int_equal(kept[1][i], 'x');
    }
    arena_reset(arena);
    memset(ARENA_NEW(arena, char, 1000), 'z', 1000);
    arena_destroy(arena);
}

static void a_buffer_grows_and_is_handed_over(void **state) {
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_text(&buffer), "");
    for (int i = 0; i < 5000; i++)
        buffer_format(&buffer, "%04d ", i);
    assert_int_equal(buffer.length, 25000);
    assert_memory_equal(buffer_text(&buffer) + 24995, "4999 ", 6);
    buffer_append_bytes(&buffer, "a\0b", 3);
    assert_int_equal(buffer.length, 25003);
    char *bytes = buffer_release(&buffer);
    assert_null(buffer.bytes);
    assert_string_equal(bytes + 25000, "a");
    free(bytes);
    bytes = buffer_release(&buffer);
    assert_string_equal(bytes, "");
    free(bytes);
}

static void utf8_is_told_from_what_only_looks_like_it(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t length, bad; /* bad == length: valid */
    } cases[] = {{"", 0, 0},
                 {"plain", 5, 5},
                 {"\xC3\xA9t\xC3\xA9", 5, 5},
                 {"\xF0\x9F\x8C\xB1", 4, 4},
                 {"ab\xE9", 3, 2},           /* Latin-1 */
                 {"\xC0\x80", 2, 0},         /* overlong NUL */
                 {"\xE0\x80\xAF", 3, 0},     /* overlong */
                 {"\xED\xA0\x80", 3, 0},     /* surrogate */
                 {"\xF4\x90\x80\x80", 4, 0}, /* beyond U+10FFFF */
                 {"x\xE2\x82", 3, 1},        /* cut */
                 {"a\0b", 3, 1},
                 {"\x80", 1, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = cases[i].length;
        assert_int_equal(text_is_utf8(cases[i].bytes, cases[i].length, &bad),
                         cases[i].bad == cases[i].length);
        assert_int_equal(bad, cases[i].bad);
    }
    assert_int_equal(text_characters("été 🌱"), 5);
}

static void near_misses_are_found_and_others_are_not(void **state) {
    (void)state;
    static const char *const names[] = {"composition", "facilitation", "role", "id", "at_most"};
    assert_string_equal(text_nearest("compositon", names, 5), "composition");
    assert_string_equal(text_nearest("Role", names, 5), "role");
    assert_string_equal(text_nearest("roel", names, 5), "role");
    assert_string_equal(text_nearest("at-most", names, 5), "at_most");
    assert_null(text_nearest("budget", names, 5));
    assert_null(text_nearest("", names, 5));
    assert_null(text_nearest("x", names, 5));
}

static void numbers_are_whole_texts(void **state) {
    (void)state;
    double number = 0;
    unsigned decimals = 9;
    assert_true(text_number("-12.50", false, &number, &decimals));
    assert_true(number == -12.5 && decimals == 2);
    assert_true(text_number("3,5", true, &number, NULL) && number == 3.5);
    assert_true(text_number("+7", false, &number, &decimals) && number == 7 && decimals == 0);
    static const char *const wrong[] = {"",   " 1", "1 ",  "1e3", "0x10",  "inf", "nan",
                                        ".5", "5.", "1,5", "--1", "1.2.3", "-",   "١"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(text_number(wrong[i], false, &number, NULL));
    char into[32];
    static const double round[] = {0, -0.0, 1, -1.5, 0.1, 1e-5, 123456789.25, 1.0 / 3, 2e20, 5e-324};
    for (size_t i = 0; i < sizeof round / sizeof *round; i++)
        assert_true(strtod(text_shortest(round[i], into), NULL) == round[i]);
    assert_string_equal(text_shortest(-0.0, into), "0");
    assert_string_equal(text_shortest(0.00001, into), "0.00001");
}

static void dates_are_days_of_the_calendar(void **state) {
    (void)state;
    static const char *const right[] = {"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"};
    static const char *const wrong[] = {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31",
                                        "24-01-01",   "2024-1-01",  "2024-01-1x", "0000-01-01", ""};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(text_is_date(right[i]));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(text_is_date(wrong[i]));
}

static void html_cannot_be_broken_out_of(void **state) {
    (void)state;
    struct buffer buffer = {0};
    html_text(&buffer, "<a href='x'>&\"</a>");
    assert_string_equal(buffer_text(&buffer), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
    buffer_clear(&buffer);
    html_attribute(&buffer, "title", "\" onload=\"alert(1)");
    html_attribute(&buffer, "lang", NULL);
    assert_string_equal(buffer_text(&buffer), " title=\"&quot; onload=&quot;alert(1)\"");
    buffer_clear(&buffer);
    html_markdown(&buffer, "# Title\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) **b**", 1);
    assert_null(strstr(buffer_text(&buffer), "<script"));
    assert_null(strstr(buffer_text(&buffer), "javascript"));
    assert_non_null(strstr(buffer_text(&buffer), "<h2>Title</h2>"));
    assert_non_null(strstr(buffer_text(&buffer), "<strong>b</strong>"));
    buffer_clear(&buffer);
    html_fill(&buffer, "<p>{{body}}</p>", (const struct html_fragment[]){{"body", "{{body}}"}}, 1);
    assert_string_equal(buffer_text(&buffer), "<p>{{body}}</p>");
    buffer_destroy(&buffer);
}

static void numbers_are_written_as_the_language_does(void **state) {
    (void)state;
    static const struct {
        double number;
        int decimals;
        const char *english, *french;
    } cases[] = {{0.145, 2, "0.15", "0,15"},
                 {2.5, 0, "3", "3"},
                 {-2.5, 0, "−3", "−3"},
                 {1234, 0, "1234", "1234"},
                 {3536350, 0, "3,536,350", "3\u202F536\u202F350"},
                 {-0.001, 1, "0.0", "0,0"},
                 {NAN, 1, "–", "–"}};
    struct buffer buffer = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer_clear(&buffer);
        language_number(&buffer, LANGUAGE_ENGLISH, cases[i].number, cases[i].decimals);
        assert_string_equal(buffer_text(&buffer), cases[i].english);
        buffer_clear(&buffer);
        language_number(&buffer, LANGUAGE_FRENCH, cases[i].number, cases[i].decimals);
        assert_string_equal(buffer_text(&buffer), cases[i].french);
    }
    buffer_clear(&buffer);
    language_percent(&buffer, LANGUAGE_FRENCH, 0.63, 0);
    language_percent(&buffer, LANGUAGE_ENGLISH, 0.586, 1);
    language_date(&buffer, LANGUAGE_FRENCH, "2013-03-01");
    assert_string_equal(buffer_text(&buffer), "63\u202F%58.6%1er mars 2013");
    buffer_destroy(&buffer);
}

static void messages_have_the_same_holes_in_both_languages(void **state) {
    (void)state;
    for (int message = 0; message < MESSAGE_COUNT; message++) {
        const char *english = language_message(LANGUAGE_ENGLISH, (enum message)message);
        const char *french = language_message(LANGUAGE_FRENCH, (enum message)message);
        const char *one = english, *other = french;
        size_t holes_english = 0, holes_french = 0;
        for (; (one = strchr(one, '{')); one++, holes_english++) {
            char hole[64] = {0};
            size_t length = strcspn(one, "}") + 1;
            assert_true(length < sizeof hole);
            memcpy(hole, one, length);
            assert_non_null(strstr(french, hole));
        }
        for (; (other = strchr(other, '{')); other++)
            holes_french++;
        assert_int_equal(holes_english > 0, holes_french > 0);
    }
}

static char *printed(const struct diagnostics *diagnostics) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    diagnostics_print(diagnostics, stream);
    fclose(stream);
    return text;
}

static void mistakes_come_in_source_order_with_a_caret(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "a.yaml");
    static const char source[] = "un: é\n\twhen: compositon\r\n";
    diagnostics_set_source(diagnostics, source, sizeof source - 1);
    diagnostics_error(diagnostics, (struct place){2, 8, 10}, "unknown question \"%s\"", "compositon");
    diagnostics_help(diagnostics, "      write: composition");
    diagnostics_warning(diagnostics, (struct place){1, 5, 1}, "odd \x1b[31m word");
    diagnostics_error(diagnostics, (struct place){2, 8, 10}, "unknown question \"%s\"", "compositon");
    assert_int_equal(diagnostics_count(diagnostics, SEVERITY_ERROR), 1);
    char *text = printed(diagnostics);
    assert_string_equal(text, "a.yaml:1:5: warning: odd \uFFFD[31m word\n"
                              "    1 | un: é\n"
                              "      |     ^\n"
                              "a.yaml:2:8: error: unknown question \"compositon\"\n"
                              "    2 |  when: compositon\n"
                              "      |        ^~~~~~~~~~\n"
                              "      write: composition\n");
    free(text);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_keeps_what_it_gave),
        cmocka_unit_test(an_arena_takes_over_what_another_gave),
        cmocka_unit_test(a_buffer_grows_and_is_handed_over),
        cmocka_unit_test(utf8_is_told_from_what_only_looks_like_it),
        cmocka_unit_test(near_misses_are_found_and_others_are_not),
        cmocka_unit_test(numbers_are_whole_texts),
        cmocka_unit_test(dates_are_days_of_the_calendar),
        cmocka_unit_test(html_cannot_be_broken_out_of),
        cmocka_unit_test(numbers_are_written_as_the_language_does),
        cmocka_unit_test(messages_have_the_same_holes_in_both_languages),
        cmocka_unit_test(mistakes_come_in_source_order_with_a_caret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
