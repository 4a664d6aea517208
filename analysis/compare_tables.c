#include "analysis/compare_tables.h"

#include "analysis/comparison_words.h"
#include "analysis/naming.h"

#include <math.h>
#include <stdlib.h>

/* Cells between the heading and the test, in a row that has a test only. */
enum { EMPTY_CHANGES = 4, EMPTY_PAIRS = 6 };

static const char *say(const struct compare_words *words, enum message message) {
    return prose_say(&words->prose, message, NULL);
}

static const char *minimum(const struct compare_words *words, enum message message) {
    size_t cell = words->results->options.results.minimum_cell;
    return prose_say(&words->prose, message,
                     (struct hole[]){{"minimum", prose_count(&words->prose, cell < 2 ? 2 : cell)}, {0}});
}

static const char *interval_title(const struct compare_words *words) {
    return prose_say(&words->prose, MESSAGE_REPORT_INTERVAL,
                     (struct hole[]){{"confidence", prose_confidence(&words->prose)}, {0}});
}

static const char *p_title(const struct compare_words *words) {
    bool none = words->results->options.results.adjustment == ADJUSTMENT_NONE;
    return say(words, none ? MESSAGE_COMPARE_P_UNADJUSTED : MESSAGE_COMPARE_P);
}

/* --- Who answered --- */

static const char *days_of(const struct compare_words *words, const struct results *results) {
    const struct prose *prose = &words->prose;
    if (results->day_count == 0)
        return "–";
    const char *first = prose_date(prose, results->days[0].day);
    const char *last = prose_date(prose, results->days[results->day_count - 1].day);
    if (results->day_count == 1)
        return first;
    return prose_say(prose, MESSAGE_REPORT_RANGE, (struct hole[]){{"low", first}, {"high", last}, {0}});
}

static const char *title_of(const struct compare_words *words, int wave) {
    const struct questionnaire *questionnaire = words->results->waves[wave]->questionnaire;
    return naming_wording(wave ? &words->prose : &words->first, &questionnaire->title);
}

void compare_tables_add_waves(struct document *document, const struct compare_words *words) {
    const struct prose *prose = &words->prose;
    struct table_draft *table = table_create(prose->arena, say(words, MESSAGE_COMPARE_WAVES));
    table_add_column(table, say(words, MESSAGE_COMPARE_WAVE), COLUMN_WORDS);
    table_add_column(table, say(words, MESSAGE_COMPARE_COLLECTED), COLUMN_WORDS);
    table_add_column(table, say(words, MESSAGE_REPORT_INVITED), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_REPORT_RESPONSES), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_REPORT_RATE), COLUMN_FIGURES);
    for (int wave = 0; wave < 2; wave++) {
        const struct results *results = words->results->waves[wave];
        size_t size = results->questionnaire->population.size;
        table_add_row(table, ROW_BODY);
        table_add_cell(table, say(words, wave ? MESSAGE_COMPARE_SECOND : MESSAGE_COMPARE_FIRST),
                       title_of(words, wave));
        table_add_cell(table, days_of(words, results), NULL);
        table_add_cell(table, size ? prose_count(prose, size) : "–", NULL);
        table_add_cell(table, prose_count(prose, results->responses), NULL);
        table_add_cell(table, size ? prose_percent(prose, results->response_rate) : "–", NULL);
    }
    document_table(document, table_of(table));
}

/* --- Changes --- */

static void add_test(struct table_draft *table, const struct compare_words *words,
                     const struct comparison_test *test, bool of_pairs) {
    if (!test) {
        table_add_cell(table, "", NULL);
        return;
    }
    table_add_cell(table, comparison_words_p_cell(&words->prose, test->test.p_adjusted),
                   of_pairs ? compare_words_pair_test(words, &test->test)
                            : compare_words_test(words, &test->test));
}

static void add_change(struct table_draft *table, const struct compare_words *words,
                       const struct compare_question *question, const struct compare_change *change,
                       const char *heading) {
    table_add_row(table, ROW_BODY);
    table_add_cell(table, heading, NULL);
    for (int wave = 0; wave < 2; wave++) {
        const struct compare_figure *figure = &change->waves[wave];
        table_add_cell(table, compare_words_value(words, question, change->subject, figure->value),
                       compare_words_base(words, change->subject, figure->count, figure->base));
    }
    table_add_cell(table, compare_words_marked(words, change), NULL);
    table_add_cell(table,
                   compare_words_interval(words, change->subject, change->change.low, change->change.high,
                                          change->change.census),
                   NULL);
    add_test(table, words, change->test, false);
}

static const char *option_heading(const struct compare_words *words, const struct option *option) {
    return arena_format(words->prose.arena, "– %s", naming_wording(&words->prose, &option->text));
}

/* What all options of a question have in common: its text, and the test of all of them at once. */
static void add_heading(struct table_draft *table, const struct compare_words *words,
                        const struct compare_question *question, bool of_pairs) {
    table_add_row(table, ROW_TOTAL);
    table_add_cell(table, compare_words_question(words, question->match), NULL);
    for (size_t i = 0; i < (of_pairs ? EMPTY_PAIRS : EMPTY_CHANGES); i++)
        table_add_cell(table, "", NULL);
    bool whole = question->changes[0].test == NULL;
    add_test(table, words, of_pairs ? question->answers : whole ? &question->tests[0] : NULL, of_pairs);
}

static void add_question(struct table_draft *table, const struct compare_words *words,
                         const struct compare_question *question) {
    if (question->changes[0].subject != COMPARE_OPTION) {
        add_change(table, words, question, &question->changes[0],
                   compare_words_question(words, question->match));
        return;
    }
    add_heading(table, words, question, false);
    for (size_t i = 0; i < question->change_count; i++)
        add_change(table, words, question, &question->changes[i],
                   option_heading(words, question->changes[i].option));
}

/* The questions of the table that a note is about; NULL if there are none. */
static const char *list_questions(const struct compare_words *words, size_t first, size_t end,
                                  bool reworded) {
    const char *list = NULL;
    for (size_t i = first; i < end; i++) {
        const struct compare_question *question = &words->results->questions[i];
        bool listed = reworded ? question->match->reworded : question->match->other_refusals;
        if (question->state != COMPARE_SHOWN || !listed)
            continue;
        const char *quoted =
            arena_format(words->prose.arena, "%s", compare_words_question(words, question->match));
        list = list ? arena_format(words->prose.arena, "%s; %s", list, quoted) : quoted;
    }
    return list;
}

static void add_notes(struct table_draft *table, const struct compare_words *words, size_t first,
                      size_t end) {
    const char *reworded = list_questions(words, first, end, true);
    const char *refusals = list_questions(words, first, end, false);
    table_add_note(table, say(words, MESSAGE_COMPARE_NOTE_POINTS));
    if (reworded)
        table_add_note(table, prose_say(&words->prose, MESSAGE_COMPARE_NOTE_REWORDED,
                                        (struct hole[]){{"questions", reworded}, {0}}));
    if (refusals)
        table_add_note(table, prose_say(&words->prose, MESSAGE_COMPARE_NOTE_REFUSALS,
                                        (struct hole[]){{"questions", refusals}, {0}}));
}

static bool any_shown(const struct compare_words *words, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (words->results->questions[i].state == COMPARE_SHOWN)
            return true;
    return false;
}

void compare_tables_add_changes(struct document *document, const struct compare_words *words, size_t first,
                                size_t end) {
    if (!any_shown(words, first, end))
        return;
    struct table_draft *table = table_create(words->prose.arena, say(words, MESSAGE_COMPARE_TABLE));
    table_add_column(table, say(words, MESSAGE_COMPARE_QUESTION), COLUMN_WORDS);
    table_add_column(table, say(words, MESSAGE_COMPARE_FIRST), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_COMPARE_SECOND), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_COMPARE_DIFFERENCE), COLUMN_FIGURES);
    table_add_column(table, interval_title(words), COLUMN_FIGURES);
    table_add_column(table, p_title(words), COLUMN_FIGURES);
    for (size_t i = first; i < end; i++)
        if (words->results->questions[i].state == COMPARE_SHOWN)
            add_question(table, words, &words->results->questions[i]);
    add_notes(table, words, first, end);
    document_table(document, table_of(table));
}

/* --- The same people --- */

static const char *hidden_pairing(const struct compare_words *words, enum compare_pairing_state state) {
    switch (state) {
    case COMPARE_PAIRING_FEW:
        return minimum(words, MESSAGE_COMPARE_PAIRS_FEW);
    case COMPARE_PAIRING_APART:
        return say(words, MESSAGE_COMPARE_PAIRS_APART);
    case COMPARE_PAIRING_RARE:
        return say(words, MESSAGE_COMPARE_PAIRS_RARE);
    case COMPARE_PAIRING_NONE:
    case COMPARE_PAIRING_SHOWN:
        break;
    }
    abort();
}

static void add_pairing(struct table_draft *table, const struct compare_words *words,
                        const struct compare_question *question, const struct compare_change *change,
                        const char *heading) {
    const struct compare_pairing *pairing = &change->pairing;
    table_add_row(table, ROW_BODY);
    table_add_cell(table, heading, NULL);
    if (pairing->state != COMPARE_PAIRING_SHOWN) {
        table_add_rest(table, hidden_pairing(words, pairing->state));
        return;
    }
    table_add_cell(table, prose_count(&words->prose, pairing->n), NULL);
    for (int wave = 0; wave < 2; wave++)
        table_add_cell(table, compare_words_value(words, question, change->subject, pairing->values[wave]),
                       NULL);
    table_add_cell(table, prose_count(&words->prose, pairing->gained), NULL);
    table_add_cell(table, prose_count(&words->prose, pairing->lost), NULL);
    const char *interval = compare_words_interval(words, change->subject, pairing->difference.low,
                                                  pairing->difference.high, pairing->difference.census);
    table_add_cell(table,
                   compare_words_difference(words, change->subject, pairing->values[1] - pairing->values[0]),
                   interval);
    add_test(table, words, pairing->test, true);
}

static void add_paired_question(struct table_draft *table, const struct compare_words *words,
                                const struct compare_question *question) {
    const struct compare_change *main = &question->changes[0];
    const char *name = compare_words_question(words, question->match);
    if (main->subject == COMPARE_OPTION)
        add_heading(table, words, question, true);
    for (size_t i = 0; i < question->change_count && question->changes[i].subject == main->subject; i++)
        add_pairing(table, words, question, &question->changes[i],
                    main->option ? option_heading(words, question->changes[i].option) : name);
    if (main->subject == COMPARE_OPTION || !question->answers)
        return;
    table_add_row(table, ROW_ASIDE);
    table_add_cell(table, say(words, MESSAGE_COMPARE_PAIRS_ANSWERS), NULL);
    for (size_t i = 0; i < EMPTY_PAIRS; i++)
        table_add_cell(table, "", NULL);
    add_test(table, words, question->answers, true);
}

void compare_tables_add_pairs(struct document *document, const struct compare_words *words) {
    struct table_draft *table = table_create(words->prose.arena, say(words, MESSAGE_COMPARE_PAIRS));
    table_add_column(table, say(words, MESSAGE_COMPARE_QUESTION), COLUMN_WORDS);
    table_add_column(table, say(words, MESSAGE_COMPARE_PAIRS_BASE), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_COMPARE_FIRST), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_COMPARE_SECOND), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_COMPARE_GAINED), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_COMPARE_LOST), COLUMN_FIGURES);
    table_add_column(table, say(words, MESSAGE_COMPARE_DIFFERENCE), COLUMN_FIGURES);
    table_add_column(table, p_title(words), COLUMN_FIGURES);
    for (size_t i = 0; i < words->results->question_count; i++)
        if (words->results->questions[i].state == COMPARE_SHOWN)
            add_paired_question(table, words, &words->results->questions[i]);
    table_add_note(table, say(words, MESSAGE_COMPARE_NOTE_PAIRS));
    document_table(document, table_of(table));
}

/* --- What is not compared --- */

static const char *reason_of(const struct compare_words *words, const struct compare_question *question) {
    static const enum message MESSAGES[COMPARE_MATCH_FIT_COUNT] = {
        [COMPARE_MATCH_ONLY_FIRST] = MESSAGE_COMPARE_ONLY_FIRST,
        [COMPARE_MATCH_ONLY_SECOND] = MESSAGE_COMPARE_ONLY_SECOND,
        [COMPARE_MATCH_KIND] = MESSAGE_COMPARE_KIND,
        [COMPARE_MATCH_TYPE] = MESSAGE_COMPARE_TYPE,
        [COMPARE_MATCH_OPTIONS] = MESSAGE_COMPARE_OPTIONS,
        [COMPARE_MATCH_FAVOURABLE] = MESSAGE_COMPARE_FAVOURABLE,
        [COMPARE_MATCH_VALUES] = MESSAGE_COMPARE_VALUES,
        [COMPARE_MATCH_UNIT] = MESSAGE_COMPARE_UNIT,
    };
    if (question->state == COMPARE_HIDDEN)
        return minimum(words, MESSAGE_COMPARE_HIDDEN);
    if (question->state == COMPARE_SILENT)
        return say(words, MESSAGE_COMPARE_SILENT);
    return say(words, MESSAGES[question->match->fit]);
}

void compare_tables_add_rest(struct document *document, const struct compare_words *words) {
    if (words->results->shown == words->results->question_count)
        return;
    document_open(document, "not-compared", say(words, MESSAGE_COMPARE_NOT_COMPARED));
    struct table_draft *table = table_create(words->prose.arena, say(words, MESSAGE_COMPARE_NOT_COMPARED));
    table_add_column(table, say(words, MESSAGE_COMPARE_QUESTION), COLUMN_WORDS);
    table_add_column(table, say(words, MESSAGE_COMPARE_REASON), COLUMN_WORDS);
    for (size_t i = 0; i < words->results->question_count; i++) {
        const struct compare_question *question = &words->results->questions[i];
        if (question->state == COMPARE_SHOWN)
            continue;
        table_add_row(table, ROW_BODY);
        table_add_cell(table, compare_words_question(words, question->match), NULL);
        table_add_cell(table, reason_of(words, question), NULL);
    }
    document_table(document, table_of(table));
    document_close(document);
}
