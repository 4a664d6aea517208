/* Fisher's test by tables drawn at random. */
#ifndef ANALYSIS_STATISTICS_RANDOM_TABLES_H
#define ANALYSIS_STATISTICS_RANDOM_TABLES_H

#include "analysis/statistics/contingency.h"

#include <stddef.h>
#include <stdint.h>

/* What exact_table.h computes, estimated: (1 + how many of `draws` tables drawn with these margins are no
 * more probable than this one) / (1 + draws), as in R's fisher.test with simulate.p.value. Counts are drawn
 * one after the other, each given those before (hypergeometric), from numbers of GSL's mt19937 begun with
 * the lower 32 bits of `seed`: the same for the same counts, in whatever order rows and columns come, and
 * with both swapped. Takes a table of at least two rows and two columns, none empty. */
double random_tables_probability(const struct contingency *table, size_t draws, uint64_t seed);

#endif
