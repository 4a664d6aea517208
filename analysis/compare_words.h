/* The figures of a comparison as a report's language says them. All texts live as long as the arena. */
#ifndef ANALYSIS_COMPARE_WORDS_H
#define ANALYSIS_COMPARE_WORDS_H

#include "analysis/compare_results.h"
#include "analysis/prose.h"

#include <stdbool.h>
#include <stddef.h>

/* Who speaks, about what: `prose` in the second wave's words, `first` in the first's. */
struct compare_words {
    struct prose prose, first;
    const struct compare_results *results;
};

/* The words of results, in the second wave's language of that index; of the first wave's own first one where
 * it does not have that. Texts come from `arena`. */
struct compare_words compare_words_of(struct arena *arena, const struct compare_results *results,
                                      size_t language);

/* The question, with the line of its grid; of the first wave where the second has none. */
const char *compare_words_question(const struct compare_words *words, const struct compare_match *match);

/* A figure of a wave, and its base: "61%" and "52 of 85", "3.25" and "n = 85". */
const char *compare_words_value(const struct compare_words *words, const struct compare_question *question,
                                enum compare_subject subject, double value);
const char *compare_words_base(const struct compare_words *words, enum compare_subject subject, size_t count,
                               size_t base);

/* A difference with its sign: "+14" points of percentage, "−0.25" of a mean; and two as "+2 to +25", or the
 * word for a census, or a dash. */
const char *compare_words_difference(const struct compare_words *words, enum compare_subject subject,
                                     double difference);
const char *compare_words_interval(const struct compare_words *words, enum compare_subject subject,
                                   double low, double high, bool census);

/* The difference of a change, with ▲ or ▼ before it if it is more than chance would explain. */
const char *compare_words_marked(const struct compare_words *words, const struct compare_change *change);

/* The name of a test, or why there is none; the same of a test of pairs. */
const char *compare_words_test(const struct compare_words *words, const struct hypothesis_test *test);
const char *compare_words_pair_test(const struct compare_words *words, const struct hypothesis_test *test);

/* Whether a test says at the report's confidence that something has changed, adjusted for the number of
 * tests. */
bool compare_words_changed(const struct compare_words *words, const struct hypothesis_test *test);

/* A change as a sentence that begins with its figure: `*lead` becomes "+14", and the rest "points for …". */
const char *compare_words_sentence(const struct compare_words *words, const struct compare_question *question,
                                   const struct compare_change *change, const char **lead);

#endif
