#include "survey/letters_compose.h"

#include "survey/letters_frame.h"

#include <stdlib.h>
#include <string.h>

/* Where the window of French DL and C5 envelopes shows a name (AFNOR NF Z 11-001: the address begins 100 mm
 * from the left and 50 mm from the top). Windows elsewhere are on the left as often as on the right, so that
 * no place serves all; a letter in another language goes into the same envelopes. */
#define WINDOW_LEFT  LETTERS_MM(100)
#define WINDOW_TOP   LETTERS_MM(50)
#define WINDOW_WIDTH LETTERS_MM(85)
/* Below the window and the first fold. No text may show through the window, so a letter to nobody in
 * particular begins as low. */
#define SUBJECT_TOP LETTERS_MM(100)

#define INDENT    20.0 /* of a list */
#define LABEL_GAP 5.0  /* at least, behind a number */
#define KEEP      40.0 /* what must fit below a heading */

static double gap_of(const struct letters_composition *composition, double lines) {
    return lines * letters_text_size(LETTERS_BODY) * composition->scale;
}

/* --- pieces --- */

struct letters_piece *letters_compose_add(struct letters_composition *composition,
                                          struct letters_piece piece) {
    struct letters_piece *added = ARENA_NEW(composition->arena, struct letters_piece, 1);
    *added = piece;
    added->next = NULL;
    added->page = composition->page;
    if (composition->last)
        composition->last->next = added;
    else
        composition->pieces = added;
    composition->last = added;
    return added;
}

void letters_compose_turn(struct letters_composition *composition) {
    composition->page++;
    composition->y = LETTERS_TOP;
}

void letters_compose_release(struct letters_composition *composition) {
    for (struct letters_piece *piece = composition->pieces; piece; piece = piece->next) {
        g_clear_object(&piece->layout);
        g_clear_object(&piece->label);
    }
    composition->pieces = composition->last = NULL;
}

static bool is_at_top(const struct letters_composition *composition) {
    return composition->y <= LETTERS_TOP;
}

/* --- text that flows over pages --- */

/* Which line the next page begins with, if `fit` is the first that does not fit on this one: no line of a
 * paragraph alone, neither at the foot of a page nor at the head. At the top of a page there is always one.
 */
static size_t turn_at(size_t first, size_t fit, size_t count, bool at_top) {
    if (fit >= count)
        return count;
    size_t end = fit + 1 == count ? fit - (fit > first) : fit;
    if (end < first + 2 && !at_top)
        return first;
    return end > first ? end : first + 1;
}

/* Sets the text of `model` from here on, over as many pages as it needs. Gives the piece with its first line.
 */
static struct letters_piece *flow(struct letters_composition *composition, struct letters_piece model,
                                  double gap) {
    size_t count = 0;
    double *edges = letters_text_edges(composition->arena, model.layout, &count);
    struct letters_piece *start = NULL;
    if (!is_at_top(composition))
        composition->y += gap;
    for (size_t first = 0; first < count;) {
        size_t fit = first;
        while (fit < count && composition->y + edges[fit + 1] - edges[first] <= LETTERS_BOTTOM)
            fit++;
        size_t end = turn_at(first, fit, count, is_at_top(composition));
        if (end > first) {
            struct letters_piece piece = model;
            piece.layout = g_object_ref(model.layout);
            piece.y = composition->y;
            piece.first = first;
            piece.end = end;
            struct letters_piece *added = letters_compose_add(composition, piece);
            start = start ? start : added;
            composition->y += edges[end] - edges[first];
        }
        first = end;
        if (first < count)
            letters_compose_turn(composition);
    }
    g_object_unref(model.layout);
    return start;
}

/* --- blocks --- */

static void place_heading(struct letters_composition *composition, const struct template_block *block) {
    PangoLayout *layout =
        letters_text_block(composition->context, LETTERS_HEADING, composition->scale, LETTERS_COLUMN, block);
    double gap = gap_of(composition, 1.3);
    if (!is_at_top(composition) && composition->y + gap + letters_text_height(layout) + KEEP > LETTERS_BOTTOM)
        letters_compose_turn(composition);
    const char *const tags[] = {"H2", "H3", "H4", "H5", "H6"};
    size_t level = block->level < 2 ? 0 : block->level > 6 ? 4 : (size_t)block->level - 2;
    flow(composition, (struct letters_piece){.x = LETTERS_SIDE, .layout = layout, .tag = tags[level]}, gap);
    composition->y -= gap_of(composition, 0.45);
}

static void place_paragraph(struct letters_composition *composition, const struct template_block *block) {
    PangoLayout *layout =
        letters_text_block(composition->context, LETTERS_BODY, composition->scale, LETTERS_COLUMN, block);
    flow(composition, (struct letters_piece){.x = LETTERS_SIDE, .layout = layout, .tag = "P"},
         gap_of(composition, 0.75));
}

static PangoLayout *make_label(struct letters_composition *composition, const struct template_block *block,
                               double *width) {
    const char *text =
        block->kind == TEMPLATE_BULLET ? "•" : arena_format(composition->arena, "%d.", block->number);
    PangoLayout *label =
        letters_text_plain(composition->context, LETTERS_BODY, composition->scale, LETTERS_COLUMN, text);
    PangoRectangle extents;
    pango_layout_get_extents(label, NULL, &extents);
    *width = (double)extents.width / PANGO_SCALE;
    return label;
}

/* The labels of right-to-left text hang on the right. */
static void place_item(struct letters_composition *composition, const struct template_block *block) {
    double step = INDENT * composition->scale;
    double outer = (block->level < 1                     ? 0
                    : block->level > TEMPLATE_DEPTH_MOST ? TEMPLATE_DEPTH_MOST - 1
                                                         : block->level - 1) *
                   step;
    double indent = outer + step, label_width = 0;
    PangoLayout *label = block->continues ? NULL : make_label(composition, block, &label_width);
    if (outer + label_width + LABEL_GAP > indent)
        indent = outer + label_width + LABEL_GAP;
    PangoLayout *layout = letters_text_block(composition->context, LETTERS_BODY, composition->scale,
                                             LETTERS_COLUMN - indent, block);
    bool is_mirrored = letters_text_is_mirrored(layout);
    struct letters_piece piece = {.layout = layout, .tag = "LI", .is_item = true};
    piece.x = is_mirrored ? LETTERS_SIDE : LETTERS_SIDE + indent;
    struct letters_piece *first =
        flow(composition, piece, gap_of(composition, block->continues ? 0.4 : 0.35));
    double hang = block->kind == TEMPLATE_BULLET ? outer + step / 4 : outer;
    first->label = label;
    first->label_x = is_mirrored ? LETTERS_SIDE + LETTERS_COLUMN - hang - label_width : LETTERS_SIDE + hang;
}

/* A rule parts what is above it from what is below: between pages nothing is to be parted. */
static void place_rule(struct letters_composition *composition) {
    double gap = gap_of(composition, 1);
    if (is_at_top(composition) || composition->y + gap + KEEP > LETTERS_BOTTOM)
        return;
    composition->y += gap;
    letters_compose_add(composition, (struct letters_piece){.kind = LETTERS_RULE,
                                                            .x = LETTERS_SIDE,
                                                            .y = composition->y,
                                                            .width = LETTERS_COLUMN,
                                                            .is_pale = true});
    composition->y += gap / 2;
}

static void place_block(struct letters_composition *composition, const struct template_block *block) {
    switch (block->kind) {
    case TEMPLATE_HEADING:
        place_heading(composition, block);
        return;
    case TEMPLATE_PARAGRAPH:
        place_paragraph(composition, block);
        return;
    case TEMPLATE_BULLET:
    case TEMPLATE_NUMBER:
        place_item(composition, block);
        return;
    case TEMPLATE_RULE:
        place_rule(composition);
        return;
    }
    abort();
}

/* --- the head --- */

static void place_organisation(struct letters_composition *composition) {
    composition->y = LETTERS_MM(18);
    const char *organisation = composition->letter->organisation;
    if (!organisation)
        return;
    PangoLayout *layout =
        letters_text_plain(composition->context, LETTERS_ORGANISATION, 1, LETTERS_COLUMN, organisation);
    flow(composition,
         (struct letters_piece){.x = LETTERS_SIDE, .layout = layout, .tag = "P", .is_accented = true}, 0);
    composition->y += 6;
    letters_compose_add(composition, (struct letters_piece){.kind = LETTERS_RULE,
                                                            .x = LETTERS_SIDE,
                                                            .y = composition->y,
                                                            .width = LETTERS_COLUMN,
                                                            .is_accented = true});
    composition->y += LETTERS_MM(6);
}

static void place_head(struct letters_composition *composition) {
    const struct letter *letter = composition->letter;
    place_organisation(composition);
    if (letter->name) {
        if (composition->y < WINDOW_TOP)
            composition->y = WINDOW_TOP;
        PangoLayout *name =
            letters_text_plain(composition->context, LETTERS_NAME, 1, WINDOW_WIDTH, letter->name);
        flow(composition, (struct letters_piece){.x = WINDOW_LEFT, .layout = name, .tag = "P"}, 0);
        composition->y += LETTERS_MM(10);
    }
    if (composition->page == 0 && composition->y < SUBJECT_TOP)
        composition->y = SUBJECT_TOP;
    PangoLayout *subject =
        letters_text_plain(composition->context, LETTERS_SUBJECT, 1, LETTERS_COLUMN, letter->text.subject);
    flow(composition, (struct letters_piece){.x = LETTERS_SIDE, .layout = subject, .tag = "H1"}, 0);
    composition->y += gap_of(composition, 0.5);
}

/* --- the whole --- */

static bool compose_at(struct letters_composition *composition, double scale) {
    letters_compose_release(composition);
    composition->scale = scale;
    composition->page = 0;
    place_head(composition);
    for (size_t i = 0; i < composition->letter->text.count; i++)
        place_block(composition, &composition->letter->text.blocks[i]);
    return letters_frame_place(composition);
}

bool letters_compose(struct letters_composition *composition, struct arena *arena, PangoContext *context,
                     const struct letter *letter, const struct qr_code *code) {
    *composition =
        (struct letters_composition){.arena = arena, .context = context, .letter = letter, .code = code};
    if (!compose_at(composition, 1))
        return false;
    static const double smaller[] = {0.96, 0.92};
    unsigned pages = composition->page;
    for (size_t i = 0; pages > 0 && composition->page == pages && i < sizeof smaller / sizeof *smaller; i++)
        compose_at(composition, smaller[i]);
    return pages == 0 || composition->page < pages || compose_at(composition, 1);
}
