/* Goal: two waves are compared question by question as their counts say; who is in both is found by their own
 * codes, and what would tell of a few people is not told. */
#include "analysis/compare_code.h"
#include "analysis/compare_match.h"
#include "analysis/compare_results.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/study.h"

static const char FIRST[] = "questionnaire: one\n"
                            "languages: [en]\n"
                            "title: First\n"
                            "privacy: Made up.\n"
                            "population: {size: 400}\n"
                            "pages:\n"
                            "  - questions:\n"
                            "      - {id: code, type: text, text: Code}\n"
                            "      - id: fit\n"
                            "        type: scale\n"
                            "        text: Fit\n"
                            "        options:\n"
                            "          - {code: 3, text: 'Yes', favourable: true}\n"
                            "          - {code: 2, text: Rather, favourable: true}\n"
                            "          - {code: 1, text: 'No'}\n"
                            "      - id: hats\n"
                            "        type: multiple\n"
                            "        text: Hats\n"
                            "        options: [{code: x, text: X}, {code: y, text: Y}]\n"
                            "      - id: place\n"
                            "        type: single\n"
                            "        text: Place\n"
                            "        options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}]\n"
                            "      - {id: years, type: number, text: Years, unit: years}\n"
                            "      - {id: day, type: date, text: Day}\n"
                            "      - {id: gone, type: number, text: Gone}\n";

/* The second wave is the first with what a test puts in place of it. */
static const char *change(struct arena *arena, const char *text, const char *from, const char *to) {
    const char *found = strstr(text, from);
    assert_non_null(found);
    return arena_format(arena, "%.*s%s%s", (int)(found - text), text, to, found + strlen(from));
}

static const struct questionnaire *parse(struct arena *arena, const char *source) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "second.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "second.yaml", source, strlen(source), diagnostics);
    diagnostics_print(diagnostics, stderr);
    assert_non_null(questionnaire);
    return questionnaire;
}

/* --- codes --- */

static void assert_same_code(const char *one, const char *other) {
    struct arena *arena = arena_create();
    assert_string_equal(compare_code_normalise(arena, one), compare_code_normalise(arena, other));
    arena_destroy(arena);
}

static void codes_are_the_same_but_for_case_and_blanks(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    assert_string_equal(compare_code_normalise(arena, " \tAb  Ç\n12\u00A0"), "ab ç 12");
    assert_same_code("Œuf ÿ Ž", "ŒUF Ÿ ž");
    assert_same_code("ΑΒΩ Жук Ёж", "αβω ЖУК ёЖ");
    assert_same_code("\u202FÈÉ×÷\u3000\U0001F600", "èé×÷ \U0001F600");
    assert_string_not_equal(compare_code_normalise(arena, "a1"), compare_code_normalise(arena, "a 1"));
    assert_string_not_equal(compare_code_normalise(arena, "é"), compare_code_normalise(arena, "e"));
    assert_null(compare_code_normalise(arena, " \u00A0\t"));
    assert_null(compare_code_normalise(arena, ""));
    arena_destroy(arena);
}

/* --- matches --- */

static const struct compare_match *match_of(struct arena *arena, const char *second, const char *id) {
    size_t count;
    const struct compare_match *matches =
        compare_match_all(arena, parse(arena, FIRST), parse(arena, second), &count);
    for (size_t i = 0; i < count; i++)
        if (!strcmp((matches[i].items[1] ? matches[i].items[1] : matches[i].items[0])->id, id))
            return &matches[i];
    fail_msg("%s is not listed", id);
    return NULL;
}

static void questions_are_matched_by_id_or_said_not_to_be(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    static const struct {
        const char *from, *to, *id;
        enum compare_match_fit fit;
        bool reworded;
    } cases[] = {
        {"First", "Second", "fit", COMPARE_MATCH_FITS, false},
        {"text: Fit", "text: Fits", "fit", COMPARE_MATCH_FITS, true},
        {"text: Rather", "text: Partly", "fit", COMPARE_MATCH_FITS, true},
        {"text: Rather, favourable: true", "text: Rather", "fit", COMPARE_MATCH_FAVOURABLE, false},
        {"{code: a, text: A}", "{code: a, text: A, value: 4}", "place", COMPARE_MATCH_VALUES, false},
        {"{code: x, text: X}, {code: y, text: Y}", "{code: y, text: Y}, {code: x, text: X}", "hats",
         COMPARE_MATCH_FITS, false},
        {"{code: y, text: Y}", "{code: z, text: Y}", "hats", COMPARE_MATCH_OPTIONS, false},
        {"{code: y, text: Y}", "{code: y, text: Y}, {code: z, text: Z}", "hats", COMPARE_MATCH_OPTIONS,
         false},
        {"type: single", "type: multiple", "place", COMPARE_MATCH_TYPE, false},
        {"unit: years", "unit: months", "years", COMPARE_MATCH_UNIT, false},
        {"First", "Second", "day", COMPARE_MATCH_KIND, false},
        {"First", "Second", "code", COMPARE_MATCH_KIND, false},
        {"id: gone", "id: come", "gone", COMPARE_MATCH_ONLY_FIRST, false},
        {"id: gone", "id: come", "come", COMPARE_MATCH_ONLY_SECOND, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *second = change(arena, FIRST, cases[i].from, cases[i].to);
        const struct compare_match *match = match_of(arena, second, cases[i].id);
        if (match->fit != cases[i].fit || match->reworded != cases[i].reworded)
            fail_msg("case %zu: fit %d, reworded %d", i, (int)match->fit, match->reworded);
    }
    const char *offered = change(arena, FIRST, "text: Fit", "text: Fit\n        no_opinion: true");
    assert_true(match_of(arena, offered, "fit")->other_refusals);
    assert_false(match_of(arena, FIRST, "fit")->other_refusals);
    const char *turned = change(arena, FIRST, cases[5].from, cases[5].to);
    assert_int_equal(match_of(arena, turned, "hats")->options[0], 1);
    arena_destroy(arena);
}

/* --- two waves --- */

struct waves {
    struct study first, second;
    struct arena *arena;
    struct failure failure;
};

static void waves_open(struct waves *waves, const char *second) {
    *waves = (struct waves){.arena = arena_create()};
    study_open(&waves->first, FIRST);
    study_open(&waves->second, second);
}

static void waves_close(struct waves *waves) {
    study_close(&waves->first);
    study_close(&waves->second);
    arena_destroy(waves->arena);
}

static const struct compare_results *waves_compare(struct waves *waves, const char *link, size_t minimum) {
    const struct compare_options options = {.results = {.confidence = 0.95, .minimum_cell = minimum},
                                            .link = link};
    study_compute(&waves->first, &options.results); /* what was added is there to be read */
    study_compute(&waves->second, &options.results);
    const struct compare_wave both[2] = {{waves->first.store, waves->first.questionnaire},
                                         {waves->second.store, waves->second.questionnaire}};
    waves->failure = (struct failure){0};
    return compare_results_compute(waves->arena, both, &options, &waves->failure);
}

static const struct compare_question *question_of(const struct compare_results *results, const char *id) {
    for (size_t i = 0; i < results->question_count; i++)
        if (results->questions[i].match->items[1] && !strcmp(results->questions[i].match->items[1]->id, id))
            return &results->questions[i];
    return NULL;
}

/* `count` people, numbered from `from` on, who answer alike. */
static void add(struct study *study, size_t from, size_t count, const char *answers) {
    for (size_t i = from; i < from + count; i++) {
        char text[128];
        snprintf(text, sizeof text, "code=p%zu %s", i, answers);
        study_add(study, CHANNEL_PAPER, (int64_t)i + (study->questionnaire->name[0] == 'o' ? 1 : 100001),
                  text);
    }
}

static const char *second_source(struct arena *arena) {
    const char *named = change(arena, FIRST, "questionnaire: one", "questionnaire: two");
    return change(arena, change(arena, named, "{code: a, text: A}, ", ""), "{code: c, text: C}",
                  "{code: c, text: C}, {code: a, text: A}");
}

static void the_same_people_are_followed_by_their_codes(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct waves waves;
    waves_open(&waves, second_source(arena));
    add(&waves.first, 1, 40, "fit=3 hats=x place=a years=4");
    add(&waves.first, 41, 30, "fit=1 hats=y place=b years=6");
    add(&waves.first, 71, 20, "fit=2 hats=x+y place=c years=5");
    add(&waves.second, 1, 30, "fit=3 hats=x+y place=a years=5"); /* of the 40, y gained, a year more */
    add(&waves.second, 31, 8, "fit=1 hats=x place=c years=4");   /* of the 40, lost */
    add(&waves.second, 41, 22, "fit=2 hats=y place=b years=6");  /* of the 30, gained */
    add(&waves.second, 63, 6, "fit=1 hats=y place=b years=6");   /* of the 30, unchanged */
    add(&waves.second, 201, 12, "fit=3 hats=x place=b years=7"); /* new */
    const struct compare_results *results = waves_compare(&waves, "code", 5);
    assert_non_null(results);
    assert_int_equal(results->people->matched, 66);
    assert_int_equal(results->people->paired, 66);
    const struct compare_change *fit = question_of(results, "fit")->changes;
    assert_int_equal(fit->subject, COMPARE_FAVOURABLE);
    assert_int_equal(fit->waves[0].count, 60);
    assert_int_equal(fit->waves[0].base, 90);
    assert_int_equal(fit->waves[1].count, 64);
    assert_int_equal(fit->waves[1].base, 78);
    assert_int_equal(fit->pairing.state, COMPARE_PAIRING_SHOWN);
    assert_int_equal(fit->pairing.n, 66);
    assert_int_equal(fit->pairing.gained, 22);
    assert_int_equal(fit->pairing.lost, 8);
    assert_int_equal(fit->pairing.test->test.method, TEST_MCNEMAR);
    assert_true(fit->linked && fit->test->test.method == TEST_DIFFERENCE);
    const struct paired counts = {30, 8, 22, 6};
    const struct wave_overlap overlap = {66, paired_covariance(&counts)};
    const struct wave first =
        wave_rate(60, 90, 400, (struct interval){fit->waves[0].low, fit->waves[0].high, 0});
    const struct wave second =
        wave_rate(64, 78, 400, (struct interval){fit->waves[1].low, fit->waves[1].high, 0});
    const struct wave_change expected = wave_compare(&first, &second, overlap);
    assert_true(fit->change.low == expected.low && fit->change.high == expected.high);
    assert_int_equal(question_of(results, "fit")->answers->test.method, TEST_STUART_MAXWELL);
    const struct compare_change *hats = question_of(results, "hats")->changes;
    assert_int_equal(hats[1].pairing.gained, 30);
    assert_int_equal(hats[1].pairing.lost, 0);
    assert_int_equal(hats[0].pairing.counts[1], 38);
    const struct compare_change *years = question_of(results, "years")->changes;
    assert_int_equal(years->subject, COMPARE_MEAN);
    assert_int_equal(years->pairing.gained, 30);
    assert_int_equal(years->pairing.lost, 0);
    assert_true(fabs(years->pairing.values[1] - years->pairing.values[0] - 30.0 / 66) < 1e-12);
    const struct compare_question *place = question_of(results, "place");
    assert_string_equal(place->changes[2].option->code,
                        "a"); /* last in the second wave, first in the first */
    assert_int_equal(place->changes[2].waves[0].count, 40);
    assert_int_equal(place->changes[2].waves[1].count, 30);
    assert_int_equal(place->changes[2].pairing.lost, 8);
    assert_null(place->changes[2].test);
    assert_int_equal(question_of(results, "gone")->state, COMPARE_HIDDEN);
    waves_close(&waves);
    arena_destroy(arena);
}

/* All of one kind the first time, but for `few`; of them one changes. */
static enum compare_pairing_state pairing_with_few(size_t few) {
    struct arena *arena = arena_create();
    struct waves waves;
    waves_open(&waves, second_source(arena));
    add(&waves.first, 1, 50, "fit=3");
    add(&waves.first, 51, few, "fit=1");
    add(&waves.second, 1, 40, "fit=3");
    add(&waves.second, 41, 10, "fit=1");
    add(&waves.second, 51, few, "fit=1");
    const enum compare_pairing_state state =
        question_of(waves_compare(&waves, "code", 5), "fit")->changes->pairing.state;
    waves_close(&waves);
    arena_destroy(arena);
    return state;
}

static bool is_few(size_t people) {
    return people > 0 && people < 5;
}

static void what_few_said_the_other_time_is_not_told(void **state) {
    (void)state;
    assert_int_equal(pairing_with_few(0), COMPARE_PAIRING_SHOWN);
    for (size_t few = 1; few < 5; few++)
        assert_int_equal(pairing_with_few(few), COMPARE_PAIRING_RARE);
    assert_int_equal(pairing_with_few(5), COMPARE_PAIRING_SHOWN);
}

/* The same of a number that is one of two. */
static void nor_is_it_told_by_numbers(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    for (size_t few = 0; few < 7; few++) {
        struct waves waves;
        waves_open(&waves, second_source(arena));
        add(&waves.first, 1, 30, "years=1");
        add(&waves.first, 31, few, "years=0");
        add(&waves.second, 1, 20, "years=1");
        add(&waves.second, 21, 10 + few, "years=0");
        const struct compare_pairing *pairing =
            &question_of(waves_compare(&waves, "code", 5), "years")->changes->pairing;
        assert_int_equal(pairing->state, is_few(few) ? COMPARE_PAIRING_RARE : COMPARE_PAIRING_SHOWN);
        waves_close(&waves);
    }
    arena_destroy(arena);
}

/* `gone` people answer the first time only, `come` the second time only, 60 both times. */
static void assert_spared(size_t gone, size_t come, size_t spared) {
    struct arena *arena = arena_create();
    struct waves waves;
    waves_open(&waves, second_source(arena));
    add(&waves.first, 1, 60, "fit=3");
    add(&waves.second, 1, 30, "fit=3");
    add(&waves.second, 31, 30, "fit=1");
    add(&waves.first, 301, gone, "fit=1");
    add(&waves.second, 401, come, "fit=1");
    const struct compare_results *results = waves_compare(&waves, "code", 5);
    assert_int_equal(results->people->matched, 60);
    assert_int_equal(results->people->spared, spared);
    for (int wave = 0; wave < 2; wave++) {
        const size_t others = results->people->responses[wave] - results->people->paired;
        assert_true(others == 0 || others >= 5);
    }
    assert_int_equal(question_of(results, "fit")->changes->pairing.n, 60 - spared);
    waves_close(&waves);
    arena_destroy(arena);
}

static void those_who_answered_once_are_never_few(void **state) {
    (void)state;
    assert_spared(0, 0, 0);
    assert_spared(5, 0, 0);
    assert_spared(9, 7, 0);
    assert_spared(1, 0, 5); /* and then there are 5 others in the second wave, too */
    assert_spared(4, 4, 1);
    assert_spared(2, 30, 3);
    assert_spared(0, 3, 5);
}

/* A question that few of those in one wave only, or of those who kept silent the other time, answered. */
static void few_others_of_a_question_hide_its_pairs(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct waves waves;
    waves_open(&waves, second_source(arena));
    add(&waves.first, 1, 40, "fit=3 years=1");
    add(&waves.first, 41, 4, "years=1");
    add(&waves.first, 101, 10, "fit=1");
    add(&waves.second, 1, 40, "fit=3 years=2");
    add(&waves.second, 41, 4, "fit=1 years=2");
    add(&waves.second, 201, 10, "years=2");
    const struct compare_results *results = waves_compare(&waves, "code", 5);
    assert_int_equal(results->people->spared, 0);
    /* Of the 44 of the second wave who said it fits, 40 said so both times: 4 are left. */
    assert_int_equal(question_of(results, "fit")->changes->pairing.state, COMPARE_PAIRING_APART);
    assert_false(question_of(results, "fit")->changes->linked);
    assert_null(question_of(results, "fit")->answers);
    assert_int_equal(question_of(results, "years")->changes->pairing.state, COMPARE_PAIRING_SHOWN);
    waves_close(&waves);
    arena_destroy(arena);
}

static void codes_that_several_gave_are_nobodys(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct waves waves;
    waves_open(&waves, second_source(arena));
    add(&waves.first, 1, 20, "fit=3");
    add(&waves.second, 1, 20, "fit=3");
    study_add(&waves.first, CHANNEL_PAPER, 900, "code=P7 fit=1"); /* p7 is there already */
    study_add(&waves.first, CHANNEL_PAPER, 901, "fit=1");
    study_add(&waves.second, CHANNEL_PAPER, 902, "code=q fit=1");
    const struct compare_results *results = waves_compare(&waves, "code", 1);
    assert_int_equal(results->people->repeated[0], 2);
    assert_int_equal(results->people->uncoded[0], 1);
    assert_int_equal(results->people->repeated[1] + results->people->uncoded[1], 0);
    assert_int_equal(results->people->matched, 19);
    waves_close(&waves);
    arena_destroy(arena);
}

static void what_cannot_be_compared_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct waves waves;
    waves_open(&waves, second_source(arena));
    add(&waves.first, 1, 20, "fit=3");
    assert_null(waves_compare(&waves, NULL, 5));
    assert_non_null(strstr(waves.failure.text, "has no responses"));
    add(&waves.second, 17, 20, "fit=3"); /* p17 to p20 are in both */
    assert_non_null(waves_compare(&waves, NULL, 5));
    assert_null(waves_compare(&waves, "code", 5));
    assert_non_null(strstr(waves.failure.text, "fewer than 5 people"));
    study_add(&waves.second, CHANNEL_PAPER, 3, "fit=1"); /* the key of p3 in the first wave */
    assert_null(waves_compare(&waves, NULL, 5));
    assert_non_null(strstr(waves.failure.text, "1 of the responses are in both stores"));
    waves_close(&waves);
    arena_destroy(arena);
}

/* Everybody of both waves answered: nothing is left to chance. */
static void two_censuses_are_facts(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct waves waves;
    waves_open(&waves, change(arena, second_source(arena), "size: 400", "size: 20"));
    add(&waves.first, 1, 20, "fit=3 years=3");
    add(&waves.second, 1, 20, "fit=1 years=5");
    const struct compare_change *fit = question_of(waves_compare(&waves, NULL, 5), "fit")->changes;
    assert_true(fit->waves[1].census && !fit->waves[0].census && !fit->change.census);
    assert_int_equal(fit->test->test.method, TEST_FISHER);
    add(&waves.first, 21, 380, "fit=3 years=3");
    const struct compare_results *results = waves_compare(&waves, "code", 5);
    fit = question_of(results, "fit")->changes;
    assert_true(fit->change.census && fit->change.low == -1 && fit->change.high == -1);
    assert_int_equal(fit->test->test.reason, TEST_CENSUS);
    assert_int_equal(results->test_count, 0);
    const struct compare_change *years = question_of(results, "years")->changes;
    assert_true(years->change.census && years->change.low == 2 && years->pairing.difference.census);
    assert_int_equal(years->pairing.test->test.reason, TEST_CENSUS);
    waves_close(&waves);
    arena_destroy(arena);
}

/* --- what the figures that are shown tell --- */

static uint64_t seed = 20240503;

static size_t draw(size_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % below;
}

static void add_drawn(struct study *study, size_t person) {
    char text[96];
    int length = snprintf(text, sizeof text, "fit=%zu place=%c", 3 - draw(draw(3) + 1), "abc"[draw(3)]);
    if (draw(10))
        snprintf(text + length, sizeof text - (size_t)length, " hats=%s", draw(4) ? "x" : "x+y");
    add(study, person, 1, text + (draw(12) ? 0 : 6)); /* without the first answer */
}

/* No sum of what is shown is of 1 to 4 people: the others of a wave, nor those of one answer of the pairs,
 * who would be told by how many of them changed. */
static void assert_tells_nothing_of_few(const struct compare_results *results) {
    for (size_t i = 0; i < results->question_count; i++)
        for (size_t j = 0; j < results->questions[i].change_count; j++) {
            const struct compare_change *shown = &results->questions[i].changes[j];
            const struct compare_pairing *pairing = &shown->pairing;
            if (pairing->state != COMPARE_PAIRING_SHOWN) {
                assert_false(shown->linked);
                continue;
            }
            assert_true(pairing->n >= 5);
            for (int wave = 0; wave < 2; wave++) {
                assert_false(is_few(shown->waves[wave].base - pairing->n));
                assert_false(shown->subject != COMPARE_MEAN && is_few(pairing->counts[wave]));
                assert_false(shown->subject != COMPARE_MEAN && is_few(pairing->n - pairing->counts[wave]));
            }
        }
}

static void no_few_can_be_told_from_random_panels(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const char *source = second_source(arena);
    size_t refused = 0;
    for (int i = 0; i < 60; i++) {
        struct waves waves;
        waves_open(&waves, source);
        const size_t people = 8 + draw(60), gone = draw(8), come = draw(8);
        for (size_t person = 1; person <= people + gone; person++)
            add_drawn(&waves.first, person);
        for (size_t person = gone + 1; person <= people + gone + come; person++)
            add_drawn(&waves.second, person);
        const struct compare_results *results = waves_compare(&waves, "code", 5);
        if (results)
            assert_tells_nothing_of_few(results);
        else
            refused++;
        waves_close(&waves);
    }
    assert_true(refused < 20);
    arena_destroy(arena);
}

/* --- stores without a questionnaire file --- */

static void a_store_says_itself_whose_it_is(void **state) {
    (void)state;
    struct study study;
    struct failure failure = {0};
    const struct questionnaire *kept = NULL;
    study_open(&study, FIRST);
    add(&study, 1, 3, "fit=3");
    const struct results_options options = {.confidence = 0.95, .minimum_cell = 1};
    assert_int_equal(study_compute(&study, &options)->responses, 3);
    assert_true(store_is_database(study.path));
    struct store *store = store_open_kept(study.path, study.arena, &kept, &failure);
    assert_non_null(store);
    assert_string_equal(kept->name, "one");
    assert_int_equal(results_compute(study.arena, store, kept, &options, &failure)->responses, 3);
    store_close(store);
    assert_false(store_is_database(study.folder));
    assert_false(store_is_database("/nonexistent/answers.db"));
    assert_null(store_open_kept("/nonexistent/answers.db", study.arena, &kept, &failure));
    assert_true(failure_is_set(&failure) && !kept);
    study_close(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_the_same_but_for_case_and_blanks),
        cmocka_unit_test(questions_are_matched_by_id_or_said_not_to_be),
        cmocka_unit_test(the_same_people_are_followed_by_their_codes),
        cmocka_unit_test(what_few_said_the_other_time_is_not_told),
        cmocka_unit_test(nor_is_it_told_by_numbers),
        cmocka_unit_test(those_who_answered_once_are_never_few),
        cmocka_unit_test(few_others_of_a_question_hide_its_pairs),
        cmocka_unit_test(codes_that_several_gave_are_nobodys),
        cmocka_unit_test(what_cannot_be_compared_is_refused),
        cmocka_unit_test(two_censuses_are_facts),
        cmocka_unit_test(no_few_can_be_told_from_random_panels),
        cmocka_unit_test(a_store_says_itself_whose_it_is),
    };
    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
