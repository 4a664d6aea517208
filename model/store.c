#include "model/store.h"

#include "model/base/digest.h"
#include "model/store_internal.h"
#include "model/store_read.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

enum {
    SPACE_LEAST = 64 * 1024, /* with less, not even a small transaction fits */
    PATIENCE = 10000,        /* milliseconds for which a command waits for another's lock */
    CLOSING_WAIT = 5000      /* milliseconds for which the end of the collection waits for one */
};

int64_t store_new_key(void) {
    return digest_random_key();
}

const char *store_reason(const struct store *store) {
    return store->reason;
}

static void bind_text(struct sqlite3_stmt *statement, int at, const char *text) {
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

/* Another process may have ended the collection or changed the questionnaire since the last look. */
static enum store_outcome look_at_state(struct store *store) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_STATE];
    if (sqlite3_step(statement) != SQLITE_ROW) {
        enum store_outcome outcome = store_sql_outcome(store, "read the store");
        sqlite3_reset(statement);
        return outcome;
    }
    store->ended = sqlite3_column_int(statement, 0) != 0;
    int64_t revision = sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    if (revision == store->revision)
        return STORE_DONE;
    store_sql_reason(store, "the questionnaire of the store %s was changed while it was open; start again",
                     store->path);
    return STORE_FULL;
}

enum store_outcome store_begin(struct store *store) {
    if (!store_place_is_kept(store))
        return STORE_FULL;
    enum store_outcome outcome =
        store_sql_step(store, store->statements[STATEMENT_BEGIN], "write to the store");
    return outcome == STORE_DONE ? look_at_state(store) : outcome;
}

/* Not only the beginning has to wait: whoever reads stands in the way of a commit. */
/* Random keys touch pages everywhere: with a small cache, an import of 300 000 responses takes three times as
 * long. The cache grows only as far as the file. */
enum store_outcome store_begin_patiently(struct store *store) {
    sqlite3_exec(store->database, "PRAGMA cache_size = -65536", NULL, NULL, NULL);
    sqlite3_busy_timeout(store->database, PATIENCE);
    return store_begin(store);
}

enum store_outcome store_commit(struct store *store) {
    bool is_rewritten = store->has_links && (store->has_new_responses || store->has_new_people);
    enum store_outcome outcome = store->has_links ? store_links_rewrite(store) : STORE_DONE;
    if (outcome == STORE_DONE)
        outcome = store_sql_step(store, store->statements[STATEMENT_COMMIT], "write to the store");
    if (outcome == STORE_DONE)
        store->has_new_people = false;
    if (outcome == STORE_DONE && is_rewritten)
        store_links_tidy(store);
    /* Looked at last, since what was moved in the meantime took the transaction with it. */
    return outcome == STORE_DONE && !store_place_is_kept(store) ? STORE_FULL : outcome;
}

void store_rollback(struct store *store) {
    store->has_new_responses = store->has_new_drafts = store->has_new_people = false;
    store->draft_count = -1;
    /* SQLite has rolled back by itself after some errors. */
    if (!sqlite3_get_autocommit(store->database)) {
        sqlite3_step(store->statements[STATEMENT_ROLLBACK]);
        sqlite3_reset(store->statements[STATEMENT_ROLLBACK]);
    }
}

static bool is_chosen(const struct answer *answer, size_t option) {
    for (size_t i = 0; i < answer->choice_count; i++)
        if (answer->choices[i] == option)
            return true;
    return false;
}

static void bind_code(struct sqlite3_stmt *statement, int at, const struct column *column,
                      const struct answer *answer) {
    const char *code = column->item->question->options[answer->choices[0]].code;
    if (column->type == COLUMN_INTEGER)
        sqlite3_bind_int64(statement, at, strtoll(code, NULL, 10));
    else
        bind_text(statement, at, code);
}

static void bind_ranking(struct sqlite3_stmt *statement, int at, const struct item *item,
                         const struct answer *answer) {
    struct buffer codes = {0};
    answer_format(&codes, item, answer);
    sqlite3_bind_text(statement, at, buffer_text(&codes), (int)codes.length, SQLITE_TRANSIENT);
    buffer_destroy(&codes);
}

static void bind_given(struct sqlite3_stmt *statement, int at, const struct column *column,
                       const struct answer *answer) {
    switch (column->kind) {
    case COLUMN_CODE:
        bind_code(statement, at, column, answer);
        break;
    case COLUMN_TICK:
        sqlite3_bind_int(statement, at, is_chosen(answer, column->option));
        break;
    case COLUMN_NUMBER:
        if (column->type == COLUMN_INTEGER)
            sqlite3_bind_int64(statement, at, llround(answer->number));
        else
            sqlite3_bind_double(statement, at, answer->number);
        break;
    case COLUMN_TEXT:
    case COLUMN_DATE:
        bind_text(statement, at, answer->text);
        break;
    case COLUMN_RANKING:
        bind_ranking(statement, at, column->item, answer);
        break;
    case COLUMN_SPECIFY:
        bind_text(statement, at, answer->specify); /* NULL binds NULL */
        break;
    }
}

/* The reasons of what is missing and not simply unanswered, into the store's buffer. */
static void collect_missing(struct store *store, const struct answer *answers) {
    static const char *const reasons[] = {[ANSWER_NO_OPINION] = "=no_opinion",
                                          [ANSWER_NOT_CONCERNED] = "=not_concerned",
                                          [ANSWER_NOT_ASKED] = "=not_asked"};
    buffer_clear(&store->missing);
    for (size_t i = 0; i < store->questionnaire->item_count; i++) {
        enum answer_state state = answers[i].state;
        if (state == ANSWER_GIVEN || state == ANSWER_NOT_ANSWERED)
            continue;
        if (store->missing.length)
            buffer_append_bytes(&store->missing, " ", 1);
        buffer_append(&store->missing, store->questionnaire->items[i].id);
        buffer_append(&store->missing, reasons[state]);
    }
}

static void bind_response(struct store *store, const struct response *response) {
    struct sqlite3_stmt *insert = store->insert_response;
    sqlite3_bind_int64(insert, 1, response->key);
    bind_text(insert, 2, answer_channel_name(response->channel));
    bind_text(insert, 3, store->questionnaire->languages[response->language]);
    if (response->sheet)
        sqlite3_bind_int64(insert, 4, response->sheet);
    else
        sqlite3_bind_null(insert, 4);
    collect_missing(store, response->answers);
    bind_text(insert, 5, buffer_text(&store->missing));
    for (size_t i = 0; i < store->columns.count; i++) {
        const struct column *column = &store->columns.all[i];
        const struct answer *answer = &response->answers[column->item->index];
        int at = (int)i + 6;
        if (answer->state == ANSWER_GIVEN)
            bind_given(insert, at, column, answer);
        else
            sqlite3_bind_null(insert, at);
    }
}

/* What comes of a response that is too late: who sends again what is there is told so. */
static enum store_outcome refuse_late(struct store *store, const struct response *response) {
    struct sqlite3_stmt *has = store->statements[STATEMENT_HAS_KEY];
    sqlite3_bind_int64(has, 1, response->key);
    bool is_there = sqlite3_step(has) == SQLITE_ROW;
    sqlite3_reset(has);
    if (is_there)
        return STORE_ALREADY;
    store_sql_reason(store, "the collection of the store %s was ended", store->path);
    return STORE_ENDED;
}

enum store_outcome store_add(struct store *store, const struct response *response, const char *day) {
    if (response->is_late || (store->ended && response->channel == CHANNEL_WEB))
        return refuse_late(store, response);
    bind_response(store, response);
    enum store_outcome outcome = store_sql_step(store, store->insert_response, "write to the store");
    if (outcome != STORE_DONE)
        return outcome;
    if (sqlite3_changes(store->database) == 0)
        return STORE_ALREADY;
    store->has_new_responses = true;
    struct sqlite3_stmt *count = store->statements[STATEMENT_COUNT_DAY];
    bind_text(count, 1, day);
    bind_text(count, 2, answer_channel_name(response->channel));
    return store_sql_step(store, count, "write to the store");
}

enum store_outcome store_remove_sheet(struct store *store, int64_t sheet) {
    struct sqlite3_stmt *remove = store->statements[STATEMENT_REMOVE_SHEET];
    sqlite3_bind_int64(remove, 1, sheet);
    int code = sqlite3_step(remove);
    if (code != SQLITE_ROW) {
        enum store_outcome outcome =
            code == SQLITE_DONE ? STORE_ALREADY : store_sql_outcome(store, "write to the store");
        sqlite3_reset(remove);
        return outcome;
    }
    enum channel channel = answer_channel((const char *)sqlite3_column_text(remove, 0));
    sqlite3_reset(remove);
    store->has_new_responses = true;
    struct sqlite3_stmt *uncount = store->statements[STATEMENT_UNCOUNT_DAY];
    bind_text(uncount, 1, answer_channel_name(channel));
    return store_sql_step(store, uncount, "write to the store");
}

enum store_outcome store_note_import(struct store *store, const char *digest) {
    struct sqlite3_stmt *note = store->statements[STATEMENT_NOTE_IMPORT];
    bind_text(note, 1, digest);
    return store_sql_step(store, note, "write to the store");
}

bool store_forget_log(struct store *store, struct failure *failure) {
    /* The statement does not fail where a reader is in the way: it says so in its row. */
    struct sqlite3_stmt *statement = NULL;
    bool done = sqlite3_prepare_v2(store->database, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &statement,
                                   NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) == 0;
    sqlite3_finalize(statement);
    return done ||
           failure_set(failure,
                       "another program is reading the store %s, whose log still tells what was written"
                       " and in which order; run the command again when it has ended",
                       store->path);
}

/* How many were invited is all that stays of them. */
static bool forget_people(struct store *store, struct failure *failure) {
    static const char forget[] = "BEGIN IMMEDIATE;"
                                 "UPDATE state SET ended = 1;"
                                 "UPDATE access SET reminding = 0, reminded = NULL, invited = invited +"
                                 " (SELECT count(*) FROM invitation WHERE NOT revoked);"
                                 "DELETE FROM invitation;"
                                 "DELETE FROM draft;"
                                 "COMMIT";
    bool done = store_sql_run(store, forget, "close the store", failure);
    if (!done)
        store_rollback(store);
    return done;
}

bool store_end_collection(struct store *store, struct failure *failure) {
    /* Here a lock is worth waiting for: the person who closes a collection does it once. */
    sqlite3_busy_timeout(store->database, CLOSING_WAIT);
    bool done = forget_people(store, failure) &&
                store_sql_run(store, "VACUUM", "rewrite the store", failure) &&
                store_forget_log(store, failure);
    sqlite3_busy_timeout(store->database, 0);
    store->ended = store->ended || done;
    return done;
}

static bool has_space(struct store *store) {
    struct statvfs disk;
    if (statvfs(store->path, &disk) != 0 || disk.f_bavail >= SPACE_LEAST / disk.f_frsize + 1)
        return true;
    store_sql_reason(store, "no space is left on the disk of the store %s", store->path);
    return false;
}

enum store_outcome store_health(struct store *store) {
    if (!sqlite3_get_autocommit(store->database))
        return STORE_DONE; /* it is being written to at this moment */
    if (store->is_untidy)
        store_links_tidy(store);
    enum store_outcome outcome = store_begin(store);
    store_rollback(store);
    if (outcome == STORE_DONE && store->ended) {
        store_sql_reason(store, "the collection of the store %s was ended", store->path);
        return STORE_ENDED;
    }
    return outcome == STORE_DONE && !has_space(store) ? STORE_FULL : outcome;
}
