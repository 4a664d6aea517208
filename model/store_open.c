/* Opening a store: what stands at the path, whose it is, and making it ready. */
#include "model/base/digest.h"
#include "model/store_internal.h"
#include "model/store_path.h"
#include "model/store_read.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    APPLICATION_ID = 0x42694C6E, /* "BiLn": this file is a store */
    SCHEMA_VERSION = 3,          /* of what the schema files and store_schema.c make */
    VERSION_WITH_LINKS = 2,      /* the first that has the tables of store_links.sql */
    VERSION_WITH_PAPER = 3,      /* the first that has those of store_paper.sql */
    HEADER_SIZE = 100,           /* of an SQLite file */
    OPENING_WAIT = 5000          /* milliseconds for which another's lock is waited for */
};

/* --- the file --- */

/* The folder of the path, with symbolic links followed, so that it is the one of SQLite's other files. */
static const char *folder_of(struct arena *arena, const char *path) {
    char real[PATH_MAX];
    const char *used = realpath(path, real) ? real : path;
    const char *slash = strrchr(used, '/');
    if (!slash)
        return ".";
    return slash == used ? "/" : arena_copy_bytes(arena, used, (size_t)(slash - used));
}

/* A new file is open to its owner and group only: it will hold people's answers. */
static bool create_file(const struct store *store, struct failure *failure) {
    int file = open(store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
    if (file < 0)
        return failure_set(failure, "cannot make the store %s: %s", store->path, strerror(errno));
    close(file);
    return true;
}

static bool check_missing(struct store *store, int error, struct failure *failure) {
    if (error != ENOENT)
        return failure_set(failure, "cannot open the store %s: %s", store->path, strerror(error));
    const char *mark = store_erased_path(store->arena, store->path);
    if (access(mark, F_OK) == 0)
        return failure_set(
            failure,
            "the answers of this survey were erased from %s when it had ended; to collect anew, remove"
            " %s",
            store->path, mark);
    if (store->access != STORE_WRITE)
        return failure_set(
            failure,
            "there is no store at %s; collect answers first (survey serve, survey import), or name"
            " another with --store",
            store->path);
    return store_path_make_folder(store->arena, store->path, failure) && create_file(store, failure);
}

static bool check_writable(const struct store *store, struct failure *failure) {
    const char *folder = folder_of(store->arena, store->path);
    if (access(store->path, W_OK) != 0)
        return failure_set(failure, "cannot write to the store %s: %s; check its permissions", store->path,
                           strerror(errno));
    if (access(folder, W_OK) != 0)
        return failure_set(failure, "cannot write in %s, the folder of the store: %s; check its permissions",
                           folder, strerror(errno));
    return true;
}

static bool check_file(struct store *store, struct failure *failure) {
    struct stat status;
    if (stat(store->path, &status) != 0) {
        if (!check_missing(store, errno, failure))
            return false;
    } else if (S_ISDIR(status.st_mode)) {
        return failure_set(failure, "the store %s is a folder; name a file in it", store->path);
    } else if (!S_ISREG(status.st_mode)) {
        return failure_set(failure, "the store %s is not a regular file; name another with --store",
                           store->path);
    } else if (status.st_size > 0 && status.st_size < HEADER_SIZE) {
        /* SQLite would take a file of one byte for an empty one, and write over it. */
        return failure_set(failure, "%s is not a store (it is no SQLite file); name another with --store",
                           store->path);
    } else if (store->access == STORE_READ && access(store->path, R_OK) != 0) {
        return failure_set(failure, "cannot read the store %s: %s", store->path, strerror(errno));
    }
    return store->access == STORE_READ || check_writable(store, failure);
}

/* --- the connection --- */

/* Whether the file says that its writers keep a log: version 2 of its write format. */
static bool has_log_format(const char *path) {
    unsigned char header[20] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool done = file >= 0 && read(file, header, sizeof header) == sizeof header;
    if (file >= 0)
        close(file);
    return done && header[18] == 2;
}

static struct store_reading plan_reading(const struct store *store) {
    char real[PATH_MAX];
    const char *used = realpath(store->path, real) ? real : store->path;
    struct stat log;
    bool has_log = stat(arena_format(store->arena, "%s-wal", used), &log) == 0;
    bool writable = access(used, W_OK) == 0 && access(folder_of(store->arena, used), W_OK) == 0;
    return (struct store_reading){.flags = writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY,
                                  .immutable = !writable && !has_log && has_log_format(used),
                                  .keep_log = has_log && log.st_size > 0};
}

/* The path as a URI that SQLite takes for an immutable file. */
static const char *immutable_uri(const struct store *store) {
    char real[PATH_MAX];
    const char *path = realpath(store->path, real) ? real : store->path;
    struct buffer uri = {0};
    buffer_append(&uri, "file:");
    for (const unsigned char *at = (const unsigned char *)path; *at; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') ||
                     strchr("/._-", *at);
        buffer_format(&uri, plain ? "%c" : "%%%02X", *at);
    }
    buffer_append(&uri, "?immutable=1");
    const char *kept = arena_copy(store->arena, buffer_text(&uri));
    buffer_destroy(&uri);
    return kept;
}

static bool connect_as(struct store *store, struct store_reading reading, struct failure *failure) {
    const char *name = reading.immutable ? immutable_uri(store) : store->path;
    int flags =
        reading.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI * reading.immutable;
    if (sqlite3_open_v2(name, &store->database, flags, NULL) != SQLITE_OK) {
        if (!store->database)
            abort(); /* out of memory */
        return store_sql_refuse(store, "open the store", failure);
    }
    /* The log of a server that was cut off stays for it to take in: reading changes nothing. */
    if (reading.keep_log)
        sqlite3_db_config(store->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_busy_timeout(store->database, OPENING_WAIT);
    store->reading = reading;
    return true;
}

static bool connect(struct store *store, struct failure *failure) {
    struct store_reading whole = {.flags = SQLITE_OPEN_READWRITE};
    return connect_as(store, store->access == STORE_READ ? plan_reading(store) : whole, failure);
}

/* --- what it holds --- */

enum contents { CONTENTS_NONE, CONTENTS_STORE, CONTENTS_REFUSED };

static enum contents identify(struct store *store, struct failure *failure) {
    int64_t tables = 0, application = 0, version = 0;
    if (!store_sql_number(store, "SELECT count(*) FROM sqlite_schema", NULL, NULL, &tables, failure) ||
        !store_sql_number(store, "PRAGMA application_id", NULL, NULL, &application, failure) ||
        !store_sql_number(store, "PRAGMA user_version", NULL, NULL, &version, failure))
        return CONTENTS_REFUSED;
    if (tables == 0 && application == 0)
        return CONTENTS_NONE;
    if (application != APPLICATION_ID) {
        failure_set(failure, "%s is an SQLite file, but not a store of answers; name another with --store",
                    store->path);
        return CONTENTS_REFUSED;
    }
    if (version > SCHEMA_VERSION) {
        failure_set(failure, "the store %s was made by a newer version of this program; use that version",
                    store->path);
        return CONTENTS_REFUSED;
    }
    store->version = version;
    return CONTENTS_STORE;
}

static const struct questionnaire *parse_kept(const struct store *store, struct arena *arena,
                                              const char *source, size_t length, struct failure *failure) {
    struct diagnostics *diagnostics = diagnostics_create(arena, store->path);
    const struct questionnaire *kept = questionnaire_parse(arena, store->path, source, length, diagnostics);
    if (!kept)
        failure_set(failure,
                    "the questionnaire kept in the store %s is not one this version accepts; use the"
                    " version it was made with",
                    store->path);
    return kept;
}

/* The questionnaire kept in the store, if its bytes are not the same. */
static bool read_collected(struct store *store, const char *source, size_t length, struct failure *failure) {
    const struct questionnaire *questionnaire = store->questionnaire;
    if (length == questionnaire->source_length && !memcmp(source, questionnaire->source, length))
        return true;
    store->collected = parse_kept(store, store->arena, source, length, failure);
    if (!store->collected)
        return false;
    store->collected_columns = column_list(store->arena, store->collected);
    return true;
}

/* Reads whose answers these are. */
static bool read_questionnaire(struct store *store, struct failure *failure) {
    sqlite3_stmt *statement = NULL;
    const char *sql = "SELECT name, source, revision, ended FROM questionnaire, state";
    if (!store_sql_prepare(store, sql, &statement, failure))
        return false;
    bool done = sqlite3_step(statement) == SQLITE_ROW;
    if (!done) {
        store_sql_refuse(store, "read the store", failure);
    } else {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        store->revision = sqlite3_column_int64(statement, 2);
        store->ended = sqlite3_column_int(statement, 3) != 0;
        if (strcmp(name, store->questionnaire->name) != 0)
            done =
                failure_set(failure,
                            "the store %s holds answers to the questionnaire \"%s\", not \"%s\"; name another"
                            " with --store",
                            store->path, name, store->questionnaire->name);
        else
            done = read_collected(store, (const char *)sqlite3_column_text(statement, 1),
                                  (size_t)sqlite3_column_bytes(statement, 1), failure);
    }
    sqlite3_finalize(statement);
    return done;
}

static bool refuse_empty(const struct store *store, struct failure *failure) {
    return failure_set(failure, "the store %s is empty: nothing was collected yet", store->path);
}

static bool mark_version(struct store *store, struct failure *failure) {
    const char *mark = arena_format(store->arena, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                                    APPLICATION_ID, SCHEMA_VERSION);
    return store_sql_run(store, mark, "make the store", failure);
}

/* An older store gets the tables that have been added since. */
static bool upgrade(struct store *store, struct failure *failure) {
    return (store->version >= VERSION_WITH_LINKS || store_links_create(store, failure)) &&
           (store->version >= VERSION_WITH_PAPER || store_paper_create(store, failure)) &&
           mark_version(store, failure);
}

static bool create_or_update(struct store *store, enum contents contents, struct failure *failure) {
    if (contents == CONTENTS_NONE && store->access == STORE_UPDATE)
        return refuse_empty(store, failure);
    if (contents == CONTENTS_NONE)
        return store_schema_create(store, failure) && store_links_create(store, failure) &&
               store_paper_create(store, failure) && mark_version(store, failure);
    if (store->version < SCHEMA_VERSION && !upgrade(store, failure))
        return false;
    if (!read_questionnaire(store, failure))
        return false;
    return !store->collected || (store_migrate_check(store, failure) && store_migrate_apply(store, failure));
}

/* What was there before is written anew too: a copy of a store may have been put back in another state. */
static bool ready_links(struct store *store, struct failure *failure) {
    if (!store_links_look(store, failure))
        return false;
    if (!store->has_links)
        return true;
    store->has_new_responses = store->has_new_drafts = true;
    return store_links_prepare(store, failure) &&
           (store_links_rewrite(store) == STORE_DONE || failure_set(failure, "%s", store->reason));
}

/* Where keys are random a page is written with each response: a log that is long before it is put in its
 * place has the same page often, which is then put there once.
 *
 * WAL lets reports be made while the server writes. With personal links, which it would give away, and where
 * it is not to be had (some network disks), a journal that is emptied, since deleting one is not synced. */
static bool set_durable(struct store *store, enum contents contents, struct failure *failure) {
    sqlite3_stmt *statement = NULL;
    bool has_tables = contents == CONTENTS_STORE && store->version >= VERSION_WITH_LINKS;
    if ((has_tables && !store_links_look(store, failure)) ||
        !store_sql_prepare(store,
                           store->has_links ? "PRAGMA journal_mode = TRUNCATE" : "PRAGMA journal_mode = WAL",
                           &statement, failure))
        return false;
    bool done = sqlite3_step(statement) == SQLITE_ROW;
    bool wal = done && !strcmp((const char *)sqlite3_column_text(statement, 0), "wal");
    if (!done)
        store_sql_refuse(store, "open the store", failure);
    sqlite3_finalize(statement);
    if (done && !wal)
        done = store_sql_run(store, "PRAGMA journal_mode = TRUNCATE", "open the store", failure);
    return done && store_sql_run(store,
                                 "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
                                 "PRAGMA secure_delete = ON; PRAGMA cache_size = -8192;"
                                 "PRAGMA wal_autocheckpoint = 4000",
                                 "open the store", failure);
}

/* Everything happens in one transaction: a store is whole, or empty and so taken for new the next time. */
static bool ready_to_write(struct store *store, struct failure *failure) {
    enum contents contents = identify(store, failure);
    if (contents == CONTENTS_REFUSED || !set_durable(store, contents, failure) ||
        !store_sql_run(store, "BEGIN IMMEDIATE", "open the store", failure))
        return false;
    /* Asked again: another process may have made it in between. */
    contents = identify(store, failure);
    if (contents == CONTENTS_REFUSED || !create_or_update(store, contents, failure) ||
        !ready_links(store, failure))
        return false;
    if (!store_sql_run(store, "COMMIT", "open the store", failure))
        return false;
    if (store->has_links)
        store_links_tidy(store);
    store_place_note(store);
    return true;
}

static bool ready_to_read(struct store *store, struct failure *failure) {
    if (!store_sql_run(store, "PRAGMA temp_store = MEMORY", "read the store", failure))
        return false;
    switch (identify(store, failure)) {
    case CONTENTS_REFUSED:
        return false;
    case CONTENTS_NONE:
        return refuse_empty(store, failure);
    case CONTENTS_STORE:
        break;
    }
    if ((store->version < VERSION_WITH_LINKS && !store_links_imagine(store, failure)) ||
        (store->version < VERSION_WITH_PAPER && !store_paper_imagine(store, failure)))
        return false;
    return store_links_look(store, failure) &&
           store_sql_run(store, "PRAGMA query_only = ON", "read the store", failure) &&
           read_questionnaire(store, failure) && (!store->collected || store_migrate_check(store, failure));
}

static bool prepare(struct store *store, struct failure *failure) {
    static const char *const sql[STATEMENT_COUNT] = {
#define STATEMENT(name, text) text,
#include "model/store_statements.def"
#undef STATEMENT
    };
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        if (!store_sql_prepare(store, sql[i], &store->statements[i], failure))
            return false;
    if (store->access == STORE_READ)
        return true;
    /* From here on a lock of another is not waited for: the server has its respondents queue instead. */
    sqlite3_busy_timeout(store->database, 0);
    return store_sql_prepare(store, store_schema_insert(store), &store->insert_response, failure);
}

struct store *store_open(const char *path, enum store_access access,
                         const struct questionnaire *questionnaire, struct failure *failure) {
    struct arena *arena = arena_create();
    struct store *store = ARENA_NEW(arena, struct store, 1);
    *store = (struct store){.arena = arena,
                            .path = arena_copy(arena, path),
                            .access = access,
                            .questionnaire = questionnaire,
                            .columns = column_list(arena, questionnaire),
                            .draft_count = -1};
    digest_random_key(); /* opens the random source before a server gives up the right to */
    if (check_file(store, failure) && connect(store, failure) &&
        (access == STORE_READ ? ready_to_read : ready_to_write)(store, failure) && prepare(store, failure))
        return store;
    store_close(store);
    return NULL;
}

/* Opened in the way that `store` was: to look at the file once more would end the locks that this process has
 * on it, which go with any closing of the file. */
struct store *store_open_again(const struct store *store, struct failure *failure) {
    struct arena *arena = arena_create();
    struct store *again = ARENA_NEW(arena, struct store, 1);
    *again = (struct store){.arena = arena,
                            .path = store->path,
                            .access = STORE_READ,
                            .questionnaire = store->questionnaire,
                            .columns = store->columns,
                            .collected = store->collected,
                            .collected_columns = store->collected_columns};
    if (connect_as(again, store->reading, failure) &&
        store_sql_run(again, "PRAGMA query_only = ON", "read the store", failure)) {
        sqlite3_busy_timeout(again->database, 0);
        return again;
    }
    store_close(again);
    return NULL;
}

/* --- a store that says itself whose it is --- */

bool store_is_database(const char *path) {
    static const char MARK[16] = "SQLite format 3";
    char start[sizeof MARK];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool found =
        file >= 0 && read(file, start, sizeof start) == sizeof start && !memcmp(start, MARK, sizeof MARK);
    if (file >= 0)
        close(file);
    return found;
}

static const struct questionnaire *read_kept(struct store *store, struct arena *arena,
                                             struct failure *failure) {
    sqlite3_stmt *statement = NULL;
    const struct questionnaire *kept = NULL;
    if (!store_sql_prepare(store, "SELECT source FROM questionnaire", &statement, failure))
        return NULL;
    if (sqlite3_step(statement) == SQLITE_ROW)
        kept = parse_kept(store, arena, (const char *)sqlite3_column_text(statement, 0),
                          (size_t)sqlite3_column_bytes(statement, 0), failure);
    else
        store_sql_refuse(store, "read the store", failure);
    sqlite3_finalize(statement);
    return kept;
}

struct store *store_open_kept(const char *path, struct arena *arena,
                              const struct questionnaire **questionnaire, struct failure *failure) {
    struct arena *own = arena_create();
    struct store *store = ARENA_NEW(own, struct store, 1);
    *store = (struct store){.arena = own, .path = arena_copy(own, path), .access = STORE_READ};
    *questionnaire = NULL;
    if (check_file(store, failure) && connect(store, failure)) {
        enum contents contents = identify(store, failure);
        if (contents == CONTENTS_NONE)
            refuse_empty(store, failure);
        else if (contents == CONTENTS_STORE)
            *questionnaire = read_kept(store, arena, failure);
    }
    store_close(store);
    /* Opened anew as any store is: should it have changed in between, that is found out there. */
    return *questionnaire ? store_open(path, STORE_READ, *questionnaire, failure) : NULL;
}

void store_close(struct store *store) {
    if (!store)
        return;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    for (size_t i = 0; i < STORE_REWRITE_COUNT; i++)
        sqlite3_finalize(store->rewrite[i]);
    sqlite3_finalize(store->insert_response);
    sqlite3_close_v2(store->database);
    buffer_destroy(&store->missing);
    arena_destroy(store->arena);
}
