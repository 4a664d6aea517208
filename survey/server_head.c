#include "survey/server_head.h"

#include "model/base/text.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

struct search {
    const char *name, *last;
    size_t count;
};

static enum MHD_Result note(void *closure, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct search *search = closure;
    (void)kind;
    if (text_same_letters(name, search->name)) {
        search->last = value;
        search->count++;
    }
    return MHD_YES;
}

/* How often a header is there; the last of them counts where proxies add theirs. */
static struct search find(struct MHD_Connection *connection, const char *name) {
    struct search search = {.name = name};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, note, &search);
    return search;
}

/* What the proxy in front says in a header of its own; NULL: nothing. */
static const char *forwarded(struct MHD_Connection *connection, struct arena *arena, const char *name) {
    const char *list = find(connection, name).last;
    return list ? request_forwarded(arena, list) : NULL;
}

/* Of a folded line the library adds the second half to the name: what is longer than these names is another
 * reading of them. */
static bool is_folded(const char *name) {
    static const char *const names[] = {"Content-Length", "Transfer-Encoding"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncasecmp(name, names[i], strlen(names[i])) == 0 && name[strlen(names[i])])
            return true;
    return false;
}

/* RFC 9110, section 5.6.2: what a name may consist of. */
static bool is_token(const char *name) {
    static const char signs[] =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return *name && !name[strspn(name, signs)];
}

static enum MHD_Result note_odd(void *closure, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    *(bool *)closure |= !is_token(name) || is_folded(name) || (value && strchr(value, '\r'));
    return MHD_YES;
}

/* Two readings of where a body ends are how requests are smuggled past a proxy; a blank in a header's name or
 * a bare CR in its value, which one reads over and the other does not, makes two as well. */
static bool is_ambiguous(struct MHD_Connection *connection) {
    struct search length = find(connection, "Content-Length"), coding = find(connection, "Transfer-Encoding");
    bool odd = length.count + coding.count > 1 || find(connection, "Host").count > 1 ||
               (coding.count && !text_same_letters(coding.last, "chunked"));
    MHD_get_connection_values(connection, MHD_HEADER_KIND, note_odd, &odd);
    return odd;
}

/* How the respondent reaches the survey: by what the proxy says, where it is to be believed. */
static void read_proxy(struct server_head *head, struct MHD_Connection *connection, struct arena *arena) {
    const char *scheme = forwarded(connection, arena, "X-Forwarded-Proto");
    const char *host = forwarded(connection, arena, "X-Forwarded-Host");
    head->address = forwarded(connection, arena, "X-Forwarded-For");
    head->request.is_secure |= scheme && text_same_letters(scheme, "https");
    if (host)
        head->request.host = host;
}

struct server_head server_head_read(struct MHD_Connection *connection, struct arena *arena,
                                    const char *method, const char *path,
                                    const struct server_head_options *options) {
    const char *length = header(connection, "Content-Length");
    struct server_head head = {
        .request = {.method = request_method(method),
                    .path = path,
                    .language = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "language"),
                    .accept_language = header(connection, "Accept-Language"),
                    .cookie = request_cookie(arena, header(connection, "Cookie"), "draft"),
                    .session = request_cookie(arena, header(connection, "Cookie"), "office"),
                    .host = header(connection, "Host"),
                    .origin = header(connection, "Origin"),
                    .fetch_site = header(connection, "Sec-Fetch-Site"),
                    .is_secure = options->has_tls},
        .content_type = header(connection, "Content-Type"),
        .accepts_gzip = request_accepts_gzip(header(connection, "Accept-Encoding")),
        .is_vast = length && strtoull(length, NULL, 10) > options->body_most,
        .is_ambiguous = is_ambiguous(connection)};
    if (options->trusts_proxy)
        read_proxy(&head, connection, arena);
    return head;
}
