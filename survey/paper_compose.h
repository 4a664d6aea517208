/* The pages of a form: what stands where. Lengths are millimetres, from the top left of a page.
 *
 * What is added stands on the page reached, at places of the caller's choice; `y` is how far down it one is.
 * What must not be torn apart is added as a group: at its end, if it does not fit, it is moved to the next
 * page as a whole, or, if it is larger than a page, from its last allowed break on. */
#ifndef SURVEY_PAPER_COMPOSE_H
#define SURVEY_PAPER_COMPOSE_H

#include "survey/paper_geometry.h"
#include "survey/paper_text.h"
#include "survey/wording.h"

/* A4. The brackets' outer corners are 12 mm from the edges, where every printer prints; texts stand between
 * them, and left and right are alike, so that a page can be mirrored. */
#define PAPER_WIDTH        210.0
#define PAPER_HEIGHT       297.0
#define PAPER_FRAME        12.0
#define PAPER_ARM          7.0
#define PAPER_THICKNESS    1.0
#define PAPER_LEFT         20.0
#define PAPER_COLUMN       (PAPER_WIDTH - 2 * PAPER_LEFT)
#define PAPER_CODE         22.0 /* the side of the QR code, on the right at the top */
#define PAPER_CODE_LEFT    (PAPER_WIDTH - PAPER_LEFT - PAPER_CODE)
#define PAPER_CODE_TOP     16.5
#define PAPER_HEAD_COLUMN  (PAPER_CODE_LEFT - PAPER_LEFT - 6) /* what stands beside the code */
#define PAPER_TOP          44.0
#define PAPER_BOTTOM       274.0
#define PAPER_SIDE         5.0  /* of a box */
#define PAPER_OUTLINE      0.25 /* of a box */
#define PAPER_INDENT       8.0  /* behind the number of a question */
#define PAPER_BODY_LEFT    (PAPER_LEFT + PAPER_INDENT)
#define PAPER_BODY         (PAPER_COLUMN - PAPER_INDENT)
#define PAPER_LABEL_OFFSET 7.2 /* from the left of a box to its label */

enum paper_piece_kind {
    PAPER_PIECE_TEXT,
    PAPER_PIECE_TURNED, /* a text that is read from below */
    PAPER_PIECE_BOX,
    PAPER_PIECE_CELLS, /* one for each sign */
    PAPER_PIECE_RULE,  /* a filled rectangle */
    PAPER_PIECE_PANEL,
    PAPER_PIECE_CROSSED, /* boxes that show how to mark, and */
    PAPER_PIECE_FILLED   /* how to take a mark back */
};

enum paper_ink { PAPER_INK, PAPER_INK_ACCENT, PAPER_INK_PALE, PAPER_INK_LINE, PAPER_INK_FAINT };

struct paper_piece {
    enum paper_piece_kind kind;
    enum paper_ink ink;
    unsigned page; /* from 1 */
    struct paper_area area;
    PangoLayout *layout; /* of a text */
    size_t first, end;   /* its lines that stand here */
    const char *tag;     /* what it is in the structure of the document; NULL: decoration */
    unsigned cells;      /* side by side */
};

struct paper_break {
    size_t piece, place, block;
    double y;
};

struct paper_composition {
    struct arena *arena;
    PangoContext *context;
    struct wording_language language;
    bool is_mirrored; /* right to left; the pages are mirrored at the end */
    struct paper_piece *pieces;
    size_t piece_count, piece_capacity;
    struct paper_place *places;
    size_t place_count, place_capacity;
    struct paper_block *blocks;
    size_t block_count, block_capacity;
    struct paper_break *breaks; /* of the group; the first is its beginning */
    size_t break_count, break_capacity;
    unsigned page;
    double y;
    struct failure failure; /* why there can be no form */
};

/* An empty form, and its end: what pango holds is given back. The rest lives as long as `arena`. */
void paper_compose_open(struct paper_composition *composition, struct arena *arena, PangoContext *context,
                        struct wording_language language);
void paper_compose_release(struct paper_composition *composition);

/* Begins another page. Not within a group. */
void paper_compose_turn(struct paper_composition *composition);

/* A group: its beginning, a place where it may be torn if it must, its end. `push` moves all since the
 * beginning to the top of the next page. */
void paper_compose_begin(struct paper_composition *composition);
void paper_compose_allow_break(struct paper_composition *composition);
void paper_compose_end(struct paper_composition *composition);
void paper_compose_push(struct paper_composition *composition);

/* Adds a piece to the page reached. Gives it; it is at its place until the next is added. */
struct paper_piece *paper_compose_add(struct paper_composition *composition, struct paper_piece piece);

/* Adds a layout, which it takes over, its top left at x and y; gives its height. */
double paper_compose_layout(struct paper_composition *composition, PangoLayout *layout, double x, double y,
                            enum paper_ink ink, const char *tag);

/* Adds a layout at x and goes on below it. If it is long, it may be torn between its lines. */
void paper_compose_flow(struct paper_composition *composition, PangoLayout *layout, double x,
                        enum paper_ink ink, const char *tag);

/* Adds a box. */
void paper_compose_box(struct paper_composition *composition, double x, double y, struct paper_place place);

/* Adds fields to write in: a frame of cells; or lines, `pitch` apart, the last at the foot of the area. */
void paper_compose_cells(struct paper_composition *composition, struct paper_area area, unsigned cells,
                         const char *item);
void paper_compose_lines(struct paper_composition *composition, struct paper_area area, double pitch,
                         const char *item, const char *code);

/* Begins a block, whose top is at `y`; and ends it, with what was added since, its bottom at `y`. */
void paper_compose_begin_block(struct paper_composition *composition, const struct item *item);
void paper_compose_end_block(struct paper_composition *composition);

/* Ends the form: mirrors its pages if it is read from right to left. */
void paper_compose_finish(struct paper_composition *composition);

#endif
