/* A text that grows: pages, reports and files are written into one before they go out whole. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

/* `bytes` holds `length` bytes and a NUL behind them; NULL while nothing was ever appended.
 * A zeroed struct is an empty buffer. */
struct buffer {
    char *bytes;
    size_t length, capacity;
};

/* Makes room for `length` more bytes and the NUL at once, where so much is known to come. */
void buffer_reserve(struct buffer *buffer, size_t length);

/* Appends the NUL-terminated `text`. */
void buffer_append(struct buffer *buffer, const char *text);

/* Appends `length` bytes, whatever they are. */
void buffer_append_bytes(struct buffer *buffer, const char *bytes, size_t length);

/* Appends what printf would print. */
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_format_list(struct buffer *buffer, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/* The text so far, NUL-terminated; "" for an empty buffer. Valid until the next append. */
const char *buffer_text(const struct buffer *buffer);

/* Empties the buffer but keeps its memory. */
void buffer_clear(struct buffer *buffer);

/* Hands the bytes over: the caller frees them with free(). The buffer is empty afterwards. Never NULL. */
char *buffer_release(struct buffer *buffer);

/* Gives the memory back; the buffer is empty afterwards. */
void buffer_destroy(struct buffer *buffer);

#endif
