/* The files of a chart: writing them, and finishing what gnuplot wrote. */
#ifndef ANALYSIS_CHART_FILES_H
#define ANALYSIS_CHART_FILES_H

#include "analysis/chart.h"
#include "analysis/chart_theme.h"
#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/failure.h"

#include <stdbool.h>

/* Writes a file. False after a failure. */
bool chart_files_write(const char *path, const struct buffer *contents, struct failure *failure);

/* The finished form of an SVG picture that gnuplot wrote (its bytes, NUL-terminated): with the chart's title
 * and words for who cannot see it, its size on paper, fonts to fall back to, and ids of its own; without what
 * draws nothing. */
void chart_files_finish_svg(struct buffer *to, const struct chart *chart, const struct chart_theme *theme,
                            const char *from);

/* Whether the finished SVG picture in the file at `path` has the chart's present title and words. */
bool chart_files_has_words(const struct chart *chart, const char *path);

/* Sets the time of creation in a PDF file's bytes to a fixed one of the same length. */
void chart_files_finish_pdf(struct buffer *pdf);

/* Finishes the chart's .svg and .pdf in `folder`. False after a failure. */
bool chart_files_finish(const struct chart *chart, const struct chart_theme *theme, const char *folder,
                        struct failure *failure);

#endif
