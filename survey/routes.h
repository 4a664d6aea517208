/* Which request gets which page, and which is a response to be stored. */
#ifndef SURVEY_ROUTES_H
#define SURVEY_ROUTES_H

#include "model/store.h"
#include "survey/form.h"
#include "survey/reply.h"
#include "survey/site.h"

/* One request on its way to a reply. */
struct exchange {
    struct arena *arena; /* lives as long as the exchange */
    struct request request;
    enum request_fault fault;  /* of its form */
    const char *today;         /* YYYY-MM-DD, local */
    enum store_outcome health; /* of the store: STORE_ENDED once the collection is closed */
    struct form form;
    struct form_result result;
    struct reply reply;
    bool is_pending; /* `response` has to be stored before there is a reply */
    struct response response;
};

/* Makes the reply, or `response` with `is_pending`. */
void routes_answer(const struct site *site, struct exchange *exchange);

/* Makes the reply to a pending exchange whose response was stored, or was not. */
void routes_settle(const struct site *site, struct exchange *exchange, enum store_outcome outcome);

#endif
