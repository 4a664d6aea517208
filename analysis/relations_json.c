#include "analysis/relations_json.h"

#include <math.h>

/* A count that is hidden with the figures. */
static void write_told(struct json_writer *writer, const char *key, bool hidden, size_t count) {
    if (hidden)
        json_writer_null(writer, key);
    else
        json_writer_count(writer, key, count);
}

static double told(bool hidden, double number) {
    return hidden ? NAN : number;
}

static void write_truth(struct json_writer *writer, const char *key, bool truth) {
    if (truth)
        json_writer_truth(writer, key, true);
}

/* --- Two items --- */

static void write_test(struct json_writer *writer, const char *key, const struct hypothesis_test *test) {
    json_writer_open_object(writer, key);
    json_writer_number(writer, "value", test->effect.value);
    json_writer_number(writer, "p", test->p);
    json_writer_number(writer, "p_adjusted", test->p_adjusted);
    if (test->reason == TEST_CONSTANT || test->reason == TEST_FAILED)
        json_writer_text(writer, "reason", test->reason == TEST_CONSTANT ? "constant" : "failed");
    json_writer_close(writer);
}

static void write_relation(struct json_writer *writer, const struct relation_result *relation) {
    write_test(writer, "spearman", &relation->spearman);
    write_test(writer, "kendall", &relation->kendall);
}

static void write_pair(struct json_writer *writer, const struct relation_result *pair) {
    json_writer_open_flat(writer, NULL, false);
    json_writer_open_flat(writer, "items", true);
    json_writer_text(writer, NULL, pair->first->id);
    json_writer_text(writer, NULL, pair->second->id);
    json_writer_close(writer);
    write_told(writer, "n", pair->hidden, pair->n);
    write_truth(writer, "suppressed", pair->hidden);
    write_relation(writer, pair);
    json_writer_close(writer);
}

/* --- Grids --- */

static const char *reliability_reason(enum reliability_reason reason) {
    static const char *const NAMES[] = {
        [RELIABILITY_DEFINED] = NULL,
        [RELIABILITY_TOO_FEW_PEOPLE] = "too_few",
        [RELIABILITY_TOO_FEW_ITEMS] = "too_few_items_vary",
        [RELIABILITY_CONSTANT_SUM] = "constant_sum",
    };
    return NAMES[reason];
}

static void write_reliability_item(struct json_writer *writer, const struct reliability_result *result,
                                   size_t item) {
    static const struct reliability_item UNKNOWN = {.alpha_if_dropped = NAN, .item_total = NAN};
    const struct reliability_item *figures = result->hidden ? &UNKNOWN : &result->of.items[item];
    json_writer_open_flat(writer, NULL, false);
    json_writer_text(writer, "id", result->grid->items[item].id);
    json_writer_number(writer, "alpha_if_dropped", figures->alpha_if_dropped);
    json_writer_number(writer, "item_total", figures->item_total);
    write_truth(writer, "constant", figures->constant);
    json_writer_close(writer);
}

static void write_reliability(struct json_writer *writer, const struct reliability_result *result) {
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "question", result->grid->id);
    write_told(writer, "n", result->hidden, result->of.n);
    json_writer_number(writer, "alpha", told(result->hidden, result->of.alpha));
    json_writer_number(writer, "low", told(result->hidden, result->of.low));
    json_writer_number(writer, "high", told(result->hidden, result->of.high));
    json_writer_number(writer, "average_correlation", told(result->hidden, result->of.average_correlation));
    if (!result->hidden && result->of.reason != RELIABILITY_DEFINED)
        json_writer_text(writer, "reason", reliability_reason(result->of.reason));
    write_truth(writer, "suppressed", result->hidden);
    write_truth(writer, "census", result->census);
    json_writer_open_array(writer, "items");
    for (size_t i = 0; i < result->grid->item_count; i++)
        write_reliability_item(writer, result, i);
    json_writer_close(writer);
    json_writer_open_array(writer, "pairs");
    for (size_t i = 0; i < result->pair_count; i++)
        write_pair(writer, &result->pairs[i]);
    json_writer_close(writer);
    json_writer_close(writer);
}

/* --- Outcomes --- */

static const char *importance_reason(enum importance_reason reason) {
    static const char *const NAMES[] = {
        [IMPORTANCE_DEFINED] = NULL,
        [IMPORTANCE_TOO_FEW] = "too_few",
        [IMPORTANCE_CONSTANT_OUTCOME] = "constant_outcome",
        [IMPORTANCE_CONSTANT_ITEMS] = "constant_items",
    };
    return NAMES[reason];
}

static void write_driver(struct json_writer *writer, const struct drivers_result *result, size_t item) {
    static const struct importance_item UNKNOWN = {.value = NAN, .share = NAN};
    const struct importance_item *figures = result->hidden ? &UNKNOWN : &result->of.items[item];
    const struct relation_result *relation = &result->relations[item];
    json_writer_open_flat(writer, NULL, false);
    json_writer_text(writer, "id", result->items[item]->id);
    json_writer_number(writer, "importance", figures->value);
    json_writer_number(writer, "share", figures->share);
    write_truth(writer, "constant", figures->constant);
    write_truth(writer, "collinear", figures->collinear);
    write_told(writer, "n", relation->hidden, relation->n);
    write_relation(writer, relation);
    json_writer_close(writer);
}

static void write_drivers(struct json_writer *writer, const struct drivers_result *result) {
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "outcome", result->outcome->id);
    write_told(writer, "n", result->hidden, result->of.n);
    json_writer_number(writer, "r_squared", told(result->hidden, result->of.r_squared));
    json_writer_number(writer, "r_squared_adjusted", told(result->hidden, result->of.adjusted));
    if (!result->hidden && result->of.reason != IMPORTANCE_DEFINED)
        json_writer_text(writer, "reason", importance_reason(result->of.reason));
    write_truth(writer, "suppressed", result->hidden);
    write_truth(writer, "census", result->census);
    json_writer_open_array(writer, "items");
    for (size_t i = 0; i < result->item_count; i++)
        write_driver(writer, result, i);
    json_writer_close(writer);
    json_writer_close(writer);
}

void relations_json_write(struct json_writer *writer, const struct relations *relations) {
    if (!relations)
        return;
    if (relations->reliability_count > 0) {
        json_writer_open_array(writer, "reliability");
        for (size_t i = 0; i < relations->reliability_count; i++)
            write_reliability(writer, &relations->reliabilities[i]);
        json_writer_close(writer);
    }
    if (relations->drivers_count > 0) {
        json_writer_open_array(writer, "drivers");
        for (size_t i = 0; i < relations->drivers_count; i++)
            write_drivers(writer, &relations->drivers[i]);
        json_writer_close(writer);
    }
}
