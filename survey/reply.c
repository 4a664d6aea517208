#include "survey/reply.h"

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

void reply_compress(struct reply *reply) {
    enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 8 };
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    size_t bound = deflateBound(&stream, reply->body.length);
    char *packed = malloc(bound);
    if (!packed)
        abort();
    stream.next_in = (Bytef *)reply->body.bytes;
    stream.avail_in = (uInt)reply->body.length;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)bound;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        abort();
    size_t length = stream.total_out;
    deflateEnd(&stream);
    if (length < reply->body.length) {
        buffer_clear(&reply->body);
        buffer_append_bytes(&reply->body, packed, length);
        reply_add_header(reply, "Content-Encoding", "gzip");
    }
    free(packed);
}

void reply_clear(struct reply *reply) {
    buffer_destroy(&reply->body);
    *reply = (struct reply){0};
}
