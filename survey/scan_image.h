/* Pictures from files, and back (leptonica): whatever is in the bytes, in a process of its own that may die
 * of them. */
#ifndef SURVEY_SCAN_IMAGE_H
#define SURVEY_SCAN_IMAGE_H

#include "survey/scan_raster.h"

#include <stdbool.h>
#include <stddef.h>

/* The bytes of a file, and which of its pages is meant, from 0. */
struct scan_bytes {
    const unsigned char *bytes;
    size_t length;
    unsigned index;
};

/* Reads a PNG, JPEG, TIFF or PNM picture in grey, brought to about the size of an A4 page at 200 dots an
 * inch. Its header is looked at first: what is too large or too small is refused before it is decoded. NULL,
 * or the reason why not. Memory from `arena`. */
const char *scan_image_read(struct arena *arena, const struct scan_bytes *from, struct scan_raster *grey);

/* Whether the file has no page behind this one: only TIFF files have several. */
bool scan_image_is_last(const struct scan_bytes *from);

/* The grey picture as PNG; `*length` bytes. NULL: it cannot be made. Memory from `arena`. */
const unsigned char *scan_image_png(struct arena *arena, const struct scan_raster *grey, size_t *length);

#endif
