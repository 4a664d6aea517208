/* survey remove FILE --sheet NUMBER: takes a mistyped paper sheet out of the store. */
#ifndef SURVEY_REMOVE_H
#define SURVEY_REMOVE_H

#include "model/base/command.h"

extern const struct command_option remove_options[];

/* Takes the sheet's response out. A sheet that is not in the store is a failure. */
int remove_run(const struct arguments *arguments, struct failure *failure);

#endif
