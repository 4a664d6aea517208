/* What goes back for a request, before any HTTP library sees it. */
#ifndef SURVEY_REPLY_H
#define SURVEY_REPLY_H

#include "model/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum { REPLY_HEADERS_MOST = 16, REPLY_WORDS = 2 };

struct stencil;

struct reply_header {
    const char *name, *value;
};

/* A zeroed reply is empty. Header values are kept by reference: literals, or memory that outlives the reply.
 */
struct reply {
    unsigned status;
    struct buffer body;
    struct reply_header headers[REPLY_HEADERS_MOST];
    size_t header_count;
    const struct stencil *stencil;  /* the body was printed by; NULL: by none */
    const char *words[REPLY_WORDS]; /* with these words */
};

/* Adds a header; more than REPLY_HEADERS_MOST abort. */
void reply_add_header(struct reply *reply, const char *name, const char *value);

/* The value of a header; NULL if it was not added. */
const char *reply_header(const struct reply *reply, const char *name);

/* Replaces the body by its gzip form (RFC 1952) and says so in the headers, if it becomes shorter. That costs
 * little only where the body was printed by a stencil. */
void reply_compress(struct reply *reply);

/* Gives the body's memory back; the reply is empty afterwards. */
void reply_clear(struct reply *reply);

#endif
