#include "analysis/author_tokens.h"

#include <string.h>

struct lexer {
    struct author_tokens *tokens;
    const char *at, *end;
    struct author_token *all;
    size_t capacity;
};

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_word(char byte) {
    return is_digit(byte) || ((byte | 32) >= 'a' && (byte | 32) <= 'z') || byte == '_' || byte == '.' ||
           byte == '-';
}

/* How long the first of the candidates is that the text begins with; 0: none. */
static size_t match(const char *at, const char *end, const char *const *candidates) {
    for (; *candidates; candidates++) {
        size_t length = strlen(*candidates);
        if ((size_t)(end - at) >= length && !memcmp(at, *candidates, length))
            return length;
    }
    return 0;
}

/* Ordinary blanks, and those that French typography asks for. */
static size_t match_blank(const char *at, const char *end) {
    static const char *const blanks[] = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE2\x80\xAF", NULL};
    return match(at, end, blanks);
}

static void add(struct lexer *lexer, enum author_token_kind kind, const char *text, size_t length,
                const char *end) {
    struct author_tokens *tokens = lexer->tokens;
    if (tokens->count == lexer->capacity) {
        size_t capacity = lexer->capacity ? 2 * lexer->capacity : 16;
        struct author_token *all = ARENA_NEW(tokens->arena, struct author_token, capacity);
        if (tokens->count)
            memcpy(all, lexer->all, tokens->count * sizeof *all);
        lexer->all = all;
        lexer->capacity = capacity;
    }
    lexer->all[tokens->count++] =
        (struct author_token){kind, arena_copy_bytes(tokens->arena, text, length),
                              (size_t)(lexer->at - tokens->source), (size_t)(end - tokens->source)};
    lexer->at = end;
}

static void lex_word(struct lexer *lexer) {
    const char *at = lexer->at;
    bool number = true;
    for (; at < lexer->end; at++) {
        bool comma = *at == ',' && number && at > lexer->at && at + 1 < lexer->end && is_digit(at[1]);
        if (!comma && !is_word(*at))
            break;
        number = number && (is_digit(*at) || (at == lexer->at && *at == '-'));
    }
    add(lexer, AUTHOR_WORD, lexer->at, (size_t)(at - lexer->at), at);
}

static bool fail(const struct lexer *lexer, const char *end, const char *text) {
    const struct author_tokens *tokens = lexer->tokens;
    diagnostics_error(tokens->diagnostics, diagnostics_place(tokens->source, lexer->at, end), "%s", text);
    return false;
}

/* The quotation mark that ends what begins with the one given. */
static const char *closing(const char *open) {
    return *open == '"' ? "\"" : memcmp(open, "\xC2\xAB", 2) == 0 ? "\xC2\xBB" : "\xE2\x80\x9D";
}

static bool lex_string(struct lexer *lexer, size_t mark) {
    const char *close = closing(lexer->at), *text = lexer->at + mark;
    const char *stop = memmem(text, (size_t)(lexer->end - text), close, strlen(close));
    if (!stop)
        return fail(lexer, lexer->at + mark, "this quotation does not end");
    const char *last = stop;
    for (size_t blank; text < stop && (blank = match_blank(text, stop)) > 0;)
        text += blank;
    while (last > text && (last[-1] == ' ' || (last - text >= 2 && !memcmp(last - 2, "\xC2\xA0", 2)) ||
                           (last - text >= 3 && !memcmp(last - 3, "\xE2\x80\xAF", 3))))
        last -= last[-1] == ' ' ? 1 : last[-1] == '\xA0' ? 2 : 3;
    add(lexer, AUTHOR_STRING, text, (size_t)(last - text), stop + strlen(close));
    return true;
}

static const char *plain_sign(const char *sign, size_t length) {
    return length < 3                             ? NULL
           : memcmp(sign, "\xE2\x89\xA5", 3) == 0 ? ">="
           : memcmp(sign, "\xE2\x89\xA4", 3) == 0 ? "<="
                                                  : "!=";
}

static bool lex(struct lexer *lexer) {
    static const char *const signs[] = {
        "!=",           "<=",           ">=",           "<", ">", "=", ":", "+", "*", "(", ")", "%",
        "\xE2\x89\xA5", "\xE2\x89\xA4", "\xE2\x89\xA0", NULL};
    static const char *const quotes[] = {"\"", "\xC2\xAB", "\xE2\x80\x9C", NULL};
    while (lexer->at < lexer->end) {
        size_t blank = match_blank(lexer->at, lexer->end), sign = match(lexer->at, lexer->end, signs);
        size_t quote = match(lexer->at, lexer->end, quotes);
        const char *plain = plain_sign(lexer->at, sign);
        if (blank)
            lexer->at += blank;
        else if (is_word(*lexer->at))
            lex_word(lexer);
        else if (sign)
            add(lexer, AUTHOR_SIGN, plain ? plain : lexer->at, plain ? strlen(plain) : sign,
                lexer->at + sign);
        else if (!quote)
            return fail(lexer, lexer->at + 1, "this means nothing in a hole");
        else if (!lex_string(lexer, quote))
            return false;
    }
    return true;
}

bool author_tokens_read(struct author_tokens *tokens, size_t start, size_t end) {
    struct lexer lexer = {.tokens = tokens, .at = tokens->source + start, .end = tokens->source + end};
    tokens->count = tokens->next = 0;
    if (!lex(&lexer))
        return false;
    size_t count = tokens->count;
    add(&lexer, AUTHOR_END, "", 0, lexer.end);
    tokens->count = count;
    tokens->all = lexer.all;
    return true;
}

const struct author_token *author_tokens_peek(const struct author_tokens *tokens) {
    return &tokens->all[tokens->next];
}

bool author_tokens_accept(struct author_tokens *tokens, const char *text) {
    const struct author_token *token = author_tokens_peek(tokens);
    bool is = (token->kind == AUTHOR_WORD || token->kind == AUTHOR_SIGN) && !strcmp(token->text, text);
    tokens->next += is;
    return is;
}

const struct author_token *author_tokens_take(struct author_tokens *tokens, enum author_token_kind kind) {
    const struct author_token *token = author_tokens_peek(tokens);
    if (token->kind != kind || kind == AUTHOR_END)
        return NULL;
    tokens->next++;
    return token;
}

struct place author_tokens_place(const struct author_tokens *tokens, const struct author_token *token) {
    const struct author_token *shown = token->kind == AUTHOR_END && tokens->count > 0 ? token - 1 : token;
    return diagnostics_place(tokens->source, tokens->source + shown->start, tokens->source + shown->end);
}

const char *author_tokens_written(const struct author_tokens *tokens, size_t from) {
    if (from >= tokens->next)
        return "";
    size_t start = tokens->all[from].start, end = tokens->all[tokens->next - 1].end;
    return arena_copy_bytes(tokens->arena, tokens->source + start, end - start);
}

bool author_tokens_expected(const struct author_tokens *tokens, const char *what) {
    const struct author_token *token = author_tokens_peek(tokens);
    struct place place = author_tokens_place(tokens, token);
    if (token->kind == AUTHOR_END)
        diagnostics_error(tokens->diagnostics, place, "%s is missing behind this", what);
    else
        diagnostics_error(tokens->diagnostics, place, "%s is expected here, not \"%s\"", what, token->text);
    return false;
}
