#include "analysis/annex.h"

#include "analysis/breakdown_tables.h"
#include "analysis/comparison_tables.h"
#include "analysis/naming.h"
#include "analysis/question_tables.h"

struct annex {
    struct document *document;
    const struct prose *prose;
    const struct charts *charts; /* may be NULL */
};

static const char *say(const struct annex *annex, enum message message) {
    return prose_say(annex->prose, message, NULL);
}

static const struct item_result *items_of(const struct prose *prose, const struct question *question) {
    return &prose->results->items[question->items->index];
}

/* --- What has groups --- */

static bool item_has(const struct item_result *item, const struct breakdown *by) {
    return item->item->question->type != QUESTION_TEXT && !item->whole.suppressed &&
           breakdown_tables_has(item, by);
}

static bool question_has_by(const struct prose *prose, const struct question *question,
                            const struct breakdown *by) {
    for (size_t i = 0; i < question->item_count; i++)
        if (item_has(&items_of(prose, question)[i], by))
            return true;
    return false;
}

static bool question_has(const struct prose *prose, const struct question *question) {
    for (size_t i = 0; i < prose->results->by.count; i++)
        if (question_has_by(prose, question, &prose->results->by.all[i]))
            return true;
    return false;
}

static bool any_has(const struct prose *prose, const struct breakdown *by) {
    const struct questionnaire *questionnaire = prose->results->questionnaire;
    for (size_t i = 0; i < questionnaire->question_count; i++) {
        const struct question *question = &questionnaire->questions[i];
        if (by ? question_has_by(prose, question, by) : question_has(prose, question))
            return true;
    }
    return false;
}

/* --- What is said once, for all tables --- */

struct remarks {
    bool hidden, unanimous;
};

static void note_groups(struct remarks *remarks, const struct breakdown_result *breakdown) {
    for (size_t i = 0; i < breakdown->by->group_count; i++) {
        const struct group_result *group = &breakdown->groups[i];
        remarks->hidden = remarks->hidden || (group->asked && group->suppressed);
        remarks->unanimous = remarks->unanimous || group->unanimous;
    }
}

static struct remarks find_remarks(const struct prose *prose) {
    struct remarks remarks = {false, false};
    for (size_t i = 0; i < prose->results->item_count; i++) {
        const struct item_result *item = &prose->results->items[i];
        for (size_t j = 0; j < item->breakdown_count; j++)
            if (item_has(item, item->breakdowns[j].by))
                note_groups(&remarks, &item->breakdowns[j]);
    }
    return remarks;
}

static void add_remarks(const struct annex *annex) {
    const struct prose *prose = annex->prose;
    const struct breakdown_list *list = &prose->results->by;
    bool adjusted = prose->results->options.adjustment != ADJUSTMENT_NONE;
    struct remarks remarks = find_remarks(prose);
    document_paragraph(annex->document, PARAGRAPH_PLAIN,
                       say(annex, adjusted ? MESSAGE_REPORT_ANNEX_TEXT : MESSAGE_REPORT_ANNEX_UNADJUSTED));
    document_reference(annex->document, "", say(annex, MESSAGE_TEST_SECTION), "tests");
    for (size_t i = 0; i < list->count; i++)
        if (list->all[i].overlapping && any_has(prose, &list->all[i])) {
            const struct hole holes[] = {{"by", naming_factors(prose, &list->all[i])}, {0}};
            document_paragraph(annex->document, PARAGRAPH_ASIDE,
                               prose_say(prose, MESSAGE_REPORT_ANNEX_OVERLAP, holes));
        }
    if (remarks.hidden)
        document_paragraph(annex->document, PARAGRAPH_ASIDE, naming_hidden_note(prose));
    if (remarks.unanimous)
        document_paragraph(annex->document, PARAGRAPH_ASIDE, say(annex, MESSAGE_REPORT_NOTE_UNANIMOUS));
}

/* --- Questions --- */

/* Online or on paper is a check, not a finding: its chart is drawn, but the table is enough here. */
static void add_charts(const struct annex *annex, const struct question *question,
                       const struct breakdown *by) {
    for (size_t i = 0; annex->charts && i < annex->charts->count; i++) {
        const struct chart *chart = &annex->charts->all[i];
        if (chart->question == question && chart->by == by && !breakdown_is_channel(by))
            document_chart(annex->document, chart);
    }
}

static void add_question(const struct annex *annex, const struct question *question) {
    const struct prose *prose = annex->prose;
    const struct item_result *items = items_of(prose, question);
    const struct breakdown_list *list = &prose->results->by;
    document_open(annex->document, arena_format(prose->arena, "groups-%s", question->id),
                  naming_wording(prose, &question->text));
    for (size_t i = 0; i < list->count; i++) {
        const struct breakdown *by = &list->all[i];
        if (!question_has_by(prose, question, by))
            continue;
        add_charts(annex, question, by);
        if (question_tables_matrix(prose, question))
            breakdown_tables_add_grid(annex->document, prose, items, question->item_count, by,
                                      BREAKDOWN_NOTES_OWN);
        else
            for (size_t j = 0; j < question->item_count; j++)
                if (item_has(&items[j], by))
                    breakdown_tables_add_item(annex->document, prose, &items[j], by, BREAKDOWN_NOTES_OWN);
    }
    document_reference(annex->document, "", say(annex, MESSAGE_REPORT_ANNEX_BACK),
                       arena_format(prose->arena, "question-%s", question->id));
    document_close(annex->document);
}

void annex_add(struct document *document, const struct prose *prose, const struct charts *charts) {
    const struct questionnaire *questionnaire = prose->results->questionnaire;
    const struct annex annex = {document, prose, charts};
    if (!any_has(prose, NULL))
        return;
    bool alone = document_level(document) == 0;
    document_open(document, "groups", say(&annex, alone ? MESSAGE_REPORT_ANNEX : MESSAGE_REPORT_GROUPS));
    add_remarks(&annex);
    for (size_t i = 0; i < questionnaire->question_count; i++)
        if (question_has(prose, &questionnaire->questions[i]))
            add_question(&annex, &questionnaire->questions[i]);
    document_close(document);
}

void annex_add_reference(struct document *document, const struct prose *prose,
                         const struct question *question) {
    if (!question_has(prose, question))
        return;
    const char *verdict = comparison_tables_verdict(prose, items_of(prose, question), question->item_count);
    document_reference(document, verdict ? verdict : "", prose_say(prose, MESSAGE_REPORT_GROUPS, NULL),
                       arena_format(prose->arena, "groups-%s", question->id));
}
