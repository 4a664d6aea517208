/* The parts of a report that are said in OpenDocument's own words, where pandoc's have no place for what it
 * needs: tables with lines and repeated headings, pictures with words for who cannot see them. The styles of
 * cells are in analysis/office/opendocument.xml. */
#ifndef ANALYSIS_REPORT_OPENDOCUMENT_H
#define ANALYSIS_REPORT_OPENDOCUMENT_H

#include "analysis/table.h"
#include "model/base/buffer.h"

#include <stddef.h>

/* Appends the styles of columns, to be declared once; the table. */
void report_opendocument_columns(struct buffer *buffer);
void report_opendocument_table(struct buffer *buffer, const struct table *table);

/* Appends a picture that stands in a line: the `number`-th of the file's, from 0; its size in centimetres. */
void report_opendocument_picture(struct buffer *buffer, size_t number, double width, double height,
                                 const char *alternative);

#endif
