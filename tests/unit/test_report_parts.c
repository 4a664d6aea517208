/* The report's parts: what stands out comes first and claims no order that it does not have, what holds for
 * all tables is said once, the annex and the questions lead to each other, and what is not to be quoted is
 * not. */
#include "tests/unit/study.h"

#include "analysis/prose.h"
#include "analysis/report_content.h"
#include "analysis/report_markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char SOURCE[] =
    "questionnaire: parts\n"
    "languages: [en]\n"
    "title: Parts, made up\n"
    "privacy: Made up.\n"
    "population: {size: 60}\n"
    "pages:\n"
    "  - title: First\n"
    "    questions:\n"
    "      - {id: role, type: single, text: Role, breakdown: true,\n"
    "         options: [{code: a, text: A}, {code: b, text: B}]}\n"
    "      - {id: years, type: number, text: Years, unit: years}\n"
    "      - {id: precise, type: number, text: Precise, decimals: 2}\n"
    "  - title: Second\n"
    "    questions:\n"
    "      - {id: grid, type: scale, text: Grid, options: [{code: 2, text: Good, favourable: true},\n"
    "         {code: 1, text: Bad}], items: [{id: g1, text: G1}, {id: g2, text: G2}, {id: g3, text: G3},\n"
    "         {id: g4, text: G4}, {id: g5, text: G5}, {id: g6, text: G6}, {id: g7, text: G7},\n"
    "         {id: g8, text: G8}, {id: g9, text: G9}, {id: g10, text: G10}, {id: g11, text: G11},\n"
    "         {id: g12, text: G12}]}\n"
    "      - {id: level, type: scale, text: Level, options: [{code: 1, text: Low}, {code: 2, text: Middle},\n"
    "         {code: 3, text: High}]}\n"
    "      - {id: open, type: text, text: Open}\n"
    "      - {id: secret, type: text, text: Secret, quote: never}\n";

enum { ITEMS = 12, RESPONSES = 40 };

static const struct results_options OPTIONS = {
    .confidence = 0.95, .minimum_cell = 5, .adjustment = ADJUSTMENT_HOLM};

/* Forty responses: statement i is favourable in the first `favourable[i]` of them. With `differing`, the
 * first half of them have one role and the others the other; else the roles take turns. */
static const struct results *compute(struct study *study, const int favourable[ITEMS], bool differing) {
    study_open(study, SOURCE);
    for (int i = 0; i < RESPONSES; i++) {
        bool first = differing ? i < RESPONSES / 2 : i % 2 == 0;
        char text[1024];
        int length =
            snprintf(text, sizeof text, "role=%s years=%d precise=%d.25 level=%d open=said%d secret=hush%d",
                     first ? "a" : "b", i, i, 1 + i % 3, i, i);
        for (int j = 0; j < ITEMS; j++)
            length += snprintf(text + length, sizeof text - (size_t)length, " g%d=%d", j + 1,
                               i < favourable[j] ? 2 : 1);
        study_add(study, CHANNEL_WEB, i + 1, text);
    }
    return study_compute(study, &OPTIONS);
}

static const char *write_down(struct study *study, const struct document *document) {
    struct buffer markdown = {0};
    report_markdown_write(&markdown, document);
    const char *text = arena_copy_bytes(study->arena, buffer_text(&markdown), markdown.length);
    buffer_destroy(&markdown);
    return text;
}

static const char *report(struct study *study, const int favourable[ITEMS], bool differing) {
    const struct results *results = compute(study, favourable, differing);
    return write_down(study, report_content_make(study->arena, results, 0, NULL, NULL));
}

static const char *parts(struct study *study, const struct results *results, const enum report_part *all,
                         size_t count) {
    const struct prose prose = {study->arena, results, 0, LANGUAGE_ENGLISH};
    const struct document_head head = report_content_head(&prose, NULL);
    struct document *document = document_create(study->arena, &head);
    for (size_t i = 0; i < count; i++)
        report_content_add_part(document, &prose, NULL, all[i]);
    document_settle(document);
    return write_down(study, document);
}

static size_t count_of(const char *text, const char *what) {
    size_t count = 0;
    while ((text = strstr(text, what))) {
        text += strlen(what);
        count++;
    }
    return count;
}

static void assert_says(const char *text, const char *what) {
    if (!strstr(text, what))
        fail_msg("does not say \"%s\":\n%s", what, text);
}

static void assert_silent(const char *text, const char *what) {
    if (strstr(text, what))
        fail_msg("says \"%s\"", what);
}

/* The part of the report's text from a heading's anchor to the next. */
static const char *section(struct study *study, const char *text, const char *id) {
    const char *anchor = arena_format(study->arena, "<a id=\"%s\">", id);
    const char *from = strstr(text, anchor);
    assert_non_null(from);
    const char *end = strstr(from + 1, "<a id=");
    return arena_copy_bytes(study->arena, from, end ? (size_t)(end - from) : strlen(from));
}

static const int SPREAD[ITEMS] = {39, 38, 37, 24, 23, 22, 21, 20, 19, 3, 2, 1};

/* --- Key findings --- */

static void test_what_stands_out_comes_first(void **state) {
    (void)state;
    struct study study;
    const char *text = report(&study, SPREAD, false);
    assert_says(section(&study, text, "key-figures"),
                "**67%** of the people invited responded: 40 of 60 (online: 40; on paper: 0).");
    const char *most = section(&study, text, "most-favourable");
    assert_says(most,
                "- **98%** answer favourably to “Grid – G1”: 39 of the 40 who expressed an opinion (95% "
                "interval: ");
    assert_says(
        most, "; mean 2.0 (1.9 to 2.0) on a scale from 1 to 2.\n- **95%** answer favourably to “Grid – G2”");
    assert_int_equal(count_of(most, "\n- "), 3);
    assert_says(most, "The order among them is not certain: their intervals overlap.");
    assert_silent(most, "other results come so close"); /* the fourth is far behind */
    const char *least = section(&study, text, "least-favourable");
    assert_int_equal(count_of(least, "\n- "), 3);
    assert_true(strstr(least, "G12”") < strstr(least, "G11”"));
    study_close(&study);
}

static void test_close_results_are_counted(void **state) {
    (void)state;
    struct study study;
    static const int close[ITEMS] = {30, 29, 28, 27, 26, 5, 5, 5, 4, 3, 2, 1};
    const char *text = report(&study, close, false);
    assert_says(section(&study, text, "most-favourable"),
                "2 other results come so close that their intervals overlap with that of the last one here.");
    study_close(&study);
}

/* The fourth and the fifth are on a par with the third: they are named as well. */
static void test_what_is_on_a_par_is_named_too(void **state) {
    (void)state;
    struct study study;
    static const int par[ITEMS] = {39, 38, 30, 30, 30, 20, 19, 18, 3, 2, 1, 0};
    const char *text = report(&study, par, false);
    assert_int_equal(count_of(section(&study, text, "most-favourable"), "\n- "), 5);
    study_close(&study);
}

/* Four are on a par with the third, too many to name: none of them is singled out. */
static void test_none_is_singled_out_of_many_on_a_par(void **state) {
    (void)state;
    struct study study;
    static const int par[ITEMS] = {39, 38, 30, 30, 30, 30, 19, 18, 3, 2, 1, 0};
    const char *text = report(&study, par, false);
    const char *most = section(&study, text, "most-favourable");
    assert_int_equal(count_of(most, "\n- "), 2);
    assert_silent(most, "G3”");
    study_close(&study);
}

static void test_all_on_a_par(void **state) {
    (void)state;
    struct study study;
    static const int same[ITEMS] = {40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40};
    const char *text = report(&study, same, false);
    assert_says(section(&study, text, "most-favourable"),
                "12 results share the largest share of favourable answers: 100%.");
    assert_silent(text, "id=\"least-favourable\"");
    assert_says(section(&study, text, "question-grid"),
                "Every statement has the same share of favourable answers: 100%.");
    study_close(&study);
}

static void test_differences_are_named_or_denied(void **state) {
    (void)state;
    struct study study;
    static const int halves[ITEMS] = {20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20};
    const char *differing = section(&study, report(&study, halves, true), "differences");
    assert_says(differing,
                "- **100 points** between A (100%, 20 of 20) and B (0%, 0 of 20) on “Grid – G1”, by “Role” "
                "(95% interval of the difference: ");
    assert_says(differing, "Fisher’s exact test, p \\< 0.001 once adjusted).");
    study_close(&study);
    const char *same = section(&study, report(&study, halves, false), "differences");
    assert_says(same, "No difference between groups is established: of ");
    study_close(&study);
}

static void test_means_have_the_same_decimals_everywhere(void **state) {
    (void)state;
    struct study study;
    const char *text = report(&study, SPREAD, false);
    assert_says(section(&study, text, "means"),
                "- **19\\.5** years on average: “Years” (n = 40; 95% interval: ");
    assert_says(section(&study, text, "means"), "- **19\\.75** on average: “Precise” (n = 40; ");
    assert_says(section(&study, text, "means"), "on average, on a scale from 1 to 3: “Level” (n = 40; ");
    assert_says(section(&study, text, "question-precise"), "Mean 19.75 (answers: 40; ");
    assert_says(section(&study, text, "question-precise"), "| Mean                 |");
    assert_silent(text, "19.750");
    assert_silent(text, "19.8");
    study_close(&study);
}

/* --- Said once, and linked --- */

static void test_remarks_are_said_once(void **state) {
    (void)state;
    struct study study;
    const char *text = report(&study, SPREAD, false);
    assert_int_equal(count_of(text, "in whole percents. The 95% interval holds if"), 1);
    assert_int_equal(count_of(text, "Below a table a difference is named only where"), 1);
    assert_silent(text, "followed by its");
    assert_silent(section(&study, text, "question-role"), "rounded"); /* 50 and 50 */
    study_close(&study);
}

static void test_rounding_is_told_where_it_shows(void **state) {
    (void)state;
    struct study study;
    const struct results *results = compute(&study, SPREAD, false); /* level: 14, 13 and 13 of 40 */
    const char *text = parts(&study, results, (enum report_part[]){PART_QUESTIONS}, 1);
    assert_says(section(&study, text, "question-level"),
                "Shares are rounded: they do not add up to exactly 100.");
    study_close(&study);
}

/* Every link within the report leads to an anchor of it. */
static void check_links(const char *text) {
    for (const char *at = text; (at = strstr(at, "](<#"));) {
        char anchor[128];
        at += 4;
        snprintf(anchor, sizeof anchor, "<a id=\"%.*s\"></a>", (int)strcspn(at, ">"), at);
        assert_says(text, anchor);
    }
}

static void test_questions_and_annex_lead_to_each_other(void **state) {
    (void)state;
    struct study study;
    const char *text = report(&study, SPREAD, true);
    assert_says(section(&study, text, "question-grid"), "[Results by group](<#groups-grid>)");
    assert_says(section(&study, text, "groups-grid"),
                "[All respondents: back to the question](<#question-grid>)");
    assert_says(section(&study, text, "question-grid"),
                "Between groups: a difference is established (by “Role”).");
    assert_silent(section(&study, text, "question-grid"), "By: Role");
    assert_says(section(&study, text, "groups-grid"),
                "**By: Role – share of favourable answers (95% interval, base)**");
    check_links(text);
    study_close(&study);
}

static void test_a_part_alone_leads_nowhere_else(void **state) {
    (void)state;
    struct study study;
    const struct results *results = compute(&study, SPREAD, true);
    const char *questions = parts(&study, results, (enum report_part[]){PART_QUESTIONS}, 1);
    assert_says(section(&study, questions, "page-1"), "in whole percents."); /* the words stay */
    assert_says(questions, "a difference is established (by “Role”).");
    assert_silent(questions, "](<#");
    const char *groups = parts(&study, results, (enum report_part[]){PART_GROUPS}, 1);
    assert_silent(groups, "](<#");
    assert_silent(groups, "back to the question");
    check_links(parts(&study, results, (enum report_part[]){PART_GROUPS, PART_QUESTIONS, PART_TESTS}, 3));
    study_close(&study);
}

/* --- Quotations --- */

static void test_what_is_not_to_be_quoted_is_not(void **state) {
    (void)state;
    struct study study;
    const char *text = report(&study, SPREAD, false);
    assert_says(section(&study, text, "question-open"), "\n- said0\n");
    assert_says(section(&study, text, "question-secret"),
                "Open answers: 40. They are not quoted, as the questionnaire provides.");
    assert_silent(text, "hush");
    study_close(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_stands_out_comes_first),
        cmocka_unit_test(test_close_results_are_counted),
        cmocka_unit_test(test_what_is_on_a_par_is_named_too),
        cmocka_unit_test(test_none_is_singled_out_of_many_on_a_par),
        cmocka_unit_test(test_all_on_a_par),
        cmocka_unit_test(test_differences_are_named_or_denied),
        cmocka_unit_test(test_means_have_the_same_decimals_everywhere),
        cmocka_unit_test(test_remarks_are_said_once),
        cmocka_unit_test(test_rounding_is_told_where_it_shows),
        cmocka_unit_test(test_questions_and_annex_lead_to_each_other),
        cmocka_unit_test(test_a_part_alone_leads_nowhere_else),
        cmocka_unit_test(test_what_is_not_to_be_quoted_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
