/* Goal: what is typed for a paper sheet becomes the cell that was meant, or nothing; two readings are
 * compared field by field; the counts that are watched meanwhile never tell of a single answer. */
#include "survey/counts.h"
#include "survey/keying.h"
#include "survey/keying_desk.h"

#include "tests/unit/store_fixture.h"

static const struct question *question(const char *id) {
    const struct item *item = questionnaire_item(base, id);
    assert_non_null(item);
    return item->question;
}

/* --- what is typed --- */

static void numbers_become_codes(void **state) {
    (void)state;
    static const struct {
        const char *id, *typed, *cell;
    } cases[] = {
        {"role", "1", "member"},
        {"role", " 2 ", "head"},
        {"role", "", ""},
        {"role", "12", "member head"}, /* the check of the answer says that it is one too many */
        {"role", "4", NULL},
        {"role", "0", NULL},
        {"role", "x", NULL},
        {"role", "1x", NULL},
        {"role", "-1", "member"},
        {"room", "1", "2"},
        {"room", "4", "no_opinion"},
        {"room", "5", "not_concerned"},
        {"room", "6", NULL},
        {"hats", "13", "a c"},
        {"hats", "3, 1", "c a"},
        {"hats", "1+2\n", "a b"},
        {"hats", "15", NULL},
        {"first", "321", "r q p"},
        {"first", "3 2 1", "r q p"},
        {"first", "99999999999999999999", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *cell = keying_read(arena, question(cases[i].id), cases[i].typed);
        if (!cases[i].cell)
            assert_null(cell);
        else
            assert_string_equal(cell, cases[i].cell);
    }
}

static void words_stay_and_dates_are_turned(void **state) {
    (void)state;
    assert_string_equal(keying_read(arena, question("words"), "  1 word\n"), "1 word");
    assert_string_equal(keying_read(arena, question("seen"), "29/2/2024"), "2024-02-29");
    assert_string_equal(keying_read(arena, question("seen"), "1.3.2024"), "2024-03-01");
    assert_string_equal(keying_read(arena, question("seen"), "2024-02-29"), "2024-02-29");
    assert_string_equal(keying_read(arena, question("seen"), "30/2/2024"), "30/2/2024");
    assert_string_equal(keying_read(arena, question("seen"), "1/2/2024/3"), "1/2/2024/3");
}

/* What a correction begins with is read back as the cell it came from. */
static void what_is_written_is_read_back(void **state) {
    (void)state;
    static const char *const cells[][2] = {{"role", "other"},      {"room", "0"},    {"room", "no_opinion"},
                                           {"hats", "a c"},        {"hats", "none"}, {"first", "q p r"},
                                           {"seen", "2024-02-29"}, {"words", "1"},   {"role", ""}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        const struct question *asked = question(cells[i][0]);
        const char *typed = keying_write(arena, asked, cells[i][1]);
        assert_string_equal(keying_read(arena, asked, typed), cells[i][1]);
    }
    const struct wording_language english = {base, 1};
    assert_string_equal(keying_words(arena, english, question("hats"), "a none"), "1 A · 4 None");
    assert_string_equal(keying_words(arena, english, question("words"), "as it is"), "as it is");
}

/* --- comparing --- */

static void differences_are_those_of_answers(void **state) {
    (void)state;
    struct sheet_record one = sheet_record_create(arena, base, 7, "fr"),
                        other = sheet_record_create(arena, base, 8, "en");
    size_t count, compared;
    keying_desk_differences(arena, &one, &other, &count, &compared);
    assert_int_equal(count, 0);
    assert_int_equal(compared,
                     0); /* sheet and language differ, and are no answers; empty beside empty is no field */
    assert_true(sheet_record_set(&one, "role", "member") && sheet_record_set(&other, "role", "member"));
    assert_true(sheet_record_set(&one, "room", "2"));
    assert_true(sheet_record_set(&one, "hats", "a") && sheet_record_set(&other, "hats", "a b"));
    const struct keying_difference *all = keying_desk_differences(arena, &one, &other, &count, &compared);
    assert_int_equal(compared, 3);
    assert_int_equal(count, 2);
    assert_string_equal(all[0].name, "room");
    assert_string_equal(all[0].other, "");
    assert_string_equal(all[1].other, "a b");
}

static void a_sample_is_its_share_and_part_of_larger_ones(void **state) {
    (void)state;
    enum { SHEETS = 20000 };
    size_t tenth = 0, half = 0;
    for (int64_t sheet = 1; sheet <= SHEETS; sheet++) {
        bool is_tenth = keying_desk_is_sampled(sheet, 10), is_half = keying_desk_is_sampled(sheet, 50);
        assert_true(keying_desk_is_sampled(sheet, 100) && (!is_tenth || is_half));
        tenth += is_tenth;
        half += is_half;
    }
    assert_in_range(tenth, SHEETS / 10 - 200, SHEETS / 10 + 200); /* five standard deviations */
    assert_in_range(half, SHEETS / 2 - 400, SHEETS / 2 + 400);
}

/* --- counts that are watched --- */

/* All counts shown, in a row of digits: two pictures of them are the same or not. */
static const char *picture(const struct counts *counts) {
    struct buffer text = {0};
    buffer_format(&text, "%zu %zu", counts->responses, counts->channels[CHANNEL_WEB]);
    for (size_t i = 0; i < counts->group_count; i++)
        for (size_t k = 0; k <= counts->groups[i].item->question->option_count; k++)
            buffer_format(&text, " %zu", counts->groups[i].responses[k]);
    for (size_t i = 0; i < counts->day_count; i++)
        buffer_format(&text, " %zu", counts->days[i].count[CHANNEL_WEB]);
    const char *copy = arena_copy(arena, buffer_text(&text));
    buffer_destroy(&text);
    return copy;
}

static void watched_counts_move_by_five_answers_at_once(void **state) {
    (void)state;
    const struct questionnaire *questionnaire =
        changed("        text: Role?\n", "        text: Role?\n        breakdown: true\n");
    struct store *store = open_store(STORE_WRITE, questionnaire);
    struct counts_steady steady = {0};
    struct failure failure = {0};
    const char *before = picture(counts_watch(&steady, questionnaire, store, &failure));
    assert_string_equal(before, "0 0 0 0 0 0");
    for (size_t i = 1; i <= 23; i++) {
        /* Every third a head: their numbers reach a multiple of five at the 13th answer, not with a step of
         * all. */
        const char *cells[ITEMS] = {i % 3 == 1 ? "head" : "member"};
        struct response response = respond(questionnaire, cells, NULL);
        add(store, &response);
        const struct counts *counts = counts_watch(&steady, questionnaire, store, &failure);
        assert_non_null(counts);
        const char *now = picture(counts);
        assert_true((strcmp(now, before) != 0) == (i % COUNTS_STEP == 0));
        assert_int_equal(counts->responses, i - i % COUNTS_STEP);
        assert_int_equal(counts->groups[0].responses[1] % COUNTS_STEP, 0);
        before = now;
    }
    counts_forget(&steady);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_become_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_stay_and_dates_are_turned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_written_is_read_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(differences_are_those_of_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sample_is_its_share_and_part_of_larger_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(watched_counts_move_by_five_answers_at_once, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("keying", tests, set_up_all, tear_down_all);
}
