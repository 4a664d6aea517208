#include "analysis/compare_match.h"

#include <string.h>

struct sides {
    const struct questionnaire *first, *second;
};

/* --- Wording --- */

/* Texts are compared in the languages that both waves declare. */
static bool is_reworded(const struct sides *sides, const struct wording *one, const struct wording *other) {
    for (size_t i = 0; i < sides->first->language_count; i++) {
        size_t j = questionnaire_language(sides->second, sides->first->languages[i]);
        if (j == sides->second->language_count)
            continue;
        const char *text = one->in ? one->in[i] : NULL, *later = other->in ? other->in[j] : NULL;
        if (text && later ? strcmp(text, later) != 0 : text != later)
            return true;
    }
    return false;
}

static bool any_reworded(const struct sides *sides, const struct compare_match *match) {
    const struct question *first = match->items[0]->question, *second = match->items[1]->question;
    if (is_reworded(sides, &first->text, &second->text) ||
        is_reworded(sides, &match->items[0]->text, &match->items[1]->text))
        return true;
    for (size_t i = 0; i < second->option_count; i++)
        if (is_reworded(sides, &first->options[match->options[i]].text, &second->options[i].text))
            return true;
    return false;
}

/* --- Whether they fit --- */

/* NULL if the codes are not the same ones; their order may differ. */
static const size_t *pair_options(struct arena *arena, const struct question *first,
                                  const struct question *second) {
    size_t *options = ARENA_NEW(arena, size_t, second->option_count);
    if (first->option_count != second->option_count)
        return NULL;
    for (size_t i = 0; i < second->option_count; i++) {
        options[i] = questionnaire_option(first, second->options[i].code);
        if (options[i] == first->option_count)
            return NULL;
    }
    return options;
}

static enum compare_match_fit check_options(const struct compare_match *match) {
    const struct question *first = match->items[0]->question, *second = match->items[1]->question;
    for (size_t i = 0; i < second->option_count; i++) {
        const struct option *one = &first->options[match->options[i]], *other = &second->options[i];
        if (one->favourable != other->favourable)
            return COMPARE_MATCH_FAVOURABLE;
        if (one->has_value != other->has_value || (one->has_value && one->value != other->value))
            return COMPARE_MATCH_VALUES;
    }
    return COMPARE_MATCH_FITS;
}

static enum compare_match_fit check(struct arena *arena, const struct sides *sides,
                                    struct compare_match *match) {
    const struct question *first = match->items[0]->question, *second = match->items[1]->question;
    if (first->type != second->type)
        return COMPARE_MATCH_TYPE;
    if (first->type == QUESTION_TEXT || first->type == QUESTION_DATE || first->type == QUESTION_RANKING)
        return COMPARE_MATCH_KIND;
    if (is_reworded(sides, &first->unit, &second->unit))
        return COMPARE_MATCH_UNIT;
    match->options = pair_options(arena, first, second);
    return match->options ? check_options(match) : COMPARE_MATCH_OPTIONS;
}

static struct compare_match match_item(struct arena *arena, const struct sides *sides,
                                       const struct item *item) {
    struct compare_match match = {.items = {questionnaire_item(sides->first, item->id), item},
                                  .fit = COMPARE_MATCH_ONLY_SECOND};
    if (!match.items[0])
        return match;
    match.fit = check(arena, sides, &match);
    if (match.fit != COMPARE_MATCH_FITS)
        return match;
    const struct question *first = match.items[0]->question, *second = item->question;
    match.reworded = any_reworded(sides, &match);
    match.other_refusals = !first->no_opinion.in != !second->no_opinion.in ||
                           !first->not_concerned.in != !second->not_concerned.in;
    return match;
}

const struct compare_match *compare_match_all(struct arena *arena, const struct questionnaire *first,
                                              const struct questionnaire *second, size_t *count) {
    const struct sides sides = {first, second};
    struct compare_match *matches =
        ARENA_NEW(arena, struct compare_match, first->item_count + second->item_count);
    *count = 0;
    for (size_t i = 0; i < second->item_count; i++)
        matches[(*count)++] = match_item(arena, &sides, &second->items[i]);
    for (size_t i = 0; i < first->item_count; i++)
        if (!questionnaire_item(second, first->items[i].id))
            matches[(*count)++] =
                (struct compare_match){.items = {&first->items[i], NULL}, .fit = COMPARE_MATCH_ONLY_FIRST};
    return matches;
}
