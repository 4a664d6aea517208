#include "analysis/chart_theme.h"

static const double DEFAULT_SIZE = 8.5;

const struct chart_theme *chart_theme_default(void) {
    static struct chart_theme theme = {.font = "Open Sans",
                                       .strong_font = "Open Sans Semibold",
                                       .size = 8.5,
                                       .breadth = 1,
                                       .text = 0x1F2328,
                                       .quiet_text = 0x5F666D,
                                       .notice = 0x9A3412,
                                       .grid = 0xDDE1E5,
                                       .line = 0x8A9199,
                                       .bar = 0x6FA3D0,
                                       .strong = 0x0F3D6B,
                                       .light = 0x9CC3E6,
                                       .pale = 0xC9DCEC,
                                       .highlight = 0xC8601A,
                                       .background = 0xFFFFFF};
    for (size_t i = 0; i < PALETTE_SIDE_COUNT; i++)
        theme.sides[i] = palette_default[i];
    return &theme;
}

double chart_theme_letters(const struct chart_theme *theme) {
    return theme->size / DEFAULT_SIZE;
}

double chart_theme_zoom(const struct chart_theme *theme) {
    return chart_theme_letters(theme) * theme->breadth;
}
