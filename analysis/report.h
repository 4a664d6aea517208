/* The report of an evaluation: from the questionnaire and its store to files that can be read and printed. */
#ifndef ANALYSIS_REPORT_H
#define ANALYSIS_REPORT_H

#include "model/base/command.h"
#include "model/base/failure.h"

/* Runs `analysis report` with the options of analysis/report_arguments.h: computes the results, draws the
 * charts, and puts report.html, report.md, results.json, tables.csv and charts/ in place, all or none. Gives
 * the exit status. */
int report_run(const struct arguments *arguments, struct failure *failure);

#endif
