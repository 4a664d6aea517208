/* gnuplot, as the one program that draws. */
#ifndef ANALYSIS_GNUPLOT_H
#define ANALYSIS_GNUPLOT_H

#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

/* Runs the scripts `<name>.gp` of `folder`, in this order, in one gnuplot process whose folder that is, with
 * an environment and settings that do not depend on who runs it. False after a failure: gnuplot is missing, a
 * script fails (its message is passed on). No scripts is fine. */
bool gnuplot_run(const char *folder, const char *const *names, size_t count, struct failure *failure);

/* Which program would be started, without starting it: its path, size and time. NULL if none is found. Lives
 * as long as `arena`. */
const char *gnuplot_identity(struct arena *arena);

#endif
