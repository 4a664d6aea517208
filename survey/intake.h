/* Group commit: all responses of a turn go to disk together, before any of them is acknowledged. */
#ifndef SURVEY_INTAKE_H
#define SURVEY_INTAKE_H

#include "model/store.h"

#include <stddef.h>
#include <stdint.h>

/* The store as the server sees it; what stands in its way is said once on standard error, and once when it is
 * gone. Zeroed but for `store` at the start. */
struct intake {
    struct store *store;
    enum store_outcome state; /* what the last try came to: STORE_DONE, BUSY, FULL or ENDED */
    int64_t looked;           /* when it was last looked at */
};

/* Adds `count` responses in one transaction. STORE_DONE: it is on disk, and `outcomes` has for each DONE,
 * ALREADY or ENDED. STORE_BUSY, STORE_FULL: nothing was added, all of them are to be tried again or given
 * back. */
enum store_outcome intake_add(struct intake *intake, const struct response *const *responses, size_t count,
                              const char *day, enum store_outcome *outcomes);

/* Whether the store can take a response, looked at afresh at most once a second; `now` in milliseconds. */
enum store_outcome intake_look(struct intake *intake, int64_t now);

#endif
