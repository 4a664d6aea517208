/* An unfinished form, sealed for the store: what was entered, the screen and the language to come back to. */
#ifndef SURVEY_DRAFT_H
#define SURVEY_DRAFT_H

#include "model/base/secret.h"
#include "survey/form.h"

/* The draft of a form whose next screen is `screen`, `*length` bytes in `arena`. What is known beforehand and
 * the form's key are not in it. It is filled up to a multiple of DRAFT_STEP bytes (and the seal), so that its
 * length tells little of what was entered. */
enum { DRAFT_STEP = 1024 };
const unsigned char *draft_seal(struct arena *arena, const struct questionnaire *questionnaire,
                                const struct secret *secret, const struct form *form, size_t screen,
                                size_t *length);

/* Opens a draft into a form just started, whose step becomes FORM_STAY. What no longer fits the questionnaire
 * (fields, codes that it has no more) is left out. False, with the form as it was: it is no draft of that
 * secret. Memory from `arena`. */
bool draft_open(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                const struct secret *secret, const unsigned char *sealed, size_t length);

#endif
