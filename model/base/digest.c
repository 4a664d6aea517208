#include "model/base/digest.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void digest_sha256(const char *bytes, size_t length, char hex[static DIGEST_HEX_SIZE]) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)bytes, length);
    sodium_bin2hex(hex, DIGEST_HEX_SIZE, digest, sizeof digest);
}

void digest_source(const char *bytes, size_t length, char source[static DIGEST_SOURCE_SIZE]) {
    static const char scheme[] = "sha256-";
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)bytes, length);
    memcpy(source, scheme, sizeof scheme - 1);
    sodium_bin2base64(source + sizeof scheme - 1, DIGEST_SOURCE_SIZE - sizeof scheme + 1, digest,
                      sizeof digest, sodium_base64_VARIANT_ORIGINAL);
}

int64_t digest_random_key(void) {
    /* Also opens the random source once, before a server gives up the right to open files. */
    if (sodium_init() < 0)
        abort();
    int64_t key;
    do {
        uint64_t bits;
        randombytes_buf(&bits, sizeof bits);
        key = (int64_t)(bits >> 1);
    } while (key == 0);
    return key;
}
