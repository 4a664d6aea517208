#include "analysis/theme_fold.h"

#include <string.h>

enum { LATIN_FIRST = 0xC0, LATIN_END = 0x180 };

/* The letters U+00C0 to U+017F; "": no letter. */
static const char latin[LATIN_END - LATIN_FIRST][3] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "",  "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s",
};

size_t theme_fold_decode(const char *text, unsigned *character) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = bytes[0] < 0xC0 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    *character = length == 1 ? bytes[0] : bytes[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        *character = *character << 6 | (bytes[i] & 0x3Fu);
    return length;
}

static bool is_combining(unsigned character) {
    return character >= 0x300 && character <= 0x36F;
}

/* Signs of the Latin-1 block that stand for something like a letter: ª µ º. */
static bool is_latin_sign(unsigned character) {
    return character == 0xAA || character == 0xB5 || character == 0xBA;
}

bool theme_fold_is_letter(unsigned character) {
    if (character < 0x80)
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
               (character >= '0' && character <= '9');
    if (character < LATIN_FIRST)
        return is_latin_sign(character);
    if (character < LATIN_END)
        return latin[character - LATIN_FIRST][0] != '\0';
    bool punctuation = (character >= 0x2000 && character <= 0x2BFF) ||
                       (character >= 0x3000 && character <= 0x303F) || character == 0x1680 ||
                       (character >= 0xFE00 && character <= 0xFE6F) || character == 0xFEFF ||
                       (character >= 0xFF00 && character <= 0xFF0F) || character >= 0x1F000;
    return !punctuation;
}

/* Greek and Cyrillic capitals stand a fixed distance before their small letters. */
static unsigned lower_other(unsigned character) {
    if ((character >= 0x391 && character <= 0x3A9) || (character >= 0x410 && character <= 0x42F))
        return character + 0x20;
    return character >= 0x400 && character <= 0x40F ? character + 0x50 : character;
}

static void append_other(struct buffer *buffer, unsigned character, const char *bytes, size_t length) {
    unsigned lower = lower_other(character);
    const char two[] = {(char)(0xC0 | lower >> 6), (char)(0x80 | (lower & 0x3F))};
    if (lower == character)
        buffer_append_bytes(buffer, bytes, length);
    else
        buffer_append_bytes(buffer, two, sizeof two);
}

void theme_fold_append(struct buffer *buffer, const char *text, size_t length) {
    for (const char *at = text; at < text + length;) {
        unsigned character;
        size_t size = theme_fold_decode(at, &character);
        char lower = (char)(character | 0x20);
        if (character >= 'A' && character <= 'Z')
            buffer_append_bytes(buffer, &lower, 1);
        else if (character == 0x2019)
            buffer_append(buffer, "'");
        else if (character >= LATIN_FIRST && character < LATIN_END && *latin[character - LATIN_FIRST])
            buffer_append(buffer, latin[character - LATIN_FIRST]);
        else if (!is_combining(character))
            append_other(buffer, character, at, size);
        at += size;
    }
}

const char *theme_fold_text(struct arena *arena, const char *text) {
    struct buffer folded = {0};
    theme_fold_append(&folded, text, strlen(text));
    const char *copy = arena_copy_bytes(arena, buffer_text(&folded), folded.length);
    buffer_destroy(&folded);
    return copy;
}
