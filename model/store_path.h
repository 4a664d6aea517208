/* Where a questionnaire's store is. */
#ifndef MODEL_STORE_PATH_H
#define MODEL_STORE_PATH_H

#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stdbool.h>

/* The path of the store: `given` (the value of --store) if not NULL, else the environment's SURVEY_STORE if
 * not empty, else results/<questionnaire>/answers.db. */
const char *store_path_choose(struct arena *arena, const struct questionnaire *questionnaire,
                              const char *given);

/* Makes the folder in which `path` lies, with those above it, if missing. False after a failure. */
bool store_path_make_folder(struct arena *arena, const char *path, struct failure *failure);

#endif
