/* Goal: pairs of answers are counted as going through all responses says, whatever is missing and however the
 * work is shared; and covariances are those of the complete answers. */
#include "analysis/pairs.h"

#include "tests/unit/people.h"

#include "model/base/diagnostic.h"

static const char SOURCE[] =
    "questionnaire: pairs\n"
    "languages: [en]\n"
    "title: Made up\n"
    "privacy: Made up.\n"
    "pages:\n"
    "  - title: All\n"
    "    questions:\n"
    "      - {id: up, type: scale, text: Up, no_opinion: true,\n"
    "         options: [{code: 1, text: a}, {code: 2, text: b}, {code: 3, text: c}]}\n"
    "      - {id: down, type: scale, text: Down,\n"
    "         options: [{code: 4, text: a}, {code: 3, text: b}, {code: 2, text: c}, {code: 1, text: d}]}\n"
    "      - {id: twice, type: single, text: Twice, options: [{code: a, text: a, value: 0.5},\n"
    "         {code: b, text: b, value: 2}, {code: c, text: c, value: 0.5}]}\n"
    "      - {id: words, type: text, text: Words}\n"
    "      - {id: yes, type: scale, text: Yes, options: [{code: 0, text: a}, {code: 1, text: b}]}\n";

enum { UP, DOWN, TWICE, WORDS, YES, ITEM_COUNT, RESPONSES = 500 };

/* The number of each option, and the level of it in ascending order. */
static const double VALUES[ITEM_COUNT][4] = {{1, 2, 3}, {4, 3, 2, 1}, {0.5, 2, 0.5}, {0}, {0, 1}};
static const size_t LEVELS[ITEM_COUNT][4] = {{0, 1, 2}, {3, 2, 1, 0}, {0, 1, 0}, {0}, {0, 1}};
static const size_t OPTIONS[ITEM_COUNT] = {3, 4, 3, 0, 2};

static struct arena *arena;
static const struct questionnaire *questionnaire;
static struct answer answers[RESPONSES][ITEM_COUNT];
static size_t choices[RESPONSES][ITEM_COUNT];
static const struct item *all_items[4], *two_items[2];
static struct pairs_set sets[2];

/* One in five answers is missing, in one way or another. */
static void draw_answers(void) {
    uint64_t seed = 7;
    for (size_t i = 0; i < RESPONSES; i++)
        for (size_t j = 0; j < ITEM_COUNT; j++) {
            answers[i][j].state = ANSWER_NOT_ANSWERED;
            if (OPTIONS[j] == 0 || tables_draw(&seed, 5) == 0) {
                answers[i][j].state = tables_draw(&seed, 2) ? ANSWER_NO_OPINION : ANSWER_NOT_ASKED;
                continue;
            }
            choices[i][j] = tables_draw(&seed, OPTIONS[j]);
            answers[i][j] =
                (struct answer){.state = ANSWER_GIVEN, .choices = &choices[i][j], .choice_count = 1};
        }
}

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "pairs.yaml");
    questionnaire = questionnaire_parse(arena, "pairs.yaml", SOURCE, sizeof SOURCE - 1, diagnostics);
    diagnostics_print(diagnostics, stderr);
    assert_non_null(questionnaire);
    all_items[0] = &questionnaire->items[UP];
    all_items[1] = &questionnaire->items[DOWN];
    all_items[2] = &questionnaire->items[TWICE];
    all_items[3] = &questionnaire->items[YES];
    two_items[0] = &questionnaire->items[YES];
    two_items[1] = &questionnaire->items[UP];
    sets[0] = (struct pairs_set){all_items, 4};
    sets[1] = (struct pairs_set){two_items, 2};
    draw_answers();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

static struct pairs *count(size_t first, size_t last) {
    struct pairs *pairs = pairs_create(arena, sets, 2);
    for (size_t i = first; i < last; i++)
        pairs_add(pairs, &(struct response){.answers = answers[i]});
    return pairs;
}

static bool has(size_t response, const struct item *item) {
    return answers[response][item->index].state == ANSWER_GIVEN;
}

static bool has_all(size_t response, const struct pairs_set *set) {
    for (size_t i = 0; i < set->count; i++)
        if (!has(response, set->items[i]))
            return false;
    return true;
}

static void assert_table(const struct contingency *table, const struct item *first,
                         const struct item *second) {
    size_t total = 0;
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++) {
            size_t expected = 0;
            for (size_t k = 0; k < RESPONSES; k++)
                expected += has(k, first) && has(k, second) &&
                            LEVELS[first->index][choices[k][first->index]] == i &&
                            LEVELS[second->index][choices[k][second->index]] == j;
            assert_int_equal(table->counts[i * table->columns + j], expected);
            total += expected;
        }
    assert_true(total > 200);
}

static void every_pair_is_counted(void **state) {
    (void)state;
    const struct pairs *pairs = count(0, RESPONSES);
    for (size_t set = 0; set < 2; set++)
        for (size_t i = 0; i < sets[set].count; i++)
            for (size_t j = 0; j < sets[set].count; j++) {
                if (i == j)
                    continue;
                const struct contingency table = pairs_table(arena, pairs, set, i, j);
                assert_table(&table, sets[set].items[i], sets[set].items[j]);
            }
}

static void covariances_are_of_the_complete(void **state) {
    (void)state;
    const struct pairs *pairs = count(0, RESPONSES);
    for (size_t set = 0; set < 2; set++) {
        const size_t items = sets[set].count;
        double *complete = ARENA_NEW(arena, double, RESPONSES *items);
        size_t n = 0;
        for (size_t i = 0; i < RESPONSES; i++) {
            if (!has_all(i, &sets[set]))
                continue;
            for (size_t j = 0; j < items; j++) {
                const size_t index = sets[set].items[j]->index;
                complete[n * items + j] = VALUES[index][choices[i][index]];
            }
            n++;
        }
        const struct people people = {n, items, complete};
        const struct covariance matrix = pairs_covariance(arena, pairs, set),
                                expected = people_covariance(arena, &people);
        assert_true(n > 100 && n < RESPONSES);
        assert_int_equal(pairs_complete(pairs, set), n);
        assert_int_equal(matrix.n, n);
        for (size_t i = 0; i < items * items; i++)
            assert_true(fabs(matrix.values[i] - expected.values[i]) < 1e-12);
    }
}

/* Shared out among readers, the counts are the same, bit for bit. */
static void shares_add_up(void **state) {
    (void)state;
    const struct pairs *whole = count(0, RESPONSES);
    for (size_t cut = 0; cut <= RESPONSES; cut += 125) {
        struct pairs *merged = count(0, cut);
        pairs_merge(merged, count(cut, RESPONSES));
        for (size_t set = 0; set < 2; set++) {
            const struct covariance one = pairs_covariance(arena, whole, set),
                                    other = pairs_covariance(arena, merged, set);
            const struct contingency first = pairs_table(arena, whole, set, 0, 1),
                                     second = pairs_table(arena, merged, set, 0, 1);
            assert_memory_equal(one.values, other.values, one.count * one.count * sizeof *one.values);
            assert_memory_equal(first.counts, second.counts,
                                first.rows * first.columns * sizeof *first.counts);
        }
    }
}

static void nobody_is_counted(void **state) {
    (void)state;
    const struct pairs *pairs = count(0, 0);
    const struct covariance matrix = pairs_covariance(arena, pairs, 0);
    const struct contingency table = pairs_table(arena, pairs, 0, 2, 1);
    assert_true(pairs_complete(pairs, 0) == 0 && matrix.n == 0 && isnan(matrix.values[0]));
    assert_true(contingency_total(&table) == 0 && table.rows == 2 && table.columns == 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_pair_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(covariances_are_of_the_complete, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shares_add_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_is_counted, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("pairs", tests, NULL, NULL);
}
