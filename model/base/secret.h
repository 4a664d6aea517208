/* Secret keys, what is derived from them, and bytes that only they open (libsodium). */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SECRET_SIZE = 32,
    SECRET_SEAL_SIZE = 40, /* by so many bytes is what is sealed longer than what it holds */
    SECRET_PASSWORD_SIZE = 128
};

struct secret {
    unsigned char bytes[SECRET_SIZE];
};

/* Fills with bytes that nobody can guess, from the system's secure source. */
void secret_random(void *bytes, size_t length);

/* Derives `result_length` bytes (16 to 64) from the secret, a message, and the purpose they serve (a short
 * literal), by which results for other purposes tell nothing of them: keyed BLAKE2b (RFC 7693). */
void secret_derive(const struct secret *secret, const char *purpose, const void *message, size_t length,
                   unsigned char *result, size_t result_length);

/* Seals `length` bytes into `sealed`, which has room for SECRET_SEAL_SIZE more: XChaCha20-Poly1305 under a
 * random nonce. */
void secret_seal(const struct secret *secret, const void *bytes, size_t length, unsigned char *sealed);

/* Opens what was sealed into `bytes`, which has room for `length` - SECRET_SEAL_SIZE. False if it is not
 * whole, or was sealed with another secret. */
bool secret_open(const struct secret *secret, const unsigned char *sealed, size_t length, void *bytes);

/* What may be kept of a password, to know it by: Argon2id (RFC 9106) of 64 MiB and three passes under a
 * random salt, with all of this written in front. A text; the work takes some tenths of a second. */
void secret_keep_password(const char *password, char kept[static SECRET_PASSWORD_SIZE]);

/* Whether it is the password that `kept` is of; false too if `kept` is none of these. */
bool secret_is_password(const char *password, const char *kept);

/* Overwrites what must not stay in memory. */
void secret_erase(void *bytes, size_t length);

#endif
