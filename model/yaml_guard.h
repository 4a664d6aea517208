/* Sources on which the YAML library would take minutes or a gigabyte, told before it sees them. */
#ifndef MODEL_YAML_GUARD_H
#define MODEL_YAML_GUARD_H

#include "model/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the source is fit for the library. Otherwise one error says why not:
 * - a directive (a line that begins with %) other than `%YAML 1.2`: its scanning is quadratic in the line;
 * - more than YAML_GUARD_OPEN brackets and braces open at once, or more than YAML_GUARD_PARTS parts in one of
 * them: the library keeps all of it in memory before it gives the first part. Counted without regard to
 * quotes, so the limits are far beyond what any questionnaire has. */
enum { YAML_GUARD_OPEN = 1000, YAML_GUARD_PARTS = 200000 };
bool yaml_guard(const char *source, size_t length, struct diagnostics *diagnostics);

#endif
