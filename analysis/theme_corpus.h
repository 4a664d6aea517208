/* Answers as lists of words, compared without case and accents, without common words, and with plurals as
 * their singular where that was written as well.
 *
 * "L’équipe" is the word "equipe", "manager's" is "manager"; words are parted by whatever is no letter.
 * Numbers are no words. */
#ifndef ANALYSIS_THEME_CORPUS_H
#define ANALYSIS_THEME_CORPUS_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word of an answer, as it stands there. */
struct theme_token {
    uint32_t word;          /* number of the word in the vocabulary */
    uint32_t start, length; /* in the answer, in bytes */
    bool follows;           /* the token before it is of the same sentence, with only common words between */
};

struct theme_corpus {
    const char *const *answers;
    const size_t *weights; /* how many gave each answer */
    size_t count;
    const struct theme_token *tokens; /* of all answers, in their order */
    const size_t *first;              /* count + 1: where the tokens of each answer begin */
    size_t word_count;
    const char *const *words; /* by number: without case and accents */
};

/* The corpus of `count` different answers, valid UTF-8. Lives as long as `arena`, as the answers must. */
const struct theme_corpus *theme_corpus_create(struct arena *arena, const char *const *answers,
                                               const size_t *weights, size_t count);

#endif
