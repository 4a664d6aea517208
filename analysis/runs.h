/* The runs of an author's paragraph, as HTML and as Markdown. */
#ifndef ANALYSIS_RUNS_H
#define ANALYSIS_RUNS_H

#include "analysis/document.h"
#include "model/base/arena.h"
#include "model/base/buffer.h"

/* Appends the runs as HTML: a doubtful statement is a <mark>, the remark behind it a <small>. */
void runs_html(struct buffer *buffer, const struct run *runs);

/* Appends them as Markdown on lines of their own: a doubtful statement is between "⚠" and its remark, which
 * is in brackets. */
void runs_markdown(struct buffer *buffer, const struct run *runs);

/* Their words alone, in the memory of `arena`; a line break is a blank. */
const char *runs_plain(struct arena *arena, const struct run *runs);

#endif
