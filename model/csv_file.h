/* A CSV file as a whole, before its records are looked at. */
#ifndef MODEL_CSV_FILE_H
#define MODEL_CSV_FILE_H

#include "model/base/arena.h"
#include "model/base/diagnostic.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

/* Reads the file at `path`, of at most `most` MiB; the bytes must be given back with free(). False after a
 * failure. */
bool csv_file_read(const char *path, size_t most, char **bytes, size_t *length, struct failure *failure);

/* Whether the bytes are UTF-8 without NUL; otherwise what they are, and how to save the file, is among the
 * mistakes. */
bool csv_file_check(const char *bytes, size_t length, struct diagnostics *mistakes);

/* A cell as it can be shown in a message: not too long. Memory from `arena`. */
const char *csv_file_shown(struct arena *arena, const char *text);

#endif
