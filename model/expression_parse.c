#include "model/expression_tree.h"

#include "model/base/text.h"
#include "model/suggestion.h"

#include <string.h>

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_COMPARISON,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_STRAY /* what has no place in an expression */
};

struct token {
    enum token_kind kind;
    const char *text;
    struct place place;
    enum comparison comparison;
};

struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct expression_scope *scope;
    const char *at;     /* behind the current token */
    struct place place; /* of `at` */
    struct token token;
    unsigned depth;
    const struct item *last_item; /* of the comparison before: for "role = member or facilitator" */
    bool failed;
};

static struct expression *parse_any(struct parser *parser);

/* --- words --- */

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '.' || byte == '-' || (unsigned char)byte >= 0xC2;
}

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void skip_space(struct parser *parser) {
    for (; *parser->at && strchr(" \t\r\n", *parser->at); parser->at++) {
        parser->place.column++;
        if (*parser->at == '\n') {
            parser->place.line++;
            parser->place.column = 1;
        }
    }
}

static void take_token(struct parser *parser, enum token_kind kind, size_t length) {
    parser->token.kind = kind;
    parser->token.text = arena_copy_bytes(parser->arena, parser->at, length);
    parser->token.place = parser->place;
    parser->token.place.length = (unsigned)text_characters(parser->token.text);
    parser->at += length;
    parser->place.column += parser->token.place.length;
}

static bool take_comparison(struct parser *parser) {
    static const struct {
        const char *sign;
        enum comparison comparison;
    } all[] = {
        {"!=", COMPARISON_UNEQUAL}, {"<=", COMPARISON_LESS_OR_EQUAL}, {">=", COMPARISON_GREATER_OR_EQUAL},
        {"=", COMPARISON_EQUAL},    {"<", COMPARISON_LESS},           {">", COMPARISON_GREATER}};
    size_t length = strspn(parser->at, "=<>!&|~");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strlen(all[i].sign) == length && !strncmp(parser->at, all[i].sign, length)) {
            take_token(parser, TOKEN_COMPARISON, length);
            parser->token.comparison = all[i].comparison;
            return true;
        }
    if (length)
        take_token(parser, TOKEN_STRAY, length);
    return length > 0;
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Also what no word may have, so that 31/12/2024, 3,5 and ≠ are one wrong word each. */
static size_t measure_word(const char *at) {
    size_t length = 0;
    while (is_word_byte(at[length]) || (length && (is_continuation(at[length]) ||
                                                   (at[length] && strchr("/,", at[length]) &&
                                                    is_digit(at[length - 1]) && is_digit(at[length + 1])))))
        length++;
    return length;
}

static void next_token(struct parser *parser) {
    skip_space(parser);
    size_t length = measure_word(parser->at);
    if (*parser->at == '\0')
        take_token(parser, TOKEN_END, 0);
    else if (length)
        take_token(parser, TOKEN_WORD, length);
    else if (*parser->at == '(' || *parser->at == ')')
        take_token(parser, *parser->at == '(' ? TOKEN_OPEN : TOKEN_CLOSE, 1);
    else if (!take_comparison(parser))
        take_token(parser, TOKEN_STRAY, 1);
}

static bool is_word(const struct parser *parser, const char *word) {
    return parser->token.kind == TOKEN_WORD && !strcmp(parser->token.text, word);
}

static bool is_joint(const struct parser *parser) {
    return is_word(parser, "and") || is_word(parser, "or") || is_word(parser, "not");
}

/* --- mistakes --- */

/* What people write from the habit of other languages, and how it is written here. */
static const char *usual_slip(const char *word) {
    static const char *const slips[][2] = {{"==", "="},         {"=<", "<="},
                                           {"=>", ">="},        {"<>", "!="},
                                           {"~=", "!="},        {"\u2260", "!="},
                                           {"\u2264", "<="},    {"\u2265", ">="},
                                           {"&&", "and"},       {"&", "and"},
                                           {"||", "or"},        {"|", "or"},
                                           {"!", "not"},        {"and", "and"},
                                           {"or", "or"},        {"not", "not"},
                                           {"has", "has"},      {"et", "and"},
                                           {"ou", "or"},        {"non", "not"},
                                           {"is", "="},         {"includes", "has"},
                                           {"contains", "has"}, {"in", "has"},
                                           {"contient", "has"}, {"answered", "answered"}};
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (text_same_letters(slips[i][0], word))
            return slips[i][1];
    return NULL;
}

/* A mistake of grammar ends the expression: what follows cannot be understood. */
static void fail_expected(struct parser *parser, const char *expected) {
    const struct token *token = &parser->token;
    parser->failed = true;
    if (token->kind == TOKEN_END) {
        diagnostics_error(parser->diagnostics, token->place, "the condition ends too early: expected %s",
                          expected);
        return;
    }
    const char *right = usual_slip(token->text);
    if (token->kind == TOKEN_STRAY && strchr("\"'`$", *token->text))
        diagnostics_error(parser->diagnostics, token->place,
                          "unexpected %s: questions and codes are written without quotes or signs",
                          token->text);
    else if (right && strcmp(right, token->text) != 0)
        diagnostics_error(parser->diagnostics, token->place, "unexpected \"%s\": write \"%s\"", token->text,
                          right);
    else
        diagnostics_error(parser->diagnostics, token->place, "unexpected \"%s\": expected %s", token->text,
                          expected);
}

static void report_unknown(struct parser *parser, const struct token *token, const char *what,
                           const char *const *candidates, size_t count) {
    parser->failed = true;
    suggestion_error(parser->arena, parser->diagnostics,
                     &(struct suggestion){token->place, what, token->text, candidates, count});
}

static void report_grid(struct parser *parser, const struct token *token, const struct question *grid) {
    parser->failed = true;
    diagnostics_error(parser->diagnostics, token->place,
                      "\"%s\" is a grid; name one of its items instead, such as \"%s\"", token->text,
                      grid->items[0].id);
}

static void report_question(struct parser *parser, const struct token *token) {
    const struct expression_scope *scope = parser->scope;
    if (parser->last_item) {
        const struct question *last = parser->last_item->question;
        bool several = last->type == QUESTION_MULTIPLE || last->type == QUESTION_RANKING;
        if (questionnaire_option(last, token->text) < last->option_count) {
            parser->failed = true;
            diagnostics_error(parser->diagnostics, token->place,
                              "\"%s\" is an answer, not a question: write \"%s %s %s\"", token->text,
                              parser->last_item->id, several ? "has" : "=", token->text);
            return;
        }
    }
    struct arena *scratch = arena_create();
    const char **ids = ARENA_NEW(scratch, const char *, scope->item_count);
    for (size_t i = 0; i < scope->item_count; i++)
        ids[i] = scope->items[i].id;
    report_unknown(parser, token, "question", ids, scope->item_count);
    arena_destroy(scratch);
}

static const struct item *find_item(struct parser *parser, const struct token *token) {
    const struct expression_scope *scope = parser->scope;
    for (size_t i = 0; i < scope->known_count; i++) {
        const struct item *item = &scope->items[i];
        if (!strcmp(item->id, token->text)) {
            if (i < scope->item_count)
                return item;
            parser->failed = true;
            diagnostics_error(parser->diagnostics, token->place,
                              "\"%s\" is asked later: a condition may only name questions before it",
                              token->text);
            return NULL;
        }
        if (item->question->is_grid && !strcmp(item->question->id, token->text)) {
            report_grid(parser, token, item->question);
            return NULL;
        }
    }
    report_question(parser, token);
    return NULL;
}

/* --- comparisons --- */

static struct expression *create(struct parser *parser, enum expression_kind kind) {
    struct expression *expression = ARENA_NEW(parser->arena, struct expression, 1);
    expression->kind = kind;
    return expression;
}

static void report_code(struct parser *parser, const struct token *token, const struct item *item) {
    const struct question *question = item->question;
    struct arena *scratch = arena_create();
    const char **codes = ARENA_NEW(scratch, const char *, question->option_count + 2);
    size_t count = 0;
    for (size_t i = 0; i < question->option_count; i++)
        codes[count++] = question->options[i].code;
    if (question->no_opinion.in)
        codes[count++] = "no_opinion";
    if (question->not_concerned.in)
        codes[count++] = "not_concerned";
    report_unknown(parser, token, arena_format(scratch, "answer to \"%s\":", item->id), codes, count);
    arena_destroy(scratch);
}

static void set_option(struct parser *parser, struct expression *expression, const struct token *word) {
    expression->option = questionnaire_option(expression->item->question, word->text);
    if (expression->option == expression->item->question->option_count)
        report_code(parser, word, expression->item);
}

static bool is_state(const struct token *word) {
    return !strcmp(word->text, "no_opinion") || !strcmp(word->text, "not_concerned");
}

/* `= no_opinion`, which asks for the state of the answer. */
static void set_state(struct parser *parser, struct expression *expression, const struct token *word) {
    const struct question *question = expression->item->question;
    bool no_opinion = !strcmp(word->text, "no_opinion");
    expression->kind = EXPRESSION_STATE;
    expression->state = no_opinion ? ANSWER_NO_OPINION : ANSWER_NOT_CONCERNED;
    if (!(no_opinion ? question->no_opinion : question->not_concerned).in) {
        parser->failed = true;
        diagnostics_error(parser->diagnostics, word->place, "\"%s\" does not offer the answer \"%s\"",
                          expression->item->id, word->text);
    } else if (expression->comparison > COMPARISON_UNEQUAL) {
        parser->failed = true;
        diagnostics_error(parser->diagnostics, word->place,
                          "\"%s\" is neither more nor less: use = or !=", word->text);
    }
}

static void set_several(struct parser *parser, struct expression *expression, const struct token *sign,
                        const struct token *word) {
    bool unequal = expression->comparison == COMPARISON_UNEQUAL;
    parser->failed = true;
    diagnostics_error(parser->diagnostics, sign->place,
                      "\"%s\" takes several answers, which \"%s\" cannot compare: write \"%s%s has %s\"",
                      expression->item->id, sign->text, unequal ? "not " : "", expression->item->id,
                      word->text);
}

static bool any_value(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].has_value)
            return true;
    return false;
}

/* More or less than an answer of a list: than its value, or than the number itself if it is no code. */
static void set_rank(struct parser *parser, struct expression *expression, const struct token *sign,
                     const struct token *word) {
    const struct question *question = expression->item->question;
    size_t option = questionnaire_option(question, word->text);
    expression->kind = EXPRESSION_NUMBER;
    if (!any_value(question)) {
        parser->failed = true;
        diagnostics_error(parser->diagnostics, sign->place,
                          "the answers to \"%s\" have no values to compare: use = or !=, or give its options "
                          "a \"value:\"",
                          expression->item->id);
    } else if (option < question->option_count && question->options[option].has_value) {
        expression->number = question->options[option].value;
    } else if (option < question->option_count) {
        parser->failed = true;
        diagnostics_error(parser->diagnostics, word->place, "the answer \"%s\" has no value to compare with",
                          word->text);
    } else if (!text_number(word->text, false, &expression->number, NULL)) {
        report_code(parser, word, expression->item);
    }
}

static void set_value(struct parser *parser, struct expression *expression, const struct token *word) {
    bool date = expression->item->question->type == QUESTION_DATE;
    expression->kind = date ? EXPRESSION_DATE : EXPRESSION_NUMBER;
    expression->date = word->text;
    if (date ? text_is_date(word->text) : text_number(word->text, false, &expression->number, NULL))
        return;
    parser->failed = true;
    diagnostics_error(parser->diagnostics, word->place, "\"%s\" is compared with a %s, not with \"%s\"",
                      expression->item->id, date ? "day such as 2024-01-31" : "number such as 4 or 2.5",
                      word->text);
}

static void set_comparison(struct parser *parser, struct expression *expression, const struct token *sign,
                           const struct token *word) {
    enum question_type type = expression->item->question->type;
    expression->comparison = sign->comparison;
    if (type == QUESTION_TEXT) {
        parser->failed = true;
        diagnostics_error(parser->diagnostics, sign->place,
                          "\"%s\" is a free text, which cannot be compared: write \"%s answered\"",
                          expression->item->id, expression->item->id);
    } else if (is_state(word)) {
        set_state(parser, expression, word);
    } else if (type == QUESTION_NUMBER || type == QUESTION_DATE) {
        set_value(parser, expression, word);
    } else if (type == QUESTION_MULTIPLE || type == QUESTION_RANKING) {
        set_several(parser, expression, sign, word);
    } else if (sign->comparison > COMPARISON_UNEQUAL) {
        set_rank(parser, expression, sign, word);
    } else {
        expression->kind = EXPRESSION_OPTION;
        set_option(parser, expression, word);
    }
}

static void set_has(struct parser *parser, struct expression *expression, const struct token *has,
                    const struct token *word) {
    enum question_type type = expression->item->question->type;
    const char *id = expression->item->id;
    bool several = type == QUESTION_MULTIPLE || type == QUESTION_RANKING;
    if (several && !is_state(word)) {
        set_option(parser, expression, word);
        return;
    }
    parser->failed = true;
    if (type == QUESTION_TEXT)
        diagnostics_error(parser->diagnostics, has->place,
                          "\"%s\" is a free text, which cannot be compared: write \"%s answered\"", id, id);
    else if (several)
        diagnostics_error(parser->diagnostics, has->place,
                          "\"%s\" is not one of several answers: write \"%s = %s\"", word->text, id,
                          word->text);
    else
        diagnostics_error(parser->diagnostics, has->place,
                          "\"%s\" takes one answer; \"has\" is for several: write \"%s = %s\"", id, id,
                          word->text);
}

/* Everything that was understood is checked, so that one run tells every wrong name of an expression. */
static struct expression *parse_comparison(struct parser *parser) {
    struct token name = parser->token;
    if (name.kind != TOKEN_WORD || is_joint(parser)) {
        fail_expected(parser, "a question");
        return NULL;
    }
    next_token(parser);
    struct token sign = parser->token;
    struct expression *expression = create(parser, EXPRESSION_ANSWERED);
    bool answered = is_word(parser, "answered"), has = is_word(parser, "has");
    if (!answered && !has && sign.kind != TOKEN_COMPARISON) {
        if (find_item(parser, &name))
            fail_expected(parser, "a comparison such as = or !=, \"has\" or \"answered\"");
        parser->failed = true;
        return NULL;
    }
    next_token(parser);
    expression->item = find_item(parser, &name);
    parser->last_item = expression->item;
    if (answered)
        return expression;
    struct token word = parser->token;
    if (word.kind != TOKEN_WORD || is_joint(parser)) {
        fail_expected(parser, "an answer");
        return NULL;
    }
    next_token(parser);
    expression->kind = EXPRESSION_HAS;
    if (expression->item && has)
        set_has(parser, expression, &sign, &word);
    else if (expression->item)
        set_comparison(parser, expression, &sign, &word);
    return expression;
}

/* --- grammar: each gives NULL after a mistake of grammar --- */

static struct expression *parse_group(struct parser *parser) {
    if (parser->depth == EXPRESSION_DEPTH_MOST) {
        parser->failed = true;
        diagnostics_error(parser->diagnostics, parser->token.place,
                          "parentheses are nested more than %d deep", (int)EXPRESSION_DEPTH_MOST);
        return NULL;
    }
    parser->depth++;
    next_token(parser);
    struct expression *expression = parse_any(parser);
    parser->depth--;
    if (!expression)
        return NULL;
    if (parser->token.kind != TOKEN_CLOSE) {
        fail_expected(parser, "\"and\", \"or\" or \")\"");
        return NULL;
    }
    next_token(parser);
    return expression;
}

static struct expression *parse_negation(struct parser *parser) {
    bool negated = is_word(parser, "not");
    if (negated)
        next_token(parser);
    struct expression *expression =
        parser->token.kind == TOKEN_OPEN ? parse_group(parser) : parse_comparison(parser);
    if (!expression || !negated)
        return expression;
    struct expression *negation = create(parser, EXPRESSION_NOT);
    negation->first = expression;
    return negation;
}

/* One or more parts with the same word between them; a single part stays itself. */
static struct expression *parse_parts(struct parser *parser, enum expression_kind kind, const char *joint,
                                      struct expression *(*parse)(struct parser *)) {
    struct expression *last = parse(parser);
    if (!last || !is_word(parser, joint))
        return last;
    struct expression *whole = create(parser, kind);
    whole->first = last;
    while (is_word(parser, joint)) {
        next_token(parser);
        struct expression *part = parse(parser);
        if (!part)
            return NULL;
        last->next = part;
        last = part;
    }
    return whole;
}

static struct expression *parse_all(struct parser *parser) {
    return parse_parts(parser, EXPRESSION_ALL, "and", parse_negation);
}

static struct expression *parse_any(struct parser *parser) {
    return parse_parts(parser, EXPRESSION_ANY, "or", parse_all);
}

const struct expression *expression_parse(struct arena *arena, const char *text, struct place place,
                                          const struct expression_scope *scope,
                                          struct diagnostics *diagnostics) {
    struct parser parser = {
        .arena = arena, .diagnostics = diagnostics, .scope = scope, .at = text, .place = place};
    if (strlen(text) > EXPRESSION_LENGTH_MOST) {
        diagnostics_error(diagnostics, place, "the condition is longer than %d characters",
                          (int)EXPRESSION_LENGTH_MOST);
        return NULL;
    }
    next_token(&parser);
    const struct expression *expression = parse_any(&parser);
    if (expression && parser.token.kind != TOKEN_END)
        fail_expected(&parser, "\"and\", \"or\" or the end of the condition");
    return parser.failed ? NULL : expression;
}
