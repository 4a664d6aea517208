/* The QR codes in a picture (zbar). */
#ifndef SURVEY_SCAN_CODE_H
#define SURVEY_SCAN_CODE_H

#include "survey/scan_plane.h"
#include "survey/scan_raster.h"

#include <stddef.h>

struct scan_code {
    const char *text;
    struct scan_point corners[4]; /* as seen by who reads the code upright: top left, top right, bottom right,
                                     bottom left */
};

/* The codes of a grey picture; `*count` of them, none if nothing can be read. Memory from `arena`. */
const struct scan_code *scan_code_find(struct arena *arena, const struct scan_raster *grey, size_t *count);

#endif
