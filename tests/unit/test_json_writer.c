/* JSON as it is written: layout, escapes, numbers; a strict reader must find in it what was put in. */
#include "analysis/json_writer.h"
#include "analysis/number_text.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_layout(void **state) {
    (void)state;
    struct buffer buffer = {0};
    struct json_writer *writer = json_writer_create(&buffer);
    json_writer_open_object(writer, NULL);
    json_writer_count(writer, "a", 0);
    json_writer_open_array(writer, "empty");
    json_writer_close(writer);
    json_writer_open_array(writer, "rows");
    json_writer_open_flat(writer, NULL, false);
    json_writer_truth(writer, "yes", true);
    json_writer_open_array(writer, "inside");
    json_writer_number(writer, NULL, 0.5);
    json_writer_null(writer, NULL);
    json_writer_close(writer);
    json_writer_close(writer);
    json_writer_open_flat(writer, NULL, true);
    json_writer_close(writer);
    json_writer_close(writer);
    json_writer_text(writer, "z", NULL);
    json_writer_close(writer);
    json_writer_destroy(writer);
    assert_string_equal(buffer_text(&buffer), "{\n"
                                              " \"a\": 0,\n"
                                              " \"empty\": [],\n"
                                              " \"rows\": [\n"
                                              "  {\"yes\": true, \"inside\": [0.5, null]},\n"
                                              "  []\n"
                                              " ],\n"
                                              " \"z\": null\n"
                                              "}");
    buffer_destroy(&buffer);
}

static void test_texts(void **state) {
    (void)state;
    static const char TEXT[] = "\"quoted\" \\ back\x01\t\n\r\x1F\x7F é 😀 </script>";
    struct buffer buffer = {0};
    struct json_writer *writer = json_writer_create(&buffer);
    json_writer_open_array(writer, NULL);
    json_writer_text(writer, NULL, TEXT);
    json_writer_text(writer, NULL, "");
    json_writer_close(writer);
    json_writer_destroy(writer);
    json_t *document = json_loads(buffer_text(&buffer), 0, NULL);
    assert_non_null(document);
    assert_string_equal(json_string_value(json_array_get(document, 0)), TEXT);
    assert_string_equal(json_string_value(json_array_get(document, 1)), "");
    json_decref(document);
    buffer_destroy(&buffer);
}

/* Every number reads back as itself, also those whose places in memory collide. */
static void test_numbers(void **state) {
    (void)state;
    enum { COUNT = 20000 };
    struct buffer buffer = {0};
    struct json_writer *writer = json_writer_create(&buffer);
    json_writer_open_array(writer, NULL);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < COUNT; i++)
            json_writer_number(writer, NULL, (i - COUNT / 2) / 7.0 * pow(10, i % 30));
    json_writer_number(writer, NULL, NAN);
    json_writer_number(writer, NULL, INFINITY);
    json_writer_close(writer);
    json_writer_destroy(writer);
    json_t *document = json_loads(buffer_text(&buffer), JSON_DECODE_INT_AS_REAL, NULL);
    assert_non_null(document);
    for (int i = 0; i < 2 * COUNT; i++)
        assert_true(json_real_value(json_array_get(document, (size_t)i)) ==
                    (i % COUNT - COUNT / 2) / 7.0 * pow(10, i % COUNT % 30));
    assert_true(json_is_null(json_array_get(document, 2 * COUNT)));
    assert_true(json_is_null(json_array_get(document, 2 * COUNT + 1)));
    json_decref(document);
    buffer_destroy(&buffer);
}

static void test_digits(void **state) {
    (void)state;
    static const struct {
        double number;
        const char *text;
    } CASES[] = {
        {0, "0"},
        {7, "7"},
        {999999999, "999999999"},
        {1e9, "1000000000"},
        {-3, "-3"},
        {0.1, "0.1"},
        {2.0 / 3, "0.6666666667"},
        {1e-20, "1e-20"},
        {12345678901.5, "1.23456789e+10"},
    };
    struct number_text *numbers = number_text_create(10);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buffer buffer = {0};
        number_text_append(numbers, &buffer, CASES[i].number);
        assert_string_equal(buffer_text(&buffer), CASES[i].text);
        buffer_destroy(&buffer);
    }
    number_text_destroy(numbers);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_digits),
    };
    return cmocka_run_group_tests_name("json_writer", tests, NULL, NULL);
}
