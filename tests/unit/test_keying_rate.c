/* Goal: how often two readings differ has the interval that R gives; of nothing compared there is no rate. */
#include "survey/keying_rate.h"

#include "tests/unit/reference.h"

static void intervals_agree(void **state) {
    (void)state;
    struct reference reference = reference_open("tests/reference/keying_rates.csv");
    while (reference_next(&reference)) {
        size_t different = reference_whole(&reference, 0), compared = reference_whole(&reference, 1);
        struct keying_rate rate = keying_rate(different, compared);
        assert_true(rate.rate == (double)different / (double)compared);
        reference_near(&reference, 2, rate.low, 1e-9, 1e-15, "low");
        reference_near(&reference, 3, rate.high, 1e-9, 1e-15, "high");
    }
    assert_int_equal(reference_close(&reference), 17);
}

static void nothing_is_no_rate(void **state) {
    (void)state;
    struct keying_rate rate = keying_rate(0, 0);
    assert_true(isnan(rate.rate) && isnan(rate.low) && isnan(rate.high));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_agree),
        cmocka_unit_test(nothing_is_no_rate),
    };
    return cmocka_run_group_tests_name("keying rate", tests, NULL, NULL);
}
