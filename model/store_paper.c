/* Paper sheets in the store. Rows lie in the order of their keys, which are random; with personal links the
 * file is made whole after each commit, so that its pages do not tell the order of arrival either. */
#include "model/store_paper.h"

#include "model/store_internal.h"

#include <sqlite3.h>
#include <string.h>

static const char schema[] =
#include "model/store_paper.sql.inc"
    ;

static const char *const source_names[STORE_PAPER_SOURCE_COUNT] = {[STORE_PAPER_SCAN] = "scan",
                                                                   [STORE_PAPER_FIRST] = "first",
                                                                   [STORE_PAPER_SECOND] = "second",
                                                                   [STORE_PAPER_SETTLED] = "settled"};

bool store_paper_create(struct store *store, struct failure *failure) {
    return store_sql_run(store, schema, "prepare the store", failure);
}

bool store_paper_imagine(struct store *store, struct failure *failure) {
    return store_sql_imagine(store, schema, failure);
}

const char *store_paper_source_name(enum store_paper_source source) {
    return source_names[source];
}

static void bind_text(struct sqlite3_stmt *statement, int at, const char *text) {
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

/* --- lists --- */

/* A list that grows: of `size` bytes each. */
struct list {
    struct arena *arena;
    size_t size, count, room;
    char *all;
};

static void *next(struct list *list) {
    if (list->count == list->room) {
        size_t room = list->room ? list->room * 2 : 16;
        char *larger = arena_allocate(list->arena, room, list->size);
        memcpy(larger, list->all, list->count * list->size);
        list->all = larger;
        list->room = room;
    }
    return list->all + list->size * list->count++;
}

static const char *text_at(struct list *list, struct sqlite3_stmt *row, int column) {
    const unsigned char *text = sqlite3_column_text(row, column);
    return text ? arena_copy(list->arena, (const char *)text) : NULL;
}

static void read_page(struct list *list, struct sqlite3_stmt *row) {
    struct store_paper_page *page = next(list);
    *page = (struct store_paper_page){.sheet = sqlite3_column_int64(row, 0),
                                      .page = (unsigned)sqlite3_column_int64(row, 1),
                                      .pages = (unsigned)sqlite3_column_int64(row, 2),
                                      .version = text_at(list, row, 3),
                                      .digest = text_at(list, row, 4)};
}

static enum store_paper_source source_of(const char *name) {
    for (int i = 0; i < STORE_PAPER_SOURCE_COUNT; i++)
        if (!strcmp(name, source_names[i]))
            return (enum store_paper_source)i;
    return STORE_PAPER_SCAN; /* the table has no other words */
}

static void read_entry(struct list *list, struct sqlite3_stmt *row) {
    struct store_paper_entry *entry = next(list);
    *entry = (struct store_paper_entry){.sheet = sqlite3_column_int64(row, 0),
                                        .source = source_of((const char *)sqlite3_column_text(row, 1)),
                                        .initials = text_at(list, row, 2),
                                        .answers = text_at(list, row, 3)};
}

static void read_review(struct list *list, struct sqlite3_stmt *row) {
    struct store_paper_review *review = next(list);
    *review = (struct store_paper_review){.sheet = sqlite3_column_int64(row, 0),
                                          .name = text_at(list, row, 1),
                                          .page = (unsigned)sqlite3_column_int64(row, 2),
                                          .reason = text_at(list, row, 3),
                                          .reading = text_at(list, row, 4),
                                          .settled = text_at(list, row, 5),
                                          .initials = text_at(list, row, 6),
                                          .picture_length = (size_t)sqlite3_column_int64(row, 7)};
}

/* All rows of a statement for one sheet, or for all. */
static const void *read_all(struct store *store, enum store_statement which, int64_t sheet, struct list *list,
                            void (*read)(struct list *list, struct sqlite3_stmt *row),
                            struct failure *failure) {
    struct sqlite3_stmt *statement = store->statements[which];
    int code;
    list->all = arena_allocate(list->arena, 1, 1);
    sqlite3_bind_int64(statement, 1, sheet);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        read(list, statement);
    bool done = code == SQLITE_DONE || store_sql_refuse(store, "read the store", failure);
    sqlite3_reset(statement);
    return done ? list->all : NULL;
}

const struct store_paper_page *store_paper_pages(struct store *store, struct arena *arena, int64_t sheet,
                                                 size_t *count, struct failure *failure) {
    struct list list = {.arena = arena, .size = sizeof(struct store_paper_page)};
    const void *all = read_all(store, STATEMENT_PAPER_PAGES, sheet, &list, read_page, failure);
    *count = list.count;
    return all;
}

const struct store_paper_entry *store_paper_entries(struct store *store, struct arena *arena, int64_t sheet,
                                                    size_t *count, struct failure *failure) {
    struct list list = {.arena = arena, .size = sizeof(struct store_paper_entry)};
    const void *all = read_all(store, STATEMENT_PAPER_ENTRIES, sheet, &list, read_entry, failure);
    *count = list.count;
    return all;
}

const struct store_paper_review *store_paper_reviews(struct store *store, struct arena *arena, int64_t sheet,
                                                     size_t *count, struct failure *failure) {
    struct list list = {.arena = arena, .size = sizeof(struct store_paper_review)};
    const void *all = read_all(store, STATEMENT_PAPER_REVIEWS, sheet, &list, read_review, failure);
    *count = list.count;
    return all;
}

const unsigned char *store_paper_picture(struct store *store, struct arena *arena,
                                         const struct store_paper_review *review, size_t *length) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_PAPER_PICTURE];
    const char *picture = NULL;
    *length = 0;
    sqlite3_bind_int64(statement, 1, review->sheet);
    bind_text(statement, 2, review->name);
    sqlite3_bind_int64(statement, 3, review->page);
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_bytes(statement, 0) > 0) {
        *length = (size_t)sqlite3_column_bytes(statement, 0);
        picture = arena_copy_bytes(arena, sqlite3_column_blob(statement, 0), *length);
    }
    sqlite3_reset(statement);
    return (const unsigned char *)picture;
}

/* --- changes --- */

static enum store_outcome change(struct store *store, struct sqlite3_stmt *statement) {
    enum store_outcome outcome = store_sql_step(store, statement, "write to the store");
    store->has_new_people = store->has_new_people || outcome == STORE_DONE;
    return outcome;
}

enum store_outcome store_paper_add_page(struct store *store, const struct store_paper_page *page) {
    struct sqlite3_stmt *add = store->statements[STATEMENT_PAPER_ADD_PAGE];
    sqlite3_bind_int64(add, 1, page->sheet);
    sqlite3_bind_int64(add, 2, page->page);
    sqlite3_bind_int64(add, 3, page->pages);
    bind_text(add, 4, page->version);
    bind_text(add, 5, page->digest);
    enum store_outcome outcome = change(store, add);
    return outcome == STORE_DONE && sqlite3_changes(store->database) == 0 ? STORE_ALREADY : outcome;
}

enum store_outcome store_paper_keep_entry(struct store *store, const struct store_paper_entry *entry) {
    struct sqlite3_stmt *keep = store->statements[STATEMENT_PAPER_KEEP_ENTRY];
    sqlite3_bind_int64(keep, 1, entry->sheet);
    bind_text(keep, 2, source_names[entry->source]);
    bind_text(keep, 3, entry->initials);
    bind_text(keep, 4, entry->answers);
    return change(store, keep);
}

enum store_outcome store_paper_add_review(struct store *store, const struct store_paper_review *review) {
    struct sqlite3_stmt *add = store->statements[STATEMENT_PAPER_ADD_REVIEW];
    sqlite3_bind_int64(add, 1, review->sheet);
    bind_text(add, 2, review->name);
    sqlite3_bind_int64(add, 3, review->page);
    bind_text(add, 4, review->reason);
    bind_text(add, 5, review->reading);
    bind_text(add, 6, review->settled);
    bind_text(add, 7, review->initials ? review->initials : "");
    const void *picture = review->picture ? review->picture : (const void *)"";
    sqlite3_bind_blob64(add, 8, picture, review->picture ? review->picture_length : 0, SQLITE_STATIC);
    return change(store, add);
}

enum store_outcome store_paper_settle(struct store *store, int64_t sheet, const char *name,
                                      const char *settled, const char *initials) {
    struct sqlite3_stmt *settle = store->statements[STATEMENT_PAPER_SETTLE];
    sqlite3_bind_int64(settle, 1, sheet);
    bind_text(settle, 2, name);
    bind_text(settle, 3, settled);
    bind_text(settle, 4, initials);
    enum store_outcome outcome = change(store, settle);
    return outcome == STORE_DONE && sqlite3_changes(store->database) == 0 ? STORE_NONE : outcome;
}

enum store_outcome store_paper_finish(struct store *store, int64_t sheet) {
    struct sqlite3_stmt *finish = store->statements[STATEMENT_PAPER_FINISH];
    sqlite3_bind_int64(finish, 1, sheet);
    return change(store, finish);
}

enum store_outcome store_paper_forget(struct store *store, int64_t sheet) {
    static const enum store_statement all[] = {STATEMENT_PAPER_FORGET_PAGES, STATEMENT_PAPER_FORGET_ENTRIES,
                                               STATEMENT_PAPER_FORGET_REVIEWS};
    int changed = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        sqlite3_bind_int64(store->statements[all[i]], 1, sheet);
        enum store_outcome outcome = change(store, store->statements[all[i]]);
        if (outcome != STORE_DONE)
            return outcome;
        changed += sqlite3_changes(store->database);
    }
    return changed ? STORE_DONE : STORE_NONE;
}
