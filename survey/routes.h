/* Which request gets which page, and what has to be done in the store before there is one. */
#ifndef SURVEY_ROUTES_H
#define SURVEY_ROUTES_H

#include "survey/guest.h"
#include "survey/reply.h"
#include "survey/site.h"

/* One request on its way to a reply. */
struct exchange {
    struct arena *arena;           /* lives as long as the exchange */
    const struct guest_door *door; /* NULL: a preview */
    struct request request;
    enum request_fault fault;  /* of its form */
    unsigned retry_after;      /* seconds, where the fault is REQUEST_TOO_OFTEN */
    const char *today;         /* YYYY-MM-DD, local */
    enum store_outcome health; /* of the store: STORE_ENDED once the collection is closed */
    struct guest guest;
    struct form form;
    struct form_result result;
    bool is_for_office; /* the reply is to come from there */
    unsigned cost;      /* requests that the reply costs besides */
    struct deed deed;   /* of a kind: has to be done before there is a reply */
    struct reply reply;
};

/* Makes the reply, or the deed, or leaves it to the office. */
void routes_answer(const struct site *site, struct exchange *exchange);

/* Makes the reply to an exchange whose deed came to `outcome`: STORE_DONE, ALREADY, USED, ENDED; BUSY and
 * FULL: it was not done. */
void routes_settle(const struct site *site, struct exchange *exchange, enum store_outcome outcome);

/* Makes the reply to an exchange that the office did not answer. */
void routes_settle_office(const struct site *site, struct exchange *exchange);

#endif
