/* What is left where nothing should be. */
#include "survey/database_file_internal.h"

#include <string.h>

enum { STRUCTURE = 4 /* bytes of a freed block's own header, which stays when SQLite merges blocks */ };

/* The remains so far, and which bytes of the page at hand are in use. */
struct search {
    const struct database_file *file;
    struct database_remains *all;
    size_t count, room;
    bool used[DATABASE_PAGE_MOST];
};

static void add(struct search *search, uint32_t page, const struct database_entry *entry, size_t bytes) {
    if (bytes == 0)
        return;
    if (search->count == search->room) {
        size_t room = search->room ? search->room * 2 : 16;
        struct database_remains *larger = ARENA_NEW(search->file->arena, struct database_remains, room);
        if (search->count)
            memcpy(larger, search->all, search->count * sizeof *larger);
        search->all = larger;
        search->room = room;
    }
    search->all[search->count++] = (struct database_remains){page, entry, bytes};
}

static size_t count_bytes(const unsigned char *bytes, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += bytes[i] != 0;
    return count;
}

/* A list of page numbers that became shorter keeps its old end, and a page that is used again for a long row
 * keeps what the row does not fill. */
static size_t count_beyond_numbers(const struct search *search, const unsigned char *bytes, size_t length) {
    size_t at = 0;
    while (at + 4 <= length && database_file_four(bytes + at) <= search->file->page_count)
        at += 4;
    return count_bytes(bytes + at, length - at);
}

/* --- pages of a tree --- */

static void mark(struct search *search, size_t from, size_t length) {
    for (size_t i = from; i < from + length && i < search->file->usable; i++)
        search->used[i] = true;
}

/* The places of cells that are gone stay behind the list of those that are there. What looks like one and is
 * not ends at the first zeroes. */
static void mark_old_places(struct search *search, const struct database_page *page) {
    size_t at = page->cells + 2 * page->count;
    for (; at + 2 <= search->file->usable && !search->used[at] && !search->used[at + 1]; at += 2) {
        uint32_t place = database_file_two(page->bytes + at);
        if (place == 0 || place > search->file->page_size)
            return;
        mark(search, at, 2);
    }
}

/* The chain of freed blocks rises, or it is none of SQLite's. */
static void mark_blocks(struct search *search, const struct database_page *page) {
    size_t block = database_file_two(page->bytes + page->head + 1), before = 0;
    while (block > before && block + STRUCTURE <= search->file->usable) {
        mark(search, block, STRUCTURE);
        before = block;
        block = database_file_two(page->bytes + block);
    }
}

/* Counts what is in no use, but for pieces as short as a block's header: in runs that fewer than so many
 * zeroes interrupt. */
static size_t count_unused(const struct search *search, const unsigned char *bytes) {
    size_t count = 0, run = 0, last = 0, begin = 0;
    for (size_t i = 0; i < search->file->usable; i++) {
        if (search->used[i] || bytes[i] == 0)
            continue;
        if (run == 0 || i - last > STRUCTURE) {
            count += last + 1 - begin > STRUCTURE ? run : 0;
            begin = i;
            run = 0;
        }
        last = i;
        run++;
    }
    return count + (last + 1 - begin > STRUCTURE ? run : 0);
}

static void search_tree_page(struct search *search, uint32_t number, const struct database_entry *entry) {
    struct database_page page;
    struct database_cell cell;
    if (!database_file_page(search->file, number, &page))
        return;
    memset(search->used, 0, sizeof search->used);
    mark(search, 0, page.cells + 2 * page.count);
    for (size_t i = 0; i < page.count; i++)
        if (database_file_cell(search->file, &page, i, &cell))
            mark(search, cell.at, cell.size);
    mark_blocks(search, &page);
    mark_old_places(search, &page);
    add(search, number, entry, count_unused(search, page.bytes));
}

/* --- all pages --- */

static void search_free_page(struct search *search, uint32_t number) {
    const struct database_file *file = search->file;
    const unsigned char *bytes = file->pages[number];
    size_t listed = file->trunks[number] ? 8 + 4 * (size_t)database_file_four(bytes + 4) : 0;
    if (!file->trunks[number])
        add(search, number, NULL, count_bytes(bytes, file->page_size));
    else if (listed <= file->usable)
        add(search, number, NULL, count_beyond_numbers(search, bytes + listed, file->usable - listed));
}

static void search_page(struct search *search, uint32_t number) {
    const struct database_file *file = search->file;
    uint32_t owner = file->owners[number], filled = file->filled[number];
    if (owner == DATABASE_OWNER_NONE || owner == DATABASE_OWNER_FREE) {
        search_free_page(search, number);
        return;
    }
    const struct database_entry *entry = &file->entries[owner - DATABASE_OWNER_ENTRY];
    if (filled)
        add(search, number, entry,
            count_beyond_numbers(search, file->pages[number] + filled, file->usable - filled));
    else
        search_tree_page(search, number, entry);
}

const struct database_remains *database_file_remains(const struct database_file *file, size_t *count) {
    struct search *search = ARENA_NEW(file->arena, struct search, 1);
    search->file = file;
    for (uint32_t number = 1; number <= file->page_count; number++)
        search_page(search, number);
    *count = search->count;
    return search->all;
}
