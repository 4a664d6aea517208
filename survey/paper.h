/* `survey paper`: the questionnaire as a form on paper, and where its boxes are. */
#ifndef SURVEY_PAPER_H
#define SURVEY_PAPER_H

#include "model/base/command.h"

extern const struct command_option paper_options[];

/* Writes the form as a PDF, its geometry as JSON beside it, and the same JSON beside the store, where `survey
 * scan` finds it. */
int paper_run(const struct arguments *arguments, struct failure *failure);

#endif
