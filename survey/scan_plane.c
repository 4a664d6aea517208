#include "survey/scan_plane.h"

#include <math.h>
#include <string.h>

enum { UNKNOWNS_MOST = 8 };

/* Normal equations of least squares: `of` is symmetric. */
struct system {
    size_t size;
    double of[UNKNOWNS_MOST][UNKNOWNS_MOST], right[UNKNOWNS_MOST];
};

static void add(struct system *system, const double *factors, double right, double weight) {
    for (size_t i = 0; i < system->size; i++) {
        for (size_t j = 0; j < system->size; j++)
            system->of[i][j] += weight * factors[i] * factors[j];
        system->right[i] += weight * factors[i] * right;
    }
}

static void swap_rows(struct system *system, size_t one, size_t other) {
    for (size_t k = 0; k < system->size; k++) {
        double kept = system->of[one][k];
        system->of[one][k] = system->of[other][k];
        system->of[other][k] = kept;
    }
    double kept = system->right[one];
    system->right[one] = system->right[other];
    system->right[other] = kept;
}

/* Gauss with row pivots; the unknowns go into `right`. Coordinates have been made about 1, so that a pivot
 * near 0 means that the points do not determine an unknown. */
static bool solve(struct system *system) {
    const double nothing = 1e-9;
    size_t size = system->size;
    for (size_t i = 0; i < size; i++) {
        size_t best = i;
        for (size_t k = i + 1; k < size; k++)
            best = fabs(system->of[k][i]) > fabs(system->of[best][i]) ? k : best;
        swap_rows(system, i, best);
        if (fabs(system->of[i][i]) < nothing)
            return false;
        for (size_t k = 0; k < size; k++) {
            double factor = k == i ? 0 : system->of[k][i] / system->of[i][i];
            for (size_t j = i; j < size; j++)
                system->of[k][j] -= factor * system->of[i][j];
            system->right[k] -= factor * system->right[i];
        }
    }
    for (size_t i = 0; i < size; i++)
        system->right[i] /= system->of[i][i];
    return true;
}

/* --- normalised coordinates --- */

/* Moves the points' middle to 0 and makes their mean distance from it 1. */
struct norm {
    double x, y, scale;
};

static struct norm find_norm(const struct scan_pair *pairs, size_t count, bool of_picture) {
    struct norm norm = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        const struct scan_point *point = of_picture ? &pairs[i].picture : &pairs[i].page;
        norm.x += point->x / (double)count;
        norm.y += point->y / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        const struct scan_point *point = of_picture ? &pairs[i].picture : &pairs[i].page;
        norm.scale += hypot(point->x - norm.x, point->y - norm.y) / (double)count;
    }
    norm.scale = norm.scale > 0 ? 1 / norm.scale : 1;
    return norm;
}

static struct scan_point use_norm(const struct norm *norm, struct scan_point point) {
    return (struct scan_point){(point.x - norm->x) * norm->scale, (point.y - norm->y) * norm->scale};
}

static void multiply(const double one[9], const double other[9], double product[9]) {
    for (size_t i = 0; i < 9; i++) {
        product[i] = 0;
        for (size_t k = 0; k < 3; k++)
            product[i] += one[i / 3 * 3 + k] * other[k * 3 + i % 3];
    }
}

/* From normalised coordinates back to millimetres and points. */
static void undo_norms(struct scan_plane *plane, const double inner[9], const struct norm *page,
                       const struct norm *picture) {
    const double into[9] = {page->scale, 0, -page->scale * page->x, 0, page->scale, -page->scale * page->y, 0,
                            0,           1};
    const double out[9] = {1 / picture->scale, 0, picture->x, 0, 1 / picture->scale, picture->y, 0, 0, 1};
    double half[9];
    multiply(inner, into, half);
    multiply(out, half, plane->of);
}

/* --- the three models --- */

enum model { TURN, STRETCH, TILT };

static void add_pair(struct system *system, enum model model, struct scan_point from, struct scan_point to,
                     double weight) {
    if (model == TURN) {
        add(system, (const double[]){from.x, -from.y, 1, 0}, to.x, weight);
        add(system, (const double[]){from.y, from.x, 0, 1}, to.y, weight);
        return;
    }
    add(system, (const double[]){from.x, from.y, 1, 0, 0, 0, -from.x * to.x, -from.y * to.x}, to.x, weight);
    add(system, (const double[]){0, 0, 0, from.x, from.y, 1, -from.x * to.y, -from.y * to.y}, to.y, weight);
}

static bool fit(struct scan_plane *plane, const struct scan_pair *pairs, size_t count, enum model model) {
    static const size_t sizes[] = {[TURN] = 4, [STRETCH] = 6, [TILT] = 8};
    struct system system = {.size = sizes[model]};
    if (count * 2 < system.size)
        return false;
    struct norm page = find_norm(pairs, count, false), picture = find_norm(pairs, count, true);
    for (size_t i = 0; i < count; i++)
        add_pair(&system, model, use_norm(&page, pairs[i].page), use_norm(&picture, pairs[i].picture),
                 pairs[i].weight);
    if (!solve(&system))
        return false;
    double inner[9] = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    const double *found = system.right;
    if (model == TURN)
        memcpy(inner, (const double[]){found[0], -found[1], found[2], found[1], found[0], found[3]},
               6 * sizeof *inner);
    else
        memcpy(inner, found, system.size * sizeof *inner);
    undo_norms(plane, inner, &page, &picture);
    return true;
}

bool scan_plane_turn(struct scan_plane *plane, const struct scan_pair *pairs, size_t count) {
    return fit(plane, pairs, count, TURN);
}

bool scan_plane_stretch(struct scan_plane *plane, const struct scan_pair *pairs, size_t count) {
    return fit(plane, pairs, count, STRETCH);
}

bool scan_plane_tilt(struct scan_plane *plane, const struct scan_pair *pairs, size_t count) {
    return fit(plane, pairs, count, TILT);
}

/* --- using one --- */

struct scan_point scan_plane_at(const struct scan_plane *plane, double x, double y) {
    const double *of = plane->of;
    double w = of[6] * x + of[7] * y + of[8];
    return (struct scan_point){(of[0] * x + of[1] * y + of[2]) / w, (of[3] * x + of[4] * y + of[5]) / w};
}

double scan_plane_scale(const struct scan_plane *plane, double x, double y) {
    struct scan_point here = scan_plane_at(plane, x, y), right = scan_plane_at(plane, x + 1, y),
                      below = scan_plane_at(plane, x, y + 1);
    double area = (right.x - here.x) * (below.y - here.y) - (right.y - here.y) * (below.x - here.x);
    return sqrt(fabs(area));
}
