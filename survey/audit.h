/* survey audit FILE: tries on the store's own files to tell who answered what, and when. */
#ifndef SURVEY_AUDIT_H
#define SURVEY_AUDIT_H

#include "model/base/command.h"

extern const struct command_option audit_options[];

/* Opens nothing for writing. Prints, in the questionnaire's first language, what was looked at, what was
 * found, what it means and what to do. COMMAND_DONE if nothing ties a person to a response, COMMAND_FAILED if
 * something does or could, or if the store cannot be read. */
int audit_run(const struct arguments *arguments, struct failure *failure);

#endif
