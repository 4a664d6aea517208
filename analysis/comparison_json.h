/* The tests of a breakdown and the differences between its groups, as JSON. */
#ifndef ANALYSIS_COMPARISON_JSON_H
#define ANALYSIS_COMPARISON_JSON_H

#include "analysis/json_writer.h"
#include "analysis/results.h"
#include "analysis/statistics/hypothesis_test.h"

/* What a method is called in files ("fisher"); NULL for none. */
const char *comparison_json_method(enum test_method method);

/* One test as an object under `key`: method, p, effect, …; or null as method, and the reason. */
void comparison_json_test(struct json_writer *writer, const char *key, const struct hypothesis_test *test);

/* "tests" and, where there are favourable answers, "differences" of a breakdown, into the open object. */
void comparison_json_write(struct json_writer *writer, const struct breakdown_result *breakdown);

#endif
