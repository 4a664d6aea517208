/* A heading's words as the id that links lead to: the same for as long as the heading stands. */
#ifndef ANALYSIS_SLUG_H
#define ANALYSIS_SLUG_H

#include "model/base/arena.h"
#include "model/names.h"

/* The id for a heading of these words: "text-" and its letters and digits, in lower case without accents, a
 * hyphen for whatever is between ("Élus, et après ?" is "text-elus-et-apres"), cut at some sixty bytes. One
 * that is `taken` already gets "-2", "-3", …; the new one is noted there. Memory from `arena`. */
const char *slug_take(struct arena *arena, struct names *taken, const char *words);

#endif
