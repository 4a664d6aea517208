#include "analysis/finding.h"

#include "analysis/naming.h"
#include "analysis/themes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_MOST = 3, TIED_MOST = 4, QUOTED_FROM = 10 };

static const char *join(const struct prose *prose, const char *one, const char *other) {
    return *one && *other ? arena_format(prose->arena, "%s %s", one, other)
                          : arena_format(prose->arena, "%s%s", one, other);
}

/* --- Intervals --- */

/* A census is a fact; of a few figures no interval is known. */
static const char *say_interval(const struct prose *prose, bool census, const char *interval) {
    if (census)
        return prose_say(prose, MESSAGE_REPORT_INTERVAL_CENSUS, NULL);
    if (!interval)
        return prose_say(prose, MESSAGE_REPORT_INTERVAL_NONE, NULL);
    return prose_say(prose, MESSAGE_REPORT_INTERVAL_IS,
                     (struct hole[]){{"confidence", prose_confidence(prose)}, {"interval", interval}, {0}});
}

const char *finding_interval(const struct prose *prose, const struct group_result *group,
                             const struct share *share) {
    bool known = !isnan(share->low) && !isnan(share->high);
    return say_interval(prose, group->census,
                        known ? prose_interval(prose, share->low, share->high, false) : NULL);
}

static const char *mean_range(const struct prose *prose, const struct question *question,
                              const struct group_result *group) {
    const struct hole holes[] = {{"low", prose_number(prose, group->mean_low, prose_mean_decimals(question))},
                                 {"high", prose_mean(prose, question, group->mean_high)},
                                 {0}};
    return isnan(group->mean_low) ? NULL : prose_say(prose, MESSAGE_REPORT_RANGE, holes);
}

const char *finding_mean_interval(const struct prose *prose, const struct question *question,
                                  const struct group_result *group) {
    return say_interval(prose, group->census, mean_range(prose, question, group));
}

const char *finding_mean(const struct prose *prose, const struct question *question,
                         const struct group_result *group) {
    const char *mean = prose_mean(prose, question, group->mean);
    const char *interval = group->census ? NULL : mean_range(prose, question, group);
    return interval ? arena_format(prose->arena, "%s (%s)", mean, interval) : mean;
}

/* --- Shares --- */

static const char *say_favourable(const struct prose *prose, const struct group_result *group) {
    const struct share *share = &group->favourable;
    enum message message = MESSAGE_REPORT_SAY_FAVOURABLE;
    if (group->expressed < PROSE_PERCENT_FROM)
        message = MESSAGE_REPORT_SAY_FAVOURABLE_FEW;
    if (group->expressed > 1 && share->count == 0)
        message = MESSAGE_REPORT_SAY_FAVOURABLE_NONE;
    if (group->expressed > 1 && share->count == group->expressed)
        message = MESSAGE_REPORT_SAY_FAVOURABLE_ALL;
    const struct hole holes[] = {
        {"words", prose_words(prose, group, share)},         {"percent", prose_exact(prose, group, share)},
        {"count", prose_count(prose, share->count)},         {"base", prose_count(prose, group->expressed)},
        {"interval", finding_interval(prose, group, share)}, {0}};
    return prose_say(prose, message, holes);
}

static int compare_options(const void *one, const void *other) {
    const struct option_result *first = *(const struct option_result *const *)one;
    const struct option_result *second = *(const struct option_result *const *)other;
    if (first->share.count != second->share.count)
        return first->share.count < second->share.count ? 1 : -1;
    return (first > second) - (first < second); /* both lie in one array: the order of the questionnaire */
}

static const struct option_result **order_options(const struct prose *prose, const struct group_result *group,
                                                  size_t count) {
    const struct option_result **options = ARENA_NEW(prose->arena, const struct option_result *, count);
    for (size_t i = 0; i < count; i++)
        options[i] = &group->options[i];
    qsort(options, count, sizeof *options, compare_options);
    return options;
}

/* The answers with their figures, the base with the first of them. */
static const char *quote_options(const struct prose *prose, const struct option_result *const *options,
                                 size_t count, size_t base) {
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        const struct share *share = &options[i]->share;
        bool first = i == 0 || base < PROSE_PERCENT_FROM;
        const struct hole figures[] = {
            {"percent", prose_percent(prose, share->rate)}, {"count", prose_count(prose, share->count)}, {0}};
        const struct hole holes[] = {{"text", naming_wording(prose, &options[i]->option->text)},
                                     {"figure", first ? prose_proof(prose, share, base)
                                                      : prose_say(prose, MESSAGE_REPORT_PROOF_MORE, figures)},
                                     {0}};
        const char *quoted = prose_say(prose, MESSAGE_REPORT_QUOTE, holes);
        text = i ? arena_format(prose->arena, "%s, %s", text, quoted) : quoted;
    }
    return text;
}

/* The options chosen most, up to three; where more are on a par with the third, as many as fit a sentence. */
static const char *say_leading(const struct prose *prose, const struct item_result *item,
                               enum message message) {
    size_t all = item->item->question->option_count, count = 0;
    const struct option_result **options = order_options(prose, &item->whole, all);
    while (count < all && options[count]->share.count > 0 &&
           (count < NAMED_MOST ||
            (count < TIED_MOST && options[count]->share.count == options[NAMED_MOST - 1]->share.count)))
        count++;
    const char *quoted = quote_options(prose, options, count, item->whole.expressed);
    return prose_say(prose, message, (struct hole[]){{"answers", quoted}, {0}});
}

static const char *say_most_frequent(const struct prose *prose, const struct item_result *item) {
    size_t all = item->item->question->option_count, tied = 1;
    const struct option_result **options = order_options(prose, &item->whole, all);
    while (tied < all && tied < TIED_MOST && options[tied]->share.count == options[0]->share.count)
        tied++;
    const struct share *share = &options[0]->share;
    const struct hole holes[] = {{"answers", quote_options(prose, options, tied, item->whole.expressed)},
                                 {"answer", naming_wording(prose, &options[0]->option->text)},
                                 {"figure", prose_proof(prose, share, item->whole.expressed)},
                                 {"interval", finding_interval(prose, &item->whole, share)},
                                 {0}};
    return prose_say(prose, tied > 1 ? MESSAGE_REPORT_SAY_FREQUENT_TIED : MESSAGE_REPORT_SAY_FREQUENT, holes);
}

/* --- Other types --- */

static const char *say_scale(const struct prose *prose, const struct item_result *item) {
    const struct question *question = item->item->question;
    const struct group_result *group = &item->whole;
    const struct hole holes[] = {{"mean", prose_mean(prose, question, group->mean)},
                                 {"scale", naming_scale(prose, question)},
                                 {"base", prose_count(prose, group->expressed)},
                                 {"interval", finding_mean_interval(prose, question, group)},
                                 {0}};
    return join(prose, prose_say(prose, MESSAGE_REPORT_SAY_SCALE, holes), say_most_frequent(prose, item));
}

static const char *say_number(const struct prose *prose, const struct item_result *item) {
    const struct question *question = item->item->question;
    const struct group_result *group = &item->whole;
    const struct hole holes[] = {{"mean", prose_mean(prose, question, group->mean)},
                                 {"base", prose_count(prose, group->expressed)},
                                 {"interval", finding_mean_interval(prose, question, group)},
                                 {"value", prose_quantile(prose, question, group->mean)},
                                 {"median", prose_quantile(prose, question, group->median)},
                                 {"quartile_1", prose_bare_quantile(prose, question, group->quartile_1)},
                                 {"quartile_3", prose_quantile(prose, question, group->quartile_3)},
                                 {0}};
    bool constant = group->minimum == group->maximum;
    return prose_say(prose, constant ? MESSAGE_REPORT_SAY_CONSTANT : MESSAGE_REPORT_SAY_NUMBER, holes);
}

static const char *say_dates(const struct prose *prose, const struct group_result *group) {
    if (!group->date_minimum)
        return "";
    return prose_say(prose, MESSAGE_REPORT_SAY_DATES,
                     (struct hole[]){{"minimum", prose_date(prose, group->date_minimum)},
                                     {"maximum", prose_date(prose, group->date_maximum)},
                                     {"median", prose_date(prose, group->date_median)},
                                     {0}});
}

/* The most frequent themes, with their figures: none is left out that is as frequent as one that is named. */
static const char *say_themes(const struct prose *prose, const struct item_themes *themes) {
    const char *list = "";
    size_t named = themes->count < TIED_MOST ? themes->count : TIED_MOST;
    while (named > 0 && named < themes->count &&
           themes->all[named].share.count == themes->all[named - 1].share.count)
        named--;
    for (size_t i = 0; i < named; i++) {
        const struct theme *theme = &themes->all[i];
        const struct hole holes[] = {
            {"text", theme->name}, {"figure", prose_proof(prose, &theme->share, themes->coded)}, {0}};
        list = arena_format(prose->arena, "%s%s%s", list, i ? ", " : "",
                            prose_say(prose, MESSAGE_REPORT_QUOTE, holes));
    }
    return named ? prose_say(prose, MESSAGE_THEMES_SAY, (struct hole[]){{"themes", list}, {0}}) : "";
}

static const char *say_texts(const struct prose *prose, const struct item_result *item) {
    const struct item_themes *themes = themes_of(prose->results, item->item);
    size_t count = item->whole.expressed;
    const char *said = prose_say(prose, MESSAGE_REPORT_SAY_TEXTS,
                                 (struct hole[]){{"count", prose_count(prose, count)}, {0}});
    if (themes)
        return join(prose, said, say_themes(prose, themes));
    const struct results *results = prose->results;
    bool quoted = results->texts && results->texts[item->item->index];
    enum message message = item->item->question->never_quoted ? MESSAGE_REPORT_SAY_TEXTS_NEVER
                           : quoted                           ? MESSAGE_REPORT_SAY_TEXTS_QUOTED
                           : count < QUOTED_FROM              ? MESSAGE_REPORT_SAY_TEXTS_FEW
                                                              : MESSAGE_THEMES_OTHERS_FEW;
    return join(prose, said, prose_say(prose, message, NULL));
}

/* --- Items --- */

/* Why an item has no figures; NULL if it has. */
static const char *say_nothing(const struct prose *prose, const struct group_result *group) {
    if (group->asked == 0)
        return prose_say(prose, MESSAGE_REPORT_SAY_NOBODY_ASKED, NULL);
    if (group->suppressed)
        return prose_say(
            prose, MESSAGE_REPORT_SAY_HIDDEN,
            (struct hole[]){{"minimum", prose_count(prose, prose->results->options.minimum_cell)}, {0}});
    if (group->expressed == 0)
        return prose_say(prose, MESSAGE_REPORT_SAY_NOBODY_EXPRESSED, NULL);
    return NULL;
}

const char *finding_item(const struct prose *prose, const struct item_result *item) {
    const char *nothing = say_nothing(prose, &item->whole);
    if (nothing)
        return nothing;
    switch (item->item->question->type) {
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
        return item->whole.has_favourable ? say_favourable(prose, &item->whole)
               : item->item->question->type == QUESTION_SCALE && !isnan(item->whole.mean)
                   ? say_scale(prose, item)
                   : say_most_frequent(prose, item);
    case QUESTION_MULTIPLE:
        return say_leading(prose, item, MESSAGE_REPORT_SAY_CHOSEN);
    case QUESTION_RANKING:
        return say_leading(prose, item, MESSAGE_REPORT_SAY_FIRST);
    case QUESTION_NUMBER:
        return say_number(prose, item);
    case QUESTION_DATE:
        return say_dates(prose, &item->whole);
    case QUESTION_TEXT:
        return say_texts(prose, item);
    }
    abort();
}

/* --- Comparing items --- */

static int compare_items(const void *one, const void *other) {
    const struct item_result *first = *(const struct item_result *const *)one;
    const struct item_result *second = *(const struct item_result *const *)other;
    if (first->whole.favourable.rate != second->whole.favourable.rate)
        return first->whole.favourable.rate < second->whole.favourable.rate ? 1 : -1;
    return (first > second) - (first < second);
}

const struct item_result *const *finding_ranking(struct arena *arena, const struct item_result *items,
                                                 size_t item_count, size_t *count) {
    const struct item_result **ranking = ARENA_NEW(arena, const struct item_result *, item_count);
    *count = 0;
    for (size_t i = 0; i < item_count; i++) {
        const struct group_result *whole = &items[i].whole;
        if (whole->has_favourable && !whole->suppressed && whole->expressed)
            ranking[(*count)++] = &items[i];
    }
    qsort(ranking, *count, sizeof *ranking, compare_items);
    return ranking;
}

static const char *quote_item(const struct prose *prose, const struct item_result *item) {
    return prose_say(
        prose, MESSAGE_REPORT_QUOTE,
        (struct hole[]){{"text", naming_wording(prose, &item->item->text)},
                        {"figure", prose_proof(prose, &item->whole.favourable, item->whole.expressed)},
                        {0}});
}

/* A line and those on a par with it, as long as they fit a sentence: `step` leads to them in the ranking. */
static const char *quote_tied(const struct prose *prose, const struct item_result *const *ranking,
                              size_t count, size_t at, int step) {
    const char *text = quote_item(prose, ranking[at]);
    double rate = ranking[at]->whole.favourable.rate;
    for (size_t i = 1; i < NAMED_MOST && i < count; i++) {
        const struct item_result *next = ranking[step > 0 ? at + i : at - i];
        if (next->whole.favourable.rate != rate)
            break;
        text = arena_format(prose->arena, "%s, %s", text, quote_item(prose, next));
    }
    return text;
}

bool finding_overlap(const struct item_result *one, const struct item_result *other) {
    const struct share *first = &one->whole.favourable, *second = &other->whole.favourable;
    double first_low = isnan(first->low) ? first->rate : first->low;
    double first_high = isnan(first->high) ? first->rate : first->high;
    double second_low = isnan(second->low) ? second->rate : second->low;
    double second_high = isnan(second->high) ? second->rate : second->high;
    return first_low <= second_high && second_low <= first_high;
}

static const char *say_ranking(const struct prose *prose, const struct item_result *const *ranking,
                               size_t count) {
    const struct item_result *first = ranking[0], *last = ranking[count - 1];
    if (first->whole.favourable.rate == last->whole.favourable.rate)
        return prose_say(
            prose, MESSAGE_REPORT_SAY_GRID_EQUAL,
            (struct hole[]){{"percent", prose_percent(prose, first->whole.favourable.rate)}, {0}});
    return prose_say(prose,
                     finding_overlap(first, last) ? MESSAGE_REPORT_SAY_GRID_OVERLAP : MESSAGE_REPORT_SAY_GRID,
                     (struct hole[]){{"most", quote_tied(prose, ranking, count, 0, 1)},
                                     {"least", quote_tied(prose, ranking, count, count - 1, -1)},
                                     {0}});
}

static const char *quote_mean(const struct prose *prose, const struct item_result *item) {
    const struct group_result *group = &item->whole;
    const struct hole base[] = {{"base", prose_count(prose, group->expressed)}, {0}};
    const char *figure =
        arena_format(prose->arena, "%s, %s", prose_mean(prose, item->item->question, group->mean),
                     prose_say(prose, MESSAGE_REPORT_BASE_IS, base));
    return prose_say(
        prose, MESSAGE_REPORT_QUOTE,
        (struct hole[]){{"text", naming_wording(prose, &item->item->text)}, {"figure", figure}, {0}});
}

/* Of lines whose answers are neither favourable nor not: from the highest to the lowest mean. */
static const char *say_means(const struct prose *prose, const struct item_result *items, size_t count) {
    const struct item_result *most = NULL, *least = NULL;
    for (size_t i = 0; i < count; i++) {
        if (items[i].whole.suppressed || isnan(items[i].whole.mean))
            continue;
        if (!most || items[i].whole.mean > most->whole.mean)
            most = &items[i];
        if (!least || items[i].whole.mean < least->whole.mean)
            least = &items[i];
    }
    if (!most || most->whole.mean == least->whole.mean)
        return NULL;
    return prose_say(
        prose, MESSAGE_REPORT_SAY_GRID_MEANS,
        (struct hole[]){{"most", quote_mean(prose, most)}, {"least", quote_mean(prose, least)}, {0}});
}

const char *finding_grid(const struct prose *prose, const struct item_result *items, size_t count) {
    size_t ranked;
    const struct item_result *const *ranking = finding_ranking(prose->arena, items, count, &ranked);
    if (ranked > 1)
        return say_ranking(prose, ranking, ranked);
    return ranked ? NULL : say_means(prose, items, count);
}
