/* The colours of charts: on a black-and-white printer, to colour-blind readers, and under text. */
#include "analysis/chart_theme.h"
#include "analysis/palette.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_near(one, other, off) assert_true(fabs((one) - (other)) < (off))

enum { STEPS_MOST = 11 };

/* Goal: lightness and contrast are what their definitions say. */
static void measures_are_right(void **state) {
    (void)state;
    assert_near(palette_lightness(0x000000), 0, 1e-9);
    assert_near(palette_lightness(0xFFFFFF), 100, 1e-3);
    assert_near(palette_lightness(0x777777), 50.03, 0.01);
    assert_near(palette_contrast(0x000000, 0xFFFFFF), 21, 1e-3);
    assert_near(palette_contrast(0x767676, 0xFFFFFF), 4.54, 0.01);
}

/* Goal: within a side, each step is lighter than the one before, up to eleven of them. */
static void steps_become_lighter(void **state) {
    (void)state;
    for (enum palette_side side = PALETTE_FAVOURABLE; side <= PALETTE_ORDERED; side++)
        for (size_t count = 2; count <= STEPS_MOST; count++)
            for (size_t step = 1; step < count; step++)
                assert_true(palette_lightness(palette_scale(&palette_default[side], step, count)) >=
                            palette_lightness(palette_scale(&palette_default[side], step - 1, count)) +
                                (side == PALETTE_NEUTRAL ? 0 : 1.5));
}

/* Goal: in grey, the sides of a scale never look the same: all blues are darker than all oranges, and these
 * darker than what is neutral. */
static void sides_differ_in_grey(void **state) {
    (void)state;
    double lightest_blue = palette_lightness(palette_scale(&palette_default[PALETTE_FAVOURABLE], 1, 2));
    double darkest_orange = palette_lightness(palette_scale(&palette_default[PALETTE_UNFAVOURABLE], 0, 2));
    double lightest_orange = palette_lightness(palette_scale(&palette_default[PALETTE_UNFAVOURABLE], 1, 2));
    double darkest_neutral = palette_lightness(palette_scale(&palette_default[PALETTE_NEUTRAL], 0, 2));
    assert_true(darkest_orange - lightest_blue > 15);
    assert_true(darkest_neutral - lightest_orange > 5);
    assert_true(palette_lightness(palette_scale(&palette_default[PALETTE_NEUTRAL], 1, 2)) < 97);
}

/* Goal: to those who do not tell red from green, the two sides stay blue and yellow: blue outweighs red on
 * the one, red outweighs blue on the other. */
static void sides_differ_in_blue(void **state) {
    (void)state;
    for (size_t step = 0; step < 5; step++) {
        unsigned blue = palette_scale(&palette_default[PALETTE_FAVOURABLE], step, 5);
        unsigned orange = palette_scale(&palette_default[PALETTE_UNFAVOURABLE], step, 5);
        assert_true((blue & 0xFF) > (blue >> 16) + 40);
        assert_true((orange >> 16) > (orange & 0xFF) + 40);
    }
}

/* Goal: figures inside bars can be read, on every colour that a bar can have. */
static void text_can_be_read(void **state) {
    (void)state;
    const struct chart_theme *theme = chart_theme_default();
    for (enum palette_side side = PALETTE_FAVOURABLE; side <= PALETTE_ORDERED; side++)
        for (size_t count = 1; count <= STEPS_MOST; count++)
            for (size_t step = 0; step < count; step++) {
                unsigned fill = palette_scale(&palette_default[side], step, count),
                         text = palette_text_on(fill);
                assert_true(palette_contrast(fill, text) >= 4.5);
            }
    assert_true(palette_contrast(theme->quiet_text, 0xFFFFFF) >= 4.5);
    assert_true(palette_contrast(theme->notice, 0xFFFFFF) >= 4.5);
    assert_true(palette_contrast(theme->text, theme->bar) >= 4.5);
    assert_true(palette_contrast(theme->strong, theme->bar) >= 3); /* a line on a bar: WCAG 2.2, 1.4.11 */
    assert_true(palette_contrast(theme->strong, theme->light) >= 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_right), cmocka_unit_test(steps_become_lighter),
        cmocka_unit_test(sides_differ_in_grey), cmocka_unit_test(sides_differ_in_blue),
        cmocka_unit_test(text_can_be_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
