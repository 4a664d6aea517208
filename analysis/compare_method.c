#include "analysis/compare_method.h"

static const char *say(const struct compare_words *words, enum message message) {
    return prose_say(&words->prose, message, NULL);
}

static enum interval_method interval_of(const struct compare_words *words, int wave) {
    return words->results->waves[wave]->options.interval;
}

static const char *interval_name(const struct compare_words *words, int wave) {
    bool exact = interval_of(words, wave) == INTERVAL_EXACT;
    return say(words, exact ? MESSAGE_COMPARE_METHOD_EXACT : MESSAGE_COMPARE_METHOD_WILSON);
}

/* The intervals of both waves, which most often are of one method. */
static const char *interval_names(const struct compare_words *words) {
    const struct hole holes[] = {
        {"first", interval_name(words, 0)}, {"second", interval_name(words, 1)}, {0}};
    return interval_of(words, 0) == interval_of(words, 1)
               ? interval_name(words, 0)
               : prose_say(&words->prose, MESSAGE_COMPARE_METHOD_TWO, holes);
}

static enum message people_text(const struct compare_options *options) {
    if (options->link)
        return MESSAGE_COMPARE_METHOD_LINK_TEXT;
    return options->same_people ? MESSAGE_COMPARE_METHOD_SAME_TEXT : MESSAGE_COMPARE_METHOD_APART_TEXT;
}

static enum message adjustment_text(const struct compare_options *options) {
    static const enum message MESSAGES[] = {
        [ADJUSTMENT_HOLM] = MESSAGE_COMPARE_METHOD_HOLM_TEXT,
        [ADJUSTMENT_BENJAMINI_HOCHBERG] = MESSAGE_COMPARE_METHOD_BH_TEXT,
        [ADJUSTMENT_NONE] = MESSAGE_COMPARE_METHOD_NONE_TEXT,
    };
    return MESSAGES[options->results.adjustment];
}

static const char *tests_text(const struct compare_words *words) {
    const char *text = say(words, MESSAGE_COMPARE_METHOD_TESTS_TEXT);
    if (!words->results->options.link)
        return text;
    return arena_format(words->prose.arena, "%s %s", text, say(words, MESSAGE_COMPARE_METHOD_LINKED_TEXT));
}

void compare_method_add(struct document *document, const struct compare_words *words) {
    const struct compare_options *options = &words->results->options;
    const struct hole intervals[] = {{"intervals", interval_names(words)}, {0}};
    const struct hole minimum[] = {{"minimum", prose_count(&words->prose, options->results.minimum_cell)},
                                   {0}};
    document_open(document, "method", say(words, MESSAGE_REPORT_METHOD));
    document_list(document, LIST_TERMS);
    document_item(document, say(words, MESSAGE_COMPARE_METHOD_CHANGE),
                  say(words, MESSAGE_COMPARE_METHOD_CHANGE_TEXT));
    document_item(document, say(words, MESSAGE_COMPARE_METHOD_INTERVAL),
                  prose_say(&words->prose, MESSAGE_COMPARE_METHOD_INTERVAL_TEXT, intervals));
    document_item(document, say(words, MESSAGE_COMPARE_METHOD_PEOPLE), say(words, people_text(options)));
    document_item(document, say(words, MESSAGE_COMPARE_METHOD_TESTS), tests_text(words));
    document_item(document, say(words, MESSAGE_COMPARE_METHOD_ADJUST), say(words, adjustment_text(options)));
    if (options->link)
        document_item(document, say(words, MESSAGE_COMPARE_METHOD_PAIRS),
                      say(words, MESSAGE_COMPARE_METHOD_PAIRS_TEXT));
    if (options->results.minimum_cell > 1)
        document_item(document, say(words, MESSAGE_REPORT_METHOD_HIDDEN),
                      prose_say(&words->prose, MESSAGE_COMPARE_METHOD_HIDDEN_TEXT, minimum));
    else
        document_item(document, say(words, MESSAGE_REPORT_METHOD_HIDDEN),
                      say(words, MESSAGE_REPORT_METHOD_NOT_HIDDEN_TEXT));
    document_close(document);
}
