/* The made-up campaigns of tests/reference/weightings.csv, and what R weights them by. */
#ifndef TESTS_UNIT_WEIGHTING_FIXTURE_H
#define TESTS_UNIT_WEIGHTING_FIXTURE_H

#include "analysis/statistics/weighting.h"
#include "tests/unit/reference.h"

struct campaign {
    struct weighting_source source;
    bool can_be_met; /* R found weights */
    double
        off_by_default; /* people by which R's rake misses a margin unless told to go on; NaN: one margin */
    double minimum, maximum, design_effect, effective_n;
    const double *weights;
};

struct campaigns {
    struct arena *arena;
    struct campaign *all;
    size_t count;
};

static inline size_t *campaign_numbers(struct arena *arena, const struct reference *table, size_t column,
                                       size_t count) {
    size_t *numbers = ARENA_NEW(arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        numbers[i] = reference_whole(table, column + i);
    return numbers;
}

/* Returns the column after the margins. */
static inline size_t campaign_margins(struct arena *arena, const struct reference *table,
                                      struct weighting_source *source) {
    struct weighting_margin *margins = ARENA_NEW(arena, struct weighting_margin, source->margin_count);
    size_t column = 4 + source->margin_count;
    for (size_t i = 0; i < source->margin_count; i++) {
        margins[i].category_count = reference_whole(table, 4 + i);
        margins[i].sizes = campaign_numbers(arena, table, column, margins[i].category_count);
        column += margins[i].category_count;
    }
    source->margins = margins;
    return column;
}

static inline struct campaign campaign_read(struct arena *arena, const struct reference *table) {
    struct campaign campaign = {.source = {.population = reference_whole(table, 1),
                                           .margin_count = reference_whole(table, 2),
                                           .cell_count = reference_whole(table, 3)}};
    struct weighting_source *source = &campaign.source;
    size_t column = campaign_margins(arena, table, source);
    size_t *categories = ARENA_NEW(arena, size_t, source->cell_count * source->margin_count);
    size_t *responses = ARENA_NEW(arena, size_t, source->cell_count);
    for (size_t i = 0; i < source->cell_count; i++) {
        for (size_t j = 0; j < source->margin_count; j++)
            categories[i * source->margin_count + j] = reference_whole(table, column++);
        responses[i] = reference_whole(table, column++);
    }
    source->categories = categories;
    source->responses = responses;
    campaign.off_by_default = reference_number(table, column);
    campaign.minimum = reference_number(table, column + 1);
    campaign.maximum = reference_number(table, column + 2);
    campaign.design_effect = reference_number(table, column + 3);
    campaign.effective_n = reference_number(table, column + 4);
    double *weights = ARENA_NEW(arena, double, source->cell_count);
    for (size_t i = 0; i < source->cell_count; i++)
        weights[i] = reference_number(table, column + 5 + i);
    campaign.weights = weights;
    campaign.can_be_met = !isnan(campaign.minimum);
    return campaign;
}

/* All of them; number i of the tables beside it is all[i - 1]. */
static inline struct campaigns campaigns_read(void) {
    struct campaigns campaigns = {.arena = arena_create()};
    campaigns.all = ARENA_NEW(campaigns.arena, struct campaign, 200);
    struct reference table = reference_open("tests/reference/weightings.csv");
    while (reference_next(&table)) {
        assert_true(campaigns.count < 200);
        assert_int_equal(reference_whole(&table, 0), campaigns.count + 1);
        campaigns.all[campaigns.count++] = campaign_read(campaigns.arena, &table);
    }
    reference_close(&table);
    return campaigns;
}

/* Pseudo-random numbers that are the same everywhere (xorshift64*), below `limit`. */
static inline size_t campaign_random(uint64_t *state, size_t limit) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (size_t)((*state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % limit;
}

#endif
