/* What is asked of texts everywhere: UTF-8, numbers and dates as people write them, near misses. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the bytes are well-formed UTF-8 without NUL (RFC 3629). `*bad`, if given, becomes the offset of
 * the first byte that is not. */
bool text_is_utf8(const char *bytes, size_t length, size_t *bad);

/* How many characters (code points) the valid UTF-8 `text` has. */
size_t text_characters(const char *text);

/* Whether two texts are equal without regard to the case of ASCII letters. */
bool text_same_letters(const char *one, const char *other);

/* The candidate nearest to `word` (optimal string alignment distance), or NULL if none is near enough to be
 * what was meant: at most a third of its length, and at least 1, changed. */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

/* Reads a whole decimal number, `[+-]digits[.digits]`, with a decimal point or, if `comma`, also a comma;
 * nothing may stand before or behind. `*decimals` becomes the digits behind the point. False if it is not
 * one, or is not finite. Never depends on the locale. */
bool text_number(const char *text, bool comma, double *number, unsigned *decimals);

/* Whether `text` is a day of the Gregorian calendar, written 2024-01-31, years 0001 to 9999. */
bool text_is_date(const char *text);

/* The shortest decimal that reads back as `number`, without exponent below 1e15, into `into`. Gives `into`.
 */
char *text_shortest(double number, char into[static 32]);

#endif
