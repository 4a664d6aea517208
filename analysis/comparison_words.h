/* What tests found, in a report's words. All texts live as long as the prose's arena. */
#ifndef ANALYSIS_COMPARISON_WORDS_H
#define ANALYSIS_COMPARISON_WORDS_H

#include "analysis/prose.h"
#include "analysis/statistics/hypothesis_test.h"

#include <stdbool.h>

/* The name of the test, or why there is none: "Fisher’s exact test", "not tested: …". */
const char *comparison_words_test(const struct prose *prose, const struct hypothesis_test *test);

/* "p = 0.031", "p < 0.001"; and the number alone, as a table has it. "–" where there is none. */
const char *comparison_words_p(const struct prose *prose, double p);
const char *comparison_words_p_cell(const struct prose *prose, double p);

/* "Cliff’s delta 0.31 (0.05 to 0.53)"; "–" where there is none. */
const char *comparison_words_effect(const struct prose *prose, const struct effect *effect);

/* A difference of rates as "34 points". */
const char *comparison_words_points(const struct prose *prose, double difference);

/* Whether a test says that groups differ, at the report's confidence and adjusted for the number of tests. */
bool comparison_words_differ(const struct prose *prose, const struct hypothesis_test *test);

#endif
