/* A theme of charts, read from a file (YAML) and checked. */
#ifndef ANALYSIS_CHART_THEME_FILE_H
#define ANALYSIS_CHART_THEME_FILE_H

#include "analysis/chart_theme.h"
#include "model/base/arena.h"
#include "model/base/diagnostic.h"
#include "model/base/failure.h"

/* Sizes of labels, in points. */
#define CHART_THEME_SIZE_LEAST 7.0
#define CHART_THEME_SIZE_MOST  14.0

/* The theme in the `length` bytes at `source`, which must last as long as `arena`: what it does not name is
 * as in the default theme.
 *
 *     font: Liberation Sans      # a family that is installed
 *     size: 9                    # of labels, in points, 7 to 14
 *     background: none           # white, or a colour
 *     colours:                   # "#RRGGBB"; all keys: text, quiet_text, notice, grid, line, bar, strong,
 *       bar: "#5B8DB8"           #   light, pale, highlight, and the steps of answers: favourable, neutral,
 *       favourable: ["#123456", "#5B8DB8"]   # unfavourable, ordered: from the outermost to the innermost,
 *       unfavourable: "#D07B28"              # or the outermost alone
 *
 * Mistakes are noted, text that can hardly be read on its background (below 4.5 to 1, WCAG 2.2) among them.
 * Warnings: a font that is not installed, favourable and unfavourable answers that look alike in grey or to
 * the colour-blind, lines that can hardly be seen. NULL after a mistake. Lives as long as `arena`. */
const struct chart_theme *chart_theme_file_parse(struct arena *arena, const char *source, size_t length,
                                                 struct diagnostics *diagnostics);

/* The theme in the file at `path`; the default theme if that is NULL. What there is to say of it goes to
 * standard error. NULL after a mistake; after a failure, too: the file cannot be read. */
const struct chart_theme *chart_theme_file_read(struct arena *arena, const char *path,
                                                struct failure *failure);

#endif
