/* What a syntax error most likely comes from, in plain words. */
#ifndef MODEL_YAML_EXPLAIN_H
#define MODEL_YAML_EXPLAIN_H

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>

/* Counts lines and characters up to an offset that mostly grows: each byte is then looked at once. Begins as
 * {source, length, 0, 1, 1}. */
struct yaml_cursor {
    const char *source;
    size_t length, offset;
    unsigned line, column;
};

/* The place of the byte at `offset`, with a length of 0; the cursor stays there. */
struct place yaml_cursor_place(struct yaml_cursor *cursor, size_t offset);

/* How many characters there are from the cursor to `end`, or to the end of its line if that comes before. */
unsigned yaml_cursor_characters(const struct yaml_cursor *cursor, size_t end);

struct yaml_mistake {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const char *source;
    size_t length;
    size_t offset;       /* where the YAML library noticed it */
    const char *message; /* what the library says */
    size_t open;         /* of the innermost bracket or brace still open; YAML_NOT_OPEN: none */
};
#define YAML_NOT_OPEN ((size_t)-1)

/* Adds the error for a syntax error: at the place where the mistake was made rather than where it was
 * noticed, and with the line as it should be where that can be known. */
void yaml_explain(const struct yaml_mistake *mistake);

/* Adds, as help to the mistake added last, the line of `start` with quotes around what stands from there to
 * `end` (0: to the end of that text, which lies in brackets if `flow`). Nothing if that is not on one line.
 */
void yaml_explain_quotes(struct arena *arena, struct diagnostics *diagnostics, const char *source,
                         size_t length, size_t start, size_t end, bool flow);

#endif
