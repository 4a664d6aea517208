#include "analysis/label.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { NO_BREAK_SPACE = 0xA0, ZERO_WIDTH_JOINER = 0x200D, LATIN_FIRST = 0xC0, LATIN_END = 0x180 };

/* Advances of U+0020 to U+007E in Open Sans Semibold 1.11, in thousandths of the font size. */
static const uint16_t advances[] = {
    260, 276, 436, 646, 571, 862, 740, 243, 317, 317, 548, 571, 267, 322, 275, 390, 571, 571, 571,
    571, 571, 571, 571, 571, 571, 571, 275, 278, 571, 571, 571, 453, 898, 661, 660, 634, 734, 558,
    532, 726, 751, 305, 299, 639, 542, 923, 783, 787, 615, 787, 639, 550, 566, 742, 622, 946, 622,
    592, 575, 330, 390, 330, 537, 429, 592, 580, 623, 495, 623, 576, 363, 556, 635, 279, 279, 572,
    279, 956, 635, 611, 623, 623, 431, 487, 393, 635, 535, 817, 551, 536, 478, 386, 551, 371, 571};

/* Which ASCII letter is about as wide as each of U+00C0 to U+017F. */
static const char like_latin[] = "AAAAAAWCEEEEIIIIDNOOOOOxOUUUUYTsaaaaaamceeeeiiiionooooo+ouuuuypy"
                                 "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiMmJjKkkLlLlLlLl"
                                 "LlNnNnNnnNnOoOoOoWmRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzf";

/* Room for a stand-in font that is wider. */
static const double ROOM = 1.05;

/* The code point at `text`, which is valid UTF-8; `*length` becomes its bytes. */
static uint32_t decode(const char *text, size_t *length) {
    const unsigned char *bytes = (const unsigned char *)text;
    *length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    uint32_t code = *length == 1 ? bytes[0] : bytes[0] & (0xFFu >> (*length + 1));
    for (size_t i = 1; i < *length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) { /* cut short: what is there counts as one character */
            *length = i;
            break;
        }
        code = code << 6 | (bytes[i] & 0x3F);
    }
    return code;
}

/* Ideographs, kana, hangul and pictures fill a square each. */
static bool is_wide(uint32_t code) {
    return (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xD7A4) ||
           (code >= 0xF900 && code < 0xFB00) || (code >= 0xFF00 && code < 0xFF61) || code >= 0x1F000;
}

static bool is_zero_width(uint32_t code) {
    return (code >= 0x300 && code < 0x370) || (code >= 0x200B && code < 0x2010) ||
           (code >= 0xFE00 && code < 0xFE10) || code == 0xFEFF;
}

static double advance(uint32_t code) {
    if (code < 0x20 || code == 0x7F)
        return advances[0];
    if (code < 0x7F)
        return advances[code - 0x20];
    if (code == NO_BREAK_SPACE || (code >= 0x2002 && code < 0x200B) || code == 0x202F)
        return advances[0];
    if (code >= LATIN_FIRST && code < LATIN_END)
        return advances[like_latin[code - LATIN_FIRST] - 0x20];
    if (code == 0x2018 || code == 0x2019)
        return 200;
    if (code == 0x2014 || code == 0x2026 || is_wide(code))
        return 1000;
    return is_zero_width(code) ? 0 : 650;
}

static double width_of(const char *text, size_t bytes, double size) {
    double sum = 0;
    for (size_t at = 0, length; at < bytes; at += length)
        sum += advance(decode(text + at, &length));
    return sum * size / 1000 * ROOM;
}

double label_width(const char *text, double size) {
    return width_of(text, strlen(text), size);
}

static bool is_blank(char byte) {
    return (unsigned char)byte <= ' ' || byte == 0x7F;
}

/* Whether the line may end behind the character at `at` of `length` bytes; what follows is not a blank. */
static bool may_break_behind(const char *text, size_t at, size_t length) {
    const char *next = text + at + length;
    size_t next_length;
    uint32_t code = decode(text + at, &length);
    if (is_wide(code) || is_wide(decode(next, &next_length)))
        return true;
    bool joint = code == '-' || code == '/' || code == 0x2013 || code == 0x2014;
    return joint && at > 0 && !is_blank(text[at - 1]) && !strchr("0123456789", *next);
}

/* The blank at `at` keeps its neighbours together where French puts one before or behind a sign. */
static bool keeps_together(const char *text, size_t at) {
    const char *next = text + at + 1;
    if (*next && strchr(";:!?%", *next) && (is_blank(next[1]) || !next[1]))
        return true;
    return strncmp(next, "»", 2) == 0 || (at >= 2 && strncmp(text + at - 2, "«", 2) == 0);
}

/* Whether a sign stands alone at `text`, perhaps with others: not `:30`, `?x`. */
static bool ends_phrase(const char *text) {
    text += strspn(text, ";:!?");
    return !*text || is_blank(*text) || strchr(")].,\"'", *text) || strncmp(text, "»", 2) == 0;
}

static const char *french_blank(const char *text, size_t at) {
    const char *next = text + at + 1;
    bool behind_quote = at >= 2 && strncmp(text + at - 2, "«", 2) == 0;
    if (behind_quote || strncmp(next, "»", 2) == 0)
        return "\u202F";
    if (!*next || !strchr(";:!?", *next) || !ends_phrase(next))
        return " ";
    return *next == ':' ? "\u00A0" : "\u202F";
}

const char *label_french(struct arena *arena, const char *text) {
    struct buffer buffer = {0};
    for (size_t at = 0; text[at]; at++)
        if (text[at] == ' ')
            buffer_append(&buffer, french_blank(text, at));
        else
            buffer_append_bytes(&buffer, text + at, 1);
    const char *result = arena_copy(arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    return result;
}

/* How many bytes of `text` (which begins with no blank) fit on a line: up to the last place to break that
 * does, or as many characters as fit, one at least. */
static size_t line_length(const char *text, double size, double width) {
    size_t fit = 0, characters = 0;
    for (size_t at = 0, length; text[at]; at += length) {
        uint32_t code = decode(text + at, &length);
        if (code == ' ' && !keeps_together(text, at))
            fit = at;
        if (width_of(text, at + length, size) > width && code != ' ')
            return fit ? fit : characters ? characters : length;
        characters = at + length;
        if (text[at + length] && !is_blank(text[at + length]) && may_break_behind(text, at, length))
            fit = at + length;
    }
    return strlen(text);
}

struct label_lines label_wrap(struct arena *arena, const char *text, double size, double width) {
    char *copy = arena_copy(arena, text);
    for (char *byte = copy; *byte; byte++)
        if (is_blank(*byte))
            *byte = ' ';
    const char **lines = ARENA_NEW(arena, const char *, strlen(text) + 1);
    struct label_lines result = {.lines = lines};
    for (const char *rest = copy + strspn(copy, " "); *rest; rest += strspn(rest, " ")) {
        size_t length = line_length(rest, size, width);
        size_t shown = length;
        while (shown > 1 && rest[shown - 1] == ' ')
            shown--;
        lines[result.count] = arena_copy_bytes(arena, rest, shown);
        double line_width = label_width(lines[result.count++], size);
        if (line_width > result.width)
            result.width = line_width;
        rest += length;
    }
    return result;
}

/* Pictures have no outline that could be drawn, and without one the whole chart is spoilt. */
static bool is_picture(uint32_t code) {
    return code >= 0x1F000;
}

void label_field(struct buffer *buffer, const char *text) {
    buffer_append(buffer, "\"");
    for (size_t length; *text; text += length) {
        uint32_t code = decode(text, &length);
        if (is_picture(code))
            buffer_append(buffer, "□");
        else if (is_blank(*text))
            buffer_append(buffer, " ");
        else if (strchr("\"\\#`", *text)) /* gnuplot steps over one 0, then reads at most three digits */
            buffer_format(buffer, "\\0%03o", (unsigned)*text);
        else if (code != ZERO_WIDTH_JOINER && (code < 0xFE00 || code > 0xFE0F))
            buffer_append_bytes(buffer, text, length);
    }
    buffer_append(buffer, "\"");
}
