/* The bytes of an SQLite file, read as an attacker would read them: without SQLite, and nothing is written.
 *
 * The file may be hostile, cut short or written over: what cannot be right is noted as damage and left out,
 * each page is read once, and nothing outside the bytes is looked at.
 * Source: https://www.sqlite.org/fileformat2.html */
#ifndef SURVEY_DATABASE_FILE_H
#define SURVEY_DATABASE_FILE_H

#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct database_file;

struct database_bytes {
    const unsigned char *bytes; /* NULL: there is no such file */
    size_t length;
};

/* Reads the store's file at `path` and what SQLite keeps beside it, in one consistent state: with SQLite's
 * own lock for readers, waited for while another program writes. False with the failure. */
struct database_files {
    struct database_bytes file, log, shared, journal; /* "", -wal, -shm, -journal */
};
bool database_file_read(struct arena *arena, const char *path, struct database_files *files,
                        struct failure *failure);

/* Reads the database that these bytes are; with a log, as it is with the log's commits. NULL: it is no SQLite
 * file. Lives as long as `arena`, and the bytes must too. */
struct database_file *database_file_parse(struct arena *arena, const struct database_files *files);

/* The numbers in its header by which an application and its schema are known. */
uint32_t database_file_application(const struct database_file *file);
uint32_t database_file_version(const struct database_file *file);

/* What the schema lists, as it is written there; the first is the schema itself. */
struct database_entry {
    const char *type; /* table, index, view, trigger */
    const char *name, *table, *sql;
    uint32_t root; /* the first page; 0: it has none */
    size_t index;  /* in the list */
};
const struct database_entry *database_file_entries(const struct database_file *file, size_t *count);

/* The table of that name; NULL if there is none. */
const struct database_entry *database_file_table(const struct database_file *file, const char *name);

/* The rows of a table or an index that can be read, in the order of its tree. */
struct database_row {
    int64_t key; /* the rowid; 0 in a table without, and in an index */
    const unsigned char *record;
    size_t length;
    bool has_key;
};
const struct database_row *database_file_rows(const struct database_file *file,
                                              const struct database_entry *entry, size_t *count);

/* The first `most` values of a row; gives how many it has. */
enum database_kind { DATABASE_NULL, DATABASE_INTEGER, DATABASE_REAL, DATABASE_TEXT, DATABASE_BLOB };
struct database_value {
    enum database_kind kind;
    int64_t integer;
    const unsigned char *bytes; /* of a text or a blob */
    size_t length;
};
size_t database_file_values(const struct database_row *row, struct database_value *values, size_t most);

/* How the rows lie: SQLite puts each new one before the others of its page, so that rows written in the order
 * of their keys lie from the end of the page to its front. `turns`: how often two neighbours do not. In a
 * file that was written in one go, pages follow each other in that order, too. `leaps`: how often they do
 * not. */
struct database_order {
    size_t rows, pages, turns, leaps;
};
struct database_order database_file_order(const struct database_file *file,
                                          const struct database_entry *entry);

/* What is left in places of no use: gaps, freed blocks, pages that are free or in no tree. Numbers that
 * SQLite itself leaves there (of pages, and of places in a page) do not count. */
struct database_remains {
    uint32_t page;
    const struct database_entry *entry; /* NULL: a page that is free or in no tree */
    size_t bytes;
};
const struct database_remains *database_file_remains(const struct database_file *file, size_t *count);

/* The pages that are not as SQLite writes them, or that are missing; 0 stands for the file's own length. */
const uint32_t *database_file_damage(const struct database_file *file, size_t *count);

#endif
