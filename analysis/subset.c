#include "analysis/subset.h"

static bool names_only(const struct questionnaire *questionnaire, const struct expression *where,
                       const struct item *item) {
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (expression_names(where, &questionnaire->items[i]) != (&questionnaire->items[i] == item))
            return false;
    return true;
}

static const struct margin *find_margin(const struct questionnaire *questionnaire,
                                        const struct expression *where) {
    const struct population *population = &questionnaire->population;
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item && names_only(questionnaire, where, population->margins[i].item))
            return &population->margins[i];
    return NULL;
}

/* Whether the expression takes in people whose category is not known, of whom no margin tells the number. */
static bool takes_unknown(const struct expression *where, const struct item *item, struct answer *answers) {
    for (enum answer_state state = ANSWER_NOT_ANSWERED; state <= ANSWER_NOT_ASKED; state++) {
        answers[item->index] = (struct answer){.state = state};
        if (state != ANSWER_GIVEN && expression_holds(where, answers))
            return true;
    }
    return false;
}

struct subset subset_of_expression(struct arena *arena, const struct questionnaire *questionnaire,
                                   const struct expression *where) {
    struct subset subset = {.margin = find_margin(questionnaire, where)};
    if (!subset.margin)
        return subset;
    /* The expression sees nothing but this item's answer, so each category can be asked once for all. */
    const struct item *item = subset.margin->item;
    struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
    if (takes_unknown(where, item, answers))
        return (struct subset){0};
    bool *is_selected = ARENA_NEW(arena, bool, item->question->option_count);
    for (size_t i = 0; i < item->question->option_count; i++) {
        answers[item->index] = (struct answer){.state = ANSWER_GIVEN, .choices = &i, .choice_count = 1};
        is_selected[i] = expression_holds(where, answers);
        if (is_selected[i])
            subset.population += subset.margin->sizes[i];
    }
    subset.is_selected = is_selected;
    return subset;
}
