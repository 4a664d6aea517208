#include "model/store_internal.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char fixed_schema[] =
#include "model/store.sql.inc"
    ;

/* SQL text is put together in SQLite's own string builder, whose %w and %Q quote names and literals. */
static sqlite3_str *begin_sql(const struct store *store) {
    return sqlite3_str_new(store->database);
}

/* The finished text, in the store's arena. */
static const char *finish_sql(const struct store *store, sqlite3_str *text) {
    if (sqlite3_str_errcode(text) != SQLITE_OK)
        abort(); /* out of memory, or more than the columns of a questionnaire can make */
    char *sql = sqlite3_str_finish(text);
    const char *kept = arena_copy(store->arena, sql ? sql : "");
    sqlite3_free(sql);
    return kept;
}

bool store_schema_create_table(struct store *store, const char *schema, const char *table,
                               struct failure *failure) {
    sqlite3_str *sql = begin_sql(store);
    sqlite3_str_appendf(sql,
                        "CREATE TABLE %s.\"%w\" (\n"
                        "  key INTEGER PRIMARY KEY CHECK (key > 0),\n"
                        "  channel TEXT NOT NULL CHECK (channel IN ('web', 'paper')),\n"
                        "  language TEXT NOT NULL,\n"
                        "  sheet INTEGER CHECK (sheet > 0),\n"
                        "  missing TEXT NOT NULL",
                        schema, table);
    for (size_t i = 0; i < store->columns.count; i++) {
        const struct column *column = &store->columns.all[i];
        sqlite3_str_appendf(sql, ",\n  \"%w\" %s", column->name, column_type_name(column->type));
        if (column->kind == COLUMN_TICK)
            sqlite3_str_appendf(sql, " CHECK (\"%w\" IN (0, 1))", column->name);
    }
    sqlite3_str_appendall(sql, "\n)");
    return store_sql_run(store, finish_sql(store, sql), "prepare the store", failure);
}

/* A choice as its wording, or the reason why there is none. */
static void append_label_of_code(sqlite3_str *sql, const char *id) {
    sqlite3_str_appendf(sql,
                        ",\n  coalesce("
                        "(SELECT text FROM wording WHERE item = %Q AND code = CAST(r.\"%w\" AS TEXT)),"
                        " (SELECT text FROM wording WHERE item = %Q"
                        " AND instr(' ' || r.missing || ' ', ' ' || item || '=' || code || ' '))) AS \"%w\"",
                        id, id, id, id);
}

static void append_label_of_ticks(sqlite3_str *sql, const struct columns *columns, const struct item *item) {
    sqlite3_str_appendf(
        sql,
        ",\n  (SELECT group_concat(text, '; ') FROM (SELECT text FROM wording WHERE item = %Q"
        " AND (instr(' ' || r.missing || ' ', ' ' || item || '=' || code || ' ') OR code IN (''",
        item->id);
    for (size_t i = columns->first[item->index]; i < columns->first[item->index + 1]; i++)
        if (columns->all[i].kind == COLUMN_TICK)
            sqlite3_str_appendf(sql, ", iif(r.\"%w\", %Q, '')", columns->all[i].name,
                                item->question->options[columns->all[i].option].code);
    sqlite3_str_appendf(sql, ")) ORDER BY position)) AS \"%w\"", item->id);
}

/* Within ORDER BY SQLite does not find the outer row, so that the rank is a column. */
static void append_label_of_ranking(sqlite3_str *sql, const char *id) {
    sqlite3_str_appendf(
        sql,
        ",\n  (SELECT group_concat(text, '; ') FROM (SELECT text,"
        " instr(' ' || r.\"%w\" || ' ', ' ' || code || ' ') AS rank FROM wording WHERE item = %Q"
        " AND (instr(' ' || r.missing || ' ', ' ' || item || '=' || code || ' ')"
        " OR instr(' ' || r.\"%w\" || ' ', ' ' || code || ' '))"
        " ORDER BY rank)) AS \"%w\"",
        id, id, id, id);
}

static void append_label(sqlite3_str *sql, const struct columns *columns, const struct item *item) {
    switch (item->question->type) {
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
        append_label_of_code(sql, item->id);
        break;
    case QUESTION_MULTIPLE:
        append_label_of_ticks(sql, columns, item);
        break;
    case QUESTION_RANKING:
        append_label_of_ranking(sql, item->id);
        break;
    case QUESTION_NUMBER:
    case QUESTION_TEXT:
    case QUESTION_DATE:
        sqlite3_str_appendf(sql, ",\n  r.\"%w\"", item->id);
        break;
    }
    if (questionnaire_has_specify(item->question))
        sqlite3_str_appendf(sql, ",\n  r.\"%w_specify\"", item->id);
}

bool store_schema_create_view(struct store *store, struct failure *failure) {
    sqlite3_str *sql = begin_sql(store);
    sqlite3_str_appendall(sql,
                          "CREATE UNIQUE INDEX response_sheet ON response (sheet) WHERE sheet IS NOT NULL;\n"
                          "CREATE VIEW response_labelled AS SELECT\n"
                          "  r.key, r.channel, r.language, r.sheet");
    for (size_t i = 0; i < store->questionnaire->item_count; i++)
        append_label(sql, &store->columns, &store->questionnaire->items[i]);
    sqlite3_str_appendall(sql, "\nFROM response AS r");
    return store_sql_run(store, finish_sql(store, sql), "prepare the store", failure);
}

static bool add_wording(struct sqlite3_stmt *insert, const char *item, size_t position, const char *code,
                        const char *text) {
    sqlite3_bind_text(insert, 1, item, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 2, (sqlite3_int64)position);
    sqlite3_bind_text(insert, 3, code, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 4, text, -1, SQLITE_STATIC);
    int code_of_step = sqlite3_step(insert);
    return sqlite3_reset(insert) == SQLITE_OK && code_of_step == SQLITE_DONE;
}

static bool add_item_wording(struct sqlite3_stmt *insert, const struct item *item) {
    const struct question *question = item->question;
    bool done = true;
    for (size_t i = 0; i < question->option_count && done; i++)
        done = add_wording(insert, item->id, i, question->options[i].code, question->options[i].text.in[0]);
    if (done && question->no_opinion.in)
        done =
            add_wording(insert, item->id, question->option_count, "no_opinion", question->no_opinion.in[0]);
    if (done && question->not_concerned.in)
        done = add_wording(insert, item->id, question->option_count + 1, "not_concerned",
                           question->not_concerned.in[0]);
    return done;
}

static bool write_wording(struct store *store, struct failure *failure) {
    sqlite3_stmt *insert = NULL;
    bool done = sqlite3_prepare_v2(store->database, "INSERT INTO wording VALUES (?1, ?2, ?3, ?4)", -1,
                                   &insert, NULL) == SQLITE_OK;
    for (size_t i = 0; i < store->questionnaire->item_count && done; i++)
        done = add_item_wording(insert, &store->questionnaire->items[i]);
    if (!done)
        store_sql_refuse(store, "prepare the store", failure);
    sqlite3_finalize(insert);
    return done;
}

static bool write_questionnaire(struct store *store, struct failure *failure) {
    const struct questionnaire *questionnaire = store->questionnaire;
    sqlite3_stmt *insert = NULL;
    bool done = sqlite3_prepare_v2(store->database, "INSERT OR REPLACE INTO questionnaire VALUES (1, ?1, ?2)",
                                   -1, &insert, NULL) == SQLITE_OK;
    if (done) {
        sqlite3_bind_text(insert, 1, questionnaire->name, -1, SQLITE_STATIC);
        sqlite3_bind_text64(insert, 2, questionnaire->source, questionnaire->source_length, SQLITE_STATIC,
                            SQLITE_UTF8);
        done = sqlite3_step(insert) == SQLITE_DONE;
    }
    if (!done)
        store_sql_refuse(store, "prepare the store", failure);
    sqlite3_finalize(insert);
    return done;
}

bool store_schema_describe(struct store *store, struct failure *failure) {
    return write_questionnaire(store, failure) &&
           store_sql_run(store, "DELETE FROM wording", "prepare the store", failure) &&
           write_wording(store, failure);
}

bool store_schema_create(struct store *store, struct failure *failure) {
    return store_sql_run(store, fixed_schema, "make the store", failure) &&
           store_schema_create_table(store, "main", "response", failure) &&
           store_schema_create_view(store, failure) && store_schema_describe(store, failure);
}

const char *store_schema_insert(const struct store *store) {
    sqlite3_str *sql = begin_sql(store);
    sqlite3_str_appendall(sql, "INSERT INTO response (key, channel, language, sheet, missing");
    for (size_t i = 0; i < store->columns.count; i++)
        sqlite3_str_appendf(sql, ", \"%w\"", store->columns.all[i].name);
    sqlite3_str_appendall(sql, ") VALUES (?, ?, ?, ?, ?");
    for (size_t i = 0; i < store->columns.count; i++)
        sqlite3_str_appendall(sql, ", ?");
    sqlite3_str_appendall(sql, ") ON CONFLICT (key) DO NOTHING");
    return finish_sql(store, sql);
}

/* The value that a row collected with an earlier questionnaire has in `column`. */
static void append_source(sqlite3_str *sql, const struct store *store, const struct column *column) {
    const struct item *earlier = store_migrate_counterpart(store->collected, column->item);
    const struct columns *collected = &store->collected_columns;
    const struct column *same = earlier ? column_find(collected, column->name) : NULL;
    /* An option added to a multiple question was not ticked by those who answered it. */
    const struct column *sibling =
        earlier && column->kind == COLUMN_TICK ? &collected->all[collected->first[earlier->index]] : NULL;
    if (same && same->item == earlier && same->type == column->type)
        sqlite3_str_appendf(sql, ", \"%w\"", same->name);
    else if (same && same->item == earlier)
        sqlite3_str_appendf(sql, ", CAST(\"%w\" AS %s)", same->name, column_type_name(column->type));
    else if (sibling)
        sqlite3_str_appendf(sql, ", iif(\"%w\" IS NULL, NULL, 0)", sibling->name);
    else
        sqlite3_str_appendall(sql, ", NULL");
}

static void append_column(sqlite3_str *sql, const struct store *store, const struct column *column) {
    if (store->collected)
        append_source(sql, store, column);
    else
        sqlite3_str_appendf(sql, ", \"%w\"", column->name);
}

const char *store_schema_select(const struct store *store) {
    sqlite3_str *sql = begin_sql(store);
    sqlite3_str_appendall(sql, "SELECT key, channel, language, sheet, missing");
    for (size_t i = 0; i < store->columns.count; i++)
        append_column(sql, store, &store->columns.all[i]);
    sqlite3_str_appendall(sql, " FROM response");
    return finish_sql(store, sql);
}

const char *store_schema_select_items(const struct store *store, const bool *wanted) {
    sqlite3_str *sql = begin_sql(store);
    sqlite3_str_appendall(sql, "SELECT key, channel, language, sheet, NULL");
    for (size_t item = 0; item < store->questionnaire->item_count; item++)
        for (size_t i = store->columns.first[item]; i < store->columns.first[item + 1]; i++) {
            if (wanted[item])
                append_column(sql, store, &store->columns.all[i]);
            else
                sqlite3_str_appendall(sql, ", NULL");
        }
    sqlite3_str_appendall(sql, " FROM response");
    return finish_sql(store, sql);
}

const char *store_schema_select_share(const struct store *store) {
    sqlite3_str *sql = begin_sql(store);
    sqlite3_str_appendall(sql, "SELECT NULL, channel, NULL, NULL, missing");
    for (size_t i = 0; i < store->columns.count; i++) {
        if (store->columns.all[i].kind == COLUMN_SPECIFY)
            sqlite3_str_appendall(sql, ", NULL");
        else
            append_column(sql, store, &store->columns.all[i]);
    }
    sqlite3_str_appendall(sql, " FROM response WHERE key BETWEEN ?1 AND ?2");
    return finish_sql(store, sql);
}
