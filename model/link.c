#include "model/link.h"

#include <stddef.h>
#include <string.h>

enum {
    TOKEN_SIZE = 16, /* bytes */
    CODE_SIZE = 10,
    BITS = 5, /* of a digit */
    GROUP = 4 /* digits of a code between hyphens */
};

/* Crockford's: no I, L, O, U. */
static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* --- base 32 --- */

/* `count` digits hold the bits of the bytes, the first bits first; those left over are 0. */
static void encode(const unsigned char *bytes, size_t length, char *text, size_t count) {
    for (size_t i = 0; i < count; i++) {
        unsigned value = 0;
        for (size_t bit = i * BITS; bit < (i + 1) * BITS; bit++)
            value = value << 1 | (bit / 8 < length ? bytes[bit / 8] >> (7 - bit % 8) & 1U : 0U);
        text[i] = digits[value];
    }
    text[count] = '\0';
}

/* The value of a digit as a person may write it; -1 if it is none. */
static int value_of(char digit) {
    char lower = digit >= 'A' && digit <= 'Z' ? (char)(digit - 'A' + 'a') : digit;
    if (lower == 'o')
        lower = '0';
    if (lower == 'i' || lower == 'l')
        lower = '1';
    const char *found = lower ? strchr(digits, lower) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* False unless the text is exactly `count` digits, apart from blanks and hyphens, without bits left over. */
static bool decode(const char *text, size_t count, unsigned char *bytes, size_t length) {
    size_t at = 0;
    memset(bytes, 0, length);
    for (; *text; text++) {
        if (*text == ' ' || *text == '-')
            continue;
        int value = value_of(*text);
        if (value < 0 || at == count)
            return false;
        for (size_t i = 0; i < BITS; i++) {
            size_t bit = at * BITS + i;
            unsigned set = (unsigned)value >> (BITS - 1 - i) & 1U;
            if (bit / 8 < length)
                bytes[bit / 8] = (unsigned char)(bytes[bit / 8] | set << (7 - bit % 8));
            else if (set)
                return false;
        }
        at++;
    }
    return at == count;
}

/* --- links --- */

struct seed {
    unsigned char bytes[16];
};

static struct seed seed_of(int64_t invitation, int64_t generation) {
    struct seed seed;
    for (size_t i = 0; i < 8; i++) {
        seed.bytes[i] = (unsigned char)((uint64_t)invitation >> (8 * i));
        seed.bytes[8 + i] = (unsigned char)((uint64_t)generation >> (8 * i));
    }
    return seed;
}

/* Puts hyphens between groups. */
static void group(const char *plain, char *code) {
    for (size_t i = 0; plain[i]; i++) {
        if (i > 0 && i % GROUP == 0)
            *code++ = '-';
        *code++ = plain[i] >= 'a' ? (char)(plain[i] - 'a' + 'A') : plain[i];
    }
    *code = '\0';
}

struct link link_make(const struct secret *key, int64_t invitation, int64_t generation) {
    struct link link = {{0}, {0}};
    unsigned char derived[TOKEN_SIZE];
    char plain[LINK_CODE_LENGTH + 1];
    struct seed seed = seed_of(invitation, generation);
    secret_derive(key, "link", &seed, sizeof seed, derived, sizeof derived);
    encode(derived, TOKEN_SIZE, link.token, LINK_TOKEN_LENGTH);
    secret_derive(key, "code", &seed, sizeof seed, derived, sizeof derived);
    encode(derived, CODE_SIZE, plain, LINK_CODE_LENGTH);
    group(plain, link.code);
    return link;
}

bool link_token_hash(const struct secret *key, const char *token, struct link_hash *hash) {
    unsigned char bytes[TOKEN_SIZE];
    if (!decode(token, LINK_TOKEN_LENGTH, bytes, sizeof bytes))
        return false;
    secret_derive(key, "link hash", bytes, sizeof bytes, hash->bytes, sizeof hash->bytes);
    return true;
}

bool link_code_hash(const struct secret *key, const char *code, struct link_hash *hash) {
    unsigned char bytes[CODE_SIZE];
    if (!decode(code, LINK_CODE_LENGTH, bytes, sizeof bytes))
        return false;
    secret_derive(key, "code hash", bytes, sizeof bytes, hash->bytes, sizeof hash->bytes);
    return true;
}

bool link_draft(const char *token, struct link_hash *name, struct secret *secret) {
    struct secret own = {{0}}; /* the token fills half of it: 128 bits are what a draft is sealed with */
    if (!decode(token, LINK_TOKEN_LENGTH, own.bytes, TOKEN_SIZE))
        return false;
    secret_derive(&own, "draft name", "", 0, name->bytes, sizeof name->bytes);
    secret_derive(&own, "draft", "", 0, secret->bytes, sizeof secret->bytes);
    secret_erase(&own, sizeof own);
    return true;
}

void link_random_token(char token[static LINK_TOKEN_LENGTH + 1]) {
    unsigned char bytes[TOKEN_SIZE];
    secret_random(bytes, sizeof bytes);
    encode(bytes, TOKEN_SIZE, token, LINK_TOKEN_LENGTH);
}
