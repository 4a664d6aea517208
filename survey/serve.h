/* survey serve FILE: the form on the web. */
#ifndef SURVEY_SERVE_H
#define SURVEY_SERVE_H

#include "model/base/command.h"

extern const struct command_option serve_options[];

/* Loads the questionnaire, opens its store and serves it until it is told to stop. */
int serve_run(const struct arguments *arguments, struct failure *failure);

#endif
