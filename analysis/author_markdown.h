/* The Markdown of a report's text, once its holes are filled, as a report's tree. The one owner of cmark
 * here. */
#ifndef ANALYSIS_AUTHOR_MARKDOWN_H
#define ANALYSIS_AUTHOR_MARKDOWN_H

#include "analysis/document.h"
#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/diagnostic.h"

#include <stdbool.h>

/* What holes are masked with for author_markdown_check. */
#define AUTHOR_MARKDOWN_MASK 'x'

/* Complains of what cannot be in a report: HTML (but for comments, with nothing behind them where they begin
 * a line), pictures, a header of YAML, a second title, links that do not begin with http, https, mailto or #.
 * `masked` is `source` with its holes masked, byte by byte. */
void author_markdown_check(const char *masked, const char *source, struct diagnostics *diagnostics);

/* What fills a hole: said in the Markdown by author_markdown_append. */
enum author_mark_kind {
    AUTHOR_MARK_TEXT,   /* plain words, never read as Markdown */
    AUTHOR_MARK_WORDS,  /* likewise, with a capital at the start of a sentence */
    AUTHOR_MARK_DOUBT,  /* what follows is no longer true */
    AUTHOR_MARK_REMARK, /* ends that, with the reason */
    AUTHOR_MARK_BLOCK
};

struct author_mark {
    enum author_mark_kind kind;
    const char *text;
    const void *block;  /* whatever the caller means by it */
    struct place place; /* of the hole */
};

/* Appends the place of a mark, by its index. Marks hold only in what has no private-use characters of its
 * own: author_markdown_literal appends Markdown without them. */
void author_markdown_append(struct buffer *buffer, size_t mark);
void author_markdown_literal(struct buffer *buffer, const char *markdown);

/* Who writes what: blocks are handed to `add_block`, which adds them to the document at that level of
 * sections.
 */
struct author_writing {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct author_mark *marks;
    size_t mark_count;
    bool is_french; /* so that blanks before its signs do not break */
    void (*add_block)(const void *context, struct document *document, const struct author_mark *mark,
                      size_t level);
    const void *context;
};

/* The report that the Markdown makes; `head` without a title of its own gets that of the text. */
struct document *author_markdown_write(const struct author_writing *writing, const char *markdown,
                                       const struct document_head *head);

#endif
