/* Who is in both of two waves: nobody by the keys of the responses, or the stores are copies of one
 * collection; by a code that people made up for themselves, those whose answers can be compared with their
 * own.
 *
 * The codes stay in memory: nothing here tells one, and nobody else gets to see them. */
#ifndef ANALYSIS_COMPARE_PEOPLE_H
#define ANALYSIS_COMPARE_PEOPLE_H

#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"
#include "model/store_read.h"

#include <stddef.h>
#include <stdint.h>

/* What there is to read of a wave. */
struct compare_people_source {
    struct store *store;
    const struct item *code; /* the text item that holds it; NULL: no link is asked for */
};

/* One response of a pair. */
struct compare_people_pair {
    int64_t key;
    size_t number; /* of the pair, from 0, the same in both waves */
};

struct compare_people {
    size_t responses[2];
    size_t uncoded[2];  /* who gave no code */
    size_t repeated[2]; /* whose code stands several times in their wave: nobody knows which is whose */
    size_t matched;     /* people in both */
    size_t spared;      /* of these, left out so that those who are in one wave only are not few */
    size_t paired;      /* people who stay: matched less spared */
    const struct compare_people_pair *pairs[2]; /* in each wave, by ascending keys */
};

#define COMPARE_PEOPLE_NONE ((size_t)-1)

/* Reads both waves. Codes are the same if they are but for case and blanks (analysis/compare_code.h).
 *
 * Where only a few people, fewer than `minimum`, are in one wave and not in the other, the figures of the
 * wave less those of the pairs would tell what these few said. So some pairs are left out until at least
 * `minimum` people of each wave are in no pair, unless everybody is in one; which, depends on a checksum of
 * their code.
 *
 * NULL after a failure: a store cannot be read; responses are in both stores. Lives as long as `arena`. */
const struct compare_people *compare_people_read(struct arena *arena,
                                                 const struct compare_people_source sources[static 2],
                                                 size_t minimum, struct failure *failure);

/* The number of the pair that the response of that key in that wave (0 or 1) is of; COMPARE_PEOPLE_NONE. */
size_t compare_people_find(const struct compare_people *people, int wave, int64_t key);

#endif
