/* The report's content and its two forms: figures in words, what is said when there is little or nothing to
 * say, and texts of users that stay texts. */
#include "tests/unit/study.h"

#include "analysis/finding.h"
#include "analysis/naming.h"
#include "analysis/prose.h"
#include "analysis/report_content.h"
#include "analysis/report_html.h"
#include "analysis/report_markdown.h"
#include "model/base/html.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The same questionnaire with a title, a text and an option to fill in. */
#define QUESTIONNAIRE(TITLE, TEXT, OPTION)                                                                   \
    "questionnaire: small\n"                                                                                 \
    "languages: [en, fr]\n"                                                                                  \
    "title: '" TITLE "'\n"                                                                                   \
    "organisation: '" TEXT "'\n"                                                                             \
    "privacy: Made up.\n"                                                                                    \
    "population: {size: 40, role: {a: 25, b: 15}}\n"                                                         \
    "pages:\n"                                                                                               \
    "  - title: '" TITLE "'\n"                                                                               \
    "    questions:\n"                                                                                       \
    "      - {id: role, type: single, text: '" TEXT "', breakdown: true,\n"                                  \
    "         options: [{code: a, text: '" OPTION "'}, {code: b, text: B}]}\n"                               \
    "      - {id: sat, type: scale, text: '" TEXT "', no_opinion: '" OPTION "',\n"                           \
    "         options: [{code: 2, text: '" OPTION "', favourable: true}, {code: 1, text: Bad}]}\n"           \
    "      - {id: hats, type: multiple, text: Hats,\n"                                                       \
    "         options: [{code: x, text: '" OPTION "'}, {code: y, text: Y}, {code: z, text: Z}]}\n"           \
    "      - {id: years, type: number, text: Years, unit: '" OPTION "'}\n"                                   \
    "      - {id: seen, type: date, text: Seen}\n"                                                           \
    "      - {id: order, type: ranking, text: Order, options: [{code: p, text: P}, {code: q, text: Q}]}\n"   \
    "      - {id: grid, type: scale, text: '" TEXT "', items: [{id: g1, text: '" TEXT "'},\n"                \
    "         {id: g2, text: G2}], options: [{code: 2, text: '" OPTION "', favourable: true},\n"             \
    "                                        {code: 1, text: No}]}\n"                                        \
    "      - {id: words, type: text, text: Words}\n"

static const char PLAIN[] = QUESTIONNAIRE("A study, made up", "Text", "Option");
static const char HOSTILE[] =
    QUESTIONNAIRE("</title><script>alert(1)</script> [x](javascript:alert(1)) | `a` {{style}}",
                  "\"><img src=x onerror=alert(1)> **b** _i_ <!-- ![i](http://x.example/y.png)",
                  "<b onmouseover=a()> | </td></table> &lt; @all www.x.example ~~s~~");

static const struct results_options OPTIONS = {.confidence = 0.95, .minimum_cell = 5};

static void add_responses(struct study *study, const char *words, int count) {
    for (int i = 0; i < count; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "role=%s sat=%s hats=%s years=%d seen=2024-01-%02d order=%s g1=%d g2=%d words=%s%d",
                 i % 3 ? "a" : "b",
                 i % 7 == 6 ? "no_opinion"
                 : i % 4    ? "2"
                            : "1",
                 i % 2 ? "x+y" : "y", i, i % 28 + 1, i % 2 ? "p+q" : "q", 1 + (i % 5 > 0), 1 + (i % 5 > 2),
                 words, i);
        study_add(study, i % 5 ? CHANNEL_WEB : CHANNEL_PAPER, i + 1, text);
    }
}

struct made {
    struct buffer html, markdown;
};

static struct made make(struct study *study, const struct results_options *options, size_t language) {
    const struct results *results = study_compute(study, options);
    const struct document *document = report_content_make(study->arena, results, language, NULL, NULL);
    struct made made = {0};
    struct failure failure = {0};
    assert_true(report_html_write(&made.html, document, NULL, &failure));
    report_markdown_write(&made.markdown, document);
    return made;
}

static void destroy(struct made *made) {
    buffer_destroy(&made->html);
    buffer_destroy(&made->markdown);
}

static void assert_says(const struct buffer *buffer, const char *text) {
    if (!strstr(buffer_text(buffer), text))
        fail_msg("does not say \"%s\":\n%s", text, buffer_text(buffer));
}

static void assert_silent(const struct buffer *buffer, const char *text) {
    if (strstr(buffer_text(buffer), text))
        fail_msg("says \"%s\"", text);
}

/* --- Figures in words --- */

static struct prose speak(struct arena *arena, struct results *results, enum language language) {
    results->options = OPTIONS;
    return (struct prose){arena, results, 0, language};
}

static void test_percents_never_lie(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct results results = {0};
    struct prose english = speak(arena, &results, LANGUAGE_ENGLISH);
    struct prose french = speak(arena, &results, LANGUAGE_FRENCH);
    assert_string_equal(prose_percent(&english, 0), "0%");
    assert_string_equal(prose_percent(&english, 1), "100%");
    assert_string_equal(prose_percent(&english, 0.0049), "< 1%");
    assert_string_equal(prose_percent(&english, 0.005), "1%");
    assert_string_equal(prose_percent(&english, 0.9951), "> 99%");
    assert_string_equal(prose_percent(&english, 0.9949), "99%");
    assert_string_equal(prose_percent(&english, NAN), "–");
    assert_string_equal(prose_percent(&french, 0.63), "63\u202F%");
    assert_string_equal(prose_percent(&french, 61.0 / 97), "63\u202F%");
    assert_string_equal(prose_interval(&english, 0.2, 0.3, false), "20–30%");
    assert_string_equal(prose_interval(&english, 0.201, 0.204, false), "20%");
    assert_string_equal(prose_interval(&english, NAN, NAN, false), "–");
    assert_string_equal(prose_interval(&french, 0.4, 0.4, true), "exhaustif");
    assert_string_equal(prose_confidence(&english), "95%");
    results.options.confidence = 0.999;
    assert_string_equal(prose_confidence(&french), "99,9\u202F%");
    arena_destroy(arena);
}

static void test_few_people_get_no_percents(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct results results = {0};
    struct prose prose = speak(arena, &results, LANGUAGE_FRENCH);
    struct share share = {.count = 7, .rate = 7.0 / 12};
    assert_string_equal(prose_proof(&prose, &share, 12), "7 sur 12");
    share.rate = 7.0 / 20;
    assert_string_equal(prose_proof(&prose, &share, 20), "35\u202F%, 7 sur 20");
    arena_destroy(arena);
}

static void test_hidden_groups_say_why(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct results results = {0};
    struct prose prose = speak(arena, &results, LANGUAGE_FRENCH);
    struct group_result group = {.suppressed = true, .asked = 4};
    assert_string_equal(naming_hidden(&prose, &group), "effectif < 5");
    group.asked = 5; /* hidden for the sake of another, or with too few who expressed: both are one word */
    assert_string_equal(naming_hidden(&prose, &group), "masqué");
    arena_destroy(arena);
}

/* --- What is said --- */

static void test_report_says_what_there_is(void **state) {
    (void)state;
    struct study study;
    study_open(&study, PLAIN);
    add_responses(&study, "answer", 30);
    struct made made = make(&study, &OPTIONS, 0);
    assert_says(&made.markdown, "Responses: 30 of 40 people invited (75%).");
    assert_says(&made.markdown, "Responses: 30");
    assert_says(&made.markdown, "# A study, made up");
    assert_says(&made.markdown, "Most frequent answer: “Option” (67%, 20 of 30; 95% interval: ");
    assert_says(&made.html, "Most frequent answer: “Option” (67%, 20 of 30; 95% interval: ");
    assert_says(&made.markdown, "Open answers: 30. They are quoted");
    assert_says(&made.markdown, "\n- answer0\n- answer1\n- answer10\n");
    assert_says(&made.html, "<li dir=\"auto\"><span>answer0</span></li>\n<li dir=\"auto\"><span>answer1<");
    assert_says(&made.html, "<section class=\"level-2\" id=\"question-grid\">");
    assert_says(&made.markdown, "(exact hypergeometric interval by Blaker’s method)");
    assert_says(&made.html, "Content-Security-Policy");
    const char *script = strstr(buffer_text(&made.html), "<script");
    assert_non_null(script);
    assert_null(strstr(script + 1, "<script"));
    assert_silent(&made.markdown, " nan");
    destroy(&made);
    made = make(&study, &OPTIONS, 1);
    assert_says(&made.markdown, "Réponses\u00A0: 30 sur 40 personnes invitées (75\u202F%).");
    assert_says(&made.html, "<html lang=\"fr\">");
    destroy(&made);
    study_close(&study);
}

static void test_no_response(void **state) {
    (void)state;
    struct study study;
    study_open(&study, PLAIN);
    struct made made = make(&study, &OPTIONS, 0);
    assert_says(&made.markdown, "There is no response to report on.");
    assert_says(&made.html, "There is no response to report on.");
    assert_says(&made.markdown, "Responses: 0 of 40 people invited (0%).");
    assert_silent(&made.html, "question-sat");
    destroy(&made);
    study_close(&study);
}

/* Of one response, nothing but that it came may be read off. */
static void test_one_response_is_hidden(void **state) {
    (void)state;
    struct study study;
    study_open(&study, PLAIN);
    study_add(&study, CHANNEL_WEB, 1,
              "role=b sat=2 hats=x years=41 seen=2024-01-07 order=q+p g1=2 words=secret");
    struct made made = make(&study, &OPTIONS, 0);
    assert_says(&made.markdown,
                "Fewer than 5 people expressed an opinion: no figure is shown, to protect them.");
    assert_silent(&made.markdown, "secret");
    assert_silent(&made.html, "secret");
    assert_silent(&made.markdown, "41");
    assert_silent(&made.markdown, "January");
    assert_silent(&made.markdown, " nan");
    destroy(&made);
    study_close(&study);
}

static void test_nine_open_answers_are_not_quoted(void **state) {
    (void)state;
    struct study study;
    study_open(&study, PLAIN);
    add_responses(&study, "answer", 9);
    struct made made = make(&study, &OPTIONS, 0);
    assert_says(&made.markdown, "Open answers: 9. There are fewer than 10, so they are not quoted.");
    assert_silent(&made.markdown, "answer0");
    destroy(&made);
    study_close(&study);
}

static void test_without_hiding_the_method_says_so(void **state) {
    (void)state;
    struct study study;
    study_open(&study, PLAIN);
    study_add(&study, CHANNEL_WEB, 1, "role=b sat=2");
    struct results_options options = OPTIONS;
    options.minimum_cell = 1;
    struct made made = make(&study, &options, 0);
    assert_says(&made.markdown, "No group was hidden for its size in this report");
    assert_says(&made.markdown, "Favourable answers: 1 of 1 (");
    destroy(&made);
    study_close(&study);
}

static void test_notice_stands_everywhere(void **state) {
    (void)state;
    struct study study;
    study_open(&study, PLAIN);
    add_responses(&study, "answer", 12);
    struct results_options options = OPTIONS;
    options.notice = "Made-up <answers> & more";
    struct made made = make(&study, &options, 0);
    assert_says(&made.markdown, "> **Made-up \\<answers\\> \\& more**\n");
    assert_says(&made.html, "<p class=\"notice\">Made-up &lt;answers&gt; &amp; more</p>");
    assert_says(&made.html,
                "@top-center{content:\"Made\\00002d up \\00003c answers\\00003e  \\000026  more\"}");
    size_t sections = 0, notices = 0;
    for (const char *at = buffer_text(&made.html); (at = strstr(at, "<section class=\"level-")); at++)
        sections += at[22] != '3';
    for (const char *at = buffer_text(&made.html); (at = strstr(at, "class=\"notice\"")); at++)
        notices++;
    assert_true(sections > 8);
    assert_int_equal(notices, sections + 1);
    destroy(&made);
    study_close(&study);
}

/* --- Texts stay texts --- */

/* The tags of a page without the values of their attributes. */
static char *skeleton_of(struct arena *arena, const char *html) {
    struct buffer tags = {0};
    for (const char *open; (open = strchr(html, '<')); html = open + 1) {
        for (const char *at = open; *at && *at != '>'; at++) {
            buffer_append_bytes(&tags, at, 1);
            if (*at == '"')
                while (at[1] && *++at != '"')
                    ;
        }
        buffer_append(&tags, "\n");
    }
    char *copy = arena_copy(arena, buffer_text(&tags));
    buffer_destroy(&tags);
    return copy;
}

static void test_hostile_texts_make_no_markup(void **state) {
    (void)state;
    struct study plain, hostile;
    study_open(&plain, PLAIN);
    study_open(&hostile, HOSTILE);
    add_responses(&plain, "answer", 30);
    add_responses(&hostile, "</li><script>alert(1)</script><img/src/onerror=x()>![a](b)", 30);
    struct made one = make(&plain, &OPTIONS, 0), other = make(&hostile, &OPTIONS, 0);
    char *expected = skeleton_of(plain.arena, buffer_text(&one.html));
    char *found = skeleton_of(plain.arena, buffer_text(&other.html));
    assert_string_equal(found, expected);
    struct buffer first = {0}, second = {0};
    html_markdown(&first, buffer_text(&one.markdown), 0);
    html_markdown(&second, buffer_text(&other.markdown), 0);
    assert_string_equal(skeleton_of(plain.arena, buffer_text(&second)),
                        skeleton_of(plain.arena, buffer_text(&first)));
    buffer_destroy(&first);
    buffer_destroy(&second);
    destroy(&one);
    destroy(&other);
    study_close(&plain);
    study_close(&hostile);
}

/* Whatever the text, Markdown gives it back as it was. */
static void assert_inert(const char *text) {
    struct buffer markdown = {0}, found = {0}, expected = {0};
    report_markdown_text(&markdown, text);
    html_markdown(&found, buffer_text(&markdown), 0);
    html_raw(&expected, "<p>");
    html_text(&expected, text);
    html_raw(&expected, "</p>\n");
    if (strcmp(buffer_text(&found), buffer_text(&expected)) != 0)
        fail_msg("\"%s\" became \"%s\" and reads \"%s\"", text, buffer_text(&markdown), buffer_text(&found));
    buffer_destroy(&markdown);
    buffer_destroy(&found);
    buffer_destroy(&expected);
}

static void test_markdown_of_texts(void **state) {
    (void)state;
    static const char *const texts[] = {
        "plain",
        "# no heading",
        "## C#",
        "- no list",
        "+ no list",
        "* no list",
        "1. no list",
        "12) no list",
        "1986. A year",
        "> no quotation",
        "---",
        "===",
        "***",
        "```",
        "~~~",
        "`code`",
        "**b** _i_",
        "[a](b)",
        "![a](b)",
        "<b>",
        "<!-- c -->",
        "&amp; &#60;",
        "a | b",
        "\\",
        "a\\*b",
        "http://x.fr/a",
        "www.x.fr",
        "a@b.fr @all",
        ":smile: 10:30",
        "$x$ and $$y$$",
        "[a]: /b",
        "[^1]",
        "- [ ] task",
        "a__b__c",
        "\u00AB é \u00BB",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_inert(texts[i]);
}

static void test_markdown_of_random_texts(void **state) {
    (void)state;
    static const char alphabet[] = "ab1 .:/\\`*_{}[]()<>#+-!|~&@$=\"^";
    uint64_t random = 1;
    for (int round = 0; round < 20000; round++) {
        char text[16];
        size_t length = 0;
        for (int i = 0; i < 12; i++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            char next = alphabet[(random >> 33) % (sizeof alphabet - 1)];
            /* Blanks at the ends and in a row are not kept: that is not what this is about. */
            if (next != ' ' || (length && text[length - 1] != ' '))
                text[length++] = next;
        }
        while (length && text[length - 1] == ' ')
            length--;
        text[length] = '\0';
        assert_inert(text);
    }
}

static void test_line_ends_stay_in_their_cell(void **state) {
    (void)state;
    struct buffer buffer = {0};
    report_markdown_text(&buffer, "  one \r\n\n two\n\t# three");
    assert_string_equal(buffer_text(&buffer), "one two \\# three");
    buffer_destroy(&buffer);
}

/* Every row of a Markdown table has as many cells as its heading. */
static void test_markdown_tables_are_rectangular(void **state) {
    (void)state;
    struct study study;
    study_open(&study, HOSTILE);
    add_responses(&study, "a", 17);
    struct made made = make(&study, &OPTIONS, 0);
    int columns = 0, tables = 0;
    for (const char *line = buffer_text(&made.markdown); *line;) {
        const char *end = strchr(line, '\n');
        int bars = 0;
        for (const char *at = line; *line == '|' && at < end; at++)
            bars += *at == '|' && (at == line || at[-1] != '\\');
        if (bars && columns)
            assert_int_equal(bars, columns);
        tables += bars && !columns;
        columns = bars;
        line = end + 1;
    }
    assert_true(tables > 10);
    destroy(&made);
    study_close(&study);
}

/* --- The logo --- */

static bool write_with_logo(struct study *study, const char *bytes, size_t length, struct buffer *html,
                            struct failure *failure) {
    char path[96];
    snprintf(path, sizeof path, "%s/logo", study->folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    const struct results *results = study_compute(study, &OPTIONS);
    bool written =
        report_html_write(html, report_content_make(study->arena, results, 0, NULL, path), NULL, failure);
    unlink(path);
    return written;
}

static void test_logo_is_an_image_or_a_failure(void **state) {
    (void)state;
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                      png[] = "\x89PNG\r\n\x1a\n and more";
    struct study study;
    struct buffer html = {0};
    struct failure failure = {0};
    study_open(&study, PLAIN);
    assert_true(write_with_logo(&study, svg, sizeof svg - 1, &html, &failure));
    assert_says(&html, "<img class=\"logo\" src=\"data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDov"
                       "L3d3dy53My5vcmcvMjAwMC9zdmciLz4=\" alt=\"Text\">");
    assert_true(write_with_logo(&study, png, sizeof png - 1, &html, &failure));
    assert_says(&html, "src=\"data:image/png;base64,iVBORw0KGgogYW5kIG1vcmU=\"");
    assert_false(write_with_logo(&study, "GIF89a", 6, &html, &failure));
    assert_non_null(strstr(failure.text, "/logo is neither an SVG nor a PNG image"));
    failure = (struct failure){0};
    const struct results *results = study_compute(&study, &OPTIONS);
    assert_false(report_html_write(&html, report_content_make(study.arena, results, 0, NULL, "/dev/zero"),
                                   NULL, &failure));
    assert_string_equal(failure.text, "cannot read /dev/zero: it is not a regular file");
    buffer_destroy(&html);
    study_close(&study);
}

/* --- Sizes --- */

static void test_a_thousand_options(void **state) {
    (void)state;
    struct buffer source = {0};
    buffer_append(&source,
                  "questionnaire: large\nlanguages: [en]\ntitle: Large\nprivacy: Made up.\npages:\n"
                  "  - questions:\n      - {id: one, type: single, breakdown: true, text: One, options: [");
    for (int i = 0; i < 1000; i++)
        buffer_format(&source, "%s{code: c%d, text: Option %d}", i ? ", " : "", i, i);
    buffer_append(&source, "]}\n      - {id: two, type: multiple, text: Two, options: [{code: a, text: A}, "
                           "{code: b, text: B}]}\n");
    struct study study;
    study_open(&study, buffer_text(&source));
    for (int i = 0; i < 60; i++) {
        char text[64];
        snprintf(text, sizeof text, "one=c%d two=%s", i % 12, i % 2 ? "a" : "a+b");
        study_add(&study, CHANNEL_WEB, i + 1, text);
    }
    struct made made = make(&study, &OPTIONS, 0);
    assert_says(&made.markdown, "Option 999");
    assert_says(&made.markdown, "(3 of 3)"); /* twelve groups of five, side by side in parts */
    destroy(&made);
    study_close(&study);
    buffer_destroy(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percents_never_lie),
        cmocka_unit_test(test_few_people_get_no_percents),
        cmocka_unit_test(test_hidden_groups_say_why),
        cmocka_unit_test(test_report_says_what_there_is),
        cmocka_unit_test(test_no_response),
        cmocka_unit_test(test_one_response_is_hidden),
        cmocka_unit_test(test_nine_open_answers_are_not_quoted),
        cmocka_unit_test(test_without_hiding_the_method_says_so),
        cmocka_unit_test(test_notice_stands_everywhere),
        cmocka_unit_test(test_hostile_texts_make_no_markup),
        cmocka_unit_test(test_markdown_of_texts),
        cmocka_unit_test(test_markdown_of_random_texts),
        cmocka_unit_test(test_line_ends_stay_in_their_cell),
        cmocka_unit_test(test_markdown_tables_are_rectangular),
        cmocka_unit_test(test_logo_is_an_image_or_a_failure),
        cmocka_unit_test(test_a_thousand_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
