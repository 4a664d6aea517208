#include "analysis/chart_theme_check.h"

#include <math.h>

/* WCAG 2.2, 1.4.3 and 1.4.11. */
static const double TEXT_LEAST = 4.5, GRAPHIC_LEAST = 3;

/* Two greys of a print, and two colours at a glance, are told apart from here on. */
static const double LIGHTNESS_LEAST = 8, DIFFERENCE_LEAST = 18;

/* A colour, what it is called, and where it is given. */
struct colour {
    const char *name;
    unsigned value;
    struct place place;
};

/* The mistake stands where the first of the two is given that is. */
static struct place place_of(const struct colour *colour, const struct colour *beside) {
    return colour->place.line ? colour->place : beside->place;
}

static void check_text(const struct colour *colour, const struct colour *background,
                       struct diagnostics *diagnostics) {
    double contrast = palette_contrast(colour->value, background->value);
    if (contrast < TEXT_LEAST)
        diagnostics_error(diagnostics, place_of(colour, background),
                          "%s #%06X on %s #%06X can hardly be read: its contrast is %.1f to 1, and must be "
                          "4.5 at least",
                          colour->name, colour->value, background->name, background->value,
                          floor(contrast * 10) / 10);
}

static void check_graphic(const struct colour *colour, const struct colour *beside,
                          struct diagnostics *diagnostics) {
    double contrast = palette_contrast(colour->value, beside->value);
    if (contrast < GRAPHIC_LEAST && (colour->place.line || beside->place.line))
        diagnostics_warning(
            diagnostics, place_of(colour, beside),
            "%s #%06X can hardly be seen beside %s #%06X: a contrast of %.1f to 1; 3 would do", colour->name,
            colour->value, beside->name, beside->value, floor(contrast * 10) / 10);
}

/* --- The sides of ordered answers --- */

enum { STEPS = 3 };

static double least_difference(const struct palette_ramp *one, const struct palette_ramp *other,
                               double (*difference)(unsigned, unsigned)) {
    double least = INFINITY;
    for (size_t i = 0; i < STEPS; i++)
        for (size_t j = 0; j < STEPS; j++)
            least = fmin(least, difference(palette_scale(one, i, STEPS), palette_scale(other, j, STEPS)));
    return least;
}

static double in_grey(unsigned one, unsigned other) {
    return fabs(palette_lightness(one) - palette_lightness(other));
}

static double to_protan(unsigned one, unsigned other) {
    return palette_difference(palette_seen(PALETTE_PROTAN, one), palette_seen(PALETTE_PROTAN, other));
}

static double to_deutan(unsigned one, unsigned other) {
    return palette_difference(palette_seen(PALETTE_DEUTAN, one), palette_seen(PALETTE_DEUTAN, other));
}

static double to_tritan(unsigned one, unsigned other) {
    return palette_difference(palette_seen(PALETTE_TRITAN, one), palette_seen(PALETTE_TRITAN, other));
}

static void check_sides(const struct chart_theme *theme, const struct chart_theme_places *places,
                        struct diagnostics *diagnostics) {
    static const struct {
        double (*difference)(unsigned, unsigned);
        double least;
        const char *who;
    } views[] = {{in_grey, LIGHTNESS_LEAST, "in a grey print: let one side be darker than the other"},
                 {palette_difference, DIFFERENCE_LEAST, "at a glance"},
                 {to_protan, DIFFERENCE_LEAST, "by the red-blind"},
                 {to_deutan, DIFFERENCE_LEAST, "by the green-blind"},
                 {to_tritan, DIFFERENCE_LEAST, "by the blue-blind"}};
    const struct palette_ramp *favourable = &theme->sides[PALETTE_FAVOURABLE];
    const struct palette_ramp *unfavourable = &theme->sides[PALETTE_UNFAVOURABLE];
    struct place place = places->sides[PALETTE_UNFAVOURABLE];
    if (!place.line)
        place = places->sides[PALETTE_FAVOURABLE];
    for (size_t i = 0; place.line && i < sizeof views / sizeof *views; i++)
        if (least_difference(favourable, unfavourable, views[i].difference) < views[i].least)
            diagnostics_warning(diagnostics, place,
                                "some favourable and unfavourable answers cannot be told apart %s",
                                views[i].who);
}

void chart_theme_check(const struct chart_theme *theme, const struct chart_theme_places *places,
                       struct diagnostics *diagnostics) {
    const struct colour background = {"the background", theme->background, places->background};
    const struct colour texts[] = {{"text", theme->text, places->text},
                                   {"quiet_text", theme->quiet_text, places->quiet_text},
                                   {"notice", theme->notice, places->notice}};
    const struct colour strong = {"strong", theme->strong, places->strong};
    const struct colour beside[] = {background,
                                    {"bar", theme->bar, places->bar},
                                    {"light", theme->light, places->light},
                                    {"pale", theme->pale, places->pale}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(&texts[i], &background, diagnostics);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        check_graphic(&strong, &beside[i], diagnostics);
    check_sides(theme, places, diagnostics);
}
