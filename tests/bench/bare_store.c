/* The least a program can do to keep responses with SQLite: copies of the last response of a store, with
 * random keys, in transactions of so many, each durable. usage: bare_store STORE RESPONSES-A-COMMIT SECONDS;
 * the store grows. Prints how many a second. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *database;

static void run(const char *sql) {
    char *reason = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &reason) != SQLITE_OK) {
        fprintf(stderr, "bare_store: %s\n", reason);
        exit(1);
    }
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "bare_store: %s\n", sqlite3_errmsg(database));
        exit(1);
    }
    return statement;
}

/* INSERT INTO response VALUES (random, the values of the last row). */
static sqlite3_stmt *prepare_insertion(void) {
    sqlite3_stmt *last = prepare("SELECT * FROM response ORDER BY rowid DESC LIMIT 1");
    if (sqlite3_step(last) != SQLITE_ROW) {
        fprintf(stderr, "bare_store: the store is empty\n");
        exit(1);
    }
    sqlite3_str *sql = sqlite3_str_new(database);
    sqlite3_str_appendall(sql, "INSERT INTO response VALUES (abs(random()) >> 1");
    int columns = sqlite3_column_count(last);
    for (int i = 1; i < columns; i++)
        sqlite3_str_appendf(sql, ", ?%d", i);
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    sqlite3_stmt *insertion = prepare(text);
    for (int i = 1; i < columns; i++)
        sqlite3_bind_value(insertion, i, sqlite3_column_value(last, i));
    sqlite3_finalize(last);
    sqlite3_free(text);
    return insertion;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **words) {
    long batch = count == 4 ? strtol(words[2], NULL, 10) : 0;
    if (batch < 1 || sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        fprintf(stderr, "usage: bare_store STORE RESPONSES-A-COMMIT SECONDS\n");
        return 2;
    }
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
        "PRAGMA cache_size = -65536; PRAGMA secure_delete = ON");
    sqlite3_stmt *insertion = prepare_insertion();
    double start = now(), end = start + strtod(words[3], NULL);
    long done = 0;
    for (; now() < end; done += batch) {
        run("BEGIN IMMEDIATE");
        for (long i = 0; i < batch; i++) {
            if (sqlite3_step(insertion) != SQLITE_DONE) {
                fprintf(stderr, "bare_store: %s\n", sqlite3_errmsg(database));
                return 1;
            }
            sqlite3_reset(insertion);
        }
        run("COMMIT");
    }
    printf("%.0f\n", (double)done / (now() - start));
    return 0;
}
