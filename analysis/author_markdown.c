#include "analysis/author_markdown.h"

#include "analysis/label.h"
#include "analysis/runs.h"
#include "analysis/slug.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

/* --- what may be there --- */

static const char *find_line(const char *source, unsigned line) {
    while (line > 1 && (source = strchr(source, '\n'))) {
        source++;
        line--;
    }
    return source;
}

/* Of a node, by what it begins with: of inlines cmark's columns leave out the blanks before their line. */
static struct place place_of(const char *source, cmark_node *node, const char *sign) {
    unsigned line = (unsigned)cmark_node_get_start_line(node);
    const char *start = find_line(source, line);
    int column = cmark_node_get_start_column(node);
    bool has_column = start && column > 0 && strcspn(start, "\n") >= (size_t)column;
    const char *at = start ? strstr(start + (has_column ? column - 1 : 0), sign) : NULL;
    if (!at || memchr(start, '\n', (size_t)(at - start)))
        return (struct place){.line = line};
    return diagnostics_place(source, at, at + (*sign ? strlen(sign) : 1));
}

static struct place place_of_link(const char *source, cmark_node *node) {
    struct place place = place_of(source, node, "[");
    return place.column ? place : place_of(source, node, "<");
}

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static bool is_safe(const char *url) {
    return begins(url, "http://") || begins(url, "https://") || begins(url, "mailto:") || *url == '#';
}

/* A comment that begins a line takes all that follows on the line where it ends. */
static bool has_words_behind(const char *comment) {
    const char *end = strstr(comment, "-->");
    return end && end[3 + strspn(end + 3, " \t\r\n")] != '\0';
}

static void check_node(cmark_node *node, const char *source, bool *has_title,
                       struct diagnostics *diagnostics) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        if (!begins(cmark_node_get_literal(node), "<!--"))
            diagnostics_error(diagnostics, place_of(source, node, "<"),
                              "HTML is not read here; write Markdown");
        else if (has_words_behind(cmark_node_get_literal(node)))
            diagnostics_error(diagnostics, place_of(source, node, "<"),
                              "what stands behind a comment that begins a line is not read: put it on the "
                              "next line");
        break;
    case CMARK_NODE_IMAGE:
        diagnostics_error(diagnostics, place_of(source, node, "!["),
                          "pictures come from the answers: write {{chart NAME}}");
        break;
    case CMARK_NODE_LINK:
        if (!is_safe(cmark_node_get_url(node)))
            diagnostics_error(diagnostics, place_of_link(source, node),
                              "a link leads to an address that begins with https:, http:, mailto: or #");
        break;
    case CMARK_NODE_HEADING:
        if (cmark_node_get_heading_level(node) > 1)
            break;
        if (*has_title)
            diagnostics_error(diagnostics, place_of(source, node, ""),
                              "a second title; a heading inside the report begins with \"##\"");
        *has_title = true;
        break;
    default:
        break;
    }
}

/* Other programs' texts begin with lines such as "title: …" between two of "---", which Markdown would take
 * for a heading. */
static bool has_header(const char *source) {
    size_t rule = begins(source, "---") ? 3 + strspn(source + 3, " \t\r") : 0;
    if (!rule || source[rule] != '\n')
        return false;
    const char *line = source + rule + 1;
    size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
    return name && line[name] == ':' && (strstr(line, "\n---") || strstr(line, "\n..."));
}

void author_markdown_check(const char *masked, const char *source, struct diagnostics *diagnostics) {
    if (has_header(source))
        diagnostics_error(
            diagnostics, (struct place){1, 1, 3},
            "a header of YAML is not read here: the title is a heading with \"#\", the language is "
            "said by {{language TAG}}");
    cmark_node *root = cmark_parse_document(masked, strlen(masked), CMARK_OPT_DEFAULT);
    if (!root)
        abort();
    bool has_title = false;
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_ENTER)
            check_node(cmark_iter_get_node(iterator), source, &has_title, diagnostics);
    cmark_iter_free(iterator);
    cmark_node_free(root);
}

/* --- marks --- */

/* A mark is its index between two characters of the private use area. */
#define MARK_START "\xEE\x80\x81"
#define MARK_END   "\xEE\x80\x82"
enum { MARK_LENGTH = 3 };

void author_markdown_append(struct buffer *buffer, size_t mark) {
    buffer_format(buffer, MARK_START "%zu" MARK_END, mark);
}

void author_markdown_literal(struct buffer *buffer, const char *markdown) {
    while (*markdown) {
        size_t length = strcspn(markdown, "\xEE");
        buffer_append_bytes(buffer, markdown, length);
        markdown += length;
        if (begins(markdown, MARK_START) || begins(markdown, MARK_END))
            markdown += MARK_LENGTH;
        else if (*markdown)
            buffer_append_bytes(buffer, markdown++, 1);
    }
}

/* The code point that a numeric reference such as "&#xE001;" is for, and its length; 0: it is none. */
static unsigned long read_reference(const char *text, size_t *length) {
    bool hexadecimal = text[2] == 'x' || text[2] == 'X';
    const char *digits = text + 2 + hexadecimal;
    size_t count = strspn(digits, hexadecimal ? "0123456789abcdefABCDEF" : "0123456789");
    *length = (size_t)(digits - text) + count + 1;
    return count && count < 9 && digits[count] == ';' ? strtoul(digits, NULL, hexadecimal ? 16 : 10) : 0;
}

/* The Markdown without references that would become marks. */
static void append_safely(struct buffer *buffer, const char *markdown) {
    for (const char *at; (at = strstr(markdown, "&#")) != NULL;) {
        size_t length;
        unsigned long code = read_reference(at, &length);
        bool forged = code == 0xE001 || code == 0xE002;
        buffer_append_bytes(buffer, markdown, (size_t)(at - markdown));
        buffer_append(buffer, forged ? "\xEF\xBF\xBD" : "&#"); /* U+FFFD */
        markdown = at + (forged ? length : 2);
    }
    buffer_append(buffer, markdown);
}

/* --- writing --- */

struct writer {
    const struct author_writing *writing;
    struct document *document;
    size_t level, inside; /* of sections; how many lists, items and quotations are open */
    struct names *ids;    /* of headings */
    int strong, emphasis;
    bool doubtful;
    const char *link;
    /* The runs of the paragraph, the last one still growing. */
    struct run *first, *last;
    struct buffer words;
    unsigned style;
};

static void end_run(struct writer *writer) {
    if (writer->words.length == 0)
        return;
    struct run *run = ARENA_NEW(writer->writing->arena, struct run, 1);
    run->style = writer->style;
    run->text = arena_copy_bytes(writer->writing->arena, buffer_text(&writer->words), writer->words.length);
    run->link = writer->link;
    if (writer->writing->is_french && !(writer->style & RUN_CODE))
        run->text = label_french(writer->writing->arena, run->text);
    if (writer->last)
        writer->last->next = run;
    else
        writer->first = run;
    writer->last = run;
    buffer_clear(&writer->words);
}

static unsigned style_of(const struct writer *writer) {
    return (writer->strong ? RUN_STRONG : 0U) | (writer->emphasis ? RUN_EMPHASIS : 0U) |
           (writer->doubtful ? RUN_DOUBTFUL : 0U);
}

static void add_words(struct writer *writer, unsigned style, const char *text, size_t length) {
    if (style != writer->style)
        end_run(writer);
    writer->style = style;
    buffer_append_bytes(&writer->words, text, length);
}

static void add_break(struct writer *writer) {
    end_run(writer);
    writer->style = style_of(writer);
    buffer_append(&writer->words, "\n");
    end_run(writer);
}

/* The mark that the text begins with; NULL: none. `*length` is how long it is. */
static const struct author_mark *find_mark(const struct writer *writer, const char *text, size_t *length) {
    if (!begins(text, MARK_START))
        return NULL;
    char *end;
    size_t index = strtoul(text + MARK_LENGTH, &end, 10);
    *length = (size_t)(end - text) + MARK_LENGTH;
    return begins(end, MARK_END) && index < writer->writing->mark_count ? &writer->writing->marks[index]
                                                                        : NULL;
}

static size_t length_without_blanks(const char *words) {
    size_t length = strlen(words);
    while (length && words[length - 1] == ' ')
        length--;
    return length;
}

/* Whether what comes next begins a sentence: the one before may have ended in bold. */
static bool at_start(const struct writer *writer) {
    const char *words = buffer_text(&writer->words);
    size_t length = length_without_blanks(words);
    if (length == 0 && writer->last) {
        words = writer->last->text;
        length = length_without_blanks(words);
    }
    return length == 0 ? !writer->first : strchr(".!?", words[length - 1]) != NULL;
}

static void add_capital(struct writer *writer, unsigned style, const char *text) {
    bool small = *text >= 'a' && *text <= 'z';
    char first = small ? (char)(*text - 'a' + 'A') : *text;
    add_words(writer, style, &first, *text != '\0');
    add_words(writer, style, *text ? text + 1 : text, *text ? strlen(text) - 1 : 0);
}

static void take_mark(struct writer *writer, const struct author_mark *mark, unsigned style) {
    switch (mark->kind) {
    case AUTHOR_MARK_TEXT:
        add_words(writer, style, mark->text, strlen(mark->text));
        break;
    case AUTHOR_MARK_WORDS:
        if (at_start(writer))
            add_capital(writer, style, mark->text);
        else
            add_words(writer, style, mark->text, strlen(mark->text));
        break;
    case AUTHOR_MARK_DOUBT:
        end_run(writer);
        writer->doubtful = true;
        break;
    case AUTHOR_MARK_REMARK:
        end_run(writer);
        writer->doubtful = false;
        add_words(writer, style_of(writer), " ", 1);
        add_words(writer, style_of(writer) | RUN_REMARK, mark->text, strlen(mark->text));
        end_run(writer);
        break;
    case AUTHOR_MARK_BLOCK:
        break; /* only inside of code, where it is no block */
    }
}

static void take_text(struct writer *writer, const char *text, unsigned extra) {
    while (*text) {
        size_t length;
        const struct author_mark *mark = find_mark(writer, text, &length);
        if (mark)
            take_mark(writer, mark, style_of(writer) | extra);
        else
            add_words(writer, style_of(writer) | extra, text,
                      length = (*text == '\xEE') + strcspn(text + (*text == '\xEE'), "\xEE"));
        text += length;
    }
}

static void check_url(const struct writer *writer, const char *url) {
    const char *at = strstr(url, MARK_START);
    size_t length;
    const struct author_mark *mark = at ? find_mark(writer, at, &length) : NULL;
    if (mark)
        diagnostics_error(writer->writing->diagnostics, mark->place,
                          "a hole cannot stand in the address of a link");
}

static void turn_link(struct writer *writer, cmark_node *node, bool enters) {
    end_run(writer);
    const char *url = cmark_node_get_url(node);
    if (enters)
        check_url(writer, url);
    writer->link = enters && is_safe(url) ? arena_copy(writer->writing->arena, url) : NULL;
}

static void take_inline(struct writer *writer, cmark_node *node, bool enters) {
    int step = enters ? 1 : -1;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        take_text(writer, cmark_node_get_literal(node), 0);
        break;
    case CMARK_NODE_CODE:
        take_text(writer, cmark_node_get_literal(node), RUN_CODE);
        break;
    case CMARK_NODE_SOFTBREAK:
        add_words(writer, style_of(writer), " ", 1);
        break;
    case CMARK_NODE_LINEBREAK:
        add_break(writer);
        break;
    case CMARK_NODE_STRONG:
        writer->strong += step;
        break;
    case CMARK_NODE_EMPH:
        writer->emphasis += step;
        break;
    case CMARK_NODE_LINK:
        turn_link(writer, node, enters);
        break;
    default:
        break;
    }
}

static const struct run *take_runs(struct writer *writer) {
    end_run(writer);
    const struct run *runs = writer->first;
    writer->first = writer->last = NULL;
    writer->doubtful = false;
    return runs;
}

static void collect(struct writer *writer, cmark_node *parent) {
    cmark_iter *iterator = cmark_iter_new(parent);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (cmark_iter_get_node(iterator) != parent)
            take_inline(writer, cmark_iter_get_node(iterator), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iterator);
}

static const char *plain(struct writer *writer, cmark_node *node) {
    collect(writer, node);
    return runs_plain(writer->writing->arena, take_runs(writer));
}

/* --- blocks --- */

enum { LEVEL_MOST = 5 };

/* A heading too deep for those before it is taken for the next one below them. */
static void take_heading(struct writer *writer, cmark_node *node) {
    size_t level = (size_t)cmark_node_get_heading_level(node) - 1;
    const char *text = plain(writer, node);
    if (level == 0 || writer->inside)
        return;
    for (; writer->level >= level; writer->level--)
        document_close(writer->document);
    document_open(writer->document, slug_take(writer->writing->arena, writer->ids, text), text);
    writer->level++;
}

/* The one mark of a block that a paragraph consists of; NULL: it is a paragraph. */
static const struct author_mark *find_block(const struct writer *writer, cmark_node *paragraph) {
    cmark_node *child = cmark_node_first_child(paragraph);
    if (!child || child != cmark_node_last_child(paragraph) || cmark_node_get_type(child) != CMARK_NODE_TEXT)
        return NULL;
    const char *text = cmark_node_get_literal(child);
    size_t length;
    const struct author_mark *mark = find_mark(writer, text, &length);
    return mark && mark->kind == AUTHOR_MARK_BLOCK && !text[length] ? mark : NULL;
}

static void take_paragraph(struct writer *writer, cmark_node *node) {
    const struct author_mark *mark = find_block(writer, node);
    if (mark) {
        writer->writing->add_block(writer->writing->context, writer->document, mark, writer->level);
        return;
    }
    collect(writer, node);
    const struct run *runs = take_runs(writer);
    if (runs)
        document_add(writer->document, BLOCK_PARAGRAPH)->runs = runs;
}

static void take_code(struct writer *writer, cmark_node *node) {
    take_text(writer, cmark_node_get_literal(node), 0);
    document_add(writer->document, BLOCK_CODE)->text =
        arena_copy_bytes(writer->writing->arena, buffer_text(&writer->words), writer->words.length);
    buffer_clear(&writer->words);
}

static void turn_container(struct writer *writer, cmark_node *node, enum block_kind kind, bool enters) {
    writer->inside += enters ? 1 : (size_t)-1;
    if (enters)
        document_begin(writer->document, kind)->number = (size_t)cmark_node_get_list_start(node);
    else
        document_close(writer->document);
}

static void take_block(struct writer *writer, cmark_node *node, bool enters) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        if (enters)
            take_heading(writer, node);
        break;
    case CMARK_NODE_PARAGRAPH:
        if (enters)
            take_paragraph(writer, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        take_code(writer, node);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        document_add(writer->document, BLOCK_RULE);
        break;
    case CMARK_NODE_LIST:
        turn_container(writer, node,
                       cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? BLOCK_NUMBERS : BLOCK_BULLETS,
                       enters);
        break;
    case CMARK_NODE_ITEM:
        turn_container(writer, node, BLOCK_ITEM, enters);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        turn_container(writer, node, BLOCK_QUOTE, enters);
        break;
    default:
        break;
    }
}

static const char *find_title(struct writer *writer, cmark_node *root) {
    for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node))
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) == 1)
            return plain(writer, node);
    return NULL;
}

/* Deeper than this no one writes, and it could exhaust the tree's. */
enum { INSIDE_MOST = 40 };

static void walk(struct writer *writer, cmark_node *root) {
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        bool enters = event == CMARK_EVENT_ENTER;
        take_block(writer, node, enters);
        if (enters && writer->inside == INSIDE_MOST) {
            diagnostics_error(writer->writing->diagnostics,
                              (struct place){.line = (unsigned)cmark_node_get_start_line(node)},
                              "lists and quotations are nested too deep here");
            break;
        }
    }
    cmark_iter_free(iterator);
    for (; writer->level; writer->level--)
        if (!writer->inside)
            document_close(writer->document);
}

struct document *author_markdown_write(const struct author_writing *writing, const char *markdown,
                                       const struct document_head *head) {
    struct buffer safe = {0};
    append_safely(&safe, markdown);
    cmark_node *root = cmark_parse_document(buffer_text(&safe), safe.length, CMARK_OPT_DEFAULT);
    buffer_destroy(&safe);
    if (!root)
        abort();
    cmark_consolidate_text_nodes(root);
    struct writer writer = {.writing = writing, .ids = names_create(writing->arena, false)};
    struct document_head own = *head;
    const char *title = find_title(&writer, root);
    if (title && *title)
        own.title = title;
    writer.document = document_create(writing->arena, &own);
    walk(&writer, root);
    cmark_node_free(root);
    buffer_destroy(&writer.words);
    return writer.document;
}
