#include "analysis/document.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LEVEL_MOST = 5 }; /* headings end at h6, and the title is h1 */

enum { DEPTH_MOST = 64 }; /* of sections, lists and quotations inside each other */

struct document {
    struct arena *arena;
    struct document_head head;
    struct block *open[DEPTH_MOST + 1]; /* [0] is the document itself */
    size_t depth, level;
    struct block *list; /* the last list */
    struct list_item *last_item;
};

struct document *document_create(struct arena *arena, const struct document_head *head) {
    struct document *document = ARENA_NEW(arena, struct document, 1);
    document->arena = arena;
    document->head = *head;
    document->open[0] = ARENA_NEW(arena, struct block, 1);
    return document;
}

struct block *document_add(struct document *document, enum block_kind kind) {
    struct block *block = ARENA_NEW(document->arena, struct block, 1);
    struct block *parent = document->open[document->depth];
    block->kind = kind;
    if (parent->last)
        parent->last->next = block;
    else
        parent->first = block;
    parent->last = block;
    return block;
}

struct block *document_begin(struct document *document, enum block_kind kind) {
    if (document->depth == DEPTH_MOST)
        abort();
    struct block *block = document_add(document, kind);
    document->open[++document->depth] = block;
    return block;
}

void document_open(struct document *document, const char *id, const char *heading) {
    if (document->level == LEVEL_MOST)
        abort();
    struct block *block = document_begin(document, BLOCK_SECTION);
    block->id = id;
    block->text = heading;
    block->level = ++document->level;
}

void document_close(struct document *document) {
    if (document->depth == 0)
        abort();
    document->level -= document->open[document->depth]->kind == BLOCK_SECTION;
    document->depth--;
}

size_t document_level(const struct document *document) {
    return document->level;
}

void document_paragraph(struct document *document, enum paragraph_kind kind, const char *text) {
    struct block *block = document_add(document, BLOCK_PARAGRAPH);
    block->paragraph = kind;
    block->text = text;
}

void document_table(struct document *document, const struct table *table) {
    document_add(document, BLOCK_TABLE)->table = table;
}

void document_chart(struct document *document, const struct chart *chart) {
    document_add(document, BLOCK_CHART)->chart = chart;
}

void document_reference(struct document *document, const char *text, const char *words, const char *id) {
    struct block *block = document_add(document, BLOCK_PARAGRAPH);
    struct run *link = ARENA_NEW(document->arena, struct run, 1);
    *link = (struct run){.text = words, .link = arena_format(document->arena, "#%s", id)};
    block->paragraph = PARAGRAPH_ASIDE;
    block->id = id;
    block->runs = link;
    if (*text) {
        struct run *before = ARENA_NEW(document->arena, struct run, 1);
        *before = (struct run){.text = arena_format(document->arena, "%s ", text), .next = link};
        block->runs = before;
    }
}

static bool has_section(const struct block *first, const char *id) {
    for (const struct block *block = first; block; block = block->next)
        if (block->kind == BLOCK_SECTION && (!strcmp(block->id, id) || has_section(block->first, id)))
            return true;
    return false;
}

/* Leaves of a reference the words before its link; false: there are none. */
static bool unlink_words(struct block *block) {
    if (block->runs->link)
        return false;
    block->text = block->runs->text;
    block->runs = NULL;
    return true;
}

static void settle(const struct document *document, struct block *parent) {
    struct block **link = &parent->first;
    parent->last = NULL;
    while (*link) {
        struct block *block = *link;
        bool reference = block->kind == BLOCK_PARAGRAPH && block->id;
        if (block->first)
            settle(document, block);
        if (reference && !has_section(document->open[0]->first, block->id) && !unlink_words(block)) {
            *link = block->next;
            continue;
        }
        parent->last = block;
        link = &block->next;
    }
}

void document_settle(struct document *document) {
    settle(document, document->open[0]);
}

void document_list(struct document *document, enum list_kind kind) {
    document->list = document_add(document, BLOCK_LIST);
    document->list->list = kind;
    document->last_item = NULL;
}

void document_item(struct document *document, const char *lead, const char *text) {
    struct list_item *item = ARENA_NEW(document->arena, struct list_item, 1);
    *item = (struct list_item){lead, text, NULL};
    if (document->last_item)
        document->last_item->next = item;
    else
        document->list->items = item;
    document->last_item = item;
}

const struct document_head *document_head(const struct document *document) {
    return &document->head;
}

const struct block *document_sections(const struct document *document) {
    return document->open[0]->first;
}
