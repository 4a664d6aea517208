/* `survey revoke`: a link that no longer opens anything, or another in the place of a lost one. */
#ifndef SURVEY_REVOKE_H
#define SURVEY_REVOKE_H

#include "model/base/command.h"

extern const struct command_option revoke_options[];

/* Revokes or replaces the link of one person. What is printed does not depend on whether they have answered.
 */
int revoke_run(const struct arguments *arguments, struct failure *failure);

#endif
