#include "model/store_internal.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What the system said of the call that failed; 0: nothing is known. SQLite does not pass it on from a
 * commit: then the files themselves are asked, the store and its journal or log. */
static int system_error(struct sqlite3 *database) {
    int error = sqlite3_system_errno(database);
    sqlite3_file *journal = NULL;
    if (!error)
        sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
    if (!error)
        sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (journal && journal->pMethods)
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &error);
    return error;
}

/* The system's own words say more than SQLite's "disk I/O error". */
static const char *system_reason(struct sqlite3 *database) {
    int error = system_error(database);
    return error ? strerror(error) : sqlite3_errmsg(database);
}

static bool refuse_full(const char *path, const char *what, struct failure *failure) {
    return failure_set(failure, "cannot %s %s: no space is left on its disk; free some and try again", what,
                       path);
}

bool store_sql_refuse(const struct store *store, const char *what, struct failure *failure) {
    const char *path = store->path;
    int error = system_error(store->database);
    switch (sqlite3_errcode(store->database) & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return failure_set(
            failure, "cannot %s %s: another program is writing to it; try again when it is done", what, path);
    case SQLITE_NOTADB:
        return failure_set(failure, "%s is not a store (it is no SQLite file); name another with --store",
                           path);
    case SQLITE_CORRUPT:
        return failure_set(failure, "the store %s is damaged (%s); put back a copy of it", path,
                           sqlite3_errmsg(store->database));
    case SQLITE_FULL:
        return refuse_full(path, what, failure);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        if (error == EMFILE || error == ENFILE)
            return failure_set(failure, "cannot %s %s: %s", what, path, strerror(error));
        return failure_set(failure, "cannot %s %s: %s; check the permissions of the file and of its folder",
                           what, path, system_reason(store->database));
    case SQLITE_IOERR:
        if (error == ENOSPC || error == EDQUOT)
            return refuse_full(path, what, failure);
        return failure_set(failure, "cannot %s %s: %s", what, path, system_reason(store->database));
    default:
        return failure_set(failure, "cannot %s %s: %s", what, path, sqlite3_errmsg(store->database));
    }
}

bool store_sql_run(struct store *store, const char *sql, const char *what, struct failure *failure) {
    if (sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return store_sql_refuse(store, what, failure);
}

bool store_sql_prepare(struct store *store, const char *sql, struct sqlite3_stmt **statement,
                       struct failure *failure) {
    if (sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) == SQLITE_OK)
        return true;
    return store_sql_refuse(store, "read the store", failure);
}

bool store_sql_imagine(struct store *store, const char *schema, struct failure *failure) {
    static const char create[] = "CREATE TABLE ", imagine[] = "CREATE TEMP TABLE ";
    struct buffer sql = {0};
    const char *from = schema;
    for (const char *at; (at = strstr(from, create)); from = at + sizeof create - 1) {
        buffer_append_bytes(&sql, from, (size_t)(at - from));
        buffer_append(&sql, imagine);
    }
    buffer_append(&sql, from);
    bool done = store_sql_run(store, buffer_text(&sql), "read the store", failure);
    buffer_destroy(&sql);
    return done;
}

bool store_sql_number(struct store *store, const char *sql, const char *first, const char *second,
                      int64_t *number, struct failure *failure) {
    sqlite3_stmt *statement = NULL;
    bool done = sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) == SQLITE_OK;
    if (done && first)
        done = sqlite3_bind_text(statement, 1, first, -1, SQLITE_STATIC) == SQLITE_OK;
    if (done && second)
        done = sqlite3_bind_text(statement, 2, second, -1, SQLITE_STATIC) == SQLITE_OK;
    if (done && sqlite3_step(statement) == SQLITE_ROW)
        *number = sqlite3_column_int64(statement, 0);
    else
        done = store_sql_refuse(store, "read the store", failure);
    sqlite3_finalize(statement);
    return done;
}

void store_sql_reason(struct store *store, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vsnprintf(store->reason, sizeof store->reason, format, list);
    va_end(list);
}

enum store_outcome store_sql_outcome(struct store *store, const char *what) {
    int code = sqlite3_errcode(store->database) & 0xFF;
    struct failure failure = {0};
    store_sql_refuse(store, what, &failure);
    store_sql_reason(store, "%s", failure.text);
    return code == SQLITE_BUSY || code == SQLITE_LOCKED ? STORE_BUSY : STORE_FULL;
}

enum store_outcome store_sql_step(struct store *store, struct sqlite3_stmt *statement, const char *what) {
    int code = sqlite3_step(statement);
    enum store_outcome outcome =
        code == SQLITE_DONE || code == SQLITE_ROW ? STORE_DONE : store_sql_outcome(store, what);
    sqlite3_reset(statement);
    return outcome;
}
