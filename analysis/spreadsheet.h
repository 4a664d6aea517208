/* Responses as spreadsheet programs like them: wording for codes, semicolons, decimal commas, no formulas. */
#ifndef ANALYSIS_SPREADSHEET_H
#define ANALYSIS_SPREADSHEET_H

#include "model/answer.h"
#include "model/base/buffer.h"

/* Appends a byte-order mark and the header line: the names of the columns, as in the CSV of answers. */
void spreadsheet_header(struct buffer *buffer, const struct questionnaire *questionnaire);

/* Appends the line of a response, in the questionnaire's default language. What was written by respondents or
 * in the questionnaire and begins with = + - @, a tab or a carriage return has an apostrophe put before it,
 * so that it cannot act as a formula; numbers stay numbers. */
void spreadsheet_record(struct buffer *buffer, const struct questionnaire *questionnaire,
                        const struct response *response);

#endif
