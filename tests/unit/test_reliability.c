/* Goal: covariances, alpha and what belongs to it say what R says of the same answers, one by one; they do
 * not depend on the order of items or the unit of answers; what is undefined is refused with its reason. */
#include "analysis/statistics/reliability.h"

#include "tests/unit/people.h"

#include <time.h>

static const double AGREEMENT = 1e-9;

static void reliabilities_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/scales_reliability.csv");
    while (reference_next(&reference)) {
        const struct people people =
            people_read(arena, &reference, 3, reference_whole(&reference, 0), reference_whole(&reference, 1));
        const struct covariance matrix = people_covariance(arena, &people);
        const struct reliability result = reliability_of(arena, &matrix, reference_number(&reference, 2));
        const size_t next = 3 + people.n * people.count;
        reference_near(&reference, next, result.alpha, AGREEMENT, 1e-13, "alpha");
        reference_near(&reference, next + 1, result.low, AGREEMENT, 1e-13, "low");
        reference_near(&reference, next + 2, result.high, AGREEMENT, 1e-13, "high");
        reference_near(&reference, next + 3, result.average_correlation, AGREEMENT, 1e-13, "correlation");
        for (size_t i = 0; i < people.count; i++) {
            const struct reliability_item *item = &result.items[i];
            assert_int_equal(item->constant, reference_number(&reference, next + 4 + 3 * i));
            reference_near(&reference, next + 5 + 3 * i, item->alpha_if_dropped, AGREEMENT, 1e-13, "dropped");
            reference_near(&reference, next + 6 + 3 * i, item->item_total, AGREEMENT, 1e-13, "item-total");
        }
        assert_int_equal(result.reason == RELIABILITY_DEFINED, !isnan(result.alpha));
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

/* Answers that have something in common, and now and then an item that has not, or is constant. */
static struct people random_people(struct arena *arena, uint64_t *seed) {
    struct people people = {2 + tables_draw(seed, 20), 2 + tables_draw(seed, 5), NULL};
    double *answers = ARENA_NEW(arena, double, people.n *people.count);
    for (size_t i = 0; i < people.n; i++) {
        const size_t opinion = tables_draw(seed, 3);
        for (size_t j = 0; j < people.count; j++)
            answers[i * people.count + j] =
                (double)(people.n % 7 == 0 && j == 0 ? 3 : opinion + tables_draw(seed, 3));
    }
    people.answers = answers;
    return people;
}

/* The items in reverse, and in another unit. */
static struct people changed(struct arena *arena, const struct people *people, double factor, double shift) {
    double *answers = ARENA_NEW(arena, double, people->n * people->count);
    for (size_t i = 0; i < people->n; i++)
        for (size_t j = 0; j < people->count; j++)
            answers[i * people->count + j] =
                shift + factor * people->answers[i * people->count + people->count - 1 - j];
    return (struct people){people->n, people->count, answers};
}

static struct people twice(struct arena *arena, const struct people *people) {
    const size_t length = people->n * people->count;
    double *answers = ARENA_NEW(arena, double, 2 * length);
    for (size_t i = 0; i < 2 * length; i++)
        answers[i] = people->answers[i % length];
    return (struct people){2 * people->n, people->count, answers};
}

static void assert_near(double value, double expected) {
    if (!(fabs(value - expected) <= 1e-9 * fmax(1, fabs(expected))) && !(isnan(value) && isnan(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void every_study(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    size_t defined = 0;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const struct people people = random_people(arena, &seed), other = changed(arena, &people, -2.5, 1000),
                            more = twice(arena, &people);
        const struct covariance matrices[] = {people_covariance(arena, &people),
                                              people_covariance(arena, &other),
                                              people_covariance(arena, &more)};
        const struct reliability one = reliability_of(arena, &matrices[0], 0.95),
                                 reversed = reliability_of(arena, &matrices[1], 0.95),
                                 doubled = reliability_of(arena, &matrices[2], 0.95);
        assert_true(one.reason == reversed.reason && one.varying == reversed.varying);
        assert_near(reversed.alpha, one.alpha);
        assert_near(reversed.low, one.low);
        assert_near(reversed.average_correlation, one.average_correlation);
        for (size_t i = 0; i < people.count; i++) {
            const struct reliability_item *item = &one.items[i],
                                          *same = &reversed.items[people.count - 1 - i];
            assert_near(same->item_total, item->item_total);
            assert_near(same->alpha_if_dropped, item->alpha_if_dropped);
            assert_false(fabs(item->item_total) > 1 || item->alpha_if_dropped > 1 + 1e-12);
        }
        if (one.reason != RELIABILITY_DEFINED)
            continue;
        defined++;
        assert_near(doubled.alpha, one.alpha);
        assert_true(one.low <= one.alpha && one.alpha <= one.high && one.high <= 1 + 1e-12);
        assert_true(doubled.high - doubled.low <= one.high - one.low + 1e-12);
    }
    assert_true(defined > 8000);
    arena_destroy(arena);
}

static void undefined_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    static const double ONE[] = {1, 2, 3}, SAME[] = {3, 3, 3, 3, 3, 3}, SINGLE[] = {1, 3, 2, 3, 5, 3},
                        OPPOSITE[] = {1, 5, 2, 4, 5, 1};
    const struct {
        struct people people;
        enum reliability_reason reason;
        size_t constant;
    } cases[] = {{{1, 3, ONE}, RELIABILITY_TOO_FEW_PEOPLE, 0},
                 {{0, 3, ONE}, RELIABILITY_TOO_FEW_PEOPLE, 0},
                 {{2, 3, SAME}, RELIABILITY_TOO_FEW_ITEMS, 3},
                 {{3, 2, SINGLE}, RELIABILITY_TOO_FEW_ITEMS, 1},
                 {{3, 2, OPPOSITE}, RELIABILITY_CONSTANT_SUM, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct covariance matrix = people_covariance(arena, &cases[i].people);
        const struct reliability result = reliability_of(arena, &matrix, 0.95);
        size_t constant = 0;
        for (size_t j = 0; j < cases[i].people.count; j++)
            constant += result.items[j].constant;
        assert_int_equal(result.reason, cases[i].reason);
        assert_int_equal(constant, cases[i].constant);
        assert_true(isnan(result.alpha) && isnan(result.low) && isnan(result.high));
    }
    arena_destroy(arena);
}

/* The ends for alpha = 0 and two items are 1 - F; R's qf, above 100 000 people from qbeta, as qf then takes a
 * limit. */
static void many_people_take_no_time(void **state) {
    (void)state;
    static const struct {
        size_t n;
        double low, high;
    } ends[] = {{1000, 1 - 1.1321198377470401, 1 - 0.8832987168478885},
                {100000, 1 - 1.012473182571952, 1 - 0.987680481037269},
                {1000000, 1 - 1.003927625146676, 1 - 0.9960877407411693},
                {10000000, 1 - 1.001240358806743, 1 - 0.9987611777773107}};
    struct arena *arena = arena_create();
    const double independent[] = {1, 0, 0, 1};
    const clock_t start = clock();
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const struct covariance matrix = {ends[i].n, 2, independent};
        const struct reliability result = reliability_of(arena, &matrix, 0.95);
        if (!(fabs(result.low - ends[i].low) < 1e-9 && fabs(result.high - ends[i].high) < 1e-9))
            fail_msg("of %zu people: %.17g to %.17g", ends[i].n, result.low, result.high);
    }
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 1);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reliabilities_agree),
        cmocka_unit_test(every_study),
        cmocka_unit_test(undefined_is_refused),
        cmocka_unit_test(many_people_take_no_time),
    };
    return cmocka_run_group_tests_name("reliability", tests, NULL, NULL);
}
