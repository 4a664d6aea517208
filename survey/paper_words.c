#include "survey/paper_words.h"

#include "model/base/text.h"
#include "model/expression_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct words {
    struct arena *arena;
    struct wording_language language;
};

#define SAY(words, message, ...)                                                                             \
    wording_say((words)->arena, (words)->language, MESSAGE_##message, (const struct hole[]){__VA_ARGS__, {0}})

static const char *count(struct arena *arena, size_t number) {
    return arena_format(arena, "%zu", number);
}

static const char *number(const struct words *words, double value) {
    char shortest[32];
    struct buffer text = {0};
    const char *point = strchr(text_shortest(value, shortest), '.');
    language_number(&text, wording_interface(words->language), value, point ? (int)strlen(point + 1) : 0);
    const char *copy = arena_copy(words->arena, buffer_text(&text));
    buffer_destroy(&text);
    return copy;
}

static const char *join(const struct words *words, const char *one, enum message between, const char *other) {
    return *one ? arena_format(words->arena, "%s%s%s", one,
                               wording_say(words->arena, words->language, between, NULL), other)
                : other;
}

/* --- what a condition names --- */

size_t paper_words_number(struct wording_language language, const struct question *question) {
    const struct questionnaire *questionnaire = language.questionnaire;
    size_t index = 0;
    while (index < questionnaire->question_count &&
           strcmp(questionnaire->questions[index].id, question->id) != 0)
        index++;
    return index + 1;
}

static const char *place_of(const struct words *words, const struct item *item) {
    const char *printed = count(words->arena, paper_words_number(words->language, item->question));
    if (!item->question->is_grid)
        return SAY(words, PAPER_PLACE, {"number", printed});
    return SAY(words, PAPER_PLACE_LINE, {"number", printed},
               {"line", wording_plain(words->arena, words->language, item->text)});
}

static const char *quote(const struct words *words, struct wording text) {
    return SAY(words, PAPER_QUOTED, {"answer", wording_plain(words->arena, words->language, text)});
}

/* --- comparisons --- */

/* The options of which a comparison is true, "“Yes” or “Rather”". */
static const char *answers_of(const struct words *words, const struct expression *leaf) {
    const struct question *question = leaf->item->question;
    if (leaf->kind == EXPRESSION_STATE)
        return quote(words,
                     leaf->state == ANSWER_NO_OPINION ? question->no_opinion : question->not_concerned);
    if (leaf->kind == EXPRESSION_HAS)
        return quote(words, question->options[leaf->option].text);
    const char *answers = "";
    for (size_t i = 0; i < question->option_count; i++) {
        struct answer answer = {.state = ANSWER_GIVEN, .choices = &i, .choice_count = 1};
        if (expression_leaf_holds(leaf, &answer))
            answers = join(words, answers, MESSAGE_PAPER_OR, quote(words, question->options[i].text));
    }
    return answers;
}

/* Whether the answer that is compared is one of a list. */
static bool is_choice(const struct expression *leaf) {
    switch (leaf->kind) {
    case EXPRESSION_OPTION:
    case EXPRESSION_HAS:
    case EXPRESSION_STATE:
        return true;
    case EXPRESSION_NUMBER:
        return leaf->item->question->option_count > 0;
    default:
        return false;
    }
}

static enum message choice_message(const struct expression *leaf, bool is_so) {
    bool several = leaf->item->question->type == QUESTION_MULTIPLE;
    if (several)
        return is_so ? MESSAGE_PAPER_IF_CROSSED : MESSAGE_PAPER_IF_NOT_CROSSED;
    return is_so ? MESSAGE_PAPER_IF_ANSWER : MESSAGE_PAPER_IF_NOT_ANSWER;
}

static const char *say_choice(const struct words *words, const struct expression *leaf, bool is_so,
                              const char *answers) {
    return wording_say(
        words->arena, words->language, choice_message(leaf, is_so),
        (const struct hole[]){{"answers", answers}, {"place", place_of(words, leaf->item)}, {0}});
}

static const char *say_value(const struct words *words, const struct expression *leaf) {
    static const enum message of_numbers[] = {
        [COMPARISON_EQUAL] = MESSAGE_PAPER_IF_EQUAL,
        [COMPARISON_UNEQUAL] = MESSAGE_PAPER_IF_UNEQUAL,
        [COMPARISON_LESS] = MESSAGE_PAPER_IF_LESS,
        [COMPARISON_LESS_OR_EQUAL] = MESSAGE_PAPER_IF_AT_MOST,
        [COMPARISON_GREATER] = MESSAGE_PAPER_IF_MORE,
        [COMPARISON_GREATER_OR_EQUAL] = MESSAGE_PAPER_IF_AT_LEAST,
    };
    static const enum message of_dates[] = {
        [COMPARISON_EQUAL] = MESSAGE_PAPER_IF_EQUAL,   [COMPARISON_UNEQUAL] = MESSAGE_PAPER_IF_UNEQUAL,
        [COMPARISON_LESS] = MESSAGE_PAPER_IF_BEFORE,   [COMPARISON_LESS_OR_EQUAL] = MESSAGE_PAPER_IF_UNTIL,
        [COMPARISON_GREATER] = MESSAGE_PAPER_IF_AFTER, [COMPARISON_GREATER_OR_EQUAL] = MESSAGE_PAPER_IF_SINCE,
    };
    bool is_date = leaf->kind == EXPRESSION_DATE;
    struct buffer day = {0};
    if (is_date)
        language_date(&day, wording_interface(words->language), leaf->date);
    const char *value = is_date ? buffer_text(&day) : number(words, leaf->number);
    const char *said =
        wording_say(words->arena, words->language, (is_date ? of_dates : of_numbers)[leaf->comparison],
                    (const struct hole[]){{"place", place_of(words, leaf->item)}, {"value", value}, {0}});
    buffer_destroy(&day);
    return said;
}

static const char *say_leaf(const struct words *words, const struct expression *leaf) {
    if (leaf->kind == EXPRESSION_ANSWERED)
        return SAY(words, PAPER_IF_ANSWERED, {"place", place_of(words, leaf->item)});
    return is_choice(leaf) ? say_choice(words, leaf, true, answers_of(words, leaf)) : say_value(words, leaf);
}

/* --- and, or, not --- */

static const char *say(const struct words *words, const struct expression *condition, bool is_inner);

/* Parts that ask for one answer or another to the same question are said in one: "“A” or “B”". */
static const struct expression *run_of(const struct expression *part) {
    const struct expression *last = part;
    while (is_choice(part) && last->next && is_choice(last->next) && last->next->item == part->item)
        last = last->next;
    return last;
}

static const char *say_any(const struct words *words, const struct expression *condition) {
    const char *text = "";
    for (const struct expression *part = condition->first; part; part = part->next) {
        const struct expression *last = part->kind > EXPRESSION_NOT ? run_of(part) : part;
        const char *answers = "";
        for (const struct expression *one = part; last != part && one != last->next; one = one->next)
            answers = join(words, answers, MESSAGE_PAPER_OR, answers_of(words, one));
        text = join(words, text, MESSAGE_PAPER_OR,
                    last != part ? say_choice(words, part, true, answers) : say(words, part, true));
        part = last;
    }
    return text;
}

static const char *say_all(const struct words *words, const struct expression *condition) {
    const char *text = "";
    for (const struct expression *part = condition->first; part; part = part->next)
        text = join(words, text, MESSAGE_PAPER_AND, say(words, part, true));
    return text;
}

static const char *say_not(const struct words *words, const struct expression *part) {
    if (part->kind == EXPRESSION_ANSWERED)
        return SAY(words, PAPER_IF_NOT_ANSWERED, {"place", place_of(words, part->item)});
    if (part->kind > EXPRESSION_NOT && is_choice(part))
        return say_choice(words, part, false, answers_of(words, part));
    return SAY(words, PAPER_IF_NOT, {"condition", say(words, part, false)});
}

/* The parts of a part are bracketed, since "and" and "or" side by side would leave the reader in doubt. */
static const char *say(const struct words *words, const struct expression *condition, bool is_inner) {
    switch (condition->kind) {
    case EXPRESSION_NOT:
        return say_not(words, condition->first);
    case EXPRESSION_ANY:
    case EXPRESSION_ALL: {
        bool is_any = condition->kind == EXPRESSION_ANY;
        const char *text = is_any ? say_any(words, condition) : say_all(words, condition);
        return is_inner ? arena_format(words->arena, "(%s)", text) : text;
    }
    default:
        return say_leaf(words, condition);
    }
}

const char *paper_words_condition(struct arena *arena, struct wording_language language,
                                  const struct expression *condition) {
    return say(&(struct words){arena, language}, condition, false);
}

const char *paper_words_route(struct arena *arena, struct wording_language language, const char *condition,
                              size_t first, size_t last) {
    bool is_end = last == language.questionnaire->question_count, is_run = first < last;
    enum message message = is_end ? (is_run ? MESSAGE_PAPER_ROUTE_LAST_RUN : MESSAGE_PAPER_ROUTE_LAST)
                                  : (is_run ? MESSAGE_PAPER_ROUTE_RUN : MESSAGE_PAPER_ROUTE_ONE);
    return wording_say(arena, language, message,
                       (const struct hole[]){{"condition", condition},
                                             {"first", count(arena, first)},
                                             {"last", count(arena, last)},
                                             {"next", count(arena, last + 1)},
                                             {0}});
}

const char *paper_words_offer(struct arena *arena, struct wording_language language,
                              const struct option *option) {
    const struct words words = {arena, language};
    return option->when ? SAY(&words, PAPER_ONLY_IF,
                              {"condition", paper_words_condition(arena, language, option->when)})
                        : NULL;
}

/* --- how much is asked for --- */

/* A limit is the author's to say on the screen, where the help says it: it is not said twice. */
static const char *say_several(const struct words *words, const struct question *question) {
    size_t least = question->at_least, most = question->at_most;
    bool is_open = most >= question->option_count;
    const struct hole holes[] = {
        {"least", count(words->arena, least)}, {"most", count(words->arena, most)}, {0}};
    enum message message = is_open ? (least > 1 ? MESSAGE_PAPER_SEVERAL_AT_LEAST : MESSAGE_PAPER_SEVERAL)
                           : least == most ? MESSAGE_PAPER_SEVERAL_EXACTLY
                           : least > 1     ? MESSAGE_PAPER_SEVERAL_BETWEEN
                                           : MESSAGE_PAPER_SEVERAL_AT_MOST;
    bool is_told = message != MESSAGE_PAPER_SEVERAL && wording_exists(question->help);
    return most == 1 || is_told ? "" : wording_say(words->arena, words->language, message, holes);
}

static const char *say_range(const struct words *words, const struct question *question) {
    bool has_least = isfinite(question->minimum), has_most = isfinite(question->maximum);
    if (!has_least && !has_most)
        return "";
    const struct hole holes[] = {{"least", has_least ? number(words, question->minimum) : ""},
                                 {"most", has_most ? number(words, question->maximum) : ""},
                                 {0}};
    enum message message = !has_most    ? MESSAGE_PAPER_FROM
                           : !has_least ? MESSAGE_PAPER_UP_TO
                                        : MESSAGE_PAPER_BETWEEN;
    return wording_say(words->arena, words->language, message, holes);
}

static const char *say_amount(const struct words *words, const struct question *question) {
    switch (question->type) {
    case QUESTION_MULTIPLE:
        return say_several(words, question);
    case QUESTION_RANKING:
        return wording_say(words->arena, words->language, MESSAGE_PAPER_RANKING, NULL);
    case QUESTION_NUMBER:
        return say_range(words, question);
    case QUESTION_DATE:
        return wording_say(words->arena, words->language, MESSAGE_PAPER_DATE, NULL);
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
    case QUESTION_TEXT:
        return "";
    }
    abort();
}

const char *paper_words_hint(struct arena *arena, struct wording_language language,
                             const struct question *question) {
    const struct words words = {arena, language};
    const char *amount = say_amount(&words, question);
    const char *required =
        question->required ? wording_say(arena, language, MESSAGE_FORM_REQUIRED, NULL) : "";
    if (!*amount && !*required)
        return NULL;
    return arena_format(arena, "%s%s%s", amount, *amount && *required ? " " : "", required);
}
