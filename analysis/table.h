/* A table of a report, as text that is ready to read: what its HTML and its Markdown both show. */
#ifndef ANALYSIS_TABLE_H
#define ANALYSIS_TABLE_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum column_kind { COLUMN_WORDS, COLUMN_FIGURES };

enum row_kind {
    ROW_BODY,
    ROW_TOTAL, /* a sum of rows above, or the base */
    ROW_ASIDE  /* counted apart, in no rate */
};

struct table_column {
    const char *title;
    enum column_kind kind;
    const struct table_column *next;
};

struct table_cell {
    const char *text;
    const char *detail;    /* smaller, beneath or behind the text: an interval, a count; NULL: none */
    size_t span;           /* how many columns it takes */
    enum column_kind kind; /* of its (first) column */
    const struct table_cell *next;
};

/* The first cell is the row's heading. The cells may be fewer than the columns. */
struct table_row {
    enum row_kind kind;
    const struct table_cell *cells;
    const struct table_row *next;
};

struct table_note {
    const char *text;
    const struct table_note *next;
};

struct table {
    const char *caption;
    const struct table_column *columns;
    size_t column_count;
    const struct table_row *rows;
    const struct table_note *notes; /* below the table, a paragraph each */
};

/* A table without rows and columns, being made. Lives as long as `arena`, as all texts given to it must. */
struct table_draft;
struct table_draft *table_create(struct arena *arena, const char *caption);

/* Adds a column to the right; a row at the bottom; a cell to the last row; a note. */
void table_add_column(struct table_draft *draft, const char *title, enum column_kind kind);
void table_add_row(struct table_draft *draft, enum row_kind kind);
void table_add_cell(struct table_draft *draft, const char *text, const char *detail);
void table_add_note(struct table_draft *draft, const char *text);

/* Adds a cell that takes the rest of the last row. */
void table_add_rest(struct table_draft *draft, const char *text);

/* Whether it is short enough to be printed on one page rather than over two. */
bool table_stays_together(const struct table *table);

/* The table as made so far; it grows with the draft. */
const struct table *table_of(const struct table_draft *draft);

#endif
