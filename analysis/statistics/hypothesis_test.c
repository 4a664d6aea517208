#include "analysis/statistics/hypothesis_test.h"

#include <math.h>

static const struct hypothesis_test UNDEFINED = {
    .statistic = NAN,
    .degrees = {NAN, NAN},
    .p = NAN,
    .p_adjusted = NAN,
    .effect = {EFFECT_NONE, NAN, NAN, NAN},
    .standard_error = NAN,
};

struct hypothesis_test hypothesis_test_refused(enum test_reason reason) {
    struct hypothesis_test test = UNDEFINED;
    test.reason = reason;
    return test;
}

struct hypothesis_test hypothesis_test_of(enum test_method method, size_t n) {
    struct hypothesis_test test = UNDEFINED;
    test.method = method;
    test.n = n;
    return test;
}
