/* How charts look: font, size and colours, one theme for all charts of a report. */
#ifndef ANALYSIS_CHART_THEME_H
#define ANALYSIS_CHART_THEME_H

#include "analysis/palette.h"

#include <stdbool.h>

struct chart_theme {
    const char *font;        /* the family */
    const char *strong_font; /* "Open Sans Semibold", or the bold face of a family that has no semibold one */
    double size;             /* of labels, in points; all other sizes keep their proportion to it */
    double breadth;          /* how much wider its letters are than those of the default font, 1 at least */
    unsigned text, quiet_text, notice;
    unsigned grid, line;
    unsigned bar, strong; /* strong: intervals, dots, what matters, also upon a bar */
    unsigned light, pale; /* beside strong */
    unsigned highlight;
    unsigned background;
    bool transparent; /* no background is drawn; `background` is what is behind the chart, as far as known */
    struct palette_ramp sides[PALETTE_SIDE_COUNT];
};

/* The theme of reports for which none is given. */
const struct chart_theme *chart_theme_default(void);

/* By how much the sheet of a chart is larger than at the default size: places and lengths; and letters. */
double chart_theme_zoom(const struct chart_theme *theme);
double chart_theme_letters(const struct chart_theme *theme);

#endif
