#include "model/store_invitation.h"

#include "model/store_internal.h"

#include <sqlite3.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 12 }; /* of every statement that reads an invitation */

/* --- reading --- */

static const char *text_of(struct arena *arena, struct sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? arena_copy(arena, text) : NULL;
}

static struct invitation read_row(struct arena *arena, struct sqlite3_stmt *row) {
    bool flags[6];
    for (int i = 0; i < 6; i++)
        flags[i] = sqlite3_column_int(row, COLUMNS - 6 + i) != 0;
    return (struct invitation){.id = sqlite3_column_int64(row, 0),
                               .generation = sqlite3_column_int64(row, 1),
                               .name = text_of(arena, row, 2),
                               .email = text_of(arena, row, 3),
                               .language = text_of(arena, row, 4),
                               .known = text_of(arena, row, 5),
                               .is_used = flags[0],
                               .is_revoked = flags[1],
                               .mail_begun = flags[2],
                               .mail_done = flags[3],
                               .remind_begun = flags[4],
                               .remind_done = flags[5]};
}

/* Steps on; while another program writes, waits some seconds, like store_begin_patiently. */
static int step_patiently(struct sqlite3_stmt *statement) {
    enum { TRIES = 500, PAUSE = 20 * 1000 * 1000 };
    const struct timespec pause = {.tv_nsec = PAUSE};
    int code = sqlite3_step(statement);
    for (int tries = 0; tries < TRIES && (code & 0xFF) == SQLITE_BUSY; tries++) {
        sqlite3_reset(statement);
        nanosleep(&pause, NULL);
        code = sqlite3_step(statement);
    }
    return code;
}

const struct invitation *store_invitations(struct store *store, struct arena *arena, size_t *count,
                                           struct failure *failure) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_INVITATIONS];
    size_t room = 256;
    struct invitation *all = ARENA_NEW(arena, struct invitation, room);
    int code;
    *count = 0;
    /* Busy is what it can be before the first row only: then a lock is held. */
    for (code = step_patiently(statement); code == SQLITE_ROW; code = sqlite3_step(statement)) {
        if (*count == room) {
            struct invitation *larger = ARENA_NEW(arena, struct invitation, room * 2);
            memcpy(larger, all, room * sizeof *all);
            all = larger;
            room *= 2;
        }
        all[(*count)++] = read_row(arena, statement);
    }
    bool done = code == SQLITE_DONE || store_sql_refuse(store, "read the store", failure);
    sqlite3_reset(statement);
    return done ? all : NULL;
}

bool store_invited(struct store *store, size_t *count, struct failure *failure) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_INVITED];
    bool done = step_patiently(statement) == SQLITE_ROW || store_sql_refuse(store, "read the store", failure);
    *count = done ? (size_t)sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return done;
}

static void bind_hash(struct sqlite3_stmt *statement, int at, const struct link_hash *hash) {
    if (hash)
        sqlite3_bind_blob(statement, at, hash->bytes, sizeof hash->bytes, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, at);
}

enum store_outcome store_find_invitation(struct store *store, struct arena *arena, enum store_hash_kind kind,
                                         const struct link_hash *hash, struct invitation *invitation) {
    struct sqlite3_stmt *statement =
        store->statements[kind == STORE_TOKEN ? STATEMENT_FIND_TOKEN : STATEMENT_FIND_CODE];
    bind_hash(statement, 1, hash);
    int code = sqlite3_step(statement);
    enum store_outcome outcome = code == SQLITE_ROW    ? STORE_DONE
                                 : code == SQLITE_DONE ? STORE_NONE
                                                       : store_sql_outcome(store, "read the store");
    if (outcome == STORE_DONE)
        *invitation = read_row(arena, statement);
    sqlite3_reset(statement);
    return outcome;
}

/* --- writing --- */

static void bind_text(struct sqlite3_stmt *statement, int at, const char *text) {
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC); /* NULL binds NULL */
}

/* All but whether the link is used: what adding and changing have in common. */
static void bind_all(struct sqlite3_stmt *statement, const struct invitation *invitation,
                     const struct link_hash *token, const struct link_hash *code) {
    sqlite3_bind_int64(statement, 1, invitation->id);
    sqlite3_bind_int64(statement, 2, invitation->generation);
    bind_hash(statement, 3, token);
    bind_hash(statement, 4, code);
    sqlite3_bind_int(statement, 5, invitation->is_revoked);
    sqlite3_bind_int(statement, 6, invitation->mail_begun);
    sqlite3_bind_int(statement, 7, invitation->mail_done);
    sqlite3_bind_int(statement, 8, invitation->remind_begun);
    sqlite3_bind_int(statement, 9, invitation->remind_done);
    bind_text(statement, 10, invitation->name);
    bind_text(statement, 11, invitation->email);
    bind_text(statement, 12, invitation->language);
    bind_text(statement, 13, invitation->known ? invitation->known : "");
}

enum store_outcome store_add_invitation(struct store *store, const struct invitation *invitation,
                                        const struct link_hash *token, const struct link_hash *code) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_ADD_INVITATION];
    bind_all(statement, invitation, token, code);
    store->has_new_people = true;
    return store_sql_step(store, statement, "write to the store");
}

enum store_outcome store_change_invitation(struct store *store, const struct invitation *invitation,
                                           const struct link_hash *token, const struct link_hash *code) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_CHANGE_INVITATION];
    bind_all(statement, invitation, token, code);
    enum store_outcome outcome = store_sql_step(store, statement, "write to the store");
    return outcome == STORE_DONE && sqlite3_changes(store->database) == 0 ? STORE_NONE : outcome;
}

/* --- reminders --- */

bool store_is_reminding(struct store *store) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_REMINDING];
    bool reminding = sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    return reminding;
}

enum store_outcome store_begin_reminder(struct store *store) {
    return store_sql_step(store, store->statements[STATEMENT_BEGIN_REMINDER], "write to the store");
}

enum store_outcome store_end_reminder(struct store *store, const char *day) {
    struct sqlite3_stmt *end = store->statements[STATEMENT_END_REMINDER];
    enum store_outcome outcome =
        store_sql_step(store, store->statements[STATEMENT_FORGET_REMINDER], "write to the store");
    bind_text(end, 1, day);
    return outcome == STORE_DONE ? store_sql_step(store, end, "write to the store") : outcome;
}

bool store_has_reminded(struct store *store, const char *day) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_HAS_REMINDED];
    bind_text(statement, 1, day);
    bool reminded = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    return reminded;
}

bool store_fits_key(struct store *store, const struct secret *key, struct failure *failure) {
    struct arena *arena = arena_create();
    struct sqlite3_stmt *statement = store->statements[STATEMENT_ONE_INVITATION];
    struct invitation any = {0}, found;
    int code = step_patiently(statement);
    if (code == SQLITE_ROW)
        any = read_row(arena, statement);
    sqlite3_reset(statement);
    const struct link link = link_make(key, any.id, any.generation);
    struct link_hash hash;
    bool done = code == SQLITE_DONE ||
                (code == SQLITE_ROW && link_token_hash(key, link.token, &hash) &&
                 store_find_invitation(store, arena, STORE_TOKEN, &hash, &found) != STORE_NONE);
    arena_destroy(arena);
    return done ||
           failure_set(failure,
                       "the key beside the store %s is not the one its personal links were made with: put"
                       " back the right one",
                       store->path);
}
