/* Whether what hidden people answered follows from what is possible at all.
 *
 * Each published sum, and each less the shown groups of another table that lie within it (as those of a
 * crossing lie within those of its factors), says how many of its people chose an answer. So does what is
 * left for some of them when the others are given the most, or the least, that the other sums allow. Two
 * things must not follow:
 *   - of what is left of a sum whose people differ, that hidden people are among it and are all of one mind:
 *     then each of them is known, however many they are;
 *   - how many of a hidden group under the minimum chose an answer, by the bounds that sums give one another.
 *     It is no secret that nobody did where a sum with the whole group in it says 0, or what all did where
 *     one says so of them all: this shows, and is flagged. */
#ifndef ANALYSIS_FEASIBLE_H
#define ANALYSIS_FEASIBLE_H

#include "analysis/disclosure.h"

#include <stdbool.h>

/* Whether anything of this follows. `*needed` becomes the first group without which it would not, of the
 * shown ones in the order of crossed tables before others and of sizes; or the very first if it takes more.
 */
bool feasible_find(const struct disclosure_question *question, struct disclosure *needed);

#endif
