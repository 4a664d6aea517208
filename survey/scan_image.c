#include "survey/scan_image.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIDE_MOST = 16000,        /* points: A3 at 900 dots an inch */
    AREA_MOST = 64 * 1000000, /* points: A4 at 800 */
    SIDE_LEAST = 500,         /* the longer: A4 at 43 */
    LONG_SIDE = 2340,         /* A4 at 200 */
    HEADER_LEAST = 16,        /* bytes: with fewer no format can be told */
    SLACK_PERCENT = 110       /* so near to it, nothing is gained by another size */
};

static const char damaged[] = "the picture cannot be read: the file is cut short or damaged";

/* --- the header --- */

struct header {
    l_int32 format, width, height;
};

static bool is_tiff(l_int32 format) {
    return format == IFF_TIFF || format == IFF_TIFF_PACKBITS || format == IFF_TIFF_RLE ||
           format == IFF_TIFF_G3 || format == IFF_TIFF_G4 || format == IFF_TIFF_LZW ||
           format == IFF_TIFF_ZIP || format == IFF_TIFF_JPEG;
}

static bool is_known(l_int32 format) {
    return format == IFF_PNG || format == IFF_JFIF_JPEG || format == IFF_PNM || is_tiff(format);
}

static const char *check_size(struct arena *arena, const struct header *header) {
    l_int32 width = header->width, height = header->height;
    if (width < 1 || height < 1)
        return "the picture has no size: the file is damaged";
    if (width > SIDE_MOST || height > SIDE_MOST || (int64_t)width * height > AREA_MOST)
        return arena_format(
            arena,
            "the picture has %d × %d points, which is more than any scan of a page needs; scan at"
            " 150 to 300 dots an inch",
            width, height);
    if ((width > height ? width : height) < SIDE_LEAST)
        return arena_format(arena, "the picture has only %d × %d points; scan at 150 to 300 dots an inch",
                            width, height);
    return NULL;
}

static bool read_tiff_header(const struct scan_bytes *from, unsigned index, struct header *header) {
    l_int32 samples_bits, samples, resolution, has_map, format;
    return readHeaderMemTiff(from->bytes, from->length, (l_int32)index, &header->width, &header->height,
                             &samples_bits, &samples, &resolution, &has_map, &format) == 0;
}

static const char *read_header(struct arena *arena, const struct scan_bytes *from, struct header *header) {
    l_int32 bits, samples, has_map, format;
    if (from->length < HEADER_LEAST || findFileFormatBuffer(from->bytes, &header->format) != 0 ||
        !is_known(header->format))
        return "this is no PDF, PNG, JPEG or TIFF";
    bool is_read = is_tiff(header->format)
                       ? read_tiff_header(from, from->index, header)
                       : pixReadHeaderMem(from->bytes, from->length, &format, &header->width, &header->height,
                                          &bits, &samples, &has_map) == 0;
    return is_read ? check_size(arena, header) : damaged;
}

bool scan_image_is_last(const struct scan_bytes *from) {
    struct header header = {0};
    setMsgSeverity(L_SEVERITY_NONE);
    return from->length < HEADER_LEAST || findFileFormatBuffer(from->bytes, &header.format) != 0 ||
           !is_tiff(header.format) || !read_tiff_header(from, from->index + 1, &header);
}

/* --- the picture --- */

static PIX *decode(const struct scan_bytes *from, const struct header *header) {
    if (is_tiff(header->format))
        return pixReadMemTiff(from->bytes, from->length, (l_int32)from->index);
    l_int32 warnings = 0;
    if (header->format != IFF_JFIF_JPEG)
        return pixReadMem(from->bytes, from->length);
    PIX *pix = pixReadMemJpeg(from->bytes, from->length, 0, 1, &warnings, L_JPEG_READ_LUMINANCE);
    if (pix && warnings) /* cut short: the rest of it would be grey */
        pixDestroy(&pix);
    return pix;
}

/* Takes `pix`, which may be NULL, and gives it in another form. */
static PIX *replace(PIX *pix, PIX *other) {
    pixDestroy(&pix);
    return other;
}

static PIX *make_grey(PIX *pix) {
    if (!pix)
        return NULL;
    if (pixGetSpp(pix) == 4)
        pix = replace(pix, pixAlphaBlendUniform(pix, 0xFFFFFF00));
    return pix ? replace(pix, pixConvertTo8(pix, 0)) : NULL;
}

/* From small pictures much more is read when they are enlarged: the code, and places between the points. */
static PIX *resize(PIX *pix) {
    l_int32 width = pixGetWidth(pix), height = pixGetHeight(pix), longer = width > height ? width : height;
    if (longer * SLACK_PERCENT > LONG_SIDE * 100 && longer * 100 < LONG_SIDE * SLACK_PERCENT)
        return pix;
    float factor = (float)LONG_SIDE / (float)longer;
    return replace(pix, factor < 0.7F ? pixScaleAreaMap(pix, factor, factor) : pixScale(pix, factor, factor));
}

static bool copy_out(struct arena *arena, PIX *pix, struct scan_raster *grey) {
    l_uint8 *bytes = NULL;
    size_t length = 0;
    if (!pix || pixGetRasterData(pix, &bytes, &length) != 0)
        return false;
    *grey = scan_raster_create(arena, pixGetWidth(pix), pixGetHeight(pix));
    size_t wanted = (size_t)grey->width * (size_t)grey->height;
    bool done = length == wanted;
    if (done)
        memcpy(grey->values, bytes, wanted);
    lept_free(bytes);
    return done;
}

const char *scan_image_read(struct arena *arena, const struct scan_bytes *from, struct scan_raster *grey) {
    struct header header = {0};
    setMsgSeverity(L_SEVERITY_NONE);
    const char *refusal = read_header(arena, from, &header);
    if (refusal)
        return refusal;
    PIX *pix = make_grey(decode(from, &header));
    if (pix)
        pix = resize(pix);
    bool done = copy_out(arena, pix, grey);
    pixDestroy(&pix);
    return done ? NULL : damaged;
}

const unsigned char *scan_image_png(struct arena *arena, const struct scan_raster *grey, size_t *length) {
    PIX *pix = pixCreate(grey->width, grey->height, 8);
    l_uint8 *bytes = NULL;
    if (!pix)
        return NULL;
    for (int y = 0; y < grey->height; y++) {
        l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; x < grey->width; x++)
            SET_DATA_BYTE(line, x, grey->values[(size_t)y * (size_t)grey->width + (size_t)x]);
    }
    bool done = pixWriteMemPng(&bytes, length, pix, 0) == 0;
    pixDestroy(&pix);
    const char *kept = done ? arena_copy_bytes(arena, (const char *)bytes, *length) : NULL;
    lept_free(bytes);
    return (const unsigned char *)kept;
}
