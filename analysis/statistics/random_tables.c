#include "analysis/statistics/random_tables.h"

#include "analysis/statistics/log_factorials.h"
#include "analysis/statistics/margins.h"

#include <gsl/gsl_rng.h>
#include <string.h>

struct drawing {
    const struct margins *margins;
    const struct log_factorials *factorials;
    gsl_rng *numbers;
    size_t *left; /* of each column */
};

/* Of all people, some are marked, and some are taken at random. */
struct urn {
    size_t all, marked, taken;
};

static double probability_of(const struct log_factorials *factorials, const struct urn *urn, size_t count) {
    const int64_t *log = factorials->nearest;
    const size_t unmarked = urn->all - urn->marked, others = urn->taken - count;
    return log_factorials_exponential(factorials, log[urn->marked] - log[count] - log[urn->marked - count] +
                                                      log[unmarked] - log[others] - log[unmarked - others] -
                                                      log[urn->all] + log[urn->taken] +
                                                      log[urn->all - urn->taken]);
}

/* How much more probable count + 1 marked ones are than `count`. */
static double ratio(const struct urn *urn, size_t count) {
    const double unmarked_left = (double)(urn->all - urn->marked) - (double)(urn->taken - count);
    return (double)(urn->marked - count) * (double)(urn->taken - count) /
           ((double)(count + 1) * (unmarked_left + 1));
}

/* How many of those taken are marked, at random. Numbers are tried from the most probable one outwards, on
 * both sides in turn, until their probabilities add up to what was drawn. */
static size_t draw_count(const struct drawing *drawing, const struct urn *urn) {
    const size_t beyond = urn->taken + urn->marked;
    const size_t least = beyond > urn->all ? beyond - urn->all : 0;
    const size_t most = urn->taken < urn->marked ? urn->taken : urn->marked;
    if (least == most)
        return least;
    size_t mode = (size_t)((double)(urn->taken + 1) * (double)(urn->marked + 1) / (double)(urn->all + 2));
    mode = mode < least ? least : mode > most ? most : mode;
    double up = probability_of(drawing->factorials, urn, mode), down = up;
    double rest = gsl_rng_uniform(drawing->numbers) - up;
    size_t high = mode, low = mode;
    while (rest >= 0 && (high < most || low > least)) {
        if (high < most) {
            up *= ratio(urn, high++);
            if ((rest -= up) < 0)
                return high;
        }
        if (low > least) {
            down /= ratio(urn, --low);
            if ((rest -= down) < 0)
                return low;
        }
    }
    return mode;
}

/* A table; returns the sum of the logarithms of its counts' factorials. The largest row and the largest
 * column get what the others leave. */
static int64_t draw_table(const struct drawing *drawing) {
    const struct margins *margins = drawing->margins;
    const int64_t *log = drawing->factorials->additive;
    int64_t order = 0;
    size_t all = margins->n;
    memcpy(drawing->left, margins->columns, margins->column_count * sizeof *drawing->left);
    for (size_t i = margins->row_count - 1; i > 0; i--) {
        size_t taken = margins->rows[i], others = all;
        for (size_t j = margins->column_count; j-- > 0 && taken > 0;) {
            const struct urn urn = {others, drawing->left[j], taken};
            const size_t count = j == 0 ? taken : draw_count(drawing, &urn);
            others -= drawing->left[j];
            drawing->left[j] -= count;
            taken -= count;
            order += log[count];
        }
        all -= margins->rows[i];
    }
    for (size_t j = 0; j < margins->column_count; j++)
        order += log[drawing->left[j]];
    return order;
}

double random_tables_probability(const struct contingency *table, size_t draws, uint64_t seed) {
    struct arena *arena = arena_create();
    const struct margins margins = margins_of(arena, table);
    const struct log_factorials factorials = log_factorials_up_to(arena, margins.n);
    const struct drawing drawing = {.margins = &margins,
                                    .factorials = &factorials,
                                    .numbers = gsl_rng_alloc(gsl_rng_mt19937),
                                    .left = ARENA_NEW(arena, size_t, margins.column_count)};
    gsl_rng_set(drawing.numbers, (unsigned long)seed);
    int64_t least = -log_factorials_tolerance(&factorials);
    for (size_t i = 0; i < table->rows * table->columns; i++)
        least += factorials.additive[table->counts[i]];
    size_t found = 0;
    for (size_t i = 0; i < draws; i++)
        found += draw_table(&drawing) >= least;
    gsl_rng_free(drawing.numbers);
    arena_destroy(arena);
    return (1 + (double)found) / (1 + (double)draws);
}
