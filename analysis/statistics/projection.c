#include "analysis/statistics/projection.h"

#include <math.h>

/* What is left of a column, of its length, when it says nothing that those before it did not. */
static const double NOTHING_LEFT = 1e-9;

static double inner(const double *one, const double *other, size_t length) {
    double sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += one[i] * other[i];
    return sum;
}

static void subtract(double *vector, const double *direction, double factor, size_t length) {
    for (size_t i = 0; i < length; i++)
        vector[i] -= factor * direction[i];
}

struct projection *projection_create(struct arena *arena, double *columns, size_t count, size_t length) {
    struct projection *projection = ARENA_NEW(arena, struct projection, 1);
    *projection = (struct projection){.length = length, .basis = columns};
    for (size_t i = 0; i < count; i++) {
        double *vector = columns + projection->rank * length;
        const double *column = columns + i * length;
        for (size_t j = 0; j < length; j++)
            vector[j] = column[j];
        const double before = sqrt(inner(vector, vector, length));
        /* Once leaves errors of the size of what was taken off; twice is enough (Kahan, in Parlett 1980). */
        for (int round = 0; round < 2; round++)
            for (size_t k = 0; k < projection->rank; k++)
                subtract(vector, columns + k * length, inner(columns + k * length, vector, length), length);
        const double left = sqrt(inner(vector, vector, length));
        if (!(left > NOTHING_LEFT * before))
            continue;
        for (size_t j = 0; j < length; j++)
            vector[j] /= left;
        projection->rank++;
    }
    return projection;
}

void projection_apply(const struct projection *projection, const double *vector, double *nearest) {
    const size_t length = projection->length;
    for (size_t i = 0; i < length; i++)
        nearest[i] = 0;
    for (size_t i = 0; i < projection->rank; i++) {
        const double *direction = projection->basis + i * length;
        subtract(nearest, direction, -inner(direction, vector, length), length);
    }
}
