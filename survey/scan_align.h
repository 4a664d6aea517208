/* How a printed page lies in its picture, place by place: paper shrinks, bends and is folded, so that each
 * box is looked for where the corners say it is, and its neighbours are heard about it. */
#ifndef SURVEY_SCAN_ALIGN_H
#define SURVEY_SCAN_ALIGN_H

#include "survey/paper_geometry.h"
#include "survey/scan_corners.h"

/* Where a place's area is: the plane, and by how much the picture is beside it there. */
struct scan_seat {
    struct scan_point shift; /* points of the picture */
    double outline; /* how dark the outline of a box is where it was found, as a share of what is printed
                       black; 0 for a field */
    bool is_found;  /* the outline of a box was, by itself */
};

struct scan_alignment {
    struct scan_plane plane;
    struct scan_seat *seats; /* one per place of the geometry; of other pages zeroes */
    size_t boxes, found;     /* of this page: how many there are, and how many were found */
};

/* Refines the plane by the outlines of the boxes of `page`, and finds each box's own place. Memory from
 * `arena`. */
struct scan_alignment scan_align(struct arena *arena, const struct scan_raster *ink,
                                 const struct paper_geometry *geometry, unsigned page,
                                 const struct scan_corners *corners);

/* Where a point of the page is in the picture, for a place of that seat. */
struct scan_point scan_align_at(const struct scan_alignment *alignment, const struct scan_seat *seat,
                                double x, double y);

#endif
