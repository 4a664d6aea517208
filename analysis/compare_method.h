/* How to read the figures of a comparison, in plain words. */
#ifndef ANALYSIS_COMPARE_METHOD_H
#define ANALYSIS_COMPARE_METHOD_H

#include "analysis/compare_words.h"
#include "analysis/document.h"

/* Adds the section: what a change is, its interval, whether the same people are in both waves, the tests and
 * their number, what is hidden. */
void compare_method_add(struct document *document, const struct compare_words *words);

#endif
