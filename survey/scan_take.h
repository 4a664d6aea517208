/* Taking what was read on a page into the store: what is certain into the sheet's record, what is not into
 * the review queue, and the sheet into the answers once all of it is there. */
#ifndef SURVEY_SCAN_TAKE_H
#define SURVEY_SCAN_TAKE_H

#include "survey/scan_page.h"
#include "survey/sheet.h"

#include <stdbool.h>
#include <stddef.h>

/* What came of a page: questions, each counted once. */
struct scan_taken {
    const char *refusal; /* why nothing was changed; NULL: the page was taken in */
    size_t read;         /* certain, answered or not */
    size_t queued;       /* to be looked at */
    size_t typed;        /* to be typed: handwriting */
    size_t corrected;    /* of those read: a mark taken back by its writer */
    struct sheet_status sheet;
};

struct scan_take {
    struct sheet_desk desk;
    const struct scan_forms *forms;
    const struct scan_reading *reading;
    const char *digest; /* of the page's picture */
};

/* Takes a page in, in a transaction of its own. A page that is there already, and a page of a sheet that was
 * typed, are refused. False with the failure, with nothing changed: the store cannot be written to. Memory
 * from `arena`. */
bool scan_take_page(const struct scan_take *take, struct arena *arena, struct scan_taken *taken,
                    struct failure *failure);

#endif
