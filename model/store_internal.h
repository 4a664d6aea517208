/* What the files of the store share; nobody else includes it. */
#ifndef MODEL_STORE_INTERNAL_H
#define MODEL_STORE_INTERNAL_H

#include "model/base/buffer.h"
#include "model/column.h"
#include "model/store.h"

#include <sys/types.h>

struct sqlite3;
struct sqlite3_stmt;

enum store_statement {
#define STATEMENT(name, sql) STATEMENT_##name,
#include "model/store_statements.def"
#undef STATEMENT
    STATEMENT_COUNT
};

/* The statements that write responses and drafts anew, in their order. */
enum { STORE_REWRITE_RESPONSES = 0, STORE_REWRITE_DRAFTS = 4, STORE_REWRITE_COUNT = 8 };

/* How a store that is only read is opened. SQLite needs to write beside a store in WAL mode, even to read it:
 * with the right to write, a whole connection puts everything back as it was when it closes; without, and
 * with no log beside it, nobody else can be writing and the file is read as it stands. */
struct store_reading {
    int flags;
    bool immutable, keep_log;
};

/* A file of an open store, as it was when the store was made ready. */
enum store_file { STORE_FILE_ANSWERS, STORE_FILE_LOG, STORE_FILE_INDEX, STORE_FILE_COUNT };
struct store_place {
    const char *path;
    bool is_there;
    dev_t device;
    ino_t inode;
};

struct store {
    struct sqlite3 *database;
    struct arena *arena;
    const char *path;
    enum store_access access;
    struct store_reading reading;
    const struct questionnaire *questionnaire;
    struct columns columns;
    const struct questionnaire *collected; /* an earlier one, whose columns the table has; NULL: the same */
    struct columns collected_columns;
    struct sqlite3_stmt *statements[STATEMENT_COUNT];
    struct sqlite3_stmt *insert_response;              /* NULL if the store is only read */
    struct sqlite3_stmt *rewrite[STORE_REWRITE_COUNT]; /* NULL without links */
    bool has_links;                                    /* as it was at opening, or made since */
    bool has_new_responses, has_new_drafts;            /* in this transaction: to be written anew */
    bool has_new_people;                               /* in this transaction, or new paper sheets */
    bool is_untidy;                                    /* the file is still to be made as if it were new */
    int64_t version;                                   /* of the schema, as it was at opening */
    int64_t revision;                                  /* of the questionnaire, as it was at opening */
    bool ended;                                        /* as it was at the last look */
    int64_t draft_count, draft_bytes;                  /* -1: not counted yet */
    struct store_place places[STORE_FILE_COUNT];       /* of what is open to be written */
    struct buffer missing;                             /* reused by every response added */
    char reason[512];
};

/* --- store_open.c --- */

/* The same store, which is only read, over one more connection, for another thread; it does not wait for a
 * lock. Uses what `store` has, which must be closed after it. NULL after a failure. */
struct store *store_open_again(const struct store *store, struct failure *failure);

/* --- store_sql.c: talking to SQLite --- */

/* Notes what `what` was hindered by, in words that say what to do, from SQLite's last error. Gives false. */
bool store_sql_refuse(const struct store *store, const char *what, struct failure *failure);

/* Runs statements without results. False after a failure of `what`. */
bool store_sql_run(struct store *store, const char *sql, const char *what, struct failure *failure);

/* Prepares a statement that is kept. False after a failure. */
bool store_sql_prepare(struct store *store, const char *sql, struct sqlite3_stmt **statement,
                       struct failure *failure);

/* The number that a query gives, with up to two texts bound; NULLs give 0. False after a failure. */
bool store_sql_number(struct store *store, const char *sql, const char *first, const char *second,
                      int64_t *number, struct failure *failure);

/* Makes the tables of a schema empty and in memory, for a store that is only read and has none of them. */
bool store_sql_imagine(struct store *store, const char *schema, struct failure *failure);

/* Notes why an outcome is what it is. */
void store_sql_reason(struct store *store, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What SQLite's last error, while `what` was tried, means to the caller: BUSY or FULL, with the reason noted.
 */
enum store_outcome store_sql_outcome(struct store *store, const char *what);

/* Runs a prepared statement whose values are bound, and resets it. */
enum store_outcome store_sql_step(struct store *store, struct sqlite3_stmt *statement, const char *what);

/* --- store_place.c: whether the files are still where they were --- */

/* Notes where they are: when the store is ready to be written, and when its journal has changed. */
void store_place_note(struct store *store);

/* Whether they are there still; if not, the reason is noted. */
bool store_place_is_kept(struct store *store);

/* --- store_links.c: a store with personal links --- */

/* Makes the tables of links in an empty or an older store, inside a transaction; or, for a store that is only
 * read, empty ones in memory. */
bool store_links_create(struct store *store, struct failure *failure);
bool store_links_imagine(struct store *store, struct failure *failure);

/* Whether the store has links: what its file says. */
bool store_links_look(struct store *store, struct failure *failure);

/* Prepares the writing anew. */
bool store_links_prepare(struct store *store, struct failure *failure);

/* Inside a transaction: writes anew what has changed in it, in the order of the keys. */
enum store_outcome store_links_rewrite(struct store *store);

/* Outside a transaction, after one that has written responses anew: makes the file as if it were new. */
void store_links_tidy(struct store *store);

/* How large the pages are from the next VACUUM on. */
#define STORE_LINKS_PAGES "PRAGMA page_size = 65536"

/* --- store_paper.c: paper sheets --- */

/* As store_links_create and store_links_imagine, of the tables of paper sheets. */
bool store_paper_create(struct store *store, struct failure *failure);
bool store_paper_imagine(struct store *store, struct failure *failure);

/* --- store_schema.c: tables and statements made from the questionnaire --- */

/* Creates everything in an empty file, inside a transaction. */
bool store_schema_create(struct store *store, struct failure *failure);

/* Creates the table of responses under the name `table` in `main` or `temp`. */
bool store_schema_create_table(struct store *store, const char *schema, const char *table,
                               struct failure *failure);

/* Creates index and view, which go with the table's columns and the wording. */
bool store_schema_create_view(struct store *store, struct failure *failure);

/* Writes the questionnaire and its wording, in the place of any earlier one. */
bool store_schema_describe(struct store *store, struct failure *failure);

/* The statement that adds a response: the five fixed columns (key, channel, language, sheet, missing), then
 * those of the questionnaire, all bound. In the store's arena. */
const char *store_schema_insert(const struct store *store);

/* The query for all responses: the same columns; those that `collected` lacks are filled in; with NULL in
 * the columns of items that are not wanted; and for those with a key from ?1 to ?2, with NULL in the columns
 * that no count is made of. */
const char *store_schema_select(const struct store *store);
const char *store_schema_select_items(const struct store *store, const bool *wanted);
const char *store_schema_select_share(const struct store *store);

/* --- store_migrate.c: when the questionnaire has changed --- */

/* Whether all that is stored, collected with `collected`, is right as answers to the questionnaire. */
bool store_migrate_check(struct store *store, struct failure *failure);

/* Brings the file up to the questionnaire, inside a transaction. */
bool store_migrate_apply(struct store *store, struct failure *failure);

/* The item that `collected` had under this id with the same type; NULL: it was added since. */
const struct item *store_migrate_counterpart(const struct questionnaire *collected, const struct item *item);

#endif
