/* One line of YAML, looked at as its author meant it rather than as it parses. */
#ifndef MODEL_YAML_LINE_H
#define MODEL_YAML_LINE_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Positions within it are bytes from its beginning. */
struct yaml_line {
    const char *text; /* without its end */
    size_t length;
    size_t offset; /* of its beginning in the source */
};

/* The line that the byte at `offset` is on; the one after a line (empty at the end of the source). `text` of
 * both is NUL-terminated only by the source's end. */
struct yaml_line yaml_line_at(const char *source, size_t length, size_t offset);
struct yaml_line yaml_line_after(const char *source, size_t length, const struct yaml_line *line);

/* Where the value begins in a line `key: value`, after any indentation and "- ". False if it has none. */
bool yaml_line_value(const struct yaml_line *line, size_t *from);

/* Where the unquoted text that begins at `from` was meant to end: before a comment, or, in brackets (`flow`),
 * before the next `, key:` or the closing bracket. */
size_t yaml_line_text_end(const struct yaml_line *line, size_t from, bool flow);

/* Whether a line `key: value` has a second colon in an unquoted value, where it and the value are. */
bool yaml_line_block_colon(const struct yaml_line *line, size_t *from, size_t *colon);

/* Whether the colon at `colon` stands in an unquoted value of `{key: value, …}`, and where that value begins.
 */
bool yaml_line_flow_colon(const struct yaml_line *line, size_t colon, size_t *from);

/* Whether the line begins with `key:value`, without a space, and where the colon is. */
bool yaml_line_tight_colon(const struct yaml_line *line, size_t *colon);

/* The last `quote` of the line, 0 if there is none; the one that opens the value before `at`. */
size_t yaml_line_last(const struct yaml_line *line, char quote);
bool yaml_line_opening(const struct yaml_line *line, size_t at, char quote, size_t *from);

/* The line with quotes put around, or the outer quotes changed of, what stands in `from` … `to`; with a space
 * put in at `at`. */
const char *yaml_line_quoted(struct arena *arena, const struct yaml_line *line, size_t from, size_t to);
const char *yaml_line_requoted(struct arena *arena, const struct yaml_line *line, size_t from, size_t to);
const char *yaml_line_spaced(struct arena *arena, const struct yaml_line *line, size_t at);

#endif
