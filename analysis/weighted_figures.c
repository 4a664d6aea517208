#include "analysis/weighted_figures.h"

#include "analysis/figures.h"
#include "analysis/order.h"
#include "analysis/statistics/estimate.h"
#include "analysis/weights.h"

#include <math.h>

struct weighted_figures {
    const struct study *study;
    const bool *is_rounded; /* by item: in all groups */
};

/* One group while its figures are computed. `arena` ends with it. */
struct sums {
    struct arena *arena;
    const struct study *study;
    const struct item *item;
    struct selection selection;
    const struct weighting *weighting;
    const struct weights_cell *cells;
    struct estimate_moments *moments; /* of each cell, for the estimate being made */
};

static const double *weights_of(const struct sums *sums) {
    return sums->weighting->weights;
}

/* --- Rates --- */

/* The share of those who expressed themselves and gave one of the options that `chosen` says. */
static void weight_share(const struct sums *sums, const bool *chosen, const struct group_result *group,
                         struct share *share) {
    double people = 0, responses = 0;
    for (size_t i = 0; i < sums->weighting->cell_count; i++) {
        const struct weights_cell *cell = &sums->cells[i];
        size_t count = 0;
        for (size_t j = 0; j < sums->item->question->option_count; j++)
            count += chosen[j] ? cell->tally.options[j] : 0;
        sums->moments[i] = estimate_moments_of_rate(count, cell->tally.states[ANSWER_GIVEN]);
        people += weights_of(sums)[i] * (double)count;
        responses += weights_of(sums)[i] * (double)cell->responses;
    }
    const struct estimate estimate = estimate_mean(sums->weighting, sums->moments);
    const struct interval interval =
        estimate_rate_interval(&estimate, group->population, sums->study->options->confidence);
    share->rate = estimate.value;
    share->rate_of_responses = people / responses;
    share->low = interval.low;
    share->high = interval.high;
}

/* Σ w counts, of one option. */
static double weigh_option(const struct sums *sums, const size_t *(*counts)(const struct item_tally *),
                           size_t option) {
    double sum = 0;
    for (size_t i = 0; i < sums->weighting->cell_count; i++)
        sum += weights_of(sums)[i] * (double)counts(&sums->cells[i].tally)[option];
    return sum;
}

static const size_t *chosen_counts(const struct item_tally *tally) {
    return tally->options;
}

static const size_t *ranked_counts(const struct item_tally *tally) {
    return tally->ranked;
}

static const size_t *rank_sums(const struct item_tally *tally) {
    return tally->rank_sums;
}

static void weight_options(const struct sums *sums, struct group_result *group) {
    const struct question *question = sums->item->question;
    struct option_result *options =
        ARENA_NEW(sums->study->arena, struct option_result, question->option_count);
    bool *chosen = ARENA_NEW(sums->arena, bool, question->option_count);
    double ticks = 0;
    for (size_t i = 0; i < question->option_count; i++)
        ticks += weigh_option(sums, chosen_counts, i);
    for (size_t i = 0; i < question->option_count; i++) {
        options[i] = group->options[i];
        chosen[i] = true;
        weight_share(sums, chosen, group, &options[i].share);
        chosen[i] = false;
        if (question->type == QUESTION_MULTIPLE && ticks > 0)
            options[i].share_of_ticks = weigh_option(sums, chosen_counts, i) / ticks;
        if (question->type == QUESTION_RANKING && options[i].ranked)
            options[i].mean_rank = weigh_option(sums, rank_sums, i) / weigh_option(sums, ranked_counts, i);
    }
    group->options = options;
}

static void weight_favourable(const struct sums *sums, struct group_result *group) {
    const struct question *question = sums->item->question;
    bool *chosen = ARENA_NEW(sums->arena, bool, question->option_count);
    for (size_t i = 0; i < question->option_count; i++)
        chosen[i] = question->options[i].favourable;
    weight_share(sums, chosen, group, &group->favourable);
    for (size_t i = 0; i < question->option_count; i++)
        chosen[i] = figures_is_unfavourable(question, i);
    weight_share(sums, chosen, group, &group->unfavourable);
    group->balance = group->favourable.rate - group->unfavourable.rate;
}

/* --- Values --- */

static void set_mean(const struct sums *sums, struct group_result *group) {
    const struct estimate estimate = estimate_mean(sums->weighting, sums->moments);
    const struct interval interval =
        estimate_mean_interval(&estimate, group->population, sums->study->options->confidence);
    group->mean = estimate.value;
    group->mean_low = interval.low;
    group->mean_high = interval.high;
    group->standard_deviation = estimate.standard_deviation;
}

/* How often each level was given in each cell, level by level. */
static struct value_count *levels_of(const struct sums *sums, const struct order *order, size_t cell) {
    const struct question *question = sums->item->question;
    struct value_count *levels = ARENA_NEW(sums->arena, struct value_count, order->length);
    for (size_t i = 0; i < order->length; i++)
        levels[i].value = order->values[i];
    for (size_t i = 0; i < question->option_count; i++)
        levels[order->level_of[i]].count += sums->cells[cell].tally.options[i];
    return levels;
}

static double promotion(double value) {
    return value >= 9 ? 100 : value <= 6 ? -100 : 0;
}

static void weight_levels(const struct sums *sums, const struct order *order, double *weights,
                          struct estimate_moments *promoters) {
    for (size_t i = 0; i < sums->weighting->cell_count; i++) {
        struct value_count *levels = levels_of(sums, order, i);
        sums->moments[i] = estimate_moments_of_values(levels, order->length);
        for (size_t j = 0; j < order->length; j++) {
            weights[j] += weights_of(sums)[i] * (double)levels[j].count;
            levels[j].value = promotion(levels[j].value);
        }
        promoters[i] = estimate_moments_of_values(levels, order->length);
    }
}

static void weight_ordered(const struct sums *sums, struct group_result *group) {
    const struct question *question = sums->item->question;
    if (!order_exists(question))
        return;
    const struct order order = order_of(sums->arena, question);
    double *weights = ARENA_NEW(sums->arena, double, order.length);
    struct estimate_moments *promoters =
        ARENA_NEW(sums->arena, struct estimate_moments, sums->weighting->cell_count);
    weight_levels(sums, &order, weights, promoters);
    const size_t median = estimate_position(weights, order.length, 0.5);
    if (question->type == QUESTION_SCALE)
        group->median_code = question->options[order.options[median]].code;
    if (!order.numeric)
        return;
    set_mean(sums, group);
    group->quartile_1 = order.values[estimate_position(weights, order.length, 0.25)];
    group->median = order.values[median];
    group->quartile_3 = order.values[estimate_position(weights, order.length, 0.75)];
    if (question->type == QUESTION_SCALE && order_is_zero_to_ten(&order))
        group->net_promoter_score = estimate_mean(sums->weighting, promoters).value;
}

/* Numbers and dates: each different value, ascending, with whom it stands for; `*count` of them. The moments
 * of each cell are left in `sums`. */
static const double *weight_values(const struct sums *sums, const double **values, size_t *count) {
    size_t length;
    const struct placed_value *placed =
        tabulation_placed_values(sums->arena, sums->study->tabulation, sums->item, sums->selection,
                                 sums->study->weights->cell_of, &length);
    double *different = ARENA_NEW(sums->arena, double, length),
           *weights = ARENA_NEW(sums->arena, double, length);
    struct value_count *here = ARENA_NEW(sums->arena, struct value_count, length);
    *count = 0;
    for (size_t i = 0; i < length; i++) {
        if (i == 0 || placed[i].value != placed[i - 1].value)
            different[(*count)++] = placed[i].value;
        weights[*count - 1] += weights_of(sums)[placed[i].place] * (double)placed[i].count;
    }
    for (size_t i = 0; i < sums->weighting->cell_count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < length; j++)
            if (placed[j].place == i)
                here[found++] = (struct value_count){placed[j].value, placed[j].count};
        sums->moments[i] = estimate_moments_of_values(here, found);
    }
    *values = different;
    return weights;
}

static void weight_number(const struct sums *sums, struct group_result *group) {
    const double *values;
    size_t count;
    const double *weights = weight_values(sums, &values, &count);
    set_mean(sums, group);
    group->quartile_1 = values[estimate_position(weights, count, 0.25)];
    group->median = values[estimate_position(weights, count, 0.5)];
    group->quartile_3 = values[estimate_position(weights, count, 0.75)];
}

static void weight_date(const struct sums *sums, struct group_result *group) {
    const double *values;
    size_t count;
    const double *weights = weight_values(sums, &values, &count);
    group->date_median =
        figures_date_text(sums->study->arena, values[estimate_position(weights, count, 0.5)]);
}

static void weight_by_type(const struct sums *sums, struct group_result *group) {
    switch (sums->item->question->type) {
    case QUESTION_NUMBER:
        weight_number(sums, group);
        break;
    case QUESTION_DATE:
        weight_date(sums, group);
        break;
    case QUESTION_TEXT:
        break;
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
        weight_ordered(sums, group);
        if (group->has_favourable)
            weight_favourable(sums, group);
        weight_options(sums, group);
        break;
    case QUESTION_MULTIPLE:
    case QUESTION_RANKING:
        weight_options(sums, group);
        break;
    }
}

/* --- Rounding --- */

/* Whole percents are divided last, so that 0.29 is the double that is nearest to it. */
static double to_percent(double rate) {
    return round(100 * rate) / 100;
}

/* The ends of an interval go outwards, and are not past the rounded figure; undefined ones stay so. */
static void round_share(struct share *share) {
    const double low = floor(100 * share->low) / 100, high = ceil(100 * share->high) / 100;
    share->rate = to_percent(share->rate);
    share->rate_of_responses = to_percent(share->rate_of_responses);
    share->low = low > share->rate ? share->rate : low;
    share->high = high < share->rate ? share->rate : high;
}

static void round_options(struct arena *arena, const struct question *question, struct group_result *group) {
    struct option_result *options = ARENA_NEW(arena, struct option_result, question->option_count);
    for (size_t i = 0; i < question->option_count; i++) {
        options[i] = group->options[i];
        round_share(&options[i].share);
        options[i].share_of_ticks = to_percent(options[i].share_of_ticks);
        options[i].mean_rank = round(10 * options[i].mean_rank) / 10;
    }
    group->options = options;
}

static void round_means(struct group_result *group) {
    const double spread = group->standard_deviation;
    const double unit = spread >= 10 ? pow(10, floor(log10(spread))) : 1; /* tenths of it are told */
    const double low = floor(10 * group->mean_low / unit) * unit / 10;
    const double high = ceil(10 * group->mean_high / unit) * unit / 10;
    group->mean = round(10 * group->mean / unit) * unit / 10;
    group->mean_low = low > group->mean ? group->mean : low;
    group->mean_high = high < group->mean ? group->mean : high;
    group->standard_deviation = round(10 * spread / unit) * unit / 10;
    group->net_promoter_score = round(group->net_promoter_score);
}

static void round_figures(struct arena *arena, const struct question *question, struct group_result *group) {
    group->rounded = true;
    round_means(group);
    round_options(arena, question, group);
    round_share(&group->favourable);
    round_share(&group->unfavourable);
    group->balance = to_percent(group->favourable.rate - group->unfavourable.rate);
}

/* Whether figures of these cells tell, beside their counts, what the people of a small one said. */
static bool tells_of_few(const struct study *study, const struct weights_cell *cells) {
    const struct weighting *weighting = &study->weights->weighting;
    double least = INFINITY, greatest = 0;
    bool is_small = false;
    for (size_t i = 0; i < weighting->cell_count; i++) {
        const size_t expressed = cells[i].tally.states[ANSWER_GIVEN];
        if (expressed == 0)
            continue;
        least = fmin(least, weighting->weights[i]);
        greatest = fmax(greatest, weighting->weights[i]);
        is_small = is_small || expressed < study->options->minimum_cell;
    }
    return is_small && greatest > least;
}

static bool hides_any(const struct study *study, const struct study_hiding *hiding, const struct item *item) {
    for (size_t i = 0; i < study->by.count; i++)
        for (size_t j = 0; j < study->by.all[i].group_count && !breakdown_names(&study->by.all[i], item); j++)
            if (study_hiding_group(hiding, item, i, j) && study->breakdowns[i].groups[j].tally.responses > 0)
                return true;
    return false;
}

/* --- All of them --- */

const struct weighted_figures *weighted_figures_create(const struct study *study,
                                                       const struct study_hiding *hiding) {
    if (!study->weights)
        return NULL;
    const struct questionnaire *questionnaire = study->questionnaire;
    struct weighted_figures *figures = ARENA_NEW(study->arena, struct weighted_figures, 1);
    bool *is_rounded = ARENA_NEW(study->arena, bool, questionnaire->item_count);
    struct arena *arena = arena_create();
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        is_rounded[i] = hides_any(study, hiding, item) ||
                        tells_of_few(study, weights_cells(arena, study, item, study->whole.selection));
        arena_reset(arena);
    }
    arena_destroy(arena);
    *figures = (struct weighted_figures){study, is_rounded};
    return figures;
}

void weighted_figures_compute(const struct weighted_figures *figures, const struct item *item,
                              struct selection selection, struct group_result *group) {
    const struct study *study = figures->study;
    if (group->suppressed || group->census || group->expressed == 0)
        return;
    struct sums sums = {.arena = arena_create(),
                        .study = study,
                        .item = item,
                        .selection = selection,
                        .weighting = &study->weights->weighting};
    sums.cells = weights_cells(sums.arena, study, item, selection);
    sums.moments = ARENA_NEW(sums.arena, struct estimate_moments, sums.weighting->cell_count);
    weight_by_type(&sums, group);
    group->weighted = true;
    if (figures->is_rounded[item->index] || tells_of_few(study, sums.cells))
        round_figures(study->arena, item->question, group);
    arena_destroy(sums.arena);
}
