#include "survey/paper_draw.h"

#include "survey/letters_draw.h"
#include "survey/qr.h"

#define FOOT_TOP   277.5
#define SHEET_DROP 0.4 /* of the sheet's number below its code */
#define PANEL_EDGE 1.5 /* the radius of a panel's corners */
#define CROSS_EDGE 0.9 /* how far a cross stays from the corners of its box */

struct drawing {
    cairo_t *cairo;
    const struct paper_form *form;
    struct arena *arena;
    int64_t sheet;
};

/* --- inks: all are told apart in grey, and text is dark enough to be read --- */

static void set_ink(cairo_t *cairo, enum paper_ink ink) {
    static const double inks[][3] = {
        [PAPER_INK] = {0.10, 0.12, 0.14},       [PAPER_INK_ACCENT] = {0.04, 0.33, 0.35},
        [PAPER_INK_PALE] = {0.36, 0.38, 0.41},  [PAPER_INK_LINE] = {0.55, 0.57, 0.60},
        [PAPER_INK_FAINT] = {0.94, 0.95, 0.95},
    };
    cairo_set_source_rgb(cairo, inks[ink][0], inks[ink][1], inks[ink][2]);
}

static void add_rectangle(cairo_t *cairo, struct paper_area area) {
    cairo_rectangle(cairo, PAPER_POINTS(area.x), PAPER_POINTS(area.y), PAPER_POINTS(area.width),
                    PAPER_POINTS(area.height));
}

/* --- boxes and fields --- */

/* All of the line lies inside. */
static void draw_box(cairo_t *cairo, struct paper_area area) {
    const double half = PAPER_OUTLINE / 2;
    add_rectangle(cairo, (struct paper_area){area.x + half, area.y + half, area.width - PAPER_OUTLINE,
                                             area.height - PAPER_OUTLINE});
    set_ink(cairo, PAPER_INK);
    cairo_set_line_width(cairo, PAPER_POINTS(PAPER_OUTLINE));
    cairo_stroke(cairo);
}

static void draw_cross(cairo_t *cairo, struct paper_area area) {
    double left = PAPER_POINTS(area.x + CROSS_EDGE), right = PAPER_POINTS(area.x + area.width - CROSS_EDGE);
    double top = PAPER_POINTS(area.y + CROSS_EDGE), bottom = PAPER_POINTS(area.y + area.height - CROSS_EDGE);
    draw_box(cairo, area);
    cairo_move_to(cairo, left, top);
    cairo_line_to(cairo, right, bottom);
    cairo_move_to(cairo, right, top);
    cairo_line_to(cairo, left, bottom);
    cairo_set_line_width(cairo, PAPER_POINTS(0.6));
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_stroke(cairo);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

static void draw_filled(cairo_t *cairo, struct paper_area area) {
    set_ink(cairo, PAPER_INK);
    add_rectangle(cairo, area);
    cairo_fill(cairo);
}

/* A frame, with strokes from top to bottom between the cells: what runs through all of a field is no writing.
 */
static void draw_cells(cairo_t *cairo, const struct paper_piece *piece) {
    set_ink(cairo, piece->ink);
    cairo_set_line_width(cairo, PAPER_POINTS(PAPER_OUTLINE));
    add_rectangle(cairo, piece->area);
    for (unsigned i = 1; i < piece->cells; i++) {
        double x = PAPER_POINTS(piece->area.x + piece->area.width * i / piece->cells);
        cairo_move_to(cairo, x, PAPER_POINTS(piece->area.y));
        cairo_rel_line_to(cairo, 0, PAPER_POINTS(piece->area.height));
    }
    cairo_stroke(cairo);
}

static void draw_panel(cairo_t *cairo, const struct paper_piece *piece) {
    const double quarter = 1.57079632679489661923, radius = PAPER_POINTS(PANEL_EDGE);
    double left = PAPER_POINTS(piece->area.x) + radius, top = PAPER_POINTS(piece->area.y) + radius;
    double right = PAPER_POINTS(piece->area.x + piece->area.width) - radius;
    double bottom = PAPER_POINTS(piece->area.y + piece->area.height) - radius;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right, top, radius, -quarter, 0);
    cairo_arc(cairo, right, bottom, radius, 0, quarter);
    cairo_arc(cairo, left, bottom, radius, quarter, 2 * quarter);
    cairo_arc(cairo, left, top, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
    set_ink(cairo, piece->ink);
    cairo_fill(cairo);
}

/* --- texts --- */

static void draw_text(cairo_t *cairo, const struct paper_piece *piece) {
    double x = PAPER_POINTS(piece->area.x), y = PAPER_POINTS(piece->area.y);
    if (piece->tag)
        cairo_tag_begin(cairo, piece->tag, NULL);
    set_ink(cairo, piece->ink);
    cairo_save(cairo);
    if (piece->kind == PAPER_PIECE_TURNED) {
        cairo_translate(cairo, x, y + PAPER_POINTS(piece->area.height));
        cairo_rotate(cairo, -1.57079632679489661923);
        x = y = 0;
    }
    letters_draw_lines(cairo, piece->layout, piece->first, piece->end, x, y);
    cairo_restore(cairo);
    if (piece->tag)
        cairo_tag_end(cairo, piece->tag);
}

static void draw_piece(cairo_t *cairo, const struct paper_piece *piece) {
    switch (piece->kind) {
    case PAPER_PIECE_TEXT:
    case PAPER_PIECE_TURNED:
        draw_text(cairo, piece);
        return;
    case PAPER_PIECE_BOX:
        draw_box(cairo, piece->area);
        return;
    case PAPER_PIECE_CELLS:
        draw_cells(cairo, piece);
        return;
    case PAPER_PIECE_RULE:
        set_ink(cairo, piece->ink);
        add_rectangle(cairo, piece->area);
        cairo_fill(cairo);
        return;
    case PAPER_PIECE_PANEL:
        draw_panel(cairo, piece);
        return;
    case PAPER_PIECE_CROSSED:
        draw_cross(cairo, piece->area);
        return;
    case PAPER_PIECE_FILLED:
        draw_filled(cairo, piece->area);
        return;
    }
}

/* --- what every page has --- */

static void draw_bracket(cairo_t *cairo, double x, double y, double right, double down) {
    const double arm = PAPER_ARM, line = PAPER_THICKNESS;
    add_rectangle(cairo, (struct paper_area){right > 0 ? x : x - arm, down > 0 ? y : y - line, arm, line});
    add_rectangle(cairo, (struct paper_area){right > 0 ? x : x - line, down > 0 ? y : y - arm, line, arm});
}

static void draw_frame(cairo_t *cairo, const struct paper_geometry *geometry) {
    struct paper_area frame = geometry->frame;
    double right = frame.x + frame.width, bottom = frame.y + frame.height;
    draw_bracket(cairo, frame.x, frame.y, 1, 1);
    draw_bracket(cairo, right, frame.y, -1, 1);
    draw_bracket(cairo, frame.x, bottom, 1, -1);
    draw_bracket(cairo, right, bottom, -1, -1);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_fill(cairo);
}

/* A line of small letters: at the left, in the middle or at the right of `area`. */
static void draw_line(const struct drawing *drawing, struct paper_area area, PangoAlignment alignment,
                      enum paper_style style, const char *text) {
    PangoLayout *layout = paper_text_plain(drawing->form->composition.context, style, area.width, text);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(layout, alignment);
    set_ink(drawing->cairo, PAPER_INK_PALE);
    letters_draw_lines(drawing->cairo, layout, 0, 1, PAPER_POINTS(area.x), PAPER_POINTS(area.y));
    g_object_unref(layout);
}

static const char *say(const struct drawing *drawing, enum message message, const struct hole *holes) {
    return wording_say(drawing->arena, drawing->form->composition.language, message, holes);
}

/* The number in two groups of four, so that it is read and typed without slips. */
static void draw_sheet(const struct drawing *drawing) {
    struct paper_area code = drawing->form->geometry.code;
    const char *number = arena_format(drawing->arena, "%04lld %04lld", (long long)(drawing->sheet / 10000),
                                      (long long)(drawing->sheet % 10000));
    struct paper_area area = {code.x - 6, code.y + code.height + SHEET_DROP, code.width + 12, 0};
    draw_line(drawing, area, PANGO_ALIGN_CENTER, PAPER_NOTE,
              say(drawing, MESSAGE_PAPER_SHEET, (const struct hole[]){{"sheet", number}, {0}}));
}

/* The title, above what goes on from the page before; and the page's number. */
static void draw_margins(const struct drawing *drawing, unsigned page) {
    const struct paper_composition *composition = &drawing->form->composition;
    const struct hole holes[] = {{"page", arena_format(drawing->arena, "%u", page)},
                                 {"pages", arena_format(drawing->arena, "%u", drawing->form->geometry.pages)},
                                 {0}};
    double left = composition->is_mirrored ? PAPER_WIDTH - PAPER_LEFT - PAPER_HEAD_COLUMN : PAPER_LEFT;
    if (page > 1)
        draw_line(
            drawing, (struct paper_area){left, PAPER_CODE_TOP, PAPER_HEAD_COLUMN, 0}, PANGO_ALIGN_LEFT,
            PAPER_FOOT,
            wording_plain(drawing->arena, composition->language, composition->language.questionnaire->title));
    draw_line(drawing, (struct paper_area){PAPER_LEFT, FOOT_TOP, PAPER_COLUMN, 0}, PANGO_ALIGN_CENTER,
              PAPER_FOOT, say(drawing, MESSAGE_FORM_PAGE_OF, holes));
}

static bool draw_code(const struct drawing *drawing, unsigned page) {
    const struct paper_geometry *geometry = &drawing->form->geometry;
    struct qr_code *code = qr_encode(
        paper_label_format(drawing->arena, &(struct paper_label){geometry->questionnaire, geometry->version,
                                                                 geometry->language, drawing->sheet, page}));
    if (!code)
        return false;
    letters_draw_code(drawing->cairo, code, PAPER_POINTS(geometry->code.x), PAPER_POINTS(geometry->code.y),
                      PAPER_POINTS(geometry->code.width));
    qr_destroy(code);
    return true;
}

static bool draw_page(const struct drawing *drawing, unsigned page) {
    const struct paper_composition *composition = &drawing->form->composition;
    draw_frame(drawing->cairo, &drawing->form->geometry);
    if (!draw_code(drawing, page))
        return false;
    draw_sheet(drawing);
    for (size_t i = 0; i < composition->piece_count; i++)
        if (composition->pieces[i].page == page)
            draw_piece(drawing->cairo, &composition->pieces[i]);
    draw_margins(drawing, page);
    cairo_show_page(drawing->cairo);
    return true;
}

bool paper_draw(cairo_t *cairo, const struct paper_form *form, int64_t sheet) {
    struct arena *arena = arena_create();
    const struct drawing drawing = {cairo, form, arena, sheet};
    bool done = true;
    cairo_tag_begin(cairo, "Sect", NULL);
    for (unsigned page = 1; done && page <= form->geometry.pages; page++)
        done = draw_page(&drawing, page);
    cairo_tag_end(cairo, "Sect");
    arena_destroy(arena);
    return done;
}
