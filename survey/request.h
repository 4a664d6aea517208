/* A request as the server hands it over: what of it the pages need, and the fields of its form. */
#ifndef SURVEY_REQUEST_H
#define SURVEY_REQUEST_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum request_method { REQUEST_GET, REQUEST_HEAD, REQUEST_POST, REQUEST_OTHER };

/* One field of a form, decoded: valid UTF-8 with LF as line ends. */
struct request_field {
    const char *name, *value;
};

struct request {
    enum request_method method;
    const char *path;            /* as sent, without the query */
    const char *language;        /* the query's `language`; NULL: none */
    const char *accept_language; /* the header; NULL: none */
    const char *cookie;          /* the value of the cookie `draft`; NULL: none */
    const char *session;         /* of the cookie `office`, likewise */
    const char *host;       /* under which the respondent reaches the survey, with its port; NULL: none */
    const char *origin;     /* the header Origin: whose page sent this; NULL: none */
    const char *fetch_site; /* the header Sec-Fetch-Site: how near that page is; NULL: none */
    bool is_secure;         /* the respondent is spoken to by HTTPS, here or at the proxy in front */
    const struct request_field *fields;
    size_t field_count;
};

enum request_fault {
    REQUEST_SOUND,
    REQUEST_BROKEN,    /* a percent sign without two hexadecimal digits, or a field without a name */
    REQUEST_NO_TEXT,   /* bytes that are not UTF-8, or a NUL */
    REQUEST_TOO_MANY,  /* more than `most` fields */
    REQUEST_NO_FORM,   /* a body that is no plain form; nothing of it is read */
    REQUEST_TOO_LARGE, /* a body larger than the form can have; nothing of it is read */
    REQUEST_FOREIGN,   /* a form that a page of another site sent; nothing of it is read */
    REQUEST_TOO_OFTEN  /* one of too many from its address; nothing of it is read */
};

/* The method of that name. */
enum request_method request_method(const char *name);

/* Whether the header Content-Type (NULL: none) is that of a plain form, application/x-www-form-urlencoded,
 * in UTF-8 if it names a character set. */
bool request_is_form(const char *content_type);

/* Whether a POST was sent by a page of another site (cross-site request forgery). `public_url` (NULL: none)
 * is the survey's own address besides `host`. */
bool request_is_foreign(const struct request *request, const char *public_url);

/* The last element of a header X-Forwarded-For, -Host or -Proto: what the proxy in front has added, and thus
 * the only one that no client can write. In `arena`; NULL: there is none. */
const char *request_forwarded(struct arena *arena, const char *list);

/* Decodes the body of a plain form into the request's fields, in their order (WHATWG URL standard, section
 * 5.1, but strict). Memory from `arena`, at most a small multiple of `length`. */
enum request_fault request_read_form(struct request *request, struct arena *arena, const char *body,
                                     size_t length, size_t most);

/* The index of the language tag that the header Accept-Language (NULL: none) prefers: by quality, then by
 * order; a range matches its own tag before a tag of the same language elsewhere (fr-CH: fr-CH, fr, fr-CA).
 * 0, the first, if nothing matches. */
size_t request_preferred_language(const char *accept_language, const char *const *tags, size_t count);

/* The value of the cookie of that name in the header Cookie (NULL: none): NULL unless there is exactly one,
 * and its value is letters and digits only. Memory from `arena`. */
const char *request_cookie(struct arena *arena, const char *header, const char *name);

/* Whether the header Accept-Encoding (NULL: none) allows gzip. */
bool request_accepts_gzip(const char *accept_encoding);

#endif
