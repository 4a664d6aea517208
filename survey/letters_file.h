/* A file that is written beside its place, for its owner's eyes only, and put there once it is whole. */
#ifndef SURVEY_LETTERS_FILE_H
#define SURVEY_LETTERS_FILE_H

#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

struct letters_file;

/* What a file that stands at the place must be, so that it may be replaced: how it is called, how it starts.
 */
struct letters_file_kind {
    const char *name, *start;
};
extern const struct letters_file_kind letters_file_pdf;

/* Begins the file. NULL after a failure: its folder is missing or may not be written to, or at `path` is
 * something else than a file of that kind. */
struct letters_file *letters_file_begin(const char *path, const struct letters_file_kind *kind,
                                        struct failure *failure);

/* Writes more of it. False if that failed, now or before. */
bool letters_file_write(struct letters_file *file, const unsigned char *bytes, size_t length);

/* Whether a write has failed, so that more are of no use. */
bool letters_file_has_failed(const struct letters_file *file);

/* Puts the file in its place, on disk. False after a failure, with nothing at its path touched. Both end the
 * file, and leave nothing beside it. */
bool letters_file_finish(struct letters_file *file, struct failure *failure);
void letters_file_abandon(struct letters_file *file);

#endif
