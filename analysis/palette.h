/* The colours of charts: told apart with every kind of colour blindness and on a black-and-white printer,
 * since they differ in lightness and not only in hue. */
#ifndef ANALYSIS_PALETTE_H
#define ANALYSIS_PALETTE_H

#include <stddef.h>

/* The sides of an ordered list; PALETTE_ORDERED is a list without sides. */
enum palette_side {
    PALETTE_FAVOURABLE,
    PALETTE_NEUTRAL,
    PALETTE_UNFAVOURABLE,
    PALETTE_ORDERED,
    PALETTE_SIDE_COUNT
};

/* The colours of a side: lightness and chroma from the outermost step to the innermost, and hue in degrees
 * (CIE LCh). */
struct palette_ramp {
    double lightness[2], chroma[2], hue[2];
};

/* Those of the default theme: favourable steps go from deep to middle blue, unfavourable ones from deep to
 * light orange, neutral ones are nearly white; a list without sides goes from deep to light blue. Blue is
 * always darker than orange, and orange darker than neutral; within a side, the steps become lighter. */
extern const struct palette_ramp palette_default[PALETTE_SIDE_COUNT];

/* The colour, 0xRRGGBB as all of them, of step `step` of `count`. Step 0 is the outermost. */
unsigned palette_scale(const struct palette_ramp *ramp, size_t step, size_t count);

/* The ramp between two colours; and the one that begins at a colour and runs as `like` does. */
struct palette_ramp palette_ramp_between(unsigned outermost, unsigned innermost);
struct palette_ramp palette_ramp_from(unsigned outermost, const struct palette_ramp *like);

/* The colour, black or white, in which text on `fill` reads best: at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
unsigned palette_text_on(unsigned fill);

/* The lightness L* (CIE 1976) of a colour, 0 black to 100 white. */
double palette_lightness(unsigned colour);

/* The contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
double palette_contrast(unsigned one, unsigned other);

/* How a colour looks to who has no cones for long (PROTAN), middle (DEUTAN) or short waves (TRITAN): Machado,
 * Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009,
 * severity 1. */
enum palette_vision { PALETTE_PROTAN, PALETTE_DEUTAN, PALETTE_TRITAN, PALETTE_VISION_COUNT };
unsigned palette_seen(enum palette_vision vision, unsigned colour);

/* How far two colours look apart (CIE 1976, L*a*b*): from about 2 on when side by side, 20 at a glance. */
double palette_difference(unsigned one, unsigned other);

#endif
