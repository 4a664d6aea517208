/* The web server: one thread, one loop. In each turn every complete submission goes into one transaction,
 * and only after its commit are they answered. */
#ifndef SURVEY_SERVER_H
#define SURVEY_SERVER_H

#include "model/base/failure.h"
#include "model/store.h"
#include "survey/site.h"

#include <stdbool.h>

struct server_options {
    const struct site *site;
    struct store *store;     /* NULL: a preview */
    int listener;            /* a listening socket, closed by the server */
    const char *certificate; /* PEM; NULL: plain HTTP */
    const char *key;         /* PEM */
};

/* Serves until SIGTERM or SIGINT; then requests under way are finished, for ten seconds at most or until a
 * second signal. SIGTERM, SIGINT, SIGPIPE and SIGXFSZ are taken over for good. False after a failure to
 * start. */
bool server_run(const struct server_options *options, struct failure *failure);

#endif
