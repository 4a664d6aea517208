/* What the files of the web server share. */
#ifndef SURVEY_SERVER_INTERNAL_H
#define SURVEY_SERVER_INTERNAL_H

#include "survey/office.h"
#include "survey/rate.h"
#include "survey/routes.h"
#include "survey/server.h"

#include <stdint.h>

struct MHD_Connection;
struct MHD_Daemon;

/* One connection. Those that have to be done by a deadline stand in a list in the order of their deadlines,
 * which is that of their entry, as all have the same time. */
struct visitor {
    struct visitor *earlier, *later; /* NULL at the ends; both NULL out of the list */
    bool is_listed, is_counted;
    int socket;
    int64_t deadline;
    struct rate_address address; /* of the peer, which may be a proxy */
};

/* One request. */
struct visit {
    struct exchange exchange;
    struct MHD_Connection *connection;
    struct visitor *visitor;
    struct buffer body;
    size_t body_seen;
    struct visit *next;          /* in the queue for the store, or for the office */
    int64_t queued;              /* when it came there */
    uint64_t ticket;             /* of the office's answer; 0: it is there */
    struct rate_address address; /* of the respondent */
    bool accepts_gzip;
    bool is_vast;    /* its body will not be read even for the sake of a refusal */
    bool must_close; /* what follows on the connection cannot be trusted to be a request */
    bool is_answered;
};

struct server {
    const struct site *site;
    const char *public_url;
    bool trusts_proxy, has_tls;
    struct rate *rate; /* NULL: addresses are not limited */
    struct guest_door door;
    struct intake intake;
    struct MHD_Daemon *daemon;
    int poll, signals, listener; /* -1 once closed */
    struct visitor *first, *last;
    struct visit *queue, **queue_end; /* for the store */
    size_t queue_length;
    struct visit *batch; /* those whose deeds the store is doing now */
    size_t batch_length;
    int64_t retry_at;      /* when the store is tried again that was held by another process */
    struct office *office; /* NULL: none */
    struct visit *waiting; /* for the office, in the order in which it was asked */
    size_t waiting_count;
    uint64_t tickets; /* given so far */
    size_t connections, visits, body_bytes, connection_limit, body_limit, field_limit;
    size_t crowd; /* the most connections since memory was given back */
    bool is_due;  /* the library has to run again: for connections that were resumed, or to take others where
                     some had to wait for the end of one; its own timeout counts neither */
    int64_t stop_at; /* 0: no signal came yet */
    char today[11];
};

/* A clock that never runs back. */
int64_t server_milliseconds(void);

/* Lets a connection wait without being counted as slow; and go on, with the reply of its exchange. */
void server_suspend(struct server *server, struct visit *visit);
void server_resume(struct server *server, struct visit *visit);

/* --- server_store.c: those who wait for the store --- */

/* Lets the visit wait until its deed is done. */
void server_store_ask(struct server *server, struct visit *visit);

/* Answers those whose deeds are done, and begins to do those that came meanwhile. */
void server_store_settle(struct server *server);

/* At the end: waits for what was begun, and gives back the others. */
void server_store_end(struct server *server);

/* How many milliseconds nothing has to be done for them; INT32_MAX: until the store is done. */
int64_t server_store_wait(const struct server *server);

/* --- server_office.c: those who wait for the office --- */

/* Hands the visit's request over, and lets it wait. */
void server_office_ask(struct server *server, struct visit *visit);

/* Answers those whose answer has come, or comes no more; all of them at the end. */
void server_office_settle(struct server *server, bool all);

/* How many milliseconds nothing has to be done for them; INT32_MAX: until the office says something. */
int64_t server_office_wait(const struct server *server);

#endif
