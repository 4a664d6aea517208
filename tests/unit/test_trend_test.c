/* Goal: tests of a trend say what R says, and the expectation and variance of Jonckheere and Terpstra's J are
 * those of all permutations of the answers, ties and all; the direction is told, and what does not change the
 * order of groups and answers does not matter. */
#include "analysis/statistics/trend_test.h"

#include "analysis/statistics/mann_whitney.h"
#include "tests/unit/tables.h"

static const double AGREEMENT = 1e-9;

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void rates_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/ranks_trend_rates.csv");
    while (reference_next(&reference)) {
        const size_t rows = reference_whole(&reference, 0), next = 1 + 3 * rows;
        const struct contingency table = tables_read(arena, &reference, 1, rows, 2);
        const struct hypothesis_test test = trend_test_rates(arena, &table, reference.numbers + 1 + 2 * rows);
        assert_int_equal(test.method, TEST_COCHRAN_ARMITAGE);
        reference_near(&reference, next, test.statistic, AGREEMENT, 1e-13, "z");
        reference_agrees(&reference, next + 1, test.p, AGREEMENT, "p");
        reference_near(&reference, next + 2, test.effect.value, AGREEMENT, 1e-15, "tau-b");
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

static void ranks_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/ranks_trend_ranks.csv");
    while (reference_next(&reference)) {
        const size_t rows = reference_whole(&reference, 0), columns = reference_whole(&reference, 1);
        const struct contingency table = tables_read(arena, &reference, 2, rows, columns);
        const size_t next = 2 + rows * columns;
        const struct hypothesis_test test = trend_test_ranks(arena, &table);
        assert_int_equal(test.method, TEST_JONCKHEERE_TERPSTRA);
        reference_near(&reference, next, test.statistic, AGREEMENT, 1e-13, "z");
        reference_agrees(&reference, next + 1, test.p, AGREEMENT, "p");
        reference_near(&reference, next + 2, test.effect.value, AGREEMENT, 1e-15, "tau-b");
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

enum { MOST_PEOPLE = 7 };

/* Everybody of a small table: their groups and answers. */
struct people {
    size_t n, groups[MOST_PEOPLE], answers[MOST_PEOPLE];
};

static struct people people_of(const struct contingency *table) {
    struct people people = {0};
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++)
            for (size_t k = 0; k < table->counts[i * table->columns + j]; k++) {
                people.groups[people.n] = i;
                people.answers[people.n++] = j;
            }
    return people;
}

/* Twice J, from its definition. */
static size_t doubled_j(const struct people *people) {
    size_t sum = 0;
    for (size_t i = 0; i < people->n; i++)
        for (size_t j = 0; j < people->n; j++)
            if (people->groups[i] < people->groups[j])
                sum +=
                    people->answers[i] < people->answers[j] ? 2U : people->answers[i] == people->answers[j];
    return sum;
}

struct moments {
    double ways, sum, squares;
};

/* Over all orders of the answers from `place` on. */
static void permute(struct people *people, size_t place, struct moments *moments) {
    if (place == people->n) {
        const double j = (double)doubled_j(people) / 2;
        moments->ways++;
        moments->sum += j;
        moments->squares += j * j;
    }
    for (size_t i = place; i < people->n; i++) {
        const size_t here = people->answers[place], there = people->answers[i];
        people->answers[place] = there;
        people->answers[i] = here;
        permute(people, place + 1, moments);
        people->answers[place] = here;
        people->answers[i] = there;
    }
}

static void variance_is_that_of_all_permutations(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    size_t checked = 0, tied = 0;
    while (checked < 200) {
        arena_reset(arena);
        const struct contingency table =
            tables_random(arena, &seed, 2 + tables_draw(&seed, 3), 2 + tables_draw(&seed, 4), 3);
        if (contingency_total(&table) > MOST_PEOPLE)
            continue;
        const struct hypothesis_test test = trend_test_ranks(arena, &table);
        if (test.reason != TEST_MADE)
            continue;
        struct people people = people_of(&table);
        const double j = (double)doubled_j(&people) / 2;
        struct moments moments = {0};
        permute(&people, 0, &moments);
        const double mean = moments.sum / moments.ways;
        assert_near(test.statistic, (j - mean) / sqrt(moments.squares / moments.ways - mean * mean), 1e-12);
        checked++;
        for (size_t column = 0; column < table.columns; column++)
            tied += contingency_column(&table, column) > 1;
    }
    assert_true(tied > 200);
    arena_destroy(arena);
}

/* PSPP 1.6.2 prints J = 50.00, z = -0.80, p = 0.426 for this table (NPAR TESTS /JONCKHEERE-TERPSTRA): the
 * answers would rather fall. Where answers are tied, its count of pairs (the function `u` in
 * jonckheere-terpstra.c) takes half of those that are higher as well, in place of all of them. By its
 * definition J is 81.5, and the mean and standard deviation that PSPP prints, 60.00 and 12.55, are right:
 * z = 1.71, and the answers rather rise. */
static void ties_count_half_and_higher_answers_full(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t counts[] = {3, 2, 1, 1, 3, 2, 1, 2, 4};
    const struct hypothesis_test test = trend_test_ranks(arena, &(struct contingency){3, 3, counts});
    double j = 0;
    for (size_t one = 0; one < 9; one++)
        for (size_t other = 0; other < 9; other++)
            if (one / 3 < other / 3 && one % 3 <= other % 3)
                j += (double)(counts[one] * counts[other]) * (one % 3 == other % 3 ? 0.5 : 1);
    assert_true(j == 81.5);
    assert_near((j - 60) / test.statistic, 12.55, 0.005);
    assert_near(test.statistic, 1.713, 0.001);
    assert_true(test.effect.value > 0 && fabs(test.p - 0.426) > 0.2);
    arena_destroy(arena);
}

static void assert_opposite(const struct hypothesis_test *one, const struct hypothesis_test *other) {
    assert_int_equal(one->reason, other->reason);
    if (one->reason != TEST_MADE)
        return;
    assert_near(one->statistic, -other->statistic, 1e-10);
    assert_near(one->p, other->p, 1e-12);
    assert_near(one->effect.value, -other->effect.value, 1e-14);
    assert_true(one->p >= 0 && one->p <= 1 && fabs(one->effect.value) <= 1);
}

/* Both tests, in one list: rates where there are two columns. */
static struct hypothesis_test trend(struct arena *arena, const struct contingency *table, bool rates) {
    return rates ? trend_test_rates(arena, table, NULL) : trend_test_ranks(arena, table);
}

static void reversed_groups_or_answers_reverse_the_trend(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 2;
    size_t made = 0;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const bool rates = round % 2 == 0;
        const size_t rows = 1 + tables_draw(&seed, 6), columns = rates ? 2 : 1 + tables_draw(&seed, 7);
        const struct contingency table =
            tables_random(arena, &seed, rows, columns, 2 + tables_draw(&seed, 40));
        const struct contingency upside = tables_permuted(arena, &table, tables_reverse(arena, rows), NULL);
        const struct contingency mirrored =
            tables_permuted(arena, &table, NULL, tables_reverse(arena, columns));
        const struct hypothesis_test test = trend(arena, &table, rates);
        const struct hypothesis_test others[] = {trend(arena, &upside, rates),
                                                 trend(arena, &mirrored, rates)};
        assert_opposite(&test, &others[0]);
        assert_opposite(&test, &others[1]);
        made += test.reason == TEST_MADE;
    }
    assert_true(made > 5000);
    arena_destroy(arena);
}

/* Scores on another scale; and, for ranks, empty groups and answers. */
static void scale_and_empty_places_do_not_matter(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        arena_reset(arena);
        const size_t rows = 2 + tables_draw(&seed, 5), columns = 2 + tables_draw(&seed, 5);
        const struct contingency rates = tables_random(arena, &seed, rows, 2, 30);
        const struct contingency ranks = tables_random(arena, &seed, rows, columns, 30);
        double scores[8], scaled[8];
        for (size_t i = 0; i < rows; i++) {
            scores[i] = (double)(i + 1);
            scaled[i] = 20 - 0.37 * scores[i];
        }
        const struct hypothesis_test plain = trend_test_rates(arena, &rates, NULL);
        struct hypothesis_test given = trend_test_rates(arena, &rates, scores);
        struct hypothesis_test falling = trend_test_rates(arena, &rates, scaled);
        falling.effect.value = -falling.effect.value; /* tau-b does not depend on the scores */
        given.statistic = -given.statistic;
        given.effect.value = -given.effect.value;
        assert_opposite(&plain, &given);
        assert_opposite(&plain, &falling);
        const struct contingency wide =
            tables_widened(arena, &ranks, tables_draw(&seed, rows + 1), tables_draw(&seed, columns + 1));
        const struct contingency fallen =
            tables_permuted(arena, &wide, tables_reverse(arena, rows + 1), NULL);
        const struct hypothesis_test one = trend_test_ranks(arena, &ranks);
        const struct hypothesis_test other = trend_test_ranks(arena, &fallen);
        assert_opposite(&one, &other);
    }
    arena_destroy(arena);
}

/* With two groups: z of Mann and Whitney; and with two answers the root of Pearson's chi-squared. */
static void two_groups_are_a_known_case(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 4;
    for (int round = 0; round < 2000; round++) {
        arena_reset(arena);
        const struct contingency ranks = tables_random(arena, &seed, 2, 2 + tables_draw(&seed, 5), 30);
        const struct hypothesis_test trend_of_two = trend_test_ranks(arena, &ranks);
        const struct hypothesis_test two = mann_whitney_normal(arena, &ranks, 0.95);
        if (trend_of_two.reason == TEST_MADE)
            assert_near(trend_of_two.p, two.p, 1e-11);
        const struct contingency rates = tables_random(arena, &seed, 2, 2, 30);
        const struct hypothesis_test test = trend_test_rates(arena, &rates, NULL);
        if (test.reason != TEST_MADE)
            continue;
        const double a = (double)rates.counts[0], b = (double)rates.counts[1];
        const double c = (double)rates.counts[2], d = (double)rates.counts[3];
        const double cross = a * d - b * c, margins = (a + b) * (c + d) * (a + c) * (b + d);
        assert_near(test.statistic * test.statistic, (a + b + c + d) * cross * cross / margins, 1e-9);
        assert_near(test.effect.value, cross / sqrt(margins), 1e-12);
    }
    arena_destroy(arena);
}

static void what_cannot_be_tested_has_its_reason(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t nobody[6] = {0}, one_group[] = {0, 0, 3, 4, 0, 0}, all[] = {0, 3, 0, 5, 0, 9};
    const size_t some[] = {3, 2, 1, 1, 5, 8}, pair[] = {1, 0, 0, 1};
    const double same[] = {2, 2, 2};
    const struct contingency empty = {3, 2, nobody}, single = {3, 2, one_group}, unanimous = {3, 2, all};
    const struct contingency fine = {3, 2, some}, two = {2, 2, pair};
    assert_int_equal(trend_test_rates(arena, &empty, NULL).reason, TEST_TOO_FEW);
    assert_int_equal(trend_test_ranks(arena, &empty).reason, TEST_TOO_FEW);
    assert_int_equal(trend_test_rates(arena, &single, NULL).reason, TEST_TOO_FEW);
    assert_int_equal(trend_test_ranks(arena, &single).reason, TEST_TOO_FEW);
    assert_int_equal(trend_test_rates(arena, &unanimous, NULL).reason, TEST_CONSTANT);
    assert_int_equal(trend_test_ranks(arena, &unanimous).reason, TEST_CONSTANT);
    assert_int_equal(trend_test_rates(arena, &fine, same).reason, TEST_TOO_FEW);
    assert_int_equal(trend_test_rates(arena, &two, NULL).reason, TEST_FAILED);
    assert_int_equal(trend_test_ranks(arena, &two).reason, TEST_FAILED);
    arena_destroy(arena);
}

/* Of a million people all but a few gave the same answer: the variance keeps its digits. z is that of 10
 * answers, shared out to two groups of half a million with 8 and 2, up to 1/1 000 000. */
static void nearly_all_tied_among_a_million(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t counts[] = {499998, 2, 499992, 8};
    const struct contingency table = {2, 2, counts};
    const struct hypothesis_test ranks = trend_test_ranks(arena, &table);
    const struct hypothesis_test rates = trend_test_rates(arena, &table, NULL);
    const double n = 1000000, variance = 10.0 / 4 * (n - 10) / (n - 1);
    assert_near(ranks.statistic, 3 / sqrt(variance), 1e-12);
    assert_near(rates.statistic, 3 / sqrt(10.0 / 4 * (n - 10) / n), 1e-12);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_agree),
        cmocka_unit_test(ranks_agree),
        cmocka_unit_test(variance_is_that_of_all_permutations),
        cmocka_unit_test(ties_count_half_and_higher_answers_full),
        cmocka_unit_test(reversed_groups_or_answers_reverse_the_trend),
        cmocka_unit_test(scale_and_empty_places_do_not_matter),
        cmocka_unit_test(two_groups_are_a_known_case),
        cmocka_unit_test(what_cannot_be_tested_has_its_reason),
        cmocka_unit_test(nearly_all_tied_among_a_million),
    };
    return cmocka_run_group_tests_name("trend_test", tests, NULL, NULL);
}
