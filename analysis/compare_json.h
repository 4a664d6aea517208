/* A comparison as JSON, for other programs (analysis.1 describes it). */
#ifndef ANALYSIS_COMPARE_JSON_H
#define ANALYSIS_COMPARE_JSON_H

#include "analysis/compare_results.h"
#include "model/base/buffer.h"

#include <stddef.h>

/* Appends comparison.json, with the texts in the language of that index of the second wave's questionnaire.
 */
void compare_json_write(struct buffer *buffer, const struct compare_results *results, size_t language);

/* Why a question is not compared, as files have it ("only_first"); NULL if it is. */
const char *compare_json_reason(const struct compare_question *question);

#endif
