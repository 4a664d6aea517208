/* The colours of charts: told apart with every kind of colour blindness and on a black-and-white printer,
 * since they differ in lightness and not only in hue. */
#ifndef ANALYSIS_PALETTE_H
#define ANALYSIS_PALETTE_H

#include <stddef.h>

/* Colours are 0xRRGGBB. */
enum palette_colour {
    PALETTE_TEXT = 0x1F2328,
    PALETTE_QUIET_TEXT = 0x5F666D,
    PALETTE_NOTICE = 0x9A3412,
    PALETTE_GRID = 0xDDE1E5,
    PALETTE_LINE = 0x8A9199,
    PALETTE_BAR = 0x6FA3D0,
    PALETTE_STRONG = 0x0F3D6B, /* intervals, dots, what matters */
    PALETTE_LIGHT = 0x9CC3E6,  /* beside PALETTE_STRONG */
    PALETTE_PALE = 0xC9DCEC,
    PALETTE_WARM = 0xC8601A
};

enum palette_side { PALETTE_FAVOURABLE, PALETTE_NEUTRAL, PALETTE_UNFAVOURABLE, PALETTE_ORDERED };

/* The colour of step `step` of `count` on one side of an ordered list. Step 0 is the outermost: favourable
 * steps go from deep to middle blue, unfavourable ones from deep to light orange, neutral ones are nearly
 * white. A list without sides (PALETTE_ORDERED) goes from deep to light blue. Blue is always darker than
 * orange, and orange darker than neutral; within a side, the steps become lighter. */
unsigned palette_scale(enum palette_side side, size_t step, size_t count);

/* The colour, black or white, in which text on `fill` reads best: at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
unsigned palette_text_on(unsigned fill);

/* The lightness L* (CIE 1976) of a colour, 0 black to 100 white. */
double palette_lightness(unsigned colour);

/* The contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
double palette_contrast(unsigned one, unsigned other);

#endif
