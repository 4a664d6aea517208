/* Responses, kept durably and read back: an SQLite file as the contract describes it.
 *
 * One thread. A response is acknowledged only after the commit of the transaction that added it. */
#ifndef MODEL_STORE_H
#define MODEL_STORE_H

#include "model/answer.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum store_access {
    STORE_READ,  /* must exist; never changed */
    STORE_WRITE, /* created with its folder if missing; brought up to the questionnaire if it has changed */
    STORE_UPDATE /* the same, but must exist */
};

/* Opens the store at `path` for this questionnaire. Refused, with nothing touched: what is not SQLite or not
 * a store, a newer version, another questionnaire's, a change of the questionnaire that would make a stored
 * answer wrong, a store that is locked (after a short wait), a folder that cannot be written. NULL after a
 * failure. The questionnaire must outlive the store. */
struct store *store_open(const char *path, enum store_access access,
                         const struct questionnaire *questionnaire, struct failure *failure);

/* Ends an open transaction without effect, and closes. NULL is allowed. */
void store_close(struct store *store);

enum store_outcome {
    STORE_DONE,
    STORE_ALREADY, /* the key is in the store already: nothing was added, and that is fine */
    STORE_BUSY,    /* another process writes: try again later */
    STORE_FULL,    /* no space, or an I/O error: nothing was added; the store works on when there is space */
    STORE_ENDED,   /* the collection was closed */
    STORE_USED,    /* the personal link was used before: nothing was added */
    STORE_NONE     /* what was asked for is not there */
};

/* A transaction of any number of responses. After BUSY or FULL at any step roll back. `day` (YYYY-MM-DD) is
 * counted in day_count, never kept with the response. FULL is also what is known not to be in a file of that
 * name any more: it was moved, deleted or replaced. Begun patiently, this connection waits some seconds for
 * another that reads or writes, and takes the memory that many responses need, from here on and whatever it
 * does. */
enum store_outcome store_begin(struct store *store);
enum store_outcome store_begin_patiently(struct store *store);
enum store_outcome store_add(struct store *store, const struct response *response, const char *day);
enum store_outcome store_commit(struct store *store);
void store_rollback(struct store *store);

/* Inside a transaction: takes out the response of a paper sheet, and one from day_count. STORE_ALREADY: there
 * is no such sheet. */
enum store_outcome store_remove_sheet(struct store *store, int64_t sheet);

/* A random positive key, for a new form or an imported record. */
int64_t store_new_key(void);

/* Ends the collection: later responses of the channel web are refused (STORE_ENDED); drafts and the people
 * invited are erased, and the file is rewritten, so that nothing in it tells the order of arrival. False with
 * the failure. Doing it again is fine. */
bool store_end_collection(struct store *store, struct failure *failure);

/* Overwrites and removes the store at `path`, which nobody has open, with what SQLite and the campaign's key
 * keep beside it, the codings of open answers (store_themes_folder), and what the evaluator's pages keep
 * there; an empty file `<path>.erased` stays, and while it is there no store is made anew. False with the
 * failure; doing it again goes on. */
bool store_erase(const char *path, struct failure *failure);

/* What the store at `path` is called while it is erased, and the mark it leaves. Memory from `arena`. */
const char *store_erased_path(struct arena *arena, const char *path);

/* The folder beside the store at `path` in which open answers are coded: `<path>.themes`, made by whoever
 * writes into it. What is in it goes with store_erase. Memory from `arena`. */
const char *store_themes_folder(struct arena *arena, const char *path);

/* Brings the log into the file and empties it, so that nothing of what was overwritten or removed remains.
 * False after a failure, one of which is that another process reads the store. */
bool store_forget_log(struct store *store, struct failure *failure);

/* Whether the store can take a response now: not ended, and a write lock can be had. */
enum store_outcome store_health(struct store *store);

/* What the last outcome other than DONE and ALREADY was about, for the log. */
const char *store_reason(const struct store *store);

#endif
