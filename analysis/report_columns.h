/* How wide the columns of a printed table are. */
#ifndef ANALYSIS_REPORT_COLUMNS_H
#define ANALYSIS_REPORT_COLUMNS_H

#include "analysis/table.h"

#include <stdbool.h>
#include <stddef.h>

/* The share of the table's width, in thousandths, of each column (`shares`, as many as the table has): wide
 * enough for its longest word, the more the longer its texts are. The sum is 1000. True: the words of a row
 * would not fit side by side in letters of the usual size, so they should be smaller. */
bool report_columns_share(const struct table *table, unsigned *shares);

#endif
