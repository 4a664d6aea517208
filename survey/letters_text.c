#include "survey/letters_text.h"

#include <stdlib.h>
#include <string.h>

/* Open Sans is installed with Bilan; the others have the letters that it has not. */
#define FAMILIES "Open Sans, DejaVu Sans, Noto Sans, Sans"

static const struct style {
    double size;
    PangoWeight weight;
    double spacing; /* between letters */
    double leading; /* of lines, times their natural height */
} styles[] = {
    [LETTERS_ORGANISATION] = {13, PANGO_WEIGHT_SEMIBOLD, 0, 0.95},
    [LETTERS_NAME] = {11.5, PANGO_WEIGHT_NORMAL, 0, 1},
    [LETTERS_SUBJECT] = {16, PANGO_WEIGHT_SEMIBOLD, 0, 0.95},
    [LETTERS_HEADING] = {12, PANGO_WEIGHT_SEMIBOLD, 0, 1},
    [LETTERS_BODY] = {10.75, PANGO_WEIGHT_NORMAL, 0, 1.05},
    [LETTERS_CAPTION] = {10, PANGO_WEIGHT_SEMIBOLD, 0, 1},
    [LETTERS_LINK] = {10, PANGO_WEIGHT_NORMAL, 0, 1},
    [LETTERS_CODE] = {19, PANGO_WEIGHT_SEMIBOLD, 1.2, 1},
    [LETTERS_FOOTER] = {8.5, PANGO_WEIGHT_NORMAL, 0, 1},
};

/* Letters stand where the design of the font wants them, not on the grid of a screen. */
PangoContext *letters_text_context(PangoFontMap *fonts) {
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72);
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    return context;
}

bool letters_text_has_fonts(PangoFontMap *fonts, struct failure *failure) {
    PangoFontFamily **families = NULL;
    int count = 0;
    pango_font_map_list_families(fonts, &families, &count);
    g_free(families);
    return count > 0 || failure_set(failure, "no font is installed, so that no text can be printed; install "
                                             "one, such as Debian's fonts-open-sans");
}

double letters_text_size(enum letters_style style) {
    return styles[style].size;
}

/* --- attributes --- */

static void add_over(PangoAttrList *attributes, PangoAttribute *attribute, size_t start, size_t end) {
    attribute->start_index = (guint)start;
    attribute->end_index = (guint)end;
    pango_attr_list_insert(attributes, attribute);
}

/* A hyphen in a broken link or code would be typed. A word is one if it has a sign of a path in it. */
static void add_words_without_hyphens(PangoAttrList *attributes, const char *text) {
    for (const char *word = text; *word;) {
        size_t length = strcspn(word, " \n\t");
        if (memchr(word, '/', length) || memchr(word, '@', length))
            add_over(attributes, pango_attr_insert_hyphens_new(FALSE), (size_t)(word - text),
                     (size_t)(word - text) + length);
        word += length + strspn(word + length, " \n\t");
    }
}

/* What is spaced is to be typed: no hyphen is added to it, and no pair of letters stands wider than another,
 * or programs that copy the text see a blank there. */
static PangoAttrList *style_attributes(enum letters_style style, const char *text) {
    PangoAttrList *attributes = pango_attr_list_new();
    if (styles[style].spacing == 0) {
        add_words_without_hyphens(attributes, text);
        return attributes;
    }
    int spacing = (int)(styles[style].spacing * PANGO_SCALE);
    pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(spacing));
    pango_attr_list_insert(attributes, pango_attr_font_features_new("kern=0, liga=0"));
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    return attributes;
}

/* --- layouts --- */

static PangoLayout *make(PangoContext *context, enum letters_style style, double scale, double width,
                         const char *text, PangoAttrList *attributes) {
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_from_string(FAMILIES);
    pango_font_description_set_absolute_size(font, styles[style].size * scale * PANGO_SCALE);
    pango_font_description_set_weight(font, styles[style].weight);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, (float)styles[style].leading);
    return layout;
}

PangoLayout *letters_text_plain(PangoContext *context, enum letters_style style, double scale, double width,
                                const char *text) {
    return make(context, style, scale, width, text, style_attributes(style, text));
}

static void add_runs(PangoAttrList *attributes, const struct template_block *block) {
    size_t start = 0;
    for (size_t i = 0; i < block->run_count; i++) {
        const struct template_run *run = &block->runs[i];
        size_t end = start + strlen(run->text);
        if (run->is_strong)
            add_over(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), start, end);
        if (run->is_emphasis)
            add_over(attributes, pango_attr_style_new(PANGO_STYLE_ITALIC), start, end);
        start = end;
    }
}

static void append_runs(struct buffer *text, const struct template_block *block) {
    for (size_t i = 0; i < block->run_count; i++)
        buffer_append(text, block->runs[i].text);
}

PangoAttrList *letters_text_runs(const struct template_block *block, struct buffer *text) {
    append_runs(text, block);
    PangoAttrList *attributes = pango_attr_list_new();
    add_words_without_hyphens(attributes, buffer_text(text));
    add_runs(attributes, block);
    return attributes;
}

PangoLayout *letters_text_block(PangoContext *context, enum letters_style style, double scale, double width,
                                const struct template_block *block) {
    struct buffer text = {0};
    append_runs(&text, block);
    PangoAttrList *attributes = style_attributes(style, buffer_text(&text));
    add_runs(attributes, block);
    PangoLayout *layout = make(context, style, scale, width, buffer_text(&text), attributes);
    buffer_destroy(&text);
    return layout;
}

/* --- links --- */

static bool is_break(const char *link, size_t at) {
    return at > 0 && link[at] && strchr("/?&=", link[at - 1]) && !strchr("/?&=", link[at]);
}

/* Letters that are joined or drawn together are harder to type, and to copy. */
static PangoAttrList *link_attributes(void) {
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_attr_list_insert(attributes, pango_attr_font_features_new("kern=0, liga=0, clig=0"));
    return attributes;
}

/* The link with its lines' ends: each is as late as its line is wide. What is longer than a line without
 * a place to break is left to pango. */
static char *break_link(struct arena *arena, PangoLayout *whole, double width, const char *link) {
    struct buffer broken = {0};
    size_t start = 0, last = 0;
    double origin = 0, last_x = 0;
    for (size_t at = 1; at <= strlen(link); at++) {
        if (link[at] && !is_break(link, at))
            continue;
        PangoRectangle place;
        pango_layout_index_to_pos(whole, (int)at, &place);
        double x = (double)place.x / PANGO_SCALE;
        if (x - origin > width && last > start) {
            buffer_append_bytes(&broken, link + start, last - start);
            buffer_append(&broken, "\n");
            start = last;
            origin = last_x;
        }
        last = at;
        last_x = x;
    }
    buffer_append(&broken, link + start);
    char *text = arena_copy(arena, buffer_text(&broken));
    buffer_destroy(&broken);
    return text;
}

PangoLayout *letters_text_link(struct arena *arena, PangoContext *context, double scale, double width,
                               const char *link) {
    PangoLayout *whole = make(context, LETTERS_LINK, scale, 0, link, link_attributes());
    pango_layout_set_width(whole, -1);
    const char *text = break_link(arena, whole, width, link);
    g_object_unref(whole);
    PangoLayout *layout = make(context, LETTERS_LINK, scale, width, text, link_attributes());
    pango_layout_set_wrap(layout, PANGO_WRAP_CHAR);
    return layout;
}

/* --- measures --- */

bool letters_text_is_mirrored(PangoLayout *layout) {
    return pango_layout_line_get_resolved_direction(pango_layout_get_line_readonly(layout, 0)) ==
           PANGO_DIRECTION_RTL;
}

double *letters_text_edges(struct arena *arena, PangoLayout *layout, size_t *count) {
    *count = (size_t)pango_layout_get_line_count(layout);
    double *edges = ARENA_NEW(arena, double, *count + 1);
    PangoLayoutIter *line = pango_layout_get_iter(layout);
    size_t i = 0;
    do {
        int top = 0, bottom = 0;
        pango_layout_iter_get_line_yrange(line, &top, &bottom);
        edges[i++] = (double)top / PANGO_SCALE;
        edges[i] = (double)bottom / PANGO_SCALE;
    } while (i < *count && pango_layout_iter_next_line(line));
    pango_layout_iter_free(line);
    return edges;
}

double letters_text_height(PangoLayout *layout) {
    int height = 0;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}
