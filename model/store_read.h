/* Reading a store: whose it is, and what is kept beside the responses. */
#ifndef MODEL_STORE_READ_H
#define MODEL_STORE_READ_H

#include "model/base/arena.h"
#include "model/store.h"

/* Whether the file at `path` is an SQLite file, and so may be a store. False if it cannot be read. */
bool store_is_database(const char *path);

/* Opens the store at `path` to read it, for the questionnaire that it keeps, the one it was collected with
 * last; `*questionnaire` becomes that one, and lives as long as `arena`, which must outlive the store. NULL
 * after a failure, as of store_open. */
struct store *store_open_kept(const char *path, struct arena *arena,
                              const struct questionnaire **questionnaire, struct failure *failure);

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
