/* The words and pairs of words that most answers hold: a first look, before anybody has given themes. */
#ifndef ANALYSIS_THEME_FREQUENT_H
#define ANALYSIS_THEME_FREQUENT_H

#include "analysis/theme_corpus.h"
#include "model/base/arena.h"

#include <stddef.h>

struct theme_phrase {
    const char *text; /* as most often written; forms that count as one, "services, service" */
    size_t count;     /* how many answers hold it */
};

struct theme_phrases {
    const struct theme_phrase *all; /* the most frequent first, then by their words */
    size_t count;
};

/* Words that two answers hold at least, up to `most`. Lives as long as `arena`. */
struct theme_phrases theme_frequent_words(struct arena *arena, const struct theme_corpus *corpus,
                                          size_t most);

/* The same of pairs: words that follow each other in a sentence, with at most common words between them
 * ("travail en groupe"). */
struct theme_phrases theme_frequent_pairs(struct arena *arena, const struct theme_corpus *corpus,
                                          size_t most);

#endif
