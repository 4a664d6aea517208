/* Themes of charts: what a file changes and what it leaves, what is refused, what is warned of. */
#include "analysis/chart_sheet.h"
#include "analysis/chart_theme_check.h"
#include "analysis/chart_theme_file.h"
#include "analysis/glyph.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define assert_near(one, other, off) assert_true(fabs((one) - (other)) < (off))

static struct arena *arena;
static struct diagnostics *diagnostics;

static const struct chart_theme *read_theme(const char *source) {
    diagnostics = diagnostics_create(arena, "theme");
    return chart_theme_file_parse(arena, source, strlen(source), diagnostics);
}

static size_t warnings(void) {
    return diagnostics_count(diagnostics, SEVERITY_WARNING);
}

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

/* Goal: what a file does not name stays, and the sheet shrinks as letters grow. */
static void a_theme_changes_what_it_names(void **state) {
    (void)state;
    const struct chart_theme *plain = chart_theme_default();
    const struct chart_theme *theme = read_theme("size: 17e0\n");
    assert_null(theme);
    theme = read_theme("size: 10.5\ncolours: {bar: \"#8DB48E\", text: 000000}\nbackground: none\n");
    assert_non_null(theme);
    assert_int_equal(warnings(), 0);
    assert_int_equal(theme->bar, 0x8DB48E);
    assert_int_equal(theme->text, 0);
    assert_int_equal(theme->strong, plain->strong);
    assert_true(theme->transparent);
    assert_string_equal(theme->font, plain->font);
    assert_string_equal(theme->strong_font, plain->strong_font);
    assert_memory_equal(theme->sides, plain->sides, sizeof theme->sides);
    assert_true(chart_sheet_width(plain) == 449);
    assert_near(chart_sheet_width(theme) * 10.5, 449 * 8.5, 1e-6);
    assert_near(chart_theme_zoom(theme), 10.5 / 8.5, 1e-9);
}

/* Goal: the default theme has no mistake and nothing to warn of, even if every place is blamed. */
static void the_default_is_good(void **state) {
    (void)state;
    struct place here = {1, 1, 1};
    struct chart_theme_places places = {
        here, here, here, here, here, here, here, here, {here, here, here, here}};
    diagnostics = diagnostics_create(arena, "theme");
    chart_theme_check(chart_theme_default(), &places, diagnostics);
    assert_int_equal(diagnostics_count(diagnostics, SEVERITY_ERROR), 0);
    assert_int_equal(warnings(), 0);
}

/* Goal: a side goes from one given colour to the other; from one alone it becomes lighter. */
static void steps_run_between_two_colours(void **state) {
    (void)state;
    const struct chart_theme *theme = read_theme("colours:\n  favourable: [\"#14532D\", \"#4F8A6D\"]\n"
                                                 "  unfavourable: \"#D18F22\"\n  ordered: \"#202020\"\n");
    assert_non_null(theme);
    const struct palette_ramp *side = &theme->sides[PALETTE_FAVOURABLE];
    assert_int_equal(palette_scale(side, 0, 5), 0x14532D);
    assert_int_equal(palette_scale(side, 4, 5), 0x4F8A6D);
    side = &theme->sides[PALETTE_UNFAVOURABLE];
    assert_int_equal(palette_scale(side, 0, 3), 0xD18F22);
    for (size_t i = PALETTE_FAVOURABLE; i < PALETTE_SIDE_COUNT; i++)
        for (size_t step = 1; step < 5 && i != PALETTE_NEUTRAL; step++)
            assert_true(palette_lightness(palette_scale(&theme->sides[i], step, 5)) >
                        palette_lightness(palette_scale(&theme->sides[i], step - 1, 5)) + 1);
    unsigned grey = palette_scale(&theme->sides[PALETTE_ORDERED], 2, 5);
    assert_true(abs((int)(grey & 0xFF) - (int)(grey >> 16)) <= 1); /* grey stays grey */
}

/* Goal: from red to violet the short way leads through purple, not through green. */
static void hues_turn_the_short_way(void **state) {
    (void)state;
    struct palette_ramp ramp = palette_ramp_between(0xC00020, 0x6020C0);
    unsigned middle = palette_scale(&ramp, 1, 3);
    assert_true((middle >> 16) > (middle >> 8 & 0xFF) && (middle & 0xFF) > (middle >> 8 & 0xFF));
    ramp = palette_ramp_between(0x6020C0, 0xC00020);
    assert_int_equal(palette_scale(&ramp, 1, 3), middle);
    ramp = palette_ramp_between(0x2050A0, 0xFFFFFF); /* white has no hue of its own */
    middle = palette_scale(&ramp, 1, 3);
    assert_true((middle & 0xFF) > (middle >> 16) + 20);
}

/* Goal: differences are what their definitions say; red and green of one lightness are the same to who has no
 * middle cones, blue and orange are not. */
static void colours_are_seen_as_others_see_them(void **state) {
    (void)state;
    assert_near(palette_difference(0x000000, 0xFFFFFF), 100, 0.01);
    assert_near(palette_difference(0xFF0000, 0x00FF00), 170.58, 0.05);
    for (size_t i = 0; i < PALETTE_VISION_COUNT; i++) {
        enum palette_vision vision = (enum palette_vision)i;
        assert_int_equal(palette_seen(vision, 0x000000), 0x000000);
        assert_true(palette_difference(palette_seen(vision, 0x808080), 0x808080) < 1);
    }
    unsigned red = palette_seen(PALETTE_DEUTAN, 0xA05A2C), green = palette_seen(PALETTE_DEUTAN, 0x6E7A2C);
    assert_true(palette_difference(red, green) < palette_difference(0xA05A2C, 0x6E7A2C) / 2);
    assert_true(palette_difference(palette_seen(PALETTE_DEUTAN, 0x2050A0),
                                   palette_seen(PALETTE_DEUTAN, 0xD07B28)) > 60);
}

/* Goal: text that can hardly be read is refused, wherever the mistake is; what looks alike is a warning. */
static void what_cannot_be_read_is_refused(void **state) {
    (void)state;
    assert_null(read_theme("colours: {text: \"#888888\"}"));
    assert_null(read_theme("background: \"#303030\""));
    assert_int_equal(diagnostics_count(diagnostics, SEVERITY_ERROR), 3); /* all three kinds of text */
    assert_non_null(
        read_theme("background: \"#101010\"\ncolours: {text: \"#FFFFFF\", quiet_text: \"#BBBBBB\", "
                   "notice: \"#FFAA66\", strong: \"#DDEEFF\", bar: \"#336688\", light: \"#336688\", "
                   "pale: \"#224455\"}"));
    assert_int_equal(warnings(), 0);
    assert_non_null(read_theme("colours: {favourable: \"#2E8B2E\", unfavourable: \"#2F8C2F\"}"));
    assert_int_equal(warnings(), 5);
    assert_non_null(read_theme("colours: {strong: \"#7FA8D0\"}"));
    assert_int_equal(warnings(), 4);
}

/* Goal: whatever bytes come, they are refused or read. */
static void strange_files_are_refused(void **state) {
    (void)state;
    static const char *const sources[] = {"",
                                          "# nothing\n",
                                          "- a\n",
                                          "a",
                                          "size: .nan\n",
                                          "size: 7.00000.1\n",
                                          "font: ' '\n",
                                          "font: [a]\n",
                                          "font: \"a\\\"b\"\n",
                                          "colours: [a]\n",
                                          "colours: {bar: [\"#123456\"]}\n",
                                          "colours: {favourable: {a: b}}\n",
                                          "background: {a: b}\n",
                                          "background: [none]\n",
                                          "size: 6.99\n",
                                          "colours: {bar: \"#12345G\"}\n",
                                          "colours: {bar: \"##12345\"}\n",
                                          "size: 9\nsize: 9\n",
                                          "\x80",
                                          "font: a\x01"
                                          "b\n"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (read_theme(sources[i]))
            fail_msg("accepted: %s", sources[i]);
        assert_true(diagnostics_count(diagnostics, SEVERITY_ERROR) > 0);
    }
    assert_non_null(read_theme("size: 7\n"));
    assert_non_null(read_theme("size: 14\n"));
}

/* Goal: a font that is installed is used as it is; of one that is not, the one that stands in is named; the
 * default font is as wide as charts take it to be. */
static void fonts_are_looked_for(void **state) {
    (void)state;
    assert_string_equal(glyph_family(arena, "Open Sans"), "Open Sans");
    assert_string_equal(glyph_family(arena, "open sans"), "Open Sans");
    assert_string_not_equal(glyph_family(arena, "Commercial Sans"), "Commercial Sans");
    assert_true(glyph_breadth("Open Sans", true) == 1);
    assert_true(glyph_breadth("DejaVu Sans", false) > 1.02);
    assert_string_equal(glyph_identity(arena, "Open Sans"), glyph_identity(arena, "Open Sans"));
    assert_string_not_equal(glyph_identity(arena, "Open Sans"), glyph_identity(arena, "DejaVu Sans"));
    const struct chart_theme *theme = read_theme("font: Commercial Sans\n");
    assert_non_null(theme);
    assert_int_equal(warnings(), 1);
    assert_string_equal(theme->strong_font, "Commercial Sans Bold");
    theme = read_theme("font: Open Sans\n");
    assert_int_equal(warnings(), 0);
    assert_string_equal(theme->strong_font, "Open Sans Semibold");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_theme_changes_what_it_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_default_is_good, set_up, tear_down),
        cmocka_unit_test_setup_teardown(steps_run_between_two_colours, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hues_turn_the_short_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(colours_are_seen_as_others_see_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strange_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(fonts_are_looked_for, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
