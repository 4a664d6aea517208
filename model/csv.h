/* CSV by RFC 4180: records with the line each begins on, read strictly; cells written with minimal quoting.
 */
#ifndef MODEL_CSV_H
#define MODEL_CSV_H

#include "model/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

struct csv_reader;

/* Valid until the next call. Blank lines are no records. */
struct csv_record {
    const char *const *fields;
    size_t count;
    unsigned line; /* from 1, of its first character; a quoted field may go on over several */
};

/* Begins to read `length` bytes without NUL, which must outlive the reader. A byte-order mark is skipped; the
 * separator is the comma or the semicolon, whichever the first line has more of outside quotes. Lines end
 * with LF, CRLF or CR. */
struct csv_reader *csv_open(const char *bytes, size_t length);

/* The next record. False at the end, or at a mistake, after which nothing more can be read. */
bool csv_next(struct csv_reader *reader, struct csv_record *record);

/* What is wrong, and on which line; NULL if nothing is. */
const char *csv_mistake(const struct csv_reader *reader, unsigned *line);

/* What stands between the fields: ',' or ';'. */
char csv_separator(const struct csv_reader *reader);

/* NULL is allowed. */
void csv_close(struct csv_reader *reader);

/* Appends a cell, in quotes only if it holds the separator, a quote or a line end. */
void csv_append(struct buffer *buffer, const char *cell, char separator);

/* Whether a spreadsheet program would take the cell for a formula, and compute it. */
bool csv_is_formula(const char *cell);

/* Likewise, for a file that is opened in spreadsheets: an apostrophe makes what would be a formula a text. */
void csv_append_harmless(struct buffer *buffer, const char *cell, char separator);

#endif
