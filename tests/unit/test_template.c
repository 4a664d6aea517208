/* Texts of mails and letters: holes are filled and never read as Markdown, what lacks a value is left out
 * whole, mistakes have their places, and the plain text breaks no link. */
#include "survey/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LINK "https://survey.example.org/r/0123456789abcdefghjkmnpqrs"

static const struct template_values values = {.name = "Ann Sample",
                                              .link = LINK,
                                              .code = "ABCD-EFGH-JKMN-PQRS",
                                              .address = "https://survey.example.org/",
                                              .title = "Our *programme*",
                                              .organisation = "Town of Exempleville",
                                              .closes = "31 December 2099"};

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

static struct template_text fill(const char *source, const struct template_values *with) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "text.md");
    const struct template_source *text = template_read(arena, "text.md", source, strlen(source), diagnostics);
    diagnostics_print(diagnostics, stderr);
    assert_non_null(text);
    return template_fill(arena, text, with);
}

/* The plain text of a body under a subject. */
static const char *plain(const char *body, const struct template_values *with) {
    struct template_text filled = fill(arena_format(arena, "# S\n\n%s", body), with);
    struct buffer buffer = {0};
    template_plain(&buffer, &filled);
    const char *result = arena_copy(arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    return result;
}

/* What is said about a text that is refused. */
static const char *mistakes(const char *source, size_t length) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "text.md");
    assert_null(template_read(arena, "text.md", source, length, diagnostics));
    char *said = NULL;
    size_t said_length = 0;
    FILE *stream = open_memstream(&said, &said_length);
    diagnostics_print(diagnostics, stream);
    fclose(stream);
    const char *result = arena_copy(arena, said);
    free(said);
    return result;
}

static void assert_refused(const char *source, const char *expected) {
    const char *said = mistakes(source, strlen(source));
    if (!strstr(said, expected))
        fail_msg("\"%s\" is not said, but: %s", expected, said);
}

static void test_subject(void **state) {
    (void)state;
    assert_string_equal(fill("# {{title}}: for {{ name }}\n\n{{link}}", &values).subject,
                        "Our *programme*: for Ann Sample");
    assert_string_equal(fill("A *subject*\n=========\n\n{{link}}", &values).subject, "A subject");
    const struct template_values lacking = {.title = "T"};
    assert_string_equal(fill("# For {{name}}", &lacking).subject, "T");
    assert_string_equal(fill("# For {{name|you}}", &lacking).subject, "For you");
    const struct template_values lines = {.title = "a\r\nBcc: b@example.org"};
    assert_string_equal(fill("# {{title}}", &lines).subject, "a  Bcc: b@example.org");
}

static void test_values_are_no_markdown(void **state) {
    (void)state;
    const struct template_values sly = {
        .name = "**A** [b](http://example.org) {{link}} <i>", .link = LINK, .title = "# T\n\n- x"};
    assert_string_equal(plain("Hi {{name}}, {{title}}", &sly),
                        "Hi **A** [b](http://example.org) {{link}} <i>, # T - x\n");
}

static void test_without_value(void **state) {
    (void)state;
    const struct template_values lacking = {.title = "T", .link = LINK};
    assert_string_equal(
        plain("Until {{closes}}.\n\nHello {{name|there}}.\n\n## By {{organisation}}\n\nEnd.", &lacking),
        "Hello there.\n\nEnd.\n");
    assert_string_equal(plain("1. one\n2. {{closes}}\n\n   more of it\n\n   - below\n3. three\n", &lacking),
                        "1. one\n2. three\n");
    assert_string_equal(plain("[{{name}}]({{link}})\n\n[x]({{address}})\n\nEnd.", &lacking), "End.\n");
}

static void test_inlines(void **state) {
    (void)state;
    struct template_text text =
        fill("# S\n\nA **strong *both*** and `{{code}}`\nsoft  \nhard &amp; \\*", &values);
    assert_int_equal(text.count, 1);
    const struct template_block *block = &text.blocks[0];
    assert_int_equal(block->kind, TEMPLATE_PARAGRAPH);
    assert_int_equal(block->run_count, 4);
    assert_string_equal(block->runs[0].text, "A ");
    assert_string_equal(block->runs[1].text, "strong ");
    assert_true(block->runs[1].is_strong && !block->runs[1].is_emphasis);
    assert_string_equal(block->runs[2].text, "both");
    assert_true(block->runs[2].is_strong && block->runs[2].is_emphasis);
    assert_string_equal(block->runs[3].text, " and ABCD-EFGH-JKMN-PQRS soft\nhard & *");
    assert_false(block->runs[3].is_strong || block->runs[3].is_emphasis);
}

static void test_links(void **state) {
    (void)state;
    assert_string_equal(plain("[here]({{link}})", &values), "here <" LINK ">\n");
    assert_string_equal(plain("[{{link}}]({{link}})", &values), LINK "\n");
    assert_string_equal(plain("<{{link}}>", &values), "<" LINK ">\n");
    assert_string_equal(plain("<a@example.org> <https://example.org/>", &values),
                        "a@example.org https://example.org/\n");
    struct diagnostics *diagnostics = diagnostics_create(arena, "t");
    const struct {
        const char *text;
        bool has_link;
    } texts[] = {{"# S\n\n[x]({{link}})", true},
                 {"# S\n\n`{{code}}`", true},
                 {"# S\n\n- {{ link }}", true},
                 {"# S\n\n{{address}} {{name|link}}", false}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct template_source *text =
            template_read(arena, "t", texts[i].text, strlen(texts[i].text), diagnostics);
        assert_non_null(text);
        assert_int_equal(template_has_link(text), texts[i].has_link);
    }
}

static void test_french_blanks(void **state) {
    (void)state;
    assert_string_equal(plain("« Oui » ? Non ! 50 % : **fin** ; a :-) %d", &values),
                        "«\u00A0Oui\u00A0»\u00A0? Non\u00A0! 50\u00A0%\u00A0: fin\u00A0; a :-) %d\n");
}

static void test_plain_lists(void **state) {
    (void)state;
    assert_string_equal(
        plain("Before:\n\n- one\n  two\n- three\n\n  four\n  1. five\n  2. six\n\n10. ten\n\n"
              "    eleven\n\n---\n\n    code\n    lines\n\nAfter",
              &values),
        "Before:\n\n- one two\n- three\n\n  four\n\n  1. five\n  2. six\n\n10. ten\n\n    eleven\n\n"
        "----------\n\ncode\nlines\n\nAfter\n");
}

static void test_plain_width(void **state) {
    (void)state;
    struct buffer body = {0};
    buffer_append(&body, "- ");
    for (int i = 0; i < 60; i++)
        buffer_append(&body, "été ");
    buffer_append(&body, "\n- " LINK LINK LINK " x\n");
    const char *text = plain(buffer_text(&body), &values);
    buffer_destroy(&body);
    size_t lines = 0, longest = 0;
    for (const char *at = text; *at; at += strcspn(at, "\n") + 1, lines++) {
        size_t width = 0;
        for (const char *byte = at; *byte != '\n'; byte++)
            width += ((unsigned char)*byte & 0xC0) != 0x80;
        longest = width > 72 && *at != '-' ? SIZE_MAX : width > longest && width <= 72 ? width : longest;
    }
    assert_int_equal(lines, 4 + 2);
    assert_true(longest > 66 && longest <= 72);
    assert_non_null(strstr(text, "\n- " LINK LINK LINK "\n  x\n"));
}

static void test_mistakes(void **state) {
    (void)state;
    assert_refused("# S\n\né {{nmae}}", "text.md:3:5: error: unknown hole \"nmae\"; did you mean \"name\"?\n"
                                        "    3 | é {{nmae}}\n      |     ^~~~\n");
    assert_refused("# S\n\n{{password}}",
                   "possible here: name, link, code, address, title, organisation, closes");
    assert_refused("# S\n\n{{name\n}}", "text.md:3:1: error: this hole does not end with }}");
    assert_refused("# S\n\na\n   ![x](y.png)", "text.md:4:4: error: a picture");
    assert_refused("# S\n\na <br> b", "text.md:3:3: error: HTML");
    assert_refused("# S\n\n<div>\nx\n</div>", "text.md:3:1: error: HTML");
    assert_refused("# S\n\n> quoted", "text.md:3:1: error: a quotation");
    assert_refused("Hello\n\n# S", "text.md:1:1: error: the text must begin with its subject");
    assert_refused("# S\n\n# T", "text.md:3:1: error: a second subject");
    assert_refused("#\n\nx", "text.md:1:1: error: the subject is empty");
    assert_refused("# See {{link}}", "text.md:1:3: error: the subject would give the link away");
    assert_refused("", "text.md: error: the text is empty");
    assert_refused("# S\n\n- - - - - - - x", "error: lists are nested too deep");
    assert_refused("# S\n\n\xE9t\xE9", "text.md:3:1: error: the byte 0xE9 is not UTF-8");
    assert_non_null(strstr(mistakes("# S\0x", 5), "text.md:1:4: error: the byte 0x00"));
    const char *both = mistakes("# S\n\n{{a1}}\n\n{{b2}}", strlen("# S\n\n{{a1}}\n\n{{b2}}"));
    assert_true(strstr(both, "a1") && strstr(both, "b2"));
}

static void test_mark_and_line_ends(void **state) {
    (void)state;
    struct template_text text = fill("\xEF\xBB\xBF# S\r\n\r\na\r\nb", &values);
    assert_string_equal(text.subject, "S");
    assert_string_equal(text.blocks[0].runs[0].text, "a b");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_subject),       cmocka_unit_test(test_values_are_no_markdown),
        cmocka_unit_test(test_without_value), cmocka_unit_test(test_inlines),
        cmocka_unit_test(test_links),         cmocka_unit_test(test_french_blanks),
        cmocka_unit_test(test_plain_lists),   cmocka_unit_test(test_plain_width),
        cmocka_unit_test(test_mistakes),      cmocka_unit_test(test_mark_and_line_ends)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
