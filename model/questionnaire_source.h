/* The bytes of a questionnaire file, before anything of it is understood. */
#ifndef MODEL_QUESTIONNAIRE_SOURCE_H
#define MODEL_QUESTIONNAIRE_SOURCE_H

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>

enum { QUESTIONNAIRE_SOURCE_MOST = 4 << 20 };

/* The bytes of the file at `path`; NULL after an error: missing, unreadable, no regular file (nothing is
 * waited for), larger than QUESTIONNAIRE_SOURCE_MOST. */
const char *questionnaire_source_read(struct arena *arena, const char *path, size_t *length,
                                      struct diagnostics *diagnostics);

/* Whether the bytes are a text: UTF-8 without NUL and control characters, lines ended by LF or CRLF. Steps
 * over a byte-order mark. What is shown of the source in later mistakes is set. */
bool questionnaire_source_check(struct arena *arena, const char **source, size_t *length,
                                struct diagnostics *diagnostics);

#endif
