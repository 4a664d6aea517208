#include "model/base/terminal.h"

#include "model/base/text.h"

#include <stdbool.h>
#include <string.h>

#define REPLACEMENT "\uFFFD"

/* The bytes of the character at `at`; 0 if it is none. */
static size_t character_size(const char *at, size_t left) {
    unsigned char first = (unsigned char)*at;
    size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    return size <= left && text_is_utf8(at, size, NULL) ? size : 0;
}

static bool is_control(const char *at, size_t size) {
    unsigned char first = (unsigned char)at[0];
    return size == 1 ? first < ' ' || first == 0x7F
                     : size == 2 && first == 0xC2 && (unsigned char)at[1] < 0xA0;
}

/* Embeddings, overrides and isolates: what they begin may never end. */
static bool turns_direction(const char *at, size_t size) {
    unsigned char third = size == 3 ? (unsigned char)at[2] : 0;
    return (!memcmp(at, "\xE2\x80", 2) && third >= 0xAA && third <= 0xAE) ||
           (!memcmp(at, "\xE2\x81", 2) && third >= 0xA6 && third <= 0xA9);
}

/* Appends `text`; the signs in `kept` stay although they are control signs. */
static void append(struct buffer *buffer, const char *text, const char *kept) {
    for (size_t left = strlen(text), size; left > 0; text += size, left -= size) {
        size_t shown = character_size(text, left);
        bool steers = shown == 0 || (is_control(text, shown) && !strchr(kept, *text)) ||
                      (shown == 3 && turns_direction(text, shown));
        size = shown ? shown : 1;
        if (steers)
            buffer_append(buffer, REPLACEMENT);
        else
            buffer_append_bytes(buffer, text, size);
    }
}

void terminal_append(struct buffer *buffer, const char *text) {
    append(buffer, text, "\n\t");
}

static void print(FILE *stream, const char *kept, const char *end, const char *format, va_list list) {
    struct buffer told = {0}, shown = {0};
    buffer_format_list(&told, format, list);
    append(&shown, buffer_text(&told), kept);
    buffer_append(&shown, end);
    fwrite(buffer_text(&shown), 1, shown.length, stream);
    buffer_destroy(&told);
    buffer_destroy(&shown);
}

void terminal_print(FILE *stream, const char *format, ...) {
    va_list list;
    va_start(list, format);
    print(stream, "\n\t", "", format, list);
    va_end(list);
}

void terminal_line(FILE *stream, const char *format, ...) {
    va_list list;
    va_start(list, format);
    print(stream, "\t", "\n", format, list);
    va_end(list);
}
