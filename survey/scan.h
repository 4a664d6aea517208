/* survey scan FILE PAGES…: reads scanned paper sheets. */
#ifndef SURVEY_SCAN_H
#define SURVEY_SCAN_H

#include "model/base/command.h"

extern const struct command_option scan_options[];

/* Reads every page of the files; a sheet whose pages are all there, with nothing in doubt, goes into the
 * store. What was refused is said, each with its reason, and makes the status COMMAND_FAILED; it hinders no
 * other page.
 */
int scan_run(const struct arguments *arguments, struct failure *failure);

#endif
