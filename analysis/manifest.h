/* The list of files that Bilan wrote into a folder, kept there as `.bilan`: what a later run may replace.
 *
 * Each file is known by its name, its size and a checksum of its bytes, so that a file that somebody has
 * changed since, or put in its place, is not taken for Bilan's. What the pictures among them were drawn with
 * may be kept beside, as one word. */
#ifndef ANALYSIS_MANIFEST_H
#define ANALYSIS_MANIFEST_H

#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>

#define MANIFEST_NAME ".bilan"

struct manifest;

/* A file of the list, by a name relative to the folder ("report.html", "charts/composition.svg"). */
struct manifest_file {
    const char *name;
    unsigned long long size, checksum;
    const struct manifest_file *next;
};

/* An empty list. Lives as long as `arena`. */
struct manifest *manifest_create(struct arena *arena);

/* The list in `folder`; an empty one if there is none. NULL after a failure: it cannot be read, or is not
 * such a list. */
struct manifest *manifest_read(struct arena *arena, const char *folder, struct failure *failure);

/* The first file of the list, NULL if it is empty; the others follow by `next`. */
const struct manifest_file *manifest_first(const struct manifest *manifest);

/* Whether the file now at `path` is, byte for byte, one that the list has under that name. */
bool manifest_knows(const struct manifest *manifest, const char *name, const char *path);

/* Adds the file at `path` under `name`, as it is now. False after a failure. */
bool manifest_add(struct manifest *manifest, const char *name, const char *path, struct failure *failure);

/* What the list says that its pictures were drawn with; NULL if it does not. And setting it. */
const char *manifest_maker(const struct manifest *manifest);
void manifest_set_maker(struct manifest *manifest, const char *maker);

/* Adds all files of `other`, without its maker. */
void manifest_join(struct manifest *manifest, const struct manifest *other);

/* Writes the list into a new file at `path`. False after a failure. */
bool manifest_write(const struct manifest *manifest, const char *path, struct failure *failure);

#endif
