/* How often two readings of the same fields differ, and how sure that is. */
#ifndef SURVEY_KEYING_RATE_H
#define SURVEY_KEYING_RATE_H

#include <stddef.h>

struct keying_rate {
    double rate, low, high; /* shares, from 0 to 1; NaN where nothing was compared */
};

/* The rate of `different` among `compared` with its exact interval of 95 per cent (C. J. Clopper, E. S.
 * Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26,
 * 1934). */
struct keying_rate keying_rate(size_t different, size_t compared);

#endif
