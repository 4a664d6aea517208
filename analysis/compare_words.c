#include "analysis/compare_words.h"

#include "analysis/comparison_words.h"
#include "analysis/naming.h"

#include <math.h>

enum { MEAN_DECIMALS = 2 };

struct compare_words compare_words_of(struct arena *arena, const struct compare_results *results,
                                      size_t language) {
    const char *tag = results->waves[1]->questionnaire->languages[language];
    const struct questionnaire *first = results->waves[0]->questionnaire;
    enum language spoken = language_of_tag(tag);
    size_t earlier = questionnaire_language(first, tag);
    if (earlier == first->language_count)
        earlier = 0;
    return (struct compare_words){.prose = {arena, results->waves[1], language, spoken},
                                  .first = {arena, results->waves[0], earlier, spoken},
                                  .results = results};
}

const char *compare_words_question(const struct compare_words *words, const struct compare_match *match) {
    return match->items[1] ? naming_item(&words->prose, match->items[1])
                           : naming_item(&words->first, match->items[0]);
}

/* --- One figure --- */

const char *compare_words_value(const struct compare_words *words, const struct compare_question *question,
                                enum compare_subject subject, double value) {
    if (subject == COMPARE_MEAN)
        return prose_quantity(&words->prose, question->match->items[1]->question, value, MEAN_DECIMALS);
    return prose_percent(&words->prose, value);
}

const char *compare_words_base(const struct compare_words *words, enum compare_subject subject, size_t count,
                               size_t base) {
    const struct hole holes[] = {
        {"count", prose_count(&words->prose, count)}, {"base", prose_count(&words->prose, base)}, {0}};
    return prose_say(&words->prose,
                     subject == COMPARE_MEAN ? MESSAGE_REPORT_BASE_IS : MESSAGE_REPORT_COUNT_OF, holes);
}

/* What rounds to nothing has no sign. */
const char *compare_words_difference(const struct compare_words *words, enum compare_subject subject,
                                     double difference) {
    int decimals = subject == COMPARE_MEAN ? MEAN_DECIMALS : 0;
    double unit = pow(10, decimals), shown = subject == COMPARE_MEAN ? difference : 100 * difference;
    double rounded = round(shown * unit) / unit;
    const char *number = prose_number(&words->prose, rounded == 0 ? 0 : rounded, decimals);
    return rounded > 0 ? arena_format(words->prose.arena, "+%s", number) : number;
}

const char *compare_words_interval(const struct compare_words *words, enum compare_subject subject,
                                   double low, double high, bool census) {
    if (census)
        return prose_say(&words->prose, MESSAGE_REPORT_CENSUS, NULL);
    if (isnan(low) || isnan(high))
        return "–";
    const struct hole holes[] = {{"low", compare_words_difference(words, subject, low)},
                                 {"high", compare_words_difference(words, subject, high)},
                                 {0}};
    return prose_say(&words->prose, MESSAGE_REPORT_RANGE, holes);
}

/* --- Tests --- */

const char *compare_words_test(const struct compare_words *words, const struct hypothesis_test *test) {
    if (test->method == TEST_DIFFERENCE) /* of two rates or means */
        return prose_say(&words->prose, MESSAGE_COMPARE_TEST_DIFFERENCE, NULL);
    return comparison_words_test(&words->prose, test);
}

const char *compare_words_pair_test(const struct compare_words *words, const struct hypothesis_test *test) {
    if (test->method == TEST_SIGN)
        return prose_say(&words->prose, MESSAGE_COMPARE_TEST_SIGN, NULL);
    if (test->method == TEST_NONE && test->reason == TEST_CONSTANT)
        return prose_say(&words->prose, MESSAGE_COMPARE_PAIRS_UNCHANGED, NULL);
    return comparison_words_test(&words->prose, test);
}

bool compare_words_changed(const struct compare_words *words, const struct hypothesis_test *test) {
    return test->method != TEST_NONE && comparison_words_differ(&words->prose, test);
}

const char *compare_words_marked(const struct compare_words *words, const struct compare_change *change) {
    double difference = change->change.difference;
    const char *text = compare_words_difference(words, change->subject, difference);
    if (!change->test || !compare_words_changed(words, &change->test->test) || difference == 0)
        return text;
    return arena_format(words->prose.arena, "%s %s", difference > 0 ? "▲" : "▼", text);
}

/* --- A sentence --- */

static const char *what(const struct compare_words *words, const struct compare_question *question,
                        const struct compare_change *change) {
    static const enum message MESSAGES[] = {
        [COMPARE_FAVOURABLE] = MESSAGE_COMPARE_OF_FAVOURABLE,
        [COMPARE_OPTION] = MESSAGE_COMPARE_OF_OPTION,
        [COMPARE_MEAN] = MESSAGE_COMPARE_OF_MEAN,
    };
    bool one = fabs(round(100 * change->change.difference)) <= 1;
    const struct hole holes[] = {
        {"points", prose_say(&words->prose, one ? MESSAGE_COMPARE_POINT : MESSAGE_COMPARE_POINTS, NULL)},
        {"question", compare_words_question(words, question->match)},
        {"option", change->option ? naming_wording(&words->prose, &change->option->text) : ""},
        {0}};
    return prose_say(&words->prose, MESSAGES[change->subject], holes);
}

/* One wave's figure with its proof; of few people only the count. */
static const char *proof(const struct compare_words *words, const struct compare_question *question,
                         const struct compare_change *change, int wave) {
    const struct compare_figure *figure = &change->waves[wave];
    if (change->subject == COMPARE_MEAN) {
        const struct hole holes[] = {
            {"mean", compare_words_value(words, question, COMPARE_MEAN, figure->value)},
            {"base", prose_count(&words->prose, figure->base)},
            {0}};
        return prose_say(&words->prose, MESSAGE_COMPARE_MEAN_OF, holes);
    }
    const struct hole holes[] = {{"percent", prose_percent(&words->prose, figure->value)},
                                 {"count", prose_count(&words->prose, figure->count)},
                                 {"base", prose_count(&words->prose, figure->base)},
                                 {0}};
    bool few = figure->base < PROSE_PERCENT_FROM;
    return prose_say(&words->prose, few ? MESSAGE_REPORT_COUNT_OF : MESSAGE_COMPARE_RATE_OF, holes);
}

static const char *interval_sentence(const struct compare_words *words, const struct compare_change *change) {
    const struct wave_change *moved = &change->change;
    if (moved->census)
        return prose_say(&words->prose, MESSAGE_COMPARE_FACT, NULL);
    if (isnan(moved->low))
        return prose_say(&words->prose, MESSAGE_COMPARE_NO_INTERVAL, NULL);
    const struct hole holes[] = {{"confidence", prose_confidence(&words->prose)},
                                 {"low", compare_words_difference(words, change->subject, moved->low)},
                                 {"high", compare_words_difference(words, change->subject, moved->high)},
                                 {0}};
    return prose_say(&words->prose, MESSAGE_COMPARE_INTERVAL, holes);
}

const char *compare_words_sentence(const struct compare_words *words, const struct compare_question *question,
                                   const struct compare_change *change, const char **lead) {
    bool tested = change->test && change->test->test.method != TEST_NONE;
    const struct hole holes[] = {
        {"of", what(words, question, change)},
        {"first", proof(words, question, change, 0)},
        {"second", proof(words, question, change, 1)},
        {"interval", interval_sentence(words, change)},
        {"p", tested ? comparison_words_p(&words->prose, change->test->test.p_adjusted) : ""},
        {0}};
    *lead = compare_words_difference(words, change->subject, change->change.difference);
    return prose_say(&words->prose, tested ? MESSAGE_COMPARE_SAY_CHANGE_TESTED : MESSAGE_COMPARE_SAY_CHANGE,
                     holes);
}
