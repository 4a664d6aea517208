/* A report as a tree of sections, paragraphs, lists, tables and charts: said once, written as HTML, as
 * Markdown and for other programs. All texts are plain; the writers escape them. */
#ifndef ANALYSIS_DOCUMENT_H
#define ANALYSIS_DOCUMENT_H

#include "analysis/chart.h"
#include "analysis/table.h"
#include "model/base/arena.h"
#include "model/base/language.h"

#include <stddef.h>

enum block_kind {
    BLOCK_SECTION,
    BLOCK_PARAGRAPH,
    BLOCK_LIST,
    BLOCK_TABLE,
    BLOCK_CHART,
    /* What an author's text may have besides: */
    BLOCK_BULLETS, /* holds items */
    BLOCK_NUMBERS, /* likewise, numbered from `number` on */
    BLOCK_ITEM,    /* holds paragraphs, lists, … */
    BLOCK_QUOTE,   /* likewise */
    BLOCK_CODE,    /* lines shown as they are */
    BLOCK_RULE     /* a line across the page */
};

enum paragraph_kind {
    PARAGRAPH_PLAIN,
    PARAGRAPH_FINDING, /* the sentence that says what a question found */
    PARAGRAPH_ASIDE    /* small print */
};

enum list_kind {
    LIST_KEY_FIGURES, /* the lead is the figure, large */
    LIST_TERMS,       /* the lead is what the text explains */
    LIST_QUOTATIONS   /* what respondents wrote, without a lead */
};

/* How a part of an author's paragraph is set; styles add up. */
enum run_style {
    RUN_STRONG = 1,
    RUN_EMPHASIS = 2,
    RUN_CODE = 4,
    RUN_DOUBTFUL = 8, /* a statement that the data no longer bear out */
    RUN_REMARK = 16   /* why they do not, said behind it */
};

struct run {
    unsigned style;
    const char *text; /* one line; or "\n", a line break */
    const char *link; /* where it leads, an http, https or mailto address, or #id; NULL: nowhere */
    const struct run *next;
};

struct list_item {
    const char *lead, *text;
    const struct list_item *next;
};

struct block {
    enum block_kind kind;
    union {
        enum paragraph_kind paragraph;
        enum list_kind list;
    };
    const char *id;         /* section: letters, digits, - and _, unique in the document; paragraph: of the
                               section that it refers to (document_reference), else NULL */
    const char *text;       /* section: its heading; paragraph; code */
    const struct run *runs; /* paragraph: in place of `text` */
    size_t level;           /* section: 1 for the outermost */
    size_t number;          /* numbers: of the first item */
    struct block *first, *last; /* section, bullets, numbers, item, quote: what is in it */
    const struct list_item *items;
    const struct table *table;
    const struct chart *chart;
    struct block *next;
};

/* What stands above the first section. Texts may be NULL, but for `title`. */
struct document_head {
    enum language language; /* the interface's words */
    const char *tag;        /* the language of the questionnaire's texts ("fr-CA") */
    const char *title, *organisation;
    const char *notice;  /* shown at the top, and again in each section */
    const char *summary; /* what the report rests on, in a sentence */
    const char *filter;  /* which responses were left out */
    const char *logo;    /* path of an SVG or PNG file */
};

struct document;

/* An empty report. Lives as long as `arena`, as all texts given to it must. */
struct document *document_create(struct arena *arena, const struct document_head *head);

/* Begins a section inside the one that is open; another block that holds blocks; ends what was begun last. */
void document_open(struct document *document, const char *id, const char *heading);
struct block *document_begin(struct document *document, enum block_kind kind);
void document_close(struct document *document);

/* How many sections are open. */
size_t document_level(const struct document *document);

/* Adds a block to what is open, to be filled in by the caller. */
struct block *document_add(struct document *document, enum block_kind kind);

/* Adds to the open section. */
void document_paragraph(struct document *document, enum paragraph_kind kind, const char *text);
void document_table(struct document *document, const struct table *table);
void document_chart(struct document *document, const struct chart *chart);

/* Adds a line of small print: `text` ("": nothing), then `words` that lead to the section of that id. */
void document_reference(struct document *document, const char *text, const char *words, const char *id);

/* Once all is added: takes out the words that lead to sections which the report does not have. */
void document_settle(struct document *document);

/* Adds a list to the open section; then items to that list. */
void document_list(struct document *document, enum list_kind kind);
void document_item(struct document *document, const char *lead, const char *text);

const struct document_head *document_head(const struct document *document);

/* The outermost blocks, each followed by `next`: sections, and what an author says before the first. */
const struct block *document_sections(const struct document *document);

#endif
