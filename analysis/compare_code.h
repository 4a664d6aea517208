/* Codes that people make up for themselves and write down twice, months apart. */
#ifndef ANALYSIS_COMPARE_CODE_H
#define ANALYSIS_COMPARE_CODE_H

#include "model/base/arena.h"

/* The code (valid UTF-8) without what may differ from one time to the next: blanks around it, several for one
 * within, and the case of Latin, Greek and Cyrillic letters. NULL if nothing is left. Memory from `arena`. */
const char *compare_code_normalise(struct arena *arena, const char *code);

#endif
