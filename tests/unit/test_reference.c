/* Goal: rates, means and quantiles agree with R's, of which tests/reference keeps the values. Run from the
 * root of the tree. */
#include "analysis/statistics/distribution.h"
#include "analysis/statistics/proportion.h"

#include "tests/unit/reference.h"

static const double AGREEMENT = 1e-9;

enum { MOST_VALUES = 2000 };

static void rates_agree(void **state) {
    (void)state;
    struct reference table = reference_open("tests/reference/proportions.csv");
    while (reference_next(&table)) {
        const long x = (long)reference_whole(&table, 0), n = (long)reference_whole(&table, 1);
        const long population = (long)reference_whole(&table, 2);
        const double confidence = reference_number(&table, 3), people = (double)population;
        const struct interval exact = proportion_interval(INTERVAL_EXACT, x, n, population, confidence);
        const struct interval finite = proportion_interval(INTERVAL_WILSON, x, n, population, confidence);
        const struct interval plain = proportion_interval(INTERVAL_WILSON, x, n, 0, confidence);
        reference_agrees(&table, 4, exact.low, AGREEMENT, "exact low");
        reference_agrees(&table, 5, exact.high, AGREEMENT, "exact high");
        reference_agrees(&table, 6, finite.low, AGREEMENT, "corrected Wilson low");
        reference_agrees(&table, 7, finite.high, AGREEMENT, "corrected Wilson high");
        reference_agrees(&table, 8, plain.low, AGREEMENT, "Wilson low");
        reference_agrees(&table, 9, plain.high, AGREEMENT, "Wilson high");
        assert_true(round(exact.low * people) / people == exact.low); /* whole people */
    }
    assert_true(reference_close(&table) >= 500);
}

struct dataset {
    struct value_count values[MOST_VALUES];
    size_t length;
};

/* The next dataset. The line that `table` is at is its first one, and then the first of the one after it;
 * false if there is none after it. */
static bool read_dataset(struct reference *table, struct dataset *dataset) {
    const size_t number = reference_whole(table, 0);
    dataset->length = 0;
    do {
        assert_true(dataset->length < MOST_VALUES);
        dataset->values[dataset->length++] =
            (struct value_count){reference_number(table, 1), reference_whole(table, 2)};
        if (!reference_next(table))
            return false;
    } while (reference_whole(table, 0) == number);
    return true;
}

static void assert_distribution_agrees(const struct dataset *dataset, const struct reference *table) {
    static const double levels[] = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};
    const struct distribution all = distribution_describe(
        dataset->values, dataset->length, reference_whole(table, 2), reference_number(table, 3));
    assert_int_equal(all.n, reference_whole(table, 1));
    reference_agrees(table, 4, all.mean, AGREEMENT, "mean");
    reference_agrees(table, 5, all.interval.low, AGREEMENT, "low");
    reference_agrees(table, 6, all.interval.high, AGREEMENT, "high");
    reference_agrees(table, 7, all.standard_deviation, AGREEMENT, "standard deviation");
    reference_agrees(table, 8, all.minimum, AGREEMENT, "minimum");
    reference_agrees(table, 14, all.maximum, AGREEMENT, "maximum");
    for (size_t i = 0; i < 7; i++) {
        reference_agrees(table, 8 + i, distribution_quantile(dataset->values, dataset->length, levels[i]),
                         AGREEMENT, "quantile of type 7");
        const size_t position = distribution_position(dataset->values, dataset->length, levels[i]);
        assert_true(position < dataset->length);
        reference_agrees(table, 15 + i, dataset->values[position].value, AGREEMENT, "quantile of type 1");
    }
}

static void distributions_agree(void **state) {
    (void)state;
    struct reference values = reference_open("tests/reference/datasets.csv");
    struct reference figures = reference_open("tests/reference/distributions.csv");
    static struct dataset dataset;
    bool more = reference_next(&values);
    while (reference_next(&figures)) {
        assert_true(more);
        assert_int_equal(reference_whole(&values, 0), reference_whole(&figures, 0));
        more = read_dataset(&values, &dataset);
        assert_distribution_agrees(&dataset, &figures);
    }
    assert_false(more);
    reference_close(&values);
    assert_true(reference_close(&figures) >= 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_agree),
        cmocka_unit_test(distributions_agree),
    };
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
