#include "analysis/key_findings.h"

#include "analysis/comparison_tables.h"
#include "analysis/finding.h"
#include "analysis/naming.h"
#include "analysis/themes.h"
#include "analysis/weight_tables.h"

#include <math.h>

enum { EXTREMES_MOST = 3, TIED_MOST = 5, MEANS_MOST = 6 };

static const char *say(const struct prose *prose, enum message message) {
    return prose_say(prose, message, NULL);
}

/* --- Who answered --- */

static void add_participation(struct document *document, const struct prose *prose) {
    const struct results *results = prose->results;
    bool known = !isnan(results->response_rate);
    const char *responses = prose_count(prose, results->responses);
    const struct hole holes[] = {{"responses", responses},
                                 {"web", prose_count(prose, results->responses_by_channel[CHANNEL_WEB])},
                                 {"paper", prose_count(prose, results->responses_by_channel[CHANNEL_PAPER])},
                                 {"population", prose_count(prose, results->questionnaire->population.size)},
                                 {0}};
    enum message message = known                     ? MESSAGE_REPORT_KEY_RATE
                           : results->responses == 1 ? MESSAGE_REPORT_KEY_RESPONSES_ONE
                                                     : MESSAGE_REPORT_KEY_RESPONSES;
    document_list(document, LIST_KEY_FIGURES);
    document_item(document, known ? prose_percent(prose, results->response_rate) : responses,
                  prose_say(prose, message, holes));
}

static void add_weighting(struct document *document, const struct prose *prose) {
    const char *margins = weight_tables_margins(prose);
    if (margins)
        document_paragraph(
            document, PARAGRAPH_PLAIN,
            prose_say(prose, MESSAGE_WEIGHT_SUMMARY, (struct hole[]){{"margins", margins}, {0}}));
}

/* --- Favourable shares --- */

/* "; mean 3.1 (3.0 to 3.2) on a scale from 1 to 4", or nothing. */
static const char *say_mean(const struct prose *prose, const struct item_result *item) {
    const struct question *question = item->item->question;
    const struct group_result *group = &item->whole;
    if (question->type != QUESTION_SCALE || isnan(group->mean))
        return "";
    const char *mean = finding_mean(prose, question, group);
    return prose_say(prose, MESSAGE_REPORT_KEY_MEAN_TOO,
                     (struct hole[]){{"mean", mean}, {"scale", naming_scale(prose, question)}, {0}});
}

/* One result as a sentence that begins with its figure. */
static void add_share(struct document *document, const struct prose *prose, const struct item_result *item) {
    const struct share *share = &item->whole.favourable;
    size_t base = item->whole.expressed;
    bool few = base < PROSE_PERCENT_FROM;
    const struct hole holes[] = {{"question", naming_item(prose, item->item)},
                                 {"count", prose_count(prose, share->count)},
                                 {"base", prose_count(prose, base)},
                                 {"interval", finding_interval(prose, &item->whole, share)},
                                 {"mean", say_mean(prose, item)},
                                 {0}};
    document_item(document, few ? prose_proof(prose, share, base) : prose_percent(prose, share->rate),
                  prose_say(prose, few ? MESSAGE_REPORT_KEY_SHARE_FEW : MESSAGE_REPORT_KEY_SHARE, holes));
}

static bool on_a_par(const struct item_result *one, const struct item_result *other) {
    return one->whole.favourable.rate == other->whole.favourable.rate;
}

/* How many of a ranking, from its top, are named among at most `room`: three, or five if so many are on a par
 * with the third. None is left out that is on a par with one that is named: then fewer are, or none. */
static size_t count_named(const struct item_result *const *ranking, size_t count, size_t room) {
    size_t named = room < EXTREMES_MOST ? room : EXTREMES_MOST;
    while (named > 0 && named < room && named < TIED_MOST && on_a_par(ranking[named - 1], ranking[named]))
        named++;
    while (named > 0 && named < count && on_a_par(ranking[named - 1], ranking[named]))
        named--;
    return named;
}

/* How far the order of those named can be trusted. */
static void add_doubts(struct document *document, const struct prose *prose,
                       const struct item_result *const *ranking, size_t named, size_t count) {
    const char *text = "";
    size_t close = 0, among = 0;
    for (size_t i = 1; i < named; i++)
        among += finding_overlap(ranking[i - 1], ranking[i]);
    for (size_t i = named; i < count; i++)
        close += finding_overlap(ranking[named - 1], ranking[i]);
    if (among)
        text = say(prose, among + 1 == named ? MESSAGE_REPORT_KEY_ORDER : MESSAGE_REPORT_KEY_ORDER_PARTLY);
    if (close)
        text = arena_format(prose->arena, "%s%s%s", text, *text ? " " : "",
                            prose_say(prose,
                                      close == 1 ? MESSAGE_REPORT_KEY_CLOSE_ONE : MESSAGE_REPORT_KEY_CLOSE,
                                      (struct hole[]){{"count", prose_count(prose, close)}, {0}}));
    if (*text)
        document_paragraph(document, PARAGRAPH_ASIDE, text);
}

/* What one end of a ranking is called, and what is said if too many share it. */
struct end {
    const char *id;
    enum message heading, shared;
};

static void add_end(struct document *document, const struct prose *prose, const struct end *end,
                    const struct item_result *const *ranking, size_t count, size_t room) {
    size_t named = count_named(ranking, count, room), shared = 1;
    document_open(document, end->id, say(prose, end->heading));
    if (named) {
        document_list(document, LIST_KEY_FIGURES);
        for (size_t i = 0; i < named; i++)
            add_share(document, prose, ranking[i]);
        add_doubts(document, prose, ranking, named, count);
    } else {
        while (shared < count && on_a_par(ranking[0], ranking[shared]))
            shared++;
        const struct hole holes[] = {{"count", prose_count(prose, shared)},
                                     {"percent", prose_percent(prose, ranking[0]->whole.favourable.rate)},
                                     {0}};
        document_paragraph(document, PARAGRAPH_PLAIN, prose_say(prose, end->shared, holes));
    }
    document_close(document);
}

/* No result is among the most and the least favourable at once. */
static void add_extremes(struct document *document, const struct prose *prose) {
    static const struct end all = {"favourable", MESSAGE_REPORT_FROM_FAVOURABLE,
                                   MESSAGE_REPORT_KEY_SHARED_MOST};
    static const struct end most = {"most-favourable", MESSAGE_REPORT_MOST_FAVOURABLE,
                                    MESSAGE_REPORT_KEY_SHARED_MOST};
    static const struct end least = {"least-favourable", MESSAGE_REPORT_LEAST_FAVOURABLE,
                                     MESSAGE_REPORT_KEY_SHARED_LEAST};
    const struct results *results = prose->results;
    size_t count;
    const struct item_result *const *ranking =
        finding_ranking(prose->arena, results->items, results->item_count, &count);
    if (count == 0)
        return;
    if (count <= EXTREMES_MOST) {
        add_end(document, prose, &all, ranking, count, count);
        return;
    }
    const struct item_result **reverse = ARENA_NEW(prose->arena, const struct item_result *, count);
    for (size_t i = 0; i < count; i++)
        reverse[i] = ranking[count - 1 - i];
    add_end(document, prose, &most, ranking, count, count / 2);
    if (!on_a_par(ranking[0], reverse[0]))
        add_end(document, prose, &least, reverse, count, count / 2);
}

/* --- Means --- */

/* Who is who is no finding, nor is what favourable shares say already. */
static bool is_mean_finding(const struct prose *prose, const struct item_result *item) {
    const struct group_result *group = &item->whole;
    for (size_t i = 0; i < prose->results->by.count; i++)
        if (breakdown_names(&prose->results->by.all[i], item->item))
            return false;
    return !group->suppressed && group->expressed > 0 && !group->has_favourable && !isnan(group->mean);
}

static void add_mean(struct document *document, const struct prose *prose, const struct item_result *item) {
    const struct question *question = item->item->question;
    const struct group_result *group = &item->whole;
    bool scale = question->type == QUESTION_SCALE;
    const char *unit = naming_wording(prose, &question->unit);
    const struct hole holes[] = {{"question", naming_item(prose, item->item)},
                                 {"base", prose_count(prose, group->expressed)},
                                 {"interval", finding_mean_interval(prose, question, group)},
                                 {"unit", unit ? arena_format(prose->arena, "%s ", unit) : ""},
                                 {"scale", scale ? naming_scale(prose, question) : NULL},
                                 {0}};
    document_item(document, prose_number(prose, group->mean, prose_mean_decimals(question)),
                  prose_say(prose, scale ? MESSAGE_REPORT_KEY_MEAN_SCALE : MESSAGE_REPORT_KEY_MEAN, holes));
}

static void add_means(struct document *document, const struct prose *prose) {
    const struct results *results = prose->results;
    size_t added = 0;
    for (size_t i = 0; i < results->item_count && added < MEANS_MOST; i++) {
        if (!is_mean_finding(prose, &results->items[i]))
            continue;
        if (added == 0) {
            document_open(document, "means", say(prose, MESSAGE_REPORT_KEY_MEANS));
            document_list(document, LIST_KEY_FIGURES);
        }
        add_mean(document, prose, &results->items[i]);
        added++;
    }
    if (added)
        document_close(document);
}

/* --- Open answers --- */

static void add_themes(struct document *document, const struct prose *prose) {
    const struct results *results = prose->results;
    bool any = false;
    for (size_t i = 0; i < results->item_count; i++) {
        const struct item_result *item = &results->items[i];
        if (!themes_of(results, item->item))
            continue;
        if (!any) {
            document_open(document, "open-answers", say(prose, MESSAGE_REPORT_KEY_OPEN));
            document_list(document, LIST_TERMS);
        }
        document_item(document, naming_item(prose, item->item), finding_item(prose, item));
        any = true;
    }
    if (any)
        document_close(document);
}

void key_findings_add(struct document *document, const struct prose *prose) {
    document_open(document, "key-figures", say(prose, MESSAGE_REPORT_KEY_FIGURES));
    if (prose->results->responses) {
        add_participation(document, prose);
        add_weighting(document, prose);
        add_extremes(document, prose);
        add_means(document, prose);
        comparison_tables_add_key(document, prose);
        add_themes(document, prose);
    } else {
        document_paragraph(document, PARAGRAPH_FINDING, say(prose, MESSAGE_REPORT_EMPTY));
    }
    document_close(document);
}
