#include "survey/reply.h"

#include "survey/stencil.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

void reply_add_header(struct reply *reply, const char *name, const char *value) {
    if (reply->header_count == REPLY_HEADERS_MOST)
        abort();
    reply->headers[reply->header_count++] = (struct reply_header){name, value};
}

const char *reply_header(const struct reply *reply, const char *name) {
    for (size_t i = 0; i < reply->header_count; i++)
        if (!strcmp(reply->headers[i].name, name))
            return reply->headers[i].value;
    return NULL;
}

static void deflate_body(const struct buffer *body, struct buffer *packed) {
    enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 8 };
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    packed->capacity = deflateBound(&stream, body->length);
    packed->bytes = malloc(packed->capacity);
    if (!packed->bytes)
        abort();
    stream.next_in = (Bytef *)body->bytes;
    stream.avail_in = (uInt)body->length;
    stream.next_out = (Bytef *)packed->bytes;
    stream.avail_out = (uInt)packed->capacity;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        abort();
    packed->length = stream.total_out;
    deflateEnd(&stream);
}

void reply_compress(struct reply *reply) {
    struct buffer packed = {0};
    if (reply->stencil)
        stencil_pack(reply->stencil, reply->words, &packed);
    else
        deflate_body(&reply->body, &packed);
    if (packed.length >= reply->body.length) {
        buffer_destroy(&packed);
        return;
    }
    buffer_destroy(&reply->body);
    reply->body = packed;
    reply_add_header(reply, "Content-Encoding", "gzip");
}

void reply_clear(struct reply *reply) {
    buffer_destroy(&reply->body);
    *reply = (struct reply){0};
}
