/* Checking what was entered, item by item in the order of the questionnaire: routing looks back only, so that
 * every answer an expression names is settled before it is asked for. */
#include "model/answer.h"
#include "model/base/text.h"
#include "model/expression.h"

#include <math.h>
#include <string.h>

struct check {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    enum channel channel;
    struct answer *answers;
    struct problem *problems;
    size_t count, capacity, errors;
};

/* What was entered for one item: the values that are not blank, trimmed unless it is a text. */
struct words {
    const char **all;
    size_t count;
};

/* On paper people skip and stray; what a form would have prevented is dropped there, not refused. */
static bool is_warning(enum channel channel, enum problem_kind kind) {
    if (channel != CHANNEL_PAPER)
        return false;
    return kind == PROBLEM_REQUIRED || kind == PROBLEM_TOO_FEW || kind == PROBLEM_NOT_ASKED ||
           kind == PROBLEM_NOT_OFFERED || kind == PROBLEM_SPECIFY_ALONE;
}

static void note(struct check *check, const struct item *item, enum problem_kind kind, const char *value) {
    if (check->count == check->capacity) {
        size_t capacity = check->capacity ? check->capacity * 2 : 8;
        struct problem *larger = ARENA_NEW(check->arena, struct problem, capacity);
        if (check->count)
            memcpy(larger, check->problems, check->count * sizeof *larger);
        check->problems = larger;
        check->capacity = capacity;
    }
    bool warning = is_warning(check->channel, kind);
    check->problems[check->count++] =
        (struct problem){.item = item, .kind = kind, .warning = warning, .value = value};
    check->errors += !warning;
}

/* How many bytes the blank at `at` has, 0 if there is none: ASCII blanks and U+00A0, U+2007, U+2009, U+202F,
 * which French typing puts into numbers and before punctuation. */
static size_t blank_size(const char *at) {
    static const char *const wide[] = {"\u00A0", "\u2007", "\u2009", "\u202F"};
    if (*at && strchr(" \t\r\n", *at))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (!strncmp(at, wide[i], strlen(wide[i])))
            return strlen(wide[i]);
    return 0;
}

/* `text` without the blanks around it, copied only if there are any behind it. */
static const char *trim(struct arena *arena, const char *text) {
    for (size_t size; (size = blank_size(text));)
        text += size;
    size_t length = 0;
    for (size_t at = 0; text[at];) {
        size_t size = blank_size(text + at);
        at += size ? size : 1;
        if (!size)
            length = at;
    }
    return text[length] ? arena_copy_bytes(arena, text, length) : text;
}

static bool is_blank(const char *text) {
    for (size_t size; (size = blank_size(text));)
        text += size;
    return !*text;
}

static struct words collect(struct check *check, const struct entry *entry, bool trimmed) {
    struct words words = {ARENA_NEW(check->arena, const char *, entry->value_count), 0};
    for (size_t i = 0; i < entry->value_count; i++) {
        const char *value = entry->values[i];
        if (value && !is_blank(value))
            words.all[words.count++] = trimmed ? trim(check->arena, value) : value;
    }
    return words;
}

bool answer_is_asked(const struct questionnaire *questionnaire, const struct item *item,
                     const struct answer *answers) {
    const struct question *question = item->question;
    const struct expression *page = questionnaire->pages[question->page].when;
    if (page && !expression_holds(page, answers))
        return false;
    return !question->when || expression_holds(question->when, answers);
}

bool answer_page_is_asked(const struct questionnaire *questionnaire, size_t page,
                          const struct answer *answers) {
    const struct page *shown = &questionnaire->pages[page];
    if (shown->when && !expression_holds(shown->when, answers))
        return false;
    for (size_t i = 0; i < shown->question_count; i++) {
        const struct expression *when = shown->questions[i].when;
        /* A condition on an answer of this page is settled only when the page has been filled in. */
        if (!when || expression_holds(when, answers))
            return true;
    }
    return false;
}

static bool is_offered(const struct check *check, const struct option *option) {
    return !option->when || expression_holds(option->when, check->answers);
}

static size_t count_offered(const struct check *check, const struct question *question) {
    size_t count = 0;
    for (size_t i = 0; i < question->option_count; i++)
        count += is_offered(check, &question->options[i]);
    return count;
}

/* ANSWER_GIVEN stands for: no such word, or not one that this question offers. */
static enum answer_state state_word(const struct question *question, const char *word) {
    if (question->no_opinion.in && !strcmp(word, "no_opinion"))
        return ANSWER_NO_OPINION;
    if (question->not_concerned.in && !strcmp(word, "not_concerned"))
        return ANSWER_NOT_CONCERNED;
    return ANSWER_GIVEN;
}

/* Settles "no opinion" and "not concerned"; false if the words are a substantive answer. */
static bool settle_state(struct check *check, const struct item *item, struct words words,
                         struct answer *answer) {
    /* Only a choice can be mixed up with them: a text of several words has one value. */
    for (size_t i = 0; i < words.count; i++) {
        enum answer_state state = state_word(item->question, words.all[i]);
        if (state == ANSWER_GIVEN)
            continue;
        if (words.count > 1)
            note(check, item, PROBLEM_SEVERAL, words.all[i]);
        answer->state = state;
        return true;
    }
    return false;
}

static void give(struct answer *answer, const size_t *choices, size_t count) {
    if (count == 0)
        return;
    *answer = (struct answer){.state = ANSWER_GIVEN, .choices = choices, .choice_count = count};
}

/* The options that the words name, without those not offered; `*count` of them. */
static size_t *read_codes(struct check *check, const struct item *item, struct words words, size_t *count) {
    const struct question *question = item->question;
    size_t *choices = ARENA_NEW(check->arena, size_t, words.count);
    *count = 0;
    for (size_t i = 0; i < words.count; i++) {
        size_t option = questionnaire_option(question, words.all[i]);
        if (option == question->option_count)
            note(check, item, PROBLEM_UNKNOWN_CODE, words.all[i]);
        else if (!is_offered(check, &question->options[option]))
            note(check, item, PROBLEM_NOT_OFFERED, words.all[i]);
        else
            choices[(*count)++] = option;
    }
    return choices;
}

static void settle_single(struct check *check, const struct item *item, struct words words,
                          struct answer *answer) {
    if (words.count > 1) {
        note(check, item, PROBLEM_SEVERAL, words.all[1]);
        return;
    }
    size_t count;
    const size_t *choices = read_codes(check, item, words, &count);
    give(answer, choices, count);
}

/* Notes a code that stands twice; false if there is one. */
static bool all_different(struct check *check, const struct item *item, const size_t *choices, size_t count) {
    bool *seen = ARENA_NEW(check->arena, bool, item->question->option_count);
    for (size_t i = 0; i < count; i++) {
        if (seen[choices[i]]) {
            note(check, item, PROBLEM_REPEATED, item->question->options[choices[i]].code);
            return false;
        }
        seen[choices[i]] = true;
    }
    return true;
}

static void sort_choices(size_t *choices, size_t count, size_t option_count, struct arena *arena) {
    bool *chosen = ARENA_NEW(arena, bool, option_count);
    for (size_t i = 0; i < count; i++)
        chosen[choices[i]] = true;
    for (size_t option = 0, at = 0; option < option_count; option++)
        if (chosen[option])
            choices[at++] = option;
}

static void check_amount(struct check *check, const struct item *item, const size_t *choices, size_t count) {
    const struct question *question = item->question;
    for (size_t i = 0; i < count; i++) {
        if (!question->options[choices[i]].exclusive)
            continue;
        if (count > 1)
            note(check, item, PROBLEM_EXCLUSIVE, question->options[choices[i]].code);
        return; /* alone it is a whole answer, whatever `at_least` says */
    }
    if (count > question->at_most)
        note(check, item, PROBLEM_TOO_MANY, NULL);
    size_t least = question->type == QUESTION_MULTIPLE ? question->at_least : 0;
    if (count && count < least && count < count_offered(check, question))
        note(check, item, PROBLEM_TOO_FEW, NULL);
}

static void settle_several(struct check *check, const struct item *item, struct words words,
                           struct answer *answer) {
    size_t errors = check->errors, count;
    size_t *choices = read_codes(check, item, words, &count);
    if (check->errors > errors || !all_different(check, item, choices, count))
        return;
    if (item->question->type == QUESTION_MULTIPLE)
        sort_choices(choices, count, item->question->option_count, check->arena);
    check_amount(check, item, choices, count);
    give(answer, choices, count);
}

/* The digits behind the point that mean something: 2.50 has one, 3.0 none. */
static unsigned count_decimals(const char *text, unsigned written) {
    size_t length = strlen(text);
    while (written && text[length - 1] == '0')
        written--, length--;
    return written;
}

static void settle_number(struct check *check, const struct item *item, const char *word,
                          struct answer *answer) {
    const struct question *question = item->question;
    double number;
    unsigned decimals;
    if (!text_number(word, true, &number, &decimals))
        note(check, item, PROBLEM_NOT_A_NUMBER, word);
    else if (number < question->minimum || number < -ANSWER_NUMBER_MOST)
        note(check, item, PROBLEM_TOO_SMALL, word);
    else if (number > question->maximum || number > ANSWER_NUMBER_MOST)
        note(check, item, PROBLEM_TOO_LARGE, word);
    else if (count_decimals(word, decimals) > question->decimals)
        note(check, item, PROBLEM_TOO_PRECISE, word);
    else /* adding zero turns a typed -0 into 0 */
        *answer = (struct answer){.state = ANSWER_GIVEN, .number = number + 0.0};
}

static void settle_date(struct check *check, const struct item *item, const char *word,
                        struct answer *answer) {
    if (text_is_date(word))
        *answer = (struct answer){.state = ANSWER_GIVEN, .text = arena_copy(check->arena, word)};
    else
        note(check, item, PROBLEM_NOT_A_DATE, word);
}

/* A copy with every line end as LF. Browsers send CRLF, old files a lone CR. */
static char *normalise_lines(struct arena *arena, const char *text) {
    char *copy = arena_copy(arena, text), *to = copy;
    for (const char *from = copy; *from; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    *to = '\0';
    return copy;
}

static bool has_control(const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if ((*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7F || (*at == 0xC2 && at[1] < 0xA0))
            return true;
    return false;
}

/* The text as it is kept; NULL after a problem. */
static const char *read_text(struct check *check, const struct item *item, const char *text, size_t most) {
    const char *kept = normalise_lines(check->arena, text);
    if (has_control(kept))
        note(check, item, PROBLEM_CONTROL, NULL);
    else if (text_characters(kept) > most)
        note(check, item, PROBLEM_TOO_LONG, NULL);
    else
        return kept;
    return NULL;
}

static void settle_text(struct check *check, const struct item *item, const char *word,
                        struct answer *answer) {
    const char *kept = read_text(check, item, word, item->question->maximum_length);
    if (kept)
        *answer = (struct answer){.state = ANSWER_GIVEN, .text = kept};
}

static void settle_specify(struct check *check, const struct item *item, const char *words,
                           struct answer *answer) {
    if (!words || is_blank(words))
        return;
    bool beside = false;
    for (size_t i = 0; i < answer->choice_count; i++)
        beside = beside || item->question->options[answer->choices[i]].specify;
    if (beside)
        answer->specify = read_text(check, item, words, ANSWER_SPECIFY_MOST);
    else if (check->channel == CHANNEL_PAPER)
        note(check, item, PROBLEM_SPECIFY_ALONE, words);
}

static void settle_words(struct check *check, const struct item *item, struct words words,
                         struct answer *answer) {
    enum question_type type = item->question->type;
    if (settle_state(check, item, words, answer))
        return;
    if (type == QUESTION_SINGLE || type == QUESTION_SCALE)
        settle_single(check, item, words, answer);
    else if (type == QUESTION_MULTIPLE || type == QUESTION_RANKING)
        settle_several(check, item, words, answer);
    else if (words.count > 1)
        note(check, item, PROBLEM_SEVERAL, words.all[1]);
    else if (type == QUESTION_NUMBER)
        settle_number(check, item, words.all[0], answer);
    else if (type == QUESTION_DATE)
        settle_date(check, item, words.all[0], answer);
    else
        settle_text(check, item, words.all[0], answer);
}

/* A question all of whose options are routed away cannot be answered, so it must not hold anyone up. */
static bool can_be_answered(const struct check *check, const struct question *question) {
    return question->option_count == 0 || question->no_opinion.in || question->not_concerned.in ||
           count_offered(check, question) > 0;
}

static void settle(struct check *check, const struct item *item, const struct entry *entry) {
    const struct question *question = item->question;
    struct answer *answer = &check->answers[item->index];
    *answer = (struct answer){.state = ANSWER_NOT_ANSWERED};
    struct words words = collect(check, entry, question->type != QUESTION_TEXT);
    if (entry->not_asked || !answer_is_asked(check->questionnaire, item, check->answers)) {
        answer->state = ANSWER_NOT_ASKED;
        if (words.count && check->channel == CHANNEL_PAPER)
            note(check, item, PROBLEM_NOT_ASKED, words.all[0]);
        return;
    }
    size_t errors = check->errors;
    if (words.count)
        settle_words(check, item, words, answer);
    else if (question->required && can_be_answered(check, question))
        note(check, item, PROBLEM_REQUIRED, NULL);
    if (check->errors == errors)
        settle_specify(check, item, entry->specify, answer);
    if (check->errors > errors)
        *answer = (struct answer){.state = ANSWER_NOT_ANSWERED};
}

struct problems answer_check(struct arena *arena, const struct questionnaire *questionnaire,
                             const struct entry *entries, enum channel channel, struct answer *answers) {
    struct check check = {
        .arena = arena, .questionnaire = questionnaire, .channel = channel, .answers = answers};
    for (size_t i = 0; i < questionnaire->item_count; i++)
        settle(&check, &questionnaire->items[i], &entries[i]);
    return (struct problems){.all = check.problems, .count = check.count, .any_error = check.errors > 0};
}
