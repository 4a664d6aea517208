/* Whether the store has places that Bilan did not make: each could hold a time, an order or a name. */
#include "model/column.h"
#include "survey/audit_internal.h"

#include <string.h>

static const char schema[] =
#include "model/store.sql.inc"
#include "model/store_links.sql.inc"
#include "model/store_paper.sql.inc"
    ;

/* The CREATE TABLE of that name in Bilan's own schema; NULL if there is none. */
static const char *find_table(struct arena *arena, const char *name) {
    return strstr(schema, arena_format(arena, "CREATE TABLE %s (", name));
}

static bool is_among(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

/* The columns of responses come from the questionnaire, and before it was changed, from the earlier one. */
static bool is_of_answers(const struct audit *audit, const char *name) {
    static const char *const fixed[] = {"key", "channel", "language", "sheet", "missing"};
    const struct questionnaire *const both[] = {audit->questionnaire, audit->collected};
    if (is_among(name, fixed, sizeof fixed / sizeof *fixed))
        return true;
    for (size_t i = 0; i < 2; i++) {
        if (!both[i])
            continue;
        struct columns columns = column_list(audit->arena, both[i]);
        if (column_find(&columns, name))
            return true;
    }
    return false;
}

static void compare_columns(struct audit *audit, const struct database_entry *entry) {
    bool is_response = !strcmp(entry->name, "response");
    const char *own_sql = is_response ? "" : find_table(audit->arena, entry->name);
    size_t count, own_count;
    const char *const *own = audit_table_columns(audit->arena, own_sql, &own_count);
    const char *const *columns = audit_table_columns(audit->arena, entry->sql, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_response ? is_of_answers(audit, columns[i]) : is_among(columns[i], own, own_count))
            continue;
        const struct hole holes[] = {{"name", audit_shown(audit, columns[i])},
                                     {"table", audit_shown(audit, entry->name)},
                                     {"store", audit->path},
                                     {NULL, NULL}};
        audit_find(audit, AUDIT_FOREIGN_COLUMN, holes);
    }
}

static void find_foreign(struct audit *audit, enum audit_finding finding,
                         const struct database_entry *entry) {
    const struct hole holes[] = {{"name", audit_shown(audit, entry->name)},
                                 {"table", audit_shown(audit, entry->table)},
                                 {"store", audit->path},
                                 {NULL, NULL}};
    audit_find(audit, finding, holes);
}

static bool is_own_index(const char *name) {
    static const char *const own[] = {"response_sheet", "sqlite_autoindex_invitation_1",
                                      "sqlite_autoindex_invitation_2"};
    return is_among(name, own, sizeof own / sizeof *own);
}

/* A view holds nothing, whoever made it. */
void audit_shape_try(struct audit *audit) {
    size_t count;
    const struct database_entry *entries = database_file_entries(audit->store, &count);
    for (size_t i = 1; i < count; i++) {
        const struct database_entry *entry = &entries[i];
        if (!strcmp(entry->type, "table") &&
            (!strcmp(entry->name, "response") || find_table(audit->arena, entry->name)))
            compare_columns(audit, entry);
        else if (!strcmp(entry->type, "table"))
            find_foreign(audit, AUDIT_FOREIGN_TABLE, entry);
        else if (!strcmp(entry->type, "index") && !is_own_index(entry->name))
            find_foreign(audit, AUDIT_FOREIGN_INDEX, entry);
        else if (!strcmp(entry->type, "trigger"))
            find_foreign(audit, AUDIT_FOREIGN_TRIGGER, entry);
    }
}
