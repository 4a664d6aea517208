#include "analysis/comparison_json.h"

#include <math.h>

const char *comparison_json_method(enum test_method method) {
    static const char *const NAMES[TEST_METHOD_COUNT] = {
        [TEST_FISHER] = "fisher",
        [TEST_CHI_SQUARED] = "chi_squared",
        [TEST_MONTE_CARLO] = "monte_carlo",
        [TEST_MANN_WHITNEY] = "mann_whitney_exact",
        [TEST_MANN_WHITNEY_NORMAL] = "mann_whitney",
        [TEST_KRUSKAL_WALLIS] = "kruskal_wallis",
        [TEST_DUNN] = "dunn",
        [TEST_COCHRAN_ARMITAGE] = "cochran_armitage",
        [TEST_JONCKHEERE_TERPSTRA] = "jonckheere_terpstra",
        [TEST_RAO_SCOTT] = "rao_scott",
        [TEST_MCNEMAR] = "mcnemar_exact",
        [TEST_STUART_MAXWELL] = "stuart_maxwell",
        [TEST_SIGN] = "sign",
        [TEST_SPEARMAN] = "spearman",
        [TEST_KENDALL] = "kendall",
        [TEST_DIFFERENCE] = "difference",
    };
    return NAMES[method]; /* of none: NULL */
}

static const char *reason_name(enum test_reason reason) {
    static const char *const NAMES[TEST_REASON_COUNT] = {
        [TEST_HIDDEN] = "hidden", [TEST_TOO_FEW] = "too_few",         [TEST_CONSTANT] = "constant",
        [TEST_CENSUS] = "census", [TEST_OVERLAPPING] = "overlapping", [TEST_UNFIT] = "unfit",
        [TEST_FAILED] = "failed",
    };
    return NAMES[reason];
}

static const char *effect_name(enum effect_kind kind) {
    static const char *const NAMES[EFFECT_KIND_COUNT] = {
        [EFFECT_CRAMER_V] = "cramer_v",
        [EFFECT_CLIFF_DELTA] = "cliff_delta",
        [EFFECT_EPSILON_SQUARED] = "epsilon_squared",
        [EFFECT_RHO] = "spearman_rho",
        [EFFECT_TAU_B] = "kendall_tau_b",
        [EFFECT_DIFFERENCE] = "difference",
    };
    return NAMES[kind];
}

static void write_effect(struct json_writer *writer, const struct effect *effect) {
    if (effect->kind == EFFECT_NONE) {
        json_writer_null(writer, "effect");
        return;
    }
    json_writer_open_flat(writer, "effect", false);
    json_writer_text(writer, "method", effect_name(effect->kind));
    json_writer_number(writer, "value", effect->value);
    if (isfinite(effect->low)) {
        json_writer_number(writer, "low", effect->low);
        json_writer_number(writer, "high", effect->high);
    }
    json_writer_close(writer);
}

/* What only some methods have. */
static void write_details(struct json_writer *writer, const struct hypothesis_test *test) {
    if (!isnan(test->statistic))
        json_writer_number(writer, "statistic", test->statistic);
    if (isfinite(test->degrees[0])) {
        json_writer_open_flat(writer, "degrees_of_freedom", true);
        for (size_t i = 0; i < 2 && isfinite(test->degrees[i]); i++)
            json_writer_number(writer, NULL, test->degrees[i]);
        json_writer_close(writer);
    }
    if (test->draws) {
        json_writer_count(writer, "draws", test->draws);
        json_writer_count(writer, "seed", (size_t)test->seed);
        json_writer_number(writer, "standard_error", test->standard_error);
    }
}

static void write_fields(struct json_writer *writer, const struct hypothesis_test *test) {
    json_writer_text(writer, "method", comparison_json_method(test->method));
    if (test->method == TEST_NONE) {
        json_writer_text(writer, "reason", reason_name(test->reason));
    } else {
        json_writer_count(writer, "n", test->n);
        write_details(writer, test);
    }
    json_writer_number(writer, "p", test->p);
    json_writer_number(writer, "p_adjusted", test->p_adjusted);
    write_effect(writer, &test->effect);
}

void comparison_json_test(struct json_writer *writer, const char *key, const struct hypothesis_test *test) {
    json_writer_open_flat(writer, key, false);
    write_fields(writer, test);
    json_writer_close(writer);
}

static void write_groups(struct json_writer *writer, const struct breakdown_result *breakdown, size_t first,
                         size_t second) {
    json_writer_open_flat(writer, "groups", true);
    json_writer_text(writer, NULL, breakdown->groups[first].code);
    json_writer_text(writer, NULL, breakdown->groups[second].code);
    json_writer_close(writer);
}

static const char *subject_name(enum comparison_subject subject) {
    static const char *const NAMES[] = {
        [COMPARISON_FAVOURABLE] = "favourable",
        [COMPARISON_OPTION] = "option",
        [COMPARISON_ANSWERS] = "answers",
        [COMPARISON_RANKS] = "ranks",
    };
    return NAMES[subject];
}

static void write_test(struct json_writer *writer, const struct breakdown_result *breakdown,
                       const struct comparison_test *test) {
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "of", subject_name(test->subject));
    if (test->option)
        json_writer_text(writer, "option", test->option->code);
    write_fields(writer, &test->test);
    if (test->pair_count) {
        json_writer_open_array(writer, "pairs");
        for (size_t i = 0; i < test->pair_count; i++) {
            json_writer_open_flat(writer, NULL, false);
            write_groups(writer, breakdown, test->pairs[i].first, test->pairs[i].second);
            write_fields(writer, &test->pairs[i].test);
            json_writer_close(writer);
        }
        json_writer_close(writer);
    }
    json_writer_close(writer);
}

void comparison_json_write(struct json_writer *writer, const struct breakdown_result *breakdown) {
    json_writer_open_array(writer, "tests");
    for (size_t i = 0; i < breakdown->test_count; i++)
        write_test(writer, breakdown, &breakdown->tests[i]);
    json_writer_close(writer);
    if (breakdown->difference_count == 0)
        return;
    json_writer_open_array(writer, "differences");
    for (size_t i = 0; i < breakdown->difference_count; i++) {
        const struct difference_result *difference = &breakdown->differences[i];
        json_writer_open_flat(writer, NULL, false);
        write_groups(writer, breakdown, difference->first, difference->second);
        json_writer_number(writer, "favourable", difference->of.value);
        json_writer_number(writer, "low", difference->of.interval.low);
        json_writer_number(writer, "high", difference->of.interval.high);
        json_writer_close(writer);
    }
    json_writer_close(writer);
}
