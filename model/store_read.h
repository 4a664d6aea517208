/* Reading a store: every response in one pass, and what is counted beside them. */
#ifndef MODEL_STORE_READ_H
#define MODEL_STORE_READ_H

#include "model/store.h"

/* Begins a pass over all responses, in no meaningful order, in one snapshot. NULL after a failure. */
struct store_pass;
struct store_pass *store_pass_begin(struct store *store, struct failure *failure);

/* The next response; valid until the next call. False at the end, or after a failure, which is then set. */
bool store_pass_next(struct store_pass *pass, struct response *response, struct failure *failure);

void store_pass_end(struct store_pass *pass);

/* How many responses came by a channel on a day. */
struct store_day {
    char day[11];
    size_t count[CHANNEL_COUNT];
};

/* All days with responses, ascending; `*count` of them. NULL after a failure. Memory from `arena`. */
const struct store_day *store_days(struct store *store, struct arena *arena, size_t *count,
                                   struct failure *failure);

/* Whether the collection was ended. */
bool store_is_ended(const struct store *store);

/* Whether a file with these bytes (their SHA-256, as 64 hex digits) was imported before; and noting that it
 * is, inside a transaction. */
bool store_was_imported(struct store *store, const char *digest);
enum store_outcome store_note_import(struct store *store, const char *digest);

/* Whether a paper sheet of that number is in the store. */
bool store_has_sheet(struct store *store, int64_t sheet);

#endif
