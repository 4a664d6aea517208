/* Looking up a figure that was read in author_figure.c. */
#include "analysis/author_figure_internal.h"
#include "analysis/comparison_words.h"
#include "analysis/naming.h"
#include "analysis/statistics/difference.h"
#include "analysis/themes.h"

#include <math.h>
#include <string.h>

/* The figure being looked up. */
struct lookup {
    const struct prose *prose;
    const struct author_figure *figure;
    const struct group_result *group; /* NULL: the figure is of no question */
};

static struct author_value refuse(const char *why) {
    return (struct author_value){.refusal = why, .number = NAN};
}

static struct author_value give(const char *text, double number) {
    return (struct author_value){.text = text, .number = number};
}

static const struct group_result *find_group(const struct prose *prose, const struct author_figure *figure,
                                             int group) {
    const struct item_result *item = &prose->results->items[figure->item->index];
    if (group == AUTHOR_WHOLE)
        return &item->whole;
    return &results_breakdown(item, &prose->results->by.all[figure->by])->groups[group];
}

static const char *say_hidden(const struct lookup *lookup) {
    return arena_format(lookup->prose->arena,
                        "it is hidden: fewer than %zu people, or a group of so few would follow from it",
                        lookup->prose->results->options.minimum_cell);
}

/* --- shares --- */

/* What is said of a share: of `count` people out of `base`. */
struct portion {
    size_t count, base;
    double rate;
    struct interval interval; /* of the rate of those who expressed themselves; NaN: there is none */
};

static const struct share *find_share(const struct group_result *group, const struct author_figure *figure) {
    if (figure->option_count == 1)
        return &group->options[figure->options[0]].share;
    return figure->unfavourable ? &group->unfavourable : &group->favourable;
}

static size_t find_base(const struct group_result *group, enum author_base base) {
    switch (base) {
    case AUTHOR_EXPRESSED:
        return group->expressed;
    case AUTHOR_ANSWERED:
        return group->answered;
    case AUTHOR_ASKED:
        return group->asked;
    default:
        return group->responses;
    }
}

static struct portion find_portion(const struct group_result *group, const struct author_figure *figure) {
    struct portion portion = {.base = find_base(group, figure->base), .interval = {NAN, NAN, group->census}};
    if (figure->option_count > 1) {
        for (size_t i = 0; i < figure->option_count; i++) {
            portion.count += group->options[figure->options[i]].share.count;
            portion.rate += group->options[figure->options[i]].share.rate;
        }
    } else {
        const struct share *share = find_share(group, figure);
        portion.count = share->count;
        portion.rate = figure->base == AUTHOR_ALL ? share->rate_of_responses : share->rate;
        portion.interval = (struct interval){share->low, share->high, group->census};
    }
    if (!group->weighted)
        portion.rate = (double)portion.count / (double)portion.base;
    return portion;
}

/* Weights are of the shares of those who expressed themselves, and of all responses. */
static const char *check_base(const struct lookup *lookup) {
    enum author_base base = lookup->figure->base;
    bool summed = base == AUTHOR_ALL && lookup->figure->option_count > 1;
    if (lookup->group->weighted && (base == AUTHOR_ANSWERED || base == AUTHOR_ASKED || summed))
        return "with weights, rates are of those who expressed an opinion";
    return find_base(lookup->group, base) ? NULL : "there is nobody in its base";
}

static struct figure figure_of(const struct lookup *lookup, const struct portion *portion) {
    return lookup->group->weighted ? figure_words_of_rate(portion->rate, portion->base)
                                   : figure_words_of(portion->count, portion->base);
}

/* A share in percent, without what doubles leave behind the ninth decimal: a hundred times 0.58 is 58, not a
 * little less, so that what is compared with 58 is equal to it. */
static double percent(double share) {
    return round(1e11 * share) / 1e9;
}

/* A percentage of few people would promise more than there is. */
static struct author_value say_rate(const struct lookup *lookup) {
    const char *wrong = check_base(lookup);
    if (wrong)
        return refuse(wrong);
    const struct portion portion = find_portion(lookup->group, lookup->figure);
    enum figure_style style = portion.base < PROSE_PERCENT_FROM ? FIGURE_BEST : lookup->figure->style;
    const char *words =
        figure_words_say(lookup->prose->arena, lookup->prose->language, style, figure_of(lookup, &portion));
    return words ? give(words, percent(portion.rate)) : refuse("this style has no words for it");
}

static struct author_value say_interval(const struct lookup *lookup, struct interval interval) {
    const struct prose *prose = lookup->prose;
    if (isnan(interval.low) && lookup->figure->option_count > 1)
        return refuse("answers taken together have no interval, but for the favourable and the unfavourable");
    if (isnan(interval.low))
        return refuse("it has no interval");
    if (lookup->figure->quantity == AUTHOR_INTERVAL)
        return give(prose_interval(prose, interval.low, interval.high, interval.census), NAN);
    double end = lookup->figure->quantity == AUTHOR_LOW ? interval.low : interval.high;
    return give(prose_limit(prose, end), percent(end));
}

/* Themes are counted among the answers that were coded. */
static struct author_value say_theme(const struct prose *prose, const struct author_figure *figure) {
    const struct item_themes *themes = themes_of(prose->results, figure->item);
    if (!themes)
        return refuse("these answers are not coded, or fewer than 10");
    const struct theme *theme = themes_find(themes, figure->theme);
    if (!theme)
        return refuse("their coding has no such theme");
    if (figure->group != AUTHOR_WHOLE || figure->base != AUTHOR_EXPRESSED)
        return refuse("themes are counted among all coded answers only");
    if (figure->quantity == AUTHOR_COUNT)
        return give(prose_count(prose, theme->share.count), (double)theme->share.count);
    if (figure->quantity != AUTHOR_RATE && figure->quantity != AUTHOR_WORDS)
        return refuse("themes have no intervals: who codes decides, too");
    enum figure_style style = themes->coded < PROSE_PERCENT_FROM ? FIGURE_BEST : figure->style;
    const char *words = figure_words_say(prose->arena, prose->language, style,
                                         figure_words_of(theme->share.count, themes->coded));
    return words ? give(words, percent((double)theme->share.count / (double)themes->coded))
                 : refuse("this style has no words for it");
}

/* --- numbers --- */

static struct author_value say_mean_interval(const struct lookup *lookup) {
    const struct prose *prose = lookup->prose;
    const struct question *question = lookup->figure->item->question;
    const struct group_result *group = lookup->group;
    if (isnan(group->mean_low))
        return refuse("it has no interval");
    if (lookup->figure->quantity == AUTHOR_INTERVAL) {
        const struct hole holes[] = {{"low", prose_number(prose, group->mean_low, 1)},
                                     {"high", prose_quantity(prose, question, group->mean_high, 1)},
                                     {0}};
        return give(prose_say(prose, MESSAGE_REPORT_RANGE, holes), NAN);
    }
    double end = lookup->figure->quantity == AUTHOR_LOW ? group->mean_low : group->mean_high;
    return give(prose_quantity(prose, question, end, 1), end);
}

static struct author_value say_date(const struct lookup *lookup) {
    const struct group_result *group = lookup->group;
    enum author_quantity quantity = lookup->figure->quantity;
    const char *day = quantity == AUTHOR_MINIMUM  ? group->date_minimum
                      : quantity == AUTHOR_MEDIAN ? group->date_median
                                                  : group->date_maximum;
    return day ? give(prose_date(lookup->prose, day), NAN) : refuse("there is none");
}

static struct author_value say_quantity(const struct lookup *lookup) {
    const struct prose *prose = lookup->prose;
    const struct question *question = lookup->figure->item->question;
    const struct group_result *group = lookup->group;
    if (question->type == QUESTION_DATE)
        return say_date(lookup);
    switch (lookup->figure->quantity) {
    case AUTHOR_MEAN:
        return give(prose_mean(prose, question, group->mean), group->mean);
    case AUTHOR_DEVIATION:
        return give(prose_number(prose, group->standard_deviation, prose_mean_decimals(question)),
                    group->standard_deviation);
    case AUTHOR_MEDIAN:
        if (question->type == QUESTION_SCALE && naming_median(prose, question, group))
            return give(naming_median(prose, question, group), group->median);
        return give(prose_quantile(prose, question, group->median), group->median);
    case AUTHOR_MINIMUM:
        return give(prose_quantile(prose, question, group->minimum), group->minimum);
    default:
        return give(prose_quantile(prose, question, group->maximum), group->maximum);
    }
}

static struct author_value say_points(const struct lookup *lookup, double points) {
    return give(prose_number(lookup->prose, points, 0), points);
}

static struct author_value say_rank(const struct lookup *lookup) {
    const struct author_figure *figure = lookup->figure;
    double rank = figure->option_count == 1 ? lookup->group->options[figure->options[0]].mean_rank : NAN;
    return give(prose_number(lookup->prose, rank, 1), rank);
}

static struct author_value defined(struct author_value value) {
    bool is_text = value.text && isnan(value.number) && strcmp(value.text, "–") != 0;
    return value.refusal || is_text || !isnan(value.number) ? value
                                                            : refuse("it is not defined for these answers");
}

/* --- groups compared --- */

static struct author_value say_difference(const struct lookup *lookup) {
    const struct prose *prose = lookup->prose;
    const struct author_figure *figure = lookup->figure;
    const struct group_result *less = find_group(prose, figure, figure->less);
    if (less->suppressed)
        return refuse(say_hidden(lookup));
    if (!less->expressed)
        return refuse("there is nobody in its base");
    const struct portion first = find_portion(lookup->group, figure), second = find_portion(less, figure);
    const struct difference difference =
        difference_of_rates(first.rate, first.interval, second.rate, second.interval);
    if (!figure->of_difference)
        return give(comparison_words_points(prose, difference.value), percent(difference.value));
    const struct interval *interval = &difference.interval;
    if (isnan(interval->low))
        return refuse("it has no interval");
    double end = figure->quantity == AUTHOR_LOW ? interval->low : interval->high;
    if (figure->quantity != AUTHOR_INTERVAL)
        return give(comparison_words_points(prose, end), percent(end));
    const struct hole holes[] = {{"low", prose_number(prose, 100 * interval->low, 0)},
                                 {"high", comparison_words_points(prose, interval->high)},
                                 {0}};
    return give(prose_say(prose, MESSAGE_REPORT_RANGE, holes), NAN);
}

static const struct hypothesis_test *find_test(const struct prose *prose,
                                               const struct author_figure *figure) {
    const struct breakdown_result *by =
        results_breakdown(&prose->results->items[figure->item->index], &prose->results->by.all[figure->by]);
    const struct option *option =
        figure->option_count ? &figure->item->question->options[figure->options[0]] : NULL;
    for (size_t i = 0; i < by->test_count; i++)
        if (by->tests[i].option == option)
            return &by->tests[i].test;
    return NULL;
}

static struct author_value say_test(const struct prose *prose, const struct author_figure *figure) {
    const struct hypothesis_test *test = find_test(prose, figure);
    if (!test)
        return refuse("this is not tested");
    if (test->method == TEST_NONE)
        return refuse(comparison_words_test(prose, test));
    if (figure->quantity == AUTHOR_EFFECT)
        return give(comparison_words_effect(prose, &test->effect), test->effect.value);
    return give(comparison_words_p(prose, test->p_adjusted), test->p_adjusted);
}

/* --- participation --- */

static const struct response_group *find_response_group(const struct results *results,
                                                        const struct author_figure *figure) {
    const struct breakdown *by = &results->by.all[figure->by];
    for (size_t i = 0; by->factor_count == 1 && i < results->response_rate_count; i++)
        if (results->response_rates[i].item == by->factors[0])
            return &results->response_rates[i].groups[figure->group];
    return NULL;
}

/* A question's figures in the group of which participation is told; NULL: no question is shown by it. */
static const struct group_result *find_any_group(const struct results *results,
                                                 const struct author_figure *figure) {
    const struct breakdown *by = &results->by.all[figure->by];
    for (size_t i = 0; i < results->item_count; i++)
        if (results_breakdown(&results->items[i], by))
            return &results_breakdown(&results->items[i], by)->groups[figure->group];
    return NULL;
}

/* Of few people who were invited, it is a count as every rate is. */
static struct author_value say_response_rate(const struct prose *prose, size_t responses, size_t population) {
    double rate = (double)responses / (double)population;
    const char *count =
        figure_words_say(prose->arena, prose->language, FIGURE_BEST, figure_words_of(responses, population));
    return give(population < PROSE_PERCENT_FROM && count ? count : prose_percent(prose, rate), percent(rate));
}

static struct author_value say_participation(const struct prose *prose, const struct author_figure *figure) {
    const struct results *results = prose->results;
    size_t responses = results->responses, population = results->population;
    bool in_group = figure->group != AUTHOR_WHOLE;
    const struct group_result *any = in_group ? find_any_group(results, figure) : NULL;
    if (any && figure->quantity == AUTHOR_RESPONSES) {
        responses = any->responses;
    } else if (in_group) {
        const struct response_group *group = find_response_group(results, figure);
        if (!group)
            return refuse(
                "how many of this group were invited is not known (population: in the questionnaire)");
        responses = group->responses;
        population = group->population;
    }
    if (figure->quantity == AUTHOR_RESPONSES)
        return give(prose_count(prose, responses), (double)responses);
    if (!population)
        return refuse("the population is not known");
    if (figure->quantity == AUTHOR_POPULATION)
        return give(prose_count(prose, population), (double)population);
    return say_response_rate(prose, responses, population);
}

/* --- all of them --- */

static struct author_value look_up(const struct lookup *lookup) {
    const struct prose *prose = lookup->prose;
    const struct author_figure *figure = lookup->figure;
    const struct group_result *group = lookup->group;
    switch (figure->quantity) {
    case AUTHOR_RATE:
    case AUTHOR_WORDS:
        return say_rate(lookup);
    case AUTHOR_COUNT: {
        size_t count = find_portion(group, figure).count;
        return give(prose_count(prose, count), (double)count);
    }
    case AUTHOR_INTERVAL:
    case AUTHOR_LOW:
    case AUTHOR_HIGH:
        return figure->of_difference ? say_difference(lookup)
               : figure->of_mean     ? say_mean_interval(lookup)
                                     : say_interval(lookup, find_portion(group, figure).interval);
    case AUTHOR_DIFFERENCE:
        return say_difference(lookup);
    case AUTHOR_BALANCE:
        return say_points(lookup, percent(group->balance));
    case AUTHOR_SCORE:
        return say_points(lookup, group->net_promoter_score);
    case AUTHOR_RANK:
        return say_rank(lookup);
    default:
        return say_quantity(lookup);
    }
}

/* How many were asked, and how many responded, is told of every group. */
static bool is_public(const struct author_figure *figure) {
    return figure->quantity == AUTHOR_BASE && (figure->base == AUTHOR_ASKED || figure->base == AUTHOR_ALL);
}

struct author_value author_figure_value(const struct prose *prose, const struct author_figure *figure) {
    if (!figure->item)
        return say_participation(prose, figure);
    if (figure->quantity == AUTHOR_P || figure->quantity == AUTHOR_EFFECT)
        return say_test(prose, figure);
    if (figure->theme)
        return say_theme(prose, figure);
    const struct lookup lookup = {prose, figure, find_group(prose, figure, figure->group)};
    if (lookup.group->suppressed && !is_public(figure))
        return refuse(say_hidden(&lookup));
    if (figure->quantity == AUTHOR_BASE) {
        size_t base = find_base(lookup.group, figure->base);
        return give(prose_count(prose, base), (double)base);
    }
    if (!lookup.group->expressed)
        return refuse("there is nobody in its base");
    return defined(look_up(&lookup));
}

const char *author_figure_prove(const struct prose *prose, const struct author_figure *figure) {
    if (figure->quantity != AUTHOR_WORDS || figure->proof == AUTHOR_BARE)
        return NULL;
    if (figure->theme) {
        const struct item_themes *themes = themes_of(prose->results, figure->item);
        size_t count = themes_find(themes, figure->theme)->share.count;
        return figure_words_prove(prose->arena, prose->language, figure->style,
                                  figure_words_of(count, themes->coded), count);
    }
    const struct lookup lookup = {prose, figure, find_group(prose, figure, figure->group)};
    const struct portion portion = find_portion(lookup.group, figure);
    return figure_words_prove(prose->arena, prose->language, figure->style, figure_of(&lookup, &portion),
                              portion.count);
}
