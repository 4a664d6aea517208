/* The options of `analysis report`, read and checked. */
#ifndef ANALYSIS_REPORT_ARGUMENTS_H
#define ANALYSIS_REPORT_ARGUMENTS_H

#include "analysis/formats.h"
#include "analysis/results.h"
#include "model/base/arena.h"
#include "model/base/command.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

/* Their table, for the program's commands. */
extern const struct command_option report_arguments_table[];

struct report_arguments {
    const char *file;        /* the questionnaire */
    const char *store;       /* NULL: the default */
    const char *output;      /* NULL: the default */
    const char *chart_theme; /* a file; NULL: the default theme */
    const char *text;        /* the report's own (analysis/author.h); NULL: the default report */
    bool strict;             /* claims of the text that do not hold are a failure */
    struct results_options options;
    size_t language; /* index in the questionnaire's languages */
    bool charts, diverging;
    bool before_close; /* even while personal links are open */
    struct formats formats;
};

/* Reads what does not depend on the questionnaire. False after a failure: wrong usage. */
bool report_arguments_read(struct arena *arena, const struct arguments *given, struct report_arguments *read,
                           struct failure *failure);

/* Reads the rest: the language, the breakdowns, the expression of --where. False after wrong usage, with the
 * failure, or with the mistakes of the expression already printed. */
bool report_arguments_settle(struct arena *arena, const struct arguments *given,
                             const struct questionnaire *questionnaire, struct report_arguments *read,
                             struct failure *failure);

#endif
