/* Conditions: what they mean in every state an answer can have, how they bind, what is wrong with wrong ones,
 * and whether anything can make them true, compared with trying everything. */
#include "model/expression.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char SOURCE[] =
    "questionnaire: test\n"
    "languages: [en]\n"
    "title: Test\n"
    "privacy: Nothing\n"
    "pages:\n"
    "  - questions:\n"
    "      - {id: a, type: single, text: A, no_opinion: true,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y}, {code: z, text: Z}]}\n"
    "      - {id: b, type: single, text: B, when: a = x or a = y,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y, when: a = y}]}\n"
    "  - when: not a = z\n"
    "    questions:\n"
    "      - {id: m, type: multiple, text: M, at_least: 2, at_most: 2, when: not b = y,\n"
    "         options: [{code: p, text: P}, {code: q, text: Q}, {code: r, text: R, when: a = y},\n"
    "                   {code: none, text: N, exclusive: true}]}\n"
    "      - {id: s, type: scale, text: S, not_concerned: true, no_opinion: true,\n"
    "         options: [{code: high, text: H, value: 10}, {code: low, text: L, value: 5}, {code: dk, text: "
    "D}]}\n"
    "  - questions:\n"
    "      - {id: n, type: number, text: N, minimum: 0, maximum: 2}\n"
    "      - {id: d, type: date, text: D}\n"
    "      - {id: t, type: text, text: T}\n"
    "      - {id: r, type: ranking, text: R, at_most: 2,\n"
    "         options: [{code: one, text: O}, {code: two, text: T}]}\n"
    "      - {id: g, type: scale, text: G,\n"
    "         options: [{code: 2, text: B}, {code: 1, text: A}],\n"
    "         items: [{id: g1, text: One}, {id: g2, text: Two}]}\n"
    "      - {id: last, type: text, text: L}\n";

enum { A, B, M, S, N, D, T, R, G1, G2, LAST, ITEM_COUNT };

static struct arena *arena;
static const struct questionnaire *questionnaire;

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "test.yaml");
    questionnaire = questionnaire_parse(arena, "test.yaml", SOURCE, strlen(SOURCE), diagnostics);
    diagnostics_print(diagnostics, stderr);
    return questionnaire && questionnaire->item_count == ITEM_COUNT ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

/* The condition, which may name all items but the last; with what is said of it in `*said`. */
static const struct expression *parse_saying(const char *text, char **said) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "w");
    diagnostics_set_source(diagnostics, arena_copy(arena, text), strlen(text));
    struct expression_scope scope = {questionnaire->items, LAST, ITEM_COUNT};
    const struct expression *expression =
        expression_parse(arena, text, (struct place){1, 1, 0}, &scope, diagnostics);
    size_t length;
    FILE *stream = open_memstream(said, &length);
    diagnostics_print(diagnostics, stream);
    fclose(stream);
    return expression;
}

static const struct expression *parse(const char *text) {
    char *said;
    const struct expression *expression = parse_saying(text, &said);
    if (!expression)
        fail_msg("%s", said);
    assert_string_equal(said, "");
    free(said);
    return expression;
}

static const size_t indices[] = {0, 1, 2, 3};

static struct answer choice(size_t option) {
    return (struct answer){.state = ANSWER_GIVEN, .choices = &indices[option], .choice_count = 1};
}

/* --- meaning --- */

struct row {
    const char *text;
    bool given, not_answered, no_opinion, not_concerned, not_asked;
};

/* Every row with the one item in each of its states. */
static void check_rows(const struct row *rows, size_t count, size_t item, struct answer given) {
    for (size_t i = 0; i < count; i++) {
        const struct expression *expression = parse(rows[i].text);
        const bool expected[] = {[ANSWER_GIVEN] = rows[i].given,
                                 [ANSWER_NOT_ANSWERED] = rows[i].not_answered,
                                 [ANSWER_NO_OPINION] = rows[i].no_opinion,
                                 [ANSWER_NOT_CONCERNED] = rows[i].not_concerned,
                                 [ANSWER_NOT_ASKED] = rows[i].not_asked};
        for (int state = ANSWER_NOT_ANSWERED; state <= ANSWER_NOT_ASKED; state++) {
            struct answer answers[ITEM_COUNT] = {0};
            answers[item].state = (enum answer_state)state;
            if (state == ANSWER_GIVEN)
                answers[item] = given;
            if (expression_holds(expression, answers) != expected[state])
                fail_msg("\"%s\" in state %d is not %d", rows[i].text, state, expected[state]);
        }
    }
}

#define CHECK_ROWS(rows, item, given) check_rows(rows, sizeof(rows) / sizeof *(rows), item, given)

static void test_single(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"a = x", true, false, false, false, false},
        {"a != x", false, false, false, false, false},
        {"a = y", false, false, false, false, false},
        {"a != y", true, false, false, false, false},
        {"not a = y", true, true, true, true, true},
        {"not a != y", false, true, true, true, true},
        {"a answered", true, false, true, false, false},
        {"not a answered", false, true, false, true, true},
        {"a = no_opinion", false, false, true, false, false},
        {"a != no_opinion", true, false, false, false, false},
    };
    CHECK_ROWS(rows, A, choice(0));
}

static void test_scale(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"s = high", true, false, false, false, false},
        {"s > low", true, false, false, false, false},
        {"s >= 10", true, false, false, false, false},
        {"s < 10", false, false, false, false, false},
        {"s <= 10.5", true, false, false, false, false},
        {"s = not_concerned", false, false, false, true, false},
        {"s answered", true, false, true, false, false},
        {"s answered or s = not_concerned", true, false, true, true, false},
    };
    static const struct row of_option_without_value[] = {
        {"s < high", false, false, false, false, false},
        {"s >= low", false, false, false, false, false},
        {"s != high", true, false, false, false, false},
    };
    CHECK_ROWS(rows, S, choice(0));
    CHECK_ROWS(of_option_without_value, S, choice(2));
}

/* A number that is a code means that code's value. */
static void test_scale_codes(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"g1 >= 2", true, false, false, false, false},   {"g1 > 1", true, false, false, false, false},
        {"g1 < 1.5", false, false, false, false, false}, {"g2 >= 1", false, false, false, false, false},
        {"g1 = 2", true, false, false, false, false},
    };
    CHECK_ROWS(rows, G1, choice(0));
}

static void test_several(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"m has p", true, false, false, false, false},   {"m has q", true, false, false, false, false},
        {"m has r", false, false, false, false, false},  {"not m has r", true, true, true, true, true},
        {"m answered", true, false, true, false, false},
    };
    CHECK_ROWS(rows, M, ((struct answer){.state = ANSWER_GIVEN, .choices = indices, .choice_count = 2}));
    static const struct row ranked[] = {{"r has one", false, false, false, false, false},
                                        {"r has two", true, false, false, false, false}};
    CHECK_ROWS(ranked, R, choice(1));
}

static void test_numbers(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"n = 1", true, false, false, false, false},   {"n = 1.0", true, false, false, false, false},
        {"n != 1", false, false, false, false, false}, {"n < 1", false, false, false, false, false},
        {"n <= 1", true, false, false, false, false},  {"n > 0.5", true, false, false, false, false},
        {"n >= 1", true, false, false, false, false},  {"n > -1", true, false, false, false, false},
        {"n>=2", false, false, false, false, false},
    };
    CHECK_ROWS(rows, N, ((struct answer){.state = ANSWER_GIVEN, .number = 1}));
}

static void test_days_and_texts(void **state) {
    (void)state;
    static const struct row days[] = {
        {"d = 2024-02-29", true, false, false, false, false},
        {"d < 2024-03-01", true, false, false, false, false},
        {"d >= 2024-03-01", false, false, false, false, false},
        {"d != 2023-12-31", true, false, false, false, false},
    };
    static const struct row texts[] = {{"t answered", true, false, true, false, false}};
    CHECK_ROWS(days, D, ((struct answer){.state = ANSWER_GIVEN, .text = "2024-02-29"}));
    CHECK_ROWS(texts, T, ((struct answer){.state = ANSWER_GIVEN, .text = "words"}));
}

/* --- binding --- */

/* Both texts are true of the same answers, over all combinations of three questions being answered. */
static void check_same(const char *one, const char *other, bool same) {
    const struct expression *left = parse(one), *right = parse(other);
    bool differ = false;
    for (unsigned bits = 0; bits < 8; bits++) {
        struct answer answers[ITEM_COUNT] = {0};
        for (unsigned i = 0; i < 3; i++)
            answers[i].state = bits >> i & 1 ? ANSWER_NO_OPINION : ANSWER_NOT_ANSWERED;
        differ = differ || expression_holds(left, answers) != expression_holds(right, answers);
    }
    if (differ == same)
        fail_msg("\"%s\" and \"%s\" %s", one, other, same ? "differ" : "are the same");
}

static void test_binding(void **state) {
    (void)state;
    check_same("a answered or b answered and m answered", "a answered or (b answered and m answered)", true);
    check_same("a answered or b answered and m answered", "(a answered or b answered) and m answered", false);
    check_same("a answered and b answered or m answered", "(a answered and b answered) or m answered", true);
    check_same("not a answered and b answered", "(not a answered) and b answered", true);
    check_same("not a answered and b answered", "not (a answered and b answered)", false);
    check_same("not (a answered or b answered)", "not a answered and not b answered", true);
    check_same("((a answered))", "a answered", true);
    check_same("a answered\n  and\n\tb answered", "a answered and b answered", true);
}

static void test_names(void **state) {
    (void)state;
    const struct expression *expression = parse("not (a = x or n > 1) and t answered");
    for (size_t i = 0; i < ITEM_COUNT; i++)
        assert_int_equal(expression_names(expression, &questionnaire->items[i]), i == A || i == N || i == T);
}

/* A chain of ten thousand characters is neither deep nor slow. */
static void test_long(void **state) {
    (void)state;
    char text[9999] = "a = x";
    while (strlen(text) < sizeof text - 12)
        strcat(text, " or a = y");
    struct answer answers[ITEM_COUNT] = {[A] = choice(1)};
    assert_true(expression_holds(parse(text), answers));
    assert_true(expression_possible((const struct expression *[]){parse(text)}, 1));
}

/* --- mistakes --- */

static void check_said(const char *text, const char *expected) {
    char *said;
    assert_null(parse_saying(text, &said));
    assert_string_equal(said, expected);
    free(said);
}

static void test_mistakes(void **state) {
    (void)state;
    check_said("a = w", "w:1:5: error: unknown answer to \"a\": \"w\"\n"
                        "    1 | a = w\n"
                        "      |     ^\n"
                        " help | possible here: x, y, z, no_opinion\n");
    check_said("a = x\n  and last answered",
               "w:2:7: error: \"last\" is asked later: a condition may only name "
               "questions before it\n"
               "    2 |   and last answered\n"
               "      |       ^~~~\n");
    check_said("é = x", "w:1:1: error: unknown question \"é\"\n"
                        "    1 | é = x\n"
                        "      | ^\n"
                        " help | possible here: a, b, m, s, n, d, t, r, g1, g2\n");
    check_said("s < dk", "w:1:5: error: the answer \"dk\" has no value to compare with\n"
                         "    1 | s < dk\n"
                         "      |     ^~\n");
    check_said("m has no_opinion",
               "w:1:3: error: \"no_opinion\" is not one of several answers: write \"m = no_opinion\"\n"
               "    1 | m has no_opinion\n"
               "      |   ^~~\n");
    check_said("s > no_opinion", "w:1:5: error: \"no_opinion\" is neither more nor less: use = or !=\n"
                                 "    1 | s > no_opinion\n"
                                 "      |     ^~~~~~~~~~\n");
}

/* --- whether anything makes it true --- */

static bool possible(const char *text) {
    const struct expression *expression = parse(text);
    return expression_possible(&expression, 1);
}

static void test_possible(void **state) {
    (void)state;
    const struct expression *both[] = {parse("a = x"), NULL, parse("a = y")};
    assert_true(expression_possible(both, 2));
    assert_false(expression_possible(both, 3));
    assert_true(expression_possible(NULL, 0));
    assert_false(possible("b = x and a = z")); /* b is only asked after x and y */
    assert_false(possible("b = y and a = x")); /* the option y only after y */
    assert_false(possible("m answered and b = y"));
    assert_false(possible("m has p and m has q and m has none")); /* exclusive */
    assert_false(possible("m has p and m has q and m has r"));    /* at most two */
    assert_false(possible("m has p and not m has q and a = x"));  /* at least two, and r is not offered */
    assert_true(possible("m has p and not m has q"));
    assert_false(possible("n > 0 and n < 1")); /* no decimals */
    assert_false(possible("n > 2"));
    assert_false(possible("d > 2024-02-28 and d < 2024-02-29"));
    assert_true(possible("d > 2024-02-28 and d < 2024-03-01"));
    assert_false(possible("d > 2023-12-31 and d < 2024-01-01"));
    assert_false(possible("d > 9999-12-31"));
    assert_false(possible("s > 10"));
    assert_false(possible("a = no_opinion and b answered"));
    assert_true(possible("not a answered and s = not_concerned"));
}

/* Every way in which the first six items can be answered, written down independently of the search. */
struct world {
    struct answer (*all)[ITEM_COUNT];
    size_t count, capacity;
};

static void add_world(struct world *world, const struct answer *answers) {
    if (world->count == world->capacity) {
        world->capacity = world->capacity ? world->capacity * 2 : 1024;
        world->all = realloc(world->all, world->capacity * sizeof *world->all);
    }
    memcpy(world->all[world->count++], answers, sizeof *world->all);
}

static const struct answer missing[] = {{.state = ANSWER_NOT_ANSWERED},
                                        {.state = ANSWER_NO_OPINION},
                                        {.state = ANSWER_NOT_CONCERNED},
                                        {.state = ANSWER_NOT_ASKED}};

static void add_days(struct world *world, struct answer *answers) {
    static const char *const days[] = {"2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"};
    for (size_t i = 0; i <= 5; i++) {
        answers[D] = i < 5 ? (struct answer){.state = ANSWER_GIVEN, .text = days[i]} : missing[0];
        add_world(world, answers);
    }
}

static void add_numbers(struct world *world, struct answer *answers) {
    for (int number = 0; number <= 3; number++) {
        answers[N] = number < 3 ? (struct answer){.state = ANSWER_GIVEN, .number = number} : missing[0];
        add_days(world, answers);
    }
}

static void add_scales(struct world *world, struct answer *answers) {
    bool asked = !(answers[A].state == ANSWER_GIVEN && answers[A].choices[0] == 2);
    for (size_t i = 0; i < (asked ? 6 : 1); i++) {
        answers[S] = !asked ? missing[3] : i < 3 ? choice(i) : missing[i - 3];
        add_numbers(world, answers);
    }
}

static void add_multiples(struct world *world, struct answer *answers) {
    static const size_t sets[][2] = {{0, 1}, {0, 2}, {1, 2}, {3, 3}};
    bool is_y = answers[A].state == ANSWER_GIVEN && answers[A].choices[0] == 1;
    bool is_z = answers[A].state == ANSWER_GIVEN && answers[A].choices[0] == 2;
    bool asked = !is_z && !(answers[B].state == ANSWER_GIVEN && answers[B].choices[0] == 1);
    answers[M] = asked ? missing[0] : missing[3];
    add_scales(world, answers);
    for (size_t i = 0; i < 4 && asked; i++) {
        if ((i == 1 || i == 2) && !is_y)
            continue;
        answers[M] =
            (struct answer){.state = ANSWER_GIVEN, .choices = sets[i], .choice_count = i == 3 ? 1 : 2};
        add_scales(world, answers);
    }
}

static struct world make_world(void) {
    struct world world = {0};
    for (size_t i = 0; i < 5; i++) {
        struct answer answers[ITEM_COUNT] = {0};
        answers[A] = i < 3 ? choice(i) : missing[i - 3];
        bool asked = i < 2;
        for (size_t j = 0; j < (asked ? i + 2 : 1); j++) {
            answers[B] = !asked ? missing[3] : j == 0 ? missing[0] : choice(j - 1);
            add_multiples(&world, answers);
        }
    }
    return world;
}

static unsigned long long seed = 20130301;

static unsigned random_below(unsigned bound) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % bound;
}

static void append_random(char *text, unsigned depth) {
    static const char *const leaves[] = {"a = x",
                                         "a = y",
                                         "a != z",
                                         "a answered",
                                         "a = no_opinion",
                                         "b = x",
                                         "b != x",
                                         "b answered",
                                         "b = y",
                                         "m has p",
                                         "m has q",
                                         "m has r",
                                         "m has none",
                                         "m answered",
                                         "s = high",
                                         "s >= low",
                                         "s < 10",
                                         "s = dk",
                                         "s = not_concerned",
                                         "n = 1",
                                         "n > 1",
                                         "n < 0.5",
                                         "n != 2",
                                         "n answered",
                                         "d = 2024-02-29",
                                         "d > 2024-02-28",
                                         "d <= 2024-02-29",
                                         "d != 2024-03-01"};
    unsigned kind = depth ? random_below(5) : 4;
    if (kind == 4) {
        strcat(text, leaves[random_below(sizeof leaves / sizeof *leaves)]);
        return;
    }
    strcat(text, kind == 0 ? "not (" : "(");
    append_random(text, depth - 1);
    strcat(text, kind == 1 ? " or " : " and ");
    append_random(text, depth - 1);
    strcat(text, ")");
}

static void test_possible_like_trying_everything(void **state) {
    (void)state;
    struct world world = make_world();
    size_t dead = 0;
    for (int round = 0; round < 3000; round++) {
        char text[4096] = "";
        append_random(text, 4);
        const struct expression *expression = parse(text);
        bool found = false;
        for (size_t i = 0; i < world.count && !found; i++)
            found = expression_holds(expression, world.all[i]);
        if (expression_possible(&expression, 1) != found)
            fail_msg("\"%s\" is %spossible", text, found ? "" : "not ");
        dead += !found;
    }
    /* Both kinds must have come up often, or nothing was tested. */
    assert_in_range(dead, 200, 2800);
    free(world.all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single),      cmocka_unit_test(test_scale),
        cmocka_unit_test(test_scale_codes), cmocka_unit_test(test_several),
        cmocka_unit_test(test_numbers),     cmocka_unit_test(test_days_and_texts),
        cmocka_unit_test(test_binding),     cmocka_unit_test(test_names),
        cmocka_unit_test(test_long),        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_possible),    cmocka_unit_test(test_possible_like_trying_everything),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
