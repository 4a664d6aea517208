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

/* --- Shares --- */

/* How sure a share is: the interval, and the bounds that assume nothing. */
static const char *say_uncertain(const struct prose *prose, const struct group_result *group,
                                 const struct share *share) {
    if (group->census)
        return prose_say(prose, MESSAGE_REPORT_SAY_CENSUS, NULL);
    if (isnan(share->low) || isnan(share->high))
        return "";
    bool bounded = !isnan(share->bounds[0]) && !isnan(share->bounds[1]);
    const struct hole holes[] = {{"confidence", prose_confidence(prose)},
                                 {"low", prose_limit(prose, share->low)},
                                 {"high", prose_limit(prose, share->high)},
                                 {"bound_low", prose_limit(prose, share->bounds[0])},
                                 {"bound_high", prose_limit(prose, share->bounds[1])},
                                 {0}};
    return prose_say(prose, bounded ? MESSAGE_REPORT_SAY_UNCERTAIN : MESSAGE_REPORT_SAY_INTERVAL, holes);
}

static const char *say_favourable(const struct prose *prose, const struct group_result *group) {
    const struct share *share = &group->favourable;
    enum message message = MESSAGE_REPORT_SAY_FAVOURABLE;
    if (group->expressed < PROSE_PERCENT_FROM)
        message = MESSAGE_REPORT_SAY_FAVOURABLE_FEW;
    if (group->expressed > 1 && share->count == 0)
        message = MESSAGE_REPORT_SAY_FAVOURABLE_NONE;
    if (group->expressed > 1 && share->count == group->expressed)
        message = MESSAGE_REPORT_SAY_FAVOURABLE_ALL;
    const struct hole holes[] = {{"words", prose_words(prose, group, share)},
                                 {"percent", prose_exact(prose, group, share)},
                                 {"count", prose_count(prose, share->count)},
                                 {"base", prose_count(prose, group->expressed)},
                                 {0}};
    return join(prose, prose_say(prose, message, holes), say_uncertain(prose, group, share));
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

static const char *quote_options(const struct prose *prose, const struct option_result *const *options,
                                 size_t count, size_t base) {
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        const struct hole holes[] = {{"text", naming_wording(prose, &options[i]->option->text)},
                                     {"figure", prose_proof(prose, &options[i]->share, base)},
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
    const char *quoted = quote_options(prose, options, tied, item->whole.expressed);
    const char *said =
        prose_say(prose, tied > 1 ? MESSAGE_REPORT_SAY_FREQUENT_TIED : MESSAGE_REPORT_SAY_FREQUENT,
                  (struct hole[]){{"answers", quoted}, {0}});
    return tied > 1 ? said : join(prose, said, say_uncertain(prose, &item->whole, &options[0]->share));
}

/* --- Other types --- */

static const char *say_mean_interval(const struct prose *prose, const struct question *question,
                                     const struct group_result *group) {
    if (group->census)
        return prose_say(prose, MESSAGE_REPORT_SAY_CENSUS, NULL);
    if (isnan(group->mean_low))
        return "";
    const struct hole holes[] = {{"low", prose_number(prose, group->mean_low, 1)},
                                 {"high", prose_quantity(prose, question, group->mean_high, 1)},
                                 {"confidence", prose_confidence(prose)},
                                 {0}};
    return prose_say(
        prose, group->population ? MESSAGE_REPORT_SAY_NUMBER_INTERVAL : MESSAGE_REPORT_NOTE_MEAN_INTERVAL,
        holes);
}

static const char *say_number(const struct prose *prose, const struct item_result *item) {
    const struct question *question = item->item->question;
    const struct group_result *group = &item->whole;
    bool constant = group->minimum == group->maximum;
    const struct hole holes[] = {{"mean", constant ? prose_quantile(prose, question, group->mean)
                                                   : prose_quantity(prose, question, group->mean, 1)},
                                 {"median", prose_quantile(prose, question, group->median)},
                                 {"quartile_1", prose_quantile(prose, question, group->quartile_1)},
                                 {"quartile_3", prose_quantile(prose, question, group->quartile_3)},
                                 {0}};
    if (constant)
        return prose_say(prose, MESSAGE_REPORT_SAY_CONSTANT, holes);
    return join(prose, prose_say(prose, MESSAGE_REPORT_SAY_NUMBER, holes),
                say_mean_interval(prose, question, group));
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
    enum message message = quoted                ? MESSAGE_REPORT_SAY_TEXTS_QUOTED
                           : count < QUOTED_FROM ? MESSAGE_REPORT_SAY_TEXTS_FEW
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

const char *finding_grid(const struct prose *prose, const struct item_result *items, size_t count) {
    size_t ranked;
    const struct item_result *const *ranking = finding_ranking(prose->arena, items, count, &ranked);
    if (ranked < 2)
        return NULL;
    return prose_say(prose, MESSAGE_REPORT_SAY_GRID,
                     (struct hole[]){{"most", quote_item(prose, ranking[0])},
                                     {"least", quote_item(prose, ranking[ranked - 1])},
                                     {0}});
}
