/* Fingerprints of bytes, and chance that nobody can guess. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_HEX_SIZE = 65 };

/* The SHA-256 of `length` bytes, as 64 hex digits and a NUL, into `hex`. */
void digest_sha256(const char *bytes, size_t length, char hex[static DIGEST_HEX_SIZE]);

/* The same as a source of a content security policy, "sha256-…" (CSP 3, section 2.3.1), into `source`. */
enum { DIGEST_SOURCE_SIZE = 52 };
void digest_source(const char *bytes, size_t length, char source[static DIGEST_SOURCE_SIZE]);

/* A random number from 1 to 2^63 - 1, each as likely as the others, from the system's secure source. */
int64_t digest_random_key(void);

#endif
