/* survey status FILE: how many were invited and how many answered. */
#ifndef SURVEY_STATUS_H
#define SURVEY_STATUS_H

#include "model/base/command.h"

extern const struct command_option status_options[];

/* Prints responses and rates: as a whole, by each margin of the population, by channel, by day. In the
 * questionnaire's default language. */
int status_run(const struct arguments *arguments, struct failure *failure);

#endif
