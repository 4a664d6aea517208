/* The words and signs of a hole in a report's text, each with its place. */
#ifndef ANALYSIS_AUTHOR_TOKENS_H
#define ANALYSIS_AUTHOR_TOKENS_H

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>

enum author_token_kind {
    AUTHOR_WORD,   /* letters, digits and _ . - ; a number may have a decimal comma */
    AUTHOR_STRING, /* between "…", “…” or « … », without them */
    AUTHOR_SIGN,   /* : + * ( ) % = != < <= > >= */
    AUTHOR_END
};

struct author_token {
    enum author_token_kind kind;
    const char *text;
    size_t start, end; /* its bytes in the source */
};

/* The tokens of one hole, and how far they are read. */
struct author_tokens {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const char *source; /* of the whole text */
    const struct author_token *all;
    size_t count, next;
};

/* Reads the hole between two places of the source. False after an error: a sign that means nothing, a string
 * that does not end. */
bool author_tokens_read(struct author_tokens *tokens, size_t start, size_t end);

/* The next token; behind the last AUTHOR_END. */
const struct author_token *author_tokens_peek(const struct author_tokens *tokens);

/* Whether the next token is that word or sign; if so, goes behind it. */
bool author_tokens_accept(struct author_tokens *tokens, const char *text);

/* The next token if it is of that kind, going behind it; NULL otherwise. */
const struct author_token *author_tokens_take(struct author_tokens *tokens, enum author_token_kind kind);

/* Where a token stands; of the end, the last one. */
struct place author_tokens_place(const struct author_tokens *tokens, const struct author_token *token);

/* What was read from a token on, up to the last one read, as it is written. */
const char *author_tokens_written(const struct author_tokens *tokens, size_t from);

/* Says that something else was expected where the next token stands. Gives false. */
bool author_tokens_expected(const struct author_tokens *tokens, const char *what);

#endif
