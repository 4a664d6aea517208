/* Answers of people to several items, one by one, and the joint counts that the program has of them. */
#ifndef TESTS_UNIT_PEOPLE_H
#define TESTS_UNIT_PEOPLE_H

#include "analysis/statistics/covariance.h"
#include "tests/unit/tables.h"

enum { PEOPLE_ITEMS = 13 };

struct people {
    size_t n, count;
    const double *answers; /* person after person */
};

/* The place of a value; the length if it is new. */
static inline size_t people_place(const struct covariance_item *item, double value) {
    for (size_t i = 0; i < item->length; i++)
        if (item->values[i] == value)
            return i;
    return item->length;
}

static inline struct covariance_item people_values(struct arena *arena, const struct people *people,
                                                   size_t item) {
    double *values = ARENA_NEW(arena, double, people->n);
    struct covariance_item result = {values, 0};
    for (size_t i = 0; i < people->n; i++) {
        const double value = people->answers[i * people->count + item];
        if (people_place(&result, value) == result.length)
            values[result.length++] = value;
    }
    return result;
}

/* The covariances, by way of the joint counts. */
static inline struct covariance people_covariance(struct arena *arena, const struct people *people) {
    const size_t count = people->count;
    struct covariance_item items[PEOPLE_ITEMS];
    struct contingency *tables = ARENA_NEW(arena, struct contingency, count * count);
    for (size_t i = 0; i < count; i++)
        items[i] = people_values(arena, people, i);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            size_t *counts = ARENA_NEW(arena, size_t, items[i].length * items[j].length);
            for (size_t k = 0; k < people->n; k++)
                counts[people_place(&items[i], people->answers[k * count + i]) * items[j].length +
                       people_place(&items[j], people->answers[k * count + j])]++;
            tables[i * count + j] = (struct contingency){items[i].length, items[j].length, counts};
        }
    return covariance_of(arena, items, tables, count);
}

/* People in a line of a reference, from a column on. */
static inline struct people people_read(struct arena *arena, const struct reference *reference, size_t first,
                                        size_t n, size_t count) {
    double *answers = ARENA_NEW(arena, double, n *count);
    for (size_t i = 0; i < n * count; i++)
        answers[i] = reference_number(reference, first + i);
    return (struct people){n, count, answers};
}

#endif
