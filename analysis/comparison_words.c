#include "analysis/comparison_words.h"

#include <math.h>

static const char *say(const struct prose *prose, enum message message) {
    return prose_say(prose, message, NULL);
}

const char *comparison_words_test(const struct prose *prose, const struct hypothesis_test *test) {
    static const enum message NAMES[TEST_METHOD_COUNT] = {
        [TEST_FISHER] = MESSAGE_TEST_FISHER,
        [TEST_CHI_SQUARED] = MESSAGE_TEST_CHI_SQUARED,
        [TEST_MONTE_CARLO] = MESSAGE_TEST_MONTE_CARLO,
        [TEST_MANN_WHITNEY] = MESSAGE_TEST_MANN_WHITNEY,
        [TEST_MANN_WHITNEY_NORMAL] = MESSAGE_TEST_MANN_WHITNEY_NORMAL,
        [TEST_KRUSKAL_WALLIS] = MESSAGE_TEST_KRUSKAL_WALLIS,
        [TEST_DUNN] = MESSAGE_TEST_DUNN,
        [TEST_COCHRAN_ARMITAGE] = MESSAGE_TEST_COCHRAN_ARMITAGE,
        [TEST_JONCKHEERE_TERPSTRA] = MESSAGE_TEST_JONCKHEERE_TERPSTRA,
        [TEST_RAO_SCOTT] = MESSAGE_TEST_RAO_SCOTT,
        [TEST_MCNEMAR] = MESSAGE_TEST_MCNEMAR,
        [TEST_STUART_MAXWELL] = MESSAGE_TEST_STUART_MAXWELL,
        [TEST_SPEARMAN] = MESSAGE_TEST_SPEARMAN,
        [TEST_KENDALL] = MESSAGE_TEST_KENDALL,
        [TEST_DIFFERENCE] = MESSAGE_TEST_DIFFERENCE,
    };
    static const enum message REASONS[TEST_REASON_COUNT] = {
        [TEST_MADE] = MESSAGE_TEST_NONE_FAILED,     [TEST_HIDDEN] = MESSAGE_TEST_NONE_HIDDEN,
        [TEST_TOO_FEW] = MESSAGE_TEST_NONE_TOO_FEW, [TEST_CONSTANT] = MESSAGE_TEST_NONE_CONSTANT,
        [TEST_CENSUS] = MESSAGE_TEST_NONE_CENSUS,   [TEST_OVERLAPPING] = MESSAGE_TEST_NONE_OVERLAPPING,
        [TEST_UNFIT] = MESSAGE_TEST_NONE_UNFIT,     [TEST_FAILED] = MESSAGE_TEST_NONE_FAILED,
    };
    return say(prose, test->method == TEST_NONE ? REASONS[test->reason] : NAMES[test->method]);
}

/* Three decimals, of which the last would be 0 below this. */
static const double SMALLEST_P = 0.001;

const char *comparison_words_p(const struct prose *prose, double p) {
    bool below = p < SMALLEST_P;
    const struct hole holes[] = {{"p", prose_number(prose, below ? SMALLEST_P : p, 3)}, {0}};
    return prose_say(prose, below ? MESSAGE_TEST_P_BELOW : MESSAGE_TEST_P_IS, holes);
}

const char *comparison_words_p_cell(const struct prose *prose, double p) {
    if (isnan(p))
        return "–";
    return p < SMALLEST_P ? arena_format(prose->arena, "< %s", prose_number(prose, SMALLEST_P, 3))
                          : prose_number(prose, p, 3);
}

const char *comparison_words_effect(const struct prose *prose, const struct effect *effect) {
    static const enum message NAMES[EFFECT_KIND_COUNT] = {
        [EFFECT_CRAMER_V] = MESSAGE_TEST_EFFECT_CRAMER,
        [EFFECT_CLIFF_DELTA] = MESSAGE_TEST_EFFECT_CLIFF,
        [EFFECT_EPSILON_SQUARED] = MESSAGE_TEST_EFFECT_EPSILON,
        [EFFECT_RHO] = MESSAGE_TEST_EFFECT_RHO,
        [EFFECT_TAU_B] = MESSAGE_TEST_EFFECT_TAU,
        [EFFECT_DIFFERENCE] = MESSAGE_TEST_EFFECT_DIFFERENCE,
    };
    if (effect->kind == EFFECT_NONE || isnan(effect->value))
        return "–";
    const char *value = prose_say(prose, NAMES[effect->kind],
                                  (struct hole[]){{"value", prose_number(prose, effect->value, 2)}, {0}});
    if (isnan(effect->low) || isnan(effect->high))
        return value;
    return prose_say(prose, MESSAGE_TEST_EFFECT_INTERVAL,
                     (struct hole[]){{"effect", value},
                                     {"low", prose_number(prose, effect->low, 2)},
                                     {"high", prose_number(prose, effect->high, 2)},
                                     {0}});
}

const char *comparison_words_points(const struct prose *prose, double difference) {
    return prose_say(prose, MESSAGE_TEST_POINTS,
                     (struct hole[]){{"points", prose_number(prose, 100 * difference, 0)}, {0}});
}

bool comparison_words_differ(const struct prose *prose, const struct hypothesis_test *test) {
    const struct results_options *options = &prose->results->options;
    return options->adjustment != ADJUSTMENT_NONE && test->p_adjusted <= 1 - options->confidence;
}
