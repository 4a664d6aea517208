#include "survey/scan_corners.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CORNERS = 4, STEPS = 20 /* samples along an arm */ };

/* Millimetres, and shares of what is printed black. */
static const double window = 14, coarse = 0.4, clear = 0.9, enough = 0.5, code_weight = 0.02;

/* One bracket: its outer corner on the page, and which way its arms go from there. */
struct bracket {
    struct scan_point corner;
    double right, down; /* 1 or -1 */
    double arm, thickness;
};

static struct bracket bracket_of(const struct paper_geometry *geometry, size_t which) {
    const struct paper_area *frame = &geometry->frame;
    bool is_right = which == 1 || which == 2, is_low = which >= 2;
    return (struct bracket){
        {frame->x + (is_right ? frame->width : 0), frame->y + (is_low ? frame->height : 0)},
        is_right ? -1 : 1,
        is_low ? -1 : 1,
        geometry->arm,
        geometry->thickness};
}

/* The place `along` an arm (the level one, or the upright one), `beside` its outer edge towards the inside.
 */
static struct scan_point on_arm(const struct bracket *bracket, bool is_upright, double along, double beside) {
    double x = is_upright ? beside : along, y = is_upright ? along : beside;
    return (struct scan_point){bracket->corner.x + bracket->right * x, bracket->corner.y + bracket->down * y};
}

/* --- how well a bracket fits at a place --- */

struct sample {
    double x, y; /* in the picture, from where the bracket's corner is taken to be */
    bool is_ink;
};

enum { SAMPLES = 2 * STEPS * 3 };

/* The places that must be black, and those on both sides that must not; none inside near the other arm. */
static size_t make_samples(const struct bracket *bracket, const struct scan_plane *plane,
                           struct sample samples[static SAMPLES]) {
    struct scan_point origin = scan_plane_at(plane, bracket->corner.x, bracket->corner.y);
    size_t count = 0;
    for (int i = 0; i < 2 * STEPS; i++) {
        int step = i / 2;
        double along = (step + 0.5) * bracket->arm / STEPS;
        const double beside[] = {bracket->thickness / 2, -clear, bracket->thickness + clear};
        for (size_t k = 0; k < sizeof beside / sizeof *beside; k++) {
            if (k == 2 && along < bracket->thickness + 2 * clear)
                continue;
            struct scan_point page = on_arm(bracket, i % 2, along, beside[k]);
            struct scan_point there = scan_plane_at(plane, page.x, page.y);
            samples[count++] = (struct sample){there.x - origin.x, there.y - origin.y, k == 0};
        }
    }
    return count;
}

/* The mean of what must be black less the mean of what must not: 1 at best. Beyond the picture is nothing. */
static double fitness(const struct scan_raster *ink, const struct sample *samples, size_t count, double x,
                      double y) {
    double black = 0, white = 0;
    size_t blacks = 0;
    for (size_t i = 0; i < count; i++) {
        double at_x = x + samples[i].x, at_y = y + samples[i].y;
        int u = (int)(at_x + 0.5), v = (int)(at_y + 0.5);
        bool is_there = u >= 0 && v >= 0 && u < ink->width && v < ink->height;
        double value = is_there ? ink->values[(size_t)v * (size_t)ink->width + (size_t)u] : 0;
        if (samples[i].is_ink)
            black += value, blacks++;
        else
            white += value;
    }
    return (black / (double)blacks - white / (double)(count - blacks)) / 255;
}

/* The corners of the code look like brackets. Whether a place is in it, or nearer than any bracket is. */
static bool is_in_code(const struct scan_code *code, double x, double y) {
    const double near = 0.1; /* of the code's side */
    const struct scan_point *at = code->corners;
    double right_x = at[1].x - at[0].x, right_y = at[1].y - at[0].y, down_x = at[3].x - at[0].x,
           down_y = at[3].y - at[0].y, determinant = right_x * down_y - right_y * down_x;
    double u = ((x - at[0].x) * down_y - (y - at[0].y) * down_x) / determinant;
    double v = ((y - at[0].y) * right_x - (x - at[0].x) * right_y) / determinant;
    return u > -near && u < 1 + near && v > -near && v < 1 + near;
}

static struct scan_point search(const struct scan_raster *ink, const struct bracket *bracket,
                                const struct scan_code *code, const struct scan_plane *plane, double *best) {
    struct sample samples[SAMPLES];
    size_t count = make_samples(bracket, plane, samples);
    struct scan_point middle = scan_plane_at(plane, bracket->corner.x, bracket->corner.y), found = middle;
    double scale = scan_plane_scale(plane, bracket->corner.x, bracket->corner.y);
    double reach = window * scale, step = fmax(coarse * scale, 1);
    *best = -1;
    for (int round = 0; round < 2; round++) {
        struct scan_point from = {found.x - reach, found.y - reach};
        int steps = (int)(2 * reach / step);
        for (int v = 0; v <= steps; v++)
            for (int u = 0; u <= steps; u++) {
                double x = from.x + u * step, y = from.y + v * step, fit = fitness(ink, samples, count, x, y);
                if (fit > *best && !is_in_code(code, x, y)) {
                    *best = fit;
                    found = (struct scan_point){x, y};
                }
            }
        reach = step;
        step = 0.5;
    }
    return found;
}

/* --- exactly where --- */

/* A line in the picture, `normal_x` x + `normal_y` y = `distance`, through the middle of an arm. */
struct line {
    double normal_x, normal_y, distance;
};

/* How far from a place the middle of the dark is, across the arm; false if nothing is dark there. */
static bool middle_across(const struct scan_raster *ink, struct scan_point at, struct scan_point across,
                          double reach, double darkness, double *offset) {
    double sum = 0, moment = 0, peak = 0;
    for (int i = 0; i <= (int)(4 * reach); i++) {
        double t = i / 2.0 - reach;
        double value = scan_raster_at(ink, at.x + t * across.x, at.y + t * across.y);
        peak = fmax(peak, value);
        value = fmax(value - darkness * 0.25, 0);
        sum += value;
        moment += value * t;
    }
    *offset = sum > 0 ? moment / sum : 0;
    return peak > darkness * enough;
}

static int by_size(const void *one, const void *other) {
    double first = *(const double *)one, second = *(const double *)other;
    return (first > second) - (first < second);
}

/* Of the middles along the arm those count that are near what half of them say. */
static bool fit_line(const struct scan_raster *ink, const struct bracket *bracket,
                     const struct scan_plane *plane, bool is_upright, double darkness, struct line *line) {
    double offsets[STEPS], sorted[STEPS];
    struct scan_point start = on_arm(bracket, is_upright, 0, bracket->thickness / 2),
                      end = on_arm(bracket, is_upright, bracket->arm, bracket->thickness / 2);
    start = scan_plane_at(plane, start.x, start.y);
    end = scan_plane_at(plane, end.x, end.y);
    double length = hypot(end.x - start.x, end.y - start.y), scale = length / bracket->arm;
    struct scan_point along = {(end.x - start.x) / length, (end.y - start.y) / length};
    struct scan_point across = {-along.y, along.x};
    size_t count = 0;
    double share[STEPS];
    for (int i = 0; i < STEPS; i++) {
        double part = 0.25 + 0.7 * i / STEPS; /* neither at the other arm nor at the end */
        struct scan_point at = {start.x + along.x * length * part, start.y + along.y * length * part};
        if (!middle_across(ink, at, across, bracket->thickness * scale, darkness, &offsets[count]))
            continue;
        sorted[count] = offsets[count];
        share[count++] = length * part;
    }
    if (count < STEPS / 2)
        return false;
    qsort(sorted, count, sizeof *sorted, by_size);
    double n = 0, s = 0, o = 0, ss = 0, so = 0;
    for (size_t i = 0; i < count; i++) {
        if (fabs(offsets[i] - sorted[count / 2]) > 0.35 * scale)
            continue;
        n++, s += share[i], o += offsets[i], ss += share[i] * share[i], so += share[i] * offsets[i];
    }
    double determinant = n * ss - s * s;
    if (n < 3 || determinant <= 0)
        return false;
    double slope = (n * so - s * o) / determinant, shift = (o - slope * s) / n;
    /* Along the arm the line leaves it by `slope`. */
    struct scan_point on = {start.x + across.x * shift, start.y + across.y * shift};
    struct scan_point way = {along.x + across.x * slope, along.y + across.y * slope};
    *line = (struct line){-way.y, way.x, -way.y * on.x + way.x * on.y};
    return true;
}

static bool cross(const struct line *one, const struct line *other, struct scan_point *point) {
    double determinant = one->normal_x * other->normal_y - one->normal_y * other->normal_x;
    if (fabs(determinant) < 0.3) /* nearly the same way: these are no arms of a bracket */
        return false;
    point->x = (one->distance * other->normal_y - one->normal_y * other->distance) / determinant;
    point->y = (one->normal_x * other->distance - one->distance * other->normal_x) / determinant;
    return true;
}

/* --- one bracket --- */

static bool find_bracket(struct scan_pair *pair, const struct scan_raster *ink, const struct bracket *bracket,
                         const struct scan_code *code, struct scan_plane plane, double darkness) {
    double fit;
    struct scan_point at = search(ink, bracket, code, &plane, &fit);
    if (fit < darkness * enough)
        return false;
    struct scan_point expected = scan_plane_at(&plane, bracket->corner.x, bracket->corner.y);
    /* The plane is moved to where the bracket is; its turn and scale are near enough for so small a thing. */
    const double move[2] = {at.x - expected.x, at.y - expected.y};
    for (size_t i = 0; i < 6; i++)
        plane.of[i] += move[i / 3] * plane.of[6 + i % 3];
    struct line level, upright;
    if (!fit_line(ink, bracket, &plane, false, darkness, &level) ||
        !fit_line(ink, bracket, &plane, true, darkness, &upright) || !cross(&level, &upright, &pair->picture))
        return false;
    double scale = scan_plane_scale(&plane, bracket->corner.x, bracket->corner.y);
    pair->weight = 1;
    return hypot(pair->picture.x - at.x, pair->picture.y - at.y) < (bracket->thickness + 1) * scale;
}

/* --- all of them --- */

static double distance_to_code(const struct paper_geometry *geometry, size_t which) {
    struct bracket bracket = bracket_of(geometry, which);
    return hypot(bracket.corner.x - geometry->code.x - geometry->code.width / 2,
                 bracket.corner.y - geometry->code.y - geometry->code.height / 2);
}

static void sort_by_distance(const struct paper_geometry *geometry, size_t order[static CORNERS]) {
    for (size_t i = 0; i < CORNERS; i++) {
        size_t at = i;
        for (; at > 0 && distance_to_code(geometry, order[at - 1]) > distance_to_code(geometry, i); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* What the code says, and the brackets found so far. */
static size_t gather(struct scan_pair pairs[static 2 * CORNERS], const struct scan_corners *corners,
                     const struct paper_geometry *geometry, const struct scan_code *code) {
    const struct paper_area *area = &geometry->code;
    size_t count = 0;
    for (size_t i = 0; i < CORNERS; i++) {
        bool is_right = i == 1 || i == 2, is_low = i >= 2;
        pairs[count++] = (struct scan_pair){
            {area->x + (is_right ? area->width : 0), area->y + (is_low ? area->height : 0)},
            code->corners[i],
            code_weight};
    }
    for (size_t i = 0; i < CORNERS; i++)
        if (corners->brackets[i].weight > 0)
            pairs[count++] = corners->brackets[i];
    return count;
}

/* With one bracket there is a turn, with two a stretch in both directions, with three or four a tilt. */
static bool fit_plane(struct scan_corners *corners, const struct paper_geometry *geometry,
                      const struct scan_code *code) {
    struct scan_pair pairs[2 * CORNERS];
    size_t count = gather(pairs, corners, geometry, code);
    if (corners->found == CORNERS)
        return scan_plane_tilt(&corners->plane, pairs + CORNERS, CORNERS);
    if (corners->found >= 3)
        return scan_plane_stretch(&corners->plane, pairs + CORNERS, corners->found);
    if (corners->found == 2)
        return scan_plane_stretch(&corners->plane, pairs, count);
    return scan_plane_turn(&corners->plane, pairs, count);
}

/* How dark the code's black is: what nine tenths of its points are lighter than. */
static double find_darkness(const struct scan_raster *ink, const struct paper_geometry *geometry,
                            const struct scan_plane *plane) {
    enum { ACROSS = 60 };
    size_t counts[256] = {0}, seen = 0;
    const struct paper_area *code = &geometry->code;
    for (int y = 0; y < ACROSS; y++)
        for (int x = 0; x < ACROSS; x++) {
            struct scan_point at = scan_plane_at(plane, code->x + code->width * (x + 0.5) / ACROSS,
                                                 code->y + code->height * (y + 0.5) / ACROSS);
            counts[(int)(scan_raster_at(ink, at.x, at.y) * 255)]++;
        }
    int value = 255;
    while (value > 0 && (seen += counts[value]) * 10 < ACROSS * ACROSS)
        value--;
    return value / 255.0;
}

bool scan_corners_find(struct scan_corners *corners, const struct scan_raster *ink,
                       const struct paper_geometry *geometry, const struct scan_code *code) {
    const double faintest = 0.06; /* of ink, below which black cannot be told from noise */
    size_t order[CORNERS] = {0};
    *corners = (struct scan_corners){0};
    if (!fit_plane(corners, geometry, code))
        return false;
    corners->darkness = find_darkness(ink, geometry, &corners->plane);
    if (corners->darkness < faintest)
        return false;
    sort_by_distance(geometry, order);
    for (size_t i = 0; i < CORNERS; i++) {
        struct bracket bracket = bracket_of(geometry, order[i]);
        struct scan_pair *pair = &corners->brackets[order[i]];
        pair->page = on_arm(&bracket, false, bracket.thickness / 2, bracket.thickness / 2);
        pair->weight = 0;
        if (!find_bracket(pair, ink, &bracket, code, corners->plane, corners->darkness)) {
            pair->weight = 0;
            continue;
        }
        corners->found++;
        if (!fit_plane(corners, geometry, code))
            return false;
    }
    return corners->found >= 3;
}
