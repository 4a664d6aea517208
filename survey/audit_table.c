#include "survey/audit_internal.h"

#include <string.h>

/* --- the names of columns --- */

/* Past what is quoted from `at` on, or past one character. */
static const char *skip_one(const char *at) {
    char end = *at == '[' ? ']' : *at;
    if (*at == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    if (!strchr("\"'`[", *at))
        return at + 1;
    const char *close = strchr(at + 1, end);
    return close ? close + 1 : at + strlen(at);
}

static const char *skip_blanks(const char *at) {
    for (;;) {
        at += strspn(at, " \t\r\n");
        if (at[0] != '-' || at[1] != '-')
            return at;
        at += strcspn(at, "\n");
    }
}

/* To the comma or the bracket that ends a definition. */
static const char *end_of_definition(const char *at) {
    for (int depth = 0; *at && (depth > 0 || (*at != ',' && *at != ')')); at = skip_one(at))
        depth += (*at == '(') - (*at == ')');
    return at;
}

static bool is_constraint(const char *at, size_t length) {
    static const char *const words[] = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && !strncasecmp(at, words[i], length))
            return true;
    return false;
}

/* The name at the front of a definition; NULL for a constraint of the table. */
static const char *name_of(struct arena *arena, const char *at) {
    if (*at && strchr("\"'`[", *at)) {
        const char *end = skip_one(at);
        return end - at < 2 ? "" : arena_copy_bytes(arena, at + 1, (size_t)(end - at) - 2);
    }
    size_t length = strcspn(at, " \t\r\n,()");
    return is_constraint(at, length) ? NULL : arena_copy_bytes(arena, at, length);
}

const char *const *audit_table_columns(struct arena *arena, const char *sql, size_t *count) {
    const char *at = sql;
    size_t room = 1;
    for (const char *comma = sql; (comma = strchr(comma, ',')); comma++)
        room++;
    const char **names = ARENA_NEW(arena, const char *, room);
    *count = 0;
    while (*at && *at != '(')
        at = skip_one(at);
    while (*at == '(' || *at == ',') {
        at = skip_blanks(at + 1);
        const char *name = name_of(arena, at);
        if (name)
            names[(*count)++] = name;
        at = end_of_definition(at);
    }
    return names;
}

/* --- rows --- */

struct audit_table audit_table(const struct audit *audit, const char *name) {
    struct audit_table table = {.entry = database_file_table(audit->store, name)};
    if (!table.entry)
        return table;
    table.columns = audit_table_columns(audit->arena, table.entry->sql, &table.column_count);
    table.rows = database_file_rows(audit->store, table.entry, &table.count);
    table.values = ARENA_NEW(audit->arena, struct database_value, table.column_count);
    return table;
}

void audit_table_read(struct audit_table *table, size_t row) {
    memset(table->values, 0, table->column_count * sizeof *table->values);
    database_file_values(&table->rows[row], table->values, table->column_count);
}

const struct database_value *audit_table_value(const struct audit_table *table, const char *column) {
    for (size_t i = 0; i < table->column_count; i++)
        if (!strcmp(table->columns[i], column))
            return &table->values[i];
    return NULL;
}

int64_t audit_table_integer(const struct audit_table *table, const char *column) {
    const struct database_value *value = audit_table_value(table, column);
    return value && value->kind == DATABASE_INTEGER ? value->integer : 0;
}

const char *audit_table_text(struct arena *arena, const struct audit_table *table, const char *column) {
    const struct database_value *value = audit_table_value(table, column);
    if (value && value->kind == DATABASE_INTEGER)
        return arena_format(arena, "%lld", (long long)value->integer);
    return value && value->kind == DATABASE_TEXT
               ? arena_copy_bytes(arena, (const char *)value->bytes, value->length)
               : "";
}
