#include "analysis/chart_sheet.h"

#include "analysis/chart_files.h"
#include "analysis/label.h"
#include "analysis/palette.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

/* The picture is 16 cm wide, in whole points nearly, so that its proportions are the same in all formats. */
enum { WIDTH = 453, PIXELS_WIDE = 1890 };
static const double SIDE = 2, CENTIMETRES_WIDE = 16;

/* What gnuplot's cairo multiplies font sizes with: it takes 96 for the pixels of an inch, not 300. */
static const double FONT_SCALE = 300.0 / 96;

struct chart_sheet {
    struct arena *arena;
    struct glyphs *glyphs;
    const struct chart_theme *theme;
    struct chart chart;
    double zoom, bottom;
    bool has_axes;
    struct chart_span x, y;
    struct buffer texts[CHART_STYLE_COUNT][CHART_ALIGN_COUNT];
    struct buffer data, lines, plot, table;
};

enum face { FACE_NORMAL, FACE_STRONG, FACE_ITALIC };

struct style {
    const char *name;
    enum face face;
    double size;
};

static const struct style styles[CHART_STYLE_COUNT] = {
    [CHART_TITLE] = {"title", FACE_STRONG, 11.5},  [CHART_SUBTITLE] = {"subtitle", FACE_NORMAL, 8.5},
    [CHART_LABEL] = {"label", FACE_NORMAL, 8.5},   [CHART_STRONG] = {"strong", FACE_STRONG, 8.5},
    [CHART_QUIET] = {"quiet", FACE_NORMAL, 7.5},   [CHART_WORDS] = {"words", FACE_ITALIC, 8},
    [CHART_ON_DARK] = {"on-dark", FACE_NORMAL, 8}, [CHART_ON_LIGHT] = {"on-light", FACE_NORMAL, 8},
    [CHART_NOTICE] = {"notice", FACE_STRONG, 7.5}};

static const char *font_of(const struct chart_sheet *sheet, enum face face) {
    if (face == FACE_ITALIC)
        return arena_format(sheet->arena, "%s Italic", sheet->theme->font);
    return face == FACE_STRONG ? sheet->theme->strong_font : sheet->theme->font;
}

static unsigned colour_of(const struct chart_theme *theme, enum chart_style style) {
    switch (style) {
    case CHART_SUBTITLE:
    case CHART_QUIET:
    case CHART_WORDS:
        return theme->quiet_text;
    case CHART_ON_DARK:
        return 0xFFFFFF;
    case CHART_ON_LIGHT:
        return 0x000000;
    case CHART_NOTICE:
        return theme->notice;
    default:
        return theme->text;
    }
}

static const char *const aligns[CHART_ALIGN_COUNT] = {"left", "center", "right"};

double chart_sheet_width(const struct chart_theme *theme) {
    return (WIDTH - 2 * SIDE) / chart_theme_zoom(theme);
}

struct chart_sheet *chart_sheet_create(struct arena *arena, const struct chart *chart,
                                       const struct chart_theme *theme, struct glyphs *glyphs) {
    struct chart_sheet *sheet = ARENA_NEW(arena, struct chart_sheet, 1);
    sheet->arena = arena;
    sheet->glyphs = glyphs;
    sheet->theme = theme;
    sheet->zoom = chart_theme_zoom(theme);
    sheet->chart = *chart;
    return sheet;
}

const struct chart *chart_sheet_chart(const struct chart_sheet *sheet) {
    return &sheet->chart;
}

double chart_sheet_bottom(const struct chart_sheet *sheet) {
    return sheet->bottom;
}

void chart_sheet_advance(struct chart_sheet *sheet, double points) {
    sheet->bottom += points;
}

void chart_sheet_axes(struct chart_sheet *sheet, struct chart_span x, struct chart_span y) {
    sheet->has_axes = true;
    sheet->x = x;
    sheet->y = y;
}

double chart_sheet_size(enum chart_style style) {
    return styles[style].size;
}

void chart_sheet_text(struct chart_sheet *sheet, struct chart_spot spot, const char *text) {
    const char *drawn = glyph_drawable(sheet->glyphs, sheet->arena, text);
    if (!drawn[strspn(drawn, " ")])
        return; /* gnuplot complains about labels without text */
    struct buffer *buffer = &sheet->texts[spot.style][spot.align];
    buffer_format(buffer, "%.2f\t%.2f\t", spot.x, spot.y);
    label_field(buffer, drawn);
    buffer_append(buffer, "\n");
}

void chart_sheet_line(struct chart_sheet *sheet, struct chart_stroke stroke) {
    buffer_format(
        &sheet->lines,
        "set arrow from second %.2f, second %.2f to second %.2f, second %.2f nohead back lw %s lc rgb "
        "\"#%06X\"\n",
        stroke.x1, stroke.y1, stroke.x2, stroke.y2, stroke.strong ? "0.8" : "0.5",
        stroke.strong ? sheet->theme->line : sheet->theme->grid);
}

struct buffer *chart_sheet_data(struct chart_sheet *sheet, const char *heading) {
    if (sheet->data.length)
        buffer_append(&sheet->data, "\n\n");
    buffer_format(&sheet->data, "# %s\n", heading);
    return &sheet->data;
}

struct buffer *chart_sheet_table(struct chart_sheet *sheet) {
    return &sheet->table;
}

const char *chart_sheet_background(const struct chart_sheet *sheet) {
    if (sheet->theme->background == 0xFFFFFF)
        return "white";
    return arena_format(sheet->arena, "#%06X", sheet->theme->background);
}

void chart_sheet_draw(struct chart_sheet *sheet, const char *format, ...) {
    va_list list;
    va_start(list, format);
    const char *plot = arena_format_list(sheet->arena, format, list);
    va_end(list);
    buffer_format(&sheet->plot, "%s \\\n    \"%s.dat\" %s notitle", sheet->plot.length ? "," : "plot",
                  sheet->chart.name, plot);
}

/* Each style and side is a set of data of its own: x, y, text, in points. */
static void draw_texts(struct chart_sheet *sheet) {
    double letters = chart_theme_letters(sheet->theme);
    for (size_t i = 0; i < CHART_STYLE_COUNT; i++)
        for (size_t j = 0; j < CHART_ALIGN_COUNT; j++) {
            const struct buffer *texts = &sheet->texts[i][j];
            if (!texts->length)
                continue;
            const char *name = arena_format(sheet->arena, "%s-%s", styles[i].name, aligns[j]);
            buffer_append(chart_sheet_data(sheet, arena_format(sheet->arena, "%s: x, y, text", name)),
                          buffer_text(texts));
            chart_sheet_draw(sheet,
                             "index \"%s\" using 1:2:3 axes x2y2 with labels %s font \"%s,%g\" textcolor rgb "
                             "\"#%06X\"",
                             name, aligns[j], font_of(sheet, styles[i].face), styles[i].size * letters,
                             colour_of(sheet->theme, (enum chart_style)i));
        }
}

const struct chart *chart_sheet_finish(struct chart_sheet *sheet, const char *alternative) {
    draw_texts(sheet);
    sheet->chart.alternative = alternative;
    sheet->bottom = ceil(sheet->bottom * sheet->zoom) / sheet->zoom; /* whole points of the picture */
    sheet->chart.width = CENTIMETRES_WIDE;
    sheet->chart.height = sheet->bottom * sheet->zoom * CENTIMETRES_WIDE / WIDTH;
    return &sheet->chart;
}

/* The value of the scale at a place. */
static double value_at(struct chart_span span, double place) {
    return span.from + (place - span.first) * (span.to - span.from) / (span.last - span.first);
}

static void write_range(struct buffer *script, const char *axis, double from, double to) {
    buffer_format(script, "set %srange [%.10g:%.10g]\n", axis, from, to);
}

/* The picture is one plot without margins: the second axes are points, the first ones carry the values. */
static void write_settings(const struct chart_sheet *sheet, struct buffer *script) {
    buffer_format(script,
                  "# Draws %s.svg, .pdf and .png from %s.dat:  gnuplot %s.gp\n"
                  "reset\n"
                  "set encoding utf8\n"
                  "set datafile separator tab\n"
                  "set datafile missing \"NaN\"\n"
                  "unset key; unset border; unset xtics; unset ytics\n"
                  "set lmargin at screen 0; set rmargin at screen 1\n"
                  "set bmargin at screen 0; set tmargin at screen 1\n"
                  "set style fill solid 1 noborder\n",
                  sheet->chart.name, sheet->chart.name, sheet->chart.name);
    struct chart_span x = {0, 1, 0, 1}, y = {0, 1, 0, 1};
    if (sheet->has_axes) {
        x = sheet->x;
        y = sheet->y;
    }
    double side = SIDE / sheet->zoom, right = WIDTH / sheet->zoom - side;
    write_range(script, "x", value_at(x, -side), value_at(x, right));
    write_range(script, "y", value_at(y, sheet->bottom), value_at(y, 0));
    write_range(script, "x2", -side, right);
    write_range(script, "y2", sheet->bottom, 0);
    buffer_append(script, buffer_text(&sheet->lines));
}

/* Only a terminal for SVG takes no factor for the size of points: chart_files_finish_svg sees to that. */
static void write_plots(const struct chart_sheet *sheet, struct buffer *script) {
    const char *name = sheet->chart.name, *behind = "";
    if (!sheet->theme->transparent)
        behind = arena_format(sheet->arena, " background \"%s\"", chart_sheet_background(sheet));
    const char *font = arena_format(sheet->arena, "%s,%g", sheet->theme->font, sheet->theme->size);
    const char *lines = sheet->zoom == 1 ? "" : arena_format(sheet->arena, " linewidth %.4g", sheet->zoom);
    double pixels = (double)PIXELS_WIDE / WIDTH, points = sheet->bottom * sheet->zoom;
    buffer_format(script,
                  "set terminal svg size %d,%.0f dynamic noenhanced font \"%s\"%s%s\n"
                  "set output \"%s.svg\"\n%s\n",
                  WIDTH, points, font, lines, behind, name, buffer_text(&sheet->plot));
    buffer_format(script,
                  "set terminal pdfcairo size %.4gcm,%.4gcm noenhanced font \"%s\" fontscale 0.75 "
                  "linewidth %.4g pointscale %.4g%s\n"
                  "set output \"%s.pdf\"\nreplot\n",
                  sheet->chart.width, sheet->chart.height, font, 2 * sheet->zoom, 1.2 * sheet->zoom, behind,
                  name);
    buffer_format(script,
                  "set terminal pngcairo size %d,%d noenhanced font \"%s\" fontscale %g linewidth "
                  "%.4g pointscale %.4g%s%s\n"
                  "set output \"%s.png\"\nreplot\n"
                  "unset output\n",
                  PIXELS_WIDE, (int)(points * pixels + 0.5), font, FONT_SCALE, pixels * sheet->zoom,
                  pixels * sheet->zoom, behind, sheet->theme->transparent ? " transparent" : "", name);
}

bool chart_sheet_write(const struct chart_sheet *sheet, const char *folder, struct failure *failure) {
    struct buffer script = {0};
    write_settings(sheet, &script);
    write_plots(sheet, &script);
    const char *stem = arena_format(sheet->arena, "%s/%s", folder, sheet->chart.name);
    bool good = chart_files_write(arena_format(sheet->arena, "%s.gp", stem), &script, failure) &&
                chart_files_write(arena_format(sheet->arena, "%s.dat", stem), &sheet->data, failure) &&
                chart_files_write(arena_format(sheet->arena, "%s.csv", stem), &sheet->table, failure);
    buffer_destroy(&script);
    return good;
}

void chart_sheet_destroy(struct chart_sheet *sheet) {
    if (!sheet)
        return;
    for (size_t i = 0; i < CHART_STYLE_COUNT; i++)
        for (size_t j = 0; j < CHART_ALIGN_COUNT; j++)
            buffer_destroy(&sheet->texts[i][j]);
    buffer_destroy(&sheet->data);
    buffer_destroy(&sheet->lines);
    buffer_destroy(&sheet->plot);
    buffer_destroy(&sheet->table);
}
