/* Answers that say nearly the same, found by the words they share. */
#ifndef ANALYSIS_THEME_SIMILAR_H
#define ANALYSIS_THEME_SIMILAR_H

#include "analysis/theme_corpus.h"
#include "model/base/arena.h"

#include <stddef.h>

/* Answers in groups, and in an order in which similar answers stand together. */
struct theme_groups {
    const size_t *group; /* by answer: the number of its group, from 1 in that order; 0: of none */
    size_t count;        /* how many groups of two and more there are */
    const size_t *order; /* numbers of the answers: groups first, the largest of them first */
};

/* Groups the answers of a corpus, whose order must not depend on who gave them. An answer joins the group
 * whose first answer it is most similar to: by the cosine of the words of both, each counting the more the
 * fewer answers hold it (inverse document frequency; Salton & Buckley 1988, Information Processing &
 * Management 24, 513-523). The time grows with the number of answers, not with its square: a word that very
 * many answers hold brings no two together by itself. Answers of no group follow in the order of the most
 * frequent of their words, which several of them may share. Lives as long as `arena`. */
struct theme_groups theme_similar_group(struct arena *arena, const struct theme_corpus *corpus);

#endif
