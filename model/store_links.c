/* A store with personal links: its tables, its journal, and the order in which its rows lie.
 *
 * In an SQLite file the place of a row in its page tells when it came, and a log holds what came together. So
 * the journal is emptied at each commit, and the transaction that adds a response writes all of them anew in
 * the order of their random keys: no state of the file, not even for a moment, shows the last one. Then the
 * file is made whole again (VACUUM), as the numbers of its pages, too, tell what was there before where
 * answers are longer than a page; so that it hardly comes to that, pages are as large as they can be. */
#include "model/store_internal.h"
#include "model/store_invitation.h"

#include <sqlite3.h>
#include <string.h>

static const char schema[] =
#include "model/store_links.sql.inc"
    ;

bool store_links_create(struct store *store, struct failure *failure) {
    return store_sql_run(store, schema, "prepare the store", failure);
}

bool store_links_imagine(struct store *store, struct failure *failure) {
    return store_sql_imagine(store, schema, failure);
}

bool store_links_look(struct store *store, struct failure *failure) {
    int64_t by_link = 0;
    bool done = store_sql_number(store, "SELECT by_link FROM access", NULL, NULL, &by_link, failure);
    store->has_links = by_link != 0;
    return done;
}

/* --- writing anew --- */

/* Copied out, emptied, and put back: freed pages are overwritten (secure_delete), and rows that come in the
 * order of their keys fill their pages in that order. Between tables of the same definition SQLite copies
 * whole records in that order, twice as fast as it could read and write their columns. */
static const char *const rewrite[STORE_REWRITE_COUNT] = {
    [STORE_REWRITE_RESPONSES] = "INSERT INTO temp.kept_response SELECT * FROM main.response",
    "DELETE FROM main.response",
    "INSERT INTO main.response SELECT * FROM temp.kept_response",
    "DELETE FROM temp.kept_response",
    [STORE_REWRITE_DRAFTS] = "INSERT INTO temp.kept_draft SELECT * FROM main.draft",
    "DELETE FROM main.draft",
    "INSERT INTO main.draft SELECT * FROM temp.kept_draft",
    "DELETE FROM temp.kept_draft"};

bool store_links_prepare(struct store *store, struct failure *failure) {
    static const char kept[] =
        "CREATE UNIQUE INDEX temp.kept_sheet ON kept_response (sheet) WHERE sheet IS NOT NULL;"
        "CREATE TEMP TABLE kept_draft (name BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID";
    if (!store_schema_create_table(store, "temp", "kept_response", failure) ||
        !store_sql_run(store, kept, "prepare the store", failure))
        return false;
    for (size_t i = 0; i < STORE_REWRITE_COUNT; i++)
        if (!store_sql_prepare(store, rewrite[i], &store->rewrite[i], failure))
            return false;
    return true;
}

static enum store_outcome run_four(struct store *store, size_t first) {
    enum store_outcome outcome = STORE_DONE;
    for (size_t i = first; i < first + STORE_REWRITE_DRAFTS && outcome == STORE_DONE; i++)
        outcome = store_sql_step(store, store->rewrite[i], "write to the store");
    return outcome;
}

enum store_outcome store_links_rewrite(struct store *store) {
    enum store_outcome outcome = STORE_DONE;
    if (store->has_new_responses)
        outcome = run_four(store, STORE_REWRITE_RESPONSES);
    if (outcome == STORE_DONE && store->has_new_drafts)
        outcome = run_four(store, STORE_REWRITE_DRAFTS);
    store->has_new_responses = store->has_new_drafts = false;
    return outcome;
}

/* What cannot be done now, since somebody reads the store or the disk is full, is done at the next occasion;
 * the responses stay. */
void store_links_tidy(struct store *store) {
    store->is_untidy = sqlite3_exec(store->database, "VACUUM", NULL, NULL, NULL) != SQLITE_OK;
}

/* --- becoming one --- */

/* The log goes with the mode; SQLite keeps it where another connection is open. */
static bool leave_log(struct store *store, struct failure *failure) {
    sqlite3_stmt *statement = NULL;
    if (!store_sql_prepare(store, "PRAGMA journal_mode = TRUNCATE", &statement, failure))
        return false;
    int code = sqlite3_step(statement);
    bool done = code == SQLITE_ROW && !strcmp((const char *)sqlite3_column_text(statement, 0), "truncate");
    if (!done && (code == SQLITE_ROW || (code & 0xFF) == SQLITE_BUSY))
        failure_set(failure,
                    "the store %s cannot get personal links while another program has it open; stop it"
                    " (survey serve), and run the command again",
                    store->path);
    else if (!done)
        store_sql_refuse(store, "prepare the store", failure);
    sqlite3_finalize(statement);
    return done;
}

/* Nobody may come in between, who would bring the log back; what fails leaves a store without links. */
static bool become(struct store *store, struct failure *failure) {
    return store_sql_run(store, "PRAGMA locking_mode = EXCLUSIVE", "prepare the store", failure) &&
           leave_log(store, failure) &&
           store_sql_run(store, STORE_LINKS_PAGES "; VACUUM; UPDATE access SET by_link = 1",
                         "prepare the store", failure) &&
           store_links_prepare(store, failure);
}

bool store_keep_links(struct store *store, struct failure *failure) {
    if (store->has_links)
        return true;
    store->has_links = become(store, failure);
    /* The lock goes with the first reading after it. */
    sqlite3_exec(store->database, "PRAGMA locking_mode = NORMAL; SELECT by_link FROM access", NULL, NULL,
                 NULL);
    store_place_note(store);
    return store->has_links;
}

bool store_has_links(const struct store *store) {
    return store->has_links;
}

bool store_links_are_open(const struct store *store) {
    return store->has_links && !store->ended;
}
