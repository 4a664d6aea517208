/* The pages of one letter: what stands where. Lengths are points, from the top left of a page. */
#ifndef SURVEY_LETTERS_COMPOSE_H
#define SURVEY_LETTERS_COMPOSE_H

#include "survey/letters.h"
#include "survey/letters_text.h"
#include "survey/qr.h"

#define LETTERS_MM(millimetres) ((millimetres)*72 / 25.4)

/* A4, with margins as wide as letters have them. */
#define LETTERS_WIDTH  LETTERS_MM(210)
#define LETTERS_HEIGHT LETTERS_MM(297)
#define LETTERS_SIDE   LETTERS_MM(25)
#define LETTERS_TOP    LETTERS_MM(22)
#define LETTERS_BOTTOM (LETTERS_HEIGHT - LETTERS_MM(24))
#define LETTERS_COLUMN (LETTERS_WIDTH - 2 * LETTERS_SIDE)

enum letters_piece_kind { LETTERS_TEXT, LETTERS_RULE, LETTERS_FRAME, LETTERS_QR };

/* What is drawn on one page: some lines of a text, a rule, a frame, a QR code. */
struct letters_piece {
    struct letters_piece *next;
    enum letters_piece_kind kind;
    unsigned page; /* from 0 */
    double x, y, width, height;
    PangoLayout *layout; /* of a text */
    size_t first, end;   /* its lines that stand here */
    PangoLayout *label;  /* the bullet or number before it; NULL: none */
    double label_x;
    const char *tag;  /* what it is in the structure of the document */
    const char *link; /* where it leads; NULL: nowhere */
    bool is_item;     /* of a list */
    bool is_accented, is_pale;
    const struct qr_code *code;
};

struct letters_composition {
    struct arena *arena;
    PangoContext *context;
    const struct letter *letter;
    const struct qr_code *code;
    double scale; /* of the body */
    struct letters_piece *pieces, *last;
    unsigned page; /* the page reached, from 0; so one less than there are */
    double y;      /* how far down it */
};

/* Composes a letter with its QR code. A text that needs a page more than it would a little smaller is set
 * smaller. False if the block with the link is larger than a page. Memory from `arena`; what pango holds is
 * given back by letters_compose_release, whatever was returned. */
bool letters_compose(struct letters_composition *composition, struct arena *arena, PangoContext *context,
                     const struct letter *letter, const struct qr_code *code);

void letters_compose_release(struct letters_composition *composition);

/* Adds a piece to the page reached, as it is given but for its page. It takes over the caller's layout. */
struct letters_piece *letters_compose_add(struct letters_composition *composition,
                                          struct letters_piece piece);

/* Begins another page. */
void letters_compose_turn(struct letters_composition *composition);

#endif
