/* A coding with what somebody wrote into a copy of it. */
#ifndef ANALYSIS_THEME_UPDATE_H
#define ANALYSIS_THEME_UPDATE_H

#include "analysis/theme_coding.h"
#include "model/base/arena.h"

#include <stddef.h>

/* The coding `kept` (NULL: none yet) with every cell that is filled in `copy`, which may be of another coder;
 * a cell that is empty there leaves what is kept. `*replaced` becomes how many cells said something else
 * before. Lives as long as `arena`, as both must. */
struct theme_coding *theme_update(struct arena *arena, const struct theme_coding *kept,
                                  const struct theme_coding *copy, size_t *replaced);

#endif
