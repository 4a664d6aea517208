/* A chart's figures as a table, `<name>.csv`, for whoever draws it anew with other means: as tables.csv is
 * (RFC 4180, LF, decimal point, ten significant digits, empty for what is undefined or hidden), with the
 * questionnaire's codes and beside them (`…_text`) its wording in the chart's language. */
#ifndef ANALYSIS_CHART_DATA_H
#define ANALYSIS_CHART_DATA_H

#include "analysis/chart_base.h"
#include "analysis/chart_sheet.h"
#include "model/base/buffer.h"

/* A table is begun with the names of its columns, "answer,count"; then come the cells of each line (NaN is an
 * empty one), and its end. The buffer is chart_sheet_table's. */
void chart_data_begin(struct buffer *table, const char *columns);
void chart_data_text(struct buffer *table, const char *text);
void chart_data_number(struct buffer *table, double number);
void chart_data_end(struct buffer *table);

/* Each of the following is the whole table of a chart of the subject. By a breakdown, lines begin with
 * `group` and `group_text`, empty and "all" for all respondents; of a grid, `item` and `item_text` follow.
 * Groups, items and answers stand in the order of the questionnaire. */

/* Every answer: answer, answer_text, count, base, rate, low, high; of a ranking, whose count is of those who
 * put it first, also ranked, ranked_rate and mean_rank. After the options `(favourable)` in sum, where the
 * question says what is, and `no_opinion`, whose base are all who answered. */
void chart_data_answers(const struct chart_context *context, struct chart_sheet *sheet,
                        const struct chart_subject *subject);

/* The favourable share: count, base, rate, low, high. */
void chart_data_favourable(const struct chart_context *context, struct chart_sheet *sheet,
                           const struct chart_subject *subject);

/* The mean of a number: count, mean, low, high. */
void chart_data_means(const struct chart_context *context, struct chart_sheet *sheet,
                      const struct chart_subject *subject);

#endif
