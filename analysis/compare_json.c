#include "analysis/compare_json.h"

#include "analysis/comparison_json.h"
#include "analysis/json_writer.h"
#include "model/base/text.h"

#include <math.h>
#include <string.h>

static const char *const SIDES[] = {"first", "second"};

/* --- One change --- */

static void write_figure(struct json_writer *writer, const char *key, enum compare_subject subject,
                         const struct compare_figure *figure) {
    json_writer_open_flat(writer, key, false);
    if (subject != COMPARE_MEAN)
        json_writer_count(writer, "count", figure->count);
    json_writer_count(writer, "base", figure->base);
    json_writer_number(writer, subject == COMPARE_MEAN ? "mean" : "rate", figure->value);
    json_writer_number(writer, "low", figure->low);
    json_writer_number(writer, "high", figure->high);
    if (figure->census)
        json_writer_truth(writer, "census", true);
    json_writer_close(writer);
}

static void write_test(struct json_writer *writer, const struct comparison_test *test) {
    if (test)
        comparison_json_test(writer, "test", &test->test);
    else
        json_writer_null(writer, "test");
}

/* Why pairs are not told of; NULL if they are. */
static const char *hidden_name(enum compare_pairing_state state) {
    static const char *const NAMES[] = {
        [COMPARE_PAIRING_FEW] = "too_few",
        [COMPARE_PAIRING_APART] = "few_apart",
        [COMPARE_PAIRING_RARE] = "rare_answer",
        [COMPARE_PAIRING_SHOWN] = NULL,
    };
    return NAMES[state];
}

static void write_pairing(struct json_writer *writer, enum compare_subject subject,
                          const struct compare_pairing *pairing) {
    bool mean = subject == COMPARE_MEAN;
    if (pairing->state == COMPARE_PAIRING_NONE)
        return;
    json_writer_open_object(writer, "pairs");
    if (pairing->state != COMPARE_PAIRING_SHOWN) {
        json_writer_text(writer, "suppressed", hidden_name(pairing->state));
        json_writer_close(writer);
        return;
    }
    json_writer_count(writer, "n", pairing->n);
    for (int wave = 0; wave < 2; wave++)
        json_writer_number(writer, SIDES[wave], pairing->values[wave]);
    json_writer_count(writer, mean ? "rose" : "gained", pairing->gained);
    json_writer_count(writer, mean ? "fell" : "lost", pairing->lost);
    json_writer_number(writer, "difference", pairing->values[1] - pairing->values[0]);
    json_writer_number(writer, "low", pairing->difference.low);
    json_writer_number(writer, "high", pairing->difference.high);
    write_test(writer, pairing->test);
    json_writer_close(writer);
}

static void write_change(struct json_writer *writer, const struct compare_change *change, size_t language) {
    static const char *const NAMES[] = {
        [COMPARE_FAVOURABLE] = "favourable", [COMPARE_OPTION] = "option", [COMPARE_MEAN] = "mean"};
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "of", NAMES[change->subject]);
    if (change->option) {
        json_writer_text(writer, "option", change->option->code);
        json_writer_text(writer, "text", change->option->text.in[language]);
    }
    for (int wave = 0; wave < 2; wave++)
        write_figure(writer, SIDES[wave], change->subject, &change->waves[wave]);
    json_writer_number(writer, "difference", change->change.difference);
    json_writer_number(writer, "low", change->change.low);
    json_writer_number(writer, "high", change->change.high);
    if (change->change.census)
        json_writer_truth(writer, "census", true);
    if (change->linked)
        json_writer_number(writer, "correlation", change->change.correlation);
    write_test(writer, change->test);
    write_pairing(writer, change->subject, &change->pairing);
    json_writer_close(writer);
}

/* --- One question --- */

const char *compare_json_reason(const struct compare_question *question) {
    static const char *const NAMES[COMPARE_MATCH_FIT_COUNT] = {
        [COMPARE_MATCH_ONLY_FIRST] = "only_first",
        [COMPARE_MATCH_ONLY_SECOND] = "only_second",
        [COMPARE_MATCH_KIND] = "kind",
        [COMPARE_MATCH_TYPE] = "type",
        [COMPARE_MATCH_OPTIONS] = "options",
        [COMPARE_MATCH_FAVOURABLE] = "favourable",
        [COMPARE_MATCH_VALUES] = "values",
        [COMPARE_MATCH_UNIT] = "unit",
    };
    if (question->state == COMPARE_SHOWN)
        return NULL;
    if (question->state == COMPARE_HIDDEN)
        return "suppressed";
    return question->state == COMPARE_SILENT ? "no_answers" : NAMES[question->match->fit];
}

/* The text of the first wave is in its own first language where it does not have that of the second. */
static const char *text_of(const struct compare_results *results, const struct compare_match *match,
                           size_t language) {
    if (match->items[1])
        return match->items[1]->text.in[language];
    const struct questionnaire *first = results->waves[0]->questionnaire;
    size_t earlier = questionnaire_language(first, results->waves[1]->questionnaire->languages[language]);
    return match->items[0]->text.in[earlier < first->language_count ? earlier : 0];
}

static void write_question(struct json_writer *writer, const struct compare_results *results,
                           const struct compare_question *question, size_t language) {
    const struct compare_match *match = question->match;
    const struct item *item = match->items[1] ? match->items[1] : match->items[0];
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "id", item->id);
    if (item->question->is_grid)
        json_writer_text(writer, "question", item->question->id);
    json_writer_text(writer, "text", text_of(results, match, language));
    json_writer_truth(writer, "compared", question->state == COMPARE_SHOWN);
    if (question->state != COMPARE_SHOWN) {
        json_writer_text(writer, "reason", compare_json_reason(question));
        json_writer_close(writer);
        return;
    }
    if (match->reworded)
        json_writer_truth(writer, "reworded", true);
    if (match->other_refusals)
        json_writer_truth(writer, "other_refusals", true);
    json_writer_open_array(writer, "changes");
    for (size_t i = 0; i < question->change_count; i++)
        write_change(writer, &question->changes[i], language);
    json_writer_close(writer);
    if (question->changes[0].subject == COMPARE_OPTION && !question->changes[0].test)
        comparison_json_test(writer, "answers", &question->tests[0].test);
    if (question->answers)
        comparison_json_test(writer, "pairs_answers", &question->answers->test);
    json_writer_close(writer);
}

/* --- The whole document --- */

static void write_wave(struct json_writer *writer, const char *key, const struct results *results) {
    size_t size = results->questionnaire->population.size;
    json_writer_open_flat(writer, key, false);
    json_writer_text(writer, "questionnaire", results->questionnaire->name);
    if (size)
        json_writer_count(writer, "population", size);
    else
        json_writer_null(writer, "population");
    json_writer_count(writer, "responses", results->responses);
    json_writer_number(writer, "rate", results->response_rate);
    json_writer_text(writer, "interval", results->options.interval == INTERVAL_EXACT ? "exact" : "wilson");
    json_writer_close(writer);
}

static void write_counts(struct json_writer *writer, const char *key, const size_t counts[static 2]) {
    json_writer_open_flat(writer, key, true);
    json_writer_count(writer, NULL, counts[0]);
    json_writer_count(writer, NULL, counts[1]);
    json_writer_close(writer);
}

static void write_link(struct json_writer *writer, const struct compare_results *results) {
    const struct compare_people *people = results->people;
    if (!results->options.link) {
        json_writer_null(writer, "link");
        return;
    }
    json_writer_open_object(writer, "link");
    json_writer_text(writer, "question", results->options.link);
    json_writer_count(writer, "pairs", people->paired);
    json_writer_count(writer, "left_out", people->spared);
    write_counts(writer, "without_code", people->uncoded);
    write_counts(writer, "repeated_code", people->repeated);
    json_writer_close(writer);
}

static void write_options(struct json_writer *writer, const struct compare_results *results,
                          size_t language) {
    static const char *const ADJUSTMENTS[] = {
        [ADJUSTMENT_HOLM] = "holm", [ADJUSTMENT_BENJAMINI_HOCHBERG] = "bh", [ADJUSTMENT_NONE] = "none"};
    const struct compare_options *options = &results->options;
    json_writer_text(writer, "language", results->waves[1]->questionnaire->languages[language]);
    if (options->results.notice)
        json_writer_text(writer, "notice", options->results.notice); /* checked to be UTF-8 */
    json_writer_number(writer, "confidence", options->results.confidence);
    json_writer_count(writer, "minimum_cell", options->results.minimum_cell);
    json_writer_text(writer, "adjust", ADJUSTMENTS[options->results.adjustment]);
    json_writer_truth(writer, "same_people", options->same_people);
}

void compare_json_write(struct buffer *buffer, const struct compare_results *results, size_t language) {
    struct json_writer *writer = json_writer_create(buffer);
    json_writer_open_object(writer, NULL);
    for (int wave = 0; wave < 2; wave++)
        write_wave(writer, SIDES[wave], results->waves[wave]);
    write_options(writer, results, language);
    write_link(writer, results);
    json_writer_count(writer, "tests", results->test_count);
    json_writer_count(writer, "pairs_tests", results->pair_test_count);
    json_writer_open_array(writer, "questions");
    for (size_t i = 0; i < results->question_count; i++)
        write_question(writer, results, &results->questions[i], language);
    json_writer_close(writer);
    json_writer_close(writer);
    json_writer_destroy(writer);
}
