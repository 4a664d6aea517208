/* Whether what is drawn with a theme can be read and told apart. */
#ifndef ANALYSIS_CHART_THEME_CHECK_H
#define ANALYSIS_CHART_THEME_CHECK_H

#include "analysis/chart_theme.h"
#include "model/base/diagnostic.h"

/* Where a theme's file says what it says of colours; line 0: it does not. */
struct chart_theme_places {
    struct place text, quiet_text, notice, bar, strong, light, pale, background;
    struct place sides[PALETTE_SIDE_COUNT];
};

/* Notes as mistakes what could hardly be read, as warnings what could hardly be seen or told apart; the
 * default theme has neither. */
void chart_theme_check(const struct chart_theme *theme, const struct chart_theme_places *places,
                       struct diagnostics *diagnostics);

#endif
