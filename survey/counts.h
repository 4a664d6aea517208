/* How many were invited and have answered: together, by group, channel and day. While answers come in, counts
 * move in steps, so that nobody who watches them learns of a single one. */
#ifndef SURVEY_COUNTS_H
#define SURVEY_COUNTS_H

#include "model/store_read.h"

/* The responses by the options of a single-choice question: one whose margins are known, or a breakdown. */
struct counts_group {
    const struct item *item;
    const size_t *invited; /* one per option; NULL: not known */
    size_t *responses;     /* one per option, then those without an answer */
};

struct counts {
    const struct questionnaire *questionnaire;
    size_t step;    /* of all counts of responses: 1, or COUNTS_STEP */
    size_t invited; /* 0: not known */
    size_t links;   /* personal links, not revoked */
    size_t responses, channels[CHANNEL_COUNT];
    const size_t *channels_invited; /* NULL: not known */
    const struct counts_group *groups;
    size_t group_count;
    struct store_day *days; /* ascending */
    size_t day_count;
};

enum { COUNTS_STEP = 5 };

/* Counts what is in the store. False with the failure. Memory from `arena`. */
bool counts_take(struct counts *counts, struct arena *arena, const struct questionnaire *questionnaire,
                 struct store *store, struct failure *failure);

/* What is shown while answers come in. Rounding alone would not do: whoever knows who answers just now would
 * see which of the groups goes up with it. So all counts move together, and only once COUNTS_STEP responses
 * more, or fewer, are there. Begins all zero. */
struct counts_steady {
    struct arena *arena; /* NULL: nothing was counted yet */
    struct counts counts;
    size_t responses; /* how many there were */
};

/* Gives the counts as they may be shown now, valid until the next call. NULL after a failure. */
const struct counts *counts_watch(struct counts_steady *steady, const struct questionnaire *questionnaire,
                                  struct store *store, struct failure *failure);
void counts_forget(struct counts_steady *steady);

/* Rounds all counts of responses down to multiples of COUNTS_STEP. */
void counts_coarsen(struct counts *counts);

/* Whether anything is to be shown of a day: one with a count of 0 would tell that somebody answered. */
bool counts_is_day_shown(const struct store_day *day);

#endif
