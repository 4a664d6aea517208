/* Names of themes that look like slips of the pen. */
#ifndef ANALYSIS_THEME_SLIPS_H
#define ANALYSIS_THEME_SLIPS_H

#include "analysis/theme_coding.h"
#include "model/base/arena.h"
#include "model/base/diagnostic.h"

/* Warns of themes that may be one, written in two ways, and of commas where semicolons may be meant. Of more
 * than a few hundred themes, nothing is said. */
void theme_slips_warn(struct arena *arena, const struct theme_coding *coding,
                      struct diagnostics *diagnostics);

#endif
