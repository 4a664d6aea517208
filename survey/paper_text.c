#include "survey/paper_text.h"

#include "survey/letters_text.h"

#include <string.h>

/* Open Sans is installed with Bilan; the others have the letters that it has not. */
#define FAMILIES   "Open Sans, DejaVu Sans, Noto Sans, Sans"
#define HINT_SIZE  8.0
#define HINT_SPACE "\u2002"

static const struct style {
    double size; /* points */
    PangoWeight weight;
    PangoStyle slant;
    double leading; /* of lines, times their natural height */
} styles[] = {
    [PAPER_ORGANISATION] = {10, PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL, 0.95},
    [PAPER_TITLE] = {18, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0.88},
    [PAPER_SECTION] = {12.5, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0.92},
    [PAPER_PROSE] = {9.5, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 1},
    [PAPER_PROSE_HEADING] = {10, PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL, 1},
    [PAPER_SMALL] = {8, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0.98},
    [PAPER_SMALL_HEADING] = {8.5, PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL, 1},
    [PAPER_ROUTE] = {9, PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC, 0.97},
    [PAPER_NUMBER] = {10, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0.95},
    [PAPER_QUESTION] = {10, PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL, 0.95},
    [PAPER_HELP] = {8.5, PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC, 0.95},
    [PAPER_OPTION] = {9.5, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0.9},
    [PAPER_HEAD] = {8.25, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0.9},
    [PAPER_NOTE] = {8, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0.95},
    [PAPER_FOOT] = {8.5, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 1},
};

/* `attributes` are taken over. */
static PangoLayout *make(PangoContext *context, enum paper_style style, double width, const char *text,
                         PangoAttrList *attributes) {
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_from_string(FAMILIES);
    pango_font_description_set_absolute_size(font, styles[style].size * PANGO_SCALE);
    pango_font_description_set_weight(font, styles[style].weight);
    pango_font_description_set_style(font, styles[style].slant);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(layout, width > 0 ? (int)(PAPER_POINTS(width) * PANGO_SCALE) : -1);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, (float)styles[style].leading);
    /* Where a form runs from right to left, pango sets at the left what runs so too: all is to stand on the
     * right. */
    if (pango_context_get_base_dir(context) == PANGO_DIRECTION_RTL &&
        pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    return layout;
}

PangoLayout *paper_text_plain(PangoContext *context, enum paper_style style, double width, const char *text) {
    return make(context, style, width, text, pango_attr_list_new());
}

static void add_from(PangoAttrList *attributes, PangoAttribute *attribute, size_t start) {
    attribute->start_index = (guint)start;
    pango_attr_list_insert(attributes, attribute);
}

PangoLayout *paper_text_hinted(PangoContext *context, enum paper_style style, double width, const char *text,
                               const char *hint) {
    if (!hint)
        return paper_text_plain(context, style, width, text);
    struct buffer all = {0};
    buffer_format(&all, "%s" HINT_SPACE "%s", text, hint);
    PangoAttrList *attributes = pango_attr_list_new();
    size_t start = strlen(text);
    add_from(attributes, pango_attr_weight_new(PANGO_WEIGHT_NORMAL), start);
    add_from(attributes, pango_attr_size_new_absolute((int)(HINT_SIZE * PANGO_SCALE)), start);
    PangoLayout *layout = make(context, style, width, buffer_text(&all), attributes);
    buffer_destroy(&all);
    return layout;
}

PangoLayout *paper_text_block(PangoContext *context, enum paper_style style, double width,
                              const struct template_block *block) {
    struct buffer text = {0};
    PangoAttrList *attributes = letters_text_runs(block, &text);
    PangoLayout *layout = make(context, style, width, buffer_text(&text), attributes);
    buffer_destroy(&text);
    return layout;
}

/* --- measures --- */

static double to_millimetres(int units) {
    return (double)units / PANGO_SCALE * 25.4 / 72;
}

double paper_text_height(PangoLayout *layout) {
    int height = 0;
    pango_layout_get_size(layout, NULL, &height);
    return to_millimetres(height);
}

double paper_text_line(PangoLayout *layout) {
    PangoRectangle extents;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), NULL, &extents);
    return to_millimetres(extents.height);
}

double paper_text_width(PangoLayout *layout) {
    int width = 0;
    pango_layout_get_size(layout, &width, NULL);
    return to_millimetres(width);
}

double paper_text_natural(PangoContext *context, enum paper_style style, const char *text) {
    PangoLayout *layout = paper_text_plain(context, style, 0, text);
    double width = paper_text_width(layout);
    g_object_unref(layout);
    return width;
}

double paper_text_longest_word(PangoContext *context, enum paper_style style, const char *text) {
    struct buffer lines = {0};
    for (; *text; text++)
        buffer_append_bytes(&lines, *text == ' ' ? "\n" : text, 1);
    double width = paper_text_natural(context, style, buffer_text(&lines));
    buffer_destroy(&lines);
    return width;
}
