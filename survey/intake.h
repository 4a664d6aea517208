/* Group commit: whatever the respondents of a turn do goes to disk together, before any of them is answered.
 */
#ifndef SURVEY_INTAKE_H
#define SURVEY_INTAKE_H

#include "model/store_invitation.h"

#include <stdbool.h>
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

struct intake_worker;

/* The store as the server sees it; what stands in its way is said once on standard error, and once when it is
 * gone. Zeroed but for `store` at the start. */
struct intake {
    struct store *store;
    enum store_outcome state;     /* what the last try came to: STORE_DONE, BUSY, FULL or ENDED */
    int64_t looked;               /* when it was last looked at */
    struct intake_worker *worker; /* NULL: none was opened */
};

/* Does `count` deeds in one transaction. STORE_DONE: it is on disk, and `outcomes` has for each DONE,
 * ALREADY, USED or ENDED; FULL for a draft that found no room, which hinders nobody else. STORE_BUSY,
 * STORE_FULL: nothing was done, all of them are to be tried again or given back. */
enum store_outcome intake_do(struct intake *intake, const struct deed *const *deeds, size_t count,
                             const char *day, enum store_outcome *outcomes);

/* Whether the store can take a response, looked at afresh at most once a second, and not while a worker
 * writes to it; `now` in milliseconds. */
enum store_outcome intake_look(struct intake *intake, int64_t now);

/* --- intake_worker.c: the same while other requests are answered --- */

/* Lets a thread of its own do the deeds from now on. False: there can be none, and what is begun is done at
 * once. */
bool intake_open_worker(struct intake *intake);

/* Ends the thread, once it has done what was begun. */
void intake_close_worker(struct intake *intake);

/* Can be read from as soon as what was begun is done, until it is ended; -1: there is no worker. */
int intake_descriptor(const struct intake *intake);

/* Begins to do deeds, which stay where they are until they are ended; nothing else must have been begun. */
void intake_begin(struct intake *intake, const struct deed *const *deeds, size_t count, const char *day);

/* Whether deeds were begun and not ended; and whether they are done. */
bool intake_has_begun(const struct intake *intake);
bool intake_is_done(const struct intake *intake);

/* Waits until what was begun is done, if anything was: who uses the store for something else does so before.
 */
void intake_wait(const struct intake *intake);

/* Ends what was begun: waits, and gives what intake_do would have given. */
enum store_outcome intake_end(struct intake *intake, enum store_outcome *outcomes);

#endif
