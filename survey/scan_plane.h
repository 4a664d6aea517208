/* Where the points of a page lie in its picture: a plane seen from anywhere (a homography). */
#ifndef SURVEY_SCAN_PLANE_H
#define SURVEY_SCAN_PLANE_H

#include <stdbool.h>
#include <stddef.h>

struct scan_point {
    double x, y;
};

/* A point of the page, in millimetres, and where it was found in the picture; `weight` says how sure that is
 * beside the others. */
struct scan_pair {
    struct scan_point page, picture;
    double weight;
};

/* Takes the page (x, y, 1) to (u, v, w), and so to the picture's (u / w, v / w). */
struct scan_plane {
    double of[9];
};

/* What fits the pairs best (weighted least squares): turned, moved and scaled by `scan_plane_turn` (two or
 * more), in any affine way by `scan_plane_stretch` (three or more), in perspective by `scan_plane_tilt` (four
 * or more; direct linear transformation, Hartley and Zisserman, Multiple View Geometry, 2nd ed., 4.1, with
 * their normalisation 4.4). False if the points do not say, as they lie on a line. */
bool scan_plane_turn(struct scan_plane *plane, const struct scan_pair *pairs, size_t count);
bool scan_plane_stretch(struct scan_plane *plane, const struct scan_pair *pairs, size_t count);
bool scan_plane_tilt(struct scan_plane *plane, const struct scan_pair *pairs, size_t count);

/* Where a point of the page is in the picture. */
struct scan_point scan_plane_at(const struct scan_plane *plane, double x, double y);

/* How many points of the picture a millimetre is at that place, both directions taken together. */
double scan_plane_scale(const struct scan_plane *plane, double x, double y);

#endif
