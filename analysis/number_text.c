#include "analysis/number_text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_BITS = 12, TEXT_MOST = 32 };

/* A number and its text; empty while `length` is 0. */
struct remembered {
    double number;
    size_t length;
    char text[TEXT_MOST];
};

struct number_text {
    int digits;
    struct remembered places[1 << PLACES_BITS]; /* a newcomer takes the place of who was there */
};

struct number_text *number_text_create(int digits) {
    struct number_text *numbers = calloc(1, sizeof *numbers);
    if (!numbers)
        abort();
    numbers->digits = digits;
    return numbers;
}

void number_text_destroy(struct number_text *numbers) {
    free(numbers);
}

static void append_whole(struct buffer *buffer, unsigned whole) {
    char text[16];
    size_t at = sizeof text;
    do
        text[--at] = (char)('0' + whole % 10);
    while (whole /= 10);
    buffer_append_bytes(buffer, text + at, sizeof text - at);
}

void number_text_append(struct number_text *numbers, struct buffer *buffer, double number) {
    if (number >= 0 && number < 1e9 && number == floor(number)) {
        append_whole(buffer, (unsigned)number);
        return;
    }
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    struct remembered *place = &numbers->places[(bits * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - PLACES_BITS)];
    if (place->length == 0 || place->number != number) {
        place->number = number;
        place->length = (size_t)snprintf(place->text, TEXT_MOST, "%.*g", numbers->digits, number);
    }
    buffer_append_bytes(buffer, place->text, place->length);
}
