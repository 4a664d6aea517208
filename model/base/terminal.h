/* What people read on a terminal or in a log. Names of files, answers and the words of others come from
 * anywhere: control signs, bytes that are no UTF-8 and the signs that turn the direction of what follows
 * (U+202A to U+202E, U+2066 to U+2069) are shown as U+FFFD, and steer nothing. All messages go through here.
 */
#ifndef MODEL_BASE_TERMINAL_H
#define MODEL_BASE_TERMINAL_H

#include "model/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

/* Appends the text as it may be shown. Line ends and tabs stay. */
void terminal_append(struct buffer *buffer, const char *text);

/* Writes as fprintf does, and only what may be shown. Line ends and tabs stay. */
void terminal_print(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes one line, whatever line ends there are in what it tells; the one at its end is added. */
void terminal_line(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
