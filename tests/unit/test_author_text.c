/* What becomes of a report's text around its holes: Markdown stays what the author wrote, words that fill
 * holes never become Markdown, HTML or marks; bytes that are no text are refused; every mistake has its
 * place. */
#include "analysis/report_html.h"
#include "analysis/report_markdown.h"
#include "tests/unit/author_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct author_study made;

static int start(void **state) {
    (void)state;
    author_study_open(&made, 1);
    return 0;
}

static int stop(void **state) {
    (void)state;
    author_study_close(&made);
    return 0;
}

static void assert_bytes(const char *source, size_t length, const char *expected) {
    const struct author_report report = author_try_bytes(&made, 0, source, length);
    assert_string_equal(report.messages, "");
    assert_non_null(report.text);
    assert_string_equal(report.text, expected);
}

static void assert_filled(const char *source, const char *expected) {
    assert_bytes(source, strlen(source), expected);
}

/* The mistakes alone, "line:column: text|…", without warnings' and errors' source lines. */
static const char *mistakes_of(const struct author_report *report) {
    struct arena *arena = made.study.arena;
    const char *all = "";
    char *copy = arena_copy(arena, report->messages), *rest = copy;
    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        char *text = strstr(line, ": error: ");
        if (strncmp(line, "t:", 2) != 0 || !text)
            continue;
        *text = '\0';
        all = arena_format(arena, "%s%s%s %s", all, *all ? "|" : "", line + 2, text + strlen(": error: "));
    }
    return all;
}

static void assert_wrong_bytes(const char *source, size_t length, const char *expected) {
    const struct author_report report = author_try_bytes(&made, 0, source, length);
    assert_null(report.document);
    assert_string_equal(mistakes_of(&report), expected);
}

static void assert_wrong(const char *source, const char *expected) {
    assert_wrong_bytes(source, strlen(source), expected);
}

/* --- Markdown --- */

static void test_blocks(void **state) {
    (void)state;
    assert_filled("", "");
    assert_filled(" \n\n\t\n", "");
    assert_filled("a\nb *c* **d** `e`\\\nf\n\n---\n\n> g\n> > h\n\n1. i\n2. j\n\n```\nk\n```",
                  "(p a b [emphasis c] [strong d] [code e]<br>f)(rule)(quote(p g)(quote(p h)))"
                  "(numbers 1(item(p i))(item(p j)))(code k\n)");
    assert_filled("# T\n\na\n\n## B\n\nb\n\n#### C\n\nc\n\n## D",
                  "(p a)(section B(p b)(section C(p c)))(section D)");
    assert_filled("a <!-- {{rate good}} --> b\n<!-- c -->\n\nd", "(p a  b)(p d)");
    assert_filled("| a | b |\n|---|---|", "(p | a | b | |---|---|)"); /* CommonMark has no tables */
}

static void test_title(void **state) {
    (void)state;
    struct author_report report = author_try(&made, 0, "# The {{base good}}: *{{question good}}*\n");
    assert_string_equal(document_head(report.document)->title, "The 40: Is it good?");
    report = author_try(&made, 0, "## No title\n");
    assert_string_equal(document_head(report.document)->title,
                        "Made *up* <b>study</b> | [x](y) {{rate good}}");
    report = author_try(&made, 1, "{{language fr}}\n# Titre\n");
    assert_string_equal(document_head(report.document)->title, "Titre");
}

static void test_holes_everywhere(void **state) {
    (void)state;
    assert_filled(
        "## {{rate good}} {{option good:4}}\n\n[{{rate good}} *{{base good}}*](http://a/b) `{{mean "
        "good}}`\n\n"
        "    {{count good}}\n\n> - {{rate good}}\n\n**{{rate good}}**{{rate good}}",
        "(section 68% Fully(p [to http://a/b 68% ][emphasis to http://a/b 40] [code 2.9])(code 27\n)"
        "(quote(bullets(item(p 68%))))(p [strong 68%]68%))");
    assert_filled("{{ rate\n good }}|{{\trate good\t}}", "(p 68%|68%)");
    assert_filled("{{rate good}}}{ {x}}{", "(p 68%}{ {x}}{)");
    assert_filled("{{chart good}}\n{{table good}}\n\t{{chart good-by-role}} \nx",
                  "(chart good)(table)(chart good-by-role)(p x)");
    assert_filled("## A\n\n{{quotes why}}\n\n{{quotes why \"Time\" 2}}\n\n{{quotes why 1}}",
                  "(section A(list - w0 - w1 - w2)(list - w6)(list - w0 - w1)(list - w0))");
    assert_filled("{{quotes why \"Other *one*\"}}\n", ""); /* none of them was chosen to be quoted */
}

static void test_tables_of_a_block(void **state) {
    (void)state;
    assert_filled("{{table good}}", "(table)");
    assert_filled("{{table good by role}}", "(table)");
    assert_filled("{{table opinion}}", "(table)");
    assert_filled("{{table one by channel}}", "(table)");
    const struct author_report themes = author_try(&made, 0, "{{themes why}}");
    assert_non_null(strstr(themes.text, "(chart why-themes)(table)"));
    assert_non_null(strstr(themes.text, "[strong Time (6 of 10)])(list - w0 - w1 - w2)"));
    static const char *const parts[] = {"key-figures", "participation", "questions", "tests", "method"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct author_report part =
            author_try(&made, 0, arena_format(made.study.arena, "## A\n\n{{part %s}}", parts[i]));
        assert_string_equal(part.messages, "");
        assert_non_null(strstr(part.text, "(section A(section "));
    }
}

static void test_braces(void **state) {
    (void)state;
    assert_filled("\\{{rate good}} `\\{{x}}`", "(p {{rate good}} [code {{x}}])");
    assert_filled("\\\\{{rate good}} \\\\\\{{rate good}}", "(p \\68% \\{{rate good}})");
    assert_filled("\\{{{{rate good}}}}", "(p {{68%}})");
}

/* --- conditions --- */

static void test_if(void **state) {
    (void)state;
    assert_filled("{{if rate good > 5}}a{{else}}b{{end}} {{if rate good < 5}}a{{else}}b{{end}}"
                  "{{if rate good < 5}}c{{end}}",
                  "(p a b)");
    assert_filled("{{if rate good > 5}}\n\n{{if rate good > 90}}\n\nA\n\n{{else}}\n\nB {{if rate good > 1}}C"
                  "{{if rate good > 99}}D{{else}}E{{end}}{{end}}\n\n{{end}}\n\n{{else}}F{{end}}",
                  "(p B CE)");
    assert_filled("- a\n{{if rate good > 5}}\n- b\n{{else}}\n- c\n{{end}}\n- d",
                  "(bullets(item(p a))(item(p b))(item(p d)))");
    assert_filled("1. a\n\n   {{if rate good > 5}}\n   b {{rate good}}\n   {{end}}\n2. c",
                  "(numbers 1(item(p a)(p b 68%))(item(p c)))");
    assert_filled("{{if rate good > 5}}\n{{chart good}}\n{{else}}\n{{table good}}\n{{end}}", "(chart good)");
    assert_filled("{{if shown rate good}}{{claim rate good > 5}}a{{end}}{{end}}", "(p a)");
}

/* A figure that is not to be written need not be there. */
static void test_if_not_written(void **state) {
    (void)state;
    assert_filled("{{if shown rate two}}{{rate two}}{{else}}nobody{{end}}", "(p nobody)");
    assert_filled("{{if rate good > 99}}\n{{chart nothing}}\n{{end}}\nx", "(p x)");
    assert_wrong("{{if rate good > 99}}{{rate nothing}}{{end}}", "1:29 unknown question \"nothing\"");
}

static void test_claims(void **state) {
    (void)state;
#define REMARK                                                                                               \
    " [remark [To be revised: the answers no longer bear this out (rate good = 68% (67.50); it should be: "  \
    "rate good > 90)]]"
    static const char *const pairs[][2] = {
        {"**{{claim rate good > 90}}a** b{{end}} c", "(p [strong doubtful a][doubtful  b]" REMARK " c)"},
        {"- {{claim rate good > 90}}a{{end}}\n- b", "(bullets(item(p [doubtful a]" REMARK "))(item(p b)))"},
        {"{{claim rate good > 90}}\na {{rate good}}\nb\n{{end}}\nc", "(p [doubtful a 68% b]" REMARK " c)"},
        {"{{claim rate good > 90}}[a](http://b) `c`{{end}}",
         "(p [doubtful to http://b a][doubtful  ][code doubtful c]" REMARK ")"},
        {"{{claim rate good > 90}}a {{if rate good > 6}}b{{end}}{{end}}", "(p [doubtful a b]" REMARK ")"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct author_report report = author_try(&made, 0, pairs[i][0]);
        assert_int_equal(report.broken, 1);
        assert_string_equal(report.text, pairs[i][1]);
    }
}

/* --- what fills a hole is words, whatever it looks like --- */

static const char HOSTILE[] =
    "# {{title}}\n\n## {{option role:member}} {{question role}}\n\n{{title}} *{{title}}* {{question "
    "role}}\n\n"
    "- {{option role:member}}\n\n`{{title}}` [{{title}}](http://a)\n\n"
    "{{claim words role:member = \"x\"}}{{title}}{{end}}\n\n{{finding role}}\n\n{{table role}}\n";

static void test_words_stay_words(void **state) {
    (void)state;
    const char *title = "Made *up* <b>study</b> | [x](y) {{rate good}}";
    const char *member = "<i>Member</i> & # | `x`";
    const struct author_report report = author_try(&made, 0, HOSTILE);
    const char *expected =
        arena_format(made.study.arena,
                     "(section %s Your role_of_*all*?(p %s [emphasis %s] Your role_of_*all*?)"
                     "(bullets(item(p %s)))(p [code %s] [to http://a %s])(p [doubtful %s] ",
                     member, title, title, member, title, title, title);
    assert_int_equal(report.errors, 0);
    if (strncmp(report.text, expected, strlen(expected)) != 0)
        assert_string_equal(report.text, expected);
    assert_string_equal(document_head(report.document)->title, title);
}

static void test_words_in_pages(void **state) {
    (void)state;
    struct failure failure = {0};
    struct buffer html = {0}, markdown = {0};
    const struct author_report report = author_try(&made, 0, HOSTILE);
    assert_true(report_html_write(&html, report.document, NULL, &failure));
    report_markdown_write(&markdown, report.document);
    assert_null(strstr(buffer_text(&html), "<b>"));
    assert_null(strstr(buffer_text(&html), "<i>"));
    assert_null(strstr(buffer_text(&html), "href=\"y\""));
    assert_non_null(strstr(buffer_text(&html), "Made *up* &lt;b&gt;study&lt;/b&gt; | [x](y) {{rate good}}"));
    /* Backslashes take all meaning away, but for code, which has none. */
    const char *code = strstr(buffer_text(&markdown), "\n`Made *up* <b>study</b>");
    assert_non_null(code);
    assert_ptr_equal(strstr(buffer_text(&markdown), "<b>"), strstr(code, "<b>"));
    assert_null(strstr(strstr(code, "<b>") + 1, "<b>"));
    assert_null(strstr(buffer_text(&markdown), "<i>"));
    assert_non_null(strstr(buffer_text(&markdown), "\n| \\<i\\>Member\\</i\\> \\& \\# \\| \\`x\\` |"));
    buffer_destroy(&html);
    buffer_destroy(&markdown);
}

/* The marks by which fillings are found are characters that an author can write, too, or refer to. */
static void test_marks_cannot_be_forged(void **state) {
    (void)state;
    assert_filled("{{rate good}} \uE0010\uE002.", "(p 68% 0.)");
    assert_filled("{{rate good}} &#xE001;0&#xE002; &#57345;0&#57346; &#XE001;0&#x00e002;",
                  "(p 68% \uFFFD0\uFFFD \uFFFD0\uFFFD \uFFFD0\uFFFD)");
    assert_filled("{{rate good}} &#x&#xE001;E001;0&#x\uE001E002; &#xE0{{if rate good > 5}}01;{{end}}0",
                  "(p 68% &#x\uFFFDE001;0\uFFFD \uFFFD0)");
    assert_filled("\uE0010\uE002", "(p 0)");
    assert_filled("\uE0030\uE004 \uF8FF &#xE003;",
                  "(p \uE0030\uE004 \uF8FF \uE003)"); /* others are the author's */
    assert_filled("{{chart good}}\n\n\uE0010\uE002", "(chart good)(p 0)");
    assert_filled("`\uE0010\uE002` {{rate good}}", "(p [code 0] 68%)");
}

static void test_no_html_by_conditions(void **state) {
    (void)state;
    const struct author_report report = author_try(&made, 0, "<{{if rate good > 5}}script{{end}}>x");
    assert_true(!report.text || !strstr(report.text, "<script"));
    assert_filled("&lt;script&gt; < b >", "(p <script> < b >)"); /* words, which the writers escape */
}

/* --- bytes --- */

static void test_line_ends(void **state) {
    (void)state;
    assert_filled(
        "# T\r\n\r\na\r\nb {{rate good}}\r\n\r\n- c\r\n\r\n{{table good}}\r\n\r\n```\r\nd\r\n```\r\n",
        "(p a b 68%)(bullets(item(p c)))(table)(code d\n)");
    assert_filled("{{if rate good > 5}}\r\na\r\n{{else}}\r\nb\r\n{{end}}\r\nc\r\n", "(p a c)");
    const struct author_report report =
        author_try(&made, 0, "{{claim rate good > 90}}\r\na\r\n{{end}}\r\nb {{rate good}}\r\n");
    assert_string_equal(report.text, "(p [doubtful a]" REMARK " b 68%)");
    assert_wrong("a\r\n\r\nb {{rate tast}}\r\n", "3:10 unknown question \"tast\"");
}

static void test_byte_order_mark(void **state) {
    (void)state;
    assert_filled("\xEF\xBB\xBF# T\n\na", "(p a)");
    const struct author_report report = author_try(&made, 0, "\xEF\xBB\xBF# T\n");
    assert_string_equal(document_head(report.document)->title, "T");
    assert_filled("\xEF\xBB\xBF", "");
    assert_wrong("\xEF\xBB\xBF{{rate x}}", "1:8 unknown question \"x\"");
}

static void test_no_text(void **state) {
    (void)state;
    assert_wrong_bytes("\xFF\xFE#\0 \0T\0", 8, "1:1 the byte 0xFF is not UTF-8; save the text as UTF-8");
    assert_wrong_bytes("\xFE\xFF\0#\0 \0T", 8, "1:1 the byte 0xFE is not UTF-8; save the text as UTF-8");
    assert_wrong("a\n\u00E9caf\xE9 {{rate good}}", "2:5 the byte 0xE9 is not UTF-8; save the text as UTF-8");
    assert_wrong("\xED\xA0\x80", "1:1 the byte 0xED is not UTF-8; save the text as UTF-8"); /* a surrogate */
    assert_wrong("\xC0\xAF", "1:1 the byte 0xC0 is not UTF-8; save the text as UTF-8");
    assert_wrong_bytes("a\nb\0c", 5, "2:2 the byte 0x00 is not UTF-8; save the text as UTF-8");
    assert_wrong_bytes("#\0 \0T\0", 6, "1:2 the byte 0x00 is not UTF-8; save the text as UTF-8");
}

static void test_same_bytes(void **state) {
    (void)state;
    const struct author_report first = author_try(&made, 1, HOSTILE), second = author_try(&made, 1, HOSTILE);
    assert_ptr_not_equal(first.document, second.document);
    assert_string_equal(first.text, second.text);
}

/* --- mistakes --- */

static void test_mistakes_of_names(void **state) {
    (void)state;
    assert_wrong("\u00E9\u20AC {{rate god}}", "1:11 unknown question \"god\"; did you mean \"good\"?");
    assert_wrong("\ta {{rate good:5}}", "1:16 unknown answer \"5\"");
    assert_wrong("{{rate good in role:bos}}", "1:21 unknown group \"bos\"; did you mean \"boss\"?");
    assert_wrong("{{rate good in age:1}}", "1:16 unknown breakdown \"age\"");
    assert_wrong("{{rate good of everybody}}",
                 "1:16 a base (expressed, answered, asked or responses) is expected here, not \"everybody\"");
    assert_wrong("{{rat good}}", "1:3 unknown hole \"rat\"; did you mean \"rate\"?");
    assert_wrong("\n\n  {{chart god}}\n", "3:3 there is no chart \"god\"; did you mean \"good\"?");
    assert_wrong("{{part methods}}", "1:8 unknown part \"methods\"; did you mean \"method\"?");
    assert_wrong("{{quotes why \"Nothing\"}}", "1:1 the coding of \"why\" has no theme \"Nothing\"");
    assert_wrong("{{themes good}}", "1:10 this is no question with open answers");
    assert_wrong("{{table good by good}}", "1:17 unknown breakdown \"good\"");
    assert_wrong("{{option good:9}}", "1:15 unknown answer \"9\"");
    assert_wrong("{{language de}}", "1:12 unknown language \"de\"");
    assert_wrong("{{rate opinion}}", "1:8 this is a grid: name one of its items");
    assert_wrong("{{rate good:4+4}}", "1:15 this answer is counted already");
    assert_wrong("{{rate days:monday+friday}}",
                 "1:20 people can give several of these answers: their counts do not add up");
    assert_wrong("{{rate role in role:member:member}}",
                 "1:8 no answer to this is said to be favourable: name one "
                 "behind a colon");
    assert_wrong("{{rate role:boss in role:member}}", "1:21 a question is not broken down by itself");
    assert_wrong("{{mean role}}", "1:8 the answers to this are no numbers");
    assert_wrong("{{rank good:4}}", "1:8 only the answers to a ranking have ranks");
    assert_wrong("{{difference good in role:boss less role:boss}}",
                 "1:37 give another group of the same breakdown");
}

static void test_mistakes_of_braces(void **state) {
    (void)state;
    assert_wrong("a\n{{rate good\n\nb }}", "2:1 this hole does not end with }} in its paragraph");
    assert_wrong("{{rate good}", "1:1 this hole does not end with }} in its paragraph");
    assert_wrong(
        "{{}} {{ }}",
        "1:3 a figure or a command is missing behind this|1:9 a figure or a command is missing behind this");
    assert_wrong("{{rate good {{rate good}} }}", "1:13 this means nothing in a hole");
    assert_wrong("{{rate \"good}}", "1:8 this quotation does not end");
    assert_wrong("{{end}}", "1:1 there is nothing that this could end");
    assert_wrong("{{else}}", "1:1 there is no {{if}} that this could belong to");
    assert_wrong("{{if rate good > 5}}a\n{{if base good > 5}}",
                 "1:1 this has no {{end}}|2:1 this has no {{end}}");
    assert_wrong("{{if rate good > 5}}a{{else}}b{{else}}c{{end}}",
                 "1:31 there is no {{if}} that this could belong to");
    assert_wrong("{{claim rate good > 5}}a{{else}}b{{end}}",
                 "1:25 there is no {{if}} that this could belong to");
    assert_wrong("{{claim rate good > 5}}a{{if rate good > 6}}b{{claim rate good > 7}}c{{end}}{{end}}{{end}}",
                 "1:46 a claim inside of a claim: join their conditions by \"and\"");
    assert_wrong("{{if rate good > 5 and}}a{{end}}", "1:20 a figure or a number is missing behind this");
    assert_wrong("{{if rate good}}a{{end}}",
                 "1:11 a comparison (=, !=, <, <=, > or >=) is missing behind this");
    assert_wrong("{{if 5 > 4}}a{{end}}", "1:6 one side must be a figure");
}

static void test_mistakes_of_places(void **state) {
    (void)state;
    assert_wrong("a {{table good}}", "1:3 this must stand on a line of its own");
    assert_wrong("- {{chart good}}", "1:3 this must stand on a line of its own");
    assert_wrong("{{claim rate good > 5}}{{table good}}{{end}}", "1:24 this must stand on a line of its own");
    assert_wrong("[a](http://b/{{rate good}})", "1:14 a hole cannot stand in the address of a link");
    assert_wrong("#### A\n\n##### B\n\n###### C\n\n{{part method}}",
                 "7:1 a part has headings of its own: put it below a heading with \"##\" or \"###\"");
    assert_wrong("{{claim rate good > 5}}a\n\nb{{end}}",
                 "1:22 this claim does not end in its paragraph: give each paragraph its own");
}

/* A claim that goes on in the next item of a list would be marked in the first one only. */
static void test_claims_of_one_paragraph(void **state) {
    (void)state;
    const char *reason = "this claim does not end in its paragraph: give each paragraph its own";
    static const char *const sources[] = {
        "- {{claim rate good > 5}}a\n- b{{end}}",         "* {{claim rate good > 5}}a\n* b{{end}}",
        "1. {{claim rate good > 5}}a\n2. b{{end}}",       "{{claim rate good > 5}}a\n## b{{end}}",
        "{{claim rate good > 5}}a\n```\nb\n```\n{{end}}",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const struct author_report report = author_try(&made, 0, sources[i]);
        if (!strstr(report.messages, reason))
            fail_msg("accepted: %s", sources[i]);
    }
    assert_wrong("{{claim rate good > 5}}\n- a\n{{end}}",
                 "2:1 begin the claim behind this sign, in the words that it is about");
    assert_wrong("{{claim rate good > 5}}\n1. a\n{{end}}",
                 "2:1 begin the claim behind this sign, in the words that it is about");
    assert_wrong("{{claim rate good > 5}}\n* a\n{{end}}",
                 "2:1 begin the claim behind this sign, in the words that it is about");
    assert_filled("> {{claim rate good > 5}}a\n> b{{end}}", "(quote(p a b))");
    assert_filled("{{claim rate good > 5}}a\n*b* 3. c\n-d +e{{end}}", "(p a [emphasis b] 3. c -d +e)");
}

static void test_mistakes_of_markdown(void **state) {
    (void)state;
    assert_wrong("<b>a</b>",
                 "1:1 HTML is not read here; write Markdown|1:5 HTML is not read here; write Markdown");
    assert_wrong("<div>\n{{rate good}}\n</div>", "1:1 HTML is not read here; write Markdown");
    assert_wrong("![a](b.png)", "1:1 pictures come from the answers: write {{chart NAME}}");
    assert_wrong("# a\n\n# b", "3:1 a second title; a heading inside the report begins with \"##\"");
    assert_wrong("[a](javascript:x) [b](/x) <file:x>",
                 "1:1 a link leads to an address that begins with https:, http:, mailto: or #|"
                 "1:19 a link leads to an address that begins with https:, http:, mailto: or #|"
                 "1:27 a link leads to an address that begins with https:, http:, mailto: or #");
    assert_wrong("a\n\n<!-- b --> c",
                 "3:1 what stands behind a comment that begins a line is not read: put it on "
                 "the next line");
}

static void test_yaml_header(void **state) {
    (void)state;
    const char *said =
        "1:1 a header of YAML is not read here: the title is a heading with \"#\", the language is "
        "said by {{language TAG}}";
    assert_wrong("---\ntitle: T\nlang: fr\n---\n\nx {{rate good}}\n", said);
    assert_wrong("\xEF\xBB\xBF--- \r\ntitle: T\r\n...\r\n", said);
    assert_filled("---\n\na: b\n", "(rule)(p a: b)");
    assert_filled("---\na: b\n", "(rule)(p a: b)");
    assert_filled("a\n\n---\ntitle: T\n\n---\n", "(p a)(rule)(p title: T)(rule)");
}

/* All mistakes of a text are told at once, in its order. */
static void test_all_mistakes(void **state) {
    (void)state;
    assert_wrong(
        "{{rate a}}\n<b>\n{{end}} {{rate c}}",
        "1:8 unknown question \"a\"|2:1 HTML is not read here; write Markdown|3:1 there is nothing that "
        "this could end|3:16 unknown question \"c\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_title),
        cmocka_unit_test(test_holes_everywhere),
        cmocka_unit_test(test_tables_of_a_block),
        cmocka_unit_test(test_braces),
        cmocka_unit_test(test_if),
        cmocka_unit_test(test_if_not_written),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_words_stay_words),
        cmocka_unit_test(test_words_in_pages),
        cmocka_unit_test(test_marks_cannot_be_forged),
        cmocka_unit_test(test_no_html_by_conditions),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_byte_order_mark),
        cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_mistakes_of_names),
        cmocka_unit_test(test_mistakes_of_braces),
        cmocka_unit_test(test_mistakes_of_places),
        cmocka_unit_test(test_claims_of_one_paragraph),
        cmocka_unit_test(test_mistakes_of_markdown),
        cmocka_unit_test(test_yaml_header),
        cmocka_unit_test(test_all_mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
