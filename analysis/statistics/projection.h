/* Least squares on columns of which some may repeat what others say.
 *
 * Columns are orthonormalised by Gram and Schmidt's method, twice (Björck 1996, Numerical Methods for Least
 * Squares Problems, section 2.4.5); one of which less than 1e-9 is left is a combination of those before it
 * and dropped. */
#ifndef ANALYSIS_STATISTICS_PROJECTION_H
#define ANALYSIS_STATISTICS_PROJECTION_H

#include "model/base/arena.h"

#include <stddef.h>

struct projection {
    size_t length, rank;
    const double *basis; /* `rank` orthonormal vectors: basis[i * length + j] is number j of the i-th */
};

/* The space of `count` columns of `length` numbers, columns[i * length + j], which are overwritten. Lives as
 * long as `arena` and keeps `columns`. */
struct projection *projection_create(struct arena *arena, double *columns, size_t count, size_t length);

/* The point of the space that is nearest to `vector`, into `nearest`, which is not `vector`. */
void projection_apply(const struct projection *projection, const double *vector, double *nearest);

#endif
