#include "model/expression_tree.h"

#include <string.h>

static bool compares(enum comparison comparison, int order) {
    switch (comparison) {
    case COMPARISON_EQUAL:
        return order == 0;
    case COMPARISON_UNEQUAL:
        return order != 0;
    case COMPARISON_LESS:
        return order < 0;
    case COMPARISON_LESS_OR_EQUAL:
        return order <= 0;
    case COMPARISON_GREATER:
        return order > 0;
    case COMPARISON_GREATER_OR_EQUAL:
        return order >= 0;
    }
    return false;
}

static bool has_choice(const struct answer *answer, size_t option) {
    for (size_t i = 0; i < answer->choice_count; i++)
        if (answer->choices[i] == option)
            return true;
    return false;
}

/* An option without a value compares with nothing. */
static bool number_holds(const struct expression *expression, const struct answer *answer) {
    double number = answer->number;
    if (expression->item->question->type != QUESTION_NUMBER) {
        const struct option *option = &expression->item->question->options[answer->choices[0]];
        if (!option->has_value)
            return false;
        number = option->value;
    }
    int order = (number > expression->number) - (number < expression->number);
    return compares(expression->comparison, order);
}

/* no_opinion and not_concerned: `=` asks for the state itself, `!=` for a substantive answer. */
static bool state_holds(const struct expression *expression, const struct answer *answer) {
    return answer->state == (expression->comparison == COMPARISON_EQUAL ? expression->state : ANSWER_GIVEN);
}

bool expression_leaf_holds(const struct expression *expression, const struct answer *answer) {
    if (expression->kind == EXPRESSION_ANSWERED)
        return answer->state == ANSWER_GIVEN || answer->state == ANSWER_NO_OPINION;
    if (expression->kind == EXPRESSION_STATE)
        return state_holds(expression, answer);
    if (answer->state != ANSWER_GIVEN)
        return false;
    switch (expression->kind) {
    case EXPRESSION_OPTION:
        return compares(expression->comparison, answer->choices[0] != expression->option);
    case EXPRESSION_NUMBER:
        return number_holds(expression, answer);
    case EXPRESSION_DATE:
        return compares(expression->comparison, strcmp(answer->text, expression->date));
    default:
        return has_choice(answer, expression->option);
    }
}

/* Any and all are one another's mirror: `decisive` is what settles them at once. */
static enum truth parts_truth(const struct expression *expression, enum truth decisive,
                              const struct answer *answers, size_t settled) {
    enum truth result = decisive == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
    for (const struct expression *part = expression->first; part; part = part->next) {
        enum truth truth = expression_truth(part, answers, settled);
        if (truth == decisive)
            return decisive;
        if (truth == TRUTH_UNKNOWN)
            result = TRUTH_UNKNOWN;
    }
    return result;
}

enum truth expression_truth(const struct expression *expression, const struct answer *answers,
                            size_t settled) {
    enum truth truth;
    switch (expression->kind) {
    case EXPRESSION_ANY:
        return parts_truth(expression, TRUTH_YES, answers, settled);
    case EXPRESSION_ALL:
        return parts_truth(expression, TRUTH_NO, answers, settled);
    case EXPRESSION_NOT:
        truth = expression_truth(expression->first, answers, settled);
        return truth == TRUTH_UNKNOWN ? truth : truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
    default:
        if (expression->item->index >= settled)
            return TRUTH_UNKNOWN;
        return expression_leaf_holds(expression, &answers[expression->item->index]) ? TRUTH_YES : TRUTH_NO;
    }
}

bool expression_holds(const struct expression *expression, const struct answer *answers) {
    return expression_truth(expression, answers, (size_t)-1) == TRUTH_YES;
}

bool expression_names(const struct expression *expression, const struct item *item) {
    if (expression->kind > EXPRESSION_NOT)
        return expression->item == item;
    for (const struct expression *part = expression->first; part; part = part->next)
        if (expression_names(part, item))
            return true;
    return false;
}
