/* Where the page lies in the picture: from its QR code, and the brackets in its corners. */
#ifndef SURVEY_SCAN_CORNERS_H
#define SURVEY_SCAN_CORNERS_H

#include "survey/paper_geometry.h"
#include "survey/scan_code.h"
#include "survey/scan_plane.h"
#include "survey/scan_raster.h"

struct scan_corners {
    struct scan_pair brackets[4]; /* top left, top right, bottom right, bottom left: the corner of the middle
                                     line of its two arms; weight 0: not found */
    size_t found;
    struct scan_plane plane; /* if three were found at least */
    double darkness;         /* of what is printed black, in the raster of ink: 0 to 1 */
};

/* Looks for the brackets in `ink`, where the code says they should be, in a wide window around. False if
 * fewer than three were found. With three, where the fourth should be is less sure. */
bool scan_corners_find(struct scan_corners *corners, const struct scan_raster *ink,
                       const struct paper_geometry *geometry, const struct scan_code *code);

#endif
