/* Grids and rankings on paper: lines with a box in each column. */
#ifndef SURVEY_PAPER_TABLE_H
#define SURVEY_PAPER_TABLE_H

#include "survey/paper_compose.h"

/* A table, measured. */
struct paper_table {
    struct paper_composition *composition;
    const struct question *question;
    struct paper_column *columns;
    size_t column_count;
    size_t row_count;
    double label, cell; /* the widths of the lines' wording, and of a column of boxes */
    double head;        /* the height of the columns' wording */
    bool is_turned;     /* that wording is read from below */
    bool is_ranking;
};

/* Measures a grid or a ranking. False if it has more columns than a page has room for: then each line is a
 * list of its own, and a ranking cannot be printed. */
bool paper_table_measure(struct paper_table *table, struct paper_composition *composition,
                         const struct question *question);

/* Adds the wording of the columns; a row; the line below the last row. Within a group. */
void paper_table_add_head(struct paper_table *table);
void paper_table_add_row(struct paper_table *table, size_t row);
void paper_table_end(struct paper_table *table);

/* The height that a row will have. */
double paper_table_row_height(const struct paper_table *table, size_t row);

#endif
