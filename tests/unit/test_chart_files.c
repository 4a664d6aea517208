/* What is made of gnuplot's pictures, the gnuplot process itself, and the calendar of the time scales. */
#include "analysis/chart_calendar.h"
#include "analysis/chart_files.h"
#include "analysis/gnuplot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct chart CHART = {
    .name = "a-by-b", .title = "Yes & \"no\" <b>", .alternative = "63 % > 37 %", .width = 16, .height = 4.5};

/* Goal: the words for who cannot see it are there and escaped; the size, fonts to fall back to, an id of its
 * own; what draws nothing is gone. */
static void an_svg_picture_is_finished(void **state) {
    (void)state;
    struct buffer to = {0};
    chart_files_finish_svg(
        &to, &CHART, chart_theme_default(),
        "<?xml version=\"1.0\"?>\n<svg \n viewBox=\"0 0 453 127\"\n>\n\n<title>Gnuplot</title>\n"
        "<desc>Produced by GNUPLOT</desc>\n\n<g id=\"gnuplot_canvas\">\n<defs>\n\n"
        "\t<circle id='gpDot' r='0.5'/>\n</defs>\n<g fill=\"none\" color=\"black\">\n</g>\n"
        "\t<g id=\"gnuplot_plot_1\" ><title>gnuplot_plot_1</title>\n"
        "<g fill=\"none\" color=\"black\">\n\t<use xlink:href='#gpPt6' x='1'/>\n"
        "\t<g font-family=\"Open Sans Semibold\" font-size=\"9\">\n\t\t<text>1 &lt; 2</text>\n"
        "\t<g font-family=\"Open Sans\" font-size=\"9\">\n</g>\n</svg>");
    assert_string_equal(buffer_text(&to),
                        "<?xml version=\"1.0\"?>\n"
                        "<svg role=\"img\" aria-labelledby=\"a-by-b-title a-by-b-words\" width=\"16.00cm\" "
                        "height=\"4.50cm\"\n"
                        " viewBox=\"0 0 453 127\"\n>\n\n"
                        "<title id=\"a-by-b-title\">Yes &amp; &quot;no&quot; &lt;b&gt;</title>\n"
                        "<desc id=\"a-by-b-words\">63 % &gt; 37 %</desc>\n\n<g>\n"
                        "<defs><circle id=\"a-by-b-dot\" r=\"1\" stroke=\"none\"/></defs>\n\t<g>\n"
                        "<g fill=\"none\" color=\"black\">\n\t<use xlink:href='#a-by-b-dot' x='1'/>\n"
                        "\t<g font-family=\"Open Sans, Noto Sans, Segoe UI, DejaVu Sans, Verdana, "
                        "sans-serif\" font-weight=\"600\" "
                        "font-size=\"9\">\n\t\t<text>1 &lt; 2</text>\n"
                        "\t<g font-family=\"Open Sans, Noto Sans, Segoe UI, DejaVu Sans, Verdana, "
                        "sans-serif\" font-size=\"9\">\n"
                        "</g>\n</svg>");
    buffer_destroy(&to);
}

/* Goal: an empty or strange picture is no trouble. */
static void a_strange_svg_picture_is_kept(void **state) {
    (void)state;
    struct buffer to = {0};
    chart_files_finish_svg(&to, &CHART, chart_theme_default(), "");
    assert_string_equal(buffer_text(&to), "");
    chart_files_finish_svg(&to, &CHART, chart_theme_default(), "<defs>\nnever ended\n<g fill=\"none\"");
    assert_string_equal(buffer_text(&to), "");
    buffer_destroy(&to);
}

/* Goal: what gnuplot leaves as it is, although XML does not have it in a text, is mended wherever it stands.
 */
static void brackets_do_not_end_anything(void **state) {
    (void)state;
    struct buffer to = {0};
    chart_files_finish_svg(&to, &CHART, chart_theme_default(), "\t\t<text>]]>a]]]>b]]></text>\n");
    assert_string_equal(buffer_text(&to), "\t\t<text>]]&gt;a]]]&gt;b]]&gt;</text>\n");
    buffer_destroy(&to);
}

/* Goal: the time of creation is the same always, nothing else changes, and the length does not, since a PDF
 * counts its bytes. */
static void a_pdf_has_no_time(void **state) {
    (void)state;
    static const char pdf[] = "%PDF-1.5\0\xFF /CreationDate (D:20240229123456Z)\n/Other (D:20240229123456Z)";
    struct buffer buffer = {0};
    buffer_append_bytes(&buffer, pdf, sizeof pdf);
    chart_files_finish_pdf(&buffer);
    assert_memory_equal(buffer.bytes,
                        "%PDF-1.5\0\xFF /CreationDate (D:20000101000000Z)\n/Other (D:20240229123456Z)",
                        sizeof pdf);
    assert_int_equal(buffer.length, sizeof pdf);
    buffer_clear(&buffer);
    buffer_append(&buffer, "/CreationDate (D:2024");
    chart_files_finish_pdf(&buffer);
    assert_string_equal(buffer_text(&buffer), "/CreationDate (D:2024");
    buffer_destroy(&buffer);
    chart_files_finish_pdf(&buffer);
    assert_int_equal(buffer.length, 0);
}

static void write_script(const char *folder, const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s.gp", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* Goal: scripts run one after the other, in their folder; a mistake in one ends the process and is passed on;
 * a folder that is not there is a failure; no script is none. */
static void gnuplot_runs_scripts(void **state) {
    (void)state;
    char folder[] = "/tmp/bilan-gnuplot-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    write_script(folder, "one", "set print 'out'\nprint 'made'\nx = 1\n");
    write_script(folder, "two", "print x\n");
    write_script(folder, "bad", "set print\nplot unknown(x)\n");
    struct failure failure = {0};
    assert_true(gnuplot_run(folder, (const char *const[]){"one", "two"}, 2, &failure));
    snprintf(path, sizeof path, "%s/out", folder);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char text[32] = "";
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    assert_string_equal(text, "made\n1\n");
    assert_false(gnuplot_run(folder, (const char *const[]){"one", "bad", "two"}, 3, &failure));
    assert_non_null(strstr(failure.text, "undefined function: unknown"));
    assert_null(strchr(failure.text, '\n'));
    failure = (struct failure){0};
    assert_true(gnuplot_run(folder, NULL, 0, &failure));
    assert_false(gnuplot_run("/nonexistent", (const char *const[]){"one"}, 1, &failure));
    assert_true(failure_is_set(&failure));
    static const char *const names[] = {"out", "one.gp", "two.gp", "bad.gp"};
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* Goal: every day from the year 1 to 9999 follows the one before, through all leap years. */
static void days_follow_each_other(void **state) {
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert_int_equal(chart_calendar_day(1970, 1, 1), 0);
    long expected = chart_calendar_day(1, 1, 1);
    for (long year = 1; year <= 9999; year++) {
        int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (long month = 1; month <= 12; month++)
            for (long day = 1; day <= lengths[month - 1] + (month == 2 ? leap : 0); day++) {
                assert_int_equal(chart_calendar_day(year, month, day), expected);
                long number = chart_calendar_number(CHART_MONTH, expected);
                assert_int_equal(number, year * 12 + month - 1);
                assert_int_equal(chart_calendar_number(CHART_YEAR, expected), year);
                expected++;
            }
    }
}

/* Goal: weeks begin on Monday; the finest period with few enough columns is taken; names are as they are
 * read. */
static void periods_are_named(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct chart_context french = {.arena = arena, .words = LANGUAGE_FRENCH};
    struct chart_context english = {.arena = arena, .words = LANGUAGE_ENGLISH};
    long thursday = chart_calendar_read("2024-02-29"), monday = chart_calendar_read("2024-03-04");
    long week = chart_calendar_number(CHART_WEEK, thursday);
    assert_int_equal(chart_calendar_number(CHART_WEEK, monday - 1), week);
    assert_int_equal(chart_calendar_number(CHART_WEEK, monday), week + 1);
    assert_int_equal(chart_calendar_number(CHART_WEEK, chart_calendar_read("1969-12-29")), 0);
    assert_int_equal(chart_calendar_number(CHART_WEEK, chart_calendar_read("1969-12-28")), -1);
    assert_string_equal(chart_calendar_name(&french, CHART_WEEK, week), "26 févr.");
    assert_string_equal(chart_calendar_name(&french, CHART_DAY, thursday + 1), "1er mars");
    assert_string_equal(chart_calendar_name(&english, CHART_DAY, thursday + 1), "1 Mar");
    assert_string_equal(chart_calendar_name(&english, CHART_MONTH, 2024 * 12 + 11), "Dec 2024");
    assert_string_equal(chart_calendar_name(&french, CHART_YEAR, 2024), "2024");
    assert_int_equal(chart_calendar_choose(thursday, thursday + 9, 10), CHART_DAY);
    assert_int_equal(chart_calendar_choose(thursday, thursday + 10, 10), CHART_WEEK);
    assert_int_equal(chart_calendar_choose(thursday, thursday + 100, 10), CHART_MONTH);
    assert_int_equal(chart_calendar_choose(thursday, thursday + 400000, 10), CHART_YEAR);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_svg_picture_is_finished),
                                       cmocka_unit_test(a_strange_svg_picture_is_kept),
                                       cmocka_unit_test(brackets_do_not_end_anything),
                                       cmocka_unit_test(a_pdf_has_no_time),
                                       cmocka_unit_test(gnuplot_runs_scripts),
                                       cmocka_unit_test(days_follow_each_other),
                                       cmocka_unit_test(periods_are_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
