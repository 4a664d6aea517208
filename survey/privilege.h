/* Giving up root, for good. */
#ifndef SURVEY_PRIVILEGE_H
#define SURVEY_PRIVILEGE_H

#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>

/* Becomes the user of that name, with its groups and no others, so that nothing can bring back what was given
 * up; no program that is started later can have more either. False with the failure: not root, no such user,
 * root itself, or a step that did not hold. */
bool privilege_drop(const char *name, struct failure *failure);

/* Whether the process may keep the store at `path`: read and write what is there of it and its siblings, and
 * add files to its folder, made or yet to be made. False with the failure, which names the first thing that
 * it may not write. */
bool privilege_may_keep(struct arena *arena, const char *path, struct failure *failure);

#endif
