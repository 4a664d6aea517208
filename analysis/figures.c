#include "analysis/figures.h"

#include "analysis/order.h"
#include "analysis/suppression.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { REMEMBERED = 4096 };

/* An interval by what it depends on; empty while n is 0. */
struct remembered {
    long x, n, population;
    struct interval interval;
};

struct figures_method {
    struct arena *arena;
    enum interval_method interval;
    double confidence;
    struct remembered *remembered; /* REMEMBERED places; a newcomer takes the place of who was there */
};

struct figures_method *figures_method(struct arena *arena, enum interval_method interval, double confidence) {
    struct figures_method *method = ARENA_NEW(arena, struct figures_method, 1);
    struct remembered *remembered = ARENA_NEW(arena, struct remembered, REMEMBERED);
    *method = (struct figures_method){arena, interval, confidence, remembered};
    return method;
}

static struct interval find_interval(struct figures_method *method, size_t x, size_t n, size_t population) {
    uint64_t hash = (((uint64_t)x * 31 + n) * 31 + population) * UINT64_C(0x9E3779B97F4A7C15);
    struct remembered *place = &method->remembered[(hash >> 40) % REMEMBERED];
    if (n == 0 || place->x != (long)x || place->n != (long)n || place->population != (long)population) {
        place->x = (long)x;
        place->n = (long)n;
        place->population = (long)population;
        place->interval =
            proportion_interval(method->interval, (long)x, (long)n, (long)population, method->confidence);
    }
    return place->interval;
}

/* --- Bases --- */

static const struct share UNDEFINED_SHARE = {0, NAN, NAN, NAN, NAN, {NAN, NAN}};

/* Every figure but the bases, as undefined. */
static void set_undefined(struct arena *arena, const struct question *question, struct group_result *group) {
    struct option_result *options = ARENA_NEW(arena, struct option_result, question->option_count);
    for (size_t i = 0; i < question->option_count; i++)
        options[i] = (struct option_result){&question->options[i], UNDEFINED_SHARE, NAN, 0, NAN};
    group->options = options;
    group->favourable = group->unfavourable = UNDEFINED_SHARE;
    group->balance = NAN;
    group->mean = group->mean_low = group->mean_high = group->standard_deviation = NAN;
    group->minimum = group->quartile_1 = group->median = group->quartile_3 = group->maximum = NAN;
    group->net_promoter_score = NAN;
}

/* Favourable answers can be shown as a share where each respondent gives one answer. */
static bool has_favourable(const struct question *question) {
    if (question->type != QUESTION_SINGLE && question->type != QUESTION_SCALE)
        return false;
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].favourable)
            return true;
    return false;
}

void figures_bases(struct arena *arena, const struct figures_source *source, struct group_result *group) {
    const size_t *states = source->tally->states;
    group->responses = source->responses;
    group->no_opinion = states[ANSWER_NO_OPINION];
    group->not_concerned = states[ANSWER_NOT_CONCERNED];
    group->expressed = states[ANSWER_GIVEN];
    group->answered = group->expressed + group->no_opinion;
    group->asked = group->answered + states[ANSWER_NOT_ANSWERED];
    group->population = (size_t)proportion_population((long)source->population, (long)group->asked,
                                                      (long)group->responses, (long)group->expressed);
    group->has_favourable = has_favourable(source->item->question);
    set_undefined(arena, source->item->question, group);
}

void figures_suppress(struct group_result *group) {
    group->suppressed = true;
    group->answered = group->expressed = group->no_opinion = group->not_concerned = group->population = 0;
}

/* --- Rates --- */

static struct share make_share(struct figures_method *method, const struct figures_source *source,
                               const struct group_result *group, size_t count) {
    struct share share = UNDEFINED_SHARE;
    share.count = count;
    if (group->responses)
        share.rate_of_responses = (double)count / (double)group->responses;
    struct interval interval = find_interval(method, count, group->expressed, group->population);
    share.low = interval.low;
    share.high = interval.high;
    if (group->expressed)
        share.rate = (double)count / (double)group->expressed;
    if (source->population) {
        size_t silent = source->population > group->responses ? source->population - group->responses : 0;
        struct interval bounds =
            proportion_bounds((long)count, (long)group->asked, (long)group->expressed, (long)silent);
        share.bounds[0] = bounds.low;
        share.bounds[1] = bounds.high;
    }
    return share;
}

static void compute_options(struct figures_method *method, const struct figures_source *source,
                            struct group_result *group) {
    const struct question *question = source->item->question;
    const struct item_tally *tally = source->tally;
    struct option_result *options = ARENA_NEW(method->arena, struct option_result, question->option_count);
    size_t ticks = 0;
    for (size_t i = 0; i < question->option_count; i++)
        ticks += tally->options[i];
    for (size_t i = 0; i < question->option_count; i++) {
        options[i] = (struct option_result){&question->options[i], UNDEFINED_SHARE, NAN, 0, NAN};
        options[i].share = make_share(method, source, group, tally->options[i]);
        if (question->type == QUESTION_MULTIPLE && ticks)
            options[i].share_of_ticks = (double)tally->options[i] / (double)ticks;
        if (question->type != QUESTION_RANKING)
            continue;
        options[i].ranked = tally->ranked[i];
        if (tally->ranked[i])
            options[i].mean_rank = (double)tally->rank_sums[i] / (double)tally->ranked[i];
    }
    group->options = options;
}

bool figures_is_unfavourable(const struct question *question, size_t option) {
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].unfavourable)
            return question->options[option].unfavourable;
    bool middle = question->type == QUESTION_SCALE && 2 * option + 1 == question->option_count;
    return !question->options[option].favourable && !middle;
}

static void compute_favourable(struct figures_method *method, const struct figures_source *source,
                               struct group_result *group) {
    const struct question *question = source->item->question;
    size_t favourable = 0, unfavourable = 0;
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->options[i].favourable)
            favourable += source->tally->options[i];
        if (figures_is_unfavourable(question, i))
            unfavourable += source->tally->options[i];
    }
    group->favourable = make_share(method, source, group, favourable);
    group->unfavourable = make_share(method, source, group, unfavourable);
    group->balance = group->favourable.rate - group->unfavourable.rate;
}

/* One answer only, though several could be given by several people. */
static bool is_unanimous(const struct figures_source *source, const struct group_result *group) {
    const struct question *question = source->item->question;
    if (group->expressed < 2)
        return false;
    if (question->option_count)
        return question->option_count >= 2 &&
               suppression_unanimous(source->tally->options, question->option_count, group->expressed);
    return source->value_count == 1;
}

/* --- Values --- */

static void compute_mean(const struct figures_method *method, const struct value_count *values, size_t length,
                         struct group_result *group) {
    struct distribution of = distribution_describe(values, length, group->population, method->confidence);
    group->mean = of.mean;
    group->mean_low = of.interval.low;
    group->mean_high = of.interval.high;
    group->standard_deviation = of.standard_deviation;
    group->minimum = of.minimum;
    group->maximum = of.maximum;
}

static void compute_ordered(const struct figures_method *method, const struct figures_source *source,
                            struct group_result *group) {
    const struct question *question = source->item->question;
    if (group->expressed == 0 || !order_exists(question))
        return;
    struct order order = order_of(method->arena, question);
    const struct value_count *levels =
        order_counts(method->arena, &order, source->tally->options, question->option_count);
    size_t median = distribution_position(levels, order.length, 0.5);
    if (question->type == QUESTION_SCALE)
        group->median_code = question->options[order.options[median]].code;
    if (!order.numeric)
        return;
    compute_mean(method, levels, order.length, group);
    group->quartile_1 = order.values[distribution_position(levels, order.length, 0.25)];
    group->median = order.values[median];
    group->quartile_3 = order.values[distribution_position(levels, order.length, 0.75)];
    if (question->type == QUESTION_SCALE && order_is_zero_to_ten(&order))
        group->net_promoter_score =
            distribution_net_promoter(levels, order.length, group->population, method->confidence).mean;
}

static void compute_number(const struct figures_method *method, const struct figures_source *source,
                           struct group_result *group) {
    compute_mean(method, source->values, source->value_count, group);
    group->quartile_1 = distribution_quantile(source->values, source->value_count, 0.25);
    group->median = distribution_quantile(source->values, source->value_count, 0.5);
    group->quartile_3 = distribution_quantile(source->values, source->value_count, 0.75);
    group->values = source->values;
    group->value_count = source->value_count;
}

const char *figures_date_text(struct arena *arena, double number) {
    unsigned date = (unsigned)number;
    return arena_format(arena, "%04u-%02u-%02u", date / 10000, date / 100 % 100, date % 100);
}

static void compute_date(const struct figures_method *method, const struct figures_source *source,
                         struct group_result *group) {
    if (source->value_count == 0)
        return;
    size_t median = distribution_position(source->values, source->value_count, 0.5);
    group->date_minimum = figures_date_text(method->arena, source->values[0].value);
    group->date_median = figures_date_text(method->arena, source->values[median].value);
    group->date_maximum = figures_date_text(method->arena, source->values[source->value_count - 1].value);
    group->values = source->values;
    group->value_count = source->value_count;
}

void figures_compute(struct figures_method *method, const struct figures_source *source,
                     struct group_result *group) {
    const struct question *question = source->item->question;
    group->census = group->population > 0 && group->expressed >= group->population;
    switch (question->type) {
    case QUESTION_NUMBER:
        compute_number(method, source, group);
        break;
    case QUESTION_DATE:
        compute_date(method, source, group);
        break;
    case QUESTION_TEXT:
        break;
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
        compute_ordered(method, source, group);
        if (group->has_favourable)
            compute_favourable(method, source, group);
        compute_options(method, source, group);
        break;
    case QUESTION_MULTIPLE:
    case QUESTION_RANKING:
        compute_options(method, source, group);
        break;
    }
    group->unanimous = is_unanimous(source, group);
}
