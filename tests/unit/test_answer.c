/* Answers: everything a respondent or a file can enter for each type of question becomes the right answer or
 * the right problem, on the web and on paper. */
#include "model/answer.h"
#include "model/answer_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char SOURCE[] =
    "questionnaire: checked\n"
    "languages: [en, fr]\n"
    "title: Checked\n"
    "privacy: Made up.\n"
    "pages:\n"
    "  - title: One\n"
    "    questions:\n"
    "      - id: role\n"
    "        type: single\n"
    "        required: true\n"
    "        text: Role?\n"
    "        options:\n"
    "          - {code: member, text: Member}\n"
    "          - {code: head, text: Head}\n"
    "          - {code: other, text: Other, specify: true}\n"
    "      - id: hats\n"
    "        type: multiple\n"
    "        at_least: 2\n"
    "        at_most: 3\n"
    "        no_opinion: true\n"
    "        text: Hats?\n"
    "        options:\n"
    "          - {code: a, text: A}\n"
    "          - {code: b, text: B, when: role = head}\n"
    "          - {code: c, text: C}\n"
    "          - {code: d, text: D}\n"
    "          - {code: e, text: E, specify: true}\n"
    "          - {code: none, text: None, exclusive: true}\n"
    "      - id: hours\n"
    "        type: number\n"
    "        minimum: -10\n"
    "        maximum: 150.5\n"
    "        decimals: 2\n"
    "        text: Hours?\n"
    "      - id: years\n"
    "        type: number\n"
    "        text: Years?\n"
    "      - id: since\n"
    "        type: date\n"
    "        text: Since?\n"
    "      - id: words\n"
    "        type: text\n"
    "        maximum_length: 10\n"
    "        text: Words?\n"
    "      - id: order\n"
    "        type: ranking\n"
    "        at_most: 2\n"
    "        text: Order?\n"
    "        options: [{code: p, text: P}, {code: q, text: Q}, {code: r, text: R}]\n"
    "  - title: Two\n"
    "    when: role = head\n"
    "    questions:\n"
    "      - id: good\n"
    "        type: scale\n"
    "        required: true\n"
    "        not_concerned: true\n"
    "        text: Good?\n"
    "        options: [{code: 2, text: Yes}, {code: 1, text: Half}, {code: 0, text: \"No\"}]\n";

enum { ROLE, HATS, HOURS, YEARS, SINCE, WORDS, ORDER, GOOD, ITEMS };

static struct arena *arena;
static const struct questionnaire *questionnaire;
static struct entry entries[ITEMS];
static struct answer answers[ITEMS];
static struct problems problems;

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "checked.yaml");
    questionnaire = questionnaire_parse(arena, "checked.yaml", SOURCE, sizeof SOURCE - 1, diagnostics);
    diagnostics_print(diagnostics, stderr);
    return questionnaire ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

/* Values of an item; they end with NULL. */
static void enter(size_t item, ...) {
    const char **values = ARENA_NEW(arena, const char *, 10);
    size_t count = 0;
    va_list list;
    va_start(list, item);
    for (const char *value; (value = va_arg(list, const char *));)
        values[count++] = value;
    va_end(list);
    entries[item] = (struct entry){.values = values, .value_count = count};
}

/* Everything empty but the one required question. */
static void begin(void) {
    memset(entries, 0, sizeof entries);
    enter(ROLE, "member", NULL);
}

static void check(enum channel channel) {
    problems = answer_check(arena, questionnaire, entries, channel, answers);
}

/* The item is as `formatted` and there is no problem. */
static void assert_fine(size_t item, const char *formatted) {
    check(CHANNEL_WEB);
    if (problems.count)
        fail_msg("a problem of kind %d", (int)problems.all[0].kind);
    struct buffer text = {0};
    answer_format(&text, &questionnaire->items[item], &answers[item]);
    assert_string_equal(buffer_text(&text), formatted);
    buffer_destroy(&text);
}

/* There is one problem, with the item, and the item counts as not answered. */
static void assert_problem(size_t item, enum problem_kind kind, const char *value) {
    check(CHANNEL_WEB);
    assert_int_equal(problems.count, 1);
    assert_true(problems.any_error);
    assert_ptr_equal(problems.all[0].item, &questionnaire->items[item]);
    assert_int_equal(problems.all[0].kind, kind);
    assert_false(problems.all[0].warning);
    if (value)
        assert_string_equal(problems.all[0].value, value);
    assert_int_equal(answers[item].state, ANSWER_NOT_ANSWERED);
    assert_string_not_equal(answer_problem_text(arena, &problems.all[0], LANGUAGE_ENGLISH),
                            answer_problem_text(arena, &problems.all[0], LANGUAGE_FRENCH));
}

static void test_single(void **state) {
    (void)state;
    begin();
    assert_fine(ROLE, "member");
    enter(ROLE, "  head ", NULL);
    enter(GOOD, "1", NULL);
    assert_fine(ROLE, "head");
    begin();
    enter(ROLE, "", "other", "", NULL);
    entries[ROLE].specify = "  Élu ";
    assert_fine(ROLE, "other");
    assert_string_equal(answers[ROLE].specify, "  Élu ");
    begin();
    enter(ROLE, "Member", NULL);
    assert_problem(ROLE, PROBLEM_UNKNOWN_CODE, "Member");
    enter(ROLE, "member", "head", NULL);
    assert_problem(ROLE, PROBLEM_SEVERAL, NULL);
    enter(ROLE, "no_opinion", NULL);
    assert_problem(ROLE, PROBLEM_UNKNOWN_CODE, "no_opinion");
    enter(ROLE, " \u00A0", NULL);
    assert_problem(ROLE, PROBLEM_REQUIRED, NULL);
}

static void test_specify(void **state) {
    (void)state;
    begin();
    entries[ROLE].specify = "words beside what is not chosen";
    assert_fine(ROLE, "member");
    assert_null(answers[ROLE].specify);
    check(CHANNEL_PAPER);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.all[0].kind, PROBLEM_SPECIFY_ALONE);
    assert_true(problems.all[0].warning);
    assert_false(problems.any_error);
    begin();
    enter(ROLE, "other", NULL);
    entries[ROLE].specify = "bell \a";
    assert_problem(ROLE, PROBLEM_CONTROL, NULL);
    char *many = arena_allocate(arena, 2000, 1);
    for (int i = 0; i < 501; i++)
        memcpy(many + 2 * i, "é", 2);
    entries[ROLE].specify = many;
    assert_problem(ROLE, PROBLEM_TOO_LONG, NULL);
    assert_non_null(strstr(answer_problem_text(arena, &problems.all[0], LANGUAGE_ENGLISH), "500"));
    many[1000] = '\0';
    assert_fine(ROLE, "other");
}

static void test_multiple(void **state) {
    (void)state;
    begin();
    enter(HATS, "d", "a", NULL);
    assert_fine(HATS, "a d");
    enter(HATS, "none", NULL);
    assert_fine(HATS, "none"); /* alone it is enough, whatever at_least says */
    enter(HATS, "no_opinion", NULL);
    assert_fine(HATS, "no_opinion");
    assert_int_equal(answers[HATS].state, ANSWER_NO_OPINION);
    enter(HATS, NULL);
    assert_fine(HATS, ""); /* at_least counts only once something is chosen */
    enter(HATS, "a", NULL);
    assert_problem(HATS, PROBLEM_TOO_FEW, NULL);
    enter(HATS, "a", "c", "d", "e", NULL);
    assert_problem(HATS, PROBLEM_TOO_MANY, NULL);
    assert_string_equal(answer_problem_text(arena, &problems.all[0], LANGUAGE_ENGLISH),
                        "Choose at most 3 answers.");
    enter(HATS, "a", "c", "a", NULL);
    assert_problem(HATS, PROBLEM_REPEATED, "a");
    enter(HATS, "a", "none", NULL);
    assert_problem(HATS, PROBLEM_EXCLUSIVE, "none");
    enter(HATS, "a", "no_opinion", NULL);
    assert_problem(HATS, PROBLEM_SEVERAL, "no_opinion");
    enter(HATS, "a", "not_concerned", "c", NULL);
    assert_problem(HATS, PROBLEM_UNKNOWN_CODE, "not_concerned");
    enter(HATS, "a", "b", NULL);
    assert_problem(HATS, PROBLEM_NOT_OFFERED, "b");
    enter(ROLE, "head", NULL);
    enter(GOOD, "0", NULL);
    assert_fine(HATS, "a b");
}

static void test_number(void **state) {
    (void)state;
    static const char *const fine[][2] = {
        {"12", "12"},   {"1.25", "1.25"},      {"1,25", "1.25"}, {"+3", "3"},
        {"-10", "-10"}, {"150.50", "150.5"},   {" 7 ", "7"},     {"\u202F8\u00A0", "8"},
        {"-0", "0"},    {"0.10000000", "0.1"}, {"007", "7"}};
    begin();
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        enter(HOURS, fine[i][0], NULL);
        assert_fine(HOURS, fine[i][1]);
    }
    static const char *const wrong[] = {"twelve", "1e3", ".5",  "5.",  "1 000", "1.2.3",
                                        "0x10",   "inf", "NaN", "--1", "12h"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        enter(HOURS, wrong[i], NULL);
        assert_problem(HOURS, PROBLEM_NOT_A_NUMBER, wrong[i]);
    }
    enter(HOURS, "1.234", NULL);
    assert_problem(HOURS, PROBLEM_TOO_PRECISE, "1.234");
    enter(HOURS, "-10.01", NULL);
    assert_problem(HOURS, PROBLEM_TOO_SMALL, "-10.01");
    enter(HOURS, "150.51", NULL);
    assert_problem(HOURS, PROBLEM_TOO_LARGE, "150.51");
    assert_string_equal(answer_problem_text(arena, &problems.all[0], LANGUAGE_FRENCH),
                        "Donnez un nombre d’au plus 150,5.");
    enter(HOURS, "1", "2", NULL);
    assert_problem(HOURS, PROBLEM_SEVERAL, "2");
    begin();
    enter(YEARS, "3.0", NULL); /* as many programs write whole numbers */
    assert_fine(YEARS, "3");
    enter(YEARS, "999999999999999", NULL);
    assert_fine(YEARS, "999999999999999");
    enter(YEARS, "1000000000000000", NULL);
    assert_problem(YEARS, PROBLEM_TOO_LARGE, NULL);
    enter(YEARS, "-1000000000000000", NULL);
    assert_problem(YEARS, PROBLEM_TOO_SMALL, NULL);
    enter(YEARS, "2.5", NULL);
    assert_problem(YEARS, PROBLEM_TOO_PRECISE, "2.5");
}

static void test_date(void **state) {
    (void)state;
    begin();
    enter(SINCE, " 2024-02-29 ", NULL);
    assert_fine(SINCE, "2024-02-29");
    static const char *const wrong[] = {"2023-02-29", "29/02/2024", "2024-2-9",
                                        "0000-01-01", "2024-13-01", "today"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        enter(SINCE, wrong[i], NULL);
        assert_problem(SINCE, PROBLEM_NOT_A_DATE, wrong[i]);
    }
}

static void test_text(void **state) {
    (void)state;
    begin();
    enter(WORDS, " a\r\nb\rc\td ", NULL);
    assert_fine(WORDS, " a\nb\nc\td ");
    enter(WORDS, "éééééééééé", NULL);
    assert_fine(WORDS, "éééééééééé");
    enter(WORDS, "ééééééééééé", NULL);
    assert_problem(WORDS, PROBLEM_TOO_LONG, NULL);
    enter(WORDS, "\r\n\r\n \u202F", NULL);
    assert_fine(WORDS, "");
    enter(WORDS, "no_opinion", NULL); /* where it is not offered, it is what somebody wrote */
    assert_fine(WORDS, "no_opinion");
    assert_int_equal(answers[WORDS].state, ANSWER_GIVEN);
    static const char *const wrong[] = {"a\x1B[31m", "\x7F", "a\xC2\x85", "\b"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        enter(WORDS, wrong[i], NULL);
        assert_problem(WORDS, PROBLEM_CONTROL, NULL);
    }
}

static void test_ranking(void **state) {
    (void)state;
    begin();
    enter(ORDER, "r", "p", NULL);
    assert_fine(ORDER, "r p");
    enter(ORDER, "", "q", "", NULL);
    assert_fine(ORDER, "q");
    enter(ORDER, "r", "p", "q", NULL);
    assert_problem(ORDER, PROBLEM_TOO_MANY, NULL);
    enter(ORDER, "r", "r", NULL);
    assert_problem(ORDER, PROBLEM_REPEATED, "r");
    enter(ORDER, "r", "x", NULL);
    assert_problem(ORDER, PROBLEM_UNKNOWN_CODE, "x");
}

static void test_routing(void **state) {
    (void)state;
    begin();
    enter(GOOD, "2", NULL); /* of a page that does not apply: nothing on the web */
    assert_fine(GOOD, "");
    assert_int_equal(answers[GOOD].state, ANSWER_NOT_ASKED);
    assert_false(answer_page_is_asked(questionnaire, 1, answers));
    check(CHANNEL_PAPER);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.all[0].kind, PROBLEM_NOT_ASKED);
    assert_string_equal(problems.all[0].value, "2");
    assert_true(problems.all[0].warning);

    enter(ROLE, "head", NULL);
    assert_fine(GOOD, "2");
    assert_true(answer_page_is_asked(questionnaire, 1, answers));
    enter(GOOD, "not_concerned", NULL); /* satisfies required */
    assert_fine(GOOD, "not_concerned");
    enter(GOOD, NULL);
    assert_problem(GOOD, PROBLEM_REQUIRED, NULL);
    entries[GOOD] = (struct entry){.not_asked = true}; /* as a file says of a question added later */
    assert_fine(GOOD, "");
    assert_int_equal(answers[GOOD].state, ANSWER_NOT_ASKED);
}

/* On paper, what a form would have prevented is a warning; what cannot be an answer stays an error. */
static void test_paper(void **state) {
    (void)state;
    memset(entries, 0, sizeof entries);
    enter(HATS, "a", NULL);
    check(CHANNEL_PAPER);
    assert_int_equal(problems.count, 2);
    assert_int_equal(problems.all[0].kind, PROBLEM_REQUIRED);
    assert_int_equal(problems.all[1].kind, PROBLEM_TOO_FEW);
    assert_false(problems.any_error);
    assert_int_equal(answers[HATS].state, ANSWER_GIVEN);
    enter(HATS, "a", "b", NULL); /* B was printed, though it is for heads */
    check(CHANNEL_PAPER);
    assert_false(problems.any_error);
    assert_int_equal(answers[HATS].choice_count, 1);
    enter(HATS, "a", "c", "d", "e", NULL);
    enter(HOURS, "1000", NULL);
    enter(ORDER, "x", NULL);
    check(CHANNEL_PAPER);
    assert_true(problems.any_error);
    assert_int_equal(answers[HATS].state, ANSWER_NOT_ANSWERED);
    size_t errors = 0;
    for (size_t i = 0; i < problems.count; i++)
        errors += !problems.all[i].warning;
    assert_int_equal(errors, 3);
}

static void test_problems_in_order(void **state) {
    (void)state;
    begin();
    enter(ORDER, "x", NULL);
    enter(HATS, "y", "z", NULL);
    enter(ROLE, "w", NULL);
    check(CHANNEL_WEB);
    assert_int_equal(problems.count, 4);
    assert_string_equal(problems.all[0].value, "w");
    assert_string_equal(problems.all[1].value, "y");
    assert_string_equal(problems.all[2].value, "z");
    assert_string_equal(problems.all[3].value, "x");
}

static void test_channels(void **state) {
    (void)state;
    assert_string_equal(answer_channel_name(CHANNEL_WEB), "web");
    assert_int_equal(answer_channel("web"), CHANNEL_WEB);
    assert_int_equal(answer_channel("paper"), CHANNEL_PAPER);
    assert_int_equal(answer_channel("Web"), CHANNEL_COUNT);
    assert_int_equal(answer_channel(""), CHANNEL_COUNT);
}

/* A response is written and read back as CSV. */
static void test_csv(void **state) {
    (void)state;
    static const char header[] =
        "role,role_specify,hats,hats_specify,hours,years,since,words,order,good,channel,"
        "language,sheet\n";
    static const char record[] = "other,\"so, \"\"so\"\"\",a d,,1.25,,2024-02-29,\" a\n,b\",r p,,web,fr,12\n";
    const char *csv = arena_format(arena, "%s%s", header, record);
    struct csv_reader *reader = csv_open(csv, strlen(csv));
    struct csv_record line;
    struct diagnostics *diagnostics = diagnostics_create(arena, "answers.csv");
    assert_true(csv_next(reader, &line));
    const struct answer_csv_layout *layout = answer_csv_layout(arena, questionnaire, &line, diagnostics);
    assert_non_null(layout);
    assert_true(csv_next(reader, &line));
    assert_int_equal(line.count, answer_csv_count(layout));
    struct answer_csv_cells cells = answer_csv_read(arena, layout, &line);
    problems = answer_check(arena, questionnaire, cells.entries, CHANNEL_WEB, answers);
    assert_int_equal(problems.count, 0);
    struct response response = {.key = 1, .language = 1, .sheet = 12, .answers = answers};
    struct buffer text = {0};
    answer_csv_header(&text, questionnaire, ',');
    answer_csv_record(&text, questionnaire, &response);
    assert_string_equal(buffer_text(&text), csv);

    /* not_asked is written only where routing does not say so. */
    answers[HATS].state = ANSWER_NOT_ASKED;
    buffer_clear(&text);
    answer_csv_record(&text, questionnaire, &response);
    assert_non_null(strstr(buffer_text(&text), ",not_asked,,1.25,"));
    assert_non_null(strstr(buffer_text(&text), ",r p,,web,"));
    buffer_destroy(&text);
    csv_close(reader);
}

static uint64_t seed = 20240131;

static size_t random_below(size_t count) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % count;
}

/* Anything for any item: mostly what could be right, sometimes whatever. */
static void enter_anything(void) {
    static const char *const right[ITEMS][6] = {
        [ROLE] = {"member", "head", "other", "", " head", ""},
        [HATS] = {"a", "c", "d", "e", "none", "no_opinion"},
        [HOURS] = {"12,25", "-3", "0.5", "7.0", "100", "0"},
        [YEARS] = {"-0", "7.0", "2013", "", "12", "3"},
        [SINCE] = {"2024-02-29", "0001-01-01", "9999-12-31", "", " ", "2013-06-30"},
        [WORDS] = {" a,b ", "\"", "x;y", "l\r\nl", "=1+1", "é"},
        [ORDER] = {"p", "q", "r", "", " p", "q"},
        [GOOD] = {"0", "1", "2", "not_concerned", "", "1"}};
    static const char *const whatever[] = {"x", "no_opinion", "not_concerned", "\a", "1e9", "a b"};
    for (size_t item = 0; item < ITEMS; item++) {
        bool several = item == HATS || item == ORDER;
        const char **values = ARENA_NEW(arena, const char *, 3);
        size_t count = random_below(several ? 4 : 2);
        for (size_t i = 0; i < count; i++)
            values[i] = random_below(20) ? right[item][random_below(6)] : whatever[random_below(6)];
        entries[item] = (struct entry){.values = values, .value_count = count};
        entries[item].specify = random_below(3) ? NULL : right[WORDS][random_below(6)];
        entries[item].not_asked = random_below(20) == 0;
    }
}

/* The record of the answers that stand there, as CSV. */
static const char *record_of(void) {
    struct response response = {.key = 1, .channel = CHANNEL_PAPER, .answers = answers};
    struct buffer text = {0};
    answer_csv_header(&text, questionnaire, ',');
    answer_csv_record(&text, questionnaire, &response);
    const char *kept = arena_copy(arena, buffer_text(&text));
    buffer_destroy(&text);
    return kept;
}

/* Whatever is accepted is written, read back and accepted as the same. */
static void test_anything_accepted_comes_back(void **state) {
    (void)state;
    size_t accepted = 0, refused = 0;
    for (int round = 0; round < 20000; round++) {
        enter_anything();
        check(CHANNEL_PAPER);
        for (size_t i = 0; i < problems.count; i++)
            assert_non_null(
                answer_problem_text(arena, &problems.all[i], round % 2 ? LANGUAGE_ENGLISH : LANGUAGE_FRENCH));
        refused += problems.any_error;
        if (problems.any_error)
            continue;
        accepted++;
        const char *csv = record_of();
        struct csv_reader *reader = csv_open(csv, strlen(csv));
        struct csv_record line;
        struct diagnostics *diagnostics = diagnostics_create(arena, "answers.csv");
        assert_true(csv_next(reader, &line));
        const struct answer_csv_layout *layout = answer_csv_layout(arena, questionnaire, &line, diagnostics);
        assert_true(csv_next(reader, &line));
        struct answer_csv_cells cells = answer_csv_read(arena, layout, &line);
        problems = answer_check(arena, questionnaire, cells.entries, CHANNEL_PAPER, answers);
        assert_false(problems.any_error);
        assert_string_equal(record_of(), csv);
        csv_close(reader);
    }
    assert_true(accepted > 1000 && refused > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single),
        cmocka_unit_test(test_specify),
        cmocka_unit_test(test_multiple),
        cmocka_unit_test(test_number),
        cmocka_unit_test(test_date),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_ranking),
        cmocka_unit_test(test_routing),
        cmocka_unit_test(test_paper),
        cmocka_unit_test(test_problems_in_order),
        cmocka_unit_test(test_channels),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_anything_accepted_comes_back),
    };
    return cmocka_run_group_tests_name("answer", tests, set_up, tear_down);
}
