#include "survey/database_file.h"

#include "survey/database_file_internal.h"

#include <string.h>

enum {
    DEEPEST = 40, /* a tree of SQLite's has at most some twenty levels */
    ROOT = 1,
    AT_FREE_TRUNK = 32,
    AT_FREE_COUNT = 36,
    AT_VERSION = 60,
    AT_APPLICATION = 68
};

void database_file_note_damage(struct database_file *file, uint32_t page) {
    for (size_t i = 0; i < file->damage_count; i++)
        if (file->damage[i] == page)
            return;
    if (file->damage_count == file->damage_room) {
        size_t room = file->damage_room ? file->damage_room * 2 : 16;
        uint32_t *larger = ARENA_NEW(file->arena, uint32_t, room);
        if (file->damage_count)
            memcpy(larger, file->damage, file->damage_count * sizeof *larger);
        file->damage = larger;
        file->damage_room = room;
    }
    file->damage[file->damage_count++] = page;
}

/* Each page has one owner: a second claim is a cycle, or two trees grown together. */
static bool claim(struct database_file *file, uint32_t number, uint32_t owner, uint32_t from) {
    if (number == 0 || number > file->page_count || file->owners[number] != DATABASE_OWNER_NONE) {
        database_file_note_damage(file, from);
        return false;
    }
    file->owners[number] = owner;
    return true;
}

/* --- trees --- */

/* One tree while it is walked. */
struct walk {
    struct database_file *file;
    struct database_tree *tree;
    uint32_t owner;
    bool is_table;
};

/* Claims the pages on which a long record goes on; false if they are not all there. */
static bool claim_chain(const struct walk *walk, const struct database_cell *cell, uint32_t from) {
    struct database_file *file = walk->file;
    uint32_t next = cell->overflow;
    for (size_t done = cell->local; done < cell->length; done += file->usable - 4) {
        if (!claim(file, next, walk->owner, from))
            return false;
        size_t left = cell->length - done, most = file->usable - 4;
        file->filled[next] = (uint32_t)((left < most ? left : most) + 4);
        walk->tree->order.leaps += next < walk->tree->last_overflow;
        walk->tree->last_overflow = next;
        next = database_file_four(file->pages[next]);
    }
    return true;
}

/* Puts the pieces of a long record together, whose pages are claimed: so all records together are no longer
 * than the file. */
static const unsigned char *gather(const struct walk *walk, const struct database_cell *cell) {
    const struct database_file *file = walk->file;
    unsigned char *record = ARENA_NEW(file->arena, unsigned char, cell->length);
    size_t done = cell->local;
    memcpy(record, cell->record, done);
    for (uint32_t next = cell->overflow; done < cell->length; next = database_file_four(file->pages[next])) {
        size_t piece = file->filled[next] - 4;
        memcpy(record + done, file->pages[next] + 4, piece);
        done += piece;
    }
    return record;
}

static void add_row(const struct walk *walk, const struct database_cell *cell, uint32_t from) {
    struct database_tree *tree = walk->tree;
    bool is_whole = cell->local == cell->length;
    if (!is_whole && !claim_chain(walk, cell, from))
        return;
    if (tree->count == tree->room) {
        size_t room = tree->room ? tree->room * 2 : 16;
        struct database_row *larger = ARENA_NEW(walk->file->arena, struct database_row, room);
        if (tree->count)
            memcpy(larger, tree->rows, tree->count * sizeof *larger);
        tree->rows = larger;
        tree->room = room;
    }
    tree->rows[tree->count++] = (struct database_row){cell->key, is_whole ? cell->record : gather(walk, cell),
                                                      cell->length, walk->is_table};
}

static bool is_of_tree(const struct walk *walk, enum database_page_kind kind) {
    return walk->is_table == (kind == DATABASE_TABLE_INNER || kind == DATABASE_TABLE_LEAF);
}

static bool is_inner(enum database_page_kind kind) {
    return kind == DATABASE_INDEX_INNER || kind == DATABASE_TABLE_INNER;
}

static void walk_page(const struct walk *walk, uint32_t number, uint32_t from, int depth) {
    struct database_file *file = walk->file;
    struct database_page page;
    if (!claim(file, number, walk->owner, from))
        return;
    if (depth > DEEPEST || !database_file_page(file, number, &page) || !is_of_tree(walk, page.kind)) {
        database_file_note_damage(file, number);
        return;
    }
    if (!is_inner(page.kind)) {
        walk->tree->order.leaps += number < walk->tree->last_leaf;
        walk->tree->last_leaf = number;
    }
    walk->tree->order.pages++;
    size_t before = file->usable;
    for (size_t i = 0; i < page.count; i++) {
        struct database_cell cell;
        if (!database_file_cell(file, &page, i, &cell)) {
            database_file_note_damage(file, number);
            continue;
        }
        walk->tree->order.turns += cell.at >= before;
        before = cell.at;
        if (is_inner(page.kind))
            walk_page(walk, cell.child, number, depth + 1);
        if (page.kind != DATABASE_TABLE_INNER)
            add_row(walk, &cell, number);
    }
    if (is_inner(page.kind))
        walk_page(walk, database_file_four(page.bytes + page.head + 8), number, depth + 1);
}

/* Walks the tree of an entry, if it has one. */
static void walk_tree(struct database_file *file, size_t index) {
    uint32_t root = file->entries[index].root;
    struct walk walk = {file, &file->trees[index], DATABASE_OWNER_ENTRY + (uint32_t)index, false};
    struct database_page page;
    if (root == 0)
        return;
    if (root <= file->page_count && database_file_page(file, root, &page))
        walk.is_table = is_of_tree(&(struct walk){.is_table = true}, page.kind);
    walk_page(&walk, root, root, 0);
    walk.tree->order.rows = walk.tree->count;
}

/* --- the schema --- */

static const char *text_of(struct arena *arena, const struct database_value *value) {
    return value->kind == DATABASE_TEXT ? arena_copy_bytes(arena, (const char *)value->bytes, value->length)
                                        : "";
}

static void read_entry(struct database_file *file, size_t index, const struct database_row *row) {
    enum { TYPE, NAME, TABLE, PAGE, SQL, COLUMNS };
    struct database_value values[COLUMNS] = {0};
    if (database_file_values(row, values, COLUMNS) != COLUMNS)
        database_file_note_damage(file, ROOT);
    int64_t page = values[PAGE].kind == DATABASE_INTEGER ? values[PAGE].integer : 0;
    if (page < 0 || page > file->page_count) {
        database_file_note_damage(file, ROOT);
        page = 0;
    }
    file->entries[index] = (struct database_entry){text_of(file->arena, &values[TYPE]),
                                                   text_of(file->arena, &values[NAME]),
                                                   text_of(file->arena, &values[TABLE]),
                                                   text_of(file->arena, &values[SQL]),
                                                   (uint32_t)page,
                                                   index};
}

/* The schema is a tree as well, which tells where the others are. */
static void read_schema(struct database_file *file) {
    struct database_tree schema = {0};
    struct walk walk = {file, &schema, DATABASE_OWNER_ENTRY, true};
    walk_page(&walk, ROOT, ROOT, 0);
    schema.order.rows = schema.count;
    file->entry_count = schema.count + 1;
    file->entries = ARENA_NEW(file->arena, struct database_entry, file->entry_count);
    file->trees = ARENA_NEW(file->arena, struct database_tree, file->entry_count);
    file->entries[0] = (struct database_entry){"table", "sqlite_schema", "sqlite_schema", "", ROOT, 0};
    file->trees[0] = schema;
    for (size_t i = 0; i < schema.count; i++) {
        read_entry(file, i + 1, &schema.rows[i]);
        walk_tree(file, i + 1);
    }
}

/* --- free pages --- */

/* A page that lists free ones: the next such page, how many it lists, and their numbers. */
static uint32_t walk_trunk(struct database_file *file, uint32_t number, uint32_t *count) {
    const unsigned char *bytes = file->pages[number];
    uint32_t listed = database_file_four(bytes + 4);
    file->trunks[number] = true;
    (*count)++;
    if (listed > file->usable / 4 - 2) {
        database_file_note_damage(file, number);
        return 0;
    }
    for (uint32_t i = 0; i < listed; i++)
        *count += claim(file, database_file_four(bytes + 8 + 4 * (size_t)i), DATABASE_OWNER_FREE, number);
    return database_file_four(bytes);
}

static void read_free_pages(struct database_file *file) {
    const unsigned char *header = file->pages[ROOT];
    uint32_t count = 0, from = ROOT, next = database_file_four(header + AT_FREE_TRUNK);
    while (next && claim(file, next, DATABASE_OWNER_FREE, from)) {
        from = next;
        next = walk_trunk(file, next, &count);
    }
    if (count != database_file_four(header + AT_FREE_COUNT))
        database_file_note_damage(file, ROOT);
}

/* --- the whole --- */

struct database_file *database_file_parse(struct arena *arena, const struct database_files *files) {
    struct database_file *file = ARENA_NEW(arena, struct database_file, 1);
    file->arena = arena;
    if (!database_file_place(file, files))
        return NULL;
    size_t numbers = (size_t)file->page_count + 1;
    file->owners = ARENA_NEW(arena, uint32_t, numbers);
    file->filled = ARENA_NEW(arena, uint32_t, numbers);
    file->trunks = ARENA_NEW(arena, bool, numbers);
    read_schema(file);
    read_free_pages(file);
    return file;
}

uint32_t database_file_application(const struct database_file *file) {
    return database_file_four(file->pages[ROOT] + AT_APPLICATION);
}

uint32_t database_file_version(const struct database_file *file) {
    return database_file_four(file->pages[ROOT] + AT_VERSION);
}

const struct database_entry *database_file_entries(const struct database_file *file, size_t *count) {
    *count = file->entry_count;
    return file->entries;
}

const struct database_entry *database_file_table(const struct database_file *file, const char *name) {
    for (size_t i = 1; i < file->entry_count; i++)
        if (!strcmp(file->entries[i].type, "table") && !strcmp(file->entries[i].name, name))
            return &file->entries[i];
    return NULL;
}

const struct database_row *database_file_rows(const struct database_file *file,
                                              const struct database_entry *entry, size_t *count) {
    *count = file->trees[entry->index].count;
    return file->trees[entry->index].rows;
}

struct database_order database_file_order(const struct database_file *file,
                                          const struct database_entry *entry) {
    return file->trees[entry->index].order;
}

const uint32_t *database_file_damage(const struct database_file *file, size_t *count) {
    *count = file->damage_count;
    return file->damage;
}
