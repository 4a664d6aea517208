#include "analysis/compare_csv.h"

#include "analysis/compare_json.h"
#include "analysis/comparison_json.h"
#include "analysis/number_text.h"

#include <math.h>

enum { DIGITS = 10, FIGURES = 9 };

struct lines {
    struct buffer *buffer;
    struct number_text *numbers;
};

/* Ids and codes have no character that would need quotes. */
static void write_line(struct lines *lines, const struct compare_question *question, const char *people,
                       const char *option, const double figures[static FIGURES],
                       const struct comparison_test *test) {
    const struct item *item = question->match->items[1];
    buffer_format(lines->buffer, "%s,%s,%s,%s", item->question->id, item->id, people, option);
    for (size_t i = 0; i < FIGURES; i++) {
        buffer_append(lines->buffer, ",");
        if (isfinite(figures[i]))
            number_text_append(lines->numbers, lines->buffer, figures[i]);
    }
    const char *method = test ? comparison_json_method(test->test.method) : NULL;
    buffer_format(lines->buffer, ",%s", method ? method : "");
    const double p[] = {test ? test->test.p : NAN, test ? test->test.p_adjusted : NAN};
    for (size_t i = 0; i < 2; i++) {
        buffer_append(lines->buffer, ",");
        if (isfinite(p[i]))
            number_text_append(lines->numbers, lines->buffer, p[i]);
    }
    buffer_append(lines->buffer, "\n");
}

static const char *option_name(const struct compare_change *change) {
    switch (change->subject) {
    case COMPARE_FAVOURABLE:
        return "(favourable)";
    case COMPARE_OPTION:
        return change->option->code;
    case COMPARE_MEAN:
        break;
    }
    return "(mean)";
}

static void write_change(struct lines *lines, const struct compare_question *question,
                         const struct compare_change *change) {
    const struct compare_figure *first = &change->waves[0], *second = &change->waves[1];
    const double figures[FIGURES] = {(double)first->count,      (double)first->base,  first->value,
                                     (double)second->count,     (double)second->base, second->value,
                                     change->change.difference, change->change.low,   change->change.high};
    write_line(lines, question, "all", option_name(change), figures, change->test);
}

static void write_pairing(struct lines *lines, const struct compare_question *question,
                          const struct compare_change *change) {
    const struct compare_pairing *pairing = &change->pairing;
    double figures[FIGURES] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (pairing->state == COMPARE_PAIRING_NONE)
        return;
    if (pairing->state == COMPARE_PAIRING_SHOWN) {
        bool mean = change->subject == COMPARE_MEAN;
        for (int wave = 0; wave < 2; wave++) {
            figures[3 * wave] = (double)(mean ? pairing->n : pairing->counts[wave]);
            figures[3 * wave + 1] = (double)pairing->n;
            figures[3 * wave + 2] = pairing->values[wave];
        }
        figures[6] = pairing->values[1] - pairing->values[0];
        figures[7] = pairing->difference.low;
        figures[8] = pairing->difference.high;
    }
    write_line(lines, question, "both", option_name(change), figures, pairing->test);
}

static void write_answers(struct lines *lines, const struct compare_question *question, const char *people,
                          const struct comparison_test *test) {
    static const double NONE[FIGURES] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (test)
        write_line(lines, question, people, "(answers)", NONE, test);
}

static void write_question(struct lines *lines, const struct compare_question *question) {
    bool whole = question->changes[0].subject == COMPARE_OPTION && !question->changes[0].test;
    for (size_t i = 0; i < question->change_count; i++)
        write_change(lines, question, &question->changes[i]);
    write_answers(lines, question, "all", whole ? &question->tests[0] : NULL);
    for (size_t i = 0; i < question->change_count; i++)
        write_pairing(lines, question, &question->changes[i]);
    write_answers(lines, question, "both", question->answers);
}

/* A question that is not compared has a line too, with the reason in the place of the test. */
static void write_reason(struct lines *lines, const struct compare_question *question) {
    const struct compare_match *match = question->match;
    const struct item *item = match->items[1] ? match->items[1] : match->items[0];
    buffer_format(lines->buffer, "%s,%s,,(not compared),,,,,,,,,,%s,,\n", item->question->id, item->id,
                  compare_json_reason(question));
}

void compare_csv_write(struct buffer *buffer, const struct compare_results *results) {
    struct lines lines = {.buffer = buffer, .numbers = number_text_create(DIGITS)};
    buffer_append(buffer, "question,item,people,option,count_1,base_1,value_1,count_2,base_2,value_2,"
                          "difference,low,high,test,p,p_adjusted\n");
    for (size_t i = 0; i < results->question_count; i++)
        if (results->questions[i].state == COMPARE_SHOWN)
            write_question(&lines, &results->questions[i]);
        else
            write_reason(&lines, &results->questions[i]);
    number_text_destroy(lines.numbers);
}
