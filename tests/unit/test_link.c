/* Personal links: what is made is known again, however a person types it; nothing else is. Secrets seal. */
#include "model/link.h"

#include "model/campaign_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct secret KEY = {{1, 2, 3}};

static void test_links_differ(void **state) {
    (void)state;
    struct secret other = {{1, 2, 4}};
    struct link first = link_make(&KEY, 5, 0), again = link_make(&KEY, 5, 0),
                replaced = link_make(&KEY, 5, 1), neighbour = link_make(&KEY, 6, 0),
                foreign = link_make(&other, 5, 0);
    assert_string_equal(first.token, again.token);
    assert_string_equal(first.code, again.code);
    const struct link *others[] = {&replaced, &neighbour, &foreign};
    for (size_t i = 0; i < 3; i++) {
        assert_string_not_equal(first.token, others[i]->token);
        assert_string_not_equal(first.code, others[i]->code);
    }
    assert_int_equal(strlen(first.token), LINK_TOKEN_LENGTH);
    assert_int_equal(strspn(first.token, "0123456789abcdefghjkmnpqrstvwxyz"), LINK_TOKEN_LENGTH);
    assert_int_equal(strlen(first.code), LINK_CODE_LENGTH + 3);
    assert_int_equal(first.code[4], '-');
}

/* Whether a code as typed is known as the link's. */
static bool is_known(const struct link *link, const char *typed) {
    struct link_hash right, hash;
    assert_true(link_code_hash(&KEY, link->code, &right));
    return link_code_hash(&KEY, typed, &hash) && !memcmp(&right, &hash, sizeof hash);
}

/* Finds a link whose code has both 0 and 1, and types them as the letters they look like. */
static void test_codes_as_typed(void **state) {
    (void)state;
    struct link link = {{0}, {0}};
    for (int64_t id = 1; !strchr(link.code, '0') || !strchr(link.code, '1'); id++)
        link = link_make(&KEY, id, 0);
    char typed[64] = " ";
    for (size_t i = 0, at = 1; link.code[i]; i++) {
        char digit = link.code[i];
        typed[at++] = digit == '0' ? 'o' : digit == '1' ? 'L' : digit == '-' ? ' ' : digit;
        typed[at] = '\0';
    }
    assert_true(is_known(&link, link.code));
    assert_true(is_known(&link, typed));
    for (char *at = typed; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    assert_true(is_known(&link, typed));
    assert_false(is_known(&link, ""));
    assert_false(is_known(&link, "0000-0000-0000-000"));
    assert_false(is_known(&link, "0000-0000-0000-00000"));
    assert_false(is_known(&link, "UUUU-UUUU-UUUU-UUUU"));
    assert_false(is_known(&link, "0000-0000-0000-0000"));
}

static void test_tokens(void **state) {
    (void)state;
    struct link link = link_make(&KEY, INT64_MAX, INT64_MAX);
    struct link_hash hash, code;
    assert_true(link_token_hash(&KEY, link.token, &hash));
    assert_true(link_code_hash(&KEY, link.code, &code));
    assert_memory_not_equal(&hash, &code, sizeof hash);
    assert_false(link_token_hash(&KEY, "", &hash));
    assert_false(link_token_hash(&KEY, "../../../../../etc/passwd", &hash));
    /* 26 digits hold 130 bits: the last two must be 0, so that each link has one spelling. */
    assert_false(link_token_hash(&KEY, "00000000000000000000000001", &hash));
    assert_true(link_token_hash(&KEY, "00000000000000000000000004", &hash));
}

static void test_drafts(void **state) {
    (void)state;
    char token[LINK_TOKEN_LENGTH + 1], other[LINK_TOKEN_LENGTH + 1];
    struct link_hash name, other_name;
    struct secret secret, other_secret;
    link_random_token(token);
    link_random_token(other);
    assert_true(link_draft(token, &name, &secret));
    assert_true(link_draft(other, &other_name, &other_secret));
    assert_false(link_draft("no token", &name, &secret));
    assert_memory_not_equal(&name, &other_name, sizeof name);
    const char words[] = "what was typed";
    unsigned char sealed[sizeof words + SECRET_SEAL_SIZE];
    char opened[sizeof words];
    secret_seal(&secret, words, sizeof words, sealed);
    assert_true(secret_open(&secret, sealed, sizeof sealed, opened));
    assert_string_equal(opened, words);
    assert_false(secret_open(&other_secret, sealed, sizeof sealed, opened));
    assert_false(secret_open(&secret, sealed, sizeof sealed - 1, opened));
    assert_false(secret_open(&secret, sealed, 3, opened));
    for (size_t i = 0; i < sizeof sealed; i++) {
        sealed[i] ^= 1;
        assert_false(secret_open(&secret, sealed, sizeof sealed, opened));
        sealed[i] ^= 1;
    }
}

/* --- the key's file --- */

static char folder[] = "/tmp/bilan-key-XXXXXX";

static void assert_refused(const char *store, const char *reason) {
    struct failure failure = {0};
    struct secret key;
    assert_false(campaign_key_read(&key, store, &failure));
    if (!strstr(failure.text, reason))
        fail_msg("\"%s\" does not say \"%s\"", failure.text, reason);
}

static void test_key_file(void **state) {
    (void)state;
    assert_non_null(mkdtemp(folder));
    struct arena *arena = arena_create();
    const char *store = arena_format(arena, "%s/answers.db", folder);
    const char *path = campaign_key_path(arena, store);
    struct failure failure = {0};
    struct secret made, again, read;
    assert_refused(store, "no key");
    assert_true(campaign_key_make(&made, store, &failure));
    assert_true(campaign_key_make(&again, store, &failure));
    assert_true(campaign_key_read(&read, store, &failure));
    assert_memory_equal(&made, &again, sizeof made);
    assert_memory_equal(&made, &read, sizeof made);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(chmod(path, 0640), 0);
    assert_refused(store, "chmod 600");
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(truncate(path, 31), 0);
    assert_refused(store, "damaged");
    assert_true(campaign_key_erase(store, &failure));
    assert_int_equal(access(path, F_OK), -1);
    assert_true(campaign_key_erase(store, &failure));
    assert_false(campaign_key_make(&made, "/nowhere/answers.db", &failure));
    assert_non_null(strstr(failure.text, "/nowhere/answers.db.key"));
    arena_destroy(arena);
    assert_int_equal(rmdir(folder), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_links_differ),
                                       cmocka_unit_test(test_codes_as_typed), cmocka_unit_test(test_tokens),
                                       cmocka_unit_test(test_drafts), cmocka_unit_test(test_key_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
