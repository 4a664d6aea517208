/* What commands that evaluate have in common: options read and checked, the questionnaire and the report's
 * text loaded, the results computed. */
#ifndef ANALYSIS_EVALUATION_H
#define ANALYSIS_EVALUATION_H

#include "analysis/author.h"
#include "analysis/chart.h"
#include "analysis/prose.h"
#include "analysis/report_arguments.h"
#include "analysis/results.h"
#include "model/base/command.h"

struct evaluation {
    struct arena *arena;
    const struct arguments *given;
    struct report_arguments arguments;
    const struct questionnaire *questionnaire;
    const struct author_text *text;  /* NULL: none was asked for */
    struct diagnostics *diagnostics; /* of the text */
    const struct chart_theme *theme; /* of charts */
    const struct results *results;
};

/* Does all of it, from options of report_arguments_table. Mistakes in files are printed. Gives the exit
 * status: COMMAND_DONE, or why it could not be done, with a failure unless mistakes were printed. */
int evaluation_run(struct evaluation *evaluation, struct arena *arena, const struct arguments *given,
                   struct failure *failure);

/* How the report's charts are drawn. */
struct chart_options evaluation_chart_options(const struct evaluation *evaluation);

/* Who speaks in the report. */
struct prose evaluation_prose(const struct evaluation *evaluation);

#endif
