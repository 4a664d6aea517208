/* Whether groups of respondents who weigh differently differ in their answers. */
#ifndef ANALYSIS_STATISTICS_RAO_SCOTT_H
#define ANALYSIS_STATISTICS_RAO_SCOTT_H

#include "analysis/statistics/hypothesis_test.h"
#include "analysis/statistics/weighting.h"

#include <stddef.h>

/* Counts of groups (rows) by answers (columns) in each cell of the weighting:
 * counts[(cell * rows + row) * columns + column]. Who is in no group or gave no answer is in none of them. */
struct rao_scott_table {
    size_t rows, columns;
    const size_t *counts;
};

/* Pearson's chi-squared of the weighted table with Rao and Scott's second-order correction, as an F test
 * (Rao & Scott 1984, Annals of Statistics 12, 46-60; Thomas & Rao 1987; R svychisq(statistic = "F")), the
 * variances by weighting_residuals, but without the correction for a finite population: the question is
 * whether chance could bring the difference about, not whether the people who were invited differ at all,
 * which they nearly always do (Cochran 1977, Sampling Techniques, section 2.14; so do the tests of groups
 * without weights). Its second degrees are the first times all responses less the strata, or
 * less 1 if raked (R degf). Effect: Cramér's V of the weighted table, corrected for bias (Bergsma 2013,
 * Journal of the Korean Statistical Society 42, 323-328).
 *
 * Empty rows and columns do not count. Refused: fewer than two rows (TEST_TOO_FEW) or columns
 * (TEST_CONSTANT); when all of every stratum responded (TEST_CENSUS); when the variances are not defined, as
 * with too many empty places in the table or each stratum of one mind, or of more than RAO_SCOTT_MOST (rows -
 * 1)(columns - 1) (TEST_FAILED). */
enum { RAO_SCOTT_MOST = 400 };
struct hypothesis_test rao_scott_test(const struct weighting *weighting, const struct rao_scott_table *table);

#endif
