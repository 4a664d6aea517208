/* Fisher's exact test of a table of any size. */
#ifndef ANALYSIS_STATISTICS_EXACT_TABLE_H
#define ANALYSIS_STATISTICS_EXACT_TABLE_H

#include "analysis/statistics/contingency.h"

/* The probability of a table that is no more probable than this one, of all with its margins (Freeman &
 * Halton 1951, Biometrika 38, 141-149). What counts as equally probable is as in R's fisher.test: tables of
 * two rows and two columns whose probabilities differ by at most 1e-7 of themselves, others by 3.4525e-7. p
 * is the same, to the last digit, in whatever order rows and columns come, and with both swapped. Takes a
 * table of at least two rows and two columns, none empty.
 *
 * NaN where more than `steps` are needed (work.h), which depends on the counts alone; what is far too much
 * is told at once, from the margins. It takes up to some 200 MB while it works. Probabilities below 1e-300
 * are told as that. */
double exact_table_probability(const struct contingency *table, double steps);

#endif
