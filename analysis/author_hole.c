#include "analysis/author_hole.h"

#include "model/suggestion.h"

#include <string.h>

/* Words that a hole begins with, besides those of figures. */
enum word {
    WORD_IF,
    WORD_ELSE,
    WORD_END,
    WORD_CLAIM,
    WORD_LANGUAGE,
    WORD_TITLE,
    WORD_ORGANISATION,
    WORD_CONFIDENCE,
    WORD_QUESTION,
    WORD_OPTION,
    WORD_FINDING,
    WORD_CHART,
    WORD_TABLE,
    WORD_THEMES,
    WORD_QUOTES,
    WORD_PART,
    WORD_COUNT
};

static const char *const words[WORD_COUNT] = {
    [WORD_IF] = "if",
    [WORD_ELSE] = "else",
    [WORD_END] = "end",
    [WORD_CLAIM] = "claim",
    [WORD_LANGUAGE] = "language",
    [WORD_TITLE] = "title",
    [WORD_ORGANISATION] = "organisation",
    [WORD_CONFIDENCE] = "confidence",
    [WORD_QUESTION] = "question",
    [WORD_OPTION] = "option",
    [WORD_FINDING] = "finding",
    [WORD_CHART] = "chart",
    [WORD_TABLE] = "table",
    [WORD_THEMES] = "themes",
    [WORD_QUOTES] = "quotes",
    [WORD_PART] = "part",
};

static const char *const parts[] = {
    [PART_KEY_FIGURES] = "key-figures", [PART_PARTICIPATION] = "participation",
    [PART_QUESTIONS] = "questions",     [PART_RELATIONS] = "relations",
    [PART_WEIGHTS] = "weights",         [PART_METHOD] = "method",
    [PART_GROUPS] = "groups",           [PART_TESTS] = "tests",
};

enum { PART_NAMES = sizeof parts / sizeof *parts, QUOTES_MOST = 100 };

const char *const *author_hole_parts(size_t *count) {
    *count = PART_NAMES;
    return parts;
}

bool author_hole_is_block(const struct author_piece *piece) {
    return piece->kind >= AUTHOR_CHART && piece->kind <= AUTHOR_PART;
}

/* The hole being read. */
struct hole_reading {
    struct author_tokens *tokens;
    const struct author_scope *scope;
    struct author_piece *piece;
};

static bool complain(const struct hole_reading *reading, const struct author_token *token, const char *text) {
    diagnostics_error(reading->tokens->diagnostics, author_tokens_place(reading->tokens, token), "%s", text);
    return false;
}

static void suggest(const struct hole_reading *reading, const struct author_token *token, const char *what,
                    const char *const *candidates, size_t count) {
    const struct suggestion suggestion = {.place = author_tokens_place(reading->tokens, token),
                                          .what = what,
                                          .word = token->text,
                                          .candidates = candidates,
                                          .count = count};
    suggestion_error(reading->tokens->arena, reading->tokens->diagnostics, &suggestion);
}

/* --- what stands behind the first word --- */

static bool read_item(const struct hole_reading *reading, bool grids) {
    const struct author_token *token = author_tokens_peek(reading->tokens);
    const struct item *item = author_figure_read_item(reading->tokens, reading->scope, grids);
    reading->piece->item = item;
    if (item && (!item->question->is_grid || strcmp(token->text, item->question->id) == 0))
        reading->piece->question = item->question;
    return item != NULL;
}

static bool read_open_item(const struct hole_reading *reading) {
    const struct author_token *token = author_tokens_peek(reading->tokens);
    if (!read_item(reading, false))
        return false;
    return reading->piece->item->question->type == QUESTION_TEXT ||
           complain(reading, token, "this is no question with open answers");
}

static bool read_option(const struct hole_reading *reading) {
    if (!read_item(reading, true))
        return false;
    if (!author_tokens_accept(reading->tokens, ":"))
        return author_tokens_expected(reading->tokens, "a colon and the code of an answer");
    const struct author_token *token = author_tokens_take(reading->tokens, AUTHOR_WORD);
    if (!token)
        return author_tokens_expected(reading->tokens, "the code of an answer");
    const struct question *question = reading->piece->item->question;
    reading->piece->option = questionnaire_option(question, token->text);
    if (reading->piece->option < question->option_count)
        return true;
    const char **codes = ARENA_NEW(reading->tokens->arena, const char *, question->option_count + 1);
    for (size_t i = 0; i < question->option_count; i++)
        codes[i] = question->options[i].code;
    suggest(reading, token, "answer", codes, question->option_count);
    return false;
}

static bool read_table(const struct hole_reading *reading) {
    const struct author_token *token = author_tokens_peek(reading->tokens);
    reading->piece->by = reading->scope->by.count;
    if (!read_item(reading, true))
        return false;
    if (reading->piece->item->question->type == QUESTION_TEXT)
        return complain(reading, token, "open answers have no table: use themes or quotes");
    if (!author_tokens_accept(reading->tokens, "by"))
        return true;
    token = author_tokens_peek(reading->tokens);
    reading->piece->by = author_figure_read_breakdown(reading->tokens, reading->scope);
    if (reading->piece->by == reading->scope->by.count)
        return false;
    return !breakdown_names(&reading->scope->by.all[reading->piece->by], reading->piece->item) ||
           complain(reading, token, "a question is not broken down by itself");
}

static bool read_quotes(const struct hole_reading *reading) {
    const struct author_token *name = author_tokens_peek(reading->tokens);
    if (!read_open_item(reading))
        return false;
    if (reading->piece->item->question->never_quoted)
        return complain(reading, name,
                        arena_format(reading->tokens->arena,
                                     "the answers to \"%s\" are not to be quoted: the questionnaire says"
                                     " \"quote: never\"; {{themes %s}} gives their themes",
                                     reading->piece->item->id, reading->piece->item->id));
    const struct author_token *theme = author_tokens_take(reading->tokens, AUTHOR_STRING);
    reading->piece->text = theme ? theme->text : NULL;
    const struct author_token *count = author_tokens_take(reading->tokens, AUTHOR_WORD);
    reading->piece->most = QUOTES_MOST;
    if (!count)
        return true;
    size_t most = 0;
    const char *at = count->text;
    while (*at >= '0' && *at <= '9' && most <= QUOTES_MOST)
        most = 10 * most + (size_t)(*at++ - '0');
    reading->piece->most = most;
    return (!*at && most > 0 && most <= QUOTES_MOST) ||
           complain(reading, count, "how many quotations: a number from 1 to 100");
}

static bool read_chart(const struct hole_reading *reading) {
    const struct author_token *token = author_tokens_take(reading->tokens, AUTHOR_WORD);
    if (!token)
        return author_tokens_expected(reading->tokens, "the name of a chart");
    reading->piece->text = token->text;
    return true;
}

static bool read_part(const struct hole_reading *reading) {
    const struct author_token *token = author_tokens_take(reading->tokens, AUTHOR_WORD);
    if (!token)
        return author_tokens_expected(reading->tokens, "a part of the report");
    for (size_t i = 0; i < PART_NAMES; i++)
        if (!strcmp(parts[i], token->text)) {
            reading->piece->part = (enum report_part)i;
            return true;
        }
    suggest(reading, token, "part", parts, PART_NAMES);
    return false;
}

static bool read_condition(const struct hole_reading *reading) {
    reading->piece->condition = author_condition_read(reading->tokens, reading->scope);
    return reading->piece->condition != NULL;
}

static bool read_language(const struct hole_reading *reading, size_t *language) {
    const struct questionnaire *questionnaire = reading->scope->questionnaire;
    const struct author_token *token = author_tokens_take(reading->tokens, AUTHOR_WORD);
    if (!token)
        return author_tokens_expected(reading->tokens, "a language of the questionnaire");
    *language = questionnaire_language(questionnaire, token->text);
    if (*language < questionnaire->language_count)
        return true;
    suggest(reading, token, "language", questionnaire->languages, questionnaire->language_count);
    return false;
}

/* --- the hole --- */

static bool read_figure(const struct hole_reading *reading) {
    reading->piece->kind = AUTHOR_FIGURE;
    if (author_figure_begins(reading->tokens)) {
        reading->piece->figure = author_figure_read(reading->tokens, reading->scope);
        return reading->piece->figure != NULL;
    }
    const struct author_token *token = author_tokens_take(reading->tokens, AUTHOR_WORD);
    if (!token)
        return author_tokens_expected(reading->tokens, "a figure or a command");
    size_t count;
    const char *const *figures = author_figure_names(&count);
    const char **all = ARENA_NEW(reading->tokens->arena, const char *, count + WORD_COUNT);
    memcpy(all, words, sizeof words);
    memcpy(all + WORD_COUNT, figures, count * sizeof *figures);
    suggest(reading, token, "hole", all, count + WORD_COUNT);
    return false;
}

static bool read_word(const struct hole_reading *reading, enum word word) {
    static const enum author_piece_kind kinds[WORD_COUNT] = {
        [WORD_IF] = AUTHOR_IF,
        [WORD_CLAIM] = AUTHOR_CLAIM,
        [WORD_TITLE] = AUTHOR_TITLE,
        [WORD_ORGANISATION] = AUTHOR_ORGANISATION,
        [WORD_CONFIDENCE] = AUTHOR_CONFIDENCE,
        [WORD_QUESTION] = AUTHOR_QUESTION,
        [WORD_OPTION] = AUTHOR_OPTION,
        [WORD_FINDING] = AUTHOR_FINDING,
        [WORD_CHART] = AUTHOR_CHART,
        [WORD_TABLE] = AUTHOR_TABLE,
        [WORD_THEMES] = AUTHOR_THEMES,
        [WORD_QUOTES] = AUTHOR_QUOTES,
        [WORD_PART] = AUTHOR_PART,
    };
    reading->piece->kind = kinds[word];
    switch (word) {
    case WORD_IF:
    case WORD_CLAIM:
        return read_condition(reading);
    case WORD_QUESTION:
        return read_item(reading, true);
    case WORD_OPTION:
        return read_option(reading);
    case WORD_FINDING:
        return read_item(reading, false);
    case WORD_CHART:
        return read_chart(reading);
    case WORD_TABLE:
        return read_table(reading);
    case WORD_THEMES:
        return read_open_item(reading);
    case WORD_QUOTES:
        return read_quotes(reading);
    case WORD_PART:
        return read_part(reading);
    default:
        return true;
    }
}

static enum author_hole_kind read(const struct hole_reading *reading, size_t *language) {
    enum word word = 0;
    while (word < WORD_COUNT && !author_tokens_accept(reading->tokens, words[word]))
        word++;
    if (word == WORD_LANGUAGE)
        return read_language(reading, language) ? AUTHOR_HOLE_LANGUAGE : AUTHOR_HOLE_WRONG;
    if (word == WORD_ELSE || word == WORD_END)
        return word == WORD_ELSE ? AUTHOR_HOLE_ELSE : AUTHOR_HOLE_END;
    bool good = word == WORD_COUNT ? read_figure(reading) : read_word(reading, word);
    return good ? AUTHOR_HOLE_PIECE : AUTHOR_HOLE_WRONG;
}

enum author_hole_kind author_hole_read(struct author_tokens *tokens, const struct author_scope *scope,
                                       struct author_piece *piece, size_t *language) {
    const struct hole_reading reading = {tokens, scope, piece};
    enum author_hole_kind kind = read(&reading, language);
    if (kind == AUTHOR_HOLE_WRONG || author_tokens_peek(tokens)->kind == AUTHOR_END)
        return kind;
    author_tokens_expected(tokens, "the end of the hole");
    return AUTHOR_HOLE_WRONG;
}
