/* The text of a mail or a letter: Markdown with holes, its level-1 heading the subject.
 *
 * A hole is `{{name}}`, or `{{name|words}}` with the words that stand there where a person has no name. What
 * has a hole without value and without such words is left out: a paragraph, a heading, or an item with all
 * below it, so that no sentence is broken. */
#ifndef SURVEY_TEMPLATE_H
#define SURVEY_TEMPLATE_H

#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>

struct template_source;

/* What the holes are filled with; NULL: there is none. */
struct template_values {
    const char *name;        /* of the person */
    const char *link, *code; /* personal */
    const char *address;     /* where the code is typed */
    const char *title;       /* of the questionnaire */
    const char *organisation;
    const char *closes; /* the last day, in words; NULL: none */
};

/* Reads a text. Mistakes (an unknown hole, with the nearest name; a hole that does not end; a picture; HTML;
 * a quotation; no subject, or two, or one that gives a link away; what is not UTF-8) go to the diagnostics
 * with their places, and NULL is given. `file` names it. Lives as long as `arena`. */
const struct template_source *template_read(struct arena *arena, const char *file, const char *text,
                                            size_t length, struct diagnostics *diagnostics);

/* Whether the text says the person's link or code: one that does not invites nobody. */
bool template_has_link(const struct template_source *text);

enum template_kind { TEMPLATE_HEADING, TEMPLATE_PARAGRAPH, TEMPLATE_BULLET, TEMPLATE_NUMBER, TEMPLATE_RULE };

/* How deep lists may be nested. */
enum { TEMPLATE_DEPTH_MOST = 6 };

/* A piece of text in one style; "\n" is a hard line break. */
struct template_run {
    const char *text;
    bool is_strong, is_emphasis;
};

struct template_block {
    enum template_kind kind;
    int level;      /* of a heading (2 and more; the subject is not among the blocks), a depth of lists */
    int number;     /* of a numbered item */
    bool continues; /* a paragraph more of the item before */
    const struct template_run *runs;
    size_t run_count;
};

struct template_text {
    const char *subject; /* one line; the title where a hole of the subject has no value */
    const struct template_block *blocks;
    size_t count;
};

/* The text with its holes filled. A value is never read as Markdown. A link with other words than its address
 * is followed by it: `words <address>`. The blanks that French sets before ? ! : ; % and inside its quotation
 * marks become no-break spaces. Memory from `arena`. */
struct template_text template_fill(struct arena *arena, const struct template_source *text,
                                   const struct template_values *values);

/* Markdown that has neither subject nor holes, such as a questionnaire's introduction. What a sheet of paper
 * cannot show is said as far as it has words: a quotation as paragraphs, a picture by its description; HTML
 * is left out. Memory from `arena`. */
struct template_text template_prose(struct arena *arena, const char *markdown);

/* Appends the blocks as plain text: lines of at most 72 characters, except where a word, such as a link, is
 * longer. */
void template_plain(struct buffer *buffer, const struct template_text *text);

#endif
