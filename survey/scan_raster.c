#include "survey/scan_raster.h"

#include <math.h>

enum {
    TILES = 72,         /* along the longer side: of an A4 page, squares of 4 mm */
    TILE_LEAST = 8,     /* points: in fewer, nine tenths say little */
    PAPER_PERCENT = 90, /* of a square is darker than its paper */
    PAPER_DARKEST = 24, /* what is darker is no paper: the outside of a page */
};

struct scan_raster scan_raster_create(struct arena *arena, int width, int height) {
    return (struct scan_raster){width, height,
                                ARENA_NEW(arena, unsigned char, (size_t)width *(size_t)height)};
}

static const unsigned char *row(const struct scan_raster *raster, int y) {
    return raster->values + (size_t)y * (size_t)raster->width;
}

static int least(int one, int other) {
    return one < other ? one : other;
}

/* --- the paper's brightness --- */

static unsigned char paper_of_tile(const struct scan_raster *grey, int size, int column, int line) {
    unsigned counts[256] = {0}, count = 0, seen = 0;
    int right = least((column + 1) * size, grey->width), bottom = least((line + 1) * size, grey->height);
    for (int y = line * size; y < bottom; y++)
        for (int x = column * size; x < right; x++, count++)
            counts[row(grey, y)[x]]++;
    int value = 0;
    while (value < 255 && (seen += counts[value]) * 100 < count * PAPER_PERCENT)
        value++;
    return (unsigned char)value;
}

/* Each square becomes the lightest of its neighbours, or their mean. */
static struct scan_raster spread(struct arena *arena, const struct scan_raster *tiles, bool lightest) {
    struct scan_raster spread = scan_raster_create(arena, tiles->width, tiles->height);
    for (int y = 0; y < tiles->height; y++)
        for (int x = 0; x < tiles->width; x++) {
            unsigned sum = 0, count = 0, most = 0;
            for (int v = y ? y - 1 : 0; v <= least(y + 1, tiles->height - 1); v++)
                for (int u = x ? x - 1 : 0; u <= least(x + 1, tiles->width - 1); u++, count++) {
                    unsigned value = row(tiles, v)[u];
                    sum += value;
                    most = value > most ? value : most;
                }
            spread.values[y * spread.width + x] = (unsigned char)(lightest ? most : sum / count);
        }
    return spread;
}

static struct scan_raster find_paper(struct arena *arena, const struct scan_raster *grey, int size) {
    struct scan_raster tiles =
        scan_raster_create(arena, (grey->width + size - 1) / size, (grey->height + size - 1) / size);
    for (int y = 0; y < tiles.height; y++)
        for (int x = 0; x < tiles.width; x++)
            tiles.values[y * tiles.width + x] = paper_of_tile(grey, size, x, y);
    struct scan_raster light = spread(arena, &tiles, true);
    return spread(arena, &light, false);
}

/* --- ink --- */

/* Between the middles of the squares the paper changes evenly. */
static double paper_at(const struct scan_raster *paper, double x, double y) {
    double left = fmin(fmax(x, 0), paper->width - 1), top = fmin(fmax(y, 0), paper->height - 1);
    int u = least((int)left, paper->width - 1), v = least((int)top, paper->height - 1);
    int right = least(u + 1, paper->width - 1), below = least(v + 1, paper->height - 1);
    double a = left - u, b = top - v;
    return (row(paper, v)[u] * (1 - a) + row(paper, v)[right] * a) * (1 - b) +
           (row(paper, below)[u] * (1 - a) + row(paper, below)[right] * a) * b;
}

struct scan_raster scan_raster_ink(struct arena *arena, const struct scan_raster *grey) {
    int longer = grey->width > grey->height ? grey->width : grey->height;
    int size = longer / TILES > TILE_LEAST ? longer / TILES : TILE_LEAST;
    struct scan_raster paper = find_paper(arena, grey, size);
    struct scan_raster ink = scan_raster_create(arena, grey->width, grey->height);
    for (int y = 0; y < grey->height; y++) {
        double line = (y + 0.5) / size - 0.5, bright = 0, step = 0;
        for (int x = 0; x < grey->width; x++) {
            if (x % 4 == 0) { /* the paper changes slowly: straight lines over four points */
                bright = paper_at(&paper, (x + 0.5) / size - 0.5, line);
                step = (paper_at(&paper, (x + 4.5) / size - 0.5, line) - bright) / 4;
            }
            double share = bright > PAPER_DARKEST ? (bright - row(grey, y)[x]) / bright : 0;
            ink.values[(size_t)y * (size_t)ink.width + (size_t)x] = (unsigned char)(fmax(share, 0) * 255);
            bright += step;
        }
    }
    return ink;
}

/* --- looking --- */

bool scan_raster_holds(const struct scan_raster *raster, double x, double y) {
    return x >= 0 && y >= 0 && x <= raster->width - 1 && y <= raster->height - 1;
}

double scan_raster_at(const struct scan_raster *raster, double x, double y) {
    if (!scan_raster_holds(raster, x, y))
        return 0;
    int u = least((int)x, raster->width - 2), v = least((int)y, raster->height - 2);
    if (u < 0 || v < 0)
        return 0; /* one point wide or high */
    const unsigned char *above = row(raster, v) + u, *below = row(raster, v + 1) + u;
    double a = x - u, b = y - v;
    return ((above[0] * (1 - a) + above[1] * a) * (1 - b) + (below[0] * (1 - a) + below[1] * a) * b) / 255;
}
