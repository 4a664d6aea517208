/* Goal: rank correlations say what R says, and what counting all pairs one by one says; which answer is
 * called the first does not matter, nor answers nobody gave; a full order is 1, and what is undefined is
 * refused. */
#include "analysis/statistics/relation.h"

#include "tests/unit/tables.h"

static const double AGREEMENT = 1e-9;

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance) && value != expected)
        fail_msg("%.17g is not %.17g", value, expected);
}

static void relations_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/ranks_relation.csv");
    while (reference_next(&reference)) {
        const size_t rows = reference_whole(&reference, 0), columns = reference_whole(&reference, 1);
        const struct contingency table = tables_read(arena, &reference, 2, rows, columns);
        const size_t next = 2 + rows * columns;
        const struct hypothesis_test spearman = relation_spearman(arena, &table);
        const struct hypothesis_test kendall = relation_kendall(arena, &table);
        assert_true(spearman.method == TEST_SPEARMAN && kendall.method == TEST_KENDALL);
        reference_near(&reference, next, spearman.effect.value, AGREEMENT, 1e-15, "rho");
        reference_near(&reference, next + 1, spearman.p, AGREEMENT, 1e-20, "p of rho");
        reference_near(&reference, next + 2, kendall.effect.value, AGREEMENT, 1e-15, "tau-b");
        reference_near(&reference, next + 3, kendall.statistic, AGREEMENT, 1e-13, "z");
        reference_agrees(&reference, next + 4, kendall.p, AGREEMENT, "p of tau-b");
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

/* The sign of i's place against k's. */
static double order(size_t i, size_t k) {
    return (double)(i > k) - (double)(i < k);
}

/* Over all pairs of cells: concordant less discordant, not tied by rows, not tied by columns. */
static double tau_of_all_pairs(const struct contingency *table) {
    double sum = 0, by_rows = 0, by_columns = 0;
    const size_t columns = table->columns, cells = table->rows * columns;
    for (size_t one = 0; one < cells; one++)
        for (size_t other = 0; other < cells; other++) {
            const double pairs = (double)(table->counts[one] * table->counts[other]);
            const double row = order(one / columns, other / columns),
                         column = order(one % columns, other % columns);
            sum += pairs * row * column;
            by_rows += pairs * row * row;
            by_columns += pairs * column * column;
        }
    return sum / sqrt(by_rows * by_columns);
}

static void tau_counts_all_pairs(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const struct contingency table = tables_random(arena, &seed, 1 + tables_draw(&seed, 5),
                                                       1 + tables_draw(&seed, 6), 2 + tables_draw(&seed, 20));
        const struct hypothesis_test kendall = relation_kendall(arena, &table);
        if (kendall.reason == TEST_MADE)
            assert_near(kendall.effect.value, tau_of_all_pairs(&table), 1e-13);
    }
    arena_destroy(arena);
}

static void assert_related(const struct hypothesis_test *one, const struct hypothesis_test *other,
                           double sign) {
    assert_int_equal(one->reason, other->reason);
    if (one->reason != TEST_MADE)
        return;
    assert_near(one->effect.value, sign * other->effect.value, 1e-13);
    assert_near(one->p, other->p, 1e-10);
    assert_true(fabs(one->effect.value) <= 1 && one->p >= 0 && one->p <= 1 && one->n == other->n);
}

static void every_table(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct hypothesis_test (*const relations[])(struct arena *, const struct contingency *) = {
        relation_spearman, relation_kendall};
    uint64_t seed = 2;
    size_t made = 0;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const size_t rows = 1 + tables_draw(&seed, 6), columns = 1 + tables_draw(&seed, 6);
        const struct contingency table =
            tables_random(arena, &seed, rows, columns, 2 + tables_draw(&seed, 30));
        const struct contingency across = tables_transposed(arena, &table);
        const struct contingency reversed = tables_permuted(arena, &table, tables_reverse(arena, rows), NULL);
        const struct contingency wide =
            tables_widened(arena, &table, tables_draw(&seed, rows + 1), tables_draw(&seed, columns + 1));
        const struct hypothesis_test test = relations[round % 2](arena, &table);
        const struct hypothesis_test others[] = {relations[round % 2](arena, &across),
                                                 relations[round % 2](arena, &reversed),
                                                 relations[round % 2](arena, &wide)};
        assert_related(&test, &others[0], 1);
        assert_related(&test, &others[1], -1);
        assert_related(&test, &others[2], 1);
        made += test.reason == TEST_MADE;
    }
    assert_true(made > 5000);
    arena_destroy(arena);
}

/* A diagonal is a full order, whatever its counts: exactly 1. */
static void full_order_is_one(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 3;
    for (int round = 0; round < 1000; round++) {
        size_t counts[36] = {0};
        for (size_t i = 0; i < 6; i++)
            counts[i * 6 + (round % 2 ? i : 5 - i)] = 1 + tables_draw(&seed, 1000);
        const struct contingency table = {6, 6, counts};
        const struct hypothesis_test rho = relation_spearman(arena, &table);
        const struct hypothesis_test tau = relation_kendall(arena, &table);
        assert_true(rho.effect.value == (round % 2 ? 1 : -1) && rho.p == 0 && isinf(rho.statistic));
        assert_near(tau.effect.value, rho.effect.value, 1e-15);
    }
    arena_destroy(arena);
}

static void what_is_undefined_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t nobody[4] = {0}, two[] = {1, 0, 0, 1}, constant[] = {0, 4, 0, 5}, same[] = {4, 5, 0, 0};
    const struct contingency tables[] = {{2, 2, nobody}, {2, 2, two}, {2, 2, constant}, {2, 2, same}};
    const enum test_reason reasons[] = {TEST_FAILED, TEST_FAILED, TEST_CONSTANT, TEST_CONSTANT};
    for (size_t i = 0; i < 4; i++) {
        const struct hypothesis_test rho = relation_spearman(arena, &tables[i]);
        const struct hypothesis_test tau = relation_kendall(arena, &tables[i]);
        assert_true(rho.reason == reasons[i] && rho.method == TEST_NONE && isnan(rho.p));
        assert_true(tau.reason == reasons[i] && tau.method == TEST_NONE && isnan(tau.p));
    }
    arena_destroy(arena);
}

/* A million people; and two numbers of two thousand different values each. */
static void many_people_are_related(void **state) {
    (void)state;
    enum { DIFFERENT = 2000 };
    struct arena *arena = arena_create();
    uint64_t seed = 4;
    size_t *counts = ARENA_NEW(arena, size_t, (size_t)DIFFERENT * DIFFERENT);
    for (int i = 0; i < 1000000; i++) {
        const size_t row = tables_draw(&seed, DIFFERENT);
        counts[row * DIFFERENT + (row + tables_draw(&seed, DIFFERENT)) / 2]++;
    }
    const struct contingency table = {DIFFERENT, DIFFERENT, counts};
    /* Of x and (x + y) / 2 with x and y uniform the correlation is the square root of 1/2. */
    assert_near(relation_spearman(arena, &table).effect.value, 0.69, 0.02);
    assert_true(relation_kendall(arena, &table).p < 1e-12);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations_agree),
        cmocka_unit_test(tau_counts_all_pairs),
        cmocka_unit_test(every_table),
        cmocka_unit_test(full_order_is_one),
        cmocka_unit_test(what_is_undefined_is_refused),
        cmocka_unit_test(many_people_are_related),
    };
    return cmocka_run_group_tests_name("relation", tests, NULL, NULL);
}
