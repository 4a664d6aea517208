/* A report as GitHub-flavoured Markdown, with links to its charts' files. */
#ifndef ANALYSIS_REPORT_MARKDOWN_H
#define ANALYSIS_REPORT_MARKDOWN_H

#include "analysis/document.h"
#include "model/base/buffer.h"

/* Appends the report. The charts' files are referred to as charts/<name>.svg. */
void report_markdown_write(struct buffer *buffer, const struct document *document);

/* Appends plain text on one line so that nothing in it is taken for Markdown, HTML or a link; line ends
 * become blanks. */
void report_markdown_text(struct buffer *buffer, const char *text);

#endif
