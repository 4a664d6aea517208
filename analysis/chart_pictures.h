/* The pictures of charts: drawn by gnuplot, or taken over from an earlier report where nothing has changed.
 */
#ifndef ANALYSIS_CHART_PICTURES_H
#define ANALYSIS_CHART_PICTURES_H

#include "analysis/chart_kinds.h"
#include "analysis/output.h"
#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

struct chart_pictures {
    struct arena *arena;
    const struct chart_theme *theme;
    const char *folder;    /* which exists */
    struct output *output; /* the set whose folder "charts" that is; NULL: nothing is taken over */
};

/* Writes the script, data and table of each of `count` charts, and makes its pictures. Those of an earlier
 * report are taken over if script and data are the same, nobody has touched them since, and the same gnuplot,
 * fonts and Bilan have drawn them; if all are, gnuplot is not started. False after a failure. */
bool chart_pictures_make(const struct chart_pictures *pictures, const struct chart_drawing *drawings,
                         size_t count, struct failure *failure);

#endif
