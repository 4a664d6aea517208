/* All responses of a store, one after the other: in one pass, or in several that are one together. */
#ifndef MODEL_STORE_PASS_H
#define MODEL_STORE_PASS_H

#include "model/store.h"

enum { STORE_PASSES = 16 };

/* Begins a pass over all responses, in no meaningful order, in one snapshot. NULL after a failure. */
struct store_pass;
struct store_pass *store_pass_begin(struct store *store, struct failure *failure);

/* The same for some items alone, one flag each, which takes a fraction of the time. Of the others nothing is
 * read, nor of any why there is no answer: the state is ANSWER_GIVEN or not. */
struct store_pass *store_pass_begin_items(struct store *store, const bool *wanted, struct failure *failure);

/* The next response; valid until the next call. False at the end, or after a failure, which is then set. */
bool store_pass_next(struct store_pass *pass, struct response *response, struct failure *failure);

/* Begins several passes, `most` at most, that are one together: each has a share of the responses, all in the
 * same snapshot, and may be used and ended by a thread of its own. Gives how many were begun: one where the
 * responses are too few to share, where the store was not opened with STORE_READ, or where others are writing
 * just now; 0 after a failure. `passes` has room for `most`, from 1 to STORE_PASSES. Of a response only the
 * channel and the states, choices, numbers and texts of its answers are read. The store itself is not to be
 * used before all have ended. */
size_t store_pass_share(struct store *store, struct store_pass **passes, size_t most,
                        struct failure *failure);

/* Ends a pass, wherever it is. NULL is allowed. */
void store_pass_end(struct store_pass *pass);

#endif
