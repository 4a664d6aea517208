/* Two waves of a questionnaire, compared: from two stores to files that can be read and printed. */
#ifndef ANALYSIS_COMPARE_H
#define ANALYSIS_COMPARE_H

#include "model/base/command.h"
#include "model/base/failure.h"

/* Runs `analysis compare WAVE1 WAVE2` with the options of analysis/compare_arguments.h: a wave is a store, or
 * a questionnaire file, which stands for its default store. Puts comparison.html, comparison.md,
 * comparison.json and comparison.csv in place, all or none. Gives the exit status. */
int compare_run(const struct arguments *arguments, struct failure *failure);

#endif
