/* The numbers of paper sheets: eight digits, of which the last checks the others. */
#ifndef SURVEY_PAPER_SHEET_H
#define SURVEY_PAPER_SHEET_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a sheet's number is one that forms are printed with: from 10000000 to 99999999, its last digit that
 * of Damm's scheme (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004), which tells every single wrong
 * digit and every two neighbours exchanged. */
bool paper_sheet_is_sound(int64_t sheet);

/* A random one, tied to nobody. */
int64_t paper_sheet_new(void);

/* The one that follows; behind the last comes the first. */
int64_t paper_sheet_next(int64_t sheet);

#endif
