/* survey check FILE…: every mistake of questionnaire files. */
#ifndef SURVEY_CHECK_H
#define SURVEY_CHECK_H

#include "model/base/command.h"

/* Checks each file; all mistakes go to standard error, one line for each file without an error to standard
 * output. COMMAND_FAILED if any file has an error. */
int check_run(const struct arguments *arguments, struct failure *failure);

#endif
