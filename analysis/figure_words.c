#include "analysis/figure_words.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Percentages of fewer respondents would promise more than there is. */
enum { PERCENT_FROM = 20, BILLION = 1000000000, STEP = 5 };

struct figure figure_words_of(size_t count, size_t base) {
    return (struct figure){count, base, base};
}

struct figure figure_words_of_rate(double rate, size_t base) {
    return (struct figure){(size_t)llround(rate * BILLION), BILLION, base};
}

/* Who speaks. */
struct voice {
    struct arena *arena;
    enum language language;
};

static const char *fill(const struct voice *voice, enum message message, const struct hole *holes) {
    struct buffer buffer = {0};
    language_fill(&buffer, voice->language, message, holes);
    const char *text = arena_copy_bytes(voice->arena, buffer_text(&buffer), buffer.length);
    buffer_destroy(&buffer);
    return text;
}

static const char *say(const struct voice *voice, enum message message) {
    return fill(voice, message, NULL);
}

static const char *percent(const struct voice *voice, double share, int decimals) {
    struct buffer buffer = {0};
    language_percent(&buffer, voice->language, share, decimals);
    const char *text = arena_copy_bytes(voice->arena, buffer_text(&buffer), buffer.length);
    buffer_destroy(&buffer);
    return text;
}

/* To the nearest `parts`-th, half away from zero; what is more than nothing or less than all stays so. */
static const char *nearest(const struct voice *voice, struct figure figure, size_t parts, int decimals) {
    size_t rounded = (2 * parts * figure.x + figure.n) / (2 * figure.n);
    bool below = rounded == 0 && figure.x > 0, above = rounded == parts && figure.x < figure.n;
    rounded = below ? 1 : above ? parts - 1 : rounded;
    const char *text = percent(voice, (double)rounded / (double)parts, decimals);
    if (!below && !above)
        return text;
    return fill(voice, below ? MESSAGE_REPORT_LESS_THAN : MESSAGE_REPORT_MORE_THAN,
                (struct hole[]){{"percent", text}, {0}});
}

static const char *say_exact(const struct voice *voice, struct figure figure) {
    return nearest(voice, figure, 1000, 1);
}

/* Twice the percentage times n: half points are whole numbers of n. */
static size_t half_points(struct figure figure) {
    return 200 * figure.x;
}

static const char *say_rough(const struct voice *voice, struct figure figure) {
    size_t n = figure.n, at = half_points(figure);
    /* X is the multiple of 5 with X - 2.5 <= rate < X + 2.5. */
    size_t x = (at + STEP * n) / (2 * STEP * n) * STEP;
    if (x == 0 || x >= 100)
        return say_exact(voice, figure);
    enum message message = at < (2 * x - 1) * n    ? MESSAGE_FIGURE_NEARLY
                           : at <= (2 * x + 1) * n ? MESSAGE_FIGURE_ABOUT
                           : at <= (2 * x + 3) * n ? MESSAGE_FIGURE_JUST_OVER
                                                   : MESSAGE_FIGURE_OVER;
    return fill(voice, message, (struct hole[]){{"percent", percent(voice, (double)x / 100, 0)}, {0}});
}

/* --- fractions --- */

static const struct fraction {
    size_t part, parts;
    enum message plain, over, under;
} FRACTIONS[] = {
    {1, 4, MESSAGE_FIGURE_QUARTER, MESSAGE_FIGURE_OVER_QUARTER, MESSAGE_FIGURE_UNDER_QUARTER},
    {1, 3, MESSAGE_FIGURE_THIRD, MESSAGE_FIGURE_OVER_THIRD, MESSAGE_FIGURE_UNDER_THIRD},
    {1, 2, MESSAGE_FIGURE_HALF, MESSAGE_FIGURE_OVER_HALF, MESSAGE_FIGURE_UNDER_HALF},
    {2, 3, MESSAGE_FIGURE_TWO_THIRDS, MESSAGE_FIGURE_OVER_TWO_THIRDS, MESSAGE_FIGURE_UNDER_TWO_THIRDS},
    {3, 4, MESSAGE_FIGURE_THREE_QUARTERS, MESSAGE_FIGURE_OVER_THREE_QUARTERS,
     MESSAGE_FIGURE_UNDER_THREE_QUARTERS},
};

/* Whether the rate is within `halves` half points of the fraction. */
static bool is_near(struct figure figure, const struct fraction *fraction, size_t halves) {
    size_t one = half_points(figure) * fraction->parts, other = 200 * fraction->part * figure.n;
    return (one > other ? one - other : other - one) <= halves * figure.n * fraction->parts;
}

/* The fraction the rate is within `halves` half points of: those of at most 3 points apart do not meet. */
static const struct fraction *find_fraction(struct figure figure, size_t halves) {
    for (size_t i = 0; i < sizeof FRACTIONS / sizeof *FRACTIONS; i++)
        if (is_near(figure, &FRACTIONS[i], halves))
            return &FRACTIONS[i];
    return NULL;
}

enum { PLAINLY = 3, NEARLY = 6 };

static const char *say_fraction(const struct voice *voice, struct figure figure) {
    const struct fraction *fraction = find_fraction(figure, PLAINLY);
    if (fraction)
        return say(voice, fraction->plain);
    fraction = find_fraction(figure, NEARLY);
    if (!fraction)
        return NULL;
    bool over = figure.x * fraction->parts > fraction->part * figure.n;
    return say(voice, over ? fraction->over : fraction->under);
}

/* --- shares --- */

static bool is_almost_all(struct figure figure) {
    return 20 * figure.x >= 19 * figure.n && figure.x < figure.n;
}

static const char *say_share(const struct voice *voice, struct figure figure) {
    if (figure.x == 0)
        return say(voice, MESSAGE_FIGURE_NONE);
    if (figure.x == figure.n)
        return say(voice, MESSAGE_FIGURE_ALL);
    if (is_almost_all(figure))
        return say(voice, MESSAGE_FIGURE_ALMOST_ALL);
    return 2 * figure.x > figure.n ? say(voice, MESSAGE_FIGURE_MAJORITY) : NULL;
}

static const char *say_count(const struct voice *voice, struct figure figure) {
    size_t count =
        figure.n == figure.base ? figure.x : (2 * figure.x * figure.base + figure.n) / (2 * figure.n);
    return fill(voice, MESSAGE_REPORT_COUNT_OF,
                (struct hole[]){{"count", arena_format(voice->arena, "%zu", count)},
                                {"base", arena_format(voice->arena, "%zu", figure.base)},
                                {0}});
}

static const char *say_best(const struct voice *voice, struct figure figure) {
    if (figure.base < PERCENT_FROM)
        return say_count(voice, figure);
    if (figure.x == 0 || figure.x == figure.n || is_almost_all(figure))
        return say_share(voice, figure);
    const struct fraction *fraction = find_fraction(figure, PLAINLY);
    return fraction ? say(voice, fraction->plain) : say_rough(voice, figure);
}

const char *figure_words_say(struct arena *arena, enum language language, enum figure_style style,
                             struct figure figure) {
    const struct voice voice = {arena, language};
    if (figure.n == 0 || figure.base == 0)
        return NULL;
    switch (style) {
    case FIGURE_EXACT:
        return say_exact(&voice, figure);
    case FIGURE_ROUNDED:
        return nearest(&voice, figure, 100, 0);
    case FIGURE_ROUGH:
        return say_rough(&voice, figure);
    case FIGURE_FRACTION:
        return say_fraction(&voice, figure);
    case FIGURE_SHARE:
        return say_share(&voice, figure);
    case FIGURE_BEST:
        return say_best(&voice, figure);
    }
    return NULL;
}

const char *figure_words_prove(struct arena *arena, enum language language, enum figure_style style,
                               struct figure figure, size_t count) {
    const struct voice voice = {arena, language};
    const char *words = figure_words_say(arena, language, style, figure);
    if (!words || (style == FIGURE_BEST && figure.base < PERCENT_FROM))
        return words;
    const char *exact = say_exact(&voice, figure);
    const char *of = say_count(&voice, figure_words_of(count, figure.base));
    bool repeats = !strcmp(words, exact) || figure.x == 0 || figure.x == figure.n;
    return fill(&voice, repeats ? MESSAGE_FIGURE_PROVED_BY_COUNT : MESSAGE_FIGURE_PROVED,
                (struct hole[]){{"words", words}, {"percent", exact}, {"count", of}, {0}});
}
