/* The web server: one thread, one loop. In each turn every complete submission goes into one transaction,
 * and only after its commit are they answered. */
#ifndef SURVEY_SERVER_H
#define SURVEY_SERVER_H

#include "model/base/failure.h"
#include "model/base/secret.h"
#include "model/store.h"
#include "survey/office.h"
#include "survey/site.h"

#include <stdbool.h>

struct server_options {
    const struct site *site;
    struct store *store;               /* NULL: a preview */
    const struct secret *campaign_key; /* of the personal links; NULL: open access */
    struct office *office;             /* answers below /admin; NULL: nobody does */
    int listener;                      /* a listening socket, closed by the server */
    const char *certificate;           /* PEM; NULL: plain HTTP */
    const char *key;                   /* PEM */
    const char *public_url;            /* NULL: none */
    bool trusts_proxy;                 /* believes the last X-Forwarded-For, -Proto and -Host */
    unsigned rate_limit;               /* requests a minute and address; 0: addresses are not limited */
};

struct server;

/* Gets ready to serve: from now on the server needs no other file than its store, and no new socket. SIGTERM,
 * SIGINT, SIGPIPE and SIGXFSZ are taken over for good. NULL after a failure; the listener is closed then too.
 */
struct server *server_open(const struct server_options *options, struct failure *failure);

/* Serves until SIGTERM or SIGINT; then requests under way are finished, for ten seconds at most or until a
 * second signal. */
void server_run(struct server *server);

/* NULL is allowed. */
void server_close(struct server *server);

#endif
