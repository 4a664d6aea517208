/* The least that reading can cost: steps through all responses of a store and counts the answers to the
 * thirty questions q1…q30, from 1 to 5, with nothing around it: bare_pass STORE */
#include <sqlite3.h>
#include <stdio.h>

enum { QUESTIONS = 30, CODES = 6 };

static long counts[QUESTIONS][CODES]; /* 0: no answer */

static int count_rows(sqlite3 *database) {
    char sql[400];
    int length = snprintf(sql, sizeof sql, "SELECT q1");
    for (int i = 2; i <= QUESTIONS; i++)
        length += snprintf(sql + length, sizeof sql - (size_t)length, ", q%d", i);
    snprintf(sql + length, sizeof sql - (size_t)length, " FROM response");
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        return SQLITE_ERROR;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        for (int i = 0; i < QUESTIONS; i++)
            counts[i][sqlite3_column_int(statement, i) % CODES]++;
    sqlite3_finalize(statement);
    return code;
}

int main(int count, char **words) {
    sqlite3 *database = NULL;
    if (count != 2 || sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        count_rows(database) != SQLITE_DONE) {
        fprintf(stderr, "bare_pass: %s\n", database ? sqlite3_errmsg(database) : "usage: bare_pass STORE");
        return 1;
    }
    for (int i = 0; i < QUESTIONS; i++) {
        for (int code = 0; code < CODES; code++)
            printf("%ld%c", counts[i][code], code + 1 < CODES ? ' ' : '\n');
    }
    sqlite3_close(database);
    return 0;
}
