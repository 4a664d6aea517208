#include "analysis/report_markdown.h"

#include "analysis/runs.h"
#include "model/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- text --- */

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_letter_or_digit(char byte) {
    return is_digit(byte) || ((byte | 32) >= 'a' && (byte | 32) <= 'z') || byte & '\x80';
}

/* Whether the character at `at` would mean something to Markdown, to GitHub or to pandoc (attributes in
 * braces, fenced divisions), where it stands: always; only at the start of a line; or as part of what is made
 * a link without being asked. */
static bool is_special(const char *line, const char *at, bool digits_before) {
    switch (*at) {
    case '+':
    case '-':
    case '=':
        return at == line;
    case ':':
        return at == line || at[1] == '/' || is_letter_or_digit(at[1]);
    case ')':
        return digits_before;
    case '.':
        return digits_before || (at > line && (at[-1] | 32) == 'w'); /* of www. */
    default:
        return *at > ' ' && strchr("\\`*_[]{}<>|~^&$#@", *at) != NULL;
    }
}

static bool is_control(char byte) {
    return (unsigned char)byte < ' ' || byte == '\x7F';
}

/* Appends one line. What needs nothing goes out in runs: most of a report's tables is such text. */
static void append_escaped(struct buffer *buffer, const char *text, size_t length) {
    bool digits = false; /* and nothing else since the start of the line */
    size_t run = 0;      /* where what is not yet appended begins */
    for (size_t i = 0; i < length; i++) {
        bool special = is_special(text, text + i, digits), control = is_control(text[i]);
        if (special || control) {
            buffer_append_bytes(buffer, text + run, i - run);
            run = control ? i + 1 : i;
        }
        if (special)
            buffer_append(buffer, "\\");
        digits = is_digit(text[i]) && (i == 0 || digits);
    }
    buffer_append_bytes(buffer, text + run, length - run);
}

/* Appends the text line by line, without blanks around and empty lines between, `separator` between them. */
static void append_lines(struct buffer *buffer, const char *text, const char *separator) {
    bool first = true;
    while (*(text += strspn(text, " \t\r\n"))) {
        size_t length = strcspn(text, "\r\n"), end = length;
        while (text[end - 1] == ' ' || text[end - 1] == '\t')
            end--;
        if (!first)
            buffer_append(buffer, separator);
        append_escaped(buffer, text, end);
        text += length;
        first = false;
    }
}

void report_markdown_text(struct buffer *buffer, const char *text) {
    append_lines(buffer, text, " ");
}

static void append_strong(struct buffer *buffer, const char *text) {
    buffer_append(buffer, "**");
    report_markdown_text(buffer, text);
    buffer_append(buffer, "**");
}

/* --- tables --- */

static void append_cell(struct buffer *buffer, const struct table_cell *cell, enum row_kind kind) {
    if (kind == ROW_TOTAL && *cell->text)
        append_strong(buffer, cell->text);
    else
        report_markdown_text(buffer, cell->text);
    if (cell->detail) {
        buffer_append(buffer, " (");
        report_markdown_text(buffer, cell->detail);
        buffer_append(buffer, ")");
    }
}

static void append_blanks(struct buffer *buffer, size_t count) {
    while (count--)
        buffer_append(buffer, " ");
}

/* The columns are as wide as their widest cell, so that the source is a table to the eye too. */
struct widths {
    size_t *of;
    struct buffer scratch;
};

static void widen(struct widths *widths, size_t column) {
    size_t width = text_characters(buffer_text(&widths->scratch));
    if (width > widths->of[column])
        widths->of[column] = width;
    buffer_clear(&widths->scratch);
}

static struct widths measure(const struct table *table) {
    struct widths widths = {calloc(table->column_count + 1, sizeof(size_t)), {0}};
    if (!widths.of)
        abort();
    size_t index = 0;
    for (const struct table_column *column = table->columns; column; column = column->next) {
        report_markdown_text(&widths.scratch, column->title);
        widths.of[index] = 3;
        widen(&widths, index++);
    }
    for (const struct table_row *row = table->rows; row; row = row->next) {
        index = 0;
        for (const struct table_cell *cell = row->cells; cell; cell = cell->next) {
            append_cell(&widths.scratch, cell, row->kind);
            widen(&widths, index);
            index += cell->span;
        }
    }
    return widths;
}

/* Writes what is in the scratch buffer as a cell of the column. */
static void put_cell(struct buffer *buffer, struct widths *widths, size_t index, enum column_kind kind) {
    size_t blanks = widths->of[index] - text_characters(buffer_text(&widths->scratch));
    buffer_append(buffer, "| ");
    append_blanks(buffer, kind == COLUMN_FIGURES ? blanks : 0);
    buffer_append_bytes(buffer, buffer_text(&widths->scratch), widths->scratch.length);
    append_blanks(buffer, kind == COLUMN_FIGURES ? 1 : blanks + 1);
    buffer_clear(&widths->scratch);
}

static void append_heading_rows(struct buffer *buffer, const struct table *table, struct widths *widths) {
    size_t index = 0;
    for (const struct table_column *column = table->columns; column; column = column->next) {
        report_markdown_text(&widths->scratch, column->title);
        put_cell(buffer, widths, index++, column->kind);
    }
    buffer_append(buffer, "|\n");
    index = 0;
    for (const struct table_column *column = table->columns; column; column = column->next) {
        buffer_append(buffer, "|-");
        for (size_t i = 0; i < widths->of[index]; i++)
            buffer_append(buffer, "-");
        buffer_append(buffer, column->kind == COLUMN_FIGURES ? ":" : "-");
        index++;
    }
    buffer_append(buffer, "|\n");
}

static void append_row(struct buffer *buffer, const struct table *table, const struct table_row *row,
                       struct widths *widths) {
    const struct table_cell *cell = row->cells;
    size_t index = 0, covered = 0;
    for (const struct table_column *column = table->columns; column; column = column->next, index++) {
        if (covered == 0 && cell) {
            append_cell(&widths->scratch, cell, row->kind);
            covered = cell->span;
            cell = cell->next;
        }
        put_cell(buffer, widths, index, column->kind);
        covered -= covered > 0;
    }
    buffer_append(buffer, "|\n");
}

static void append_table(struct buffer *buffer, const struct table *table) {
    struct widths widths = measure(table);
    append_strong(buffer, table->caption);
    buffer_append(buffer, "\n\n");
    append_heading_rows(buffer, table, &widths);
    for (const struct table_row *row = table->rows; row; row = row->next)
        append_row(buffer, table, row, &widths);
    buffer_append(buffer, "\n");
    for (const struct table_note *note = table->notes; note; note = note->next) {
        report_markdown_text(buffer, note->text);
        buffer_append(buffer, "\n\n");
    }
    free(widths.of);
    buffer_destroy(&widths.scratch);
}

/* --- blocks --- */

static void append_list(struct buffer *buffer, const struct block *block) {
    for (const struct list_item *item = block->items; item; item = item->next) {
        buffer_append(buffer, "- ");
        if (item->lead) {
            append_strong(buffer, item->lead);
            bool ended = strchr("?!.:", item->lead[strlen(item->lead) - 1]) != NULL;
            buffer_append(buffer, block->list == LIST_TERMS && !ended ? ". " : " ");
        }
        append_lines(buffer, item->text, "\\\n  ");
        buffer_append(buffer, "\n");
    }
    buffer_append(buffer, "\n");
}

static void append_paragraph(struct buffer *buffer, const char *text) {
    if (!text)
        return;
    report_markdown_text(buffer, text);
    buffer_append(buffer, "\n\n");
}

static void append_notice(struct buffer *buffer, const struct document_head *head) {
    if (!head->notice)
        return;
    buffer_append(buffer, "> ");
    append_strong(buffer, head->notice);
    buffer_append(buffer, "\n\n");
}

static void append_chart(struct buffer *buffer, const struct chart *chart) {
    buffer_append(buffer, "![");
    report_markdown_text(buffer, chart->alternative);
    buffer_format(buffer, "](charts/%s.svg)\n\n", chart->name);
}

/* --- an author's text --- */

static void append_runs(struct buffer *buffer, const struct block *block) {
    runs_markdown(buffer, block->runs);
    buffer_append(buffer, "\n\n");
}

static void append_code(struct buffer *buffer, const char *text) {
    while (*text) {
        size_t length = strcspn(text, "\n");
        buffer_append(buffer, "    ");
        buffer_append_bytes(buffer, text, length);
        buffer_append(buffer, "\n");
        text += length + (text[length] != '\0');
    }
    buffer_append(buffer, "\n");
}

static void append_block(struct buffer *buffer, const struct block *block, const struct document_head *head);

/* Appends what the block holds with `first` before its first line and `other` before the others. */
static void append_inside(struct buffer *buffer, const struct block *block, const char *first,
                          const char *other, const struct document_head *head) {
    struct buffer inside = {0};
    for (const struct block *child = block->first; child; child = child->next)
        append_block(&inside, child, head);
    const char *prefix = first;
    for (const char *line = buffer_text(&inside); *line; prefix = other) {
        size_t length = strcspn(line, "\n");
        bool last = line[length + strspn(line + length, "\n")] == '\0';
        buffer_append(buffer, length || *prefix == '>' ? prefix : "");
        buffer_append_bytes(buffer, line, length);
        buffer_append(buffer, "\n");
        line += last ? strlen(line) : length + 1;
    }
    buffer_destroy(&inside);
}

static void append_items(struct buffer *buffer, const struct block *list, const struct document_head *head) {
    size_t number = list->number;
    for (const struct block *item = list->first; item; item = item->next) {
        char first[32] = "- ", other[32];
        if (list->kind == BLOCK_NUMBERS)
            snprintf(first, sizeof first, "%zu. ", number++);
        snprintf(other, sizeof other, "%*s", (int)strlen(first), "");
        append_inside(buffer, item, first, other, head);
    }
    buffer_append(buffer, "\n");
}

static void append_quote(struct buffer *buffer, const struct block *block, const struct document_head *head) {
    append_inside(buffer, block, "> ", "> ", head);
    buffer_append(buffer, "\n");
}

static void append_section(struct buffer *buffer, const struct block *section,
                           const struct document_head *head);

static void append_block(struct buffer *buffer, const struct block *block, const struct document_head *head) {
    switch (block->kind) {
    case BLOCK_SECTION:
        append_section(buffer, block, head);
        return;
    case BLOCK_PARAGRAPH:
        if (block->runs)
            append_runs(buffer, block);
        else
            append_paragraph(buffer, block->text);
        return;
    case BLOCK_LIST:
        append_list(buffer, block);
        return;
    case BLOCK_TABLE:
        append_table(buffer, block->table);
        return;
    case BLOCK_CHART:
        append_chart(buffer, block->chart);
        return;
    case BLOCK_BULLETS:
    case BLOCK_NUMBERS:
        append_items(buffer, block, head);
        return;
    case BLOCK_ITEM: /* of the lists above */
        return;
    case BLOCK_QUOTE:
        append_quote(buffer, block, head);
        return;
    case BLOCK_CODE:
        append_code(buffer, block->text);
        return;
    case BLOCK_RULE:
        buffer_append(buffer, "---\n\n");
        return;
    }
    abort();
}

/* The anchor is the same as in the HTML, whatever a viewer makes of the heading. */
static void append_section(struct buffer *buffer, const struct block *section,
                           const struct document_head *head) {
    buffer_format(buffer, "<a id=\"%s\"></a>\n\n", section->id);
    for (size_t i = 0; i <= section->level; i++)
        buffer_append(buffer, "#");
    buffer_append(buffer, " ");
    report_markdown_text(buffer, section->text);
    buffer_append(buffer, "\n\n");
    if (section->level <= 2)
        append_notice(buffer, head);
    for (const struct block *block = section->first; block; block = block->next)
        append_block(buffer, block, head);
}

static void append_contents(struct buffer *buffer, const struct block *first) {
    for (const struct block *block = first; block; block = block->next) {
        if (block->kind != BLOCK_SECTION || block->level > 2)
            continue;
        append_blanks(buffer, 2 * (block->level - 1));
        buffer_append(buffer, "- [");
        report_markdown_text(buffer, block->text);
        buffer_format(buffer, "](#%s)\n", block->id);
        append_contents(buffer, block->first);
    }
}

void report_markdown_write(struct buffer *buffer, const struct document *document) {
    const struct document_head *head = document_head(document);
    buffer_append(buffer, "# ");
    report_markdown_text(buffer, head->title);
    buffer_append(buffer, "\n\n");
    append_paragraph(buffer, head->organisation);
    append_notice(buffer, head);
    append_paragraph(buffer, head->summary);
    append_paragraph(buffer, head->filter);
    append_contents(buffer, document_sections(document));
    buffer_append(buffer, "\n");
    for (const struct block *block = document_sections(document); block; block = block->next)
        append_block(buffer, block, head);
}
