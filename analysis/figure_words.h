/* Rates as a synthesis says them: "59%", "nearly 60%", "a quarter", "almost all". Everything is decided by
 * the exact fraction in whole numbers, never by a rounded figure, and what is said is true of it. */
#ifndef ANALYSIS_FIGURE_WORDS_H
#define ANALYSIS_FIGURE_WORDS_H

#include "model/base/arena.h"
#include "model/base/language.h"

#include <stddef.h>

/* x of n, found among `base` respondents. */
struct figure {
    size_t x, n, base;
};

/* The rate of `count` of `base` respondents; a weighted rate, to a billionth. */
struct figure figure_words_of(size_t count, size_t base);
struct figure figure_words_of_rate(double rate, size_t base);

enum figure_style {
    FIGURE_EXACT, /* "58.6%", to a tenth, half away from zero; "< 0.1%" and "> 99.9%" next to none and all */
    FIGURE_ROUNDED, /* "59%", likewise */
    FIGURE_ROUGH, /* by multiples X of 5: "nearly 60%" from X - 2.5 to below X - 0.5, "60%" to X + 0.5, "just
                     over 60%" to X + 1.5, "over 60%" to below X + 2.5; below 2.5% and above 97.5% exact, as
                     0% and 100% are no one's measure */
    FIGURE_FRACTION, /* "a quarter", "a third", "half", "two thirds", "three quarters" within 1.5 points,
                        "just over" and "just under" one within 3, the nearest first */
    FIGURE_SHARE,    /* "none", "the majority" above 50%, "almost all" from 95% on, "all" */
    FIGURE_BEST      /* of fewer than 20 respondents their count, "7 of 12"; "none" and "all"; "almost all"; a
                        fraction within 1.5 points; else FIGURE_ROUGH */
};

/* The figure in words, without a capital, in the memory of `arena`; NULL where the style has none for it, and
 * for a base of 0. But for FIGURE_BEST, what is a percentage is one however few respondents there are. */
const char *figure_words_say(struct arena *arena, enum language language, enum figure_style style,
                             struct figure figure);

/* The same with its proof, as where it is first mentioned: "nearly 60% (58.6%, 82 of 140)"; without a
 * percentage that the words are already, and without a proof for what is one. `count` is of respondents. */
const char *figure_words_prove(struct arena *arena, enum language language, enum figure_style style,
                               struct figure figure, size_t count);

#endif
