/* The command `themes`: the answers to an open question, to be coded by theme. */
#ifndef ANALYSIS_THEME_COMMAND_H
#define ANALYSIS_THEME_COMMAND_H

#include "model/base/command.h"

extern const struct command_option theme_command_options[];

/* Reads the coding of the question's answers if there is one, adds the answers that are new, writes it again,
 * and prints a first look at the answers and what was coded so far. A coding that cannot be read is left
 * alone, its mistakes printed. */
int theme_command_run(const struct arguments *arguments, struct failure *failure);

#endif
