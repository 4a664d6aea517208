/* The figures of those who answered both times, and which of them may be told.
 *
 * What an attacker has: the figures of each wave, and of the pairs in it. What is between them is what the
 * others of the wave said, so these must be nobody, or at least the minimum cell. And how many changed their
 * minds tells, of all who said one thing at one time, how many of them said what at the other: so each such
 * group, too, must be nobody, or at least the minimum cell. A test of such a table says as much as the table.
 */
#ifndef ANALYSIS_COMPARE_PAIRING_H
#define ANALYSIS_COMPARE_PAIRING_H

#include "analysis/compare_results.h"

/* One question of which pairs were counted. */
struct compare_pairing_source {
    const struct compare_pairs *pairs;
    const struct compare_question *question;
    const struct results_options *options;
    enum interval_method interval;
    size_t population; /* N of the people who can be in both; 0: not known */
};

/* Whether the pairs of the question may be shown at all: FEW, APART or SHOWN. */
enum compare_pairing_state compare_pairing_check(const struct compare_pairing_source *source);

/* The pairing of one change, after SHOWN: with its figures, or RARE; its test comes from `arena`. */
struct compare_pairing compare_pairing_make(struct arena *arena, const struct compare_pairing_source *source,
                                            const struct compare_change *change);

/* What the pairs' two answers have in common, for wave_compare, after SHOWN of the change too. */
struct wave_overlap compare_pairing_overlap(const struct compare_pairing_source *source,
                                            const struct compare_change *change);

/* The test of all answers of a single choice or a scale, first by second; answers that few gave at either
 * time are put together with the next. NULL for other questions, and of fewer than three answers. */
struct comparison_test *compare_pairing_answers(struct arena *arena,
                                                const struct compare_pairing_source *source);

#endif
