#include "model/store_invitation.h"

#include "model/store_internal.h"

#include <sqlite3.h>
#include <string.h>

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

static size_t count_rows(struct store *store) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_COUNT_INVITATIONS];
    size_t count = sqlite3_step(statement) == SQLITE_ROW ? (size_t)sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return count;
}

const struct invitation *store_invitations(struct store *store, struct arena *arena, size_t *count,
                                           struct failure *failure) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_INVITATIONS];
    size_t room = count_rows(store);
    struct invitation *all = ARENA_NEW(arena, struct invitation, room ? room : 1);
    int code = SQLITE_DONE;
    *count = 0;
    /* What another program adds between the two statements comes the next time. */
    while (*count < room && (code = sqlite3_step(statement)) == SQLITE_ROW)
        all[(*count)++] = read_row(arena, statement);
    bool done =
        code == SQLITE_DONE || code == SQLITE_ROW || store_sql_refuse(store, "read the store", failure);
    sqlite3_reset(statement);
    return done ? all : NULL;
}

size_t store_invited(struct store *store) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_INVITED];
    size_t count = sqlite3_step(statement) == SQLITE_ROW ? (size_t)sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return count;
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

/* The identity and the state of the person's mails: what adding and changing have in common. */
static void bind_state(struct sqlite3_stmt *statement, const struct invitation *invitation,
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
}

enum store_outcome store_add_invitation(struct store *store, const struct invitation *invitation,
                                        const struct link_hash *token, const struct link_hash *code) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_ADD_INVITATION];
    bind_state(statement, invitation, token, code);
    bind_text(statement, 10, invitation->name);
    bind_text(statement, 11, invitation->email);
    bind_text(statement, 12, invitation->language);
    bind_text(statement, 13, invitation->known ? invitation->known : "");
    return store_sql_step(store, statement, "write to the store");
}

enum store_outcome store_change_invitation(struct store *store, const struct invitation *invitation,
                                           const struct link_hash *token, const struct link_hash *code) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_CHANGE_INVITATION];
    bind_state(statement, invitation, token, code);
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

enum store_outcome store_end_reminder(struct store *store) {
    enum store_outcome outcome =
        store_sql_step(store, store->statements[STATEMENT_FORGET_REMINDER], "write to the store");
    return outcome == STORE_DONE
               ? store_sql_step(store, store->statements[STATEMENT_END_REMINDER], "write to the store")
               : outcome;
}
