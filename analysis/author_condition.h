/* A condition in a report's text: of an {{if}}, or of a {{claim}}.
 *
 *     condition = conjunction { "or" conjunction }
 *     conjunction = negation { "and" negation }
 *     negation = [ "not" ] ( "(" condition ")" | "shown" figure | comparison )
 *     comparison = side ("=" | "!=" | "<" | "<=" | ">" | ">=") side
 *     side = figure | number [ "%" ] | string
 *
 * Rates, their intervals and differences are compared in percent (and points), everything as exactly as the
 * counts let it be, never rounded. A figure in words may be compared with a string, blanks of all kinds being
 * equal. A comparison with a figure that is hidden or not defined is false, whichever it is. */
#ifndef ANALYSIS_AUTHOR_CONDITION_H
#define ANALYSIS_AUTHOR_CONDITION_H

#include "analysis/author_figure.h"

#include <stdbool.h>

struct author_condition;

/* Reads a condition up to the end of the hole. NULL after an error. */
const struct author_condition *author_condition_read(struct author_tokens *tokens,
                                                     const struct author_scope *scope);

bool author_condition_holds(const struct prose *prose, const struct author_condition *condition);

/* As it is written; and what its figures are at present: "rate composition = 69 %, …". */
const char *author_condition_written(const struct author_condition *condition);
const char *author_condition_present(const struct prose *prose, const struct author_condition *condition);

#endif
