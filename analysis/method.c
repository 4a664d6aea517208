#include "analysis/method.h"

#include "analysis/relation_tables.h"

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
    if (results->weights)
        return MESSAGE_REPORT_METHOD_INTERVAL_WEIGHTED;
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

/* --- tests --- */

/* What the report's tests were, by method, and of those by simulation the least certain one. */
struct used {
    bool methods[TEST_METHOD_COUNT];
    bool any;
    const struct hypothesis_test *drawn;
};

static void note_test(struct used *used, const struct hypothesis_test *test) {
    used->methods[test->method] = true;
    used->any = used->any || test->method != TEST_NONE;
    if (test->draws && (!used->drawn || test->standard_error > used->drawn->standard_error))
        used->drawn = test;
}

static struct used find_used(const struct results *results) {
    struct used used = {0};
    for (size_t i = 0; i < results->item_count; i++)
        for (size_t j = 0; j < results->items[i].breakdown_count; j++) {
            const struct breakdown_result *breakdown = &results->items[i].breakdowns[j];
            for (size_t k = 0; k < breakdown->test_count; k++)
                note_test(&used, &breakdown->tests[k].test);
        }
    return used;
}

/* One sentence for each kind of test that was made, in one paragraph. */
static const char *say_which(const struct prose *prose, const struct used *used) {
    static const struct {
        enum test_method methods[2];
        enum message text;
    } reasons[] = {{{TEST_FISHER}, MESSAGE_REPORT_WHY_FISHER},
                   {{TEST_CHI_SQUARED}, MESSAGE_REPORT_WHY_CHI_SQUARED},
                   {{TEST_MONTE_CARLO}, MESSAGE_REPORT_WHY_MONTE_CARLO},
                   {{TEST_MANN_WHITNEY, TEST_MANN_WHITNEY_NORMAL}, MESSAGE_REPORT_WHY_MANN_WHITNEY},
                   {{TEST_KRUSKAL_WALLIS}, MESSAGE_REPORT_WHY_KRUSKAL_WALLIS},
                   {{TEST_COCHRAN_ARMITAGE, TEST_JONCKHEERE_TERPSTRA}, MESSAGE_REPORT_WHY_TREND},
                   {{TEST_RAO_SCOTT}, MESSAGE_REPORT_WHY_RAO_SCOTT}};
    const struct hypothesis_test *drawn = used->drawn;
    const struct hole holes[] = {
        {"draws", drawn ? prose_count(prose, drawn->draws) : NULL},
        {"seed", drawn ? arena_format(prose->arena, "%llu", (unsigned long long)drawn->seed) : NULL},
        {"error", drawn ? prose_number(prose, drawn->standard_error, 4) : NULL},
        {0}};
    const char *text = "";
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        enum test_method second = reasons[i].methods[1];
        if (used->methods[reasons[i].methods[0]] || (second != TEST_NONE && used->methods[second]))
            text = arena_format(prose->arena, "%s%s%s", text, *text ? " " : "",
                                prose_say(prose, reasons[i].text, holes));
    }
    return text;
}

static void add_tests(struct document *document, const struct prose *prose) {
    const struct results_options *options = &prose->results->options;
    struct used used = find_used(prose->results);
    if (!used.any)
        return;
    bool holm = options->adjustment == ADJUSTMENT_HOLM;
    const struct hole holes[] = {
        {"level", prose_percent(prose, 1 - options->confidence)},
        {"adjustment", prose_say(prose, holm ? MESSAGE_REPORT_METHOD_HOLM : MESSAGE_REPORT_METHOD_BH, NULL)},
        {0}};
    const struct note note = {document, prose, holes};
    add(&note, MESSAGE_REPORT_METHOD_TESTS,
        options->adjustment == ADJUSTMENT_NONE ? MESSAGE_REPORT_METHOD_UNADJUSTED_TEXT
                                               : MESSAGE_REPORT_METHOD_TESTS_TEXT);
    document_item(document, prose_say(prose, MESSAGE_REPORT_METHOD_WHICH, NULL), say_which(prose, &used));
    add(&note, MESSAGE_REPORT_METHOD_EFFECTS, MESSAGE_REPORT_METHOD_EFFECTS_TEXT);
}

void method_add(struct document *document, const struct prose *prose) {
    const struct results *results = prose->results;
    bool known = results->questionnaire->population.size > 0;
    bool hiding = results->options.minimum_cell > 1;
    const struct hole holes[] = {{"population", prose_count(prose, results->population)},
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
    add(&note, MESSAGE_REPORT_METHOD_ROUNDING,
        results->weights ? MESSAGE_REPORT_METHOD_ROUNDING_WEIGHTED : MESSAGE_REPORT_METHOD_ROUNDING_TEXT);
    add_tests(document, prose);
    relation_tables_add_method(document, prose);
    document_close(document);
}
