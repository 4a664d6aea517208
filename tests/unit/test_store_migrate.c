/* A questionnaire that changes while it is being answered: taken up, or refused with the reason and nothing
 * touched. */
#include "tests/unit/store_fixture.h"

/* A store with one full response, one of another role with words, and one empty. */
static void fill_store(void) {
    const char *const other[ITEMS] = {[ROLE] = "other", [HATS] = "none"};
    struct response responses[] = {respond(base, FULL, NULL), respond(base, other, "Élu"),
                                   respond(base, EMPTY, NULL)};
    responses[0].language = 1;
    struct store *store = open_store(STORE_WRITE, base);
    for (size_t i = 0; i < 3; i++)
        add(store, &responses[i]);
    store_close(store);
}

/* What the store holds, as text, without the keys, in a fixed order: enough to see that nothing changed. */
static const char *describe(const struct questionnaire *questionnaire) {
    struct store *store = open_store(STORE_READ, questionnaire);
    struct failure failure = {0};
    struct store_pass *pass = store_pass_begin(store, &failure);
    struct response response;
    struct buffer text = {0}, row = {0};
    size_t count = 0;
    static const char *const states[] = {"", "", "", "", "not_asked"};
    const char *rows[8];
    while (store_pass_next(pass, &response, &failure)) {
        buffer_clear(&row);
        for (size_t i = 0; i < questionnaire->item_count; i++) {
            answer_format(&row, &questionnaire->items[i], &response.answers[i]);
            buffer_append(&row, states[response.answers[i].state]);
            buffer_append(&row, "|");
        }
        rows[count++] = arena_copy(arena, buffer_text(&row));
    }
    store_pass_end(pass);
    store_close(store);
    assert_string_equal(failure.text, "");
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (strcmp(rows[i], rows[j]) > 0) {
                const char *swap = rows[i];
                rows[i] = rows[j];
                rows[j] = swap;
            }
    for (size_t i = 0; i < count; i++)
        buffer_format(&text, "%s\n", rows[i]);
    const char *described = arena_copy(arena, buffer_text(&text));
    buffer_destroy(&text);
    buffer_destroy(&row);
    return described;
}

struct refused_change {
    const char *from, *to, *reason;
};

static void test_changes_refused(void **state) {
    (void)state;
    static const struct refused_change changes[] = {
        {"languages: [fr, en]", "languages: [fr]", "the language \"en\""},
        {"          - {code: other, text: Other, specify: true}\n", "",
         "the answer \"other\" of \"role\" is gone"},
        {"    - {code: 0, text: \"No\"}\n", "", "the answer \"0\" of \"room\" is gone"},
        {"{code: 0, text: \"No\"}", "{code: 0, text: \"No\", value: 7}", "the value of the answer \"0\""},
        {"{code: a, text: A}", "{code: a, text: A, exclusive: true}", "is now exclusive"},
        {"text: Other, specify: true", "text: Other", "no longer takes words"},
        {"        no_opinion: true\n", "", "no longer offers no_opinion"},
        {"        text: Hats?\n", "        text: Hats?\n        at_most: 1\n", "at most 1"},
        {"        text: Hats?\n", "        text: Hats?\n        at_least: 3\n", "at least 3"},
        {"        text: Order?\n", "        text: Order?\n        at_most: 1\n", "at most 1"},
        {"        text: Years?\n", "        text: Years?\n        minimum: 0\n", "the minimum of \"years\""},
        {"        text: Hours?\n", "        text: Hours?\n        maximum: 1\n", "the maximum of \"hours\""},
        {"        decimals: 2\n", "        decimals: 1\n", "fewer decimals"},
        {"        text: Words?\n", "        text: Words?\n        maximum_length: 5\n", "the maximum length"},
        {"        type: date\n", "        type: text\n", "the type of \"seen\""},
        {"          - {id: room, text: Room}\n", "", "the question \"room\" is gone"},
        {"id: words", "id: other_words", "the question \"words\" is gone"},
    };
    fill_store();
    const char *before = describe(base);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const char *source = changes[i].from;
        const struct questionnaire *now = changed(source, changes[i].to);
        assert_refused(STORE_WRITE, now, changes[i].reason);
        assert_refused(STORE_READ, now, changes[i].reason);
        assert_string_equal(describe(base), before);
    }
}

/* Each is read as it will be, first from the store as it stands, then from the store brought up to it. */
static void assert_taken_up(const struct questionnaire *now, const char *expected) {
    assert_string_equal(describe(now), expected);
    store_close(open_store(STORE_WRITE, now));
    assert_string_equal(describe(now), expected);
    struct store *store = open_store(STORE_WRITE, now);
    struct response response = respond(now, (const char *const[32]){0}, NULL);
    add(store, &response);
    assert_int_equal(count_responses(store), 4);
    store_close(store);
    remove_store();
    fill_store();
}

static void test_changes_taken_up(void **state) {
    (void)state;
    fill_store();
    assert_string_equal(describe(base),
                        "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                        "other|||none||not_asked||||\n"
                        "|||||not_asked||||\n");
    assert_taken_up(changed("title: Kept", "title: Kept on"),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
    assert_taken_up(changed("      - id: years\n",
                            "      - id: added\n        type: single\n        text: New?\n"
                            "        options: [{code: x, text: X}, {code: y, text: Y}]\n"
                            "      - id: years\n"),
                    "member|0|no_opinion|a b|r p|1.25|not_asked|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked|not_asked||||\n"
                    "|||||not_asked|not_asked||||\n");
    /* A code that is no number turns the column into text; an added box was not ticked. */
    assert_taken_up(
        changed("    - {code: 2, text: Yes}\n    - {code: 1, text: Half}\n    - {code: 0, text: \"No\"}\n",
                "    - {code: 2, text: Yes, value: 2}\n    - {code: half, text: Half, value: 1}\n"
                "    - {code: 0, text: \"No\", value: 0}\n"),
        "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
        "other|||none||not_asked||||\n"
        "|||||not_asked||||\n");
    assert_taken_up(changed("          - {code: b, text: B}\n", "          - {code: b, text: B}\n"
                                                                "          - {code: d, text: D}\n"),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
    /* What nobody answered may go. */
    assert_taken_up(changed("          - {code: head, text: \"Head; of all\"}\n", ""),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
    assert_taken_up(changed("        decimals: 2\n", "        decimals: 4\n"),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
}

static void test_changed_beside_a_server(void **state) {
    (void)state;
    struct store *server = open_store(STORE_WRITE, base);
    store_close(open_store(STORE_WRITE, changed("id: years", "id: ages")));
    assert_int_equal(store_begin(server), STORE_FULL);
    assert_non_null(strstr(store_reason(server), "was changed"));
    store_rollback(server);
    store_close(server);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_changes_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changes_taken_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changed_beside_a_server, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("store_migrate", tests, set_up_all, tear_down_all);
}
