/* The people to invite: a CSV file, checked whole. */
#ifndef SURVEY_ROSTER_H
#define SURVEY_ROSTER_H

#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stddef.h>

struct roster_person {
    unsigned line;
    const char *name, *email; /* one of them at least; NULL: none */
    const char *language;     /* a tag of the questionnaire's; NULL: the file says none */
    const char *known;        /* as in struct invitation, in the order of the population's margins */
};

struct roster {
    const struct roster_person *people;
    size_t count;
};

/* Reads and checks the file. NULL if anything is wrong: each mistake was printed to standard error as
 * `file:line: error: …`, or the failure is set. Memory from `arena`. */
const struct roster *roster_read(struct arena *arena, const char *path,
                                 const struct questionnaire *questionnaire, struct failure *failure);

#endif
