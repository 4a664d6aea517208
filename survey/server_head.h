/* The head of a request, read by the web server before its body comes. */
#ifndef SURVEY_SERVER_HEAD_H
#define SURVEY_SERVER_HEAD_H

#include "survey/request.h"

struct MHD_Connection;

struct server_head {
    struct request request;
    const char *address;      /* of the respondent, as the trusted proxy says; NULL: nobody does */
    const char *content_type; /* NULL: none */
    bool accepts_gzip;
    bool is_vast;      /* announces a body of more than `body_most` */
    bool is_ambiguous; /* another program may see the request's end elsewhere: nothing may follow it */
};

/* How to read it. */
struct server_head_options {
    bool trusts_proxy; /* believes the last X-Forwarded-For, -Proto and -Host; else they are ignored */
    bool has_tls;
    size_t body_most;
};

/* Reads the head. Its strings live as long as the request or `arena`. */
struct server_head server_head_read(struct MHD_Connection *connection, struct arena *arena,
                                    const char *method, const char *path,
                                    const struct server_head_options *options);

#endif
