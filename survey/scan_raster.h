/* A picture of a page as numbers: shades of grey, and what of them is ink. */
#ifndef SURVEY_SCAN_RASTER_H
#define SURVEY_SCAN_RASTER_H

#include "model/base/arena.h"

#include <stdbool.h>

/* Row by row, `width` values each. Of a grey picture 0 is black and 255 white; of ink 0 is paper and 255 the
 * darkest there can be. */
struct scan_raster {
    int width, height;
    unsigned char *values;
};

/* One of that size, all zeroes. */
struct scan_raster scan_raster_create(struct arena *arena, int width, int height);

/* How much darker each place of a grey picture is than the paper around it, as a share of the paper's
 * brightness: lamps, shadows and yellowed paper are undone. The paper is what nine tenths of a small square
 * are darker than, or the lightest such square beside it, so that a filled box is not taken for paper. */
struct scan_raster scan_raster_ink(struct arena *arena, const struct scan_raster *grey);

/* The value at a place between the points (bilinear), from 0 to 1; outside it is 0. The middle of the first
 * point is at 0, 0. */
double scan_raster_at(const struct scan_raster *raster, double x, double y);

/* Whether the place is in the picture. */
bool scan_raster_holds(const struct scan_raster *raster, double x, double y);

#endif
