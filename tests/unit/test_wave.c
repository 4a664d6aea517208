/* Goal: the change from one wave to the other has the variance it has over every pair of samples that could
 * be drawn (tests/reference/wave.R), its interval covers the truth when people are in both, and edges are
 * told as they are. Run from the root of the tree. */
#include "analysis/statistics/wave.h"

#include "tests/unit/reference.h"

static const double AGREEMENT = 1e-9;

static void the_variance_is_that_of_every_design(void **state) {
    (void)state;
    struct reference table = reference_open("tests/reference/wave_designs.csv");
    while (reference_next(&table)) {
        const size_t population = reference_whole(&table, 0);
        const struct interval limits = {0, 1, false};
        struct wave first = {0.5, reference_number(&table, 4), reference_whole(&table, 1), population,
                             limits};
        struct wave second = {0.5, reference_number(&table, 5), reference_whole(&table, 2), population,
                              limits};
        const struct wave_overlap overlap = {reference_whole(&table, 3), reference_number(&table, 6)};
        const struct wave_change change = wave_compare(&first, &second, overlap);
        reference_near(&table, 7, change.variance, AGREEMENT, 1e-14, "variance");
        /* With less in common than the least favourable overlap allows, there is nothing. */
        const struct wave_change worst =
            wave_compare(&first, &second, wave_overlap_least(&first, &second, 0));
        assert_true(worst.variance >= change.variance * (1 - 1e-9) - 1e-14 || overlap.covariance < 0);
    }
    assert_true(reference_close(&table) >= 60);
}

static void rates_agree(void **state) {
    (void)state;
    struct reference table = reference_open("tests/reference/wave_rates.csv");
    while (reference_next(&table)) {
        const struct interval limits[2] = {
            {reference_number(&table, 8), reference_number(&table, 9), false},
            {reference_number(&table, 10), reference_number(&table, 11), false}};
        struct wave waves[2];
        for (size_t i = 0; i < 2; i++)
            waves[i] = wave_rate(reference_whole(&table, 3 * i), reference_whole(&table, 3 * i + 1),
                                 reference_whole(&table, 3 * i + 2), limits[i]);
        const struct wave_overlap overlap = {reference_whole(&table, 6), reference_number(&table, 7)};
        const struct wave_change change = wave_compare(&waves[0], &waves[1], overlap);
        const struct hypothesis_test test = wave_test(&waves[0], &waves[1], overlap);
        reference_near(&table, 12, change.difference, AGREEMENT, 1e-14, "difference");
        reference_near(&table, 13, change.variance, AGREEMENT, 1e-15, "variance");
        reference_near(&table, 14, change.correlation, AGREEMENT, 1e-13, "correlation");
        reference_near(&table, 15, change.low, AGREEMENT, 1e-8,
                       "low"); /* acos loses half the digits near 1 */
        reference_near(&table, 16, change.high, AGREEMENT, 1e-8, "high");
        reference_near(&table, 17, test.statistic, AGREEMENT, 1e-12, "z");
        reference_near(&table, 18, test.p, AGREEMENT, 0, "p");
        assert_int_equal(test.method, isnan(test.p) ? TEST_NONE : TEST_DIFFERENCE);
    }
    assert_true(reference_close(&table) >= 60);
}

/* --- properties --- */

static uint64_t seed = 20240502;

static size_t draw(size_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % below;
}

static struct wave draw_wave(size_t population) {
    const size_t n = 1 + draw(population < 200 && population ? population : 200), x = draw(n + 1);
    return wave_rate(x, n, population,
                     proportion_interval(INTERVAL_WILSON, (long)x, (long)n, (long)population, 0.95));
}

static void intervals_contain_the_difference_and_mirror(void **state) {
    (void)state;
    for (int i = 0; i < 10000; i++) {
        const size_t population = draw(3) ? 20 + draw(300) : 0;
        const struct wave first = draw_wave(population), second = draw_wave(population);
        const struct wave_overlap overlap = {draw((first.n < second.n ? first.n : second.n) + 1),
                                             ((double)draw(1001) - 500) / 2000};
        const struct wave_change one = wave_compare(&first, &second, overlap);
        const struct wave_change other = wave_compare(&second, &first, overlap);
        assert_true(-1 <= one.low && one.low <= one.difference + 1e-15);
        assert_true(one.difference - 1e-15 <= one.high && one.high <= 1);
        assert_true(fabs(one.low + other.high) < 1e-12 && fabs(one.high + other.low) < 1e-12);
        assert_true(one.difference == -other.difference && -1 <= one.correlation && one.correlation <= 1);
        const double p = wave_test(&first, &second, overlap).p, q = wave_test(&second, &first, overlap).p;
        assert_true(p == q || (isnan(p) && isnan(q)));
        /* Nothing in common: Newcombe's interval; the least favourable overlap is never narrower. */
        const struct wave_change apart = wave_compare(&first, &second, WAVE_APART);
        const double a = second.value - second.limits.low, b = first.limits.high - first.value;
        assert_true(fabs(apart.low - (apart.difference - hypot(a, b))) < 1e-12);
        const struct wave_change worst =
            wave_compare(&first, &second, wave_overlap_least(&first, &second, 0));
        assert_true(worst.low <= apart.low + 1e-12 && worst.high >= apart.high - 1e-12);
    }
}

/* A population of 140 people who change their minds now and then. 97 answer the first time, 90 the second
 * time, of whom `again` had answered before. */
enum { PEOPLE = 140, FIRST = 97, SECOND = 90, SURVEYS = 4000 };

struct survey {
    bool answers[2][PEOPLE];
    size_t order[PEOPLE]; /* the first FIRST answer first; those from `from` on the second time */
    size_t from;
};

static void draw_survey(struct survey *survey, size_t again) {
    survey->from = FIRST - again;
    for (size_t i = 0; i < PEOPLE; i++) {
        survey->order[i] = i;
        survey->answers[0][i] = draw(100) < 60;
        survey->answers[1][i] = draw(100) < 80 ? survey->answers[0][i] : draw(100) < 70;
    }
    for (size_t i = 0; i < PEOPLE; i++) {
        const size_t other = i + draw(PEOPLE - i), kept = survey->order[i];
        survey->order[i] = survey->order[other];
        survey->order[other] = kept;
    }
}

static struct wave wave_drawn(const struct survey *survey, size_t time) {
    const size_t from = time ? survey->from : 0, n = time ? SECOND : FIRST;
    size_t x = 0;
    for (size_t i = from; i < from + n; i++)
        x += survey->answers[time][survey->order[i]];
    return wave_rate(x, n, PEOPLE, proportion_interval(INTERVAL_WILSON, (long)x, (long)n, PEOPLE, 0.95));
}

static struct wave_overlap overlap_drawn(const struct survey *survey) {
    double both = 0, sums[2] = {0, 0}, pairs = FIRST - (double)survey->from;
    for (size_t i = survey->from; i < FIRST; i++) {
        const bool first = survey->answers[0][survey->order[i]],
                   second = survey->answers[1][survey->order[i]];
        both += first && second;
        sums[0] += first;
        sums[1] += second;
    }
    return (struct wave_overlap){FIRST - survey->from, (both - sums[0] * sums[1] / pairs) / (pairs - 1)};
}

static double true_difference(const struct survey *survey) {
    double difference = 0;
    for (size_t i = 0; i < PEOPLE; i++)
        difference += (double)survey->answers[1][i] - (double)survey->answers[0][i];
    return difference / PEOPLE;
}

/* The share of intervals that hold the truth, with the overlap as it is known, or the least favourable one.
 */
static double cover(size_t again, bool linked) {
    size_t covered = 0;
    for (int i = 0; i < SURVEYS; i++) {
        struct survey survey;
        draw_survey(&survey, again);
        const struct wave first = wave_drawn(&survey, 0), second = wave_drawn(&survey, 1);
        const struct wave_change change = wave_compare(
            &first, &second, linked ? overlap_drawn(&survey) : wave_overlap_least(&first, &second, 0));
        const double truth = true_difference(&survey);
        covered += change.low <= truth && truth <= change.high;
    }
    return (double)covered / SURVEYS;
}

/* 47 is the least overlap there can be, 62 what chance would give, 90 all of the second wave. */
static void intervals_cover_when_people_are_in_both(void **state) {
    (void)state;
    const size_t again[] = {47, 62, 80, 90};
    for (size_t i = 0; i < sizeof again / sizeof *again; i++) {
        const double linked = cover(again[i], true), worst = cover(again[i], false);
        if (linked < 0.935 || linked > 0.975)
            fail_msg("%zu in both: %.4f of the intervals hold the truth", again[i], linked);
        if (worst < 0.94)
            fail_msg("%zu in both, not known: %.4f of the intervals hold the truth", again[i], worst);
    }
}

static void edges_are_told_as_they_are(void **state) {
    (void)state;
    const struct interval fact = {0.7, 0.7, true}, other = {0.4, 0.4, true};
    const struct wave first = wave_rate(7, 10, 10, fact), second = wave_rate(4, 10, 10, other);
    const struct wave_change change = wave_compare(&first, &second, (struct wave_overlap){10, 0.1});
    assert_true(change.census && change.low == change.difference && change.high == change.difference);
    assert_int_equal(wave_test(&first, &second, WAVE_APART).reason, TEST_CENSUS);
    const struct wave nobody = wave_rate(0, 0, 10, (struct interval){NAN, NAN, false});
    assert_true(isnan(wave_compare(&nobody, &second, WAVE_APART).low));
    assert_int_equal(wave_test(&nobody, &second, WAVE_APART).reason, TEST_TOO_FEW);
    const struct wave all = wave_rate(9, 9, 20, (struct interval){0.7, 1, false});
    assert_int_equal(wave_test(&all, &all, WAVE_APART).reason, TEST_CONSTANT);
    const struct wave mean = wave_mean(3.5, 1.25, 40, 0, (struct interval){3.1, 3.9, false});
    const struct wave later = wave_mean(4.5, 1.25, 50, 0, (struct interval){4.1, 4.9, false});
    const struct wave_change moved = wave_compare(&mean, &later, WAVE_APART);
    assert_true(fabs(moved.variance - 1.5625 / 40 - 1.5625 / 50) < 1e-15 && moved.difference == 1);
    const struct wave_overlap least =
        wave_overlap_least(&mean, &later, 0); /* of a population that is not known */
    assert_true(least.n == 0 && least.covariance == 0);
    const struct wave some = wave_rate(30, 60, 100, other), others = wave_rate(20, 50, 100, other);
    assert_int_equal(wave_overlap_least(&some, &others, 0).n, 10);
    assert_true(wave_overlap_least(&some, &others, 0).covariance > 0);
    assert_true(wave_overlap_least(&some, &others, 29).covariance > 0); /* chance would give 30 */
    assert_int_equal(wave_overlap_least(&some, &others, 31).n, 31);
    assert_true(wave_overlap_least(&some, &others, 31).covariance == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_variance_is_that_of_every_design),
        cmocka_unit_test(rates_agree),
        cmocka_unit_test(intervals_contain_the_difference_and_mirror),
        cmocka_unit_test(intervals_cover_when_people_are_in_both),
        cmocka_unit_test(edges_are_told_as_they_are),
    };
    return cmocka_run_group_tests_name("wave", tests, NULL, NULL);
}
