#include "survey/letters_draw.h"

#include "model/base/buffer.h"

#include <string.h>

#define FOOTER_TOP (LETTERS_HEIGHT - LETTERS_MM(15))
#define CORNER     LETTERS_MM(2.5)

static void set_ink(cairo_t *cairo) {
    cairo_set_source_rgb(cairo, 0.10, 0.12, 0.14);
}

/* Dark enough to be read when printed in grey. */
static void set_accent(cairo_t *cairo) {
    cairo_set_source_rgb(cairo, 0.04, 0.33, 0.35);
}

static void set_pale(cairo_t *cairo) {
    cairo_set_source_rgb(cairo, 0.36, 0.38, 0.41);
}

static void set_colour(cairo_t *cairo, const struct letters_piece *piece) {
    if (piece->is_accented)
        set_accent(cairo);
    else if (piece->is_pale)
        set_pale(cairo);
    else
        set_ink(cairo);
}

/* --- lines of text --- */

void letters_draw_lines(cairo_t *cairo, PangoLayout *layout, size_t first, size_t end, double x, double y) {
    PangoLayoutIter *line = pango_layout_get_iter(layout);
    double origin = 0;
    for (size_t i = 0; i < end; i++) {
        int top = 0;
        PangoRectangle extents;
        pango_layout_iter_get_line_yrange(line, &top, NULL);
        pango_layout_iter_get_line_extents(line, NULL, &extents);
        if (i == first)
            origin = (double)top / PANGO_SCALE;
        if (i >= first) {
            double baseline = (double)pango_layout_iter_get_baseline(line) / PANGO_SCALE;
            cairo_move_to(cairo, x + (double)extents.x / PANGO_SCALE, y + baseline - origin);
            pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(line));
        }
        pango_layout_iter_next_line(line);
    }
    pango_layout_iter_free(line);
}

/* --- links --- */

static bool is_ascii(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* What cairo takes as attributes of a link; the area is ours, since cairo's would not cover all lines. */
static void begin_link(cairo_t *cairo, const struct letters_piece *piece) {
    struct buffer attributes = {0};
    buffer_format(&attributes, "rect=[%d %d %d %d] uri='", (int)piece->x, (int)piece->y, (int)piece->width,
                  (int)(piece->height + 1));
    for (const char *at = piece->link; *at; at++) {
        if (*at == '\'' || *at == '\\')
            buffer_append(&attributes, "\\");
        buffer_append_bytes(&attributes, at, 1);
    }
    buffer_append(&attributes, "'");
    cairo_tag_begin(cairo, CAIRO_TAG_LINK, buffer_text(&attributes));
    buffer_destroy(&attributes);
}

static void draw_label(cairo_t *cairo, const struct letters_piece *piece) {
    int drop = pango_layout_get_baseline(piece->layout) - pango_layout_get_baseline(piece->label);
    cairo_tag_begin(cairo, "Lbl", NULL);
    letters_draw_lines(cairo, piece->label, 0, 1, piece->label_x, piece->y + (double)drop / PANGO_SCALE);
    cairo_tag_end(cairo, "Lbl");
}

static void draw_text(cairo_t *cairo, const struct letters_piece *piece) {
    /* Cairo takes no other characters in a link; the text stays, and can be typed and copied. */
    bool has_link = piece->link && is_ascii(piece->link);
    cairo_tag_begin(cairo, piece->tag, NULL);
    if (has_link)
        begin_link(cairo, piece);
    set_colour(cairo, piece);
    if (piece->label)
        draw_label(cairo, piece);
    if (piece->is_item)
        cairo_tag_begin(cairo, "LBody", NULL);
    letters_draw_lines(cairo, piece->layout, piece->first, piece->end, piece->x, piece->y);
    if (piece->is_item)
        cairo_tag_end(cairo, "LBody");
    if (has_link)
        cairo_tag_end(cairo, CAIRO_TAG_LINK);
    cairo_tag_end(cairo, piece->tag);
}

/* --- what is no text --- */

static void draw_rule(cairo_t *cairo, const struct letters_piece *piece) {
    set_colour(cairo, piece);
    cairo_set_line_width(cairo, piece->is_accented ? 1.2 : 0.5);
    cairo_move_to(cairo, piece->x, piece->y);
    cairo_rel_line_to(cairo, piece->width, 0);
    cairo_stroke(cairo);
}

static void draw_frame(cairo_t *cairo, const struct letters_piece *piece) {
    const double quarter = 1.57079632679489661923;
    double right = piece->x + piece->width - CORNER, bottom = piece->y + piece->height - CORNER;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right, piece->y + CORNER, CORNER, -quarter, 0);
    cairo_arc(cairo, right, bottom, CORNER, 0, quarter);
    cairo_arc(cairo, piece->x + CORNER, bottom, CORNER, quarter, 2 * quarter);
    cairo_arc(cairo, piece->x + CORNER, piece->y + CORNER, CORNER, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
    set_colour(cairo, piece);
    cairo_set_line_width(cairo, 0.9);
    cairo_stroke(cairo);
}

/* One path for all modules, so that no seam shows between two of them; black, as scanners like it best. */
void letters_draw_code(cairo_t *cairo, const struct qr_code *code, double x, double y, double side) {
    size_t size = qr_size(code);
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, side / (double)size, side / (double)size);
    for (size_t row = 0; row < size; row++)
        for (size_t column = 0; column < size;) {
            size_t end = column;
            while (qr_is_dark(code, row, end))
                end++;
            if (end > column)
                cairo_rectangle(cairo, (double)column, (double)row, (double)(end - column), 1);
            column = end + 1;
        }
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

static void draw_piece(cairo_t *cairo, const struct letters_piece *piece) {
    switch (piece->kind) {
    case LETTERS_TEXT:
        draw_text(cairo, piece);
        return;
    case LETTERS_RULE:
        draw_rule(cairo, piece);
        return;
    case LETTERS_FRAME:
        draw_frame(cairo, piece);
        return;
    case LETTERS_QR:
        letters_draw_code(cairo, piece->code, piece->x, piece->y, piece->width);
        return;
    }
}

/* --- pages --- */

/* Sheets that were mixed up find together by the name; it stands in full on the first. */
static void draw_footer(cairo_t *cairo, const struct letters_composition *composition, unsigned page) {
    const char *name = composition->letter->name ? composition->letter->name : "";
    char number[32];
    snprintf(number, sizeof number, "%u/%u", page + 1, composition->page + 1);
    PangoLayout *layouts[] = {
        letters_text_plain(composition->context, LETTERS_FOOTER, 1, LETTERS_COLUMN * 0.8, name),
        letters_text_plain(composition->context, LETTERS_FOOTER, 1, LETTERS_COLUMN * 0.2, number),
    };
    pango_layout_set_single_paragraph_mode(layouts[0], TRUE);
    pango_layout_set_auto_dir(layouts[0], FALSE);
    pango_layout_set_ellipsize(layouts[0], PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(layouts[1], PANGO_ALIGN_RIGHT);
    set_pale(cairo);
    letters_draw_lines(cairo, layouts[0], 0, 1, LETTERS_SIDE, FOOTER_TOP);
    letters_draw_lines(cairo, layouts[1], 0, 1, LETTERS_SIDE + LETTERS_COLUMN * 0.8, FOOTER_TOP);
    g_object_unref(layouts[0]);
    g_object_unref(layouts[1]);
}

/* Items that follow each other are a list. */
static bool turn_list(cairo_t *cairo, bool is_list, bool becomes_list) {
    if (becomes_list && !is_list)
        cairo_tag_begin(cairo, "L", NULL);
    if (is_list && !becomes_list)
        cairo_tag_end(cairo, "L");
    return becomes_list;
}

static void draw_page(cairo_t *cairo, const struct letters_composition *composition, unsigned page) {
    bool is_list = false;
    for (const struct letters_piece *piece = composition->pieces; piece; piece = piece->next)
        if (piece->page == page) {
            is_list = turn_list(cairo, is_list, piece->is_item);
            draw_piece(cairo, piece);
        }
    turn_list(cairo, is_list, false);
    if (composition->page > 0)
        draw_footer(cairo, composition, page);
}

void letters_draw(cairo_t *cairo, const struct letters_composition *composition) {
    cairo_tag_begin(cairo, "Sect", NULL);
    for (unsigned page = 0; page <= composition->page; page++) {
        if (page > 0)
            cairo_show_page(cairo);
        draw_page(cairo, composition, page);
    }
    cairo_tag_end(cairo, "Sect");
}
