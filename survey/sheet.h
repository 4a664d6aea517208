/* A paper sheet's way into the answers: checked as an imported record is, added once, and taken out again. */
#ifndef SURVEY_SHEET_H
#define SURVEY_SHEET_H

#include "model/answer.h"
#include "model/store_paper.h"
#include "survey/sheet_record.h"

#include <stdbool.h>
#include <stdint.h>

/* A record as a response of the channel paper, with what is wrong with it (an error hinders it, a warning
 * does not). The response has no key yet. Memory from `arena`. */
struct sheet_check {
    struct response response;
    struct problems problems;
    bool is_empty; /* nothing is answered at all */
};
struct sheet_check sheet_check_record(struct arena *arena, const struct sheet_record *record);

enum sheet_state {
    SHEET_UNKNOWN,  /* no page of it was scanned */
    SHEET_PARTIAL,  /* a page is missing: the first one is `page` */
    SHEET_IN_DOUBT, /* `open` of its questions are to be looked at */
    SHEET_EMPTY,    /* nothing is marked on it: no response */
    SHEET_STORED    /* its response is in the store */
};

struct sheet_status {
    enum store_outcome outcome; /* BUSY, FULL: what follows is not known, the failure is set */
    enum sheet_state state;
    unsigned page;
    size_t open;
    bool is_new;              /* it was stored just now */
    struct problems problems; /* then: what was left out of it */
};

/* Where sheets come in: `day` (YYYY-MM-DD) is counted for each response. */
struct sheet_desk {
    struct store *store;
    const struct questionnaire *questionnaire;
    const char *day;
};

/* How far a scanned sheet is. */
struct sheet_status sheet_look(const struct sheet_desk *desk, struct arena *arena, int64_t sheet,
                               struct failure *failure);

/* Inside a transaction: brings a scanned sheet into the answers, if all of its pages are there and nothing is
 * in doubt; what the questionnaire does not allow is then in doubt ("impossible"). Memory from `arena`. */
struct sheet_status sheet_complete(const struct sheet_desk *desk, struct arena *arena, int64_t sheet,
                                   struct failure *failure);

/* Inside a transaction: takes out the response of a sheet and all that is kept of the sheet itself.
 * STORE_NONE: there is nothing of it. */
enum store_outcome sheet_remove(struct store *store, int64_t sheet);

#endif
