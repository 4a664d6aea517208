/* CSV: every way of writing the same records gives the same fields with the right lines; what breaks the
 * rules is refused where it stands; what is written reads back. */
#include "model/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* All records as "line:[field][field]…\n", then the mistake as "!line:text". */
static char *read_all(const char *bytes, size_t length) {
    struct csv_reader *reader = csv_open(bytes, length);
    struct buffer text = {0};
    struct csv_record record;
    while (csv_next(reader, &record)) {
        buffer_format(&text, "%u:", record.line);
        for (size_t i = 0; i < record.count; i++)
            buffer_format(&text, "[%s]", record.fields[i]);
        buffer_append(&text, "\n");
    }
    unsigned line = 0;
    const char *mistake = csv_mistake(reader, &line);
    if (mistake)
        buffer_format(&text, "!%u:%.21s", line, mistake);
    csv_close(reader);
    return buffer_release(&text);
}

static void assert_reads(const char *csv, const char *expected) {
    char *text = read_all(csv, strlen(csv));
    assert_string_equal(text, expected);
    free(text);
}

static void test_plain(void **state) {
    (void)state;
    assert_reads("", "");
    assert_reads("a", "1:[a]\n");
    assert_reads("a,b\n", "1:[a][b]\n");
    assert_reads("a,b\n1,\n,2\n,\n", "1:[a][b]\n2:[1][]\n3:[][2]\n4:[][]\n");
    assert_reads("a,b\n1,2", "1:[a][b]\n2:[1][2]\n");
    assert_reads("a,b\n1,", "1:[a][b]\n2:[1][]\n");
    assert_reads("\xEF\xBB\xBF"
                 "a,b\n",
                 "1:[a][b]\n");
    assert_reads(" a , b \n\tx,\xC2\xA0\n", "1:[ a ][ b ]\n2:[\tx][\xC2\xA0]\n");
}

static void test_line_ends(void **state) {
    (void)state;
    assert_reads("a,b\r\n1,2\r\n3,4\r\n", "1:[a][b]\n2:[1][2]\n3:[3][4]\n");
    assert_reads("a,b\r1,2\r3,4", "1:[a][b]\n2:[1][2]\n3:[3][4]\n");
    assert_reads("\n\na,b\n\n1,2\n\n\r\n3,4\n\n", "3:[a][b]\n5:[1][2]\n8:[3][4]\n");
}

static void test_quotes(void **state) {
    (void)state;
    assert_reads("a,\"b\"\n\"\",\"\"\"\"\n", "1:[a][b]\n2:[][\"]\n");
    assert_reads("a,b\n\"one,\ntwo\r\nthree\",2\n\"\n\n\",4\n5,6",
                 "1:[a][b]\n2:[one,\ntwo\r\nthree][2]\n5:[\n\n][4]\n8:[5][6]\n");
    assert_reads("a\n\" b \"\n", "1:[a]\n2:[ b ]\n");
}

static void test_semicolons(void **state) {
    (void)state;
    assert_reads("a;b;c\n1,5;2;\"3;4\"\n", "1:[a][b][c]\n2:[1,5][2][3;4]\n");
    assert_reads("\"a,b,c,d\";e;f\n1;2;3\n", "1:[a,b,c,d][e][f]\n2:[1][2][3]\n");
    assert_reads("a,b;c,d\n", "1:[a][b;c][d]\n");
}

static void test_mistakes(void **state) {
    (void)state;
    assert_reads("a,b\n1,2\"3\n4,5\n", "1:[a][b]\n!2:a quote stands in the");
    assert_reads("a,b\n\"1\"2,3\n", "1:[a][b]\n!2:a quote stands in the");
    assert_reads("a,b\n\"1\n\n2\"x,3\n", "1:[a][b]\n!4:a quote stands in the");
    assert_reads("a,b\n1,2\n\"3,4\n5,6\n", "1:[a][b]\n2:[1][2]\n!3:a field begins with a");
    assert_reads("a,b\n\"1\" ,2\n", "1:[a][b]\n!2:a quote stands in the");
}

static void test_too_many_fields(void **state) {
    (void)state;
    char *wide = malloc(100001);
    assert_non_null(wide);
    memset(wide, ',', 100000);
    wide[100000] = '\0';
    assert_reads(wide, "!1:more than 8192 fields");
    free(wide);
}

/* Any cells, written and read, are the same, with either separator. */
static void test_write_and_read(void **state) {
    (void)state;
    static const char *const cells[] = {
        "",   " ", "plain",           "a,b", "a;b",  "\"", "say \"yes\"", "two\nlines",
        "\r", "é", "  led by blanks", "'",   "\"\"", ",",  ";",           "\n"};
    enum { CELLS = sizeof cells / sizeof *cells };
    uint64_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        char separator = round % 2 ? ',' : ';';
        struct buffer csv = {0}, expected = {0};
        buffer_append(&csv, separator == ',' ? "a,b,c\n" : "a;b;c\n");
        buffer_append(&expected, "1:[a][b][c]\n");
        unsigned line = 2;
        for (int row = 0; row < 3; row++) {
            buffer_format(&expected, "%u:", line++);
            for (int i = 0; i < 3; i++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                const char *cell = cells[(seed >> 33) % CELLS];
                line += strpbrk(cell, "\r\n") != NULL;
                if (i)
                    buffer_append_bytes(&csv, &separator, 1);
                csv_append(&csv, cell, separator);
                buffer_format(&expected, "[%s]", cell);
            }
            buffer_append(&csv, "\n");
            buffer_append(&expected, "\n");
        }
        char *text = read_all(csv.bytes, csv.length);
        assert_string_equal(text, buffer_text(&expected));
        free(text);
        buffer_destroy(&csv);
        buffer_destroy(&expected);
    }
}

static void test_quotes_only_where_needed(void **state) {
    (void)state;
    struct buffer csv = {0};
    const char *const cells[] = {"a;b", "it's", " x ", "a,b", "q\"q", "l\nl"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        csv_append(&csv, cells[i], ',');
        buffer_append(&csv, "|");
    }
    assert_string_equal(csv.bytes, "a;b|it's| x |\"a,b\"|\"q\"\"q\"|\"l\nl\"|");
    buffer_destroy(&csv);
}

/* Goal: no cell of a file for spreadsheets is computed, whatever stands in front of the formula. */
static void test_formulas_become_texts(void **state) {
    (void)state;
    struct buffer csv = {0};
    const char *const cells[] = {"=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "1=1", "", "'=1"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        csv_append_harmless(&csv, cells[i], ',');
        buffer_append(&csv, "|");
    }
    assert_string_equal(csv.bytes, "'=1|'+1|'-1|'@A1|'\t=1|\"'\r=1\"|\"'\n=1\"|1=1||'=1|");
    buffer_destroy(&csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_semicolons),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_too_many_fields),
        cmocka_unit_test(test_write_and_read),
        cmocka_unit_test(test_quotes_only_where_needed),
        cmocka_unit_test(test_formulas_become_texts),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
