/* Reading a text. What the person gets of it is made in template_fill.c and template_plain.c. */
#include "survey/template.h"

#include "model/base/text.h"
#include "model/suggestion.h"
#include "survey/template_hole.h"
#include "survey/template_parts.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const char *source;
    struct template_source *result;
    struct template_element *element; /* that the inlines belong to; NULL outside of any */
    bool has_subject;
    bool is_prose;        /* there is no subject, there are no holes, and nothing is a mistake */
    int strong, emphasis; /* how many the place is inside of */
    int depth;            /* of lists */
    struct list {
        const cmark_node *node;
        bool has_items;      /* one was begun */
        bool has_item_begun; /* its current item has its first paragraph */
    } lists[TEMPLATE_DEPTH_MOST + 1];
};

/* --- places --- */

static const char *find_line(const char *source, unsigned line) {
    while (line > 1 && (source = strchr(source, '\n'))) {
        source++;
        line--;
    }
    return source;
}

/* Of a node, by what it begins with: of inlines cmark's columns leave out the blanks before their line. */
static struct place place_of(const struct reading *reading, cmark_node *node, const char *sign) {
    unsigned line = (unsigned)cmark_node_get_start_line(node);
    int column = cmark_node_get_start_column(node);
    const char *start = find_line(reading->source, line);
    if (!start || column < 1 || strcspn(start, "\n") < (size_t)column)
        return (struct place){.line = line};
    const char *at = strstr(start + column - 1, sign);
    if (!at || memchr(start, '\n', (size_t)(at - start)))
        return (struct place){.line = line};
    return diagnostics_place(reading->source, at, at + (*sign ? strlen(sign) : 1));
}

static void complain(struct reading *reading, cmark_node *node, const char *sign, const char *text) {
    if (!reading->is_prose)
        diagnostics_error(reading->diagnostics, place_of(reading, node, sign), "%s", text);
}

/* --- holes --- */

/* They are checked in the source, where their places are known, and filled in what cmark makes of it. */
static void check_holes(struct reading *reading) {
    struct template_hole hole;
    for (const char *rest = reading->source; template_hole_find(rest, &hole);) {
        if (!hole.end) {
            diagnostics_error(reading->diagnostics,
                              diagnostics_place(reading->source, hole.start, hole.start + 2),
                              "this hole does not end with }} on its line");
            rest = hole.start + 2;
            continue;
        }
        bool is_known = false;
        for (size_t i = 0; i < template_hole_name_count(); i++)
            is_known = is_known || template_hole_is_called(&hole, template_hole_names[i]);
        struct suggestion unknown = {
            .place = diagnostics_place(reading->source, hole.name, hole.name + hole.name_length),
            .what = "hole",
            .word = arena_copy_bytes(reading->arena, hole.name, hole.name_length),
            .candidates = template_hole_names,
            .count = template_hole_name_count()};
        if (!is_known)
            suggestion_error(reading->arena, reading->diagnostics, &unknown);
        rest = hole.end;
    }
}

static bool is_personal(const char *text) {
    struct template_hole hole;
    for (; template_hole_find(text, &hole) && hole.end; text = hole.end)
        if (template_hole_is_personal(&hole))
            return true;
    return false;
}

/* --- inlines --- */

static void add_part(struct reading *reading, cmark_node *node, enum template_part_kind kind,
                     const char *text) {
    struct template_element *element = reading->element;
    if (!element)
        return;
    struct template_part *part = ARENA_NEW(reading->arena, struct template_part, 1);
    *part = (struct template_part){.kind = kind,
                                   .text = arena_copy(reading->arena, text ? text : ""),
                                   .is_strong = reading->strong > 0,
                                   .is_emphasis = reading->emphasis > 0};
    if (element->last_part)
        element->last_part->next = part;
    else
        element->parts = part;
    element->last_part = part;
    reading->result->part_count++;
    if (reading->is_prose || !is_personal(part->text))
        return;
    reading->result->has_link = true;
    if (element == &reading->result->subject)
        complain(reading, node, "",
                 "the subject would give the link away: mail servers write it into their logs");
}

static void enter_inline(struct reading *reading, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        add_part(reading, node, TEMPLATE_WORDS, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        add_part(reading, node, TEMPLATE_WORDS, " ");
        break;
    case CMARK_NODE_LINEBREAK:
        add_part(reading, node, TEMPLATE_WORDS, "\n");
        break;
    case CMARK_NODE_STRONG:
        reading->strong++;
        break;
    case CMARK_NODE_EMPH:
        reading->emphasis++;
        break;
    case CMARK_NODE_LINK:
        add_part(reading, node, TEMPLATE_LINK, "");
        break;
    case CMARK_NODE_IMAGE:
        complain(reading, node, "![", "a picture cannot be shown here; say it in words");
        break;
    case CMARK_NODE_HTML_INLINE:
        complain(reading, node, cmark_node_get_literal(node), "HTML is not read here; write Markdown");
        break;
    default:
        break;
    }
}

static void leave_inline(struct reading *reading, cmark_node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    reading->strong -= type == CMARK_NODE_STRONG;
    reading->emphasis -= type == CMARK_NODE_EMPH;
    if (type == CMARK_NODE_LINK)
        add_part(reading, node, TEMPLATE_LINK_END, cmark_node_get_url(node));
}

/* --- blocks --- */

static void add_element(struct reading *reading, enum template_kind kind, int level) {
    struct template_element *element = ARENA_NEW(reading->arena, struct template_element, 1);
    element->shape = (struct template_block){.kind = kind, .level = level};
    if (reading->result->last)
        reading->result->last->next = element;
    else
        reading->result->elements = element;
    reading->result->last = reading->element = element;
    reading->result->count++;
}

/* A paragraph, which in a list may be the first of an item. */
static void add_paragraph(struct reading *reading) {
    struct list *list = &reading->lists[reading->depth];
    add_element(reading, TEMPLATE_PARAGRAPH, reading->depth);
    struct template_element *element = reading->element;
    element->shape.continues = reading->depth > 0 && list->has_item_begun;
    if (reading->depth == 0 || list->has_item_begun)
        return;
    bool is_numbered = cmark_node_get_list_type((cmark_node *)list->node) == CMARK_ORDERED_LIST;
    element->shape.kind = is_numbered ? TEMPLATE_NUMBER : TEMPLATE_BULLET;
    element->shape.number = cmark_node_get_list_start((cmark_node *)list->node);
    element->begins_list = !list->has_items;
    list->has_items = list->has_item_begun = true;
}

static void add_heading(struct reading *reading, cmark_node *node) {
    int level = cmark_node_get_heading_level(node);
    if (level > 1 || reading->is_prose) {
        add_element(reading, TEMPLATE_HEADING, level);
    } else if (!reading->has_subject) {
        reading->has_subject = true;
        reading->element = &reading->result->subject;
        if (!cmark_node_first_child(node))
            complain(reading, node, "", "the subject is empty");
    } else {
        reading->element = NULL;
        complain(reading, node, "", "a second subject; a heading inside the text begins with \"##\"");
    }
}

static void enter_list(struct reading *reading, cmark_node *node) {
    if (reading->depth == TEMPLATE_DEPTH_MOST)
        complain(reading, node, "", "lists are nested too deep here");
    else
        reading->lists[++reading->depth] = (struct list){.node = node};
}

static void enter_block(struct reading *reading, cmark_node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    bool is_subject = type == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) == 1;
    if (!reading->is_prose && !reading->has_subject && !is_subject && type != CMARK_NODE_DOCUMENT) {
        complain(reading, node, "",
                 "the text must begin with its subject, a heading such as \"# {{title}}: your opinion\"");
        reading->has_subject = true;
    }
    if (type == CMARK_NODE_HEADING)
        add_heading(reading, node);
    else if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_CODE_BLOCK)
        add_paragraph(reading);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        add_element(reading, TEMPLATE_RULE, 0);
    else if (type == CMARK_NODE_LIST)
        enter_list(reading, node);
    else if (type == CMARK_NODE_ITEM)
        reading->lists[reading->depth].has_item_begun = false;
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        complain(reading, node, "", "a quotation cannot be shown here; write a paragraph");
    else if (type == CMARK_NODE_HTML_BLOCK)
        complain(reading, node, "", "HTML is not read here; write Markdown");
    if (type == CMARK_NODE_CODE_BLOCK) {
        const char *lines = cmark_node_get_literal(node);
        size_t length = strlen(lines);
        add_part(reading, node, TEMPLATE_WORDS,
                 arena_copy_bytes(reading->arena, lines, length ? length - 1 : 0));
    }
}

static bool is_inline(cmark_node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    return type >= CMARK_NODE_FIRST_INLINE && type <= CMARK_NODE_LAST_INLINE;
}

static void walk(struct reading *reading, cmark_node *document) {
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        bool enters = event == CMARK_EVENT_ENTER;
        if (is_inline(node))
            enters ? enter_inline(reading, node) : leave_inline(reading, node);
        else if (enters)
            enter_block(reading, node);
        else if (cmark_node_get_type(node) == CMARK_NODE_LIST && reading->lists[reading->depth].node == node)
            reading->depth--;
    }
    cmark_iter_free(iterator);
}

static const struct template_source *parse(struct reading *reading) {
    size_t length = strlen(reading->source);
    size_t errors = diagnostics_count(reading->diagnostics, SEVERITY_ERROR);
    cmark_node *document = cmark_parse_document(reading->source, length, CMARK_OPT_DEFAULT);
    if (!document)
        abort();
    /* A hole of several words may come in several nodes. */
    cmark_consolidate_text_nodes(document);
    check_holes(reading);
    walk(reading, document);
    cmark_node_free(document);
    if (!reading->has_subject)
        diagnostics_error(reading->diagnostics, (struct place){0}, "the text is empty");
    return diagnostics_count(reading->diagnostics, SEVERITY_ERROR) == errors ? reading->result : NULL;
}

const struct template_source *template_read(struct arena *arena, const char *file, const char *text,
                                            size_t length, struct diagnostics *diagnostics) {
    static const char mark[] = "\xEF\xBB\xBF"; /* the byte-order mark */
    if (length >= sizeof mark - 1 && !memcmp(text, mark, sizeof mark - 1)) {
        text += sizeof mark - 1;
        length -= sizeof mark - 1;
    }
    const char *source = arena_copy_bytes(arena, text, length);
    diagnostics_set_source(diagnostics, source, length);
    size_t bad;
    if (!text_is_utf8(source, length, &bad)) {
        diagnostics_error(diagnostics, diagnostics_place(source, source + bad, source + bad + 1),
                          "the byte 0x%02X is not UTF-8; save %s as UTF-8", (unsigned char)source[bad], file);
        return NULL;
    }
    struct reading reading = {.arena = arena,
                              .diagnostics = diagnostics,
                              .source = source,
                              .result = ARENA_NEW(arena, struct template_source, 1)};
    return parse(&reading);
}

struct template_text template_prose(struct arena *arena, const char *markdown) {
    cmark_node *document = cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);
    if (!document)
        abort();
    struct reading reading = {.arena = arena,
                              .source = markdown,
                              .result = ARENA_NEW(arena, struct template_source, 1),
                              .is_prose = true};
    walk(&reading, document);
    cmark_node_free(document);
    return template_fill(arena, reading.result, NULL);
}

bool template_has_link(const struct template_source *text) {
    return text->has_link;
}
