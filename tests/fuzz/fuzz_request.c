/* What a request says in its head: cookies, links and codes, languages, hosts. A token that opens a draft is
 * known again in any way it may be typed, a cookie is letters and digits, a host is one of a list. */
#include "model/link.h"
#include "survey/request.h"
#include "tests/fuzz/target.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct secret *key(void) {
    static struct secret kept;
    memset(kept.bytes, 7, sizeof kept.bytes);
    return &kept;
}

static void look_at_cookie(struct arena *arena, const char *text) {
    const char *cookie = request_cookie(arena, text, "draft");
    for (const char *at = cookie; at && *at; at++)
        if (!isalnum((unsigned char)*at))
            abort();
    if (cookie && !strstr(text, "draft"))
        abort();
}

/* With the letters of the other case, and a hyphen behind the first, it is the same token. */
static void look_at_token(struct arena *arena, const char *text) {
    struct link_hash hash, again;
    struct secret secret;
    bool is_code = link_code_hash(key(), text, &hash);
    if (is_code) {
        char *other = arena_format(arena, "%c-%s", *text, text + 1);
        for (char *at = other; *at; at++)
            *at = (char)(islower((unsigned char)*at) ? toupper((unsigned char)*at)
                                                     : tolower((unsigned char)*at));
        if (!link_code_hash(key(), other, &again) || memcmp(&hash, &again, sizeof hash) != 0)
            abort();
    }
    bool is_token = link_token_hash(key(), text, &hash);
    if (link_draft(text, &hash, &secret) != is_token || (is_code && is_token))
        abort();
}

static void look_at_origin(struct arena *arena, const char *text, const char *second) {
    const char *host = request_forwarded(arena, text);
    if (host && (!*host || strchr(host, ',')))
        abort();
    for (int i = 0; i < 8; i++) {
        const struct request request = {.method = REQUEST_POST,
                                        .host = i & 1 ? second : text,
                                        .origin = i & 2 ? text : second,
                                        .fetch_site = i & 4 ? text : NULL,
                                        .is_secure = i & 1};
        request_is_foreign(&request, i & 2 ? second : NULL);
    }
    const struct request evil = {
        .method = REQUEST_POST, .host = "survey.example.org", .origin = "https://evil.example"};
    if (!request_is_foreign(&evil, "https://survey.example.org/"))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const tags[] = {"en", "fr", "fr-CH", "pt-BR"};
    enum { TAGS = sizeof tags / sizeof *tags };
    struct arena *arena = arena_create();
    char *text = arena_copy_bytes(arena, (const char *)data, size);
    char *line_end = strchr(text, '\n');
    const char *second = line_end ? line_end + 1 : "";
    if (line_end)
        *line_end = '\0';
    look_at_cookie(arena, text);
    look_at_token(arena, text);
    look_at_origin(arena, text, second);
    if (request_preferred_language(text, tags, TAGS) >= TAGS)
        abort();
    request_accepts_gzip(text);
    request_is_form(text);
    request_method(text);
    arena_destroy(arena);
    return 0;
}
