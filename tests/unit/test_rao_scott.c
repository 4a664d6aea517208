/* Goal: the test of weighted tables is R's svychisq without a finite population, does not depend on the order
 * of groups and answers, and says why where there is none. */
#include "analysis/statistics/rao_scott.h"

#include "tests/unit/weighting_fixture.h"

static size_t total(const size_t *counts, size_t count) {
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += counts[i];
    return sum;
}

static void agrees_with_svychisq(void **state) {
    (void)state;
    struct campaigns campaigns = campaigns_read();
    struct reference table = reference_open("tests/reference/rao_scott.csv");
    size_t made = 0, censuses = 0;
    while (reference_next(&table)) {
        const struct campaign *campaign = &campaigns.all[reference_whole(&table, 0) - 1];
        const struct weighting weighting = weighting_compute(campaigns.arena, &campaign->source);
        struct rao_scott_table of = {.rows = reference_whole(&table, 1),
                                     .columns = reference_whole(&table, 2)};
        const size_t size = weighting.cell_count * of.rows * of.columns;
        of.counts = campaign_numbers(campaigns.arena, &table, 3, size);
        const struct hypothesis_test test = rao_scott_test(&weighting, &of);
        const double tolerance = weighting.is_raked ? 1e-6 : 1e-9;
        /* Of a census R would say whether chance could have made the population: here it is a fact. */
        if (test.reason == TEST_CENSUS) {
            censuses++;
            continue;
        }
        reference_agrees(&table, 3 + size, test.statistic, tolerance, "F");
        reference_agrees(&table, 4 + size, test.degrees[0], tolerance, "degrees");
        reference_agrees(&table, 5 + size, test.degrees[1], tolerance, "second degrees");
        reference_near(&table, 6 + size, test.p, tolerance, 1e-12, "p");
        assert_true(test.method == TEST_NONE ? test.reason != TEST_MADE : test.reason == TEST_MADE);
        if (test.method == TEST_NONE)
            continue;
        assert_int_equal(test.n, total(of.counts, size));
        reference_near(&table, 7 + size, test.effect.value, tolerance, 1e-9, "V");
        made++;
    }
    assert_true(reference_close(&table) >= 60);
    assert_true(made >= 60 && censuses >= 2);
    arena_destroy(campaigns.arena);
}

/* Two strata, of 100 and 50 people, of whom 40 and 30 responded. */
static const size_t sizes[] = {100, 50}, strata[] = {0, 1}, responses[] = {40, 30};
static const struct weighting_margin margin = {sizes, 2};
static const struct weighting_source source = {150, &margin, 1, strata, responses, 2};

static struct hypothesis_test test_of(size_t rows, size_t columns, const size_t *counts) {
    struct arena *arena = arena_create();
    const struct weighting weighting = weighting_compute(arena, &source);
    const struct rao_scott_table table = {rows, columns, counts};
    const struct hypothesis_test test = rao_scott_test(&weighting, &table);
    arena_destroy(arena);
    return test;
}

static void empty_rows_and_columns_do_not_count(void **state) {
    (void)state;
    const struct hypothesis_test small = test_of(2, 2, (size_t[]){10, 8, 5, 17, 9, 3, 7, 8});
    const struct hypothesis_test large =
        test_of(3, 3, (size_t[]){10, 0, 8, 0, 0, 0, 5, 0, 17, 9, 0, 3, 0, 0, 0, 7, 0, 8});
    assert_int_equal(small.method, TEST_RAO_SCOTT);
    assert_true(small.p > 0 && small.p < 0.05);
    assert_true(small.statistic == large.statistic && small.p == large.p && small.n == 67);
    assert_true(small.effect.kind == EFFECT_CRAMER_V && small.effect.value == large.effect.value);
}

static void says_why_there_is_none(void **state) {
    (void)state;
    assert_int_equal(test_of(2, 2, (size_t[]){10, 8, 0, 0, 9, 3, 0, 0}).reason, TEST_TOO_FEW);
    assert_int_equal(test_of(2, 2, (size_t[]){10, 0, 8, 0, 9, 0, 3, 0}).reason, TEST_CONSTANT);
    assert_int_equal(test_of(2, 2, (size_t[]){0, 0, 0, 0, 0, 0, 0, 0}).reason, TEST_TOO_FEW);
    /* Groups that are the strata, each of one mind. */
    assert_int_equal(test_of(2, 2, (size_t[]){40, 0, 0, 0, 0, 0, 0, 30}).reason, TEST_FAILED);
    /* Nobody in most places: the interactions cannot be told apart. */
    assert_int_equal(test_of(3, 3, (size_t[]){9, 0, 0, 0, 9, 0, 0, 0, 9, 5, 0, 0, 0, 5, 0, 0, 0, 5}).reason,
                     TEST_FAILED);
    struct arena *arena = arena_create();
    const struct weighting_source all = {150, &margin, 1, strata, sizes, 2};
    const struct weighting weighting = weighting_compute(arena, &all);
    const struct rao_scott_table table = {2, 2, (size_t[]){10, 8, 5, 17, 9, 3, 7, 8}};
    assert_int_equal(rao_scott_test(&weighting, &table).reason, TEST_CENSUS);
    size_t *many = ARENA_NEW(arena, size_t, 2 * 22 * 22);
    for (size_t i = 0; i < 22; i++)
        many[i * 22 + i] = many[i * 22 + (i + 1) % 22] = 1; /* more than RAO_SCOTT_MOST interactions */
    assert_int_equal(test_of(22, 22, many).reason, TEST_FAILED);
    arena_destroy(arena);
}

/* Without weights to speak of, from a very large population, the F test is Pearson's test nearly. */
static void is_pearson_without_weights(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t people = 1000000000, nobody = 0, everybody = 20000;
    const struct weighting_margin one = {&people, 1};
    const struct weighting_source plain = {people, &one, 1, &nobody, &everybody, 1};
    const struct weighting weighting = weighting_compute(arena, &plain);
    const struct rao_scott_table table = {2, 2, (size_t[]){5100, 4900, 4950, 5050}};
    const struct hypothesis_test test = rao_scott_test(&weighting, &table);
    /* X² = 20000 (5100·5050 - 4900·4950)² / (10000·10000·10050·9950) */
    assert_true(fabs(test.statistic / 4.50011250281257 - 1) < 1e-3);
    assert_true(fabs(test.degrees[0] - 1) < 1e-9 && fabs(test.degrees[1] - 19999) < 1e-3);
    arena_destroy(arena);
}

/* --- Random tables --- */

enum { MOST_ROWS = 4, MOST_COLUMNS = 4, MOST_CELLS = 3 };

static void fill(uint64_t *seed, size_t *counts, size_t count, size_t *cells) {
    for (size_t i = 0; i < MOST_CELLS; i++) {
        cells[i] = 0;
        for (size_t j = 0; j < count; j++)
            cells[i] += counts[i * count + j] = campaign_random(seed, 9);
        cells[i] += campaign_random(seed, 5) + 1; /* who is in no group */
    }
}

/* The same with rows and columns from the last to the first. */
static void turn(const size_t *counts, size_t count, size_t *turned) {
    for (size_t i = 0; i < MOST_CELLS; i++)
        for (size_t j = 0; j < count; j++)
            turned[i * count + j] = counts[i * count + count - 1 - j];
}

static void order_does_not_matter(void **state) {
    (void)state;
    uint64_t seed = 20130610;
    size_t made = 0;
    for (int round = 0; round < 10000; round++) {
        const size_t rows = 2 + campaign_random(&seed, MOST_ROWS - 1);
        const size_t columns = 2 + campaign_random(&seed, MOST_COLUMNS - 1);
        size_t counts[MOST_CELLS * MOST_ROWS * MOST_COLUMNS], turned[MOST_CELLS * MOST_ROWS * MOST_COLUMNS];
        size_t cells[MOST_CELLS], people[MOST_CELLS];
        fill(&seed, counts, rows * columns, cells);
        turn(counts, rows * columns, turned);
        for (size_t i = 0; i < MOST_CELLS; i++)
            people[i] = cells[i] + campaign_random(&seed, 100);
        struct arena *arena = arena_create();
        const struct weighting_margin of = {people, MOST_CELLS};
        const struct weighting_source random = {
            people[0] + people[1] + people[2], &of, 1, (size_t[]){0, 1, 2}, cells, MOST_CELLS};
        const struct weighting weighting = weighting_compute(arena, &random);
        assert_int_equal(weighting.problem.matter, WEIGHTING_FINE);
        const struct hypothesis_test one =
            rao_scott_test(&weighting, &(struct rao_scott_table){rows, columns, counts});
        const struct hypothesis_test other =
            rao_scott_test(&weighting, &(struct rao_scott_table){rows, columns, turned});
        assert_int_equal(one.reason, other.reason);
        made += one.method == TEST_RAO_SCOTT;
        if (one.method == TEST_RAO_SCOTT) {
            assert_true(one.p >= 0 && one.p <= 1 && fabs(one.p - other.p) <= 1e-9 * one.p);
            assert_true(one.effect.value >= 0 && one.effect.value <= 1);
            assert_true(one.degrees[0] <= (double)((rows - 1) * (columns - 1)) * (1 + 1e-9));
        }
        arena_destroy(arena);
    }
    assert_true(made > 9000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_svychisq),   cmocka_unit_test(empty_rows_and_columns_do_not_count),
        cmocka_unit_test(says_why_there_is_none), cmocka_unit_test(is_pearson_without_weights),
        cmocka_unit_test(order_does_not_matter),
    };
    return cmocka_run_group_tests_name("rao_scott", tests, NULL, NULL);
}
