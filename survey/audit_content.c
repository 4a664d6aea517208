/* What the bytes of the store tell: the order of its rows, what was erased and is still there, its keys, and
 * whom it names. */
#include "survey/audit_internal.h"

#include <string.h>

static const struct hole no_holes[] = {{NULL, NULL}};

/* With open access nobody is named, and the order of arrival may be read until the end. */
static bool may_show_order(const struct audit *audit) {
    return !audit->has_links && !audit->has_ended;
}

/* --- order --- */

/* What is put into the tree of a table without rowids in the order of its keys does not always lie so where
 * SQLite levels two pages: one turn for each page, where rows that lie as they came make one for every second
 * row. */
static bool has_order(const struct audit *audit, const struct audit_table *table, bool is_levelled) {
    if (!table->entry)
        return false;
    struct database_order order = database_file_order(audit->store, table->entry);
    return is_levelled ? order.turns > (order.pages > 1 ? order.pages : 0) : order.turns + order.leaps > 0;
}

static void try_order(struct audit *audit) {
    const struct hole holes[] = {{"store", audit->path}, {NULL, NULL}};
    bool responses = has_order(audit, &audit->responses, false);
    if (may_show_order(audit)) {
        if (responses || audit->files.log.length)
            audit_note(audit, AUDIT_ORDER, MESSAGE_AUDIT_NOTE_ORDER, no_holes);
        return;
    }
    if (responses)
        audit_find(audit, AUDIT_ORDER_RESPONSES, holes);
    if (has_order(audit, &audit->drafts, true))
        audit_find(audit, AUDIT_ORDER_DRAFTS, holes);
}

/* --- remains --- */

static size_t count_used(struct audit *audit) {
    size_t count = 0;
    for (size_t i = 0; i < audit->people.count; i++) {
        audit_table_read(&audit->people, i);
        count += audit_table_integer(&audit->people, "used") != 0;
    }
    return count;
}

/* Whether remains in the pages of invitations can tell anything. Where SQLite levels two pages it leaves old
 * copies of rows that are there; before anybody has answered, they tell no more than the rows. The indexes
 * keep old hashes of links, which tell nothing as long as the people are named anyway. */
static bool matters_of_people(struct audit *audit, const struct database_entry *entry) {
    return audit->has_ended || (!strcmp(entry->type, "table") && count_used(audit) > 0);
}

/* Those of pages that hold, or may have held, what people sent. */
static bool matters(struct audit *audit, const struct database_entry *entry) {
    if (!entry)
        return true;
    if (!strcmp(entry->table, "invitation"))
        return matters_of_people(audit, entry);
    return !strcmp(entry->table, "response") || !strcmp(entry->table, "draft");
}

static void try_remains(struct audit *audit) {
    size_t count, pages = 0, bytes = 0;
    const struct database_remains *remains = database_file_remains(audit->store, &count);
    for (size_t i = 0; i < count; i++)
        if (matters(audit, remains[i].entry)) {
            pages++;
            bytes += remains[i].bytes;
        }
    const struct hole holes[] = {{"pages", audit_number(audit, pages)},
                                 {"bytes", audit_number(audit, bytes)},
                                 {"store", audit->path},
                                 {NULL, NULL}};
    if (pages && may_show_order(audit))
        audit_note(audit, AUDIT_REMAINS, MESSAGE_AUDIT_NOTE_REMAINS, holes);
    else if (pages)
        audit_find(audit, AUDIT_REMAINS_LEFT, holes);
}

/* --- keys --- */

/* Random keys have 63 bits. One of less than 32 comes by chance once in two thousand million; five that lie
 * within 53 bits of each other, which is a quarter of a year in nanoseconds, even less often. With open
 * access a visitor can choose the key of a form, so that one small key says nothing of the others. */
static bool is_plain(const struct audit *audit, const struct audit_table *table) {
    enum { FEW = 5, SMALL_BITS = 32, NEAR_BITS = 53 };
    int64_t least = INT64_MAX, most = 0;
    size_t small = 0;
    for (size_t i = 0; i < table->count; i++) {
        int64_t key = table->rows[i].key;
        if (!table->rows[i].has_key)
            return false;
        small += key < (int64_t)1 << SMALL_BITS;
        least = key < least ? key : least;
        most = key > most ? key : most;
    }
    return small > (audit->has_links ? 0 : table->count / 2) ||
           (table->count >= FEW && most - least < (int64_t)1 << NEAR_BITS);
}

static void try_keys(struct audit *audit) {
    const struct audit_table *const tables[] = {&audit->responses, &audit->people, &audit->drafts};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (!is_plain(audit, tables[i]))
            continue;
        const struct hole holes[] = {{"table", tables[i]->entry->name}, {NULL, NULL}};
        audit_find(audit, AUDIT_KEYS_PLAIN, holes);
    }
}

/* --- people --- */

static void try_people(struct audit *audit) {
    const struct hole people[] = {
        {"count", audit_number(audit, audit->people.count)}, {"store", audit->path}, {NULL, NULL}};
    const struct hole drafts[] = {
        {"count", audit_number(audit, audit->drafts.count)}, {"store", audit->path}, {NULL, NULL}};
    if (audit->people.count && audit->has_ended)
        audit_find(audit, AUDIT_PEOPLE_LEFT, people);
    else if (audit->people.count)
        audit_note(audit, AUDIT_PEOPLE, MESSAGE_AUDIT_NOTE_PEOPLE, people);
    if (audit->drafts.count && audit->has_ended)
        audit_find(audit, AUDIT_DRAFTS_LEFT, drafts);
}

/* --- links --- */

static size_t count_web(struct audit *audit) {
    size_t count = 0;
    for (size_t i = 0; i < audit->responses.count; i++) {
        audit_table_read(&audit->responses, i);
        count += !strcmp(audit_table_text(audit->arena, &audit->responses, "channel"), "web");
    }
    return count;
}

/* How many more is not said: while links are open, that would be a count of responses. */
static void try_links(struct audit *audit) {
    if (!audit->has_links)
        return;
    size_t responses = count_web(audit);
    if (!audit->has_ended && responses > count_used(audit))
        audit_find(audit, AUDIT_MORE_THAN_USED, no_holes);
    if (audit->has_ended && responses > audit->invited + audit->people.count)
        audit_find(audit, AUDIT_MORE_THAN_INVITED, no_holes);
}

/* --- the file itself --- */

static void try_whole(struct audit *audit) {
    enum { SHOWN = 8 };
    size_t count;
    const uint32_t *damage = database_file_damage(audit->store, &count);
    struct buffer pages = {0};
    for (size_t i = 0; i < count && i < SHOWN; i++)
        buffer_format(&pages, "%s%u", i ? ", " : "", (unsigned)damage[i]);
    if (count > SHOWN)
        buffer_append(&pages, ", …");
    const struct hole holes[] = {{"pages", buffer_text(&pages)}, {"store", audit->path}, {NULL, NULL}};
    if (count)
        audit_find(audit, AUDIT_DAMAGED, holes);
    buffer_destroy(&pages);
}

void audit_content_try(struct audit *audit) {
    try_order(audit);
    try_remains(audit);
    try_keys(audit);
    try_people(audit);
    try_links(audit);
    try_whole(audit);
}
