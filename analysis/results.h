/* Every figure of a report: computed once, then written as JSON, CSV, Markdown, HTML and charts.
 *
 * An undefined figure is NaN. A suppressed group has `suppressed` set and NaN or 0 in everything that
 * contract §5 hides; writers must look at the flag before any figure. */
#ifndef ANALYSIS_RESULTS_H
#define ANALYSIS_RESULTS_H

#include "analysis/breakdown.h"
#include "analysis/comparison.h"
#include "analysis/statistics/difference.h"
#include "analysis/statistics/distribution.h"
#include "analysis/statistics/proportion.h"
#include "model/answer.h"
#include "model/questionnaire.h"
#include "model/store_read.h"

#include <stdbool.h>
#include <stddef.h>

/* What a report is made with: the options of `analysis report`. */
struct results_options {
    enum interval_method interval; /* the default is chosen by the size of the population */
    bool interval_chosen;
    double confidence;
    size_t minimum_cell;
    const char *const *by; /* names of further breakdowns (`--by`) */
    size_t by_count;
    const char *const *weights; /* names of the population's margins to weight to (`--weight`) */
    size_t weight_count;
    const char *const *reliability; /* names of grids (`--reliability`) */
    size_t reliability_count;
    const char *const *drivers; /* names of outcomes and what may drive them (`--drivers`) */
    size_t drivers_count;
    const struct expression *where; /* only responses of which it is true; NULL: all */
    const char *where_text;
    enum adjustment adjustment;
    size_t readers; /* threads that may share the reading, which changes no figure; 0: the machine's number */
    bool by_ranks;  /* ordered answers are tested by their ranks even where some are favourable */
    const char *notice; /* shown on every page and chart ("Made-up answers"); NULL: none */
};

/* How many of the expressed chose something. */
struct share {
    size_t count;
    double rate;              /* of the expressed */
    double rate_of_responses; /* of all responses of the group */
    double low, high;         /* confidence interval of `rate` */
    double bounds[2];         /* that assume nothing of those who did not answer; NaN if N is not known */
};

struct option_result {
    const struct option *option;
    struct share share;    /* ranking: how often it came first */
    double share_of_ticks; /* multiple, else NaN */
    size_t ranked;         /* ranking: how often it was ranked at all */
    double mean_rank;      /* ranking: over those who ranked it */
};

/* The figures of one item in one group of respondents (or of all of them). */
struct group_result {
    const struct breakdown *by; /* NULL: the whole */
    size_t number;              /* which of the breakdown's groups */
    const char *code; /* of the breakdown's option, "web" or "paper", "member*web"; NULL for the whole */
    bool suppressed;
    bool unanimous; /* one answer only, though several could be given */
    bool census;    /* everybody of the group's population answered: rates are facts */
    bool weighted; /* rates, means, quantiles and intervals are (analysis/weighted_figures.h); counts never */
    bool rounded;  /* and to whole percents, means to 0.1, so that nobody who is hidden follows from them */
    size_t responses, asked, answered, expressed, no_opinion, not_concerned;
    size_t population;                   /* N of the base of rates (statistics, §1); 0: not known */
    const struct option_result *options; /* option_count of the question */
    bool has_favourable;                 /* the question's options say what is favourable */
    struct share favourable, unfavourable;
    double balance;
    double mean, mean_low, mean_high, standard_deviation;
    double minimum, quartile_1, median, quartile_3, maximum; /* numbers and scales with values */
    const char *median_code;                                 /* scales: the median option's code */
    const char *date_minimum, *date_median, *date_maximum;   /* dates; NULL if there is none */
    double net_promoter_score;                               /* scales 0…10, else NaN */
    const struct value_count
        *values; /* numbers, and dates as 20240131, ascending: for the histogram; whole group only */
    size_t value_count;
};

/* By how much a share is greater in one group than in another, both of them shown. */
struct difference_result {
    size_t first, second;        /* their places among the groups */
    const struct option *option; /* of a multiple choice; NULL: the share of favourable answers */
    struct difference of;
};

struct breakdown_result {
    const struct breakdown *by;
    const struct group_result *groups; /* by->group_count */
    struct comparison_test *tests;
    size_t test_count;
    size_t family; /* how many tests were made by this breakdown in all the report, and adjusted together */
    const struct difference_result *differences; /* of every two groups, if they are not many */
    size_t difference_count;
};

struct item_result {
    const struct item *item;
    struct group_result whole;
    struct breakdown_result *breakdowns; /* the last one is the channel */
    size_t breakdown_count;
};

/* Responses over invited, in one category of a margin, and in all of them. */
struct response_group {
    const char *code;
    size_t responses, population;
    double rate; /* NaN if nobody was invited */
};

struct response_rate {
    const char *by;          /* id of the margin's question, or "channel" */
    const struct item *item; /* NULL: the channel */
    const struct response_group *groups;
    size_t group_count;
};

struct item_themes;
struct relations;
struct weights;

struct results {
    const struct questionnaire *questionnaire;
    struct results_options options; /* `interval` as it was used */
    size_t population; /* whom the responses are of: with `where` a part of all invited; 0: not known */
    size_t responses;
    size_t responses_by_channel[CHANNEL_COUNT];
    double response_rate; /* NaN if the population is not known */
    const struct response_rate *response_rates;
    size_t response_rate_count;
    const struct weights *weights;     /* analysis/weights.h; NULL: figures are not weighted */
    const struct relations *relations; /* analysis/relations.h; NULL: none are asked for */
    const struct item_result *items;
    size_t item_count;
    struct breakdown_list by; /* all breakdowns: an item has those that do not name it */
    const struct store_day *days;
    size_t day_count;
    /* Open answers of the text item, in an order that does not depend on arrival; only where the whole has at
     * least 10 of them, and with `where` those who are left out have none or as many. */
    const char *const *const *texts; /* by item index; NULL for other types */
    const size_t *text_counts;
    const struct item_themes *const *themes; /* analysis/themes.h, by item index; NULL: nothing is coded */
};

/* The item by a breakdown; NULL if the breakdown names the item. */
const struct breakdown_result *results_breakdown(const struct item_result *item, const struct breakdown *by);

/* Whether results can be shown by all of `options->by`. False after a failure that says which cannot, and
 * why. */
bool results_check_by(struct arena *arena, const struct questionnaire *questionnaire,
                      const struct results_options *options, struct failure *failure);

/* Reads all responses in one pass and computes everything. NULL after a failure; `by` that cannot be
 * (breakdown_plan) is one. Lives as long as `arena`.
 *
 * Every question is broken down by the questionnaire's own breakdowns, then by `by`, and last by the channel,
 * but by nothing that it is itself part of. A response without the breakdown's answer is in no group.
 *
 * The population of a group is that of its margin; without one, and for the groups of a crossing, its share
 * of the whole by the responses, and no more than the margins leave room for. With `where` it is known only
 * where that selects whole categories of a margin (analysis/subset.h): else the whole has its share of the
 * population, each group its share of that; and there are no response rates and no days, which are of the
 * whole collection. */
const struct results *results_compute(struct arena *arena, struct store *store,
                                      const struct questionnaire *questionnaire,
                                      const struct results_options *options, struct failure *failure);

#endif
