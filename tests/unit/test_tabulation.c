/* Counting: a handful of responses whose every count is known, in several orders; then many random ones
 * against a plain recount. */
#include "analysis/tabulation.h"
#include "model/base/diagnostic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char SOURCE[] = "questionnaire: counted\n"
                             "languages: [en]\n"
                             "title: Counted\n"
                             "privacy: Made up.\n"
                             "pages:\n"
                             "  - title: All\n"
                             "    questions:\n"
                             "      - id: role\n"
                             "        type: single\n"
                             "        text: Role?\n"
                             "        breakdown: true\n"
                             "        options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}]\n"
                             "      - id: hats\n"
                             "        type: multiple\n"
                             "        text: Hats?\n"
                             "        breakdown: true\n"
                             "        options: [{code: x, text: X}, {code: y, text: Y}]\n"
                             "      - id: order\n"
                             "        type: ranking\n"
                             "        text: Order?\n"
                             "        options: [{code: p, text: P}, {code: q, text: Q}, {code: r, text: R}]\n"
                             "      - id: years\n"
                             "        type: number\n"
                             "        decimals: 1\n"
                             "        minimum: -100\n"
                             "        text: Years?\n"
                             "      - id: seen\n"
                             "        type: date\n"
                             "        text: Seen?\n"
                             "      - id: words\n"
                             "        type: text\n"
                             "        text: Words?\n";

enum { ROLE, HATS, ORDER, YEARS, SEEN, WORDS, ITEMS };

static struct arena *arena;
static const struct questionnaire *questionnaire;
static const struct item *by[2];

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "counted.yaml");
    questionnaire = questionnaire_parse(arena, "counted.yaml", SOURCE, sizeof SOURCE - 1, diagnostics);
    diagnostics_print(diagnostics, stderr);
    if (!questionnaire)
        return 1;
    by[0] = questionnaire_item(questionnaire, "role");
    by[1] = questionnaire_item(questionnaire, "hats");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

/* A response in short: option numbers as digits, "" for not answered, "-" for no opinion, "/" for not asked.
 */
struct brief {
    const char *role, *hats, *order, *years, *seen, *words;
    enum channel channel;
};

static struct answer read_brief(size_t item, const char *text) {
    struct answer answer = {.state = ANSWER_GIVEN};
    if (*text == '\0')
        answer.state = ANSWER_NOT_ANSWERED;
    else if (strcmp(text, "-") == 0)
        answer.state = ANSWER_NO_OPINION;
    else if (strcmp(text, "/") == 0)
        answer.state = ANSWER_NOT_ASKED;
    else if (item == YEARS)
        answer.number = strtod(text, NULL);
    else if (item == SEEN || item == WORDS)
        answer.text = text;
    else {
        size_t *choices = ARENA_NEW(arena, size_t, strlen(text));
        for (; text[answer.choice_count]; answer.choice_count++)
            choices[answer.choice_count] = (size_t)(text[answer.choice_count] - '0');
        answer.choices = choices;
    }
    return answer;
}

static void add(struct tabulation *tabulation, const struct brief *brief) {
    const char *texts[ITEMS] = {brief->role,  brief->hats, brief->order,
                                brief->years, brief->seen, brief->words};
    struct answer answers[ITEMS];
    for (size_t i = 0; i < ITEMS; i++)
        answers[i] = read_brief(i, texts[i]);
    struct response response = {.key = 1, .channel = brief->channel, .answers = answers};
    tabulation_add(tabulation, &response);
}

static const struct brief BRIEFS[] = {
    {"0", "0", "012", "1.5", "2024-01-31", "b", CHANNEL_WEB},
    {"0", "01", "10", "-0", "2023-12-31", "a", CHANNEL_WEB},
    {"1", "1", "2", "0", "2024-01-31", "", CHANNEL_PAPER},
    {"1", "", "", "-2", "", "é", CHANNEL_PAPER},
    {"", "01", "210", "1.5", "/", "a", CHANNEL_WEB},
    {"0", "-", "/", "", "", "", CHANNEL_PAPER},
};
enum { BRIEF_COUNT = sizeof BRIEFS / sizeof *BRIEFS };

static void check_whole(const struct tabulation *tabulation) {
    struct tally whole = tabulation_sum(tabulation, (struct selection){0});
    assert_int_equal(whole.responses, 6);
    assert_int_equal(whole.items[ROLE].states[ANSWER_GIVEN], 5);
    assert_int_equal(whole.items[ROLE].states[ANSWER_NOT_ANSWERED], 1);
    assert_int_equal(whole.items[ROLE].options[0], 3);
    assert_int_equal(whole.items[ROLE].options[1], 2);
    assert_int_equal(whole.items[ROLE].options[2], 0);
    assert_null(whole.items[ROLE].ranked);
    assert_int_equal(whole.items[HATS].states[ANSWER_NO_OPINION], 1);
    assert_int_equal(whole.items[HATS].states[ANSWER_GIVEN], 4);
    assert_int_equal(whole.items[HATS].options[0], 3);
    assert_int_equal(whole.items[HATS].options[1], 3);
    assert_int_equal(whole.items[ORDER].states[ANSWER_NOT_ASKED], 1);
    const size_t first[] = {1, 1, 2}, ranked[] = {3, 3, 3}, sums[] = {6, 5, 5};
    assert_memory_equal(whole.items[ORDER].options, first, sizeof first);
    assert_memory_equal(whole.items[ORDER].ranked, ranked, sizeof ranked);
    assert_memory_equal(whole.items[ORDER].rank_sums, sums, sizeof sums);
}

static void check_groups(const struct tabulation *tabulation) {
    struct tally a = tabulation_sum(tabulation, (struct selection){{{0, 0}}, 1});
    assert_int_equal(a.responses, 3);
    assert_int_equal(a.items[HATS].options[0], 2);
    assert_int_equal(a.items[HATS].options[1], 1);
    assert_int_equal(tabulation_sum(tabulation, (struct selection){{{0, 2}}, 1}).responses, 0);
    struct selection both = {{{0, 0}, {2, CHANNEL_WEB}}, 2};
    assert_int_equal(tabulation_sum(tabulation, both).responses, 2);
    assert_int_equal(tabulation_responses(tabulation, both), 2);
    assert_int_equal(tabulation_sum(tabulation, both).items[ROLE].options[0], 2);
    struct tally y = tabulation_sum(tabulation, (struct selection){{{1, 1}}, 1});
    assert_int_equal(y.responses, 3);
    assert_int_equal(y.items[ROLE].options[0], 1);
    assert_int_equal(y.items[ROLE].options[1], 1);
    assert_int_equal(y.items[ROLE].states[ANSWER_NOT_ANSWERED], 1);
    struct tally paper = tabulation_sum(tabulation, (struct selection){{{2, CHANNEL_PAPER}}, 1});
    assert_int_equal(paper.responses, 3);
    assert_int_equal(paper.items[ORDER].options[2], 1);
}

static void check_values(const struct tabulation *tabulation) {
    size_t count;
    const struct item *years = &questionnaire->items[YEARS], *seen = &questionnaire->items[SEEN];
    const struct value_count *values = tabulation_values(tabulation, years, (struct selection){0}, &count);
    assert_int_equal(count, 3);
    assert_true(values[0].value == -2 && values[0].count == 1);
    assert_true(values[1].value == 0 && values[1].count == 2); /* −0 and 0 are one */
    assert_true(values[2].value == 1.5 && values[2].count == 2);
    values = tabulation_values(tabulation, seen, (struct selection){{{1, 0}}, 1}, &count);
    assert_int_equal(count, 2);
    assert_true(values[0].value == 20231231 && values[1].value == 20240131);
    tabulation_values(tabulation, years, (struct selection){{{0, 2}}, 1}, &count);
    assert_int_equal(count, 0);
    const char *const *texts = tabulation_texts(tabulation, &questionnaire->items[WORDS], &count);
    const char *sorted[] = {"a", "a", "b", "é"};
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(texts[i], sorted[i]);
}

/* Every count is the same whichever of several orders the responses come in. */
static void test_known_counts(void **state) {
    (void)state;
    for (size_t start = 0; start < BRIEF_COUNT; start++)
        for (size_t step = 1; step < BRIEF_COUNT; step += 4) { /* 1 and 5: forwards and backwards */
            struct tabulation *tabulation = tabulation_create(arena, questionnaire, by, 2);
            for (size_t i = 0; i < BRIEF_COUNT; i++)
                add(tabulation, &BRIEFS[(start + i * step) % BRIEF_COUNT]);
            check_whole(tabulation);
            check_groups(tabulation);
            check_values(tabulation);
        }
}

/* Nor does it matter who counted what, if anything, nor in what order the counts are put together. */
static void test_merged_counts(void **state) {
    (void)state;
    for (size_t split = 0; split <= BRIEF_COUNT; split++) {
        struct tabulation *parts[] = {tabulation_create(arena, questionnaire, by, 2),
                                      tabulation_create(arena, questionnaire, by, 2)};
        for (size_t i = 0; i < BRIEF_COUNT; i++)
            add(parts[i >= split], &BRIEFS[i]);
        struct tabulation *sum = tabulation_create(arena, questionnaire, by, 2);
        tabulation_merge(sum, parts[split % 2]);
        tabulation_merge(sum, parts[1 - split % 2]);
        check_whole(sum);
        check_groups(sum);
        check_values(sum);
    }
}

/* Cells are numbered by their answers, not by who came first; values stay with their cell. */
static void test_numbering(void **state) {
    (void)state;
    const struct item *role = questionnaire_item(questionnaire, "role");
    struct tabulation *tabulation = tabulation_create(arena, questionnaire, &role, 1);
    for (size_t i = BRIEF_COUNT; i-- > 0;)
        add(tabulation, &BRIEFS[i]);
    tabulation_end(tabulation);
    const struct {
        size_t role, channel, responses;
    } expected[] = {{3, CHANNEL_WEB, 1}, {0, CHANNEL_WEB, 2}, {0, CHANNEL_PAPER, 1}, {1, CHANNEL_PAPER, 2}};
    const size_t cells = sizeof expected / sizeof *expected, place_of[] = {0, 1, 2, 3};
    assert_int_equal(tabulation_cell_count(tabulation), cells);
    for (size_t i = 0; i < cells; i++) {
        assert_int_equal(tabulation_cell_code(tabulation, i, 0), expected[i].role);
        assert_int_equal(tabulation_cell_code(tabulation, i, 1), expected[i].channel);
        assert_int_equal(tabulation_cell_responses(tabulation, i), expected[i].responses);
    }
    size_t count;
    const struct placed_value *values = tabulation_placed_values(
        arena, tabulation, &questionnaire->items[YEARS], (struct selection){0}, place_of, &count);
    const struct placed_value known[] = {{-2, 3, 1}, {0, 1, 1}, {0, 3, 1}, {1.5, 0, 1}, {1.5, 1, 1}};
    assert_int_equal(count, sizeof known / sizeof *known);
    for (size_t i = 0; i < count; i++) {
        assert_true(values[i].value == known[i].value);
        assert_int_equal(values[i].place, known[i].place);
        assert_int_equal(values[i].count, known[i].count);
    }
}

static void test_nothing(void **state) {
    (void)state;
    struct tabulation *tabulation = tabulation_create(arena, questionnaire, by, 2);
    tabulation_end(tabulation);
    assert_int_equal(tabulation_cell_count(tabulation), 0);
    assert_int_equal(tabulation_sum(tabulation, (struct selection){0}).responses, 0);
    size_t count = 7;
    tabulation_values(tabulation, &questionnaire->items[YEARS], (struct selection){{{0, 0}}, 1}, &count);
    assert_int_equal(count, 0);
    count = 7;
    tabulation_texts(tabulation, &questionnaire->items[WORDS], &count);
    assert_int_equal(count, 0);
}

static uint64_t random_next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Many cells and many values: tables grow, and no count is lost. */
static void test_growth(void **state) {
    (void)state;
    enum { RESPONSES = 20000 };
    uint64_t seed = 88172645463325252u;
    struct tabulation *tabulation = tabulation_create(arena, questionnaire, by, 2);
    size_t expected[3][4000] = {{0}}, values_of_group[3] = {0};
    for (size_t i = 0; i < RESPONSES; i++) {
        size_t role = random_next(&seed) % 3, hat = random_next(&seed) % 2, year = random_next(&seed) % 4000;
        struct answer answers[ITEMS] = {
            [ROLE] = {.state = ANSWER_GIVEN, .choices = &role, .choice_count = 1},
            [HATS] = {.state = ANSWER_GIVEN, .choices = &hat, .choice_count = 1},
            [YEARS] = {.state = ANSWER_GIVEN, .number = (double)year / 10},
        };
        struct response response = {.channel = random_next(&seed) % 2, .answers = answers};
        tabulation_add(tabulation, &response);
        values_of_group[role] += expected[role][year]++ == 0;
    }
    for (size_t role = 0; role < 3; role++) {
        size_t count;
        const struct value_count *values = tabulation_values(tabulation, &questionnaire->items[YEARS],
                                                             (struct selection){{{0, role}}, 1}, &count);
        assert_int_equal(count, values_of_group[role]);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(values[i].count, expected[role][(size_t)(values[i].value * 10 + 0.5)]);
    }
}

/* A breakdown of more options than a word has bits. */
static void test_many_options(void **state) {
    (void)state;
    enum { OPTIONS = 130 };
    struct buffer source = {0};
    buffer_append(&source,
                  "questionnaire: wide\nlanguages: [en]\ntitle: W\nprivacy: P\npages:\n  - title: T\n"
                  "    questions:\n      - {id: wide, type: multiple, breakdown: true, text: W, options: [");
    for (int i = 0; i < OPTIONS; i++)
        buffer_format(&source, "%s{code: c%d, text: T}", i ? ", " : "", i);
    buffer_append(&source, "]}\n");
    struct diagnostics *diagnostics = diagnostics_create(arena, "wide.yaml");
    const struct questionnaire *wide =
        questionnaire_parse(arena, "wide.yaml", source.bytes, source.length, diagnostics);
    assert_non_null(wide);
    const struct item *item = &wide->items[0];
    struct tabulation *tabulation = tabulation_create(arena, wide, &item, 1);
    for (size_t i = 0; i < OPTIONS; i++) { /* the i-th response ticks i and the last one */
        const size_t choices[] = {i, OPTIONS - 1};
        struct answer answer = {
            .state = ANSWER_GIVEN, .choices = choices, .choice_count = i + 1 < OPTIONS ? 2 : 1};
        struct response response = {.answers = &answer};
        tabulation_add(tabulation, &response);
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        struct tally tally = tabulation_sum(tabulation, (struct selection){{{0, i}}, 1});
        assert_int_equal(tally.responses, i + 1 < OPTIONS ? 1 : OPTIONS);
        assert_int_equal(tally.items[0].options[OPTIONS - 1], tally.responses);
    }
    buffer_destroy(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_counts), cmocka_unit_test(test_merged_counts),
        cmocka_unit_test(test_numbering),    cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_growth),       cmocka_unit_test(test_many_options),
    };
    return cmocka_run_group_tests_name("tabulation", tests, set_up, tear_down);
}
