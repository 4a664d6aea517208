#include "analysis/report_opendocument.h"

#include "analysis/report_columns.h"
#include "analysis/xml_text.h"

#include <stdbool.h>
#include <stdlib.h>

/* Columns are declared in steps of a hundredth of the width. */
enum { STEP = 10, STEPS = 1000 / STEP };

void report_opendocument_columns(struct buffer *buffer) {
    for (unsigned i = 1; i <= STEPS; i++)
        buffer_format(buffer,
                      "<style:style style:name=\"Column%u\" style:family=\"table-column\">"
                      "<style:table-column-properties style:rel-column-width=\"%u*\"/></style:style>\n",
                      i, i * STEP);
}

static void append_span(struct buffer *buffer, const char *style, const char *text) {
    if (style)
        buffer_format(buffer, "<text:span text:style-name=\"%s\">", style);
    xml_text_escaped(buffer, text);
    if (style)
        buffer_append(buffer, "</text:span>");
}

static void open_cell(struct buffer *buffer, const char *style, size_t span, const char *paragraph,
                      bool small, bool right) {
    buffer_format(buffer, "<table:table-cell table:style-name=\"%s\" office:value-type=\"string\"", style);
    if (span > 1)
        buffer_format(buffer, " table:number-columns-spanned=\"%zu\"", span);
    buffer_format(buffer, "><text:p text:style-name=\"%s%s%s\">", paragraph, right ? "_20_Figures" : "",
                  small ? "_20_Small" : "");
}

static void close_cell(struct buffer *buffer, size_t span) {
    buffer_append(buffer, "</text:p></table:table-cell>");
    while (--span)
        buffer_append(buffer, "<table:covered-table-cell/>");
    buffer_append(buffer, "\n");
}

static void append_heading(struct buffer *buffer, const struct table *table, bool small) {
    buffer_append(buffer, "<table:table-header-rows><table:table-row>\n");
    for (const struct table_column *column = table->columns; column; column = column->next) {
        open_cell(buffer, "HeadingCell", 1, "Table_20_Heading", small, column->kind == COLUMN_FIGURES);
        append_span(buffer, NULL, column->title);
        close_cell(buffer, 1);
    }
    buffer_append(buffer, "</table:table-row></table:table-header-rows>\n");
}

static void append_cell(struct buffer *buffer, const struct table_cell *cell, enum row_kind kind) {
    static const char *const styles[] = {
        [ROW_BODY] = NULL, [ROW_TOTAL] = "Strong_20_Emphasis", [ROW_ASIDE] = "Detail"};
    append_span(buffer, styles[kind], cell->text);
    if (cell->detail) {
        buffer_append(buffer, " ");
        append_span(buffer, "Detail", cell->detail);
    }
}

static void append_row(struct buffer *buffer, const struct table *table, const struct table_row *row,
                       bool small) {
    const char *style = row->next ? "BodyCell" : "LastCell";
    size_t column = 0;
    buffer_append(buffer, "<table:table-row>\n");
    for (const struct table_cell *cell = row->cells; cell; cell = cell->next) {
        bool right = cell->kind == COLUMN_FIGURES && cell->span == 1;
        open_cell(buffer, style, cell->span, "Table_20_Contents", small, right);
        append_cell(buffer, cell, row->kind);
        close_cell(buffer, cell->span);
        column += cell->span;
    }
    for (; column < table->column_count; column++) {
        open_cell(buffer, style, 1, "Table_20_Contents", small, false);
        close_cell(buffer, 1);
    }
    buffer_append(buffer, "</table:table-row>\n");
}

void report_opendocument_table(struct buffer *buffer, const struct table *table) {
    unsigned *shares = calloc(table->column_count + 1, sizeof *shares);
    if (!shares)
        abort();
    bool small = report_columns_share(table, shares);
    buffer_format(buffer, "<table:table table:style-name=\"Results%s\">\n",
                  table_stays_together(table) ? "Together" : "");
    for (size_t i = 0; i < table->column_count; i++) {
        unsigned step = (shares[i] + STEP / 2) / STEP;
        buffer_format(buffer, "<table:table-column table:style-name=\"Column%u\"/>\n", step ? step : 1);
    }
    append_heading(buffer, table, small);
    for (const struct table_row *row = table->rows; row; row = row->next)
        append_row(buffer, table, row, small);
    buffer_append(buffer, "</table:table>\n");
    free(shares);
}

/* Pandoc numbers the pictures that it packs from 0, in their order. */
void report_opendocument_picture(struct buffer *buffer, size_t number, double width, double height,
                                 const char *alternative) {
    buffer_format(buffer,
                  "<draw:frame draw:name=\"Picture%zu\" text:anchor-type=\"as-char\" svg:width=\"%.2fcm\" "
                  "svg:height=\"%.2fcm\"><draw:image xlink:href=\"Pictures/%zu.png\" xlink:type=\"simple\" "
                  "xlink:show=\"embed\" xlink:actuate=\"onLoad\"/><svg:desc>",
                  number, width, height, number);
    xml_text_escaped(buffer, alternative);
    buffer_append(buffer, "</svg:desc></draw:frame>");
}
