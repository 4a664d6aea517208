#include "survey/qr.h"

#include <errno.h>
#include <stdlib.h>

#include <qrencode.h>

struct qr_code {
    QRcode *code;
    size_t size;
};

struct qr_code *qr_encode(const char *text) {
    enum { SMALLEST = 0, WITH_CASE = 1 };
    errno = 0;
    QRcode *code = QRcode_encodeString(text, SMALLEST, QR_ECLEVEL_M, QR_MODE_8, WITH_CASE);
    if (!code) {
        if (errno == ENOMEM)
            abort();
        return NULL;
    }
    struct qr_code *result = malloc(sizeof *result);
    if (!result)
        abort();
    *result = (struct qr_code){code, (size_t)code->width};
    return result;
}

size_t qr_size(const struct qr_code *code) {
    return code->size;
}

bool qr_is_dark(const struct qr_code *code, size_t row, size_t column) {
    /* The lowest bit is the colour; the others say what the module is for. */
    return row < code->size && column < code->size && (code->code->data[row * code->size + column] & 1);
}

void qr_destroy(struct qr_code *code) {
    if (!code)
        return;
    QRcode_free(code->code);
    free(code);
}
