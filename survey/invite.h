/* `survey invite`: a personal link for each person of a roster. */
#ifndef SURVEY_INVITE_H
#define SURVEY_INVITE_H

#include "model/base/command.h"

extern const struct command_option invite_options[];

/* Invites those of the roster who are not invited yet, all of them or none, and delivers the links of all of
 * the roster. Running it again is harmless. */
int invite_run(const struct arguments *arguments, struct failure *failure);

#endif
