/* The groups that what is known of the people invited makes of them: the smaller, the less they are hidden
 * in. */
#ifndef SURVEY_GROUPS_H
#define SURVEY_GROUPS_H

#include "model/base/arena.h"
#include "model/questionnaire.h"
#include "model/store_invitation.h"

#include <stddef.h>
#include <stdio.h>

enum { GROUPS_SMALL = 5 }; /* with fewer people, an answer may be told by its group */

struct group {
    const char *known; /* `role=member`, or all that is known of these people: `role=member service=north` */
    size_t count;
};

/* Every group of people whose links are not revoked: by one thing known, then by all of it where that is more
 * than one; by size, then by name. `*count` of them. Memory from `arena`. */
const struct group *groups_list(struct arena *arena, const struct invitation *people, size_t people_count,
                                size_t *count);

/* Says which groups are smaller than GROUPS_SMALL, and which have other sizes than the population's margins.
 */
void groups_warn(struct arena *arena, const struct questionnaire *questionnaire,
                 const struct invitation *people, size_t people_count, FILE *stream);

#endif
