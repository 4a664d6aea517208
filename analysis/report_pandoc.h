/* A report as the tree that pandoc reads (its JSON, version 1.22.2), to become a file for word processors.
 * What pandoc has no element for, its numbered captions and its contents with page numbers, is said in the
 * words of the format itself. Styles are named: "Title", "Heading 1", "Finding", "Aside", "Notice", "Key
 * Figures", "Quotation", "Figure Picture", "Image Caption", "Table Caption", "Compact" and "Compact Small",
 * both also with " Together"; of parts of a line: "Key Figure", "Detail", "Doubtful", "Remark". */
#ifndef ANALYSIS_REPORT_PANDOC_H
#define ANALYSIS_REPORT_PANDOC_H

#include "analysis/document.h"
#include "model/base/buffer.h"

enum report_pandoc_format { REPORT_PANDOC_DOCX, REPORT_PANDOC_ODT };

/* Appends the tree. Its pictures are <chart>.png in the folder in which pandoc is run, and the logo, where
 * `logo` is not NULL, of that address. */
void report_pandoc_write(struct buffer *buffer, const struct document *document,
                         enum report_pandoc_format format, const char *logo);

#endif
