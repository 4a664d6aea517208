/* Goal: the form's protocol. What comes in is sorted to its items or refused; the right screen follows, in
 * both directions; what is wrong is found where it is; and nothing that was entered gets lost on the way. */
#include "survey/form.h"
#include "survey/form_screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Three pages, of which the second hangs on the first and the third has a question that hangs on itself. */
static const char SOURCE[] =
    "questionnaire: routed\n"
    "languages: [en, fr]\n"
    "title: Routed\n"
    "privacy: Made up.\n"
    "layout: pages\n"
    "pages:\n"
    "  - title: One\n"
    "    questions:\n"
    "      - id: works\n"
    "        type: single\n"
    "        required: true\n"
    "        text: Works?\n"
    "        options:\n"
    "          - {code: \"yes\", text: \"Yes\"}\n"
    "          - {code: \"no\", text: \"No\"}\n"
    "          - {code: other, text: Other, specify: true}\n"
    "      - id: hats\n"
    "        type: multiple\n"
    "        text: Hats?\n"
    "        options:\n"
    "          - {code: a, text: A}\n"
    "          - {code: b, text: B}\n"
    "  - title: Two\n"
    "    when: works = yes\n"
    "    questions:\n"
    "      - {id: safe, type: number, required: true, text: \"Safe?\"}\n"
    "  - title: Three\n"
    "    questions:\n"
    "      - id: again\n"
    "        type: single\n"
    "        text: Again?\n"
    "        options:\n"
    "          - {code: \"yes\", text: \"Yes\"}\n"
    "          - {code: \"no\", text: \"No\"}\n"
    "      - {id: why, type: text, required: true, when: again = no, text: \"Why?\"}\n";

static struct arena *arena;
static const struct questionnaire *paged, *single;

static const struct questionnaire *parse(const char *source) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "routed.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "routed.yaml", source, strlen(source), diagnostics);
    diagnostics_print(diagnostics, stderr);
    return questionnaire;
}

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    paged = parse(SOURCE);
    const char *layout = strstr(SOURCE, "layout: pages");
    single = parse(arena_format(arena, "%.*slayout: single%s", (int)(layout - SOURCE), SOURCE,
                                layout + strlen("layout: pages")));
    return paged && single ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

static enum form_fault read_into(struct form *form, const struct questionnaire *questionnaire,
                                 const char *body, const char **field) {
    struct request request = {0};
    assert_int_equal(request_read_form(&request, arena, body, strlen(body), form_field_limit(questionnaire)),
                     REQUEST_SOUND);
    form_start(form, arena, questionnaire, 0);
    return form_read(form, arena, questionnaire, &request, field);
}

/* What the step of a sound body comes to. */
static struct form_result step(const struct questionnaire *questionnaire, const char *body) {
    struct form form;
    const char *field;
    assert_int_equal(read_into(&form, questionnaire, body, &field), FORM_SOUND);
    return form_take_step(&form, arena, questionnaire);
}

static void fields_go_to_their_items(void **state) {
    (void)state;
    struct form form;
    const char *field;
    assert_int_equal(read_into(&form, paged,
                               "response-key=77&page-shown=1&form-language=fr&hats=b&works=other&hats=a"
                               "&works_specify=partly&safe=12&go-back=1",
                               &field),
                     FORM_SOUND);
    assert_int_equal(form.key, 77);
    assert_int_equal(form.screen, 1);
    assert_int_equal(form.language, 1);
    assert_int_equal(form.step, FORM_BACK);
    const struct entry *works = &form.entries[0], *hats = &form.entries[1];
    assert_int_equal(works->value_count, 1);
    assert_string_equal(works->values[0], "other");
    assert_string_equal(works->specify, "partly");
    assert_int_equal(hats->value_count, 2);
    assert_string_equal(hats->values[0], "b");
    assert_string_equal(hats->values[1], "a");
    assert_string_equal(form.entries[2].values[0], "12");
    assert_int_equal(form.entries[3].value_count, 0);
}

static void unknown_fields_are_refused_by_name(void **state) {
    (void)state;
    const char *const unknown[] = {"nothing",  "works-", "go-away", "hats_specify",
                                   "_specify", "Works",  "works.x"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct form form;
        const char *field = NULL;
        assert_int_equal(read_into(&form, paged, arena_format(arena, "works=yes&%s=1", unknown[i]), &field),
                         FORM_UNKNOWN_FIELD);
        assert_string_equal(field, unknown[i]);
    }
}

static void fields_that_stand_once_are_refused_twice(void **state) {
    (void)state;
    const char *const repeated[] = {"response-key=1&response-key=1", "page-shown=0&page-shown=0",
                                    "go-next=1&go-next=1",           "go-next=1&go-back=1",
                                    "go-send=1&go-language=fr",      "works_specify=x&works_specify=y"};
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        struct form form;
        const char *field;
        assert_int_equal(read_into(&form, paged, repeated[i], &field), FORM_REPEATED_FIELD);
    }
}

static void a_bad_key_is_none(void **state) {
    (void)state;
    const char *const bad[] = {"", "0", "-5", "12x", "99999999999999999999", "0x10", " 7"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct form form;
        const char *field;
        const char *encoded = strcmp(bad[i], " 7") ? bad[i] : "+7";
        assert_int_equal(read_into(&form, paged, arena_format(arena, "response-key=%s", encoded), &field),
                         FORM_SOUND);
        assert_int_equal(form.key, 0);
    }
}

static void a_strange_screen_is_the_last(void **state) {
    (void)state;
    struct form form;
    const char *field;
    read_into(&form, paged, "page-shown=x", &field);
    assert_int_equal(form.screen, 2);
    read_into(&form, paged, "works=yes", &field);
    assert_int_equal(form.screen, 2);
    read_into(&form, paged, "page-shown=3", &field); /* the one to send from */
    assert_int_equal(form.screen, 3);
    read_into(&form, paged, "page-shown=1000000", &field);
    assert_int_equal(form.screen, 3);
}

static void the_button_of_a_language_comes_before_the_form_s(void **state) {
    (void)state;
    struct form form;
    const char *field;
    read_into(&form, paged, "form-language=en&go-language=fr", &field);
    assert_int_equal(form.language, 1);
    assert_int_equal(form.step, FORM_LANGUAGE);
    read_into(&form, paged, "form-language=fr&go-language=xx", &field);
    assert_int_equal(form.language, 1);
    read_into(&form, paged, "form-language=zz", &field);
    assert_int_equal(form.language, 0);
}

static void next_and_back_step_over_what_is_not_asked(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=0&works=yes&go-next=1");
    assert_int_equal(result.turn, FORM_SHOW);
    assert_int_equal(result.screen, 1);
    result = step(paged, "page-shown=0&works=no&safe=nonsense&go-next=1");
    assert_int_equal(result.turn, FORM_SHOW);
    assert_int_equal(result.screen, 2);
    result = step(paged, "page-shown=2&works=no&go-back=1");
    assert_int_equal(result.screen, 0);
    result = step(paged, "page-shown=2&works=yes&go-back=1");
    assert_int_equal(result.screen, 1);
    result = step(paged, "page-shown=0&go-back=1");
    assert_int_equal(result.screen, 0);
}

static void next_on_the_last_screen_leads_to_the_one_to_send_from(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=2&works=no&go-next=1");
    assert_int_equal(result.turn, FORM_SHOW);
    assert_int_equal(result.screen, 3);
    result = step(paged, "page-shown=3&works=no&go-back=1");
    assert_int_equal(result.screen, 2);
    result = step(paged, "page-shown=3&works=no&go-send=1");
    assert_int_equal(result.turn, FORM_STORE);
}

static void next_checks_its_own_screen_only(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=0&go-next=1");
    assert_int_equal(result.turn, FORM_MEND);
    assert_int_equal(result.screen, 0);
    assert_int_equal(result.problem_count, 1);
    assert_string_equal(result.problems[0].item->id, "works");
    result = step(paged, "page-shown=1&works=yes&safe=many&again=maybe&go-next=1");
    assert_int_equal(result.problem_count, 1);
    assert_string_equal(result.problems[0].item->id, "safe");
}

static void back_and_a_new_language_never_complain(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=1&works=yes&safe=many&go-back=1");
    assert_int_equal(result.turn, FORM_SHOW);
    assert_int_equal(result.problem_count, 0);
    result = step(paged, "page-shown=1&works=yes&safe=many&go-language=fr");
    assert_int_equal(result.turn, FORM_SHOW);
    assert_int_equal(result.screen, 1);
    assert_int_equal(result.problem_count, 0);
}

static void sending_goes_to_the_first_screen_with_an_error(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=2&works=yes&safe=many&go-send=1");
    assert_int_equal(result.turn, FORM_MEND);
    assert_int_equal(result.screen, 1);
    result = step(paged, "page-shown=2&works=perhaps&safe=many&go-send=1");
    assert_int_equal(result.screen, 0);
    assert_int_equal(result.problems[0].kind, PROBLEM_UNKNOWN_CODE);
    result = step(paged, "page-shown=2&works=yes&safe=1&go-send=1");
    assert_int_equal(result.turn, FORM_STORE);
    assert_true(result.answers[2].number == 1);
}

static void what_a_person_can_have_repeated_is_a_problem_of_the_field(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=0&works=yes&works=no&go-next=1");
    assert_int_equal(result.turn, FORM_MEND);
    assert_int_equal(result.problems[0].kind, PROBLEM_SEVERAL);
    result = step(paged, "page-shown=0&works=yes&hats=a&hats=a&go-next=1");
    assert_int_equal(result.problems[0].kind, PROBLEM_REPEATED);
}

static void a_question_that_comes_up_is_shown_before_it_is_missed(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=2&works=no&again=no&not-shown=why&go-send=1");
    assert_int_equal(result.turn, FORM_REVEAL);
    assert_int_equal(result.screen, 2);
    assert_int_equal(result.problem_count, 0);
    result = step(paged, "page-shown=2&works=no&again=no&go-send=1");
    assert_int_equal(result.turn, FORM_MEND);
    assert_string_equal(result.problems[0].item->id, "why");
    result = step(paged, "page-shown=2&works=no&again=yes&not-shown=why&go-send=1");
    assert_int_equal(result.turn, FORM_STORE);
}

static void only_items_of_the_screen_can_be_withheld(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=2&works=yes&not-shown=works+safe++nothing&go-send=1");
    assert_int_equal(result.turn, FORM_MEND);
    assert_string_equal(result.problems[0].item->id, "safe");
}

static void a_single_layout_is_one_screen(void **state) {
    (void)state;
    size_t first, end;
    assert_int_equal(form_screen_count(single), 1);
    form_screen_pages(single, 0, &first, &end);
    assert_int_equal(first, 0);
    assert_int_equal(end, 3);
    form_screen_pages(single, 1, &first, &end);
    assert_int_equal(first, end);
    struct form_result result = step(single, "page-shown=0&works=yes&not-shown=safe+why&go-send=1");
    assert_int_equal(result.turn, FORM_REVEAL);
    result = step(single, "page-shown=0&works=yes&safe=3&not-shown=why&go-send=1");
    assert_int_equal(result.turn, FORM_STORE);
}

static void the_length_is_foreseen_as_far_as_it_is_known(void **state) {
    (void)state;
    struct form_result result = step(paged, "page-shown=0&works=yes&go-language=en");
    assert_int_equal(form_screen_prospect(paged, result.answers, 1, 0), FORM_SCREEN_MAY_COME);
    assert_int_equal(form_screen_prospect(paged, result.answers, 2, 0), FORM_SCREEN_COMES);
    assert_int_equal(form_screen_prospect(paged, result.answers, 1, 1), FORM_SCREEN_COMES);
    result = step(paged, "page-shown=2&works=no&go-language=en");
    assert_int_equal(form_screen_prospect(paged, result.answers, 1, 0), FORM_SCREEN_MAY_COME);
    assert_int_equal(form_screen_prospect(paged, result.answers, 1, 1), FORM_SCREEN_DOES_NOT_COME);
}

static void limits_leave_room_for_a_full_form(void **state) {
    (void)state;
    assert_true(form_body_limit(paged) >= 256 * 1024 + 9 * 10000);
    assert_true(form_field_limit(paged) > 20);
    assert_true(form_field_limit(paged) < 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_go_to_their_items),
        cmocka_unit_test(unknown_fields_are_refused_by_name),
        cmocka_unit_test(fields_that_stand_once_are_refused_twice),
        cmocka_unit_test(a_bad_key_is_none),
        cmocka_unit_test(a_strange_screen_is_the_last),
        cmocka_unit_test(the_button_of_a_language_comes_before_the_form_s),
        cmocka_unit_test(next_and_back_step_over_what_is_not_asked),
        cmocka_unit_test(next_on_the_last_screen_leads_to_the_one_to_send_from),
        cmocka_unit_test(next_checks_its_own_screen_only),
        cmocka_unit_test(back_and_a_new_language_never_complain),
        cmocka_unit_test(sending_goes_to_the_first_screen_with_an_error),
        cmocka_unit_test(what_a_person_can_have_repeated_is_a_problem_of_the_field),
        cmocka_unit_test(a_question_that_comes_up_is_shown_before_it_is_missed),
        cmocka_unit_test(only_items_of_the_screen_can_be_withheld),
        cmocka_unit_test(a_single_layout_is_one_screen),
        cmocka_unit_test(the_length_is_foreseen_as_far_as_it_is_known),
        cmocka_unit_test(limits_leave_room_for_a_full_form),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
