/* QR codes (libqrencode; ISO/IEC 18004): a text as a square of dark and light modules. */
#ifndef SURVEY_QR_H
#define SURVEY_QR_H

#include <stdbool.h>
#include <stddef.h>

/* The quiet zone that must stay empty around a code, in modules (ISO/IEC 18004, 9.1). */
enum { QR_QUIET_ZONE = 4 };

struct qr_code;

/* The code of a text, with error correction level M (15 % may be lost) and of the smallest version that holds
 * it; a byte stays a byte. NULL if the text is empty, or too long for any version. */
struct qr_code *qr_encode(const char *text);

/* How many modules a side has, without the quiet zone: 21 to 177. */
size_t qr_size(const struct qr_code *code);

/* Whether a module is dark; rows from the top, columns from the left. Outside of the code all is light. */
bool qr_is_dark(const struct qr_code *code, size_t row, size_t column);

/* NULL is allowed. */
void qr_destroy(struct qr_code *code);

#endif
