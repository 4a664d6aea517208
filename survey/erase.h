/* `survey erase`: the end of retention. */
#ifndef SURVEY_ERASE_H
#define SURVEY_ERASE_H

#include "model/base/command.h"

extern const struct command_option erase_options[];

/* Erases the store of a closed collection with all files beside it, after asking on a terminal. Reports stay.
 */
int erase_run(const struct arguments *arguments, struct failure *failure);

#endif
