/* The tables of a comparison. */
#ifndef ANALYSIS_COMPARE_TABLES_H
#define ANALYSIS_COMPARE_TABLES_H

#include "analysis/compare_words.h"
#include "analysis/document.h"

#include <stdbool.h>

/* Adds the table of who answered in both waves. */
void compare_tables_add_waves(struct document *document, const struct compare_words *words);

/* Adds the table of the changes of the questions from `first` on to before `end`, of those that are shown. */
void compare_tables_add_changes(struct document *document, const struct compare_words *words, size_t first,
                                size_t end);

/* Adds the table of the people who answered both times, of all questions. */
void compare_tables_add_pairs(struct document *document, const struct compare_words *words);

/* Adds the table of what is not compared, and why. */
void compare_tables_add_rest(struct document *document, const struct compare_words *words);

#endif
