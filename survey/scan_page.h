/* One page, from the bytes of a file to what is answered on it. */
#ifndef SURVEY_SCAN_PAGE_H
#define SURVEY_SCAN_PAGE_H

#include "survey/scan_forms.h"
#include "survey/scan_image.h"
#include "survey/scan_judge.h"

struct scan_picture {
    const unsigned char *bytes; /* PNG */
    size_t length;
};

struct scan_reading {
    bool is_last;        /* the file has no page behind this one, or none that can be found */
    const char *refusal; /* why nothing was read; NULL: all of it was */
    struct paper_label label;
    size_t form; /* index in the forms */
    size_t corners;
    const struct scan_verdict *verdicts; /* in the order of the blocks */
    const struct scan_picture *pictures; /* of those in doubt, else empty */
    size_t count;
};

/* Reads a page. Memory from `arena`. Meant for a process that may die of it (survey/scan_child.h). */
void scan_page_read(struct arena *arena, const struct scan_bytes *from, const struct scan_forms *forms,
                    struct scan_reading *reading);

#endif
