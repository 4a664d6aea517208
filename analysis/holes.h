/* The command `holes`: every hole that a report's text can have, with its present value. */
#ifndef ANALYSIS_HOLES_H
#define ANALYSIS_HOLES_H

#include "model/base/command.h"

extern const struct command_option holes_options[];

int holes_run(const struct arguments *arguments, struct failure *failure);

#endif
