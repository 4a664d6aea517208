#include "analysis/method.h"

struct note {
    struct document *document;
    const struct prose *prose;
    const struct hole *holes;
};

static void add(const struct note *note, enum message term, enum message text) {
    document_item(note->document, prose_say(note->prose, term, NULL),
                  prose_say(note->prose, text, note->holes));
}

static enum message interval_text(const struct results *results) {
    if (results->questionnaire->population.size == 0)
        return MESSAGE_REPORT_METHOD_INTERVAL_UNKNOWN;
    return results->options.interval == INTERVAL_EXACT ? MESSAGE_REPORT_METHOD_INTERVAL_EXACT
                                                       : MESSAGE_REPORT_METHOD_INTERVAL_WILSON;
}

static bool has_favourable(const struct results *results) {
    for (size_t i = 0; i < results->item_count; i++)
        if (results->items[i].whole.has_favourable)
            return true;
    return false;
}

static bool has_means(const struct results *results) {
    for (size_t i = 0; i < results->questionnaire->question_count; i++) {
        enum question_type type = results->questionnaire->questions[i].type;
        if (type == QUESTION_SCALE || type == QUESTION_NUMBER)
            return true;
    }
    return false;
}

void method_add(struct document *document, const struct prose *prose) {
    const struct results *results = prose->results;
    bool known = results->questionnaire->population.size > 0;
    bool hiding = results->options.minimum_cell > 1;
    const struct hole holes[] = {{"population", prose_count(prose, results->questionnaire->population.size)},
                                 {"confidence", prose_confidence(prose)},
                                 {"minimum", prose_count(prose, results->options.minimum_cell)},
                                 {0}};
    const struct note note = {document, prose, holes};
    document_open(document, "method", prose_say(prose, MESSAGE_REPORT_METHOD, NULL));
    document_list(document, LIST_TERMS);
    add(&note, MESSAGE_REPORT_METHOD_BASES, MESSAGE_REPORT_METHOD_BASES_TEXT);
    if (has_favourable(results))
        add(&note, MESSAGE_REPORT_METHOD_FAVOURABLE, MESSAGE_REPORT_METHOD_FAVOURABLE_TEXT);
    add(&note, MESSAGE_REPORT_METHOD_INTERVAL, interval_text(results));
    if (has_means(results))
        add(&note, MESSAGE_REPORT_METHOD_MEAN, MESSAGE_REPORT_METHOD_MEAN_TEXT);
    if (known) {
        add(&note, MESSAGE_REPORT_METHOD_BOUNDS, MESSAGE_REPORT_METHOD_BOUNDS_TEXT);
        add(&note, MESSAGE_REPORT_METHOD_CENSUS, MESSAGE_REPORT_METHOD_CENSUS_TEXT);
    }
    add(&note, MESSAGE_REPORT_METHOD_HIDDEN,
        hiding ? MESSAGE_REPORT_METHOD_HIDDEN_TEXT : MESSAGE_REPORT_METHOD_NOT_HIDDEN_TEXT);
    add(&note, MESSAGE_REPORT_METHOD_ROUNDING, MESSAGE_REPORT_METHOD_ROUNDING_TEXT);
    add(&note, MESSAGE_REPORT_METHOD_GROUPS, MESSAGE_REPORT_METHOD_GROUPS_TEXT);
    document_close(document);
}
