/* What the files of the audit share; nobody else includes it. */
#ifndef SURVEY_AUDIT_INTERNAL_H
#define SURVEY_AUDIT_INTERNAL_H

#include "model/base/language.h"
#include "model/campaign.h"
#include "survey/database_file.h"

/* What is tried, in the order in which it is told. */
#define AUDIT_ROUTES(ROUTE)                                                                                  \
    ROUTE(LOG)                                                                                               \
    ROUTE(ORDER)                                                                                             \
    ROUTE(REMAINS) ROUTE(KEYS) ROUTE(SHAPE) ROUTE(PEOPLE) ROUTE(LINKS) ROUTE(GROUPS) ROUTE(FILES) ROUTE(WHOLE)

/* What can be found, the route that finds it, what it means and what to do. */
#define AUDIT_FINDINGS(FINDING)                                                                              \
    FINDING(LOG_KEPT, LOG, LOG_MEANS, LOG_DO)                                                                \
    FINDING(ORDER_RESPONSES, ORDER, ORDER_RESPONSES_MEANS, REWRITE_DO)                                       \
    FINDING(ORDER_DRAFTS, ORDER, ORDER_DRAFTS_MEANS, REWRITE_DO)                                             \
    FINDING(REMAINS_LEFT, REMAINS, REMAINS_MEANS, REMAINS_DO)                                                \
    FINDING(KEYS_PLAIN, KEYS, KEYS_MEANS, KEYS_DO)                                                           \
    FINDING(FOREIGN_TABLE, SHAPE, FOREIGN_MEANS, FOREIGN_DO)                                                 \
    FINDING(FOREIGN_COLUMN, SHAPE, FOREIGN_MEANS, FOREIGN_DO)                                                \
    FINDING(FOREIGN_INDEX, SHAPE, FOREIGN_MEANS, FOREIGN_DO)                                                 \
    FINDING(FOREIGN_TRIGGER, SHAPE, FOREIGN_MEANS, FOREIGN_DO)                                               \
    FINDING(PEOPLE_LEFT, PEOPLE, PEOPLE_MEANS, CLOSE_DO)                                                     \
    FINDING(DRAFTS_LEFT, PEOPLE, DRAFTS_MEANS, CLOSE_DO)                                                     \
    FINDING(KEY_LEFT, PEOPLE, KEY_LEFT_MEANS, CLOSE_DO)                                                      \
    FINDING(KEY_READABLE, PEOPLE, KEY_READABLE_MEANS, KEY_READABLE_DO)                                       \
    FINDING(MORE_THAN_USED, LINKS, MORE_MEANS, MORE_DO)                                                      \
    FINDING(MORE_THAN_INVITED, LINKS, MORE_MEANS, MORE_DO)                                                   \
    FINDING(SMALL_GROUPS, GROUPS, SMALL_MEANS, SMALL_GROUPS_DO)                                              \
    FINDING(SMALL_RESPONSES, GROUPS, SMALL_MEANS, SMALL_RESPONSES_DO)                                        \
    FINDING(OPEN_FILE, FILES, OPEN_FILE_MEANS, OPEN_DO)                                                      \
    FINDING(OPEN_FOLDER, FILES, OPEN_FOLDER_MEANS, OPEN_DO)                                                  \
    FINDING(FILE_BESIDE, FILES, FILE_BESIDE_MEANS, FILE_BESIDE_DO)                                           \
    FINDING(DAMAGED, WHOLE, DAMAGED_MEANS, DAMAGED_DO)

enum audit_route {
#define ROUTE(name) AUDIT_##name,
    AUDIT_ROUTES(ROUTE)
#undef ROUTE
        AUDIT_ROUTE_COUNT
};

enum audit_finding {
#define FINDING(name, route, means, todo) AUDIT_##name,
    AUDIT_FINDINGS(FINDING)
#undef FINDING
        AUDIT_FINDING_COUNT
};

/* A table of the store as its bytes show it. */
struct audit_table {
    const struct database_entry *entry; /* NULL: there is none, and no rows */
    const char *const *columns;
    size_t column_count;
    const struct database_row *rows;
    size_t count;
    struct database_value *values; /* of the row read last */
};

/* What is said of a route. */
struct audit_remark {
    enum audit_route route;
    bool is_note;              /* for information: `text` alone */
    const char *text;          /* what was found */
    const char *means, *to_do; /* of a finding */
};

struct audit {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    const struct questionnaire *collected; /* the one kept in the store; NULL: it cannot be read */
    enum language language;
    const char *path;
    struct database_files files;
    struct database_file *store;
    struct audit_table responses, people, drafts;
    bool has_links, has_ended;
    size_t invited; /* when it was closed */
    struct audit_remark *remarks;
    size_t remark_count, remark_room, finding_count;
};

/* --- audit.c --- */

/* Notes a finding, or a piece of information; `holes` as for language_fill, of all its messages. */
void audit_find(struct audit *audit, enum audit_finding finding, const struct hole *holes);
void audit_note(struct audit *audit, enum audit_route route, enum message message, const struct hole *holes);

/* A name from the store or the disk, with what a terminal would not show made visible. */
const char *audit_shown(const struct audit *audit, const char *name);

/* A count as text. */
const char *audit_number(const struct audit *audit, size_t number);

/* --- audit_table.c: rows by the names of their columns --- */

struct audit_table audit_table(const struct audit *audit, const char *name);

/* The columns that a CREATE TABLE names, in their order. */
const char *const *audit_table_columns(struct arena *arena, const char *sql, size_t *count);

/* A column of a row: read the row, then ask for values by name. NULL: it has no such column. */
void audit_table_read(struct audit_table *table, size_t row);
const struct database_value *audit_table_value(const struct audit_table *table, const char *column);

/* The same as a number, 0 where it is none; and whether it is this text. */
int64_t audit_table_integer(const struct audit_table *table, const char *column);
const char *audit_table_text(struct arena *arena, const struct audit_table *table, const char *column);

/* --- the routes --- */

void audit_content_try(struct audit *audit); /* audit_content.c: order, remains, keys, people, links, whole */
void audit_groups_try(struct audit *audit);  /* audit_groups.c */
void audit_shape_try(struct audit *audit);   /* audit_shape.c */
void audit_files_try(struct audit *audit);   /* audit_files.c: log, key, and who may read what */

/* --- audit_print.c --- */

void audit_print(const struct audit *audit);

#endif
