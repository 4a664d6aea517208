#include "analysis/comparison_tables.h"

#include "analysis/comparison_words.h"
#include "analysis/naming.h"

#include <math.h>
#include <stdlib.h>

enum { NAMED_MOST = 6 };

/* One test of a report, and what it is of. */
struct finding {
    const struct item_result *item;
    const struct breakdown_result *breakdown;
    const struct comparison_test *test;
    size_t most, least; /* the groups that are furthest apart, of those shown; none: both 0 */
    double difference;  /* of their rates or means; NaN: not a question of more or less */
};

static const char *say(const struct prose *prose, enum message message) {
    return prose_say(prose, message, NULL);
}

static bool is_adjusted(const struct prose *prose) {
    return prose->results->options.adjustment != ADJUSTMENT_NONE;
}

static bool is_made(const struct comparison_test *test) {
    return test->test.method != TEST_NONE;
}

/* --- what is furthest apart --- */

/* What the test is about in one group; NaN if it is no figure, or hidden. */
static double figure_of(const struct finding *finding, const struct group_result *group) {
    if (group->suppressed || group->expressed == 0)
        return NAN;
    switch (finding->test->subject) {
    case COMPARISON_FAVOURABLE:
        return group->favourable.rate;
    case COMPARISON_OPTION:
        return group->options[finding->test->option - group->options->option].share.rate;
    case COMPARISON_RANKS:
        return group->mean;
    case COMPARISON_ANSWERS:
        break;
    }
    return NAN;
}

/* P(an answer of one group is above one of the other) - P(below), of the two groups; NaN if it is not known.
 */
static double delta_of(const struct finding *finding) {
    const struct comparison_test *test = finding->test;
    size_t first = finding->most < finding->least ? finding->most : finding->least;
    size_t second = finding->most < finding->least ? finding->least : finding->most;
    double delta = NAN;
    if (test->test.effect.kind == EFFECT_CLIFF_DELTA)
        delta = test->test.effect.value;
    for (size_t i = 0; i < test->pair_count; i++)
        if (test->pairs[i].first == first && test->pairs[i].second == second)
            delta = test->pairs[i].test.effect.value;
    return finding->most == first ? delta : -delta;
}

static void find_extremes(struct finding *finding) {
    const struct breakdown_result *breakdown = finding->breakdown;
    double highest = -INFINITY, lowest = INFINITY;
    for (size_t i = 0; i < breakdown->by->group_count; i++) {
        double figure = figure_of(finding, &breakdown->groups[i]);
        if (figure > highest) {
            highest = figure;
            finding->most = i;
        }
        if (figure < lowest) {
            lowest = figure;
            finding->least = i;
        }
    }
    finding->difference = highest > lowest ? highest - lowest : NAN;
    /* Ranks can say the contrary of means, which a few large numbers move. */
    if (finding->test->subject == COMPARISON_RANKS && !(delta_of(finding) > 0))
        finding->difference = NAN;
}

static struct finding make_finding(const struct item_result *item, const struct breakdown_result *breakdown,
                                   const struct comparison_test *test) {
    struct finding finding = {item, breakdown, test, 0, 0, NAN};
    find_extremes(&finding);
    return finding;
}

/* --- sentences --- */

static const char *subject_name(const struct prose *prose, const struct finding *finding) {
    const char *question = naming_item(prose, finding->item->item);
    if (!finding->test->option)
        return question;
    return prose_say(prose, MESSAGE_TEST_SAY_OPTION,
                     (struct hole[]){{"question", question},
                                     {"option", naming_wording(prose, &finding->test->option->text)},
                                     {0}});
}

static const struct share *share_of(const struct finding *finding, const struct group_result *group) {
    if (finding->test->subject == COMPARISON_FAVOURABLE)
        return &group->favourable;
    return &group->options[finding->test->option - group->options->option].share;
}

/* "Members (81%, 52 of 64)"; by their means: "Members (3.4, n = 64)". */
static const char *say_group(const struct prose *prose, const struct finding *finding, size_t index) {
    const struct group_result *group = &finding->breakdown->groups[index];
    const char *figure;
    if (finding->test->subject == COMPARISON_RANKS)
        figure = arena_format(
            prose->arena, "%s, %s", prose_mean(prose, finding->item->item->question, group->mean),
            prose_say(prose, MESSAGE_REPORT_BASE_IS,
                      (struct hole[]){{"base", prose_count(prose, group->expressed)}, {0}}));
    else
        figure = prose_proof(prose, share_of(finding, group), group->expressed);
    return prose_say(prose, MESSAGE_TEST_SAY_GROUP,
                     (struct hole[]){{"group", naming_group(prose, group)}, {"figure", figure}, {0}});
}

/* The interval of the difference between the two groups, with a semicolon behind; "" if it is not known. */
static const char *say_interval(const struct prose *prose, const struct finding *finding) {
    const struct breakdown_result *breakdown = finding->breakdown;
    if (finding->test->subject == COMPARISON_RANKS) /* those below are of shares */
        return "";
    for (size_t i = 0; i < breakdown->difference_count; i++) {
        const struct difference_result *of = &breakdown->differences[i];
        bool same = of->first == finding->most && of->second == finding->least;
        bool reverse = of->first == finding->least && of->second == finding->most;
        if ((!same && !reverse) || of->option != finding->test->option || isnan(of->of.interval.low))
            continue;
        double low = same ? of->of.interval.low : -of->of.interval.high;
        double high = same ? of->of.interval.high : -of->of.interval.low;
        const struct hole holes[] = {{"confidence", prose_confidence(prose)},
                                     {"low", prose_number(prose, 100 * low, 0)},
                                     {"high", prose_number(prose, 100 * high, 0)},
                                     {0}};
        return prose_say(prose, MESSAGE_TEST_POINTS_INTERVAL, holes);
    }
    return "";
}

static size_t shown_groups(const struct breakdown_result *breakdown) {
    size_t count = 0;
    for (size_t i = 0; i < breakdown->by->group_count; i++)
        count += !breakdown->groups[i].suppressed && breakdown->groups[i].expressed > 0;
    return count;
}

static const char *say_difference(const struct prose *prose, const struct finding *finding) {
    const struct hypothesis_test *test = &finding->test->test;
    bool ranked = !isnan(finding->difference);
    const struct hole holes[] = {{"question", subject_name(prose, finding)},
                                 {"by", naming_factors(prose, finding->breakdown->by)},
                                 {"most", ranked ? say_group(prose, finding, finding->most) : NULL},
                                 {"least", ranked ? say_group(prose, finding, finding->least) : NULL},
                                 {"interval", ranked ? say_interval(prose, finding) : NULL},
                                 {"test", comparison_words_test(prose, test)},
                                 {"p", comparison_words_p(prose, test->p_adjusted)},
                                 {"effect", comparison_words_effect(prose, &test->effect)},
                                 {0}};
    enum message message = !ranked                                ? MESSAGE_TEST_SAY_ANSWERS
                           : shown_groups(finding->breakdown) > 2 ? MESSAGE_TEST_SAY_RATES_OF_MANY
                                                                  : MESSAGE_TEST_SAY_RATES;
    return prose_say(prose, message, holes);
}

/* What the sentence leads with: how far the groups are apart. */
static const char *say_lead(const struct prose *prose, const struct finding *finding) {
    if (isnan(finding->difference) || finding->test->subject == COMPARISON_RANKS)
        return say(prose, MESSAGE_TEST_LEAD_DIFFERENT);
    return comparison_words_points(prose, finding->difference);
}

/* --- key findings --- */

/* Every test that was made; `*count` of them. */
static struct finding *collect(const struct prose *prose, size_t *count) {
    const struct results *results = prose->results;
    size_t all = 0;
    for (size_t i = 0; i < results->item_count; i++)
        for (size_t j = 0; j < results->items[i].breakdown_count; j++)
            all += results->items[i].breakdowns[j].test_count;
    struct finding *findings = ARENA_NEW(prose->arena, struct finding, all);
    *count = 0;
    for (size_t i = 0; i < results->item_count; i++)
        for (size_t j = 0; j < results->items[i].breakdown_count; j++) {
            const struct breakdown_result *breakdown = &results->items[i].breakdowns[j];
            for (size_t k = 0; k < breakdown->test_count; k++)
                if (is_made(&breakdown->tests[k]))
                    findings[(*count)++] = make_finding(&results->items[i], breakdown, &breakdown->tests[k]);
        }
    return findings;
}

/* What is furthest apart first; what cannot be told so, by p. */
static int compare_findings(const void *one, const void *other) {
    const struct finding *first = one, *second = other;
    double a = first->test->subject == COMPARISON_RANKS || isnan(first->difference) ? 0 : first->difference;
    double b =
        second->test->subject == COMPARISON_RANKS || isnan(second->difference) ? 0 : second->difference;
    if (a != b)
        return a < b ? 1 : -1;
    double p = first->test->test.p_adjusted, q = second->test->test.p_adjusted;
    if (p != q)
        return p > q ? 1 : -1;
    return (first->test > second->test) - (first->test < second->test);
}

/* Who is who is no finding: of a breakdown question, the groups of another differ as a matter of course. */
static bool is_description(const struct prose *prose, const struct item *item) {
    for (size_t i = 0; i < prose->results->by.count; i++)
        if (breakdown_names(&prose->results->by.all[i], item))
            return true;
    return false;
}

static size_t keep_opinions(const struct prose *prose, struct finding *findings, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_description(prose, findings[i].item->item))
            findings[kept++] = findings[i];
    return kept;
}

static size_t keep_differences(const struct prose *prose, struct finding *findings, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (comparison_words_differ(prose, &findings[i].test->test))
            findings[kept++] = findings[i];
    qsort(findings, kept, sizeof *findings, compare_findings);
    return kept;
}

static void say_none(struct document *document, const struct prose *prose, size_t tests) {
    enum message message = !is_adjusted(prose) ? MESSAGE_TEST_KEY_UNADJUSTED
                           : tests == 1        ? MESSAGE_TEST_KEY_NONE_ONE
                                               : MESSAGE_TEST_KEY_NONE;
    document_paragraph(document, PARAGRAPH_PLAIN,
                       prose_say(prose, message, (struct hole[]){{"count", prose_count(prose, tests)}, {0}}));
}

void comparison_tables_add_key(struct document *document, const struct prose *prose) {
    size_t tests;
    struct finding *findings = collect(prose, &tests);
    tests = keep_opinions(prose, findings, tests);
    if (tests == 0)
        return;
    size_t count = keep_differences(prose, findings, tests);
    document_open(document, "differences", say(prose, MESSAGE_TEST_KEY));
    if (count == 0)
        say_none(document, prose, tests);
    else
        document_list(document, LIST_KEY_FIGURES);
    for (size_t i = 0; i < count && i < NAMED_MOST; i++)
        document_item(document, say_lead(prose, &findings[i]), say_difference(prose, &findings[i]));
    if (count > NAMED_MOST)
        document_paragraph(
            document, PARAGRAPH_ASIDE,
            prose_say(prose, MESSAGE_TEST_KEY_MORE,
                      (struct hole[]){{"count", prose_count(prose, count - NAMED_MOST)}, {0}}));
    document_close(document);
}

/* --- below a table --- */

/* Whether any of the tests of the items by the breakdown says that groups differ. `*made` counts the tests.
 */
static bool find_difference(const struct prose *prose, const struct item_result *items, size_t count,
                            const struct breakdown *by, size_t *made) {
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        const struct breakdown_result *breakdown = results_breakdown(&items[i], by);
        for (size_t j = 0; breakdown && j < breakdown->test_count; j++)
            if (is_made(&breakdown->tests[j])) {
                found = found || comparison_words_differ(prose, &breakdown->tests[j].test);
                ++*made;
            }
    }
    return found;
}

static bool differ(const struct prose *prose, const struct item_result *items, size_t count,
                   const struct breakdown *by) {
    size_t made = 0;
    return find_difference(prose, items, count, by, &made);
}

const char *comparison_tables_verdict(const struct prose *prose, const struct item_result *items,
                                      size_t count) {
    const char *named = NULL;
    size_t made = 0;
    if (is_description(prose, items->item))
        return NULL;
    for (size_t i = 0; i < prose->results->by.count; i++) {
        const struct breakdown *by = &prose->results->by.all[i];
        if (!find_difference(prose, items, count, by, &made))
            continue;
        const char *name = prose_say(prose, MESSAGE_TEST_VERDICT_BY,
                                     (struct hole[]){{"by", naming_factors(prose, by)}, {0}});
        named = named ? arena_format(prose->arena, "%s, %s", named, name) : name;
    }
    if (made == 0 || !is_adjusted(prose))
        return NULL;
    return prose_say(prose, named ? MESSAGE_TEST_VERDICT_SOME : MESSAGE_TEST_VERDICT_NONE,
                     (struct hole[]){{"differences", named}, {0}});
}

static const char *note_of_one(const struct prose *prose, const struct breakdown_result *breakdown) {
    const struct hypothesis_test *test = &breakdown->tests->test;
    if (test->method == TEST_NONE)
        return prose_say(prose, MESSAGE_TEST_NOTE_NONE,
                         (struct hole[]){{"reason", comparison_words_test(prose, test)}, {0}});
    bool differ = comparison_words_differ(prose, test);
    const struct hole holes[] = {
        {"test", comparison_words_test(prose, test)},
        {"p", comparison_words_p(prose, test->p)},
        {"adjusted", comparison_words_p(prose, test->p_adjusted)},
        {"count", prose_count(prose, breakdown->family)},
        {"effect", comparison_words_effect(prose, &test->effect)},
        {"verdict", say(prose, differ ? MESSAGE_TEST_VERDICT_DIFFERENT : MESSAGE_TEST_VERDICT_UNKNOWN)},
        {0}};
    return prose_say(prose, is_adjusted(prose) ? MESSAGE_TEST_NOTE : MESSAGE_TEST_NOTE_UNADJUSTED, holes);
}

/* What differs among several lines or answers, by their names. */
static const char *note_of_several(const struct prose *prose, const struct item_result *items, size_t count,
                                   const struct breakdown *by) {
    const char *named = NULL;
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        const struct breakdown_result *breakdown = results_breakdown(&items[i], by);
        for (size_t j = 0; j < breakdown->test_count; j++) {
            const struct comparison_test *test = &breakdown->tests[j];
            made += is_made(test);
            if (!is_made(test) || !comparison_words_differ(prose, &test->test))
                continue;
            const char *name =
                naming_wording(prose, test->option ? &test->option->text : &items[i].item->text);
            const char *found =
                arena_format(prose->arena, "%s (%s)", name, comparison_words_p(prose, test->test.p_adjusted));
            named = named ? arena_format(prose->arena, "%s, %s", named, found) : found;
        }
    }
    if (made == 0 || !is_adjusted(prose))
        return NULL;
    return prose_say(prose, named ? MESSAGE_TEST_NOTE_SEVERAL : MESSAGE_TEST_NOTE_NO_DIFFERENCE,
                     (struct hole[]){{"count", prose_count(prose, results_breakdown(items, by)->family)},
                                     {"differences", named},
                                     {0}});
}

const char *comparison_tables_note(const struct prose *prose, const struct item_result *items, size_t count,
                                   const struct breakdown *by, bool established) {
    const struct breakdown_result *result = results_breakdown(items, by);
    if (by->overlapping) /* another note says so */
        return NULL;
    if (established && !differ(prose, items, count, by))
        return NULL;
    if (count == 1 && result->test_count == 1)
        return note_of_one(prose, result);
    return note_of_several(prose, items, count, by);
}

/* --- the annex --- */

static void add_test_row(struct table_draft *table, const struct prose *prose,
                         const struct finding *finding) {
    const struct hypothesis_test *test = &finding->test->test;
    table_add_row(table, ROW_BODY);
    table_add_cell(table, subject_name(prose, finding), NULL);
    table_add_cell(table, comparison_words_test(prose, test), NULL);
    table_add_cell(table, prose_count(prose, test->n), NULL);
    table_add_cell(table, comparison_words_p_cell(prose, test->p), NULL);
    if (is_adjusted(prose))
        table_add_cell(table, comparison_words_p_cell(prose, test->p_adjusted), NULL);
    table_add_cell(table, comparison_words_effect(prose, &test->effect), NULL);
}

static struct table_draft *create_table(const struct prose *prose, const struct breakdown *by) {
    struct table_draft *table = table_create(prose->arena, naming_breakdown(prose, by));
    table_add_column(table, say(prose, MESSAGE_TEST_COLUMN_QUESTION), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_TEST_COLUMN_TEST), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_REPORT_EXPRESSED_SHORT), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_TEST_COLUMN_P), COLUMN_FIGURES);
    if (is_adjusted(prose))
        table_add_column(table, say(prose, MESSAGE_TEST_COLUMN_ADJUSTED), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_TEST_COLUMN_EFFECT), COLUMN_FIGURES);
    return table;
}

static void add_test_table(struct document *document, const struct prose *prose,
                           const struct finding *findings, size_t count, const struct breakdown *by) {
    struct table_draft *table = NULL;
    for (size_t i = 0; i < count; i++) {
        if (findings[i].breakdown->by != by)
            continue;
        if (!table)
            table = create_table(prose, by);
        add_test_row(table, prose, &findings[i]);
    }
    if (table)
        document_table(document, table_of(table));
}

/* The breakdowns come in the order in which the first item that has them shows them. */
void comparison_tables_add_annex(struct document *document, const struct prose *prose) {
    size_t count;
    const struct finding *findings = collect(prose, &count);
    if (count == 0)
        return;
    bool alone = document_level(document) == 0;
    document_open(document, "tests", say(prose, alone ? MESSAGE_TEST_ANNEX : MESSAGE_TEST_SECTION));
    document_paragraph(
        document, PARAGRAPH_PLAIN,
        say(prose, is_adjusted(prose) ? MESSAGE_TEST_ANNEX_TEXT : MESSAGE_TEST_ANNEX_UNADJUSTED));
    for (size_t i = 0; i < prose->results->by.count; i++)
        add_test_table(document, prose, findings, count, &prose->results->by.all[i]);
    document_close(document);
}
