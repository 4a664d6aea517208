/* The results as tables.csv: one line per figure, for spreadsheets and statistics programs. */
#ifndef ANALYSIS_RESULTS_CSV_H
#define ANALYSIS_RESULTS_CSV_H

#include "analysis/results.h"
#include "model/base/buffer.h"

/* Appends the table: RFC 4180, LF, decimal point, numbers to 10 significant digits, empty for what is
 * undefined or suppressed. The columns are question, item, by, group, option, count, base, rate, low, high;
 * `by` and `group` are empty for all respondents, `item` is the question itself if it is no grid.
 *
 * One line for each option: count of `base` people who expressed themselves (of a ranking: who put it first).
 * Names in parentheses, which no code can be, are the other figures:
 *   (answered)                   count: who answered, no opinion included; base: who was asked
 *   (favourable), (unfavourable) like an option
 *   (mean)                       rate, low, high: the mean and its interval; count and base: who expressed
 *   (median)                     rate: the median, where it is a number; count and base as above */
void results_csv_write(struct buffer *buffer, const struct results *results);

#endif
