#include "analysis/compare_content.h"

#include "analysis/compare_method.h"
#include "analysis/compare_tables.h"
#include "analysis/compare_words.h"
#include "analysis/comparison_words.h"
#include "analysis/naming.h"

#include <math.h>
#include <stdlib.h>

/* Where nothing could be tested, so many differences are named. */
enum { LARGEST_MOST = 5 };

struct content {
    struct compare_words words;
    struct document *document;
    const struct charts *charts; /* may be NULL */
};

static const char *say(const struct content *content, enum message message) {
    return prose_say(&content->words.prose, message, NULL);
}

/* --- What has changed --- */

/* A change, or all answers of a question at once (`change` is NULL). */
struct finding {
    const struct compare_question *question;
    const struct compare_change *change;
    double rank; /* the least comes first */
    size_t place;
};

struct findings {
    struct finding *all;
    size_t count;
};

static int by_rank(const void *one, const void *other) {
    const struct finding *first = one, *second = other;
    if (first->rank != second->rank)
        return first->rank < second->rank ? -1 : 1;
    return (first->place > second->place) - (first->place < second->place);
}

static void add(struct findings *findings, const struct compare_question *question,
                const struct compare_change *change, double rank) {
    findings->all[findings->count] = (struct finding){question, change, rank, findings->count};
    findings->count++;
}

static void find_changed(const struct content *content, const struct compare_question *question,
                         struct findings *findings) {
    for (size_t i = 0; i < question->change_count; i++) {
        const struct compare_change *change = &question->changes[i];
        if (change->test && compare_words_changed(&content->words, &change->test->test))
            add(findings, question, change, change->test->test.p_adjusted);
    }
    bool whole = question->changes[0].subject == COMPARE_OPTION && !question->changes[0].test;
    if (whole && compare_words_changed(&content->words, &question->tests[0].test))
        add(findings, question, NULL, question->tests[0].test.p_adjusted);
}

/* Only rates: means of different questions cannot be ranked by their differences. */
static void find_largest(const struct compare_question *question, struct findings *findings) {
    for (size_t i = 0; i < question->change_count; i++)
        if (question->changes[i].subject != COMPARE_MEAN && question->changes[i].change.difference != 0)
            add(findings, question, &question->changes[i], -fabs(question->changes[i].change.difference));
}

static struct findings find(const struct content *content, bool changed) {
    const struct compare_results *results = content->words.results;
    size_t most = 0;
    for (size_t i = 0; i < results->question_count; i++)
        most += results->questions[i].change_count + 1;
    struct findings findings = {ARENA_NEW(content->words.prose.arena, struct finding, most), 0};
    for (size_t i = 0; i < results->question_count; i++) {
        if (results->questions[i].state != COMPARE_SHOWN)
            continue;
        if (changed)
            find_changed(content, &results->questions[i], &findings);
        else
            find_largest(&results->questions[i], &findings);
    }
    if (findings.count)
        qsort(findings.all, findings.count, sizeof *findings.all, by_rank);
    return findings;
}

static void add_finding(struct content *content, const struct finding *finding) {
    const struct compare_words *words = &content->words;
    if (finding->change) {
        const char *lead;
        const char *text = compare_words_sentence(words, finding->question, finding->change, &lead);
        document_item(content->document, lead, text);
        return;
    }
    const struct hypothesis_test *test = &finding->question->tests[0].test;
    const struct hole holes[] = {{"question", compare_words_question(words, finding->question->match)},
                                 {"test", compare_words_test(words, test)},
                                 {"p", comparison_words_p(&words->prose, test->p_adjusted)},
                                 {0}};
    document_item(content->document, say(content, MESSAGE_COMPARE_ALL_ANSWERS_LEAD),
                  prose_say(&words->prose, MESSAGE_COMPARE_ALL_ANSWERS, holes));
}

static void list_findings(struct content *content, const struct findings *findings, size_t most) {
    if (findings->count == 0)
        return;
    document_list(content->document, LIST_KEY_FIGURES);
    for (size_t i = 0; i < findings->count && i < most; i++)
        add_finding(content, &findings->all[i]);
}

static enum message verdict(const struct compare_results *results, size_t changed) {
    if (results->shown == 0)
        return MESSAGE_COMPARE_SAY_NOTHING;
    if (results->test_count == 0)
        return MESSAGE_COMPARE_SAY_UNTESTED;
    if (results->options.results.adjustment == ADJUSTMENT_NONE)
        return MESSAGE_COMPARE_SAY_UNADJUSTED;
    return changed ? MESSAGE_COMPARE_SAY_CHANGED : MESSAGE_COMPARE_SAY_UNCHANGED;
}

static void add_changed(struct content *content) {
    const struct compare_results *results = content->words.results;
    const struct prose *prose = &content->words.prose;
    const struct findings changed = find(content, true);
    const struct hole holes[] = {{"tests", prose_count(prose, results->test_count)},
                                 {"count", prose_count(prose, changed.count)},
                                 {"confidence", prose_confidence(prose)},
                                 {0}};
    document_open(content->document, "changed", say(content, MESSAGE_COMPARE_CHANGED));
    document_paragraph(content->document, PARAGRAPH_FINDING,
                       prose_say(prose, verdict(results, changed.count), holes));
    list_findings(content, &changed, changed.count);
    if (results->test_count == 0) {
        const struct findings largest = find(content, false);
        list_findings(content, &largest, LARGEST_MOST);
    }
    for (size_t i = 0; content->charts && i < content->charts->count; i++)
        document_chart(content->document, &content->charts->all[i]);
    document_close(content->document);
}

/* --- Questions, by the pages of the second wave --- */

/* The items of a page are next to each other, as the matches that begin with them are. */
static size_t end_of_page(const struct compare_results *results, size_t first, size_t page) {
    size_t end = first;
    while (end < results->question_count && results->questions[end].match->items[1] &&
           results->questions[end].match->items[1]->question->page == page)
        end++;
    return end;
}

static bool any_shown(const struct compare_results *results, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (results->questions[i].state == COMPARE_SHOWN)
            return true;
    return false;
}

static void add_pages(struct content *content) {
    const struct compare_results *results = content->words.results;
    const struct questionnaire *questionnaire = results->waves[1]->questionnaire;
    size_t first = 0;
    for (size_t page = 0; page < questionnaire->page_count; page++) {
        size_t end = end_of_page(results, first, page);
        const char *title = naming_wording(&content->words.prose, &questionnaire->pages[page].title);
        if (any_shown(results, first, end)) {
            document_open(content->document, arena_format(content->words.prose.arena, "page-%zu", page + 1),
                          title ? title : say(content, MESSAGE_COMPARE_TABLE));
            compare_tables_add_changes(content->document, &content->words, first, end);
            document_close(content->document);
        }
        first = end;
    }
}

/* --- The same people --- */

static void add_pairs(struct content *content) {
    const struct compare_results *results = content->words.results;
    const struct compare_people *people = results->people;
    const struct prose *prose = &content->words.prose;
    if (!results->options.link)
        return;
    const struct hole holes[] = {{"paired", prose_count(prose, people->paired)},
                                 {"matched", prose_count(prose, people->matched)},
                                 {"spared", prose_count(prose, people->spared)},
                                 {"uncoded_first", prose_count(prose, people->uncoded[0])},
                                 {"uncoded_second", prose_count(prose, people->uncoded[1])},
                                 {"repeated_first", prose_count(prose, people->repeated[0])},
                                 {"repeated_second", prose_count(prose, people->repeated[1])},
                                 {0}};
    document_open(content->document, "pairs", say(content, MESSAGE_COMPARE_PAIRS));
    document_paragraph(content->document, PARAGRAPH_FINDING,
                       prose_say(prose, MESSAGE_COMPARE_SAY_PAIRS, holes));
    if (people->spared)
        document_paragraph(content->document, PARAGRAPH_PLAIN,
                           prose_say(prose, MESSAGE_COMPARE_SAY_SPARED, holes));
    document_paragraph(content->document, PARAGRAPH_ASIDE,
                       prose_say(prose, MESSAGE_COMPARE_SAY_CODES, holes));
    if (results->shown)
        compare_tables_add_pairs(content->document, &content->words);
    document_close(content->document);
}

/* --- The whole --- */

static const char *summary_of(const struct prose *prose, const struct results *results) {
    const struct hole holes[] = {{"responses", prose_count(prose, results->responses)},
                                 {"population", prose_count(prose, results->questionnaire->population.size)},
                                 {"rate", prose_percent(prose, results->response_rate)},
                                 {0}};
    return prose_say(
        prose, isnan(results->response_rate) ? MESSAGE_COMPARE_SUMMARY_RESPONSES : MESSAGE_COMPARE_SUMMARY_OF,
        holes);
}

static struct document_head make_head(const struct compare_words *words) {
    const struct prose *prose = &words->prose;
    const struct questionnaire *questionnaire = words->results->waves[1]->questionnaire;
    const struct hole title[] = {{"title", naming_wording(prose, &questionnaire->title)}, {0}};
    const struct hole waves[] = {{"first", summary_of(prose, words->results->waves[0])},
                                 {"second", summary_of(prose, words->results->waves[1])},
                                 {0}};
    return (struct document_head){
        .language = prose->language,
        .tag = questionnaire->languages[prose->index],
        .title = prose_say(prose, MESSAGE_COMPARE_TITLE, title),
        .organisation = naming_wording(prose, &questionnaire->organisation),
        .notice = words->results->options.results.notice,
        .summary = prose_say(prose, MESSAGE_COMPARE_SUMMARY, waves),
    };
}

const struct document *compare_content_make(const struct compare_words *words, const struct charts *charts) {
    const struct document_head head = make_head(words);
    struct content content = {*words, document_create(words->prose.arena, &head), charts};
    add_changed(&content);
    document_open(content.document, "waves", say(&content, MESSAGE_COMPARE_WAVES));
    compare_tables_add_waves(content.document, &content.words);
    document_close(content.document);
    add_pages(&content);
    add_pairs(&content);
    compare_tables_add_rest(content.document, &content.words);
    compare_method_add(content.document, &content.words);
    return content.document;
}
