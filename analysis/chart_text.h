/* The words and figures on charts, in the language of the report. */
#ifndef ANALYSIS_CHART_TEXT_H
#define ANALYSIS_CHART_TEXT_H

#include "analysis/chart_theme.h"
#include "analysis/glyph.h"
#include "analysis/results.h"
#include "model/base/arena.h"
#include "model/base/language.h"

#include <stdbool.h>
#include <stddef.h>

/* What all charts of a report are drawn from and with. All texts live as long as `arena`. */
struct chart_context {
    struct arena *arena;
    struct glyphs *glyphs;
    const struct results *results;
    size_t language;     /* index in the questionnaire's languages */
    enum language words; /* the interface's */
    bool diverging;
    const struct chart_theme *theme;
    double width; /* of the sheet, see analysis/chart_sheet.h */
};

/* A message with its holes filled, which are given as names and values, ended by NULL. */
const char *chart_text(const struct chart_context *context, enum message message, ...)
    __attribute__((sentinel));

/* A questionnaire's text, line ends and the like made blanks; "" where there is none. */
const char *chart_text_wording(const struct chart_context *context, struct wording wording);

/* A share in whole percents, "63 %"; one that is near 0 or 100 but not there is never given as such. The same
 * without the sign. */
const char *chart_text_percent(const struct chart_context *context, double share);
const char *chart_text_bare_percent(const struct chart_context *context, double share);

/* The confidence level, "95 %". */
const char *chart_text_confidence(const struct chart_context *context);

/* A count; and a number with as many decimals as it needs, `decimals` at most. */
const char *chart_text_count(const struct chart_context *context, size_t count);
const char *chart_text_number(const struct chart_context *context, double number, int decimals);

/* A mean, with one decimal. */
const char *chart_text_mean(const struct chart_context *context, double mean);

/* One answer to a factor of a breakdown: the option's text, or the channel (where `factor` is NULL). */
const char *chart_text_option(const struct chart_context *context, const struct item *factor, size_t option);

/* The name of a group of a breakdown, by its answers: "Member", "Member × online"; or of the whole. */
const char *chart_text_group(const struct chart_context *context, const struct group_result *group);

/* What stands in place of a group's figures: that it is too small or hidden, that nobody expressed an answer;
 * NULL if it has figures. */
const char *chart_text_instead(const struct chart_context *context, const struct group_result *group);

/* The text, with a full stop unless it ends like a sentence; "" stays. */
const char *chart_text_sentence(const struct chart_context *context, const char *text);

/* The chart in words, for who cannot see it: its title and its figures, as sentences. */
const char *chart_text_say(const struct chart_context *context, const char *title, const char *figures);

/* The second text put behind the first, with `between` between them; an empty one is left out. */
const char *chart_text_join(const struct chart_context *context, const char *first, const char *between,
                            const char *second);

#endif
