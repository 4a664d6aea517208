/* The tests and the differences between the groups of a report's breakdowns. */
#ifndef ANALYSIS_RESULTS_TESTS_H
#define ANALYSIS_RESULTS_TESTS_H

#include "analysis/results.h"
#include "analysis/study.h"
#include "analysis/study_hiding.h"

#include <stddef.h>

/* Sets the tests (not yet adjusted) and the differences of a breakdown whose groups are computed; `number` is
 * that of the study's breakdown. */
void results_tests_compute(const struct study *study, const struct study_hiding *hiding,
                           const struct item *item, size_t number, struct breakdown_result *breakdown);

/* Adjusts all tests of the results, those of each breakdown as one family. */
void results_tests_adjust(struct arena *arena, const struct results_options *options,
                          const struct breakdown_list *by, struct item_result *items, size_t item_count);

#endif
