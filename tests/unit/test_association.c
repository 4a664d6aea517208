/* Goal: the exact test says what R says and what listing every table says; the order of groups and answers
 * does not change a digit; what is too much is told at once and by the counts alone; drawn tables come as
 * close to the exact p as their standard error says; the edges are refused or told as they are. */
#include "analysis/statistics/association.h"

#include "analysis/statistics/exact_table.h"
#include "analysis/statistics/random_tables.h"
#include "tests/unit/tables.h"

static const double AGREEMENT = 1e-9;

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance) && !(isnan(value) && isnan(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void assert_same(double value, double expected, const char *what) {
    if (value != expected && !(isnan(value) && isnan(expected)))
        fail_msg("%s: %.17g is not %.17g to the last digit", what, value, expected);
}

/* --- R --- */

static size_t agrees_with(const char *path, size_t *refused) {
    struct arena *arena = arena_create();
    struct reference reference = reference_open(path);
    while (reference_next(&reference)) {
        const size_t rows = reference_whole(&reference, 0), columns = reference_whole(&reference, 1);
        const struct contingency table = tables_read(arena, &reference, 2, rows, columns);
        const struct contingency compact = contingency_compact(arena, &table);
        const struct hypothesis_test test = association_test(arena, &table, NULL);
        const size_t next = 2 + rows * columns;
        assert_int_equal(reference.count, next + 5);
        reference_agrees(&reference, next, test.p, AGREEMENT, "Fisher's p");
        reference_near(&reference, next + 4, test.effect.value, AGREEMENT, 1e-8, "Cramér's V");
        if (test.reason != TEST_MADE) {
            (*refused)++;
            continue;
        }
        assert_int_equal(test.method, TEST_FISHER);
        assert_int_equal(test.n, contingency_total(&table));
        const struct hypothesis_test pearson = association_chi_squared(&compact);
        reference_near(&reference, next + 1, pearson.statistic, AGREEMENT, 1e-13, "chi-squared");
        reference_agrees(&reference, next + 2, pearson.degrees[0], 0, "degrees of freedom");
        reference_agrees(&reference, next + 3, pearson.p, AGREEMENT, "p of chi-squared");
    }
    arena_destroy(arena);
    return reference_close(&reference);
}

static void agrees_with_fisher_test(void **state) {
    (void)state;
    size_t refused = 0;
    assert_true(agrees_with("tests/reference/association.csv", &refused) >= 70);
    assert_true(refused >= 4 && refused <= 6);
}

static void agrees_with_the_definition(void **state) {
    (void)state;
    size_t refused = 0;
    assert_true(agrees_with("tests/reference/association_large.csv", &refused) >= 8);
    assert_int_equal(refused, 0);
}

/* --- every table, one by one --- */

/* The product of 1 / count! over all tables with given margins, filled cell by cell: summed up over all, and
 * over those no more probable than the one observed. */
struct listing {
    size_t rows, columns;
    size_t left_of_row[8], left_of_column[8];
    double observed, all, beyond;
};

static double factorial(size_t n) {
    return tgamma((double)n + 1);
}

static void list_from(struct listing *listing, size_t place, double product) {
    const size_t i = place / listing->columns, j = place % listing->columns;
    if (i == listing->rows) {
        listing->all += product;
        listing->beyond += product <= listing->observed * (1 + 1e-7) ? product : 0;
        return;
    }
    size_t least = 0, most = listing->left_of_row[i];
    if (listing->left_of_column[j] < most)
        most = listing->left_of_column[j];
    if (j + 1 == listing->columns)
        least = listing->left_of_row[i];
    if (i + 1 == listing->rows && listing->left_of_column[j] > least)
        least = listing->left_of_column[j];
    for (size_t count = least; count <= most; count++) {
        listing->left_of_row[i] -= count;
        listing->left_of_column[j] -= count;
        list_from(listing, place + 1, product / factorial(count));
        listing->left_of_row[i] += count;
        listing->left_of_column[j] += count;
    }
}

static double share_of_all_tables(const struct contingency *table) {
    struct listing listing = {.rows = table->rows, .columns = table->columns, .observed = 1};
    for (size_t i = 0; i < table->rows; i++)
        listing.left_of_row[i] = contingency_row(table, i);
    for (size_t j = 0; j < table->columns; j++)
        listing.left_of_column[j] = contingency_column(table, j);
    for (size_t i = 0; i < table->rows * table->columns; i++)
        listing.observed /= factorial(table->counts[i]);
    list_from(&listing, 0, 1);
    return listing.beyond / listing.all;
}

/* So few people, in so many rows and columns, that all tables can be listed. */
static struct contingency scattered(struct arena *arena, uint64_t *seed) {
    const size_t rows = 2 + tables_draw(seed, 4), columns = 2 + tables_draw(seed, 4);
    const size_t people = 1 + tables_draw(seed, rows * columns > 12 ? 13 : 20);
    size_t *counts = ARENA_NEW(arena, size_t, rows * columns);
    for (size_t i = 0; i < people; i++) {
        const size_t row = tables_draw(seed, rows);
        counts[row * columns + (tables_draw(seed, 3) == 0 ? row % columns : tables_draw(seed, columns))]++;
    }
    const struct contingency table = {rows, columns, counts};
    return contingency_compact(arena, &table);
}

static void exact_is_the_share_of_all_tables(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    size_t checked = 0, shapes[6][6] = {{0}};
    while (checked < 1000) {
        arena_reset(arena);
        const struct contingency table = scattered(arena, &seed);
        if (table.rows < 2 || table.columns < 2)
            continue;
        assert_near(exact_table_probability(&table, ASSOCIATION_STEPS), share_of_all_tables(&table), 1e-12);
        shapes[table.rows][table.columns]++;
        checked++;
    }
    for (size_t i = 2; i <= 5; i++)
        for (size_t j = 2; j <= 5; j++)
            assert_true(shapes[i][j] >= 10);
    arena_destroy(arena);
}

/* --- properties --- */

static void assert_same_test(const struct hypothesis_test *a, const struct hypothesis_test *b,
                             const char *what) {
    assert_int_equal(a->method, b->method);
    assert_int_equal(a->n, b->n);
    assert_same(a->p, b->p, what);
    /* A square root of a difference, which may be 0. */
    assert_near(a->effect.value * a->effect.value, b->effect.value * b->effect.value, 1e-13);
}

static void order_does_not_matter(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 2;
    size_t made = 0;
    while (made < 10000) {
        arena_reset(arena);
        const size_t rows = 1 + tables_draw(&seed, 4), columns = 1 + tables_draw(&seed, 5);
        const struct contingency table =
            tables_random(arena, &seed, rows, columns, rows * columns > 12 ? 4 : 2 + tables_draw(&seed, 7));
        const struct contingency permuted = tables_permuted(arena, &table, tables_order(arena, &seed, rows),
                                                            tables_order(arena, &seed, columns));
        const struct contingency transposed = tables_transposed(arena, &permuted);
        const struct contingency widened =
            tables_widened(arena, &table, tables_draw(&seed, rows + 1), tables_draw(&seed, columns + 1));
        const struct hypothesis_test test = association_test(arena, &table, NULL);
        const struct hypothesis_test other = association_test(arena, &permuted, NULL);
        const struct hypothesis_test turned = association_test(arena, &transposed, NULL);
        const struct hypothesis_test wider = association_test(arena, &widened, NULL);
        assert_true((test.reason == TEST_MADE) == (turned.reason == TEST_MADE));
        assert_int_equal(test.reason, other.reason);
        assert_int_equal(test.reason, wider.reason);
        if (test.reason != TEST_MADE)
            continue;
        assert_int_equal(test.method, TEST_FISHER);
        assert_true(test.p > 0 && test.p <= 1);
        assert_true(isnan(test.effect.value) || (test.effect.value >= 0 && test.effect.value <= 1));
        assert_same_test(&test, &other, "permuted");
        assert_same_test(&test, &turned, "transposed");
        assert_same_test(&test, &wider, "with an empty group and an empty answer");
        made++;
    }
    arena_destroy(arena);
}

/* --- where exact ends --- */

static void drawn_tables_come_close(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 3;
    size_t made = 0, within_two = 0;
    while (made < 60) {
        arena_reset(arena);
        const size_t rows = 2 + tables_draw(&seed, 3), columns = 2 + tables_draw(&seed, 4);
        const struct contingency table =
            tables_random(arena, &seed, rows, columns, 2 + tables_draw(&seed, 6));
        const struct contingency compact = contingency_compact(arena, &table);
        if (compact.rows < 2 || compact.columns < 2)
            continue;
        const double exact = exact_table_probability(&compact, ASSOCIATION_STEPS);
        const double drawn = random_tables_probability(&compact, 20000, seed);
        const double error = sqrt(exact * (1 - exact) / 20000) + 1e-4;
        assert_true(fabs(drawn - exact) <= 5 * error);
        within_two += fabs(drawn - exact) <= 2 * error;
        made++;
    }
    assert_true(within_two >= made * 9 / 10);
    arena_destroy(arena);
}

/* With rare answers, and nothing that could be done exactly. */
static const size_t RARE[] = {4, 1, 0, 12, 2, 8, 0, 3, 1, 6, 2, 0, 3, 9, 1, 7, 1, 5, 0, 2};

static void drawn_is_told_and_repeats(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const struct contingency table = {4, 5, RARE};
    const struct association_options options = {.steps = 10, .draws = 100000, .seed = 7};
    const struct hypothesis_test test = association_test(arena, &table, &options);
    assert_int_equal(test.method, TEST_MONTE_CARLO);
    assert_int_equal(test.draws, 100000);
    assert_int_equal(test.seed, 7);
    assert_near(test.standard_error, sqrt(test.p * (1 - test.p) / 100000), 1e-12);
    assert_true(isnan(test.statistic) && isnan(test.degrees[0]));
    const double exact = exact_table_probability(&table, ASSOCIATION_STEPS);
    assert_true(exact < 1 && fabs(test.p - exact) <= 5 * test.standard_error);

    const struct contingency turned = tables_transposed(arena, &table);
    assert_same(association_test(arena, &turned, &options).p, test.p, "transposed");
    const struct association_options other = {.steps = 10, .draws = 100000, .seed = 8};
    assert_true(association_test(arena, &table, &other).p != test.p);
    const struct association_options few = {.steps = 10, .draws = 1, .seed = 7};
    const double p = association_test(arena, &table, &few).p;
    assert_true(p == 0.5 || p == 1);
    arena_destroy(arena);
}

static void large_counts_get_chi_squared(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t counts[] = {20, 30, 40, 35, 25, 30};
    const struct contingency table = {2, 3, counts};
    const struct association_options options = {.steps = 10, .draws = 10, .seed = 7};
    const struct hypothesis_test test = association_test(arena, &table, &options);
    assert_int_equal(test.method, TEST_CHI_SQUARED);
    assert_near(test.statistic, association_chi_squared(&table).statistic, 0);
    assert_near(test.degrees[0], 2, 0);
    assert_int_equal(test.draws, 0);
    assert_true(isnan(test.standard_error));

    /* 5 expected is not under 5; 4.95 is. */
    const size_t at_five[] = {5, 5, 40, 5, 5, 40}, under_five[] = {5, 5, 40, 4, 5, 40};
    assert_int_equal(association_test(arena, &(struct contingency){2, 3, at_five}, &options).method,
                     TEST_CHI_SQUARED);
    assert_int_equal(association_test(arena, &(struct contingency){2, 3, under_five}, &options).method,
                     TEST_MONTE_CARLO);
    arena_destroy(arena);
}

/* What stays exact, so that a change that makes it less is seen; and a million people in no time. */
static void exact_as_far_as_it_goes(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t roles[] = {9, 8, 3, 6, 6, 7, 8, 4, 2, 4, 8, 6, 9, 9, 8};
    const size_t four[] = {12, 9, 5, 9, 7, 11, 9, 8, 6, 10, 8, 11, 9, 8, 9, 9};
    const size_t two[] = {300000, 200100, 299000, 200900};
    assert_int_equal(association_test(arena, &(struct contingency){3, 5, roles}, NULL).method, TEST_FISHER);
    assert_int_equal(association_test(arena, &(struct contingency){4, 4, four}, NULL).method, TEST_FISHER);
    assert_int_equal(association_test(arena, &(struct contingency){2, 2, two}, NULL).method, TEST_FISHER);

    size_t million[15];
    for (size_t i = 0; i < 15; i++)
        million[i] = 50000 + 4001 * i;
    for (size_t i = 0; i < 50; i++)
        for (size_t rows = 3; rows <= 5; rows += 2)
            assert_int_equal(
                association_test(arena, &(struct contingency){rows, 15 / rows, million}, NULL).method,
                TEST_CHI_SQUARED);
    const struct contingency favourable = {3, 2, million};
    for (size_t i = 0; i < 50; i++)
        assert_int_equal(association_test(arena, &favourable, NULL).method, TEST_CHI_SQUARED);
    arena_destroy(arena);
}

/* Whether it is exact depends on the margins and the steps, not on the machine; more steps never undo it, and
 * p does not depend on them. */
static void steps_only_decide_whether(void **state) {
    (void)state;
    const struct contingency table = {4, 5, RARE};
    const double exact = exact_table_probability(&table, ASSOCIATION_STEPS);
    bool was_exact = false;
    for (double steps = 1; steps < 1e8; steps *= 1.5) {
        const double p = exact_table_probability(&table, steps);
        assert_true(!was_exact || !isnan(p));
        was_exact = !isnan(p);
        if (was_exact)
            assert_same(p, exact, "with other steps");
    }
    assert_true(was_exact && isnan(exact_table_probability(&table, 1000)));
}

/* --- edges --- */

static enum test_reason reason_of(struct arena *arena, size_t rows, size_t columns, const size_t *counts) {
    const struct hypothesis_test test =
        association_test(arena, &(struct contingency){rows, columns, counts}, NULL);
    assert_true(test.reason == TEST_MADE || (test.method == TEST_NONE && isnan(test.p)));
    return test.reason;
}

static double cramer(size_t rows, size_t columns, const size_t *counts) {
    const struct contingency table = {rows, columns, counts};
    const size_t n = contingency_total(&table);
    return association_cramer(association_chi_squared(&table).statistic / (double)n, n, rows, columns);
}

static void edges_are_told(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t nobody[6] = {0}, one_group[] = {0, 0, 4, 9}, constant[] = {4, 0, 9, 0};
    assert_int_equal(reason_of(arena, 0, 0, nobody), TEST_TOO_FEW);
    assert_int_equal(reason_of(arena, 2, 3, nobody), TEST_TOO_FEW);
    assert_int_equal(reason_of(arena, 2, 2, one_group), TEST_TOO_FEW);
    assert_int_equal(reason_of(arena, 1, 4, one_group), TEST_TOO_FEW);
    assert_int_equal(reason_of(arena, 2, 2, constant), TEST_CONSTANT);
    assert_int_equal(reason_of(arena, 4, 1, one_group), TEST_CONSTANT);

    const size_t perfect[] = {7, 0, 0, 0, 9, 0, 0, 0, 4}, unequal[] = {7, 0, 0, 0, 9, 4};
    assert_near(cramer(3, 3, perfect), 1, 1e-12);
    assert_near(cramer(2, 3, unequal), sqrt(17.0 / 18), 1e-12);
    const size_t one_each[] = {1, 0, 0, 1}, even[] = {5, 5, 5, 5};
    assert_true(isnan(cramer(2, 2, one_each)));
    assert_near(cramer(2, 2, even), 0, 0);

    /* Beyond the range of numbers, but never 0. */
    const size_t apart[] = {5000, 0, 0, 5000};
    assert_near(exact_table_probability(&(struct contingency){2, 2, apart}, ASSOCIATION_STEPS), 1e-300, 0);
    const size_t three_apart[] = {400, 0, 0, 0, 400, 0, 0, 0, 400};
    const struct association_options generous = {.steps = 1e12, .draws = 1, .seed = 1};
    const double p = exact_table_probability(&(struct contingency){2, 3, three_apart}, generous.steps);
    assert_true(p > 0 && p < 1e-200);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_fisher_test),          cmocka_unit_test(agrees_with_the_definition),
        cmocka_unit_test(exact_is_the_share_of_all_tables), cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(drawn_tables_come_close),          cmocka_unit_test(drawn_is_told_and_repeats),
        cmocka_unit_test(large_counts_get_chi_squared),     cmocka_unit_test(exact_as_far_as_it_goes),
        cmocka_unit_test(steps_only_decide_whether),        cmocka_unit_test(edges_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
