/* Files that appear together or not at all: written into a hidden folder beside their place, put in place by
 * rename once all have succeeded. No file that Bilan did not write is touched. */
#ifndef ANALYSIS_OUTPUT_H
#define ANALYSIS_OUTPUT_H

#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

struct output;

/* Begins a set of files for `folder`, which is made if missing. NULL after a failure. */
struct output *output_begin(const char *folder, struct failure *failure);

/* A folder inside the set ("charts"), made if missing, as a path that can be written to now. Lives as long as
 * the set. NULL after a failure. */
const char *output_folder(struct output *output, const char *name, struct failure *failure);

/* Writes a file of the set. False after a failure. */
bool output_write(struct output *output, const char *name, const char *bytes, size_t length,
                  struct failure *failure);

/* Puts every file of the set in place, and removes what an earlier set wrote and this one has not (only files
 * named in the list that the earlier set left). False after a failure. The set is gone either way. */
bool output_commit(struct output *output, struct failure *failure);

/* Throws the set away. NULL is allowed. */
void output_abandon(struct output *output);

#endif
