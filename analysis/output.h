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

/* Says what the pictures of the set are drawn with: a word that changes with whatever they depend on beside
 * their scripts and data. It is kept with the list of files. */
void output_set_maker(struct output *output, const char *maker);

/* Whether the file that the set has under that name is, byte for byte, what an earlier set left, whose
 * pictures were drawn with the same. */
bool output_is_unchanged(struct output *output, const char *name);

/* Copies a file into the set from the place where an earlier set, whose pictures were drawn with the same,
 * has put it. False, and nothing is copied, if that one left none of this name, if it is gone, or if anybody
 * changed it since. */
bool output_take_over(struct output *output, const char *name);

/* Takes a file out of the set. */
void output_drop(struct output *output, const char *name);

/* Puts every file of the set in place, and removes what an earlier set wrote and this one has not (only files
 * named in the list that the earlier set left). False after a failure. The set is gone either way. */
bool output_commit(struct output *output, struct failure *failure);

/* Throws the set away. NULL is allowed. */
void output_abandon(struct output *output);

#endif
