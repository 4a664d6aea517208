/* How much computing one figure may take: a number of steps, never a time, so that the same counts give the
 * same figures on every machine. A step is some 5 nanoseconds. */
#ifndef ANALYSIS_STATISTICS_WORK_H
#define ANALYSIS_STATISTICS_WORK_H

#include <stdbool.h>

struct work {
    double left;
};

/* What a way to split a column costs, and each of its weights (column_split.h). */
#define WORK_OF_SPLIT  15.0
#define WORK_OF_WEIGHT 4.0

/* Takes that many steps; false once they are more than were left. */
static inline bool work_spend(struct work *work, double steps) {
    work->left -= steps;
    return work->left >= 0;
}

#endif
