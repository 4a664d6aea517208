/* What the files that read a database's bytes share; nobody else includes it. */
#ifndef SURVEY_DATABASE_FILE_INTERNAL_H
#define SURVEY_DATABASE_FILE_INTERNAL_H

#include "survey/database_file.h"

enum {
    DATABASE_HEADER = 100, /* bytes at the front of the first page */
    DATABASE_PAGE_LEAST = 512,
    DATABASE_PAGE_MOST = 65536,
    DATABASE_OWNER_NONE = 0,
    DATABASE_OWNER_ENTRY = 1 /* and so on: the entry's index, plus this */
};
#define DATABASE_OWNER_FREE UINT32_MAX

enum database_page_kind {
    DATABASE_INDEX_INNER = 0x02,
    DATABASE_TABLE_INNER = 0x05,
    DATABASE_INDEX_LEAF = 0x0A,
    DATABASE_TABLE_LEAF = 0x0D
};

/* The rows and pages of one table or index. */
struct database_tree {
    struct database_row *rows;
    size_t count, room;
    struct database_order order;
    uint32_t last_leaf, last_overflow; /* of the pages walked so far */
};

struct database_file {
    struct arena *arena;
    const unsigned char **pages; /* by their numbers, from 1 */
    uint32_t page_count;
    size_t page_size, usable;
    uint32_t *owners; /* of each page */
    uint32_t *filled; /* of each page of a long row: the bytes used; else 0 */
    bool *trunks;     /* of each page: whether it lists free ones */
    struct database_entry *entries;
    struct database_tree *trees; /* of each entry */
    size_t entry_count;
    uint32_t *damage;
    size_t damage_count, damage_room;
};

/* A page of a tree, with its parts inside the page. */
struct database_page {
    const unsigned char *bytes;
    enum database_page_kind kind;
    size_t head, cells; /* where its header and its list of cells begin */
    size_t count;       /* of cells */
};

/* One cell of a page. */
struct database_cell {
    size_t at, size;
    int64_t key;
    const unsigned char *record;
    size_t local, length; /* the record's bytes in this page, and all of them */
    uint32_t child;       /* 0 in a leaf */
    uint32_t overflow;    /* where a long record goes on; 0: nowhere */
};

/* Big-endian numbers, as they stand in the file. */
uint32_t database_file_two(const unsigned char *bytes);
uint32_t database_file_four(const unsigned char *bytes);

/* Reads a varint of at most `length` bytes; gives how many it has, 0 if it is cut. */
size_t database_file_varint(const unsigned char *bytes, size_t length, uint64_t *value);

/* Reads the header of a page of a tree; false if it is none. */
bool database_file_page(const struct database_file *file, uint32_t number, struct database_page *page);

/* Reads a cell; false if it does not lie within its page. */
bool database_file_cell(const struct database_file *file, const struct database_page *page, size_t index,
                        struct database_cell *cell);

/* Puts the pages in their places, with those of the log. False: this is no database. */
bool database_file_place(struct database_file *file, const struct database_files *files);

void database_file_note_damage(struct database_file *file, uint32_t page);

#endif
