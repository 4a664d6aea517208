/* Personal links and the codes for typing them: made from the campaign's key, known again by keyed hashes.
 *
 * Nothing of them is kept but the hashes; who has the key and the number of an invitation can make its link
 * anew, and `survey close` erases the key. */
#ifndef MODEL_LINK_H
#define MODEL_LINK_H

#include "model/base/secret.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LINK_TOKEN_LENGTH = 26, /* 128 bits in Crockford's base 32, lower case */
    LINK_CODE_LENGTH = 16,  /* 80 bits, upper case */
    LINK_HASH_SIZE = 16
};

struct link {
    char token[LINK_TOKEN_LENGTH + 1]; /* what stands behind /r/ */
    char code[LINK_CODE_LENGTH + 4];   /* in groups of four with hyphens: ABCD-EFGH-JKMN-PQRS */
};

struct link_hash {
    unsigned char bytes[LINK_HASH_SIZE];
};

/* The link of an invitation in its `generation`, which counts the links that were replaced. */
struct link link_make(const struct secret *key, int64_t invitation, int64_t generation);

/* The hash by which the store knows a token, or a code, as a person may type it: without regard to case,
 * blanks and hyphens, with O for 0 and I or L for 1. False if it is none. */
bool link_token_hash(const struct secret *key, const char *token, struct link_hash *hash);
bool link_code_hash(const struct secret *key, const char *code, struct link_hash *hash);

/* Under which name a draft is kept for a token (of a link or of a cookie), and the secret that seals it. Both
 * come from the token alone, so that nobody who has only the store can open a draft or tell whose it is.
 * False if the token is none. */
bool link_draft(const char *token, struct link_hash *name, struct secret *secret);

/* A random token, for a cookie. */
void link_random_token(char token[static LINK_TOKEN_LENGTH + 1]);

#endif
