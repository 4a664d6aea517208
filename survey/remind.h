/* `survey remind`: writes once more to those who have not answered. */
#ifndef SURVEY_REMIND_H
#define SURVEY_REMIND_H

#include "model/base/command.h"

extern const struct command_option remind_options[];

/* Mails those whose link was not used; nothing it prints names anybody. A reminder that was broken off is
 * continued. */
int remind_run(const struct arguments *arguments, struct failure *failure);

#endif
