/* How far coders agree who sorted the same answers into categories, beyond what chance would bring about. All
 * functions are pure. */
#ifndef ANALYSIS_STATISTICS_AGREEMENT_H
#define ANALYSIS_STATISTICS_AGREEMENT_H

#include "analysis/statistics/contingency.h"

#include <stddef.h>

/* Why there is no figure. */
enum agreement_reason {
    AGREEMENT_DEFINED,
    AGREEMENT_NOTHING_CODED, /* no answer was coded twice */
    AGREEMENT_ONE_CATEGORY   /* only one category was ever used: chance alone would agree as well */
};

/* Undefined: NaN. */
struct agreement {
    enum agreement_reason reason;
    size_t n;                  /* answers that were coded at least twice */
    double value;              /* 1: full agreement; 0: as by chance; below 0: less than that */
    double observed, expected; /* shares of agreement, as found and by chance */
    double standard_error;
    double low, high; /* undefined where the standard error is 0, as of coders who always agree: it says
                         nothing of others then */
};

/* Cohen's kappa of two coders: `table` is square, the first coder's category by the second's, each in the
 * same order (1960, Educational and Psychological Measurement 20, 37-46). The standard error is that of
 * Fleiss, Cohen & Everitt (1969, Psychological Bulletin 72, 323-327, formula 13; R psych::cohen.kappa,
 * vcd::Kappa), the interval value ± z standard errors, cut to [-1, 1]. Takes 0 < confidence < 1. */
struct agreement agreement_kappa(const struct contingency *table, double confidence);

/* Krippendorff's alpha for categories without order, of any number of coders, who need not have coded
 * everything (2004, Content Analysis, 2nd edition, section 11.3). Row i of `codings` tells how many coders
 * put an answer into each category; repeats[i] answers were coded that way (NULL: one each). Answers coded
 * once or not at all do not count. Without a standard error. */
struct agreement agreement_krippendorff(const struct contingency *codings, const size_t *repeats);

#endif
