#include "analysis/spreadsheet.h"

#include "model/answer_csv.h"
#include "model/base/text.h"

#include <string.h>

static const char SEPARATOR = ';';

void spreadsheet_header(struct buffer *buffer, const struct questionnaire *questionnaire) {
    buffer_append(buffer, "\xEF\xBB\xBF");
    answer_csv_header(buffer, questionnaire, SEPARATOR);
}

static void append_words(struct buffer *buffer, const char *words) {
    csv_append_harmless(buffer, words, SEPARATOR);
}

static void append_number(struct buffer *buffer, double number) {
    char digits[32];
    text_shortest(number, digits);
    for (char *at = digits; *at; at++)
        if (*at == '.')
            *at = ',';
    buffer_append(buffer, digits);
}

/* The wordings of the chosen options, best first in a ranking. */
static void append_choices(struct buffer *buffer, const struct question *question,
                           const struct answer *answer) {
    struct buffer wordings = {0};
    for (size_t i = 0; i < answer->choice_count; i++)
        buffer_format(&wordings, "%s%s", i ? "; " : "", question->options[answer->choices[i]].text.in[0]);
    append_words(buffer, buffer_text(&wordings));
    buffer_destroy(&wordings);
}

static void append_given(struct buffer *buffer, const struct question *question,
                         const struct answer *answer) {
    if (question->type == QUESTION_NUMBER)
        append_number(buffer, answer->number);
    else if (question->type == QUESTION_TEXT || question->type == QUESTION_DATE)
        append_words(buffer, answer->text);
    else
        append_choices(buffer, question, answer);
}

static void append_answer(struct buffer *buffer, const struct question *question,
                          const struct answer *answer) {
    if (answer->state == ANSWER_GIVEN)
        append_given(buffer, question, answer);
    else if (answer->state == ANSWER_NO_OPINION && question->no_opinion.in)
        append_words(buffer, question->no_opinion.in[0]);
    else if (answer->state == ANSWER_NOT_CONCERNED && question->not_concerned.in)
        append_words(buffer, question->not_concerned.in[0]);
    buffer_append_bytes(buffer, &SEPARATOR, 1);
    if (!questionnaire_has_specify(question))
        return;
    if (answer->state == ANSWER_GIVEN && answer->specify)
        append_words(buffer, answer->specify);
    buffer_append_bytes(buffer, &SEPARATOR, 1);
}

void spreadsheet_record(struct buffer *buffer, const struct questionnaire *questionnaire,
                        const struct response *response) {
    for (size_t i = 0; i < questionnaire->item_count; i++)
        append_answer(buffer, questionnaire->items[i].question, &response->answers[i]);
    buffer_format(buffer, "%s%c%s%c", answer_channel_name(response->channel), SEPARATOR,
                  questionnaire->languages[response->language], SEPARATOR);
    if (response->sheet)
        buffer_format(buffer, "%lld", (long long)response->sheet);
    buffer_append_bytes(buffer, "\n", 1);
}
