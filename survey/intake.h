/* Group commit: whatever the respondents of a turn do goes to disk together, before any of them is answered.
 */
#ifndef SURVEY_INTAKE_H
#define SURVEY_INTAKE_H

#include "model/store_invitation.h"

#include <stddef.h>
#include <stdint.h>

enum deed_kind {
    DEED_NONE,
    DEED_SUBMIT, /* a response, with the link it came by and the draft it ends */
    DEED_KEEP,   /* a draft */
    DEED_DROP    /* erasing one */
};

/* What a respondent's step does in the store. Lives as long as its request. */
struct deed {
    enum deed_kind kind;
    struct response response;
    int64_t invitation;     /* the link: is used by the response, must be valid for a draft; 0: none */
    int64_t generation;     /* of the link */
    bool has_draft;         /* a response's: whether `draft` names one */
    struct link_hash draft; /* the name */
    const unsigned char *sealed;
    size_t sealed_length;
};

/* The store as the server sees it; what stands in its way is said once on standard error, and once when it is
 * gone. Zeroed but for `store` at the start. */
struct intake {
    struct store *store;
    enum store_outcome state; /* what the last try came to: STORE_DONE, BUSY, FULL or ENDED */
    int64_t looked;           /* when it was last looked at */
};

/* Does `count` deeds in one transaction. STORE_DONE: it is on disk, and `outcomes` has for each DONE,
 * ALREADY, USED or ENDED; FULL for a draft that found no room, which hinders nobody else. STORE_BUSY,
 * STORE_FULL: nothing was done, all of them are to be tried again or given back. */
enum store_outcome intake_do(struct intake *intake, const struct deed *const *deeds, size_t count,
                             const char *day, enum store_outcome *outcomes);

/* Whether the store can take a response, looked at afresh at most once a second; `now` in milliseconds. */
enum store_outcome intake_look(struct intake *intake, int64_t now);

#endif
