#include "survey/scan_align.h"

#include <math.h>
#include <stdlib.h>

/* Millimetres, and shares of what is printed black. */
static const double far_reach = 2.6, /* where the fourth corner is not known */
    reach = 1.4, near_reach = 0.7, coarse = 0.2, fine = 0.05, beside = 0.55, least_fit = 0.16,
                    neighbourly = 0.35;

enum { STEPS = 14 /* samples along a side */, SIDES = 4, SAMPLES = STEPS * SIDES * 3, NEIGHBOURS = 7 };

struct align {
    struct arena *arena;
    const struct scan_raster *ink;
    const struct paper_geometry *geometry;
    unsigned page;
    double darkness;
    struct scan_alignment *alignment;
};

static bool is_box(const struct align *align, size_t place) {
    const struct paper_place *at = &align->geometry->places[place];
    return at->page == align->page && at->kind == PAPER_BOX;
}

/* --- one box --- */

struct sample {
    double x, y;
    double share; /* what it adds to the fitness: the outline is black, and both sides of it are not */
};

/* Inside counts less than outside: there may be a mark. */
static size_t make_samples(const struct align *align, const struct paper_area *area,
                           struct sample samples[static SAMPLES]) {
    const double line = align->geometry->outline / 2, depths[] = {line, -beside, 2 * line + beside};
    const double shares[] = {1, -0.6, -0.4};
    size_t count = 0;
    for (int side = 0; side < SIDES; side++)
        for (int i = 0; i < STEPS; i++)
            for (size_t k = 0; k < sizeof depths / sizeof *depths; k++) {
                double along = (i + 0.5) / STEPS, depth = depths[k];
                bool is_level = side < 2, is_far = side % 2;
                double x = is_level ? along * area->width : is_far ? area->width - depth : depth;
                double y = !is_level ? along * area->height : is_far ? area->height - depth : depth;
                struct scan_point at = scan_plane_at(&align->alignment->plane, area->x + x, area->y + y);
                samples[count++] = (struct sample){at.x, at.y, shares[k] / (SIDES * STEPS)};
            }
    return count;
}

static double fitness(const struct scan_raster *ink, const struct sample *samples, size_t count, double x,
                      double y) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += samples[i].share * scan_raster_at(ink, samples[i].x + x, samples[i].y + y);
    return sum;
}

static double outline_at(const struct scan_raster *ink, const struct sample *samples, size_t count,
                         struct scan_point shift) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        if (samples[i].share > 0)
            sum += samples[i].share * scan_raster_at(ink, samples[i].x + shift.x, samples[i].y + shift.y);
    return sum;
}

/* The best shift around `from`, in a square of 2 x `around` millimetres. */
static double search(const struct align *align, const struct sample *samples, size_t count,
                     struct scan_point *found, double around, double step) {
    struct scan_point from = *found;
    double best = -1;
    int steps = (int)ceil(around / step);
    for (int v = -steps; v <= steps; v++)
        for (int u = -steps; u <= steps; u++) {
            double x = from.x + u * around / steps, y = from.y + v * around / steps;
            double fit = fitness(align->ink, samples, count, x, y);
            /* Of two that fit the same, the nearer one. */
            fit -= 0.02 * align->darkness * hypot(u, v) / steps;
            if (fit > best) {
                best = fit;
                *found = (struct scan_point){x, y};
            }
        }
    return best;
}

static void seat_box(const struct align *align, size_t place, struct scan_point from, double around) {
    struct sample samples[SAMPLES];
    const struct paper_area *area = &align->geometry->places[place].area;
    struct scan_seat *seat = &align->alignment->seats[place];
    size_t count = make_samples(align, area, samples);
    double scale = scan_plane_scale(&align->alignment->plane, area->x, area->y);
    seat->shift = from;
    search(align, samples, count, &seat->shift, around * scale, coarse * scale);
    double fit = search(align, samples, count, &seat->shift, coarse * scale, fine * scale);
    seat->is_found = fit > least_fit * align->darkness;
    seat->outline = outline_at(align->ink, samples, count, seat->shift) / align->darkness;
}

static void seat_all(const struct align *align, double around) {
    for (size_t i = 0; i < align->geometry->place_count; i++)
        if (is_box(align, i))
            seat_box(align, i, (struct scan_point){0, 0}, around);
}

/* --- the plane anew --- */

static int by_size(const void *one, const void *other) {
    double first = *(const double *)one, second = *(const double *)other;
    return (first > second) - (first < second);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, by_size);
    return count ? values[count / 2] : 0;
}

/* The brackets found, and the middles of the boxes found. */
static size_t gather(const struct align *align, const struct scan_corners *corners, struct scan_pair *pairs) {
    const struct scan_plane *plane = &align->alignment->plane;
    size_t count = 0;
    for (size_t i = 0; i < 4; i++)
        if (corners->brackets[i].weight > 0) {
            pairs[count] = corners->brackets[i];
            pairs[count++].weight = 4; /* longer lines say it more exactly */
        }
    for (size_t i = 0; i < align->geometry->place_count; i++) {
        if (!is_box(align, i) || !align->alignment->seats[i].is_found)
            continue;
        const struct paper_area *area = &align->geometry->places[i].area;
        double x = area->x + area->width / 2, y = area->y + area->height / 2;
        struct scan_point at = scan_plane_at(plane, x, y);
        pairs[count++] = (struct scan_pair){
            {x, y},
            {at.x + align->alignment->seats[i].shift.x, at.y + align->alignment->seats[i].shift.y},
            1};
    }
    return count;
}

static double miss(const struct scan_plane *plane, const struct scan_pair *pair) {
    struct scan_point at = scan_plane_at(plane, pair->page.x, pair->page.y);
    return hypot(at.x - pair->picture.x, at.y - pair->picture.y);
}

/* Fits twice: the second time without what is far off the first. */
static void refine(const struct align *align, const struct scan_corners *corners) {
    enum { ROUNDS = 2, LEAST = 12 };
    struct scan_pair *pairs = ARENA_NEW(align->arena, struct scan_pair, align->geometry->place_count + 4);
    double *misses = ARENA_NEW(align->arena, double, align->geometry->place_count + 4);
    size_t count = gather(align, corners, pairs);
    for (int round = 0; round < ROUNDS && count >= LEAST; round++) {
        struct scan_plane plane;
        if (!scan_plane_tilt(&plane, pairs, count))
            return;
        for (size_t i = 0; i < count; i++)
            misses[i] = miss(&plane, &pairs[i]);
        double limit = 3 * median(misses, count) + 0.5;
        size_t kept = 0;
        for (size_t i = 0; i < count; i++)
            if (miss(&plane, &pairs[i]) <= limit)
                pairs[kept++] = pairs[i];
        count = kept;
        align->alignment->plane = plane;
    }
}

/* --- what neighbours say --- */

struct neighbour {
    double distance;
    struct scan_point shift;
};

static int by_distance(const void *one, const void *other) {
    return by_size(&((const struct neighbour *)one)->distance, &((const struct neighbour *)other)->distance);
}

/* What the nearest boxes that were found say of the shift at a place: the median of each direction. */
static struct scan_point ask(const struct align *align, const struct scan_seat *seats, size_t place,
                             struct neighbour *near) {
    const struct paper_area *area = &align->geometry->places[place].area;
    size_t count = 0;
    for (size_t i = 0; i < align->geometry->place_count; i++) {
        if (!is_box(align, i) || !seats[i].is_found)
            continue;
        const struct paper_area *other = &align->geometry->places[i].area;
        near[count++] = (struct neighbour){hypot(area->x - other->x, area->y - other->y), seats[i].shift};
    }
    qsort(near, count, sizeof *near, by_distance);
    count = count < NEIGHBOURS ? count : NEIGHBOURS;
    double across[NEIGHBOURS] = {0}, down[NEIGHBOURS] = {0};
    for (size_t i = 0; i < count; i++)
        across[i] = near[i].shift.x, down[i] = near[i].shift.y;
    return (struct scan_point){median(across, count), median(down, count)};
}

/* A box that was not found by itself, or elsewhere than all around it, sits where its neighbours say. */
static void settle(const struct align *align) {
    size_t count = align->geometry->place_count;
    struct scan_seat *seats = align->alignment->seats;
    struct scan_seat *settled = ARENA_NEW(align->arena, struct scan_seat, count);
    struct neighbour *near = ARENA_NEW(align->arena, struct neighbour, count);
    for (size_t i = 0; i < count; i++) {
        const struct paper_place *place = &align->geometry->places[i];
        settled[i] = seats[i];
        if (place->page != align->page)
            continue;
        struct scan_point said = ask(align, seats, i, near);
        double scale = scan_plane_scale(&align->alignment->plane, place->area.x, place->area.y);
        double off = hypot(said.x - seats[i].shift.x, said.y - seats[i].shift.y);
        if (place->kind == PAPER_BOX && seats[i].is_found && off <= neighbourly * scale)
            continue;
        settled[i] = (struct scan_seat){.shift = said};
        if (place->kind == PAPER_BOX) {
            struct sample samples[SAMPLES];
            size_t sample_count = make_samples(align, &place->area, samples);
            settled[i].outline = outline_at(align->ink, samples, sample_count, said) / align->darkness;
        }
    }
    for (size_t i = 0; i < count; i++)
        seats[i] = settled[i];
}

static void count_boxes(const struct align *align) {
    for (size_t i = 0; i < align->geometry->place_count; i++) {
        align->alignment->boxes += is_box(align, i);
        align->alignment->found += is_box(align, i) && align->alignment->seats[i].is_found;
    }
}

struct scan_alignment scan_align(struct arena *arena, const struct scan_raster *ink,
                                 const struct paper_geometry *geometry, unsigned page,
                                 const struct scan_corners *corners) {
    struct scan_alignment alignment = {.plane = corners->plane,
                                       .seats = ARENA_NEW(arena, struct scan_seat, geometry->place_count)};
    struct align align = {arena, ink, geometry, page, corners->darkness, &alignment};
    seat_all(&align, corners->found < 4 ? far_reach : reach);
    refine(&align, corners);
    seat_all(&align, near_reach);
    settle(&align);
    count_boxes(&align);
    return alignment;
}

struct scan_point scan_align_at(const struct scan_alignment *alignment, const struct scan_seat *seat,
                                double x, double y) {
    struct scan_point at = scan_plane_at(&alignment->plane, x, y);
    return (struct scan_point){at.x + seat->shift.x, at.y + seat->shift.y};
}
