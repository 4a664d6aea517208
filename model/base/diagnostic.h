/* Mistakes in a file: collected while it is read, printed together in the order of the source.
 *
 *     dip-2013.yaml:12:9: error: unknown question "compositon"; did you mean "composition"?
 *        12 |     when: compositon = 4
 *           |           ^~~~~~~~~~
 */
#ifndef BASE_DIAGNOSTIC_H
#define BASE_DIAGNOSTIC_H

#include "model/base/arena.h"

#include <stddef.h>
#include <stdio.h>

/* Where in a file. Lines and columns count from 1, columns in characters (not bytes); line 0: the file as a
 * whole; column 0: the line as a whole. `length` is how many characters the caret underlines (0 counts as 1).
 */
struct place {
    unsigned line, column, length;
};

/* The place of what stands between two pointers into the NUL-terminated `source`. */
struct place diagnostics_place(const char *source, const char *start, const char *end);

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diagnostics;

/* An empty list about `file` (the name as the user gave it), whose bytes are `source` (kept by reference;
 * NULL: there are none, and no source lines are shown). Lives as long as `arena`. */
struct diagnostics *diagnostics_create(struct arena *arena, const char *file);
void diagnostics_set_source(struct diagnostics *diagnostics, const char *source, size_t length);

/* Adds a mistake. The same text at the same place is added once. */
void diagnostics_error(struct diagnostics *diagnostics, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diagnostics_warning(struct diagnostics *diagnostics, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a line of help under the mistake added last, e.g. the source line as it should be. */
void diagnostics_help(struct diagnostics *diagnostics, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How many of a severity there are. */
size_t diagnostics_count(const struct diagnostics *diagnostics, enum severity severity);

/* Prints all in source order. Control characters and invalid UTF-8 of the source are shown as U+FFFD, long
 * lines are cut around the caret, and after 100 mistakes the rest is only counted. */
void diagnostics_print(const struct diagnostics *diagnostics, FILE *stream);

#endif
