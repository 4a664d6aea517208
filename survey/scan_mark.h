/* What is written in a place of the form: ink beside that of the empty form. */
#ifndef SURVEY_SCAN_MARK_H
#define SURVEY_SCAN_MARK_H

#include "survey/scan_align.h"

/* Shares of what is printed black: 0 is paper, 1 as dark as the print. Zeroed for places of other pages. */
struct scan_ink {
    double mean; /* inside a box's outline, more than in the page's empty boxes; in a field, without the rules
                    that are printed in it */
    double peak; /* of the darkest stroke */
    double cover;   /* the share of small squares inside that have ink: 1 for a box filled in */
    double around;  /* the mean outside the outline, as near as nothing is printed there */
    double ringed;  /* the share of the way around the box, outside, that has ink */
    double outline; /* of its outline, beside that of the page's others: 1; less if something hides it */
    bool is_whole;  /* all of it is in the picture */
};

/* Measures every place of a page; one struct per place of the geometry. `noise` becomes what the mean of an
 * empty box varies by on this page. Memory from `arena`. */
struct scan_ink *scan_mark_measure(struct arena *arena, const struct scan_raster *ink,
                                   const struct paper_geometry *geometry, unsigned page,
                                   const struct scan_alignment *alignment, double darkness, double *noise);

#endif
