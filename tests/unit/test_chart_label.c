/* Texts on charts: their widths, where they break, and that no text can leave its field in a data file. */
#include "analysis/label.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define assert_near(one, other) assert_true(fabs((one) - (other)) < 1e-9)

static struct arena *arena;

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

/* Goal: widths grow with the size, and are those of the letters: an accent takes no room, a wide character a
 * square, what joins or combines nothing. */
static void widths_are_those_of_the_letters(void **state) {
    (void)state;
    assert_true(label_width("", 9) == 0);
    assert_near(label_width("composition", 18), 2 * label_width("composition", 9));
    assert_near(label_width("ÉÀçôÿ", 9), label_width("EAcoy", 9));
    assert_near(label_width("ŁłŹžſ", 9), label_width("LlZzf", 9));
    assert_near(label_width("e\u0301", 9), label_width("e", 9));
    assert_near(label_width("漢字", 10), 21);
    assert_near(label_width("a\u00A0b", 9), label_width("a b", 9));
    assert_true(label_width("iiii", 9) < label_width("mmmm", 9));
}

/* Goal: the estimate is from above: 8 % more than Open Sans needs (its advances are 26.546 of the size for
 * this text), as DejaVu Sans does (28.837). */
static void widths_leave_room_for_a_wider_font(void **state) {
    (void)state;
    double width = label_width("Les contrats reprennent l’essentiel des propositions 63 %", 1);
    assert_true(width >= 28.837);
    assert_true(width <= 26.546 * 1.12);
}

static void expect_lines(const char *text, double width, const char *const *expected) {
    struct label_lines lines = label_wrap(arena, text, 10, width);
    size_t count = 0;
    for (; expected[count]; count++) {
        assert_true(count < lines.count);
        assert_string_equal(lines.lines[count], expected[count]);
        assert_true(label_width(lines.lines[count], 10) <= lines.width);
    }
    assert_int_equal(lines.count, count);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Goal: lines break between words, blanks at the ends go, whatever kind of blank. */
static void lines_break_between_words(void **state) {
    (void)state;
    expect_lines("one two", 1000, LINES("one two"));
    expect_lines("\n one\ttwo  ", 1000, LINES("one two"));
    expect_lines("one two three", label_width("one two", 10), LINES("one two", "three"));
    expect_lines("one two three", 1, LINES("o", "n", "e", "t", "w", "o", "t", "h", "r", "e", "e"));
    expect_lines("demi-journée", label_width("demi-jour", 10), LINES("demi-", "journée"));
    expect_lines("2012-2013", label_width("2012-20", 10), LINES("2012-20", "13"));
}

/* Goal: the signs that French sets apart never begin a line, and « never ends one. */
static void french_signs_stay_with_their_word(void **state) {
    (void)state;
    expect_lines("aaaa bbbb ?", label_width("aaaa bbbb", 10), LINES("aaaa", "bbbb ?"));
    expect_lines("aaaa bbbb : cc", label_width("aaaa bbbb", 10), LINES("aaaa", "bbbb : cc"));
    expect_lines("aaaa « bbbb »", label_width("aaaa « bbb", 10), LINES("aaaa", "« bbbb »"));
    expect_lines("aaaa 63 %", label_width("aaaa 63", 10), LINES("aaaa", "63 %"));
}

/* Goal: no line is wider than asked, none is empty, and no character but blanks is lost, for any text. */
static void nothing_is_lost_at_any_width(void **state) {
    (void)state;
    static const char text[] =
        "Une très longue modalité : « oui, mais » ; ou bien « non » ? 漢字漢字 a-b/c — œuvre, "
        "anticonstitutionnellement\u202F!";
    for (double width = 12; width < 500; width += 7) {
        struct label_lines lines = label_wrap(arena, text, 10, width);
        const char *at = text;
        for (size_t i = 0; i < lines.count; i++) {
            assert_true(label_width(lines.lines[i], 10) <= width);
            assert_true(lines.lines[i][0] && lines.lines[i][0] != ' ');
            at += strspn(at, " ");
            assert_memory_equal(at, lines.lines[i], strlen(lines.lines[i]));
            at += strlen(lines.lines[i]);
        }
        assert_string_equal(at, "");
    }
    assert_int_equal(label_wrap(arena, " \n\t", 10, 100).count, 0);
    assert_int_equal(label_wrap(arena, "", 10, 100).count, 0);
}

/* Goal: a field begins and ends with the only quotes in it, and holds nothing that gnuplot takes for a
 * command, an escape or a comment. */
static void a_field_cannot_be_left(void **state) {
    (void)state;
    struct buffer buffer = {0};
    label_field(&buffer, "a\"b\\c`d#e\nf\tg\x7Fh é 63 %");
    assert_string_equal(buffer_text(&buffer), "\"a\\0042b\\0134c\\0140d\\0043e f g h é 63 %\"");
    buffer_clear(&buffer);
    label_field(&buffer, "the \"12\", #1"); /* three digits after the 0, whatever follows */
    assert_string_equal(buffer_text(&buffer), "\"the \\004212\\0042, \\00431\"");
    buffer_clear(&buffer);
    label_field(&buffer, "\U0001F389 fête \u2764\uFE0F ½");
    assert_string_equal(buffer_text(&buffer), "\"□ fête \u2764 ½\"");
    buffer_clear(&buffer);
    label_field(&buffer, "");
    assert_string_equal(buffer_text(&buffer), "\"\"");
    buffer_destroy(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_the_letters),
        cmocka_unit_test(widths_leave_room_for_a_wider_font),
        cmocka_unit_test(lines_break_between_words),
        cmocka_unit_test(french_signs_stay_with_their_word),
        cmocka_unit_test(nothing_is_lost_at_any_width),
        cmocka_unit_test(a_field_cannot_be_left),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
