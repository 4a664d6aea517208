#include "analysis/report_content.h"

#include "analysis/breakdown_tables.h"
#include "analysis/comparison_tables.h"
#include "analysis/finding.h"
#include "analysis/method.h"
#include "analysis/naming.h"
#include "analysis/participation.h"
#include "analysis/prose.h"
#include "analysis/question_tables.h"
#include "analysis/relation_tables.h"
#include "analysis/theme_tables.h"
#include "analysis/weight_tables.h"

#include <math.h>

enum { EXTREMES_MOST = 3 };

struct content {
    struct prose prose;
    struct document *document;
    const struct charts *charts; /* may be NULL */
};

static const char *say(const struct content *content, enum message message) {
    return prose_say(&content->prose, message, NULL);
}

/* --- Key figures --- */

static void add_participation(struct content *content) {
    const struct results *results = content->prose.results;
    const struct prose *prose = &content->prose;
    const char *responses = prose_count(prose, results->responses);
    const struct hole holes[] = {{"responses", responses},
                                 {"web", prose_count(prose, results->responses_by_channel[CHANNEL_WEB])},
                                 {"paper", prose_count(prose, results->responses_by_channel[CHANNEL_PAPER])},
                                 {"population", prose_count(prose, results->questionnaire->population.size)},
                                 {0}};
    enum message message =
        results->responses == 1 ? MESSAGE_REPORT_KEY_RESPONSES_ONE : MESSAGE_REPORT_KEY_RESPONSES;
    document_list(content->document, LIST_KEY_FIGURES);
    document_item(content->document, responses, prose_say(prose, message, holes));
    if (!isnan(results->response_rate))
        document_item(content->document, prose_percent(prose, results->response_rate),
                      prose_say(prose, MESSAGE_REPORT_KEY_RATE, holes));
}

/* One result as a sentence that begins with its figure. */
static void add_share(struct content *content, const struct item_result *item) {
    const struct prose *prose = &content->prose;
    const struct share *share = &item->whole.favourable;
    const struct hole interval_holes[] = {
        {"confidence", prose_confidence(prose)},
        {"interval", prose_interval(prose, share->low, share->high, item->whole.census)},
        {0}};
    const char *interval = item->whole.census ? say(content, MESSAGE_REPORT_INTERVAL_CENSUS)
                                              : prose_say(prose, MESSAGE_REPORT_INTERVAL_IS, interval_holes);
    const struct hole holes[] = {{"question", naming_item(prose, item->item)},
                                 {"count", prose_count(prose, share->count)},
                                 {"base", prose_count(prose, item->whole.expressed)},
                                 {"interval", interval},
                                 {0}};
    if (item->whole.expressed < PROSE_PERCENT_FROM)
        document_item(content->document, prose_proof(prose, share, item->whole.expressed),
                      prose_say(prose, MESSAGE_REPORT_KEY_SHARE_FEW, holes));
    else
        document_item(content->document, prose_percent(prose, share->rate),
                      prose_say(prose, MESSAGE_REPORT_KEY_SHARE, holes));
}

static void add_shares(struct content *content, const char *id, enum message heading,
                       const struct item_result *const *items, size_t count) {
    document_open(content->document, id, say(content, heading));
    document_list(content->document, LIST_KEY_FIGURES);
    for (size_t i = 0; i < count; i++)
        add_share(content, items[i]);
    document_close(content->document);
}

/* No result is among the most and the least favourable at once. */
static void add_extremes(struct content *content) {
    const struct results *results = content->prose.results;
    size_t count;
    const struct item_result *const *ranking =
        finding_ranking(content->prose.arena, results->items, results->item_count, &count);
    if (count == 0)
        return;
    if (count <= EXTREMES_MOST) {
        add_shares(content, "favourable", MESSAGE_REPORT_FROM_FAVOURABLE, ranking, count);
        return;
    }
    size_t each = count / 2 < EXTREMES_MOST ? count / 2 : EXTREMES_MOST;
    const struct item_result *least[EXTREMES_MOST];
    for (size_t i = 0; i < each; i++)
        least[i] = ranking[count - 1 - i];
    add_shares(content, "most-favourable", MESSAGE_REPORT_MOST_FAVOURABLE, ranking, each);
    add_shares(content, "least-favourable", MESSAGE_REPORT_LEAST_FAVOURABLE, least, each);
}

static void add_key_figures(struct content *content) {
    document_open(content->document, "key-figures", say(content, MESSAGE_REPORT_KEY_FIGURES));
    add_participation(content);
    const char *margins = weight_tables_margins(&content->prose);
    if (margins)
        document_paragraph(
            content->document, PARAGRAPH_PLAIN,
            prose_say(&content->prose, MESSAGE_WEIGHT_SUMMARY, (struct hole[]){{"margins", margins}, {0}}));
    add_extremes(content);
    comparison_tables_add_key(content->document, &content->prose);
    document_close(content->document);
}

/* --- Questions --- */

/* The charts of the question by that breakdown (NULL: of all respondents). */
static void add_charts(struct content *content, const struct question *question, const struct breakdown *by) {
    for (size_t i = 0; content->charts && i < content->charts->count; i++) {
        const struct chart *chart = &content->charts->all[i];
        if (chart->question == question && chart->by == by)
            document_chart(content->document, chart);
    }
}

static void add_texts(struct content *content, const struct item_result *item) {
    const struct results *results = content->prose.results;
    const struct group_result *group = &item->whole;
    if (group->suppressed || group->asked == 0)
        return;
    const struct hole holes[] = {{"asked", prose_count(&content->prose, group->asked)},
                                 {"missing", prose_count(&content->prose, group->asked - group->answered)},
                                 {0}};
    document_paragraph(content->document, PARAGRAPH_ASIDE,
                       prose_say(&content->prose, MESSAGE_REPORT_BASES, holes));
    size_t index = item->item->index;
    if (themes_of(results, item->item)) {
        theme_tables_add(content->document, &content->prose, item->item, content->charts);
        return;
    }
    if (!results->texts || !results->texts[index])
        return;
    document_list(content->document, LIST_QUOTATIONS);
    for (size_t i = 0; i < results->text_counts[index]; i++)
        document_item(content->document, NULL, results->texts[index][i]);
}

/* Whether the breakdown says something of any of the items. */
static bool breaks_down(const struct item_result *items, size_t count, const struct breakdown *by) {
    for (size_t i = 0; i < count; i++)
        if (breakdown_tables_has(&items[i], by))
            return true;
    return false;
}

static void add_breakdowns(struct content *content, const struct item_result *items, size_t count,
                           bool matrix) {
    const struct question *question = items->item->question;
    const struct breakdown_list *list = &content->prose.results->by;
    for (size_t i = 0; i < list->count; i++) {
        const struct breakdown *by = &list->all[i];
        if (!breaks_down(items, count, by) || question->type == QUESTION_TEXT)
            continue;
        /* Online or on paper is a check, not a finding: its chart is drawn, but the table is enough here. */
        if (!breakdown_is_channel(by) && items->item == question->items)
            add_charts(content, question, by);
        if (matrix)
            breakdown_tables_add_grid(content->document, &content->prose, items, count, by);
        else
            for (size_t j = 0; j < count; j++)
                if (!breakdown_names(by, items[j].item))
                    breakdown_tables_add_item(content->document, &content->prose, &items[j], by);
    }
}

static void add_item(struct content *content, const struct item_result *item) {
    document_paragraph(content->document, PARAGRAPH_FINDING, finding_item(&content->prose, item));
    bool text = item->item->question->type == QUESTION_TEXT;
    if (!text && item->item == item->item->question->items)
        add_charts(content, item->item->question, NULL);
    if (text)
        add_texts(content, item);
    else
        question_tables_add_item(content->document, &content->prose, item);
    add_breakdowns(content, item, 1, false);
}

static void add_compact_grid(struct content *content, const struct item_result *items, size_t count) {
    const char *finding = finding_grid(&content->prose, items, count);
    bool matrix = items->whole.has_favourable;
    for (size_t i = 0; i < count; i++)
        matrix = matrix || !isnan(items[i].whole.mean);
    if (finding)
        document_paragraph(content->document, PARAGRAPH_FINDING, finding);
    add_charts(content, items->item->question, NULL);
    question_tables_add_grid(content->document, &content->prose, items, count);
    add_breakdowns(content, items, count, matrix);
}

static void add_question(struct content *content, const struct question *question) {
    struct arena *arena = content->prose.arena;
    const struct item_result *items = content->prose.results->items + question->items->index;
    document_open(content->document, arena_format(arena, "question-%s", question->id),
                  naming_wording(&content->prose, &question->text));
    if (question_tables_compact(question))
        add_compact_grid(content, items, question->item_count);
    else if (!question->is_grid)
        add_item(content, items);
    else
        for (size_t i = 0; i < question->item_count; i++) {
            document_open(content->document, arena_format(arena, "item-%s", question->items[i].id),
                          naming_wording(&content->prose, &question->items[i].text));
            add_item(content, &items[i]);
            document_close(content->document);
        }
    document_close(content->document);
}

static void add_pages(struct content *content) {
    const struct questionnaire *questionnaire = content->prose.results->questionnaire;
    for (size_t i = 0; i < questionnaire->page_count; i++) {
        const struct page *page = &questionnaire->pages[i];
        const char *title = naming_wording(&content->prose, &page->title);
        if (title)
            document_open(content->document, arena_format(content->prose.arena, "page-%zu", i + 1), title);
        for (size_t j = 0; j < page->question_count; j++)
            add_question(content, &page->questions[j]);
        if (title)
            document_close(content->document);
    }
}

/* --- The whole --- */

struct document_head report_content_head(const struct prose *prose, const char *logo) {
    const struct results *results = prose->results;
    const struct questionnaire *questionnaire = results->questionnaire;
    bool known = !isnan(results->response_rate);
    const struct hole holes[] = {{"responses", prose_count(prose, results->responses)},
                                 {"population", prose_count(prose, questionnaire->population.size)},
                                 {"rate", prose_percent(prose, results->response_rate)},
                                 {"expression", results->options.where_text},
                                 {0}};
    return (struct document_head){
        .language = prose->language,
        .tag = questionnaire->languages[prose->index],
        .title = naming_wording(prose, &questionnaire->title),
        .organisation = naming_wording(prose, &questionnaire->organisation),
        .notice = results->options.notice,
        .summary = prose_say(prose, known ? MESSAGE_REPORT_SUMMARY_OF : MESSAGE_REPORT_SUMMARY, holes),
        .filter = results->options.where ? prose_say(prose, MESSAGE_REPORT_FILTER, holes) : NULL,
        .logo = logo,
    };
}

static void add_empty(struct content *content) {
    document_open(content->document, "key-figures", say(content, MESSAGE_REPORT_KEY_FIGURES));
    document_paragraph(content->document, PARAGRAPH_FINDING, say(content, MESSAGE_REPORT_EMPTY));
    document_close(content->document);
}

void report_content_add_part(struct document *document, const struct prose *prose,
                             const struct charts *charts, enum report_part part) {
    struct content content = {*prose, document, charts};
    bool answered = prose->results->responses > 0;
    switch (part) {
    case PART_KEY_FIGURES:
        if (answered)
            add_key_figures(&content);
        else
            add_empty(&content);
        break;
    case PART_PARTICIPATION:
        participation_add(document, prose, charts);
        break;
    case PART_QUESTIONS:
        if (answered)
            add_pages(&content);
        break;
    case PART_RELATIONS:
        relation_tables_add(document, prose);
        break;
    case PART_TESTS:
        comparison_tables_add_annex(document, prose);
        break;
    case PART_WEIGHTS:
        weight_tables_add(document, prose);
        break;
    case PART_METHOD:
        method_add(document, prose);
        break;
    }
}

static void add_line_table(struct document *document, const struct prose *prose, const struct item *line,
                           const struct breakdown *by) {
    const struct item_result *item = &prose->results->items[line->index];
    if (by)
        breakdown_tables_add_item(document, prose, item, by);
    else
        question_tables_add_item(document, prose, item);
}

void report_content_add_table(struct document *document, const struct prose *prose,
                              const struct question *question, const struct item *line,
                              const struct breakdown *by) {
    const struct item_result *items = &prose->results->items[question->items->index];
    bool matrix = items->whole.has_favourable;
    for (size_t i = 0; i < question->item_count; i++)
        matrix = matrix || !isnan(items[i].whole.mean);
    if (line || !question_tables_compact(question) || (by && !matrix))
        for (size_t i = 0; i < question->item_count; i++) {
            if (!line || line == &question->items[i])
                add_line_table(document, prose, &question->items[i], by);
        }
    else if (by)
        breakdown_tables_add_grid(document, prose, items, question->item_count, by);
    else
        question_tables_add_grid(document, prose, items, question->item_count);
}

const struct document *report_content_make(struct arena *arena, const struct results *results,
                                           size_t language, const struct charts *charts, const char *logo) {
    enum language words = language_of_tag(results->questionnaire->languages[language]);
    const struct prose prose = {arena, results, language, words};
    const struct document_head head = report_content_head(&prose, logo);
    struct document *document = document_create(arena, &head);
    for (enum report_part part = PART_KEY_FIGURES; part <= PART_METHOD; part++)
        report_content_add_part(document, &prose, charts, part);
    return document;
}
