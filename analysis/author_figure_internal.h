/* A figure as it is read (author_figure.c) and looked up (author_value.c). */
#ifndef ANALYSIS_AUTHOR_FIGURE_INTERNAL_H
#define ANALYSIS_AUTHOR_FIGURE_INTERNAL_H

#include "analysis/author_figure.h"

enum author_quantity {
    AUTHOR_RATE,
    AUTHOR_WORDS,
    AUTHOR_COUNT,
    AUTHOR_INTERVAL,
    AUTHOR_LOW,
    AUTHOR_HIGH,
    AUTHOR_BASE,
    AUTHOR_MEAN,
    AUTHOR_MEDIAN,
    AUTHOR_DEVIATION,
    AUTHOR_MINIMUM,
    AUTHOR_MAXIMUM,
    AUTHOR_BALANCE,
    AUTHOR_SCORE,
    AUTHOR_RANK,
    AUTHOR_DIFFERENCE,
    AUTHOR_P,
    AUTHOR_EFFECT,
    AUTHOR_RESPONSES,
    AUTHOR_POPULATION,
    AUTHOR_RESPONSE_RATE,
    AUTHOR_QUANTITY_COUNT
};

/* The bases of contract §1. */
enum author_base { AUTHOR_EXPRESSED, AUTHOR_ANSWERED, AUTHOR_ASKED, AUTHOR_ALL, AUTHOR_BASE_COUNT };

enum author_proof { AUTHOR_FIRST_PROVED, AUTHOR_PROVED, AUTHOR_BARE };

enum { AUTHOR_WHOLE = -1 };

struct author_figure {
    const char *written;
    enum author_quantity quantity;
    bool of_mean, of_difference; /* which interval it is */
    const struct item *item;
    const size_t *options; /* whose counts are summed up; none: the favourable ones, or the others */
    size_t option_count;
    bool unfavourable;
    const char *theme; /* of open answers */
    size_t by;         /* which breakdown, where there is a group, or a test */
    int group, less;   /* of the breakdown; AUTHOR_WHOLE: everybody, or nothing taken off */
    enum author_base base;
    enum figure_style style;
    enum author_proof proof;
};

#endif
