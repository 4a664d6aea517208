/* What a respondent's step does: a response with the link it came by, a draft kept or dropped. */
#include "model/store_internal.h"
#include "model/store_invitation.h"

#include <sqlite3.h>

static void bind_name(struct sqlite3_stmt *statement, const struct link_hash *name) {
    sqlite3_bind_blob(statement, 1, name->bytes, sizeof name->bytes, SQLITE_STATIC);
}

/* Whether one row of the statement, which tells a truth, does. */
static bool finds(struct sqlite3_stmt *statement) {
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    return found;
}

/* Counted once, and kept up from then on: drafts are long, and counting reads them all. */
static void count_drafts(struct store *store) {
    struct sqlite3_stmt *count = store->statements[STATEMENT_COUNT_DRAFTS];
    if (store->draft_count < 0 && sqlite3_step(count) == SQLITE_ROW) {
        store->draft_count = sqlite3_column_int64(count, 0);
        store->draft_bytes = sqlite3_column_int64(count, 1);
    }
    sqlite3_reset(count);
}

/* How long the draft of that name is; -1: there is none. */
static int64_t length_of(struct store *store, const struct link_hash *name) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_DRAFT_LENGTH];
    bind_name(statement, name);
    int64_t length = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_reset(statement);
    return length;
}

/* Without links anybody can begin a form, over and over: what that takes of the disk is limited. */
static bool has_room(struct store *store, int64_t before, size_t length) {
    count_drafts(store);
    int64_t added = (int64_t)length - (before > 0 ? before : 0);
    return store->has_links || ((before >= 0 || store->draft_count < STORE_DRAFTS_MOST) &&
                                (added <= 0 || store->draft_bytes + added <= STORE_DRAFT_BYTES_MOST));
}

enum store_outcome store_keep_draft(struct store *store, const struct link_hash *name,
                                    const unsigned char *sealed, size_t length) {
    struct sqlite3_stmt *keep = store->statements[STATEMENT_KEEP_DRAFT];
    if (store->ended)
        return STORE_ENDED;
    int64_t before = length_of(store, name);
    if (!has_room(store, before, length)) {
        store_sql_reason(store, "the store %s holds as many unfinished forms as it takes", store->path);
        return STORE_FULL;
    }
    bind_name(keep, name);
    sqlite3_bind_blob64(keep, 2, sealed, length, SQLITE_STATIC);
    store->has_new_drafts = true;
    store->draft_count += before < 0;
    store->draft_bytes += (int64_t)length - (before > 0 ? before : 0);
    return store_sql_step(store, keep, "write to the store");
}

enum store_outcome store_drop_draft(struct store *store, const struct link_hash *name) {
    struct sqlite3_stmt *drop = store->statements[STATEMENT_DROP_DRAFT];
    int64_t before = length_of(store, name);
    if (before < 0)
        return STORE_DONE;
    count_drafts(store);
    bind_name(drop, name);
    store->has_new_drafts = true;
    store->draft_count--;
    store->draft_bytes -= before;
    return store_sql_step(store, drop, "write to the store");
}

const unsigned char *store_read_draft(struct store *store, struct arena *arena, const struct link_hash *name,
                                      size_t *length) {
    struct sqlite3_stmt *read = store->statements[STATEMENT_READ_DRAFT];
    const unsigned char *sealed = NULL;
    bind_name(read, name);
    int code = sqlite3_step(read);
    *length = code != SQLITE_DONE;
    if (code == SQLITE_ROW) {
        *length = (size_t)sqlite3_column_bytes(read, 0);
        sealed = (const unsigned char *)arena_copy_bytes(arena, sqlite3_column_blob(read, 0), *length);
    }
    sqlite3_reset(read);
    return sealed;
}

static bool has_key(struct store *store, int64_t key) {
    struct sqlite3_stmt *has = store->statements[STATEMENT_HAS_KEY];
    sqlite3_bind_int64(has, 1, key);
    return finds(has);
}

enum store_outcome store_check_link(struct store *store, int64_t invitation, int64_t generation) {
    struct sqlite3_stmt *check = store->statements[STATEMENT_CHECK_LINK];
    sqlite3_bind_int64(check, 1, invitation);
    sqlite3_bind_int64(check, 2, generation);
    int code = sqlite3_step(check);
    enum store_outcome outcome = code == SQLITE_DONE            ? STORE_NONE
                                 : code != SQLITE_ROW           ? store_sql_outcome(store, "read the store")
                                 : sqlite3_column_int(check, 0) ? STORE_USED
                                                                : STORE_DONE;
    sqlite3_reset(check);
    return outcome;
}

/* Of two who use a link at the same time, the first finds it unused. */
static enum store_outcome use_link(struct store *store, int64_t invitation, int64_t generation) {
    struct sqlite3_stmt *use = store->statements[STATEMENT_USE_INVITATION];
    enum store_outcome outcome = store_check_link(store, invitation, generation);
    if (outcome != STORE_DONE)
        return outcome;
    sqlite3_bind_int64(use, 1, invitation);
    return store_sql_step(store, use, "write to the store");
}

enum store_outcome store_submit(struct store *store, const struct submission *submission, const char *day) {
    const struct response *response = submission->response;
    if (has_key(store, response->key))
        return STORE_ALREADY;
    enum store_outcome outcome = STORE_DONE;
    if (submission->invitation && !store->ended && !response->is_late)
        outcome = use_link(store, submission->invitation, submission->generation);
    if (outcome == STORE_DONE)
        outcome = store_add(store, response, day);
    if (outcome == STORE_DONE && submission->draft)
        outcome = store_drop_draft(store, submission->draft);
    return outcome;
}
