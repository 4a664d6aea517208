/* QR codes: the fixed patterns stand where the standard wants them, the version is the smallest, level M is
 * written into the code, and what no version holds is refused. (That scanners read them: cases/letters.sh.)
 */
#include "survey/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LINK "https://survey.example.org/r/0123456789abcdefghjkmnpqrs"

/* A finder pattern: a dark square of 3 in a light ring in a dark ring. */
static void assert_finder(const struct qr_code *code, size_t top, size_t left) {
    for (size_t row = 0; row < 7; row++)
        for (size_t column = 0; column < 7; column++) {
            bool inner = row > 0 && row < 6 && column > 0 && column < 6;
            bool centre = row > 1 && row < 5 && column > 1 && column < 5;
            assert_int_equal(qr_is_dark(code, top + row, left + column), !inner || centre);
        }
}

static void test_patterns(void **state) {
    (void)state;
    struct qr_code *code = qr_encode(LINK);
    assert_non_null(code);
    size_t size = qr_size(code);
    assert_finder(code, 0, 0);
    assert_finder(code, 0, size - 7);
    assert_finder(code, size - 7, 0);
    for (size_t i = 8; i < size - 8; i++) {
        assert_int_equal(qr_is_dark(code, 6, i), i % 2 == 0);
        assert_int_equal(qr_is_dark(code, i, 6), i % 2 == 0);
    }
    assert_true(qr_is_dark(code, size - 8, 8)); /* the one module that is always dark */
    qr_destroy(code);
}

static void test_outside_is_light(void **state) {
    (void)state;
    struct qr_code *code = qr_encode("x");
    size_t size = qr_size(code);
    assert_false(qr_is_dark(code, 0, size));
    assert_false(qr_is_dark(code, size, 0));
    assert_false(qr_is_dark(code, SIZE_MAX, SIZE_MAX));
    qr_destroy(code);
}

/* The first two bits of the format information, under its mask 101010000010010: 00 is level M. */
static void test_level(void **state) {
    (void)state;
    struct qr_code *code = qr_encode(LINK);
    assert_true(qr_is_dark(code, 8, 0));
    assert_false(qr_is_dark(code, 8, 1));
    qr_destroy(code);
}

static void assert_size(size_t bytes, size_t size) {
    char text[2400];
    memset(text, 'a', bytes);
    text[bytes] = '\0';
    struct qr_code *code = qr_encode(text);
    if (size == 0)
        assert_null(code);
    else {
        assert_non_null(code);
        assert_int_equal(qr_size(code), size);
    }
    qr_destroy(code);
}

/* How many bytes a version holds at level M: ISO/IEC 18004, table 7. */
static void test_smallest_version(void **state) {
    (void)state;
    assert_size(1, 21);
    assert_size(14, 21);
    assert_size(15, 25);
    assert_size(26, 25);
    assert_size(27, 29);
    assert_size(62, 33);
    assert_size(63, 37);
    assert_size(2331, 177);
}

static void test_refused(void **state) {
    (void)state;
    assert_size(0, 0);
    assert_size(2332, 0);
    qr_destroy(NULL);
}

/* A text differs from another: so does its code, in a letter's case too. */
static void test_case_counts(void **state) {
    (void)state;
    struct qr_code *lower = qr_encode("https://survey.example.org/r/a");
    struct qr_code *upper = qr_encode("https://survey.example.org/r/A");
    assert_int_equal(qr_size(lower), qr_size(upper));
    size_t differences = 0;
    for (size_t row = 0; row < qr_size(lower); row++)
        for (size_t column = 0; column < qr_size(lower); column++)
            differences += qr_is_dark(lower, row, column) != qr_is_dark(upper, row, column);
    assert_true(differences > 0);
    qr_destroy(lower);
    qr_destroy(upper);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns), cmocka_unit_test(test_outside_is_light),
        cmocka_unit_test(test_level),    cmocka_unit_test(test_smallest_version),
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_case_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
