/* What the files for word processors are made with: programs that are run and heard, text that XML can hold,
 * columns wide enough for their words, the tree that pandoc reads. */
#include "analysis/document.h"
#include "analysis/process.h"
#include "analysis/report_columns.h"
#include "analysis/report_field.h"
#include "analysis/report_pandoc.h"
#include "analysis/xml_text.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- programs --- */

static bool run(const char *const *words, const char *input, size_t length, struct buffer *output,
                struct failure *failure) {
    const struct process_request request = {
        .words = words, .package = "coreutils", .what = "do it", .input = input, .input_length = length};
    return process_run(&request, output, failure);
}

static void test_what_is_read_and_written(void **state) {
    (void)state;
    enum { LENGTH = 1 << 20 }; /* more than any pipe holds */
    char *bytes = malloc(LENGTH);
    assert_non_null(bytes);
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = (char)(i * 31);
    struct buffer output = {0};
    struct failure failure = {0};
    assert_true(run((const char *const[]){"cat", NULL}, bytes, LENGTH, &output, &failure));
    assert_int_equal(output.length, LENGTH);
    assert_memory_equal(output.bytes, bytes, LENGTH);
    buffer_destroy(&output);
    free(bytes);
}

static void test_environment_is_fixed(void **state) {
    (void)state;
    struct buffer output = {0};
    struct failure failure = {0};
    setenv("BILAN_STRAY", "1", 1);
    setenv("LC_ALL", "C", 1);
    assert_true(run((const char *const[]){"env", NULL}, NULL, 0, &output, &failure));
    assert_non_null(strstr(buffer_text(&output), "LC_ALL=C.UTF-8\n"));
    assert_non_null(strstr(buffer_text(&output), "SOURCE_DATE_EPOCH="));
    assert_null(strstr(buffer_text(&output), "BILAN_STRAY"));
    buffer_destroy(&output);
}

static void test_failures_are_told(void **state) {
    (void)state;
    struct failure failure = {0};
    assert_false(run((const char *const[]){"sh", "-c", "echo ' one\n\n  two' >&2; exit 3", NULL}, NULL, 0,
                     NULL, &failure));
    assert_string_equal(failure.text, "sh could not do it: one two");
    failure = (struct failure){0};
    assert_false(run((const char *const[]){"sh", "-c", "kill -9 $$", NULL}, NULL, 0, NULL, &failure));
    assert_non_null(strstr(failure.text, "sh was ended by signal 9"));
    failure = (struct failure){0};
    assert_false(run((const char *const[]){"no-such-program", NULL}, NULL, 0, NULL, &failure));
    assert_non_null(strstr(failure.text, "package coreutils"));
}

static void test_programs_are_found(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    assert_non_null(process_find(arena, "sh"));
    assert_null(process_find(arena, "no-such-program"));
    arena_destroy(arena);
}

/* --- text --- */

static void test_text_for_xml(void **state) {
    (void)state;
    struct buffer buffer = {0};
    xml_text_escaped(&buffer, "a\x01"
                              "b\t<c>\n&\"\xEF\xBF\xBE\xEF\xBF\xBF\xC3\xA9\xEF\xBF\xBD\x1F");
    assert_string_equal(buffer_text(&buffer), "ab&lt;c&gt;&amp;&quot;\xC3\xA9\xEF\xBF\xBD");
    buffer_clear(&buffer);
    xml_text_plain(&buffer, "<é>\x02", 4);
    assert_string_equal(buffer_text(&buffer), "<é>");
    buffer_destroy(&buffer);
}

/* --- columns --- */

static const struct table *make_table(struct arena *arena, size_t figures, const char *label) {
    struct table_draft *draft = table_create(arena, "Caption");
    table_add_column(draft, "Answer", COLUMN_WORDS);
    for (size_t i = 0; i < figures; i++)
        table_add_column(draft, "Share", COLUMN_FIGURES);
    table_add_row(draft, ROW_BODY);
    table_add_cell(draft, label, NULL);
    for (size_t i = 0; i < figures; i++)
        table_add_cell(draft, "12 %", "10–14 %");
    return table_of(draft);
}

static void test_columns_fill_the_line(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    for (size_t figures = 0; figures < 40; figures++) {
        unsigned shares[41], sum = 0;
        const struct table *table = make_table(arena, figures, "Some words of an answer that is rather long");
        bool small = report_columns_share(table, shares);
        for (size_t i = 0; i <= figures; i++) {
            assert_true(shares[i] > 0);
            sum += shares[i];
        }
        assert_int_equal(sum, 1000);
        assert_int_equal(small, figures > 8);
        assert_true(figures == 0 || shares[0] > shares[1]);
    }
    arena_destroy(arena);
}

/* --- the tree --- */

static struct document *make_document(struct arena *arena) {
    static const struct document_head head = {
        .language = LANGUAGE_ENGLISH, .tag = "en", .title = "A \"title\" & <more>", .notice = "Made up"};
    struct document *document = document_create(arena, &head);
    document_open(document, "first", "First");
    document_paragraph(document, PARAGRAPH_FINDING, "One\ntwo");
    document_table(document, make_table(arena, 2, "Label"));
    document_list(document, LIST_TERMS);
    document_item(document, "Term", "What it is.");
    document_open(document, "a-name-that-is-longer-than-word-processors-allow", "Second");
    document_paragraph(document, PARAGRAPH_ASIDE, "Small");
    document_close(document);
    document_close(document);
    return document;
}

static void test_tree_is_json(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct document *document = make_document(arena);
    for (int format = REPORT_PANDOC_DOCX; format <= REPORT_PANDOC_ODT; format++) {
        struct buffer buffer = {0};
        report_pandoc_write(&buffer, document, (enum report_pandoc_format)format, NULL);
        json_error_t error;
        json_t *tree = json_loads(buffer_text(&buffer), JSON_REJECT_DUPLICATES, &error);
        assert_non_null(tree);
        const json_t *title = json_object_get(json_object_get(json_object_get(tree, "meta"), "title"), "c");
        assert_string_equal(json_string_value(json_object_get(json_array_get(title, 0), "c")),
                            "A \"title\" & <more>");
        size_t headers = 0, at;
        json_t *block;
        json_array_foreach(json_object_get(tree, "blocks"), at, block) headers +=
            strcmp(json_string_value(json_object_get(block, "t")), "Header") == 0;
        assert_int_equal(headers, 2);
        json_decref(tree);
        buffer_destroy(&buffer);
    }
    arena_destroy(arena);
}

static void test_bookmarks(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct document *document = make_document(arena);
    struct buffer buffer = {0};
    report_field_bookmark(&buffer, document, "first");
    report_field_bookmark(&buffer, document, " a-name");
    buffer_clear(&buffer);
    report_field_bookmark(&buffer, document, "first");
    assert_string_equal(buffer_text(&buffer), "first");
    buffer_clear(&buffer);
    report_field_bookmark(&buffer, document, "a-name-that-is-longer-than-word-processors-allow");
    assert_string_equal(buffer_text(&buffer), "section.2");
    buffer_destroy(&buffer);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_read_and_written),
                                       cmocka_unit_test(test_environment_is_fixed),
                                       cmocka_unit_test(test_failures_are_told),
                                       cmocka_unit_test(test_programs_are_found),
                                       cmocka_unit_test(test_text_for_xml),
                                       cmocka_unit_test(test_columns_fill_the_line),
                                       cmocka_unit_test(test_tree_is_json),
                                       cmocka_unit_test(test_bookmarks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
