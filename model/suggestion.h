/* Unknown words: said with the word that was meant, or with those that are possible. */
#ifndef MODEL_SUGGESTION_H
#define MODEL_SUGGESTION_H

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

struct suggestion {
    struct place place;
    const char *what; /* the kind of word: "type" */
    const char *word;
    const char *const *candidates;
    size_t count;
};

/* Adds the error `unknown <what> "<word>"`: with the candidate it is near to or usually stands for, or else
 * with the candidates as help. */
void suggestion_error(struct arena *arena, struct diagnostics *diagnostics,
                      const struct suggestion *suggestion);

/* The candidate that was meant by `word`: near in letters, or what is usually called so elsewhere. NULL:
 * none. */
const char *suggestion_meant(const char *word, const char *const *candidates, size_t count);

#endif
