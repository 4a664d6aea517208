/* A report's text as author_read.c leaves it for author_fill.c: pieces, with their holes read. */
#ifndef ANALYSIS_AUTHOR_SOURCE_H
#define ANALYSIS_AUTHOR_SOURCE_H

#include "analysis/author.h"
#include "analysis/author_condition.h"
#include "analysis/report_content.h"

enum author_piece_kind {
    AUTHOR_LITERAL, /* Markdown as it stands */
    AUTHOR_FIGURE,
    AUTHOR_TITLE,
    AUTHOR_ORGANISATION,
    AUTHOR_CONFIDENCE,
    AUTHOR_QUESTION, /* its wording */
    AUTHOR_OPTION,   /* likewise */
    AUTHOR_FINDING,
    AUTHOR_CHART, /* from here on to AUTHOR_PART: blocks */
    AUTHOR_TABLE,
    AUTHOR_THEMES,
    AUTHOR_QUOTES,
    AUTHOR_PART,
    AUTHOR_IF,
    AUTHOR_CLAIM
};

struct author_piece {
    enum author_piece_kind kind;
    struct place place;
    const char *text; /* literal; the name of a chart; a theme, or NULL */
    const struct author_figure *figure;
    const struct author_condition *condition;
    const struct item *item;         /* of a grid its first */
    const struct question *question; /* where a whole grid, or a question that is none, is meant; else NULL */
    size_t option;
    size_t by;   /* table: the breakdown's place; the number of breakdowns: none */
    size_t most; /* of quotations */
    enum report_part part;
    const struct author_piece *then, *otherwise; /* if; a claim has only the first */
    const struct author_piece *next;
};

struct author_text {
    const struct author_piece *pieces;
    size_t language;
    const char *file;
};

#endif
