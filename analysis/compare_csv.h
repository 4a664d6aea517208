/* A comparison as a long table, for spreadsheets and statistics programs. */
#ifndef ANALYSIS_COMPARE_CSV_H
#define ANALYSIS_COMPARE_CSV_H

#include "analysis/compare_results.h"
#include "model/base/buffer.h"

/* Appends comparison.csv: question, item, people, option, count_1, base_1, value_1, count_2, base_2, value_2,
 * difference, low, high, test, p, p_adjusted. `people` is "all" or "both" (who answered both times); `option`
 * a code, (favourable), (mean), (answers) for a test of all of them, or (not compared) with the reason as
 * `test`. A line for each figure; what is hidden is empty. */
void compare_csv_write(struct buffer *buffer, const struct compare_results *results);

#endif
