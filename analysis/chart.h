/* The charts of a report, drawn by one gnuplot process from the results. */
#ifndef ANALYSIS_CHART_H
#define ANALYSIS_CHART_H

#include "analysis/output.h"
#include "analysis/results.h"
#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

struct chart_theme;

struct chart_options {
    size_t language;                 /* index in the questionnaire's languages */
    bool diverging;                  /* ordered scales as bars around the middle (--likert diverging) */
    const struct chart_theme *theme; /* NULL: the default one */
};

/* One chart. Its files are <name>.svg, .png, .pdf, the script and data they are drawn from, .gp and .dat, and
 * what it shows as a table, .csv (analysis/chart_data.h). */
struct chart {
    const char *name;                /* "composition", "composition-by-role", "response-rate", … */
    const struct question *question; /* NULL for response-rate and responses-by-day */
    const struct breakdown *by;      /* what it shows the question by; NULL: none */
    const char *title, *subtitle;    /* as drawn: the question; base and n */
    const char *alternative; /* the chart in a sentence, with its main figures, for who cannot see it */
    double width, height;    /* in centimetres, as it should be printed */
};

struct charts {
    const struct chart *all;
    size_t count;
};

/* Every chart that the results have data for, as chart_draw would draw it, with nothing drawn and nothing
 * written. Lives as long as `arena`. */
const struct charts *chart_list(struct arena *arena, const struct results *results,
                                const struct chart_options *options);

/* Draws every chart that the results have data for, into `folder`, which exists. Where that is the folder
 * "charts" of `output` (which may be NULL), pictures of an earlier report that would be the same are taken
 * over (analysis/chart_pictures.h). The same results give the same bytes. NULL after a failure: gnuplot is
 * missing or fails (its message is passed on), a file cannot be written. Lives as long as `arena`. */
const struct charts *chart_draw(struct arena *arena, const struct results *results,
                                const struct chart_options *options, const char *folder,
                                struct output *output, struct failure *failure);

/* The chart of that name; NULL if it was not drawn. */
const struct chart *chart_find(const struct charts *charts, const char *name);

#endif
