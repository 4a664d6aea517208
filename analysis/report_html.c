#include "analysis/report_html.h"

#include "analysis/runs.h"
#include "model/base/digest.h"
#include "model/base/html.h"
#include "model/base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char skeleton[] =
#include "analysis/web/report.html.inc"
    ;
static const char style[] =
#include "analysis/web/report.css.inc"
    ;

static const char script[] =
#include "analysis/web/report.js.inc"
    ;

enum { LOGO_MOST = 1 << 20 };

/* Where the page is written to, and from what. */
struct writer {
    struct buffer *buffer;
    const struct document_head *head;
    const char *charts;
    struct failure *failure;
    size_t tables; /* so far: numbers the captions */
};

/* --- pictures --- */

static void append_base64(struct buffer *buffer, const unsigned char *bytes, size_t length) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        unsigned second = i + 1 < length ? bytes[i + 1] : 0, third = i + 2 < length ? bytes[i + 2] : 0;
        unsigned group = (unsigned)bytes[i] << 16 | second << 8 | third;
        char four[4] = {digits[group >> 18], digits[group >> 12 & 63], digits[group >> 6 & 63],
                        digits[group & 63]};
        if (i + 1 >= length)
            four[2] = '=';
        if (i + 2 >= length)
            four[3] = '=';
        buffer_append_bytes(buffer, four, 4);
    }
}

/* Only a regular file ends for sure, and does not wait for a writer. */
static bool read_file(struct buffer *bytes, const char *path, struct failure *failure) {
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return failure_set(failure, "cannot read %s: it is not a regular file", path);
    FILE *file = fopen(path, "rbe");
    if (!file)
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    char piece[1 << 14];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_append_bytes(bytes, piece, got);
    bool bad = ferror(file) != 0;
    fclose(file);
    return !bad || failure_set(failure, "cannot read %s", path);
}

/* As an image, an SVG runs no script and loads nothing, whatever is in it. */
static void append_source(struct buffer *buffer, const char *type, const struct buffer *bytes) {
    buffer_format(buffer, " src=\"data:image/%s;base64,", type);
    append_base64(buffer, (const unsigned char *)bytes->bytes, bytes->length);
    html_raw(buffer, "\"");
}

/* Paper measures as the pixels of CSS, 96 to the inch. */
static void append_pixels(struct buffer *buffer, const char *name, double centimetres) {
    buffer_format(buffer, " %s=\"%.0f\"", name, centimetres / 2.54 * 96);
}

static bool write_chart(struct writer *writer, const struct chart *chart) {
    struct buffer path = {0}, svg = {0};
    buffer_format(&path, "%s/%s.svg", writer->charts, chart->name);
    bool read = read_file(&svg, buffer_text(&path), writer->failure);
    if (read) {
        html_raw(writer->buffer, "<figure tabindex=\"0\"><img");
        append_source(writer->buffer, "svg+xml", &svg);
        append_pixels(writer->buffer, "width", chart->width);
        append_pixels(writer->buffer, "height", chart->height);
        html_attribute(writer->buffer, "alt", chart->alternative);
        html_raw(writer->buffer, "></figure>\n");
    }
    buffer_destroy(&path);
    buffer_destroy(&svg);
    return read;
}

/* The type of the image behind "data:image/", NULL if it is neither. */
static const char *image_type(const struct buffer *bytes) {
    if (bytes->length > 8 && !memcmp(bytes->bytes, "\x89PNG\r\n\x1a\n", 8))
        return "png";
    if (text_is_utf8(buffer_text(bytes), bytes->length, NULL) && strstr(buffer_text(bytes), "<svg"))
        return "svg+xml";
    return NULL;
}

static bool write_logo(struct writer *writer) {
    const char *path = writer->head->logo;
    if (!path)
        return true;
    struct buffer bytes = {0};
    bool read = read_file(&bytes, path, writer->failure);
    const char *type = read ? image_type(&bytes) : NULL;
    if (read && bytes.length > LOGO_MOST)
        read = failure_set(writer->failure, "%s: a logo has at most 1 MiB", path);
    else if (read && !type)
        read = failure_set(writer->failure, "%s is neither an SVG nor a PNG image", path);
    if (read) {
        html_raw(writer->buffer, "<img class=\"logo\"");
        append_source(writer->buffer, type, &bytes);
        html_attribute(writer->buffer, "alt", writer->head->organisation ? writer->head->organisation : "");
        html_raw(writer->buffer, ">\n");
    }
    buffer_destroy(&bytes);
    return read;
}

/* --- tables --- */

static void write_cell(struct buffer *buffer, const struct table_cell *cell, bool heading) {
    buffer_append(buffer, heading ? "<th scope=\"row\"" : "<td");
    if (cell->kind == COLUMN_FIGURES)
        html_attribute(buffer, "class", cell->span > 1 ? "words" : "figure");
    if (cell->span > 1)
        buffer_format(buffer, " colspan=\"%zu\"", cell->span);
    html_raw(buffer, ">");
    html_text(buffer, cell->text);
    if (cell->detail) {
        html_raw(buffer, " <small>");
        html_text(buffer, cell->detail);
        html_raw(buffer, "</small>");
    }
    buffer_append(buffer, heading ? "</th>" : "</td>");
}

static void write_row(struct buffer *buffer, const struct table_row *row) {
    static const char *const classes[] = {[ROW_BODY] = NULL, [ROW_TOTAL] = "total", [ROW_ASIDE] = "aside"};
    html_raw(buffer, "<tr");
    html_attribute(buffer, "class", classes[row->kind]);
    html_raw(buffer, ">");
    for (const struct table_cell *cell = row->cells; cell; cell = cell->next)
        write_cell(buffer, cell, cell == row->cells);
    html_raw(buffer, "</tr>\n");
}

static void write_table(struct writer *writer, const struct table *table) {
    struct buffer *buffer = writer->buffer;
    size_t number = ++writer->tables;
    buffer_format(buffer,
                  "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-labelledby=\"table-%zu\">\n",
                  number);
    buffer_format(buffer, "<table%s>\n<caption id=\"table-%zu\">",
                  table->column_count > 7 ? " class=\"wide\"" : "", number);
    html_text(buffer, table->caption);
    html_raw(buffer, "</caption>\n<thead><tr>");
    for (const struct table_column *column = table->columns; column; column = column->next) {
        html_raw(buffer, "<th scope=\"col\"");
        html_attribute(buffer, "class", column->kind == COLUMN_FIGURES ? "figure" : NULL);
        html_raw(buffer, ">");
        html_text(buffer, column->title);
        html_raw(buffer, "</th>");
    }
    html_raw(buffer, "</tr></thead>\n<tbody>\n");
    for (const struct table_row *row = table->rows; row; row = row->next)
        write_row(buffer, row);
    html_raw(buffer, "</tbody></table></div>\n");
    for (const struct table_note *note = table->notes; note; note = note->next) {
        html_raw(buffer, "<p class=\"aside\">");
        html_text(buffer, note->text);
        html_raw(buffer, "</p>\n");
    }
}

/* --- words --- */

static void write_paragraph(struct buffer *buffer, const struct block *block) {
    static const char *const classes[] = {
        [PARAGRAPH_PLAIN] = NULL, [PARAGRAPH_FINDING] = "finding", [PARAGRAPH_ASIDE] = "aside"};
    html_raw(buffer, "<p");
    html_attribute(buffer, "class", classes[block->paragraph]);
    html_raw(buffer, ">");
    if (block->runs)
        runs_html(buffer, block->runs);
    else
        html_text(buffer, block->text);
    html_raw(buffer, "</p>\n");
}

static void write_terms(struct buffer *buffer, const struct block *block) {
    html_raw(buffer, "<dl>\n");
    for (const struct list_item *item = block->items; item; item = item->next) {
        html_raw(buffer, "<dt>");
        html_text(buffer, item->lead);
        html_raw(buffer, "</dt><dd>");
        html_text(buffer, item->text);
        html_raw(buffer, "</dd>\n");
    }
    html_raw(buffer, "</dl>\n");
}

/* `dir=auto` keeps the direction of what one respondent wrote from reaching the next. */
static void write_list(struct buffer *buffer, const struct block *block) {
    bool quotations = block->list == LIST_QUOTATIONS;
    buffer_append(buffer, quotations ? "<ul class=\"quotations\">\n" : "<ul class=\"key-figures\">\n");
    for (const struct list_item *item = block->items; item; item = item->next) {
        buffer_append(buffer, quotations ? "<li dir=\"auto\">" : "<li>");
        if (item->lead) {
            html_raw(buffer, "<strong>");
            html_text(buffer, item->lead);
            html_raw(buffer, "</strong> ");
        }
        html_raw(buffer, "<span>");
        html_text(buffer, item->text);
        html_raw(buffer, "</span></li>\n");
    }
    html_raw(buffer, "</ul>\n");
}

static void write_notice(struct writer *writer) {
    if (!writer->head->notice)
        return;
    html_raw(writer->buffer, "<p class=\"notice\">");
    html_text(writer->buffer, writer->head->notice);
    html_raw(writer->buffer, "</p>\n");
}

/* --- the page --- */

static bool write_section(struct writer *writer, const struct block *section);
static bool write_inside(struct writer *writer, const struct block *block);

static bool write_block(struct writer *writer, const struct block *block) {
    switch (block->kind) {
    case BLOCK_SECTION:
        return write_section(writer, block);
    case BLOCK_PARAGRAPH:
        write_paragraph(writer->buffer, block);
        return true;
    case BLOCK_LIST:
        if (block->list == LIST_TERMS)
            write_terms(writer->buffer, block);
        else
            write_list(writer->buffer, block);
        return true;
    case BLOCK_TABLE:
        write_table(writer, block->table);
        return true;
    case BLOCK_CHART:
        return write_chart(writer, block->chart);
    case BLOCK_BULLETS:
    case BLOCK_NUMBERS:
    case BLOCK_ITEM:
    case BLOCK_QUOTE:
        return write_inside(writer, block);
    case BLOCK_CODE:
        html_raw(writer->buffer, "<pre tabindex=\"0\"><code>");
        html_text(writer->buffer, block->text);
        html_raw(writer->buffer, "</code></pre>\n");
        return true;
    case BLOCK_RULE:
        html_raw(writer->buffer, "<hr>\n");
        return true;
    }
    abort();
}

static void open_inside(struct buffer *buffer, const struct block *block) {
    if (block->kind == BLOCK_BULLETS)
        html_raw(buffer, "<ul>\n");
    else if (block->kind == BLOCK_NUMBERS)
        buffer_format(buffer, "<ol start=\"%zu\">\n", block->number);
    else if (block->kind == BLOCK_ITEM)
        html_raw(buffer, "<li>");
    else
        html_raw(buffer, "<blockquote>\n");
}

static void close_inside(struct buffer *buffer, const struct block *block) {
    if (block->kind == BLOCK_BULLETS)
        html_raw(buffer, "</ul>\n");
    else if (block->kind == BLOCK_NUMBERS)
        html_raw(buffer, "</ol>\n");
    else if (block->kind == BLOCK_ITEM)
        html_raw(buffer, "</li>\n");
    else
        html_raw(buffer, "</blockquote>\n");
}

static bool write_inside(struct writer *writer, const struct block *block) {
    open_inside(writer->buffer, block);
    for (const struct block *child = block->first; child; child = child->next)
        if (!write_block(writer, child))
            return false;
    close_inside(writer->buffer, block);
    return true;
}

static bool write_section(struct writer *writer, const struct block *section) {
    struct buffer *buffer = writer->buffer;
    buffer_format(buffer, "<section class=\"level-%zu\"", section->level);
    html_attribute(buffer, "id", section->id);
    buffer_format(buffer, ">\n<h%zu>", section->level + 1);
    html_text(buffer, section->text);
    buffer_format(buffer, "</h%zu>\n", section->level + 1);
    if (section->level <= 2)
        write_notice(writer);
    for (const struct block *block = section->first; block; block = block->next)
        if (!write_block(writer, block))
            return false;
    html_raw(buffer, "</section>\n");
    return true;
}

static void write_contents(struct buffer *buffer, const struct block *first) {
    html_raw(buffer, "<ul>\n");
    for (const struct block *block = first; block; block = block->next) {
        if (block->kind != BLOCK_SECTION)
            continue;
        html_raw(buffer, "<li><a href=\"#");
        html_text(buffer, block->id);
        html_raw(buffer, "\">");
        html_text(buffer, block->text);
        html_raw(buffer, "</a>");
        bool below = false;
        for (const struct block *inner = block->first; inner; inner = inner->next)
            below = below || inner->kind == BLOCK_SECTION;
        if (below && block->level == 1) {
            html_raw(buffer, "\n");
            write_contents(buffer, block->first);
        }
        html_raw(buffer, "</li>\n");
    }
    html_raw(buffer, "</ul>\n");
}

static void write_line(struct buffer *buffer, const char *kind, const char *text) {
    if (!text)
        return;
    buffer_format(buffer, "<p class=\"%s\">", kind);
    html_text(buffer, text);
    html_raw(buffer, "</p>\n");
}

static bool write_head(struct writer *writer) {
    const struct document_head *head = writer->head;
    if (!write_logo(writer))
        return false;
    write_line(writer->buffer, "organisation", head->organisation);
    html_raw(writer->buffer, "<h1>");
    html_text(writer->buffer, head->title);
    html_raw(writer->buffer, "</h1>\n");
    write_line(writer->buffer, "summary", head->summary);
    write_line(writer->buffer, "summary", head->filter);
    write_notice(writer);
    return true;
}

/* A string of CSS: whatever is not a plain letter, digit or space is written as its code point. */
static void append_css_string(struct buffer *buffer, const char *text) {
    html_raw(buffer, "\"");
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool plain = (*at | 32) >= 'a' && (*at | 32) <= 'z';
        if (plain || *at >= 0x80 || *at == ' ')
            buffer_append_bytes(buffer, (const char *)at, 1);
        else
            buffer_format(buffer, "\\%06x ", *at); /* the blank belongs to the escape */
    }
    html_raw(buffer, "\"");
}

/* What stands in the margins of each printed page: the notice, and the title beside the page's number. */
static void write_print_margins(struct buffer *buffer, const struct document_head *head) {
    html_raw(buffer, "@page{@bottom-left{content:");
    append_css_string(buffer, head->title);
    html_raw(buffer, "}");
    if (head->notice) {
        html_raw(buffer, "@top-center{content:");
        append_css_string(buffer, head->notice);
        html_raw(buffer, "}");
    }
    html_raw(buffer, "}\n");
}

struct parts {
    struct buffer title, tag, style, head, contents, sections;
};

/* Only this very style and this very script are taken, whatever else may get into the page. */
static void fill(struct buffer *buffer, const struct parts *parts, enum language language) {
    char style_source[DIGEST_SOURCE_SIZE], script_source[DIGEST_SOURCE_SIZE];
    digest_source(buffer_text(&parts->style), parts->style.length, style_source);
    digest_source(script, sizeof script - 1, script_source);
    const struct html_fragment fragments[] = {
        {"language", buffer_text(&parts->tag)},
        {"title", buffer_text(&parts->title)},
        {"style-source", style_source},
        {"script-source", script_source},
        {"style", buffer_text(&parts->style)},
        {"skip", language_message(language, MESSAGE_REPORT_SKIP)},
        {"head", buffer_text(&parts->head)},
        {"contents-title", language_message(language, MESSAGE_REPORT_CONTENTS)},
        {"contents", buffer_text(&parts->contents)},
        {"sort", language_message(language, MESSAGE_REPORT_SORT)},
        {"fold", language_message(language, MESSAGE_REPORT_FOLD)},
        {"sections", buffer_text(&parts->sections)},
        {"made-by", language_message(language, MESSAGE_REPORT_MADE_BY)},
        {"script", script},
    };
    html_fill(buffer, skeleton, fragments, sizeof fragments / sizeof *fragments);
}

static void destroy_parts(struct parts *parts) {
    buffer_destroy(&parts->title);
    buffer_destroy(&parts->tag);
    buffer_destroy(&parts->style);
    buffer_destroy(&parts->head);
    buffer_destroy(&parts->contents);
    buffer_destroy(&parts->sections);
}

bool report_html_write(struct buffer *buffer, const struct document *document, const char *charts,
                       struct failure *failure) {
    const struct document_head *head = document_head(document);
    struct parts parts = {0};
    struct writer writer = {&parts.head, head, charts, failure, 0};
    bool written = write_head(&writer);
    writer.buffer = &parts.sections;
    for (const struct block *block = document_sections(document); written && block; block = block->next)
        written = write_block(&writer, block);
    if (written) {
        html_text(&parts.title, head->title);
        html_text(&parts.tag, head->tag);
        html_raw(&parts.style, "\n");
        buffer_append(&parts.style, style);
        write_print_margins(&parts.style, head);
        write_contents(&parts.contents, document_sections(document));
        fill(buffer, &parts, head->language);
    }
    destroy_parts(&parts);
    return written;
}
