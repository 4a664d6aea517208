/* survey import FILE ANSWERS.csv: a file of answers, all of it or nothing. */
#ifndef SURVEY_IMPORT_H
#define SURVEY_IMPORT_H

#include "model/base/command.h"

extern const struct command_option import_options[];

/* Checks every record like the form would; all that is wrong goes to standard error, each with its line.
 * Without an error, adds all records in one transaction. */
int import_run(const struct arguments *arguments, struct failure *failure);

#endif
