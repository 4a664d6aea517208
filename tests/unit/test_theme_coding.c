/* A coding survives whatever happens to its file: new answers, answers taken out, columns and lines moved or
 * added, what spreadsheet programs make of cells; and where it cannot be read, every mistake is said and no
 * coding is taken for another answer's. Then what is counted of it, and how far two coders agree. */
#include "analysis/theme_agreement.h"
#include "analysis/theme_coding.h"
#include "analysis/theme_file.h"
#include "analysis/theme_slips.h"
#include "analysis/theme_update.h"
#include "analysis/themes.h"
#include "tests/unit/study.h"

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static struct theme_coding *merge(struct arena *arena, const struct theme_coding *earlier,
                                  const char *const *answers) {
    size_t count = 0;
    while (answers[count])
        count++;
    struct theme_coding *coding = theme_coding_merge(arena, earlier, answers, count);
    coding->separator = ';';
    return coding;
}
#define ANSWERS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct theme_row *row_of(struct arena *arena, const struct theme_coding *coding, const char *answer) {
    return theme_coding_find(theme_coding_index(arena, coding), answer);
}

/* The coding in a file's text; its mistakes, "line:text|…", where it has any. */
static struct theme_coding *parse(struct arena *arena, const char *text, char *mistakes, size_t size) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "f");
    struct theme_coding *coding = theme_file_parse(arena, text, strlen(text), diagnostics);
    FILE *stream = fmemopen(mistakes, size, "w");
    diagnostics_print(diagnostics, stream);
    fclose(stream);
    return coding;
}

static struct theme_coding *read_good(struct arena *arena, const char *text) {
    char mistakes[2000] = "";
    struct theme_coding *coding = parse(arena, text, mistakes, sizeof mistakes);
    assert_string_equal(mistakes, "");
    assert_non_null(coding);
    return coding;
}

static void assert_refused(const char *text, const char *expected) {
    struct arena *arena = arena_create();
    char mistakes[4000] = "";
    assert_null(parse(arena, text, mistakes, sizeof mistakes));
    assert_string_equal(mistakes, expected);
    arena_destroy(arena);
}

/* --- identity and merging --- */

static void test_identity(void **state) {
    (void)state;
    char one[THEME_ID_SIZE], other[THEME_ID_SIZE];
    theme_coding_id("Les élus\r\n\r\nont été  informés ", one);
    theme_coding_id("Les élus\nont été informés", other);
    assert_string_equal(one, other);
    assert_int_equal(strlen(one), THEME_ID_SIZE - 1);
    theme_coding_id("les élus ont été informés", other);
    assert_string_not_equal(one, other);
    theme_coding_id("", one);
    assert_string_equal(one, "ae3b0c44298fc1c1"); /* of no bytes, 'a' before it */
}

static void test_merge(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct theme_coding *coding = merge(arena, NULL, ANSWERS("b", "a", "b", "a\n"));
    assert_int_equal(coding->count, 2);
    assert_string_equal(coding->rows[0].answer, "a");
    assert_int_equal(coding->rows[0].count, 2);
    assert_int_equal(coding->rows[1].count, 2);
    assert_true(coding->rows[0].is_new);
    coding->rows[0].cells[THEME_FIRST] = "Theme";
    coding->rows[1].cells[THEME_QUOTE] = "x";

    coding = merge(arena, coding, ANSWERS("c", "a", "a ", "  a", "0"));
    assert_int_equal(coding->count, 4);
    assert_string_equal(row_of(arena, coding, "a")->cells[THEME_FIRST], "Theme");
    assert_int_equal(row_of(arena, coding, "a")->count, 3);
    assert_false(row_of(arena, coding, "a")->is_new);
    assert_true(row_of(arena, coding, "c")->is_new);
    /* Taken out, but touched: kept at the end, counting nothing. */
    assert_string_equal(coding->rows[3].answer, "b");
    assert_int_equal(coding->rows[3].count, 0);
    /* Not touched: gone with its answer. */
    coding = merge(arena, coding, ANSWERS("a", "b"));
    assert_int_equal(coding->count, 2);
    assert_int_equal(row_of(arena, coding, "b")->count, 1);
    assert_string_equal(row_of(arena, coding, "b")->cells[THEME_QUOTE], "x");
    assert_null(row_of(arena, coding, "c"));
    arena_destroy(arena);
}

static void test_split(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    size_t count;
    const char *const *themes = theme_coding_split(arena, " Élus ;; Délais\nélus;  Au  fond ;", &count);
    assert_int_equal(count, 3);
    assert_string_equal(themes[0], "Élus");
    assert_string_equal(themes[1], "Délais");
    assert_string_equal(themes[2], "Au fond");
    theme_coding_split(arena, " ; ;", &count);
    assert_int_equal(count, 0);
    arena_destroy(arena);
}

/* --- the file --- */

static const char PLAIN[] = "answer,themes\nYes,A\nNo,\n";

static void test_ways_of_saving(void **state) {
    (void)state;
    static const char *const files[] = {
        PLAIN,
        "\xEF\xBB\xBF"
        "answer;themes\r\nYes;A\r\nNo;\r\n",
        "\"Themes\",\"ANSWER\"\n\"A\",\"Yes\"\n\"\",\"No\"\n",
        "answer,themes,note\nNo,,\n,,\nYes,A,\n,,\n",
        "themes;count;similar;answer\r;;;No\rA;3;7;Yes",
        "answer,themes\nYes,A,,,\nNo\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct arena *arena = arena_create();
        struct theme_coding *coding = read_good(arena, files[i]);
        assert_int_equal(coding->count, 2);
        assert_string_equal(row_of(arena, coding, "Yes")->cells[THEME_FIRST], "A");
        assert_string_equal(row_of(arena, coding, "No")->cells[THEME_FIRST], "");
        arena_destroy(arena);
    }
}

static void test_own_columns(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct theme_coding *coding = read_good(arena, "note,answer,themes,=who\nlook,Yes,A,-me\n");
    assert_int_equal(coding->other_count, 2);
    coding = merge(arena, coding, ANSWERS("Yes", "New"));
    struct buffer text = {0};
    theme_file_append(&text, coding);
    assert_string_equal(buffer_text(&text),
                        "\xEF\xBB\xBF"
                        "answer;count;similar;themes;second_coder;settled;quote;note;'=who;id\n"
                        "New;1;;;;;;;;a18fdd549b2ed367\n"
                        "Yes;1;;A;;;;look;'-me;a85a39ab345d672f\n");
    coding = read_good(arena, buffer_text(&text));
    assert_string_equal(coding->others[1], "=who");
    assert_string_equal(row_of(arena, coding, "Yes")->others[1], "-me");
    buffer_destroy(&text);
    arena_destroy(arena);
}

/* A program took the answer for a date, a number, a formula: the id knows better. */
static void test_answer_changed(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct theme_coding *coding = merge(arena, NULL, ANSWERS("3-4", "=1+1", "1234567890123456789"));
    struct buffer text = {0};
    buffer_append(&text, "answer;themes;id\n");
    for (size_t i = 0; i < coding->count; i++)
        buffer_format(&text, "changed %zu;%zu;%s\n", i, i, coding->rows[i].id);
    coding =
        merge(arena, read_good(arena, buffer_text(&text)), ANSWERS("3-4", "=1+1", "1234567890123456789"));
    assert_int_equal(coding->count, 3);
    assert_string_equal(row_of(arena, coding, "3-4")->cells[THEME_FIRST], "1");
    buffer_destroy(&text);
    arena_destroy(arena);
}

/* Any answers and cells, written and read, are the same; and what is written of that is the same bytes. */
static void test_round_trip(void **state) {
    (void)state;
    static const char *const cells[] = {"=1+1", "'=1", "''@x",  "'",          "-",  "+33",      "\tx",
                                        "a;b",  "a,b", "\"q\"", "two\nlines", "é",  "'quoted'", "@",
                                        "==",   "x",   "\r\n-", "3-4",        " - "};
    enum { CELLS = sizeof cells / sizeof *cells };
    uint64_t seed = 11;
    for (int round = 0; round < 300; round++) {
        struct arena *arena = arena_create();
        struct theme_coding *coding = theme_coding_merge(arena, NULL, cells, CELLS);
        coding->separator = round % 2 ? ',' : ';';
        for (size_t i = 0; i < coding->count; i++)
            for (size_t j = 0; j < THEME_CELLS; j++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                coding->rows[i].cells[j] = seed >> 62 ? cells[(seed >> 33) % CELLS] : "";
            }
        struct buffer text = {0}, again = {0};
        theme_file_append(&text, coding);
        struct theme_coding *read = read_good(arena, buffer_text(&text));
        assert_int_equal(read->count, coding->count);
        for (size_t i = 0; i < read->count; i++) {
            assert_string_equal(read->rows[i].answer, coding->rows[i].answer);
            assert_int_equal(read->rows[i].line, coding->rows[i].line);
            for (size_t j = 0; j < THEME_CELLS; j++)
                assert_string_equal(read->rows[i].cells[j], coding->rows[i].cells[j]);
        }
        read = theme_coding_merge(arena, read, cells, CELLS);
        theme_file_append(&again, read);
        assert_string_equal(buffer_text(&again), buffer_text(&text));
        assert_null(strstr(buffer_text(&text), ";=")); /* no cell begins a formula */
        assert_null(strstr(buffer_text(&text), ",@"));
        buffer_destroy(&text);
        buffer_destroy(&again);
        arena_destroy(arena);
    }
}

static void test_refused(void **state) {
    (void)state;
    assert_refused("", "f: error: the file is empty; remove it, and it is written anew\n");
    assert_refused("Yes;A\nNo;B\n",
                   "f:1: error: there is no column \"answer\"; the first line names the columns, with"
                   " commas or semicolons between them\n");
    assert_refused("answer;theme\n",
                   "f:1: error: there is no column \"themes\"; the first line names the columns,"
                   " with commas or semicolons between them\n");
    assert_refused("answer,themes,Themes\n", "f:1: error: the column \"themes\" is there twice\n");
    assert_refused(
        "answer,themes\n\xC9lus,A\n",
        "f:2: error: the byte 0xC9 is not UTF-8; save the file as “CSV UTF-8” (in Excel: Save as; in"
        " LibreOffice: Character set)\n");
    assert_refused("PK\3\4...",
                   "f: error: this is a spreadsheet's own format, not CSV; save it as “CSV UTF-8”\n");
    assert_refused(
        "answer,themes\nYes,A,surplus\n,A\n\"open,B\n",
        "f:2: error: there are 3 fields, but the first line names 2 columns: a cell with \",\" in it must be "
        "in quotes\n"
        "f:3: error: this line has no answer\n"
        "f:4: error: a field begins with a quote that is never closed, in the record that begins here\n");
    assert_refused("answer,themes\nYes,A\nNo,B\nYes ,C\nNo,\nNo,B\n",
                   "f:4: error: the answer of line 2 is here again, coded in another way\n");
    assert_refused(
        "answer,themes,id\nYes,A,a85a39ab345d672\n",
        "f:2: error: column \"id\": \"a85a39ab345d672\" is no answer's id; leave the column as it was"
        " written\n");
    assert_refused("answer,themes\nYes,A;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\n",
                   "f:2: error: column \"themes\": more than 40 themes for one answer\n");
    assert_refused(
        "answer,themes\nYes,This is a whole answer that somebody has pasted into the column of themes where"
        " it cannot be meant as the name of a theme at all\n",
        "f:2: error: column \"themes\": \"This is a whole answer that somebody has pasted into the"
        " col…\" has more than 120 characters: is it a theme?\n");
}

/* Sorting the answers without the rest would put every theme beside another answer. */
static void test_sorted_in_part(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct theme_coding *coding = merge(arena, NULL, ANSWERS("a", "b", "c"));
    char text[400];
    snprintf(text, sizeof text, "answer,themes,id\nc,A,%s\nb,B,%s\na,C,%s\n", coding->rows[0].id,
             coding->rows[1].id, coding->rows[2].id);
    assert_refused(text,
                   "f:2: error: the answer and the id of this line do not belong together (the answer's is on"
                   " line 4): were some columns sorted without the others?\n"
                   "f:4: error: the answer and the id of this line do not belong together (the answer's is on"
                   " line 2): were some columns sorted without the others?\n");
    arena_destroy(arena);
}

static void test_slips(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct theme_coding *coding = read_good(
        arena, "answer,themes\na,Délais\nb,Delias\nc,délais;Élus\nd,\"Élus, Délais\"\ne,Cantine\nf,Élu\n");
    struct diagnostics *diagnostics = diagnostics_create(arena, "f");
    char said[1000] = "";
    theme_slips_warn(arena, coding, diagnostics);
    FILE *stream = fmemopen(said, sizeof said, "w");
    diagnostics_print(diagnostics, stream);
    fclose(stream);
    assert_string_equal(
        said, "f:3: warning: the theme \"Delias\" (1×) is nearly \"Délais\" (2×): are they one?\n"
              "f:5: warning: \"Élus, Délais\" counts as one theme: put semicolons between themes, not"
              " commas\n"
              "f:7: warning: the theme \"Élu\" (1×) is nearly \"Élus\" (1×): are they one?\n");
    arena_destroy(arena);
}

static void test_update(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    size_t replaced;
    struct theme_coding *kept = read_good(arena, "answer;themes;quote;note\na;A;x;n\nb;B;;\n");
    struct theme_coding *copy =
        read_good(arena, "answer,themes,second_coder,mine,note\nc,C,,,\nb,,S,m,\na,Z,,,N\n");
    struct theme_coding *coding = theme_update(arena, kept, copy, &replaced);
    assert_int_equal(replaced, 2);
    assert_int_equal(coding->count, 3);
    assert_int_equal(coding->separator, ';');
    assert_string_equal(row_of(arena, coding, "a")->cells[THEME_FIRST], "Z");
    assert_string_equal(row_of(arena, coding, "a")->cells[THEME_QUOTE], "x");
    assert_string_equal(row_of(arena, coding, "a")->others[0], "N");
    assert_string_equal(row_of(arena, coding, "b")->cells[THEME_FIRST], "B");
    assert_string_equal(row_of(arena, coding, "b")->cells[THEME_SECOND], "S");
    assert_string_equal(row_of(arena, coding, "b")->others[1], "m");
    assert_string_equal(row_of(arena, coding, "c")->cells[THEME_FIRST], "C");
    coding = theme_update(arena, NULL, copy, &replaced);
    assert_int_equal(coding->count, 3);
    assert_int_equal(replaced, 0);
    arena_destroy(arena);
}

/* --- counting --- */

static void test_count(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct theme_coding *coding = merge(
        arena,
        read_good(arena, "answer;themes;second_coder;settled;quote\n"
                         "a;Élus;;;x\nb;élus;Délais;;x\nc;A;B;Élus;y\nd;;délais;;\ne;;;;x\ngone;Gone;;;x\n"),
        ANSWERS("a", "a", "b", "c", "d", "e", "f"));
    const char *const texts[] = {"a", "a", "b", "c", "d", "e", "f"};
    const struct question question = {.id = "remark"};
    const struct item item = {.question = &question};
    const struct item_themes *themes = themes_count(arena, &item, coding, texts, 7);
    assert_int_equal(themes->answers, 7);
    assert_int_equal(themes->coded, 5);
    assert_int_equal(themes->unsettled, 1);
    assert_int_equal(themes->count, 2);
    assert_string_equal(themes->all[0].name, "Élus");
    assert_int_equal(themes->all[0].share.count, 4);
    assert_true(fabs(themes->all[0].share.rate - 0.8) < 1e-12);
    assert_int_equal(themes->all[0].quotation_count, 3);
    assert_string_equal(themes->all[0].quotations[0], "a");
    assert_string_equal(themes->all[1].name, "délais");
    assert_ptr_equal(themes_find(themes, "DELAIS"), &themes->all[1]);
    assert_null(themes_find(themes, "Gone"));
    /* Of a part of the answers, as --where selects them. */
    themes = themes_count(arena, &item, coding, texts + 4, 3);
    assert_int_equal(themes->coded, 1);
    assert_int_equal(themes->count, 1);
    arena_destroy(arena);
}

/* --- two coders --- */

/* 50 answers, 20 both yes, 5 only the first, 10 only the second, 15 neither: κ = 0.4 and, as both coders use
 * yes for 55 of 100 codings, α = 1 - (15/50) / (2·55·45/(100·99)) = 0.39394. */
static void test_agreement(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct buffer text = {0};
    buffer_append(&text, "answer;themes;second_coder\n");
    for (int i = 0; i < 50; i++)
        buffer_format(&text, "a%d;%s;%s\n", i, i < 25 ? "Yes" : "No",
                      i < 20 || (i >= 25 && i < 35) ? "yes" : "no");
    buffer_append(&text, "alone;Yes;\nsecond alone;;Yes\n");
    struct theme_coding *coding = read_good(arena, buffer_text(&text));
    for (size_t i = 0; i < coding->count; i++)
        coding->rows[i].count = 1 + i % 3;
    struct theme_agreements agreements = theme_agreement_compute(arena, coding, 0.95);
    assert_int_equal(agreements.answers, 50);
    assert_int_equal(agreements.differing, 15);
    assert_int_equal(agreements.count, 2);
    const struct theme_agreement *yes = &agreements.themes[1];
    assert_string_equal(yes->theme, "Yes");
    assert_int_equal(yes->both, 20);
    assert_int_equal(yes->first, 5);
    assert_int_equal(yes->second, 10);
    assert_int_equal(yes->neither, 15);
    const size_t square[] = {20, 5, 10, 15}, codings[] = {2, 0, 1, 1, 0, 2}, repeats[] = {20, 15, 15};
    struct agreement kappa = agreement_kappa(&(struct contingency){2, 2, square}, 0.95);
    struct agreement alpha = agreement_krippendorff(&(struct contingency){3, 2, codings}, repeats);
    assert_true(fabs(kappa.value - 0.4) < 1e-12);
    assert_true(fabs(alpha.value - (1 - 0.3 / (2.0 * 55 * 45 / 9900))) < 1e-12);
    assert_true(fabs(yes->kappa.value - kappa.value) < 1e-15 && fabs(yes->alpha.value - alpha.value) < 1e-15);
    assert_true(fabs(yes->kappa.low - kappa.low) < 1e-15);
    assert_true(agreements.has_whole); /* one theme each: the whole is the same question */
    assert_true(fabs(agreements.kappa.value - kappa.value) < 1e-15);
    assert_true(fabs(agreements.alpha.value - alpha.value) < 1e-15);
    buffer_destroy(&text);
    arena_destroy(arena);
}

static void test_agreement_of_several(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct theme_coding *coding =
        read_good(arena, "answer;themes;second_coder\na;\"X; Y\";\"y; x\"\nb;X;\"X; Y\"\nc;Z;Z\n");
    for (size_t i = 0; i < coding->count; i++)
        coding->rows[i].count = 1;
    struct theme_agreements agreements = theme_agreement_compute(arena, coding, 0.95);
    assert_int_equal(agreements.answers, 3);
    assert_int_equal(agreements.differing, 1);
    assert_int_equal(agreements.count, 3);
    assert_int_equal(agreements.themes[1].second, 1);        /* Y */
    assert_true(fabs(agreements.kappa.value - 0.5) < 1e-12); /* observed 2/3, by chance 1/3 */
    coding->rows[0].count = coding->rows[1].count = coding->rows[2].count = 0;
    assert_int_equal(theme_agreement_compute(arena, coding, 0.95).answers, 0);
    arena_destroy(arena);
}

/* --- in the results --- */

static const char SOURCE[] =
    "questionnaire: made-up\nlanguages: [en]\ntitle: Made up\nprivacy: Made up.\npages:\n"
    "  - questions:\n"
    "      - {id: role, type: single, text: Role, options: [{code: a, text: A}, {code: b,"
    " text: B},"
    " {code: c, text: C}]}\n"
    "      - {id: why, type: text, text: Why}\n";

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* How many answers were coded of those whom the expression selects; 0 where no themes are told. */
static size_t coded_where(struct study *study, const char *text) {
    struct failure failure = {0};
    struct results_options options = {.confidence = 0.95, .minimum_cell = 1, .readers = 1};
    struct diagnostics *diagnostics = diagnostics_create(study->arena, "where");
    const struct expression_scope scope = {study->questionnaire->items, 2, 2};
    if (text)
        options.where = expression_parse(study->arena, text, (struct place){1, 1, 1}, &scope, diagnostics);
    const struct results *results =
        themes_load(study->arena, study_compute(study, &options), study->path, &failure);
    assert_non_null(results);
    const struct item_themes *themes = themes_of(results, questionnaire_item(study->questionnaire, "why"));
    return themes ? themes->coded : 0;
}

static const char *start(struct study *study) {
    study_open(study, SOURCE);
    for (int i = 0; i < 32; i++)
        study_add(study, CHANNEL_WEB, i + 1,
                  arena_format(study->arena, "role=%s why=answer-%d",
                               i < 12   ? "a"
                               : i < 20 ? "b"
                                        : "c",
                               i % 12));
    assert_int_equal(coded_where(study, NULL), 0);
    mkdir(store_themes_folder(study->arena, study->path), 0700);
    return theme_file_path(study->arena, study->path, "why");
}

static void end(struct study *study, const char *path) {
    unlink(path);
    rmdir(store_themes_folder(study->arena, study->path));
    study_close(study);
}

static void test_results(void **state) {
    (void)state;
    struct study study;
    const char *path = start(&study);
    write_file(path, "answer,themes,quote\nanswer-0,A,x\nanswer-1,A,\nanswer-2,B,x\nanswer-99,C,x\n");
    assert_int_equal(coded_where(&study, NULL), 9); /* each was given three times */
    assert_int_equal(coded_where(&study, "role = a"), 3);
    /* Nobody's words are told where eight people remain, chosen or left out. */
    assert_int_equal(coded_where(&study, "role = b"), 0);
    assert_int_equal(coded_where(&study, "role = a or role = c"), 0);
    assert_int_equal(coded_where(&study, "role answered"), 9);
    end(&study, path);
}

static void test_results_refused(void **state) {
    (void)state;
    struct study study;
    struct failure failure = {0};
    const struct results_options options = {.confidence = 0.95, .minimum_cell = 1, .readers = 1};
    const char *path = start(&study);
    const struct results *results = study_compute(&study, &options);
    write_file(path, "answer,themes\nanswer-0,\"A\n");
    int terminal = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO); /* its mistakes are printed */
    const struct results *refused = themes_load(study.arena, results, study.path, &failure);
    dup2(terminal, STDERR_FILENO);
    close(terminal);
    close(nowhere);
    assert_null(refused);
    assert_false(failure_is_set(&failure));
    end(&study, path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity),       cmocka_unit_test(test_merge),
        cmocka_unit_test(test_split),          cmocka_unit_test(test_ways_of_saving),
        cmocka_unit_test(test_own_columns),    cmocka_unit_test(test_answer_changed),
        cmocka_unit_test(test_round_trip),     cmocka_unit_test(test_refused),
        cmocka_unit_test(test_sorted_in_part), cmocka_unit_test(test_slips),
        cmocka_unit_test(test_update),         cmocka_unit_test(test_count),
        cmocka_unit_test(test_agreement),      cmocka_unit_test(test_agreement_of_several),
        cmocka_unit_test(test_results),        cmocka_unit_test(test_results_refused),
    };
    return cmocka_run_group_tests_name("theme coding", tests, NULL, NULL);
}
