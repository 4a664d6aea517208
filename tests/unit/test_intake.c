/* Goal: what a worker does is what would have been done at once, and nobody sees the store before it is done.
 */
#include "model/base/diagnostic.h"
#include "survey/intake.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char source[] = "questionnaire: desk\n"
                             "languages: [en]\n"
                             "title: Desk\n"
                             "privacy: Made up.\n"
                             "pages:\n"
                             "  - questions:\n"
                             "      - id: role\n"
                             "        type: text\n"
                             "        text: Role?\n";

static struct arena *arena;
static struct store *store;
static struct intake intake;
static char folder[] = "/tmp/bilan-intake-XXXXXX";
static const char *path;

static int set_up(void **state) {
    (void)state;
    struct failure failure = {0};
    arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "desk.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "desk.yaml", source, strlen(source), diagnostics);
    assert_non_null(questionnaire);
    assert_non_null(mkdtemp(folder));
    path = arena_format(arena, "%s/answers.db", folder);
    store = store_open(path, STORE_WRITE, questionnaire, &failure);
    assert_string_equal(failure.text, "");
    intake = (struct intake){.store = store};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    intake_close_worker(&intake);
    store_close(store);
    unlink(path);
    rmdir(folder);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    arena_destroy(arena);
    return 0;
}

static struct deed submission(int64_t key) {
    struct answer *answers = ARENA_NEW(arena, struct answer, 1);
    answers[0] = (struct answer){.state = ANSWER_GIVEN, .text = "made up"};
    return (struct deed){.kind = DEED_SUBMIT, .response = {.key = key, .answers = answers}};
}

static bool is_readable(int descriptor) {
    struct pollfd ready = {.fd = descriptor, .events = POLLIN};
    return poll(&ready, 1, 0) == 1;
}

/* Begins one response, ends it, and gives what it came to. */
static enum store_outcome submit(int64_t key) {
    const struct deed deed = submission(key), *deeds[] = {&deed};
    enum store_outcome outcomes[1];
    assert_false(intake_has_begun(&intake));
    intake_begin(&intake, deeds, 1, "2024-03-01");
    assert_true(intake_has_begun(&intake));
    assert_int_equal(intake_end(&intake, outcomes), STORE_DONE);
    assert_false(intake_has_begun(&intake));
    return outcomes[0];
}

static void a_turn_is_done_as_it_would_be_at_once(void **state) {
    (void)state;
    assert_true(intake_open_worker(&intake));
    for (int64_t key = 1; key <= 100; key++)
        assert_int_equal(submit(key), STORE_DONE);
    assert_int_equal(submit(50), STORE_ALREADY);
}

static void its_end_is_told_once(void **state) {
    (void)state;
    const struct deed deed = submission(7), *deeds[] = {&deed};
    enum store_outcome outcomes[1];
    assert_int_equal(intake_descriptor(&intake), -1);
    assert_true(intake_open_worker(&intake));
    assert_false(is_readable(intake_descriptor(&intake)));
    intake_begin(&intake, deeds, 1, "2024-03-01");
    intake_wait(&intake);
    assert_true(intake_is_done(&intake));
    assert_true(is_readable(intake_descriptor(&intake)));
    assert_int_equal(intake_end(&intake, outcomes), STORE_DONE);
    assert_false(is_readable(intake_descriptor(&intake)));
}

static void it_is_not_looked_at_while_it_is_written(void **state) {
    (void)state;
    const struct deed deed = submission(7), *deeds[] = {&deed};
    enum store_outcome outcomes[1];
    assert_true(intake_open_worker(&intake));
    assert_int_equal(intake_look(&intake, 1000), STORE_DONE);
    intake_begin(&intake, deeds, 1, "2024-03-01");
    intake.looked = 1;
    assert_int_equal(intake_look(&intake, 100000), STORE_DONE);
    assert_int_equal(intake.looked, 1);
    intake_end(&intake, outcomes);
    assert_int_equal(intake_look(&intake, 100000), STORE_DONE);
    assert_int_equal(intake.looked, 100000);
}

static void what_was_begun_is_done_before_it_closes(void **state) {
    (void)state;
    const struct deed deed = submission(7), *deeds[] = {&deed};
    enum store_outcome outcomes[1];
    assert_true(intake_open_worker(&intake));
    intake_begin(&intake, deeds, 1, "2024-03-01");
    intake_close_worker(&intake);
    assert_int_equal(intake_do(&intake, deeds, 1, "2024-03-01", outcomes), STORE_DONE);
    assert_int_equal(outcomes[0], STORE_ALREADY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_turn_is_done_as_it_would_be_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_end_is_told_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_not_looked_at_while_it_is_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_begun_is_done_before_it_closes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
