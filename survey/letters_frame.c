#include "survey/letters_frame.h"

/* A QR code of 32 mm is read at arm's length; half a millimetre for a module is what printers and cameras of
 * telephones manage without care. */
#define CODE_SIDE   LETTERS_MM(32)
#define MODULE_SIDE LETTERS_MM(0.5)
#define PADDING     LETTERS_MM(5)
#define GAP         LETTERS_MM(3)
#define ABOVE       LETTERS_MM(8)

enum { ROWS = 5 };

struct row {
    PangoLayout *layout;
    double above, height;
    const char *tag, *link;
    bool is_accented;
};

struct frame {
    double module, side;  /* of the QR code, with its quiet zone */
    double width, height; /* of the column of texts */
    struct row rows[ROWS];
    size_t count;
};

static void add_row(struct frame *frame, PangoLayout *layout, double above, struct row row) {
    row.layout = layout;
    row.above = frame->count ? above : 0;
    row.height = letters_text_height(layout);
    frame->height += row.above + row.height;
    frame->rows[frame->count++] = row;
}

static void measure_code(struct frame *frame, const struct qr_code *code) {
    size_t size = qr_size(code);
    frame->module = CODE_SIDE / (double)size > MODULE_SIDE ? CODE_SIDE / (double)size : MODULE_SIDE;
    frame->side = frame->module * (double)(size + 2 * QR_QUIET_ZONE);
}

/* The quiet zone of the QR code is part of the padding on the left, and comes before the gap on the right. */
static void measure(struct letters_composition *composition, struct frame *frame, double scale) {
    const struct letter *letter = composition->letter;
    PangoContext *context = composition->context;
    *frame = (struct frame){0};
    measure_code(frame, composition->code);
    frame->width = LETTERS_COLUMN - 2 * PADDING - frame->side - GAP + frame->module * QR_QUIET_ZONE;
    double width = frame->width;
    add_row(frame, letters_text_plain(context, LETTERS_CAPTION, 1, width, letter->scan), 0,
            (struct row){.tag = "P"});
    add_row(frame, letters_text_link(composition->arena, context, scale, width, letter->link), 2,
            (struct row){.tag = "P", .link = letter->link, .is_accented = true});
    add_row(frame, letters_text_plain(context, LETTERS_CAPTION, 1, width, letter->type), 13,
            (struct row){.tag = "P"});
    add_row(frame, letters_text_link(composition->arena, context, scale, width, letter->address), 2,
            (struct row){.tag = "P", .link = letter->address, .is_accented = true});
    add_row(frame, letters_text_plain(context, LETTERS_CODE, 1, width, letter->code), 4,
            (struct row){.tag = "P"});
}

static void release(struct frame *frame) {
    for (size_t i = 0; i < frame->count; i++)
        g_clear_object(&frame->rows[i].layout);
}

static double outer_height(const struct frame *frame) {
    double inner = frame->height + 2 * PADDING;
    return inner > frame->side + PADDING ? inner : frame->side + PADDING;
}

/* Pieces take over the layouts of the rows. */
static void place_rows(struct letters_composition *composition, struct frame *frame, double x, double y) {
    for (size_t i = 0; i < frame->count; i++) {
        struct row *row = &frame->rows[i];
        y += row->above;
        letters_compose_add(composition,
                            (struct letters_piece){.x = x,
                                                   .y = y,
                                                   .width = frame->width,
                                                   .height = row->height,
                                                   .layout = row->layout,
                                                   .end = (size_t)pango_layout_get_line_count(row->layout),
                                                   .tag = row->tag,
                                                   .link = row->link,
                                                   .is_accented = row->is_accented});
        row->layout = NULL;
        y += row->height;
    }
}

static void place(struct letters_composition *composition, struct frame *frame) {
    double height = outer_height(frame), top = composition->y;
    bool is_mirrored = letters_text_is_mirrored(frame->rows[0].layout);
    double quiet = frame->module * QR_QUIET_ZONE;
    double inset = PADDING > quiet ? PADDING - quiet : 0;
    double left = is_mirrored ? LETTERS_SIDE + LETTERS_COLUMN - inset - frame->side : LETTERS_SIDE + inset;
    letters_compose_add(composition, (struct letters_piece){.kind = LETTERS_FRAME,
                                                            .x = LETTERS_SIDE,
                                                            .y = top,
                                                            .width = LETTERS_COLUMN,
                                                            .height = height,
                                                            .is_accented = true});
    letters_compose_add(composition, (struct letters_piece){.kind = LETTERS_QR,
                                                            .x = left + quiet,
                                                            .y = top + (height - frame->side) / 2 + quiet,
                                                            .width = frame->side - 2 * quiet,
                                                            .height = frame->side - 2 * quiet,
                                                            .code = composition->code});
    double x = is_mirrored ? LETTERS_SIDE + PADDING : LETTERS_SIDE + LETTERS_COLUMN - PADDING - frame->width;
    place_rows(composition, frame, x, top + (height - frame->height) / 2);
    composition->y += height;
}

bool letters_frame_place(struct letters_composition *composition) {
    struct frame frame;
    double room = LETTERS_BOTTOM - LETTERS_TOP, scale = 1;
    measure(composition, &frame, scale);
    while (outer_height(&frame) > room && scale > 0.6) {
        release(&frame);
        measure(composition, &frame, scale -= 0.1);
    }
    if (outer_height(&frame) > room) {
        release(&frame);
        return false;
    }
    if (composition->y + ABOVE + outer_height(&frame) > LETTERS_BOTTOM)
        letters_compose_turn(composition);
    else
        composition->y += ABOVE;
    place(composition, &frame);
    return true;
}
