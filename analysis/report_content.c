#include "analysis/report_content.h"

#include "analysis/annex.h"
#include "analysis/breakdown_tables.h"
#include "analysis/comparison_tables.h"
#include "analysis/finding.h"
#include "analysis/key_findings.h"
#include "analysis/method.h"
#include "analysis/naming.h"
#include "analysis/participation.h"
#include "analysis/prose.h"
#include "analysis/question_tables.h"
#include "analysis/relation_tables.h"
#include "analysis/theme_tables.h"
#include "analysis/weight_tables.h"

#include <math.h>

struct content {
    struct prose prose;
    struct document *document;
    const struct charts *charts; /* may be NULL */
    bool remarked;               /* what holds for all questions was said */
};

static const char *say(const struct content *content, enum message message) {
    return prose_say(&content->prose, message, NULL);
}

/* --- Questions --- */

/* What would otherwise stand below every table, once, in the first section of a page or a question. */
static void add_remark(struct content *content) {
    const struct prose *prose = &content->prose;
    bool bounds = prose->results->population > 0;
    if (content->remarked)
        return;
    content->remarked = true;
    document_reference(content->document,
                       prose_say(prose, bounds ? MESSAGE_REPORT_READING_BOUNDS : MESSAGE_REPORT_READING,
                                 (struct hole[]){{"confidence", prose_confidence(prose)}, {0}}),
                       say(content, MESSAGE_REPORT_METHOD), "method");
}

/* The charts of the question of all respondents. */
static void add_charts(struct content *content, const struct question *question) {
    for (size_t i = 0; content->charts && i < content->charts->count; i++) {
        const struct chart *chart = &content->charts->all[i];
        if (chart->question == question && !chart->by)
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
    if (!results->texts || !results->texts[index] || item->item->question->never_quoted)
        return;
    document_list(content->document, LIST_QUOTATIONS);
    for (size_t i = 0; i < results->text_counts[index]; i++)
        document_item(content->document, NULL, results->texts[index][i]);
}

static void add_item(struct content *content, const struct item_result *item) {
    document_paragraph(content->document, PARAGRAPH_FINDING, finding_item(&content->prose, item));
    bool text = item->item->question->type == QUESTION_TEXT;
    if (!text && item->item == item->item->question->items)
        add_charts(content, item->item->question);
    if (text)
        add_texts(content, item);
    else
        question_tables_add_item(content->document, &content->prose, item);
}

static void add_compact_grid(struct content *content, const struct item_result *items, size_t count) {
    const char *finding = finding_grid(&content->prose, items, count);
    if (finding)
        document_paragraph(content->document, PARAGRAPH_FINDING, finding);
    add_charts(content, items->item->question);
    question_tables_add_grid(content->document, &content->prose, items, count);
}

static void add_question(struct content *content, const struct question *question) {
    struct arena *arena = content->prose.arena;
    const struct item_result *items = content->prose.results->items + question->items->index;
    document_open(content->document, arena_format(arena, "question-%s", question->id),
                  naming_wording(&content->prose, &question->text));
    add_remark(content);
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
    annex_add_reference(content->document, &content->prose, question);
    document_close(content->document);
}

static void add_pages(struct content *content) {
    const struct questionnaire *questionnaire = content->prose.results->questionnaire;
    for (size_t i = 0; i < questionnaire->page_count; i++) {
        const struct page *page = &questionnaire->pages[i];
        const char *title = naming_wording(&content->prose, &page->title);
        if (title) {
            document_open(content->document, arena_format(content->prose.arena, "page-%zu", i + 1), title);
            add_remark(content);
        }
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

void report_content_add_part(struct document *document, const struct prose *prose,
                             const struct charts *charts, enum report_part part) {
    struct content content = {*prose, document, charts, false};
    bool answered = prose->results->responses > 0;
    switch (part) {
    case PART_KEY_FIGURES:
        key_findings_add(document, prose);
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
    case PART_GROUPS:
        if (answered)
            annex_add(document, prose, charts);
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
        breakdown_tables_add_item(document, prose, item, by, BREAKDOWN_NOTES_ALL);
    else
        question_tables_add_item(document, prose, item);
}

void report_content_add_table(struct document *document, const struct prose *prose,
                              const struct question *question, const struct item *line,
                              const struct breakdown *by) {
    const struct item_result *items = &prose->results->items[question->items->index];
    if (line || !question_tables_compact(question) || (by && !question_tables_matrix(prose, question)))
        for (size_t i = 0; i < question->item_count; i++) {
            if (!line || line == &question->items[i])
                add_line_table(document, prose, &question->items[i], by);
        }
    else if (by)
        breakdown_tables_add_grid(document, prose, items, question->item_count, by, BREAKDOWN_NOTES_ALL);
    else
        question_tables_add_grid(document, prose, items, question->item_count);
}

const struct document *report_content_make(struct arena *arena, const struct results *results,
                                           size_t language, const struct charts *charts, const char *logo) {
    enum language words = language_of_tag(results->questionnaire->languages[language]);
    const struct prose prose = {arena, results, language, words};
    const struct document_head head = report_content_head(&prose, logo);
    struct document *document = document_create(arena, &head);
    for (enum report_part part = PART_KEY_FIGURES; part <= PART_TESTS; part++)
        report_content_add_part(document, &prose, charts, part);
    document_settle(document);
    return document;
}
