/* Goal: importances say what the regressions of all sets of items by R say; they add up to R², do not depend
 * on the order of the items or their unit, and are shared out among items that say the same. */
#include "analysis/statistics/importance.h"

#include "tests/unit/people.h"

#include <time.h>

static const double AGREEMENT = 1e-9;

static struct importance importance_of_people(struct arena *arena, const struct people *people) {
    const struct covariance matrix = people_covariance(arena, people);
    return importance_of(arena, &matrix);
}

static double sum_of(const struct importance *result, size_t items) {
    double sum = 0;
    for (size_t i = 0; i < items; i++)
        sum += result->items[i].value;
    return sum;
}

static void importances_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/scales_importance.csv");
    while (reference_next(&reference)) {
        const size_t n = reference_whole(&reference, 0), items = reference_whole(&reference, 1);
        const struct people people = people_read(arena, &reference, 2, n, items + 1);
        const struct importance result = importance_of_people(arena, &people);
        const size_t next = 2 + n * (items + 1);
        assert_int_equal(result.reason, IMPORTANCE_DEFINED);
        assert_int_equal(result.n, n);
        reference_near(&reference, next, result.r_squared, AGREEMENT, 1e-13, "R²");
        for (size_t i = 0; i < items; i++)
            reference_near(&reference, next + 1 + i, result.items[i].value, AGREEMENT, 1e-13, "importance");
        assert_true(fabs(sum_of(&result, items) - result.r_squared) < 1e-12);
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

enum kind { PLAIN, CONSTANT, COPIED, SUMMED };

/* An outcome and items; the last item as `kind` says. */
static struct people random_people(struct arena *arena, uint64_t *seed, enum kind kind) {
    const size_t count = 3 + tables_draw(seed, 4);
    struct people people = {10 * (count - 1) + tables_draw(seed, 30), count, NULL};
    double *answers = ARENA_NEW(arena, double, people.n *count);
    for (size_t i = 0; i < people.n; i++) {
        double *own = answers + i * count;
        const size_t opinion = tables_draw(seed, 3);
        for (size_t j = 0; j < count; j++)
            own[j] = (double)(opinion + tables_draw(seed, 4));
        if (kind == CONSTANT)
            own[count - 1] = 2;
        else if (kind != PLAIN)
            own[count - 1] = kind == COPIED ? 6 - own[1] : own[1] + (count > 3 ? own[2] : 0);
    }
    people.answers = answers;
    return people;
}

/* The items in reverse behind the outcome, in another unit. */
static struct people reversed(struct arena *arena, const struct people *people) {
    const size_t count = people->count;
    double *answers = ARENA_NEW(arena, double, people->n *count);
    for (size_t i = 0; i < people->n; i++) {
        answers[i * count] = 7 - people->answers[i * count];
        for (size_t j = 1; j < count; j++)
            answers[i * count + j] = 100 * (double)j + 0.5 * people->answers[i * count + count - j];
    }
    return (struct people){people->n, count, answers};
}

static void assert_near(double value, double expected) {
    if (!(fabs(value - expected) <= 1e-10))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void check_last(const struct importance *result, size_t items, enum kind kind) {
    const struct importance_item *first = &result->items[0], *last = &result->items[items - 1];
    assert_int_equal(last->constant, kind == CONSTANT);
    assert_int_equal(last->collinear, kind == COPIED || kind == SUMMED);
    if (kind == CONSTANT)
        assert_true(last->value == 0);
    if (kind == COPIED)
        assert_near(last->value, first->value);
}

static void every_study(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const enum kind kind = (enum kind)(round % 4);
        const struct people people = random_people(arena, &seed, kind), other = reversed(arena, &people);
        const size_t items = people.count - 1;
        const struct importance result = importance_of_people(arena, &people),
                                same = importance_of_people(arena, &other);
        assert_true(result.reason == IMPORTANCE_DEFINED && same.reason == IMPORTANCE_DEFINED);
        assert_true(result.r_squared >= 0 && result.r_squared <= 1);
        assert_true(fabs(sum_of(&result, items) - result.r_squared) < 1e-12);
        assert_near(same.r_squared, result.r_squared);
        for (size_t i = 0; i < items; i++) {
            assert_true(result.items[i].value >= 0);
            if (result.r_squared > 0)
                assert_near(result.items[i].share * result.r_squared, result.items[i].value);
            assert_near(same.items[items - 1 - i].value, result.items[i].value);
        }
        check_last(&result, items, kind);
    }
    arena_destroy(arena);
}

static void undefined_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const double plain[] = {2, 1, 0, 1, 2, 0, 0, 0, 2}, constant_outcome[] = {0, 0, 0, 0, 2, 0, 0, 0, 2},
                 constant_items[] = {2, 0, 0, 0, 0, 0, 0, 0, 0}, nobody[] = {NAN, NAN, NAN, NAN};
    const struct {
        struct covariance matrix;
        enum importance_reason reason;
    } cases[] = {{{20, 3, plain}, IMPORTANCE_DEFINED},
                 {{19, 3, plain}, IMPORTANCE_TOO_FEW},
                 {{0, 2, nobody}, IMPORTANCE_TOO_FEW},
                 {{20, 3, constant_outcome}, IMPORTANCE_CONSTANT_OUTCOME},
                 {{20, 3, constant_items}, IMPORTANCE_CONSTANT_ITEMS}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct importance result = importance_of(arena, &cases[i].matrix);
        assert_int_equal(result.reason, cases[i].reason);
        assert_int_equal(isnan(result.r_squared), result.reason != IMPORTANCE_DEFINED);
        assert_int_equal(isnan(result.items[0].value), result.reason != IMPORTANCE_DEFINED);
    }
    arena_destroy(arena);
}

/* Where nothing is explained, no item has a share of it. */
static void nothing_is_explained(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const double values[] = {1, 0, 0, 1};
    const struct covariance matrix = {50, 2, values};
    const struct importance result = importance_of(arena, &matrix);
    assert_true(result.r_squared == 0 && result.items[0].value == 0 && isnan(result.items[0].share));
    arena_destroy(arena);
}

/* All sets of twelve items. */
static void twelve_items_take_no_time(void **state) {
    (void)state;
    enum { SIDE = IMPORTANCE_ITEMS + 1 };
    struct arena *arena = arena_create();
    double values[SIDE * SIDE];
    for (size_t i = 0; i < SIDE * SIDE; i++)
        values[i] = i % (SIDE + 1) == 0 ? 1 : 0.5;
    const struct covariance matrix = {1000000, SIDE, values};
    const clock_t start = clock();
    const struct importance result = importance_of(arena, &matrix);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 0.2);
    /* Of equal correlations r: R² = 12 r² / (1 + 11 r), shared evenly. */
    assert_near(result.r_squared, 3 / 6.5);
    for (size_t i = 0; i < IMPORTANCE_ITEMS; i++)
        assert_near(result.items[i].value, 3 / 6.5 / 12);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(importances_agree),         cmocka_unit_test(every_study),
        cmocka_unit_test(undefined_is_refused),      cmocka_unit_test(nothing_is_explained),
        cmocka_unit_test(twelve_items_take_no_time),
    };
    return cmocka_run_group_tests_name("importance", tests, NULL, NULL);
}
