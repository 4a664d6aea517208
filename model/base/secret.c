#include "model/base/secret.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(SECRET_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the size of a key");
_Static_assert(SECRET_SEAL_SIZE ==
                   crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "nonce and tag");

static const size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

void secret_random(void *bytes, size_t length) {
    if (sodium_init() < 0)
        abort();
    randombytes_buf(bytes, length);
}

void secret_derive(const struct secret *secret, const char *purpose, const void *message, size_t length,
                   unsigned char *result, size_t result_length) {
    crypto_generichash_state state;
    if (crypto_generichash_init(&state, secret->bytes, SECRET_SIZE, result_length) != 0)
        abort();
    /* With its NUL the purpose ends where it ends, whatever the message begins with. */
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, message, length);
    crypto_generichash_final(&state, result, result_length);
    sodium_memzero(&state, sizeof state);
}

void secret_seal(const struct secret *secret, const void *bytes, size_t length, unsigned char *sealed) {
    secret_random(sealed, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + nonce_size, NULL, bytes, length, NULL, 0, NULL,
                                               sealed, secret->bytes);
}

bool secret_open(const struct secret *secret, const unsigned char *sealed, size_t length, void *bytes) {
    return length >= SECRET_SEAL_SIZE && crypto_aead_xchacha20poly1305_ietf_decrypt(
                                             bytes, NULL, NULL, sealed + nonce_size, length - nonce_size,
                                             NULL, 0, sealed, secret->bytes) == 0;
}

void secret_keep_password(const char *password, char kept[static SECRET_PASSWORD_SIZE]) {
    enum { PASSES = 3, MEMORY = 64 * 1024 * 1024 };
    _Static_assert(SECRET_PASSWORD_SIZE == crypto_pwhash_STRBYTES, "the size of what is kept");
    if (sodium_init() < 0 || crypto_pwhash_str_alg(kept, password, strlen(password), PASSES, MEMORY,
                                                   crypto_pwhash_ALG_ARGON2ID13) != 0)
        abort();
}

bool secret_is_password(const char *password, const char *kept) {
    if (sodium_init() < 0)
        abort();
    return crypto_pwhash_str_verify(kept, password, strlen(password)) == 0;
}

void secret_erase(void *bytes, size_t length) {
    sodium_memzero(bytes, length);
}
