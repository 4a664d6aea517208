/* Goal: tests of ranks say what R says; the exact one is the share of all ways to share people out, counted
 * one by one; which group is named first, in what order groups come and which answers nobody gave do not
 * matter; the edges are refused or told as they are; a million people are as few numbers as ten. */
#include "analysis/statistics/rank_test.h"

#include "analysis/statistics/cliff_delta.h"
#include "analysis/statistics/mann_whitney.h"
#include "analysis/statistics/rank_sum.h"
#include "tests/unit/tables.h"

static const double AGREEMENT = 1e-9;

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance) && !(isnan(value) && isnan(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void two_groups_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/ranks_two_groups.csv");
    size_t exact_ones = 0;
    while (reference_next(&reference)) {
        const size_t columns = reference_whole(&reference, 0), next = 2 * columns + 1;
        const struct contingency table = tables_read(arena, &reference, 1, 2, columns);
        const double confidence = reference_number(&reference, next);
        const struct hypothesis_test exact = mann_whitney_exact(arena, &table, confidence);
        const struct hypothesis_test normal = mann_whitney_normal(arena, &table, confidence);
        assert_true(exact.method == TEST_MANN_WHITNEY && normal.method == TEST_MANN_WHITNEY_NORMAL);
        reference_agrees(&reference, next + 1, exact.statistic, AGREEMENT, "U");
        if (!isnan(reference_number(&reference, next + 2))) {
            reference_agrees(&reference, next + 2, exact.p, AGREEMENT, "exact p");
            exact_ones++;
        }
        reference_agrees(&reference, next + 3, normal.p, AGREEMENT, "p by the normal approximation");
        reference_near(&reference, next + 4, exact.effect.value, AGREEMENT, 1e-15, "delta");
        reference_near(&reference, next + 5, exact.effect.low, AGREEMENT, 1e-15, "low");
        reference_near(&reference, next + 6, exact.effect.high, AGREEMENT, 1e-15, "high");
    }
    assert_true(exact_ones >= 30);
    assert_true(reference_close(&reference) >= 50);
    arena_destroy(arena);
}

static void more_groups_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/ranks_groups.csv");
    while (reference_next(&reference)) {
        const size_t rows = reference_whole(&reference, 0), columns = reference_whole(&reference, 1);
        const struct contingency table = tables_read(arena, &reference, 2, rows, columns);
        const size_t next = 2 + rows * columns;
        const struct hypothesis_test test = kruskal_wallis_test(arena, &table);
        reference_near(&reference, next, test.statistic, AGREEMENT, 1e-13, "H");
        reference_agrees(&reference, next + 1, test.degrees[0], 0, "degrees of freedom");
        reference_agrees(&reference, next + 2, test.p, AGREEMENT, "p");
        reference_near(&reference, next + 3, test.effect.value, AGREEMENT, 1e-15, "epsilon squared");
        size_t count = 0;
        const struct kruskal_wallis_pair *pairs = kruskal_wallis_pairs(arena, &table, 0.95, &count);
        assert_int_equal(reference.count, next + 4 + 2 * count);
        for (size_t i = 0; i < count; i++) {
            reference_near(&reference, next + 4 + 2 * i, pairs[i].test.statistic, AGREEMENT, 1e-13,
                           "Dunn's z");
            reference_agrees(&reference, next + 5 + 2 * i, pairs[i].test.p, AGREEMENT, "p of a pair");
        }
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

enum { MOST_PEOPLE = 13 };

/* Twice the midrank of everybody, in the order of the answers; returns how many are in the first row. */
static size_t list_people(const struct contingency *table, long *ranks, size_t *n) {
    long before = 0;
    *n = 0;
    for (size_t j = 0; j < table->columns; j++) {
        const long people = (long)contingency_column(table, j);
        for (long i = 0; i < people; i++)
            ranks[(*n)++] = 2 * before + people + 1;
        before += people;
    }
    return contingency_row(table, 0);
}

/* Every set of as many people as the first row has. */
static double share_of_all_ways(const struct contingency *table) {
    long ranks[MOST_PEOPLE], observed = 0;
    size_t n = 0, ways = 0, beyond = 0, place = 0;
    const size_t group = list_people(table, ranks, &n);
    for (size_t j = 0; j < table->columns; place += contingency_column(table, j++))
        observed += table->counts[j] > 0 ? (long)table->counts[j] * ranks[place] : 0;
    const long centre = (long)(group * (n + 1)), distance = labs(observed - centre);
    for (unsigned set = 0; set < 1U << n; set++) {
        if ((size_t)__builtin_popcount(set) != group)
            continue;
        long sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += set >> i & 1 ? ranks[i] : 0;
        ways++;
        beyond += labs(sum - centre) >= distance;
    }
    return (double)beyond / (double)ways;
}

static void exact_is_the_share_of_all_ways(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    size_t checked = 0;
    while (checked < 1000) {
        arena_reset(arena);
        const size_t columns = 2 + tables_draw(&seed, 9);
        const struct contingency table =
            tables_random(arena, &seed, 2, columns, columns > 5 ? 2 : 2 + tables_draw(&seed, 4));
        const struct hypothesis_test test = mann_whitney_exact(arena, &table, 0.95);
        if (contingency_total(&table) > MOST_PEOPLE || test.reason != TEST_MADE)
            continue;
        assert_near(test.p, share_of_all_ways(&table), 1e-13);
        checked++;
    }
    arena_destroy(arena);
}

static bool is_exact(struct arena *arena, const struct contingency *table) {
    return mann_whitney_test(arena, table, 0.95).method == TEST_MANN_WHITNEY;
}

/* What was promised to be exact is, and where it ends does not depend on the answers, only on how many gave
 * each. There the normal approximation is good. */
static void exact_as_far_as_it_goes(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    size_t different[2 * 240] = {0};
    for (size_t i = 0; i < 240; i++)
        different[i % 2 == 0 ? i : 240 + i] = 1;
    assert_true(is_exact(arena, &(struct contingency){2, 240, different}));
    const size_t five[] = {41, 45, 61, 57, 53, 43, 53, 57, 47, 43};
    assert_true(is_exact(arena, &(struct contingency){2, 5, five}));
    const size_t two[] = {150000, 350000, 151000, 349000};
    assert_true(is_exact(arena, &(struct contingency){2, 2, two}));
    const size_t many[] = {1000, 2000, 3000, 2000, 1000, 1100, 2010, 3020, 1980, 890};
    const size_t moved[] = {2000, 3000, 2000, 1000, 1000, 100, 1010, 4020, 2980, 890};
    const struct contingency one = {2, 5, many}, other = {2, 5, moved};
    assert_true(!is_exact(arena, &one) && !is_exact(arena, &other));
    assert_int_equal(mann_whitney_exact(arena, &one, 0.95).reason, TEST_FAILED);
    const struct contingency large = {2, 5, five};
    assert_near(mann_whitney_exact(arena, &large, 0.95).p, mann_whitney_normal(arena, &large, 0.95).p, 5e-3);
    arena_destroy(arena);
}

static void assert_mirrored(const struct hypothesis_test *one, const struct hypothesis_test *other,
                            double pairs) {
    assert_int_equal(one->reason, other->reason);
    if (one->reason != TEST_MADE)
        return;
    assert_near(one->statistic + other->statistic, pairs, 1e-9 * pairs);
    assert_near(one->p, other->p, 1e-12);
    assert_near(one->effect.value, -other->effect.value, 1e-14);
    assert_near(one->effect.low, -other->effect.high, 1e-12);
    assert_near(one->effect.high, -other->effect.low, 1e-12);
}

static void assert_within(const struct effect *effect) {
    assert_true(effect->value >= -1 && effect->value <= 1);
    if (isnan(effect->low) && isnan(effect->high))
        return;
    assert_true(-1 <= effect->low && effect->low <= effect->value);
    assert_true(effect->value <= effect->high && effect->high <= 1);
}

static void two_groups_mirror_each_other(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 2;
    size_t made = 0;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const size_t columns = 1 + tables_draw(&seed, 8), exchange[] = {1, 0};
        const struct contingency table =
            tables_random(arena, &seed, 2, columns, 2 + tables_draw(&seed, columns > 5 ? 6 : 12));
        const double pairs = (double)(contingency_row(&table, 0) * contingency_row(&table, 1));
        const struct hypothesis_test test = mann_whitney_test(arena, &table, 0.95);
        const struct contingency exchanged = tables_permuted(arena, &table, exchange, NULL);
        const struct contingency reversed =
            tables_permuted(arena, &table, NULL, tables_reverse(arena, columns));
        const struct hypothesis_test tests[] = {mann_whitney_test(arena, &exchanged, 0.95),
                                                mann_whitney_test(arena, &reversed, 0.95)};
        assert_mirrored(&test, &tests[0], pairs);
        assert_mirrored(&test, &tests[1], pairs);
        if (test.reason != TEST_MADE)
            continue;
        assert_true(test.p > 0 && test.p <= 1);
        assert_near(test.effect.value, 2 * test.statistic / pairs - 1, 1e-13);
        assert_within(&test.effect);
        made++;
    }
    assert_true(made > 5000);
    arena_destroy(arena);
}

static void assert_same(const struct hypothesis_test *one, const struct hypothesis_test *other) {
    assert_int_equal(one->reason, other->reason);
    assert_int_equal(one->method, other->method);
    assert_int_equal(one->n, other->n);
    assert_near(one->statistic, other->statistic, 1e-9);
    assert_near(one->p, other->p, 1e-12);
    assert_near(one->effect.value, other->effect.value, 1e-12);
}

static void order_and_empty_places_do_not_matter(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 3;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const size_t rows = 2 + tables_draw(&seed, 4), columns = 1 + tables_draw(&seed, 6);
        const struct contingency table =
            tables_random(arena, &seed, rows, columns, 2 + tables_draw(&seed, 30));
        const struct contingency shuffled =
            tables_permuted(arena, &table, tables_order(arena, &seed, rows), NULL);
        const struct hypothesis_test test = kruskal_wallis_test(arena, &table);
        const struct hypothesis_test same = kruskal_wallis_test(arena, &shuffled);
        assert_same(&test, &same);
        const struct contingency wide =
            tables_widened(arena, &table, tables_draw(&seed, rows + 1), tables_draw(&seed, columns + 1));
        const struct rank_test plain = rank_test(arena, &table, 0.9), widened = rank_test(arena, &wide, 0.9);
        assert_same(&plain.test, &widened.test);
        assert_int_equal(plain.pair_count, widened.pair_count);
        for (size_t i = 0; i < plain.pair_count; i++) {
            assert_same(&plain.pairs[i].test, &widened.pairs[i].test);
            assert_true(plain.pairs[i].first < plain.pairs[i].second);
            assert_within(&plain.pairs[i].test.effect);
        }
        if (test.reason == TEST_MADE)
            assert_true(test.effect.value >= 0 && test.effect.value <= 1 && test.p >= 0 && test.p <= 1);
    }
    arena_destroy(arena);
}

/* H of two groups is the square of z, which is Dunn's too. */
static void two_groups_are_a_case_of_more(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 4;
    for (int round = 0; round < 2000; round++) {
        arena_reset(arena);
        const struct contingency table = tables_random(arena, &seed, 2, 2 + tables_draw(&seed, 9), 40);
        const struct hypothesis_test two = mann_whitney_normal(arena, &table, 0.95);
        const struct hypothesis_test more = kruskal_wallis_test(arena, &table);
        size_t count = 0;
        const struct kruskal_wallis_pair *pairs = kruskal_wallis_pairs(arena, &table, 0.95, &count);
        assert_int_equal(two.reason, more.reason);
        assert_int_equal(count, two.reason == TEST_MADE);
        if (count == 0)
            continue;
        assert_near(more.p, two.p, 1e-11);
        assert_near(pairs[0].test.statistic * pairs[0].test.statistic, more.statistic, 1e-9);
        assert_true((pairs[0].test.statistic > 0) == (two.effect.value > 0) ||
                    fabs(two.effect.value) < 1e-12);
        assert_near(pairs[0].test.effect.low, two.effect.low, 0);
    }
    arena_destroy(arena);
}

static void what_cannot_be_tested_has_its_reason(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const size_t nobody[6] = {0}, one_group[] = {3, 2, 9, 0, 0, 0}, constant[] = {0, 5, 0, 0, 9, 0};
    assert_int_equal(rank_test(arena, &(struct contingency){2, 3, nobody}, 0.95).test.reason, TEST_TOO_FEW);
    assert_int_equal(rank_test(arena, &(struct contingency){2, 3, one_group}, 0.95).test.reason,
                     TEST_TOO_FEW);
    assert_int_equal(rank_test(arena, &(struct contingency){2, 3, constant}, 0.95).test.reason,
                     TEST_CONSTANT);
    const size_t same[] = {0, 4, 0, 3, 0, 1};
    const struct rank_test three = rank_test(arena, &(struct contingency){3, 2, same}, 0.95);
    assert_true(three.test.reason == TEST_CONSTANT && three.pair_count == 0 && isnan(three.test.p));
    const struct contingency empty = {2, 3, one_group};
    assert_int_equal(mann_whitney_normal(arena, &empty, 0.95).reason, TEST_TOO_FEW);
    assert_int_equal(kruskal_wallis_test(arena, &empty).reason, TEST_TOO_FEW);
    assert_true(isnan(cliff_delta(&empty, 0, 1, 0.95).value));
    arena_destroy(arena);
}

/* z² = 3.8415: of 20 and 12 people who do not overlap, from (12 - z²)/(12 + z²) on. */
static void complete_separation_is_no_certainty(void **state) {
    (void)state;
    const size_t apart[] = {20, 0, 0, 12}, alone[] = {1, 0, 4, 5};
    const struct contingency table = {2, 2, apart}, single = {2, 2, alone};
    const struct effect below = cliff_delta(&table, 0, 1, 0.95), above = cliff_delta(&table, 1, 0, 0.95);
    assert_true(below.value == -1 && below.low == -1 && above.value == 1 && above.high == 1);
    assert_near(above.low, (12 - 3.841458820694124) / (12 + 3.841458820694124), 1e-12);
    assert_near(below.high, -above.low, 0);
    const struct effect one = cliff_delta(&single, 0, 1, 0.95);
    assert_near(one.value, -5.0 / 9, 1e-15);
    assert_true(isnan(one.low) && isnan(one.high));
}

/* A million people, and numbers of twenty thousand different values. */
static void many_people_are_tested(void **state) {
    (void)state;
    enum { DIFFERENT = 20000 };
    struct arena *arena = arena_create();
    const size_t scale[] = {50000, 120000, 200000, 150000, 60000, 110000, 190000, 120000, 1, 2, 3, 4};
    const struct rank_test three = rank_test(arena, &(struct contingency){3, 4, scale}, 0.95);
    const struct rank_test two = rank_test(arena, &(struct contingency){2, 4, scale}, 0.95);
    assert_true(three.test.p < 1e-9 && three.pair_count == 3 && two.test.method == TEST_MANN_WHITNEY_NORMAL);
    size_t *numbers = ARENA_NEW(arena, size_t, 3 * DIFFERENT);
    uint64_t seed = 5;
    for (size_t i = 0; i < 600000; i++)
        numbers[tables_draw(&seed, (size_t)3 * DIFFERENT)]++;
    const struct rank_test wide = rank_test(arena, &(struct contingency){3, DIFFERENT, numbers}, 0.95);
    assert_true(wide.test.reason == TEST_MADE && wide.test.p > 1e-4);
    assert_true(rank_test(arena, &(struct contingency){2, DIFFERENT, numbers}, 0.95).test.p > 1e-4);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_agree),
        cmocka_unit_test(more_groups_agree),
        cmocka_unit_test(exact_is_the_share_of_all_ways),
        cmocka_unit_test(exact_as_far_as_it_goes),
        cmocka_unit_test(two_groups_mirror_each_other),
        cmocka_unit_test(order_and_empty_places_do_not_matter),
        cmocka_unit_test(two_groups_are_a_case_of_more),
        cmocka_unit_test(what_cannot_be_tested_has_its_reason),
        cmocka_unit_test(complete_separation_is_no_certainty),
        cmocka_unit_test(many_people_are_tested),
    };
    return cmocka_run_group_tests_name("rank_test", tests, NULL, NULL);
}
