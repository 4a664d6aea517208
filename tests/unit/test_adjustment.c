/* Goal: p adjusted for many tests is what R's p.adjust says, and what its definition demands of any list. */
#include "analysis/statistics/adjustment.h"

#include "tests/unit/tables.h"

static void lists_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/ranks_adjustment.csv");
    while (reference_next(&reference)) {
        const size_t count = reference_whole(&reference, 0);
        const double *p = reference.numbers + 1;
        double *holm = ARENA_NEW(arena, double, count), *rate = ARENA_NEW(arena, double, count);
        adjustment_apply(arena, ADJUSTMENT_HOLM, p, holm, count);
        adjustment_apply(arena, ADJUSTMENT_BENJAMINI_HOCHBERG, p, rate, count);
        assert_int_equal(reference.count, 1 + 3 * count);
        for (size_t i = 0; i < count; i++) {
            reference_agrees(&reference, 1 + count + i, holm[i], 1e-13, "Holm");
            reference_agrees(&reference, 1 + 2 * count + i, rate[i], 1e-13, "Benjamini and Hochberg");
        }
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

enum { MOST = 40 };

struct adjusted {
    double p[MOST], holm[MOST], rate[MOST], none[MOST];
    size_t count, tests;
};

static struct adjusted adjust(struct arena *arena, const double *p, size_t count) {
    struct adjusted list = {.count = count};
    for (size_t i = 0; i < count; i++)
        list.p[i] = p[i];
    list.tests = adjustment_apply(arena, ADJUSTMENT_HOLM, p, list.holm, count);
    assert_int_equal(adjustment_apply(arena, ADJUSTMENT_BENJAMINI_HOCHBERG, p, list.rate, count), list.tests);
    assert_int_equal(adjustment_apply(arena, ADJUSTMENT_NONE, p, list.none, count), list.tests);
    return list;
}

/* From few different values, so that many are tied; some were not made. */
static size_t draw_list(uint64_t *seed, double *p) {
    const size_t count = tables_draw(seed, MOST + 1), different = 1 + tables_draw(seed, 30);
    for (size_t i = 0; i < count; i++) {
        const double share = (double)tables_draw(seed, different + 1) / (double)different;
        p[i] = tables_draw(seed, 6) == 0 ? NAN : share * share;
    }
    return count;
}

static void assert_ordered(const struct adjusted *list) {
    size_t made = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (isnan(list->p[i])) {
            assert_true(isnan(list->holm[i]) && isnan(list->rate[i]) && isnan(list->none[i]));
            continue;
        }
        made++;
        assert_true(1 >= list->holm[i] && list->holm[i] >= list->rate[i] && list->rate[i] >= list->p[i]);
        assert_true(list->none[i] == list->p[i]);
        for (size_t k = 0; k < list->count; k++)
            if (list->p[i] <= list->p[k])
                assert_true(list->holm[i] <= list->holm[k] && list->rate[i] <= list->rate[k]);
    }
    assert_int_equal(made, list->tests);
}

/* Holm rejects at alpha what his procedure does: the smallest p in turn, as long as each is at most alpha
 * over the number of those left. */
static void assert_steps_down(const struct adjusted *list, double alpha) {
    size_t rejected = 0, left = list->tests;
    for (bool more = true; more && left > 0;) {
        double least = INFINITY;
        size_t ties = 0, smaller = 0;
        for (size_t i = 0; i < list->count; i++)
            smaller += !isnan(list->p[i]) && list->holm[i] <= alpha;
        for (size_t i = 0; i < list->count; i++) {
            size_t below = 0;
            for (size_t k = 0; k < list->count; k++)
                below += list->p[k] < list->p[i];
            if (!isnan(list->p[i]) && below == rejected) {
                least = list->p[i];
                ties++;
            }
        }
        more = least * (double)left <= alpha;
        rejected += more ? ties : 0;
        left -= more ? ties : 0;
        if (!more || left == 0)
            assert_int_equal(smaller, rejected);
    }
}

static void every_list(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        double p[MOST];
        const struct adjusted list = adjust(arena, p, draw_list(&seed, p));
        assert_ordered(&list);
        assert_steps_down(&list, 0.05);
        const size_t *order = tables_order(arena, &seed, list.count);
        double shuffled[MOST];
        for (size_t i = 0; i < list.count; i++)
            shuffled[i] = list.p[order[i]];
        const struct adjusted other = adjust(arena, shuffled, list.count);
        for (size_t i = 0; i < list.count; i++)
            if (!isnan(shuffled[i]))
                assert_true(other.holm[i] == list.holm[order[i]] && other.rate[i] == list.rate[order[i]]);
    }
    arena_destroy(arena);
}

static void few_and_in_place(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    double p[] = {NAN, 0.02, NAN, 0.04, 0.02};
    assert_int_equal(adjustment_apply(arena, ADJUSTMENT_HOLM, p, p, 0), 0);
    assert_int_equal(adjustment_apply(arena, ADJUSTMENT_HOLM, p, p, 1), 0);
    assert_int_equal(adjustment_apply(arena, ADJUSTMENT_HOLM, p, p, 5), 3);
    assert_true(isnan(p[0]) && p[1] == 0.06 && isnan(p[2]) && p[3] == 0.06 && p[4] == 0.06);
    double one = 0.03;
    assert_int_equal(adjustment_apply(arena, ADJUSTMENT_BENJAMINI_HOCHBERG, &one, &one, 1), 1);
    assert_true(one == 0.03);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_agree),
        cmocka_unit_test(every_list),
        cmocka_unit_test(few_and_in_place),
    };
    return cmocka_run_group_tests_name("adjustment", tests, NULL, NULL);
}
