/* The options of `analysis compare`, read and checked. */
#ifndef ANALYSIS_COMPARE_ARGUMENTS_H
#define ANALYSIS_COMPARE_ARGUMENTS_H

#include "analysis/compare_results.h"
#include "analysis/formats.h"
#include "model/base/arena.h"
#include "model/base/command.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

/* Their table, for the program's commands. */
extern const struct command_option compare_arguments_table[];

struct compare_arguments {
    const char *output;      /* NULL: the default */
    const char *chart_theme; /* a file; NULL: the default theme */
    struct compare_options options;
    size_t language; /* index in the second wave's languages */
    bool charts, before_close;
    struct formats formats;
};

/* Reads what does not depend on the questionnaires; the language of the second wave's. False after a failure:
 * wrong usage. */
bool compare_arguments_read(struct arena *arena, const struct arguments *given,
                            struct compare_arguments *read, struct failure *failure);
bool compare_arguments_settle(struct arena *arena, const struct arguments *given,
                              const struct questionnaire *questionnaire, struct compare_arguments *read,
                              struct failure *failure);

#endif
