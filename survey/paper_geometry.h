/* Where everything stands on a printed form, for whoever reads it back: millimetres from the top left of its
 * page, before printing. Kept as JSON beside the form. */
#ifndef SURVEY_PAPER_GEOMETRY_H
#define SURVEY_PAPER_GEOMETRY_H

#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/failure.h"
#include "survey/paper_label.h"
#include "survey/paper_sheet.h"

#include <stdbool.h>
#include <stddef.h>

struct paper_area {
    double x, y, width, height;
};

enum paper_place_kind {
    PAPER_BOX,  /* to be marked: one answer */
    PAPER_FIELD /* to be written in: a number, a date, words */
};

/* Lines that are printed in a field, so that they are not taken for writing: how far from its left, or its
 * top. */
struct paper_rules {
    const double *at;
    size_t count;
};

struct paper_place {
    enum paper_place_kind kind;
    unsigned page; /* from 1 */
    struct paper_area area;
    const char *item; /* the id of the item (a question, a line of a grid) that is answered */
    const char
        *code;     /* of a box: the answer's (no_opinion and not_concerned too); of a field beside an option
                      ("other: …"): the option's; else NULL */
    unsigned rank; /* of a box of a ranking: the place it gives to the option, from 1; else 0 */
    struct paper_rules upright, level; /* of a field */
};

/* What is answered together, and shown to a person together: a question, or one line of a grid. A question
 * larger than a page has a block on each of its pages, one after the other. */
struct paper_block {
    const char *question, *item; /* ids */
    unsigned page;
    struct paper_area area; /* wording and answers */
    size_t first, count;    /* its places: a run of them */
};

struct paper_geometry {
    const char *questionnaire; /* its id */
    const char *version;       /* eight hexadecimal digits: of everything below, and of the wording printed */
    const char *language;      /* a tag */
    unsigned pages;
    double width, height;    /* of a page */
    struct paper_area frame; /* the outer corners of the four brackets; the same on every page */
    double arm, thickness;   /* of a bracket */
    double outline;          /* how thick the line of a box is, all of it inside the box's area */
    struct paper_area code;  /* the QR code without its quiet zone; the same on every page */
    const struct paper_block *blocks;
    size_t block_count;
    const struct paper_place *places; /* in reading order */
    size_t place_count;
};

/* The geometry as JSON, and back. A file that is not one is a failure that says where and what. */
void paper_geometry_write(struct buffer *json, const struct paper_geometry *geometry);
bool paper_geometry_read(struct paper_geometry *geometry, struct arena *arena, const char *path,
                         struct failure *failure);

#endif
