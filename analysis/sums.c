#include "analysis/sums.h"

#include <string.h>

#define PRIME UINT64_C(2147483647) /* 2^31 - 1 */
enum { PRIME_BITS = 31 };

/* What is taken for a fraction: a numerator and a denominator of these sizes at most. */
enum { SMALL = 10000, MOST_DENOMINATOR = 60 };

static uint32_t multiply(uint32_t a, uint32_t b) {
    return (uint32_t)((uint64_t)a * b % PRIME);
}

/* By Fermat: a^(p − 2) is 1 / a. */
static uint32_t invert(uint32_t a) {
    uint32_t result = 1;
    for (uint64_t power = PRIME - 2; power; power >>= 1) {
        if (power & 1)
            result = multiply(result, a);
        a = multiply(a, a);
    }
    return result;
}

/* Takes `factor` times a vector of numbers below the prime off another, from place `from` on. The numbers of
 * the other stay below 2^34, congruent to what they should be: a whole reduction each time is too slow. */
static void subtract(uint64_t *vector, uint64_t factor, const uint64_t *other, size_t from, size_t length) {
    const uint64_t negative = PRIME - factor;
    for (size_t i = from; i < length; i++) {
        const uint64_t sum = vector[i] + negative * other[i];
        vector[i] = (sum & PRIME) + (sum >> PRIME_BITS);
    }
}

/* Makes the numbers of a vector, times `factor`, lie below the prime. */
static void scale(uint64_t *vector, uint64_t factor, size_t from, size_t length) {
    for (size_t i = from; i < length; i++)
        vector[i] = vector[i] % PRIME * factor % PRIME;
}

/* Vectors in echelon form: `leading[i]` is the one whose first number, 1, is in place i; NULL if there is
 * none. In which places a space has such vectors does not depend on how it is written.
 *
 * `normal` is a vector at right angles to all of them and else arbitrary: a vector that is not at right
 * angles to it does not follow from them, and one that is does, but for a chance of one in the prime. */
struct echelon {
    struct arena *arena;
    uint64_t **leading;
    uint64_t *arbitrary, *normal;
    size_t length, count;
};

/* Going back from the last place, each vector gives the number of the place where it begins. */
static void make_normal(struct echelon *echelon) {
    for (size_t i = echelon->length; i-- > 0;) {
        uint64_t sum = 0;
        for (size_t j = i + 1; echelon->leading[i] && j < echelon->length; j++) {
            sum += echelon->leading[i][j] * echelon->normal[j];
            sum = (sum & PRIME) + (sum >> PRIME_BITS);
        }
        echelon->normal[i] = echelon->leading[i] ? (PRIME - sum % PRIME) % PRIME : echelon->arbitrary[i];
    }
}

static struct echelon create_echelon(struct arena *arena, size_t length) {
    struct echelon echelon = {.arena = arena,
                              .leading = ARENA_NEW(arena, uint64_t *, length),
                              .arbitrary = ARENA_NEW(arena, uint64_t, length),
                              .normal = ARENA_NEW(arena, uint64_t, length),
                              .length = length};
    uint64_t number = 1;
    for (size_t i = 0; i < length; i++) {
        number = number * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        echelon.arbitrary[i] = (number >> 33) % (PRIME - 1) + 1;
    }
    make_normal(&echelon);
    return echelon;
}

static void fill(const struct sums *sums, size_t column, uint64_t *vector) {
    for (size_t i = 0; i < sums->width; i++) {
        const size_t row = sums->entries[column * sums->width + i];
        if (row != SUMS_NONE)
            vector[row] = 1;
    }
}

static bool is_normal(const struct echelon *echelon, const struct sums *sums, size_t column) {
    uint64_t sum = 0;
    for (size_t i = 0; i < sums->width; i++) {
        const size_t row = sums->entries[column * sums->width + i];
        if (row != SUMS_NONE)
            sum += echelon->normal[row];
    }
    return sum % PRIME == 0;
}

/* Adds a column. False if it follows from the others. */
static bool add_column(struct echelon *echelon, const struct sums *sums, size_t column) {
    if (is_normal(echelon, sums, column))
        return false;
    uint64_t *vector = ARENA_NEW(echelon->arena, uint64_t, echelon->length);
    fill(sums, column, vector);
    size_t first = 0;
    for (; first < echelon->length; first++) {
        vector[first] %= PRIME;
        if (vector[first] == 0)
            continue;
        if (!echelon->leading[first])
            break;
        subtract(vector, vector[first], echelon->leading[first], first, echelon->length);
    }
    scale(vector, invert((uint32_t)vector[first]), first, echelon->length);
    echelon->leading[first] = vector;
    echelon->count++;
    make_normal(echelon);
    return true;
}

void sums_mark_independent(struct arena *arena, const struct sums *sums, bool *is_independent) {
    struct echelon echelon = create_echelon(arena, sums->row_count);
    for (size_t i = 0; i < sums->column_count; i++)
        add_column(&echelon, sums, i);
    for (size_t i = 0; i < sums->row_count; i++)
        is_independent[i] = echelon.leading[i] != NULL;
}

/* The inverse of the matrix of the columns, by Gauss and Jordan: on the left of `rows` the matrix, on the
 * right what becomes the inverse. */
static const uint32_t *invert_columns(struct arena *arena, const struct sums *sums, const size_t *columns) {
    const size_t count = sums->row_count, length = 2 * count;
    uint64_t *rows = ARENA_NEW(arena, uint64_t, count * length);
    uint64_t **order = ARENA_NEW(arena, uint64_t *, count);
    for (size_t i = 0; i < count; i++) {
        order[i] = rows + i * length;
        fill(sums, columns[i], order[i]);
        order[i][count + i] = 1;
    }
    for (size_t i = 0; i < count; i++) {
        size_t pivot = i;
        while (order[pivot][i] % PRIME == 0)
            pivot++;
        uint64_t *chosen = order[pivot];
        order[pivot] = order[i];
        order[i] = chosen;
        scale(chosen, invert((uint32_t)(chosen[i] % PRIME)), i, length);
        for (size_t j = 0; j < count; j++)
            if (j != i && order[j][i] % PRIME != 0)
                subtract(order[j], order[j][i] % PRIME, chosen, i, length);
    }
    /* The rows of the matrix were columns of `sums`: its inverse lies on its side. */
    uint32_t *weights = ARENA_NEW(arena, uint32_t, count * count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            weights[j * count + i] = (uint32_t)(order[i][count + j] % PRIME);
    return weights;
}

struct sums_basis sums_find_basis(struct arena *arena, const struct sums *sums, const size_t *order,
                                  size_t count) {
    struct echelon echelon = create_echelon(arena, sums->row_count);
    size_t *columns = ARENA_NEW(arena, size_t, sums->row_count);
    for (size_t i = 0; i < count && echelon.count < sums->row_count; i++) {
        if (add_column(&echelon, sums, order[i]))
            columns[echelon.count - 1] = order[i];
    }
    struct sums_basis basis = {columns, echelon.count, NULL};
    if (basis.count == sums->row_count)
        basis.weights = invert_columns(arena, sums, columns);
    return basis;
}

void sums_add(const struct sums *sums, uint32_t *weights, const uint32_t *added) {
    for (size_t i = 0; i < sums->row_count; i++)
        weights[i] = (uint32_t)(((uint64_t)weights[i] + added[i]) % PRIME);
}

uint32_t sums_value(const struct sums *sums, const uint32_t *weights, size_t column) {
    uint64_t sum = 0;
    for (size_t i = 0; i < sums->width; i++) {
        const size_t row = sums->entries[column * sums->width + i];
        if (row != SUMS_NONE)
            sum += weights[row];
    }
    return (uint32_t)(sum % PRIME);
}

/* Whether a number times `factor` is a small whole one; its sign, 0 if it is not. */
static int sign_of(uint32_t value, uint32_t factor) {
    const uint32_t product = multiply(value, factor);
    return product <= SMALL ? 1 : PRIME - product <= SMALL ? -1 : 0;
}

bool sums_one_sided(const struct sums *sums, const uint32_t *weights) {
    for (uint32_t factor = 1; factor <= MOST_DENOMINATOR; factor++) {
        bool seen[3] = {false};
        for (size_t i = 0; i < sums->column_count && !seen[1]; i++) {
            const uint32_t value = sums_value(sums, weights, i);
            if (value != 0)
                seen[sign_of(value, factor) + 1] = true;
        }
        if (!seen[1])
            return !(seen[0] && seen[2]);
    }
    return true;
}

const uint32_t *sums_vanishing(struct arena *arena, const struct sums *sums, const struct sums_basis *basis) {
    struct echelon echelon = create_echelon(arena, sums->row_count);
    for (size_t i = 0; i < basis->count; i++)
        add_column(&echelon, sums, basis->columns[i]);
    size_t first = 0;
    while (echelon.leading[first])
        first++;
    for (size_t i = 0; i < sums->row_count; i++)
        echelon.arbitrary[i] = i == first; /* one weight alone is chosen: no other sum is mixed in */
    make_normal(&echelon);
    uint32_t *weights = ARENA_NEW(arena, uint32_t, sums->row_count);
    for (size_t i = 0; i < sums->row_count; i++)
        weights[i] = (uint32_t)echelon.normal[i];
    return weights;
}
