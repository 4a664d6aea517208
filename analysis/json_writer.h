/* A JSON document (RFC 8259), written from its beginning to its end into a text. */
#ifndef ANALYSIS_JSON_WRITER_H
#define ANALYSIS_JSON_WRITER_H

#include "model/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

struct json_writer;

/* Everything is appended to `buffer`, which must outlive the writer. */
struct json_writer *json_writer_create(struct buffer *buffer);

/* Gives the memory back; all that was opened must be closed. */
void json_writer_destroy(struct json_writer *writer);

/* Begins and ends an object or an array. What is in it stands on lines of its own, or with `open_flat` on one
 * line, and so does all that is opened in it. In all functions `key` is the name of the value in its object,
 * a literal or an id; NULL in an array and for the document itself. */
void json_writer_open_object(struct json_writer *writer, const char *key);
void json_writer_open_array(struct json_writer *writer, const char *key);
void json_writer_open_flat(struct json_writer *writer, const char *key, bool array);
void json_writer_close(struct json_writer *writer);

/* A value. `text` is UTF-8, or NULL for null; a number that is not finite is null; others have 17 significant
 * digits. */
void json_writer_text(struct json_writer *writer, const char *key, const char *text);
void json_writer_number(struct json_writer *writer, const char *key, double number);
void json_writer_count(struct json_writer *writer, const char *key, size_t count);
void json_writer_truth(struct json_writer *writer, const char *key, bool truth);
void json_writer_null(struct json_writer *writer, const char *key);

#endif
