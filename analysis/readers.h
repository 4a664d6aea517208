/* Reading a store with several threads, each with a share of the responses and counts of its own. */
#ifndef ANALYSIS_READERS_H
#define ANALYSIS_READERS_H

#include "analysis/counting.h"
#include "model/store_pass.h"

/* Counts all responses of the store, in one snapshot, into a new counting, and ends it. `most` readers at
 * most share the work, the caller's thread being one of them; 0: as many as there are processors to run on,
 * up to four. How many there were makes no difference to the counts. Lives as long as `arena`; so must
 * `plan`. NULL after a failure. */
const struct counting *readers_count(struct arena *arena, const struct counting_plan *plan,
                                     struct store *store, size_t most, struct failure *failure);

#endif
