/* survey close FILE: the end of the collection. */
#ifndef SURVEY_CLOSE_H
#define SURVEY_CLOSE_H

#include "model/base/command.h"

extern const struct command_option close_options[];

/* Ends the collection, rewrites the store, and says how many responses it has. Doing it again is fine. */
int close_run(const struct arguments *arguments, struct failure *failure);

#endif
