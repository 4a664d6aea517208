#include "model/store_read.h"

#include "model/store_internal.h"

#include <sqlite3.h>
#include <string.h>

/* One row is one day: its counts by channel stand side by side. */
static void read_day(struct sqlite3_stmt *row, struct store_day *day) {
    strncpy(day->day, (const char *)sqlite3_column_text(row, 0), sizeof day->day - 1);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++)
        day->count[channel] = (size_t)sqlite3_column_int64(row, channel + 1);
}

const struct store_day *store_days(struct store *store, struct arena *arena, size_t *count,
                                   struct failure *failure) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_DAYS];
    size_t capacity = 64;
    struct store_day *days = ARENA_NEW(arena, struct store_day, capacity);
    int code;
    *count = 0;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (*count == capacity) {
            struct store_day *larger = ARENA_NEW(arena, struct store_day, capacity * 2);
            memcpy(larger, days, capacity * sizeof *days);
            days = larger;
            capacity *= 2;
        }
        read_day(statement, &days[(*count)++]);
    }
    bool done = code == SQLITE_DONE || store_sql_refuse(store, "read the store", failure);
    sqlite3_reset(statement);
    return done ? days : NULL;
}

bool store_is_ended(const struct store *store) {
    return store->ended;
}

static bool finds(struct sqlite3_stmt *statement) {
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    return found;
}

bool store_was_imported(struct store *store, const char *digest) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_WAS_IMPORTED];
    sqlite3_bind_text(statement, 1, digest, -1, SQLITE_STATIC);
    return finds(statement);
}

bool store_has_sheet(struct store *store, int64_t sheet) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_HAS_SHEET];
    sqlite3_bind_int64(statement, 1, sheet);
    return finds(statement);
}
