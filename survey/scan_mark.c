#include "survey/scan_mark.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Millimetres. */
static const double inset = 0.4, /* from the outline's inner edge: what blur spreads */
    gap = 0.4, margin = 1.15,    /* the ring outside: from, to */
    step = 0.125;                /* between samples */

enum {
    SIDE_MOST = 96, /* samples across the patch of a box */
    CELLS = 6,      /* small squares across */
    RING_PARTS = 24
};

struct measure {
    struct arena *arena;
    const struct scan_raster *ink;
    const struct paper_geometry *geometry;
    const struct scan_alignment *alignment;
    double darkness;
};

static double ink_at(const struct measure *measure, const struct scan_seat *seat, double x, double y) {
    struct scan_point at = scan_align_at(measure->alignment, seat, x, y);
    return scan_raster_at(measure->ink, at.x, at.y) / measure->darkness;
}

static bool is_whole(const struct measure *measure, const struct scan_seat *seat,
                     const struct paper_area *area, double around) {
    for (int corner = 0; corner < 4; corner++) {
        double x = corner % 2 ? area->x + area->width + around : area->x - around;
        double y = corner / 2 ? area->y + area->height + around : area->y - around;
        struct scan_point at = scan_align_at(measure->alignment, seat, x, y);
        if (!scan_raster_holds(measure->ink, at.x, at.y))
            return false;
    }
    return true;
}

/* --- a box --- */

/* Samples of the inside, row by row. */
struct patch {
    size_t across, down;
    double values[SIDE_MOST * SIDE_MOST];
};

static void take_patch(const struct measure *measure, const struct scan_seat *seat,
                       const struct paper_area *area, struct patch *patch) {
    double edge = measure->geometry->outline + inset;
    double width = area->width - 2 * edge, height = area->height - 2 * edge;
    patch->across = (size_t)fmin(fmax(width / step, 1), SIDE_MOST);
    patch->down = (size_t)fmin(fmax(height / step, 1), SIDE_MOST);
    for (size_t v = 0; v < patch->down; v++)
        for (size_t u = 0; u < patch->across; u++)
            patch->values[v * patch->across + u] =
                ink_at(measure, seat, area->x + edge + width * ((double)u + 0.5) / (double)patch->across,
                       area->y + edge + height * ((double)v + 0.5) / (double)patch->down);
}

/* Noise is in single points, strokes are wider: each value becomes the mean of nine. */
static double smooth_at(const struct patch *patch, size_t u, size_t v) {
    double sum = 0;
    size_t count = 0;
    for (size_t y = v ? v - 1 : 0; y <= v + 1 && y < patch->down; y++)
        for (size_t x = u ? u - 1 : 0; x <= u + 1 && x < patch->across; x++, count++)
            sum += patch->values[y * patch->across + x];
    return sum / (double)count;
}

static double mean_of(const struct patch *patch) {
    double sum = 0;
    for (size_t i = 0; i < patch->across * patch->down; i++)
        sum += patch->values[i];
    return sum / (double)(patch->across * patch->down);
}

/* The darkest but for a hundredth, which could be a speck. */
static double peak_of(const struct patch *patch) {
    enum { LEVELS = 64 };
    size_t counts[LEVELS] = {0}, all = patch->across * patch->down, seen = 0;
    for (size_t v = 0; v < patch->down; v++)
        for (size_t u = 0; u < patch->across; u++)
            counts[(size_t)(fmin(smooth_at(patch, u, v), 1.25) / 1.25 * (LEVELS - 1))]++;
    size_t level = LEVELS - 1;
    while (level > 0 && (seen += counts[level]) * 100 < all)
        level--;
    return (double)level / (LEVELS - 1) * 1.25;
}

static double cover_of(const struct patch *patch, double peak) {
    size_t covered = 0;
    for (size_t cell = 0; cell < CELLS * CELLS; cell++) {
        size_t left = cell % CELLS * patch->across / CELLS,
               right = (cell % CELLS + 1) * patch->across / CELLS;
        size_t top = cell / CELLS * patch->down / CELLS, bottom = (cell / CELLS + 1) * patch->down / CELLS;
        double sum = 0;
        size_t count = 0;
        for (size_t v = top; v < bottom; v++)
            for (size_t u = left; u < right; u++, count++)
                sum += patch->values[v * patch->across + u];
        covered += count && sum / (double)count > fmax(0.35 * peak, 0.1);
    }
    return (double)covered / (CELLS * CELLS);
}

/* Walks around the box outside its outline: the mean of the ink, and how much of the way has any. */
static void measure_ring(const struct measure *measure, const struct scan_seat *seat,
                         const struct paper_area *area, struct scan_ink *found) {
    enum { PER_SIDE = RING_PARTS / 4, ACROSS = 6, ALONG = 5 };
    double sum = 0;
    size_t inked = 0;
    for (int part = 0; part < RING_PARTS; part++) {
        double most = 0, mean = 0;
        for (int i = 0; i < ACROSS * ALONG; i++) {
            double along = (part % PER_SIDE + (i % ALONG + 0.5) / ALONG) / PER_SIDE;
            int row = i / ALONG;
            double out = gap + (margin - gap) * (row + 0.5) / ACROSS;
            bool is_level = part / PER_SIDE < 2, is_far = part / PER_SIDE % 2;
            double x = is_level ? along * area->width : is_far ? area->width + out : -out;
            double y = !is_level ? along * area->height : is_far ? area->height + out : -out;
            double value = ink_at(measure, seat, area->x + x, area->y + y);
            mean += value / (ACROSS * ALONG);
            most = fmax(most, value);
        }
        sum += mean / RING_PARTS;
        inked += mean > 0.12 && most > 0.3;
    }
    found->around = sum;
    found->ringed = (double)inked / RING_PARTS;
}

static void measure_box(const struct measure *measure, size_t place, struct scan_ink *found) {
    struct patch patch;
    const struct paper_area *area = &measure->geometry->places[place].area;
    const struct scan_seat *seat = &measure->alignment->seats[place];
    take_patch(measure, seat, area, &patch);
    found->is_whole = is_whole(measure, seat, area, 0);
    found->mean = mean_of(&patch);
    found->peak = peak_of(&patch);
    found->cover = cover_of(&patch, found->peak);
    found->outline = seat->outline;
    measure_ring(measure, seat, area, found);
}

/* --- a field --- */

/* The samples of a field, row by row; and which of them are where a rule is printed. */
struct sheet {
    size_t across, down;
    double *values;
    bool *is_rule;
};

static size_t index_of(const struct sheet *sheet, bool is_upright, size_t line, size_t along) {
    return is_upright ? along * sheet->across + line : line * sheet->across + along;
}

/* How much of a line of samples is dark. */
static double inked(const struct sheet *sheet, bool is_upright, size_t line) {
    const double dark = 0.25;
    size_t length = is_upright ? sheet->down : sheet->across, count = 0;
    for (size_t i = 0; i < length; i++)
        count += sheet->values[index_of(sheet, is_upright, line, i)] > dark;
    return (double)count / (double)length;
}

/* A rule, and what blur spreads of it. */
static void hide(struct sheet *sheet, bool is_upright, size_t line) {
    const size_t spread = 3;
    size_t lines = is_upright ? sheet->across : sheet->down,
           length = is_upright ? sheet->down : sheet->across;
    size_t first = line > spread ? line - spread : 0, end = line + spread < lines ? line + spread + 1 : lines;
    for (size_t at = first; at < end; at++)
        for (size_t i = 0; i < length; i++)
            sheet->is_rule[index_of(sheet, is_upright, at, i)] = true;
}

/* Near where a rule is printed, the darkest line is the rule: a stroke, of a 1 for instance, is shorter. Of
 * long rules all that are dark: they bend with the paper, and no writing is so dark along a whole line. */
static void hide_rules(struct sheet *sheet, bool is_upright, const struct paper_rules *rules) {
    const double window = 1.0, least = 0.45, bends_from = 40;
    size_t lines = is_upright ? sheet->across : sheet->down,
           length = is_upright ? sheet->down : sheet->across;
    for (size_t i = 0; i < rules->count; i++) {
        double low = fmax(rules->at[i] - window, 0) / step, high = (rules->at[i] + window) / step;
        double most = least;
        size_t darkest = lines;
        for (size_t line = (size_t)low; line < lines && (double)line <= high; line++) {
            double share = inked(sheet, is_upright, line);
            if (share >= least && (double)length * step >= bends_from)
                hide(sheet, is_upright, line);
            else if (share > most) {
                most = share;
                darkest = line;
            }
        }
        if (darkest < lines)
            hide(sheet, is_upright, darkest);
    }
}

/* Of a field `mean` and `peak` are the greatest of any of its squares of 4 mm: words may be few, and where a
 * stain is darker than they are, it is not as dark at any one place. */
static void find_words(const struct sheet *sheet, struct scan_ink *found) {
    const size_t size = (size_t)(4 / step);
    for (size_t top = 0; top < sheet->down; top += size / 2)
        for (size_t left = 0; left < sheet->across; left += size / 2) {
            double sum = 0, most = 0;
            size_t count = 0;
            for (size_t v = top; v < top + size && v < sheet->down; v++)
                for (size_t u = left; u < left + size && u < sheet->across; u++) {
                    if (sheet->is_rule[v * sheet->across + u])
                        continue;
                    double value = sheet->values[v * sheet->across + u];
                    sum += value > 0.15 ? value : 0;
                    most = fmax(most, value);
                    count++;
                }
            if (count > size * size / 4) {
                found->mean = fmax(found->mean, sum / (double)count);
                found->peak = fmax(found->peak, most);
            }
        }
}

static void measure_field(const struct measure *measure, size_t place, struct scan_ink *found) {
    enum { FIELD_MOST = 4096 };
    const struct paper_place *field = &measure->geometry->places[place];
    const struct paper_area *area = &field->area;
    const struct scan_seat *seat = &measure->alignment->seats[place];
    struct sheet sheet = {.across = (size_t)fmin(fmax(area->width / step, 1), FIELD_MOST),
                          .down = (size_t)fmin(fmax(area->height / step, 1), FIELD_MOST)};
    sheet.values = ARENA_NEW(measure->arena, double, sheet.across *sheet.down);
    sheet.is_rule = ARENA_NEW(measure->arena, bool, sheet.across *sheet.down);
    for (size_t v = 0; v < sheet.down; v++)
        for (size_t u = 0; u < sheet.across; u++)
            sheet.values[v * sheet.across + u] =
                ink_at(measure, seat, area->x + ((double)u + 0.5) * step, area->y + ((double)v + 0.5) * step);
    found->is_whole = is_whole(measure, seat, area, 0);
    found->outline = 1;
    hide_rules(&sheet, true, &field->upright);
    hide_rules(&sheet, false, &field->level);
    find_words(&sheet, found);
}

/* --- the page --- */

static int by_size(const void *one, const void *other) {
    double first = *(const double *)one, second = *(const double *)other;
    return (first > second) - (first < second);
}

/* What the boxes of a page have in common goes: of most questions all but one are empty, so that the lower
 * third of the boxes shows what paper, blur and noise alone leave inside; and the middle one, how dark an
 * outline is. */
static void compare(const struct measure *measure, unsigned page, struct scan_ink *all, double *noise) {
    const struct paper_geometry *geometry = measure->geometry;
    double *means = ARENA_NEW(measure->arena, double, geometry->place_count);
    double *outlines = ARENA_NEW(measure->arena, double, geometry->place_count);
    double *rings = ARENA_NEW(measure->arena, double, geometry->place_count);
    size_t count = 0;
    for (size_t i = 0; i < geometry->place_count; i++)
        if (geometry->places[i].page == page && geometry->places[i].kind == PAPER_BOX) {
            means[count] = all[i].mean;
            rings[count] = all[i].around;
            outlines[count++] = all[i].outline;
        }
    *noise = 0;
    if (count == 0)
        return;
    qsort(means, count, sizeof *means, by_size);
    qsort(outlines, count, sizeof *outlines, by_size);
    qsort(rings, count, sizeof *rings, by_size);
    double empty = fmin(means[count / 4], 0.08), around = fmin(rings[count / 4], 0.08);
    *noise = means[count / 3] - means[count / 10];
    for (size_t i = 0; i < geometry->place_count; i++) {
        if (geometry->places[i].page != page || geometry->places[i].kind != PAPER_BOX)
            continue;
        all[i].mean -= empty;
        all[i].around -= around;
        all[i].outline = outlines[count / 2] > 0 ? all[i].outline / outlines[count / 2] : 0;
    }
}

struct scan_ink *scan_mark_measure(struct arena *arena, const struct scan_raster *ink,
                                   const struct paper_geometry *geometry, unsigned page,
                                   const struct scan_alignment *alignment, double darkness, double *noise) {
    const struct measure measure = {arena, ink, geometry, alignment, darkness};
    struct scan_ink *all = ARENA_NEW(arena, struct scan_ink, geometry->place_count);
    for (size_t i = 0; i < geometry->place_count; i++)
        if (geometry->places[i].page == page)
            (geometry->places[i].kind == PAPER_BOX ? measure_box : measure_field)(&measure, i, &all[i]);
    compare(&measure, page, all, noise);
    return all;
}
