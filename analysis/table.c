#include "analysis/table.h"

#include <stdlib.h>

struct table_draft {
    struct arena *arena;
    struct table table;
    struct table_column *last_column;
    struct table_row *last_row;
    struct table_cell *last_cell; /* of the last row */
    struct table_note *last_note;
    size_t filled;                    /* columns that the last row's cells take */
    const struct table_column *after; /* the column after them */
};

struct table_draft *table_create(struct arena *arena, const char *caption) {
    struct table_draft *draft = ARENA_NEW(arena, struct table_draft, 1);
    draft->arena = arena;
    draft->table.caption = caption;
    return draft;
}

void table_add_column(struct table_draft *draft, const char *title, enum column_kind kind) {
    struct table_column *column = ARENA_NEW(draft->arena, struct table_column, 1);
    *column = (struct table_column){title, kind, NULL};
    if (draft->last_column)
        draft->last_column->next = column;
    else
        draft->table.columns = column;
    draft->last_column = column;
    draft->table.column_count++;
}

void table_add_row(struct table_draft *draft, enum row_kind kind) {
    struct table_row *row = ARENA_NEW(draft->arena, struct table_row, 1);
    row->kind = kind;
    if (draft->last_row)
        draft->last_row->next = row;
    else
        draft->table.rows = row;
    draft->last_row = row;
    draft->last_cell = NULL;
    draft->filled = 0;
    draft->after = draft->table.columns;
}

static void add_cell(struct table_draft *draft, const char *text, const char *detail, size_t span) {
    if (!draft->last_row || !draft->after || draft->filled + span > draft->table.column_count)
        abort();
    struct table_cell *cell = ARENA_NEW(draft->arena, struct table_cell, 1);
    *cell = (struct table_cell){text, detail, span, draft->after->kind, NULL};
    for (size_t i = 0; i < span; i++)
        draft->after = draft->after->next;
    if (draft->last_cell)
        draft->last_cell->next = cell;
    else
        draft->last_row->cells = cell;
    draft->last_cell = cell;
    draft->filled += span;
}

void table_add_cell(struct table_draft *draft, const char *text, const char *detail) {
    add_cell(draft, text, detail, 1);
}

void table_add_rest(struct table_draft *draft, const char *text) {
    if (draft->filled < draft->table.column_count)
        add_cell(draft, text, NULL, draft->table.column_count - draft->filled);
}

void table_add_note(struct table_draft *draft, const char *text) {
    struct table_note *note = ARENA_NEW(draft->arena, struct table_note, 1);
    note->text = text;
    if (draft->last_note)
        draft->last_note->next = note;
    else
        draft->table.notes = note;
    draft->last_note = note;
}

const struct table *table_of(const struct table_draft *draft) {
    return &draft->table;
}

bool table_stays_together(const struct table *table) {
    enum { ROWS_MOST = 15 };
    size_t rows = 0;
    for (const struct table_row *row = table->rows; row; row = row->next)
        rows++;
    return rows <= ROWS_MOST;
}
