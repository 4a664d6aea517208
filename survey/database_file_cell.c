/* The parts of a page, and of a record: no more than where they are. */
#include "survey/database_file_internal.h"

enum { CELL_LEAST = 4, ROOT = 1 };

uint32_t database_file_two(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

uint32_t database_file_four(const unsigned char *bytes) {
    return database_file_two(bytes) << 16 | database_file_two(bytes + 2);
}

size_t database_file_varint(const unsigned char *bytes, size_t length, uint64_t *value) {
    enum { LONGEST = 9 };
    *value = 0;
    for (size_t i = 0; i < length && i < LONGEST; i++) {
        if (i == LONGEST - 1) {
            *value = *value << 8 | bytes[i];
            return LONGEST;
        }
        *value = *value << 7 | (bytes[i] & 0x7F);
        if (bytes[i] < 0x80)
            return i + 1;
    }
    return 0;
}

static bool is_inner(enum database_page_kind kind) {
    return kind == DATABASE_INDEX_INNER || kind == DATABASE_TABLE_INNER;
}

bool database_file_page(const struct database_file *file, uint32_t number, struct database_page *page) {
    const unsigned char *bytes = file->pages[number];
    size_t head = number == ROOT ? DATABASE_HEADER : 0;
    unsigned kind = bytes[head];
    *page = (struct database_page){.bytes = bytes, .kind = kind, .head = head};
    if (kind != DATABASE_INDEX_INNER && kind != DATABASE_TABLE_INNER && kind != DATABASE_INDEX_LEAF &&
        kind != DATABASE_TABLE_LEAF)
        return false;
    page->cells = head + (is_inner(page->kind) ? 12 : 8);
    page->count = database_file_two(bytes + head + 3);
    return page->cells + 2 * page->count <= file->usable;
}

/* How many bytes of a record of `length` stand in the page itself. */
static size_t local_length(const struct database_file *file, enum database_page_kind kind, size_t length) {
    size_t usable = file->usable, least = (usable - 12) * 32 / 255 - 23;
    size_t most = kind == DATABASE_TABLE_LEAF ? usable - 35 : (usable - 12) * 64 / 255 - 23;
    if (length <= most)
        return length;
    size_t local = least + (length - least) % (usable - 4);
    return local <= most ? local : least;
}

/* The record of a cell, whose length stands at `at`. */
static bool read_record(const struct database_file *file, const struct database_page *page, size_t at,
                        struct database_cell *cell) {
    uint64_t length, key = 0;
    size_t step = database_file_varint(page->bytes + at, file->usable - at, &length);
    at += step;
    if (!step || length > (uint64_t)file->page_count * file->page_size)
        return false;
    if (page->kind == DATABASE_TABLE_LEAF) {
        step = database_file_varint(page->bytes + at, file->usable - at, &key);
        at += step;
    }
    cell->key = (int64_t)key;
    cell->length = (size_t)length;
    cell->local = local_length(file, page->kind, cell->length);
    size_t tail = cell->local < cell->length ? 4 : 0;
    if (!step || cell->local + tail > file->usable - at)
        return false;
    cell->record = page->bytes + at;
    cell->overflow = tail ? database_file_four(cell->record + cell->local) : 0;
    cell->size = at + cell->local + tail - cell->at;
    return true;
}

bool database_file_cell(const struct database_file *file, const struct database_page *page, size_t index,
                        struct database_cell *cell) {
    size_t at = database_file_two(page->bytes + page->cells + 2 * index);
    *cell = (struct database_cell){.at = at};
    if (at < page->cells + 2 * page->count || at + CELL_LEAST > file->usable)
        return false;
    if (is_inner(page->kind)) {
        cell->child = database_file_four(page->bytes + at);
        at += 4;
    }
    if (page->kind == DATABASE_TABLE_INNER) {
        uint64_t key;
        size_t step = database_file_varint(page->bytes + at, file->usable - at, &key);
        cell->size = 4 + step;
        return step != 0;
    }
    if (!read_record(file, page, at, cell))
        return false;
    cell->size = cell->size < CELL_LEAST ? CELL_LEAST : cell->size;
    return true;
}

/* --- values --- */

static int64_t read_integer(const unsigned char *bytes, size_t length) {
    uint64_t value = length && bytes[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < length; i++)
        value = value << 8 | bytes[i];
    return (int64_t)value;
}

/* The value of a serial type at `bytes`, of which `left` are there; gives its length, more than `left` if it
 * is cut. */
static size_t read_value(uint64_t type, const unsigned char *bytes, size_t left,
                         struct database_value *value) {
    static const size_t sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
    size_t size = type < 12                          ? sizes[type]
                  : (type - 12) / 2 > (uint64_t)left ? left + 1
                                                     : (size_t)((type - 12) / 2);
    *value = (struct database_value){.kind = DATABASE_NULL};
    if (size > left)
        return size;
    if (type == 8 || type == 9)
        *value = (struct database_value){.kind = DATABASE_INTEGER, .integer = (int64_t)type - 8};
    else if (type == 7)
        value->kind = DATABASE_REAL;
    else if (type >= 1 && type <= 6)
        *value = (struct database_value){.kind = DATABASE_INTEGER, .integer = read_integer(bytes, size)};
    else if (type >= 12)
        *value = (struct database_value){
            .kind = type % 2 ? DATABASE_TEXT : DATABASE_BLOB, .bytes = bytes, .length = size};
    return size;
}

size_t database_file_values(const struct database_row *row, struct database_value *values, size_t most) {
    uint64_t header, type;
    size_t at = database_file_varint(row->record, row->length, &header), count = 0;
    if (!at || header < at || header > row->length)
        return 0;
    size_t body = (size_t)header;
    while (at < header) {
        size_t step = database_file_varint(row->record + at, (size_t)header - at, &type);
        struct database_value value;
        size_t size = step ? read_value(type, row->record + body, row->length - body, &value) : 0;
        if (!step || size > row->length - body)
            break;
        if (count < most)
            values[count] = value;
        count++;
        at += step;
        body += size;
    }
    return count;
}
