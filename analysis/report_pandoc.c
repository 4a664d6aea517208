#include "analysis/report_pandoc.h"

#include "analysis/json_writer.h"
#include "analysis/report_columns.h"
#include "analysis/report_field.h"
#include "analysis/report_opendocument.h"
#include "analysis/xml_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    struct json_writer *json;
    const struct document *document;
    const struct document_head *head;
    enum report_pandoc_format format;
    size_t figures, tables; /* so far */
};

/* --- elements --- */

static void open_element(struct writer *writer, const char *type) {
    json_writer_open_flat(writer->json, NULL, false);
    json_writer_text(writer->json, "t", type);
    json_writer_open_array(writer->json, "c");
}

static void close_element(struct writer *writer) {
    json_writer_close(writer->json);
    json_writer_close(writer->json);
}

static void write_empty(struct writer *writer, const char *type) {
    json_writer_open_flat(writer->json, NULL, false);
    json_writer_text(writer->json, "t", type);
    json_writer_close(writer->json);
}

static void open_list(struct writer *writer) {
    json_writer_open_array(writer->json, NULL);
}

static void close_list(struct writer *writer) {
    json_writer_close(writer->json);
}

/* What pandoc calls attributes: an id, no classes, at most one pair. */
static void write_attributes(struct writer *writer, const char *id, const char *name, const char *value) {
    open_list(writer);
    json_writer_text(writer->json, NULL, id);
    open_list(writer);
    close_list(writer);
    open_list(writer);
    if (name) {
        open_list(writer);
        json_writer_text(writer->json, NULL, name);
        json_writer_text(writer->json, NULL, value);
        close_list(writer);
    }
    close_list(writer);
    close_list(writer);
}

/* What is inside is of that style: lines for a paragraph ("Div"), words for a part of a line ("Span"). */
static void open_style(struct writer *writer, const char *type, const char *style) {
    open_element(writer, type);
    write_attributes(writer, "", "custom-style", style);
    open_list(writer);
}

static void close_style(struct writer *writer) {
    close_list(writer);
    close_element(writer);
}

static void write_raw(struct writer *writer, const char *type, const struct buffer *text) {
    open_element(writer, type);
    json_writer_text(writer->json, NULL, writer->format == REPORT_PANDOC_DOCX ? "openxml" : "opendocument");
    json_writer_text(writer->json, NULL, buffer_text(text));
    close_element(writer);
}

/* --- words --- */

static void write_line(struct writer *writer, const char *text, size_t length) {
    struct buffer words = {0};
    xml_text_plain(&words, text, length);
    json_writer_open_flat(writer->json, NULL, false);
    json_writer_text(writer->json, "t", "Str");
    json_writer_text(writer->json, "c", buffer_text(&words));
    json_writer_close(writer->json);
    buffer_destroy(&words);
}

/* Words, line by line. */
static void write_words(struct writer *writer, const char *text) {
    for (bool first = true; *(text += strspn(text, "\r\n")); first = false) {
        size_t length = strcspn(text, "\r\n");
        if (!first)
            write_empty(writer, "LineBreak");
        write_line(writer, text, length);
        text += length;
    }
}

static void write_styled_words(struct writer *writer, const char *style, const char *text) {
    open_style(writer, "Span", style);
    write_words(writer, text);
    close_style(writer);
}

static void open_paragraph(struct writer *writer, const char *style) {
    if (style)
        open_style(writer, "Div", style);
    open_element(writer, "Para");
}

static void close_paragraph(struct writer *writer, const char *style) {
    close_element(writer);
    if (style)
        close_style(writer);
}

static void write_text(struct writer *writer, const char *style, const char *text) {
    if (!text)
        return;
    open_paragraph(writer, style);
    write_words(writer, text);
    close_paragraph(writer, style);
}

/* --- an author's words --- */

static void open_link(struct writer *writer) {
    open_element(writer, "Link");
    write_attributes(writer, "", NULL, NULL);
    open_list(writer);
}

/* A link inside the report leads to the name that its section has there. */
static void close_link(struct writer *writer, const char *link) {
    close_list(writer);
    open_list(writer);
    struct buffer address = {0};
    if (*link == '#') {
        buffer_append(&address, "#");
        report_field_bookmark(&address, writer->document, link + 1);
    } else {
        buffer_append(&address, link);
    }
    json_writer_text(writer->json, NULL, buffer_text(&address));
    json_writer_text(writer->json, NULL, "");
    buffer_destroy(&address);
    close_list(writer);
    close_element(writer);
}

static void write_run_words(struct writer *writer, const struct run *run) {
    if (run->style & RUN_CODE) {
        open_element(writer, "Code");
        write_attributes(writer, "", NULL, NULL);
        json_writer_text(writer->json, NULL, run->text);
        close_element(writer);
    } else if (strcmp(run->text, "\n") == 0) {
        write_empty(writer, "LineBreak");
    } else {
        write_line(writer, run->text, strlen(run->text));
    }
}

/* A doubtful statement has its sign before it, for who prints in grey. */
static void write_run(struct writer *writer, const struct run *run, bool begins_doubt) {
    unsigned style = run->style;
    if (begins_doubt)
        write_styled_words(writer, "Doubtful", "⚠ ");
    if (style & (RUN_DOUBTFUL | RUN_REMARK))
        open_style(writer, "Span", style & RUN_DOUBTFUL ? "Doubtful" : "Remark");
    if (style & RUN_STRONG)
        open_element(writer, "Strong");
    if (style & RUN_EMPHASIS)
        open_element(writer, "Emph");
    if (run->link)
        open_link(writer);
    write_run_words(writer, run);
    if (run->link)
        close_link(writer, run->link);
    if (style & RUN_EMPHASIS)
        close_element(writer);
    if (style & RUN_STRONG)
        close_element(writer);
    if (style & (RUN_DOUBTFUL | RUN_REMARK))
        close_style(writer);
}

static void write_runs(struct writer *writer, const struct run *runs) {
    bool doubtful = false;
    for (const struct run *run = runs; run; run = run->next) {
        write_run(writer, run, run->style & RUN_DOUBTFUL && !doubtful);
        doubtful = run->style & RUN_DOUBTFUL;
    }
}

static void write_paragraph(struct writer *writer, const struct block *block) {
    static const char *const styles[] = {
        [PARAGRAPH_PLAIN] = NULL, [PARAGRAPH_FINDING] = "Finding", [PARAGRAPH_ASIDE] = "Aside"};
    const char *style = styles[block->paragraph];
    open_paragraph(writer, style);
    if (block->runs)
        write_runs(writer, block->runs);
    else
        write_words(writer, block->text);
    close_paragraph(writer, style);
}

/* --- lists --- */

static void write_terms(struct writer *writer, const struct block *block) {
    open_element(writer, "DefinitionList");
    for (const struct list_item *item = block->items; item; item = item->next) {
        open_list(writer);
        open_list(writer);
        write_words(writer, item->lead);
        close_list(writer);
        open_list(writer);
        open_list(writer);
        write_text(writer, NULL, item->text);
        close_list(writer);
        close_list(writer);
        close_list(writer);
    }
    close_element(writer);
}

static void write_lines(struct writer *writer, const struct block *block) {
    const char *style = block->list == LIST_QUOTATIONS ? "Quotation" : "Key Figures";
    for (const struct list_item *item = block->items; item; item = item->next) {
        open_paragraph(writer, style);
        if (item->lead) {
            write_styled_words(writer, "Key Figure", item->lead);
            write_line(writer, " ", 1);
        }
        write_words(writer, item->text);
        close_paragraph(writer, style);
    }
}

/* --- tables --- */

static void write_caption(struct writer *writer, enum report_field_kind kind, size_t number,
                          const char *text) {
    const char *style = kind == REPORT_FIELD_TABLE ? "Table Caption" : "Image Caption";
    struct buffer field = {0};
    report_field_number(&field, writer->format, kind, writer->head->language, number);
    open_paragraph(writer, style);
    write_raw(writer, "RawInline", &field);
    write_line(writer, " – ", strlen(" – "));
    write_words(writer, text);
    close_paragraph(writer, style);
    buffer_destroy(&field);
}

static void write_columns(struct writer *writer, const struct table *table, const unsigned *shares) {
    open_list(writer);
    for (const struct table_column *column = table->columns; column; column = column->next) {
        open_list(writer);
        write_empty(writer, column->kind == COLUMN_FIGURES ? "AlignRight" : "AlignLeft");
        json_writer_open_flat(writer->json, NULL, false);
        json_writer_text(writer->json, "t", "ColWidth");
        json_writer_number(writer->json, "c", *shares++ / 1000.0);
        json_writer_close(writer->json);
        close_list(writer);
    }
    close_list(writer);
}

static void open_cell(struct writer *writer, size_t span, const char *style) {
    open_list(writer);
    write_attributes(writer, "", NULL, NULL);
    write_empty(writer, span > 1 ? "AlignLeft" : "AlignDefault");
    json_writer_count(writer->json, NULL, 1);
    json_writer_count(writer->json, NULL, span);
    open_list(writer);
    open_style(writer, "Div", style);
    open_element(writer, "Para");
}

static void close_cell(struct writer *writer) {
    close_element(writer);
    close_style(writer);
    close_list(writer);
    close_list(writer);
}

static void open_row(struct writer *writer) {
    open_list(writer);
    write_attributes(writer, "", NULL, NULL);
    open_list(writer);
}

static void close_row(struct writer *writer) {
    close_list(writer);
    close_list(writer);
}

static void write_heading_row(struct writer *writer, const struct table *table, const char *style) {
    open_row(writer);
    for (const struct table_column *column = table->columns; column; column = column->next) {
        open_cell(writer, 1, style);
        open_element(writer, "Strong");
        write_words(writer, column->title);
        close_element(writer);
        close_cell(writer);
    }
    close_row(writer);
}

static void write_cell(struct writer *writer, const struct table_cell *cell, enum row_kind kind) {
    if (kind == ROW_TOTAL)
        open_element(writer, "Strong");
    if (kind == ROW_ASIDE)
        write_styled_words(writer, "Detail", cell->text);
    else
        write_words(writer, cell->text);
    if (kind == ROW_TOTAL)
        close_element(writer);
    if (cell->detail) {
        write_line(writer, " ", 1);
        write_styled_words(writer, "Detail", cell->detail);
    }
}

static void write_row(struct writer *writer, const struct table *table, const struct table_row *row,
                      const char *style) {
    size_t column = 0;
    open_row(writer);
    for (const struct table_cell *cell = row->cells; cell; cell = cell->next) {
        open_cell(writer, cell->span, style);
        write_cell(writer, cell, row->kind);
        close_cell(writer);
        column += cell->span;
    }
    for (; column < table->column_count; column++) {
        open_cell(writer, 1, style);
        close_cell(writer);
    }
    close_row(writer);
}

static void write_table_head(struct writer *writer, const struct table *table, const char *style) {
    open_list(writer);
    write_attributes(writer, "", NULL, NULL);
    open_list(writer);
    if (table)
        write_heading_row(writer, table, style);
    close_list(writer);
    close_list(writer);
}

/* The rows of a short table stay with those below them. */
static const char *row_style(const struct table *table, const struct table_row *row, bool small) {
    if (row->next && table_stays_together(table))
        return small ? "Compact Small Together" : "Compact Together";
    return small ? "Compact Small" : "Compact";
}

static void write_table_body(struct writer *writer, const struct table *table, bool small) {
    open_list(writer);
    open_list(writer);
    write_attributes(writer, "", NULL, NULL);
    json_writer_count(writer->json, NULL, 0);
    open_list(writer);
    close_list(writer);
    open_list(writer);
    for (const struct table_row *row = table->rows; row; row = row->next)
        write_row(writer, table, row, row_style(table, row, small));
    close_list(writer);
    close_list(writer);
    close_list(writer);
}

static void write_word_table(struct writer *writer, const struct table *table) {
    unsigned *shares = calloc(table->column_count + 1, sizeof *shares);
    if (!shares)
        abort();
    bool small = report_columns_share(table, shares);
    open_element(writer, "Table");
    write_attributes(writer, "", NULL, NULL);
    open_list(writer);
    json_writer_null(writer->json, NULL);
    open_list(writer);
    close_list(writer);
    close_list(writer);
    write_columns(writer, table, shares);
    write_table_head(writer, table, small ? "Compact Small Together" : "Compact Together");
    write_table_body(writer, table, small);
    write_table_head(writer, NULL, NULL);
    close_element(writer);
    free(shares);
}

static void write_odt_table(struct writer *writer, const struct table *table) {
    struct buffer raw = {0};
    report_opendocument_table(&raw, table);
    write_raw(writer, "RawBlock", &raw);
    buffer_destroy(&raw);
}

static void write_table(struct writer *writer, const struct table *table) {
    write_caption(writer, REPORT_FIELD_TABLE, ++writer->tables, table->caption);
    if (writer->format == REPORT_PANDOC_ODT)
        write_odt_table(writer, table);
    else
        write_word_table(writer, table);
    for (const struct table_note *note = table->notes; note; note = note->next)
        write_text(writer, "Aside", note->text);
}

/* --- pictures --- */

static void write_image(struct writer *writer, const char *address, const char *width,
                        const char *alternative) {
    open_element(writer, "Image");
    write_attributes(writer, "", width ? "width" : NULL, width);
    open_list(writer);
    write_words(writer, alternative);
    close_list(writer);
    open_list(writer);
    json_writer_text(writer->json, NULL, address);
    json_writer_text(writer->json, NULL, "");
    close_list(writer);
    close_element(writer);
}

static void write_chart_image(struct writer *writer, const struct chart *chart) {
    char width[32];
    snprintf(width, sizeof width, "%.1fcm", chart->width);
    struct buffer address = {0};
    buffer_format(&address, "%s.png", chart->name);
    write_image(writer, buffer_text(&address), width, chart->alternative);
    buffer_destroy(&address);
}

/* A picture alone in its paragraph would be a figure to pandoc, whose caption is the alternative: the empty
 * words behind it say otherwise. */
static void write_chart(struct writer *writer, const struct chart *chart) {
    open_paragraph(writer, "Figure Picture");
    if (writer->format == REPORT_PANDOC_ODT) {
        struct buffer raw = {0};
        report_opendocument_picture(&raw, writer->figures, chart->width, chart->height, chart->alternative);
        write_raw(writer, "RawInline", &raw);
        buffer_destroy(&raw);
    } else {
        write_chart_image(writer, chart);
    }
    write_line(writer, "", 0);
    close_paragraph(writer, "Figure Picture");
    write_caption(writer, REPORT_FIELD_FIGURE, ++writer->figures, chart->title);
}

static void write_chart_images(struct writer *writer, const struct block *first) {
    for (const struct block *block = first; block; block = block->next) {
        if (block->kind == BLOCK_CHART)
            write_chart_image(writer, block->chart);
        write_chart_images(writer, block->first);
    }
}

/* --- blocks --- */

static void write_block(struct writer *writer, const struct block *block);

static void write_inside(struct writer *writer, const struct block *block) {
    for (const struct block *child = block->first; child; child = child->next)
        write_block(writer, child);
}

static void write_items(struct writer *writer, const struct block *list) {
    bool numbered = list->kind == BLOCK_NUMBERS;
    open_element(writer, numbered ? "OrderedList" : "BulletList");
    if (numbered) {
        open_list(writer);
        json_writer_count(writer->json, NULL, list->number);
        write_empty(writer, "Decimal");
        write_empty(writer, "Period");
        close_list(writer);
        open_list(writer);
    }
    for (const struct block *item = list->first; item; item = item->next) {
        open_list(writer);
        write_inside(writer, item);
        close_list(writer);
    }
    if (numbered)
        close_list(writer);
    close_element(writer);
}

static void write_section(struct writer *writer, const struct block *section) {
    struct buffer bookmark = {0};
    report_field_bookmark(&bookmark, writer->document, section->id);
    open_element(writer, "Header");
    json_writer_count(writer->json, NULL, section->level);
    write_attributes(writer, buffer_text(&bookmark), NULL, NULL);
    open_list(writer);
    write_words(writer, section->text);
    close_list(writer);
    close_element(writer);
    buffer_destroy(&bookmark);
    if (section->level == 1)
        write_text(writer, "Notice", writer->head->notice);
    write_inside(writer, section);
}

static void write_code(struct writer *writer, const char *text) {
    open_element(writer, "CodeBlock");
    write_attributes(writer, "", NULL, NULL);
    json_writer_text(writer->json, NULL, text);
    close_element(writer);
}

static void write_block(struct writer *writer, const struct block *block) {
    switch (block->kind) {
    case BLOCK_SECTION:
        write_section(writer, block);
        return;
    case BLOCK_PARAGRAPH:
        write_paragraph(writer, block);
        return;
    case BLOCK_LIST:
        if (block->list == LIST_TERMS)
            write_terms(writer, block);
        else
            write_lines(writer, block);
        return;
    case BLOCK_TABLE:
        write_table(writer, block->table);
        return;
    case BLOCK_CHART:
        write_chart(writer, block->chart);
        return;
    case BLOCK_BULLETS:
    case BLOCK_NUMBERS:
        write_items(writer, block);
        return;
    case BLOCK_ITEM: /* of the lists above */
        return;
    case BLOCK_QUOTE:
        open_element(writer, "BlockQuote");
        write_inside(writer, block);
        close_element(writer);
        return;
    case BLOCK_CODE:
        write_code(writer, block->text);
        return;
    case BLOCK_RULE:
        write_empty(writer, "HorizontalRule");
        return;
    }
    abort();
}

/* --- the whole --- */

static void open_meta(struct writer *writer, const char *name) {
    json_writer_open_flat(writer->json, name, false);
    json_writer_text(writer->json, "t", "MetaInlines");
    json_writer_open_array(writer->json, "c");
}

static void close_meta(struct writer *writer) {
    json_writer_close(writer->json);
    json_writer_close(writer->json);
}

static void write_meta(struct writer *writer, const char *name, const char *text) {
    if (!text)
        return;
    open_meta(writer, name);
    write_words(writer, text);
    close_meta(writer);
}

/* What the template of OpenDocument shows, and, shown nowhere, the pictures, so that pandoc packs them. */
static void write_odt_meta(struct writer *writer) {
    struct buffer styles = {0};
    report_opendocument_columns(&styles);
    open_meta(writer, "column-styles");
    write_raw(writer, "RawInline", &styles);
    close_meta(writer);
    open_meta(writer, "pictures");
    write_chart_images(writer, document_sections(writer->document));
    close_meta(writer);
    buffer_destroy(&styles);
}

static void write_head(struct writer *writer, const char *logo) {
    const struct document_head *head = writer->head;
    struct buffer contents = {0};
    if (logo) {
        open_paragraph(writer, NULL);
        write_image(writer, logo, NULL, head->organisation ? head->organisation : "");
        write_line(writer, "", 0);
        close_paragraph(writer, NULL);
    }
    write_text(writer, "Notice", head->notice);
    write_text(writer, NULL, head->summary);
    write_text(writer, NULL, head->filter);
    report_field_contents(&contents, writer->format, writer->document);
    write_raw(writer, "RawBlock", &contents);
    buffer_destroy(&contents);
}

void report_pandoc_write(struct buffer *buffer, const struct document *document,
                         enum report_pandoc_format format, const char *logo) {
    struct writer writer = {.json = json_writer_create(buffer),
                            .document = document,
                            .head = document_head(document),
                            .format = format};
    json_writer_open_object(writer.json, NULL);
    json_writer_open_flat(writer.json, "pandoc-api-version", true);
    for (size_t i = 0; i < 4; i++)
        json_writer_count(writer.json, NULL, (const size_t[]){1, 22, 2, 1}[i]);
    json_writer_close(writer.json);
    json_writer_open_object(writer.json, "meta");
    write_meta(&writer, "title", writer.head->title);
    write_meta(&writer, "subtitle", writer.head->organisation);
    write_meta(&writer, "lang", writer.head->tag);
    if (format == REPORT_PANDOC_ODT)
        write_odt_meta(&writer);
    json_writer_close(writer.json);
    json_writer_open_array(writer.json, "blocks");
    write_head(&writer, logo);
    for (const struct block *block = document_sections(document); block; block = block->next)
        write_block(&writer, block);
    json_writer_close(writer.json);
    json_writer_close(writer.json);
    json_writer_destroy(writer.json);
}
