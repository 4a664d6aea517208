/* What word processors count for themselves, in the XML of their formats: the numbers of figures and tables,
 * and the contents, with what a reader sees before the program has counted. */
#ifndef ANALYSIS_REPORT_FIELD_H
#define ANALYSIS_REPORT_FIELD_H

#include "analysis/document.h"
#include "analysis/report_pandoc.h"
#include "model/base/buffer.h"
#include "model/base/language.h"

#include <stddef.h>

enum report_field_kind { REPORT_FIELD_FIGURE, REPORT_FIELD_TABLE };

/* Appends "Figure 3", whose number follows those before it. */
void report_field_number(struct buffer *buffer, enum report_pandoc_format format, enum report_field_kind kind,
                         enum language language, size_t number);

/* Appends the contents: the sections of the first two levels, linked, with their pages. */
void report_field_contents(struct buffer *buffer, enum report_pandoc_format format,
                           const struct document *document);

/* Appends the name under which a section's heading is found: its id, or, as word processors allow 40
 * characters that begin with a letter, one made of its place. */
void report_field_bookmark(struct buffer *buffer, const struct document *document, const char *id);

#endif
