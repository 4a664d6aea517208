#include "survey/scan_code.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

enum { CODES_MOST = 16, CORNERS = 4 };

/* zbar goes round the other way: top left, bottom left, bottom right, top right. */
static struct scan_code take(struct arena *arena, const zbar_symbol_t *symbol) {
    struct scan_code code = {
        .text = arena_copy_bytes(arena, zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol))};
    for (unsigned i = 0; i < CORNERS; i++) {
        unsigned at = (CORNERS - i) % CORNERS;
        code.corners[i] =
            (struct scan_point){zbar_symbol_get_loc_x(symbol, at), zbar_symbol_get_loc_y(symbol, at)};
    }
    return code;
}

const struct scan_code *scan_code_find(struct arena *arena, const struct scan_raster *grey, size_t *count) {
    struct scan_code *codes = ARENA_NEW(arena, struct scan_code, CODES_MOST);
    size_t length = (size_t)grey->width * (size_t)grey->height;
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    if (!scanner || !image)
        abort(); /* out of memory */
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)grey->width, (unsigned)grey->height);
    zbar_image_set_data(image, grey->values, length, NULL);
    *count = 0;
    zbar_scan_image(scanner, image);
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol && *count < CODES_MOST;
         symbol = zbar_symbol_next(symbol))
        if (zbar_symbol_get_type(symbol) == ZBAR_QRCODE && zbar_symbol_get_loc_size(symbol) == CORNERS)
            codes[(*count)++] = take(arena, symbol);
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return codes;
}
