#include "analysis/compare_code.h"

#include "model/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* One character, and the bytes it takes. The text is known to be valid. */
static unsigned read_character(const unsigned char *text, size_t *length) {
    static const unsigned char LEADS[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    *length = *text < 0x80 ? 1 : *text < 0xE0 ? 2 : *text < 0xF0 ? 3 : 4;
    unsigned character = *text & LEADS[*length];
    for (size_t i = 1; i < *length; i++)
        character = character << 6 | (text[i] & 0x3F);
    return character;
}

static void append_character(struct buffer *buffer, unsigned character) {
    char bytes[4];
    size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char MARKS[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i-- > 1; character >>= 6)
        bytes[i] = (char)(0x80 | (character & 0x3F));
    bytes[0] = (char)(MARKS[length] | character);
    buffer_append_bytes(buffer, bytes, length);
}

static bool is_blank(unsigned character) {
    return character <= ' ' || character == 0xA0 || character == 0x3000 ||
           (character >= 0x2000 && character <= 0x200B) || character == 0x202F;
}

/* Pairs of letters that lie side by side in Unicode: the capital has the even number, or the odd one. */
static bool is_even_capital(unsigned character) {
    return character % 2 == 0 && ((character >= 0x100 && character <= 0x136 && character != 0x130) ||
                                  (character >= 0x14A && character <= 0x176) ||
                                  (character >= 0x460 && character <= 0x4FE && character != 0x482) ||
                                  (character >= 0x1E00 && character <= 0x1EFE));
}

static bool is_odd_capital(unsigned character) {
    return character % 2 == 1 &&
           ((character >= 0x139 && character <= 0x147) || (character >= 0x179 && character <= 0x17D));
}

/* The small letter of a capital; what has none stays as it is. */
static unsigned small(unsigned character) {
    if ((character >= 'A' && character <= 'Z') ||
        (character >= 0xC0 && character <= 0xDE && character != 0xD7) ||
        (character >= 0x391 && character <= 0x3A9) || (character >= 0x410 && character <= 0x42F))
        return character + 0x20;
    if (character >= 0x400 && character <= 0x40F)
        return character + 0x50;
    if (character == 0x178)
        return 0xFF; /* Ÿ */
    return is_even_capital(character) || is_odd_capital(character) ? character + 1 : character;
}

const char *compare_code_normalise(struct arena *arena, const char *code) {
    struct buffer buffer = {0};
    bool blank = false;
    size_t length;
    for (const unsigned char *at = (const unsigned char *)code; *at; at += length) {
        unsigned character = read_character(at, &length);
        if (is_blank(character)) {
            blank = true;
            continue;
        }
        if (blank && buffer.length)
            buffer_append(&buffer, " ");
        blank = false;
        append_character(&buffer, small(character));
    }
    const char *kept = buffer.length ? arena_copy_bytes(arena, buffer.bytes, buffer.length) : NULL;
    buffer_destroy(&buffer);
    return kept;
}
