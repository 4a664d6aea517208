/* The results as results.json: for other programs, as the contract describes it. */
#ifndef ANALYSIS_RESULTS_JSON_H
#define ANALYSIS_RESULTS_JSON_H

#include "analysis/results.h"
#include "model/base/buffer.h"

#include <stddef.h>

/* Appends the document, with the wording of the language of that index in the questionnaire. Numbers have 17
 * significant digits; what is undefined or suppressed is null. Beyond the contract: `unanimous` and `census`
 * stand beside `suppressed` where they are true, `net_promoter_score` in scales from 0 to 10, `where` and
 * `notice` at the top where they were given. The same results give the same bytes. */
void results_json_write(struct buffer *buffer, const struct results *results, size_t language);

#endif
