/* Answers and problems as text. */
#include "model/answer.h"
#include "model/base/text.h"

#include <math.h>
#include <string.h>

static const char *const channel_names[CHANNEL_COUNT] = {"web", "paper"};

const char *answer_channel_name(enum channel channel) {
    return channel_names[channel];
}

enum channel answer_channel(const char *name) {
    for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++)
        if (!strcmp(channel_names[channel], name))
            return channel;
    return CHANNEL_COUNT;
}

static void format_given(struct buffer *buffer, const struct item *item, const struct answer *answer) {
    const struct question *question = item->question;
    char digits[32];
    if (question->type == QUESTION_NUMBER)
        buffer_append(buffer, text_shortest(answer->number, digits));
    else if (question->type == QUESTION_TEXT || question->type == QUESTION_DATE)
        buffer_append(buffer, answer->text);
    else
        for (size_t i = 0; i < answer->choice_count; i++) {
            if (i)
                buffer_append_bytes(buffer, " ", 1);
            buffer_append(buffer, question->options[answer->choices[i]].code);
        }
}

void answer_format(struct buffer *buffer, const struct item *item, const struct answer *answer) {
    switch (answer->state) {
    case ANSWER_GIVEN:
        format_given(buffer, item, answer);
        break;
    case ANSWER_NO_OPINION:
        buffer_append(buffer, "no_opinion");
        break;
    case ANSWER_NOT_CONCERNED:
        buffer_append(buffer, "not_concerned");
        break;
    case ANSWER_NOT_ANSWERED:
    case ANSWER_NOT_ASKED:
        break;
    }
}

static enum message message_of(const struct problem *problem) {
    const struct question *question = problem->item->question;
    bool several = question->type == QUESTION_MULTIPLE || question->type == QUESTION_RANKING;
    switch (problem->kind) {
    case PROBLEM_REQUIRED:
        return MESSAGE_PROBLEM_REQUIRED;
    case PROBLEM_UNKNOWN_CODE:
        return MESSAGE_PROBLEM_UNKNOWN_CODE;
    case PROBLEM_NOT_OFFERED:
        return MESSAGE_PROBLEM_NOT_OFFERED;
    case PROBLEM_SEVERAL:
        return several ? MESSAGE_PROBLEM_SEVERAL_STATES : MESSAGE_PROBLEM_SEVERAL;
    case PROBLEM_REPEATED:
        return MESSAGE_PROBLEM_REPEATED;
    case PROBLEM_EXCLUSIVE:
        return MESSAGE_PROBLEM_EXCLUSIVE;
    case PROBLEM_TOO_FEW:
        return MESSAGE_PROBLEM_TOO_FEW;
    case PROBLEM_TOO_MANY:
        return question->at_most == 1 ? MESSAGE_PROBLEM_SEVERAL : MESSAGE_PROBLEM_TOO_MANY;
    case PROBLEM_NOT_A_NUMBER:
        return MESSAGE_PROBLEM_NOT_A_NUMBER;
    case PROBLEM_TOO_PRECISE:
        return question->decimals ? MESSAGE_PROBLEM_TOO_PRECISE : MESSAGE_PROBLEM_NOT_WHOLE;
    case PROBLEM_TOO_SMALL:
        return MESSAGE_PROBLEM_TOO_SMALL;
    case PROBLEM_TOO_LARGE:
        return MESSAGE_PROBLEM_TOO_LARGE;
    case PROBLEM_NOT_A_DATE:
        return MESSAGE_PROBLEM_NOT_A_DATE;
    case PROBLEM_TOO_LONG:
        return MESSAGE_PROBLEM_TOO_LONG;
    case PROBLEM_NOT_ASKED:
        return MESSAGE_PROBLEM_NOT_ASKED;
    case PROBLEM_SPECIFY_ALONE:
        return MESSAGE_PROBLEM_SPECIFY_ALONE;
    case PROBLEM_CONTROL:
        break;
    }
    return MESSAGE_PROBLEM_CONTROL;
}

/* A limit as the file gives it, with the language's decimal sign. */
static const char *limit_text(struct arena *arena, double limit, enum language language) {
    /* What no question limits is still limited to what can be kept exactly. */
    double shown = fmax(fmin(limit, ANSWER_NUMBER_MOST), -ANSWER_NUMBER_MOST);
    char digits[32];
    text_shortest(shown, digits);
    const char *point = strchr(digits, '.');
    struct buffer buffer = {0};
    language_number(&buffer, language, shown, point ? (int)strlen(point + 1) : 0);
    const char *text = arena_copy(arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    return text;
}

const char *answer_problem_text(struct arena *arena, const struct problem *problem, enum language language) {
    const struct question *question = problem->item->question;
    size_t length_most = question->type == QUESTION_TEXT ? question->maximum_length : ANSWER_SPECIFY_MOST;
    const struct hole holes[] = {{"value", problem->value ? problem->value : ""},
                                 {"least", arena_format(arena, "%zu", question->at_least)},
                                 {"most", arena_format(arena, "%zu", question->at_most)},
                                 {"decimals", arena_format(arena, "%u", question->decimals)},
                                 {"minimum", limit_text(arena, question->minimum, language)},
                                 {"maximum", question->type == QUESTION_NUMBER
                                                 ? limit_text(arena, question->maximum, language)
                                                 : arena_format(arena, "%zu", length_most)},
                                 {NULL, NULL}};
    struct buffer buffer = {0};
    language_fill(&buffer, language, message_of(problem), holes);
    const char *text = arena_copy(arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    return text;
}
