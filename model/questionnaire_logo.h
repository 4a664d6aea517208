/* The picture that a questionnaire names as its logo. */
#ifndef MODEL_QUESTIONNAIRE_LOGO_H
#define MODEL_QUESTIONNAIRE_LOGO_H

#include "model/base/arena.h"

#include <stddef.h>

enum { QUESTIONNAIRE_LOGO_MOST = 1 << 20 };

/* Why the file cannot be shown as a logo: missing, unreadable, no regular file (nothing is waited for),
 * larger than QUESTIONNAIRE_LOGO_MOST, neither SVG nor PNG by its bytes. NULL if it can. A relative `logo`
 * stands beside the questionnaire `file`. */
const char *questionnaire_logo_refusal(struct arena *arena, const char *file, const char *logo);

#endif
