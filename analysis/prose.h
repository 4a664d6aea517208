/* Figures as a report's language says them. All texts given live as long as the arena. */
#ifndef ANALYSIS_PROSE_H
#define ANALYSIS_PROSE_H

#include "analysis/figure_words.h"
#include "analysis/results.h"
#include "model/base/arena.h"
#include "model/base/language.h"

#include <stddef.h>

/* Who speaks, about what. */
struct prose {
    struct arena *arena;
    const struct results *results;
    size_t index;           /* of the report's language in the questionnaire's languages */
    enum language language; /* of the interface's words */
};

/* A message with its holes filled; `holes` as for language_fill, NULL for a message without holes. */
const char *prose_say(const struct prose *prose, enum message message, const struct hole *holes);

/* A whole number; a share in whole percents, where what is more than nothing or less than all never rounds to
 * it ("< 1%"); an end of an interval, in whole percents; a number, alone and with its question's unit. */
const char *prose_count(const struct prose *prose, size_t count);
const char *prose_percent(const struct prose *prose, double share);
const char *prose_limit(const struct prose *prose, double share);
const char *prose_number(const struct prose *prose, double number, int decimals);
const char *prose_quantity(const struct prose *prose, const struct question *question, double number,
                           int decimals);

/* How many decimals means and deviations of a question have wherever they stand; a mean with its unit. */
int prose_mean_decimals(const struct question *question);
const char *prose_mean(const struct prose *prose, const struct question *question, double mean);

/* A median or a quartile with its unit: an answer, or between two, so that it is often a whole number. */
const char *prose_quantile(const struct prose *prose, const struct question *question, double number);

/* The same without the unit, where another with it follows. */
const char *prose_bare_quantile(const struct prose *prose, const struct question *question, double number);

/* A day (2024-01-31) as it is read; "–" for NULL. */
const char *prose_date(const struct prose *prose, const char *day);

/* Two shares as "61–76%"; a census's as the word for it. */
const char *prose_interval(const struct prose *prose, double low, double high, bool census);

/* Of fewer people, sentences give counts only: a percentage would promise more than there is. */
enum { PROSE_PERCENT_FROM = 20 };

/* The share of `base` people as a sentence gives it: "69%, 52 of 75"; of few people only "7 of 12". */
const char *prose_proof(const struct prose *prose, const struct share *share, size_t base);

/* A share of a group, exactly, or as exactly as weights let it be. */
struct figure prose_figure(const struct group_result *group, const struct share *share);

/* A share of a group as a sentence says it, "nearly 60%" or "a quarter", with a capital (FIGURE_BEST of
 * analysis/figure_words.h); and to a tenth of a percent, as its proof. */
const char *prose_words(const struct prose *prose, const struct group_result *group,
                        const struct share *share);
const char *prose_exact(const struct prose *prose, const struct group_result *group,
                        const struct share *share);

/* The report's confidence as "95%". */
const char *prose_confidence(const struct prose *prose);

#endif
