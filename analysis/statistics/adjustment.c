#include "analysis/statistics/adjustment.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* A p that counts, and where it stands. */
struct ranked {
    double p;
    size_t place;
};

/* Equal p by their place: any order would do, but one is the same everywhere. */
static int ascending(const void *one, const void *other) {
    const struct ranked *a = one, *b = other;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* Each p times the number of those that are no smaller, and no less than those before it. */
static void holm(const struct ranked *ranked, size_t length, double *adjusted) {
    double most = 0;
    for (size_t i = 0; i < length; i++) {
        most = fmin(1, fmax(most, (double)(length - i) * ranked[i].p));
        adjusted[ranked[i].place] = most;
    }
}

/* Each p by its rank's share of all, and no more than those behind it. */
static void benjamini_hochberg(const struct ranked *ranked, size_t length, double *adjusted) {
    double least = 1;
    for (size_t i = length; i-- > 0;) {
        least = fmin(least, (double)length / (double)(i + 1) * ranked[i].p);
        adjusted[ranked[i].place] = least;
    }
}

size_t adjustment_apply(struct arena *arena, enum adjustment adjustment, const double *p, double *adjusted,
                        size_t count) {
    struct ranked *ranked = ARENA_NEW(arena, struct ranked, count);
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        assert(isnan(p[i]) || (p[i] >= 0 && p[i] <= 1));
        if (!isnan(p[i]))
            ranked[length++] = (struct ranked){p[i], i};
        adjusted[i] = p[i];
    }
    if (length == 0)
        return 0;
    qsort(ranked, length, sizeof *ranked, ascending);
    if (adjustment == ADJUSTMENT_HOLM)
        holm(ranked, length, adjusted);
    else if (adjustment == ADJUSTMENT_BENJAMINI_HOCHBERG)
        benjamini_hochberg(ranked, length, adjusted);
    return length;
}
