#include "analysis/theme_agreement.h"

#include "analysis/theme_fold.h"
#include "model/base/buffer.h"
#include "model/names.h"

#include <stdlib.h>
#include <string.h>

/* A table of more combinations by themselves would be large, and agreement on them rare. */
enum { CODERS = 2, COMBINATIONS_MOST = 256 };

/* An answer that both coded: the themes of each, by number, ascending; and the number of that combination. */
struct pair {
    const size_t *themes[CODERS];
    size_t counts[CODERS];
    size_t combinations[CODERS];
};

struct comparing {
    struct arena *arena;
    struct names *numbers, *combinations;
    const char **themes; /* names, as first written */
    size_t theme_count, combination_count;
    struct pair *pairs;
    size_t pair_count;
};

/* --- Who gave what --- */

static size_t number_of(struct comparing *comparing, const char *theme) {
    size_t number =
        names_add(comparing->numbers, theme_fold_text(comparing->arena, theme), comparing->theme_count);
    if (number != NAMES_NONE)
        return number;
    if ((comparing->theme_count & (comparing->theme_count - 1)) == 0) {
        size_t capacity = comparing->theme_count ? 2 * comparing->theme_count : 1;
        const char **themes = ARENA_NEW(comparing->arena, const char *, capacity);
        if (comparing->theme_count)
            memcpy(themes, comparing->themes, comparing->theme_count * sizeof *themes);
        comparing->themes = themes;
    }
    comparing->themes[comparing->theme_count] = theme;
    return comparing->theme_count++;
}

static int compare_numbers(const void *left, const void *right) {
    const size_t one = *(const size_t *)left, other = *(const size_t *)right;
    return (one > other) - (one < other);
}

static size_t combine(struct comparing *comparing, const size_t *numbers, size_t count) {
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++)
        buffer_format(&text, "%zu;", numbers[i]);
    const char *name = arena_copy_bytes(comparing->arena, buffer_text(&text), text.length);
    buffer_destroy(&text);
    size_t number = names_add(comparing->combinations, name, comparing->combination_count);
    return number == NAMES_NONE ? comparing->combination_count++ : number;
}

static void add_row(struct comparing *comparing, const struct theme_row *row) {
    static const enum theme_cell cells[CODERS] = {THEME_FIRST, THEME_SECOND};
    struct pair pair;
    const char *const *names[CODERS];
    for (size_t i = 0; i < CODERS; i++) {
        names[i] = theme_coding_split(comparing->arena, row->cells[cells[i]], &pair.counts[i]);
        if (pair.counts[i] == 0)
            return;
    }
    for (size_t i = 0; i < CODERS; i++) {
        size_t *numbers = ARENA_NEW(comparing->arena, size_t, pair.counts[i]);
        for (size_t j = 0; j < pair.counts[i]; j++)
            numbers[j] = number_of(comparing, names[i][j]);
        qsort(numbers, pair.counts[i], sizeof *numbers, compare_numbers);
        pair.themes[i] = numbers;
        pair.combinations[i] = combine(comparing, numbers, pair.counts[i]);
    }
    comparing->pairs[comparing->pair_count++] = pair;
}

static bool has(const struct pair *pair, size_t coder, size_t theme) {
    return bsearch(&theme, pair->themes[coder], pair->counts[coder], sizeof theme, compare_numbers);
}

/* --- One theme --- */

static struct theme_agreement compare_theme(const struct comparing *comparing, size_t theme,
                                            double confidence) {
    struct theme_agreement result = {.theme = comparing->themes[theme]};
    for (size_t i = 0; i < comparing->pair_count; i++) {
        bool first = has(&comparing->pairs[i], 0, theme), second = has(&comparing->pairs[i], 1, theme);
        result.both += first && second;
        result.first += first && !second;
        result.second += !first && second;
        result.neither += !first && !second;
    }
    const size_t square[] = {result.both, result.first, result.second, result.neither};
    const size_t codings[] = {2, 0, 1, 1, 0, 2};
    const size_t repeats[] = {result.both, result.first + result.second, result.neither};
    result.kappa = agreement_kappa(&(struct contingency){2, 2, square}, confidence);
    result.alpha = agreement_krippendorff(&(struct contingency){3, 2, codings}, repeats);
    return result;
}

/* A theme by its name, as names are sorted everywhere. */
struct name {
    const char *folded;
    size_t theme;
};

static int compare_names(const void *left, const void *right) {
    return strcmp(((const struct name *)left)->folded, ((const struct name *)right)->folded);
}

static const struct theme_agreement *compare_themes(const struct comparing *comparing, double confidence) {
    size_t count = comparing->theme_count;
    struct name *names = ARENA_NEW(comparing->arena, struct name, count);
    struct theme_agreement *themes = ARENA_NEW(comparing->arena, struct theme_agreement, count);
    for (size_t i = 0; i < count; i++)
        names[i] = (struct name){theme_fold_text(comparing->arena, comparing->themes[i]), i};
    if (count)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++)
        themes[i] = compare_theme(comparing, names[i].theme, confidence);
    return themes;
}

/* --- All of them --- */

/* What one answer was given by both, as a row of Krippendorff's table; each way of it once. */
static struct agreement compute_alpha(const struct comparing *comparing, const size_t *square) {
    size_t count = comparing->combination_count, rows = 0;
    for (size_t i = 0; i < count * count; i++)
        rows += square[i] > 0;
    size_t *codings = ARENA_NEW(comparing->arena, size_t, rows * count);
    size_t *repeats = ARENA_NEW(comparing->arena, size_t, rows);
    rows = 0;
    for (size_t i = 0; i < count * count; i++) {
        if (square[i] == 0)
            continue;
        codings[rows * count + i / count]++;
        codings[rows * count + i % count]++;
        repeats[rows++] = square[i];
    }
    return agreement_krippendorff(&(struct contingency){rows, count, codings}, repeats);
}

static void compare_wholes(const struct comparing *comparing, double confidence,
                           struct theme_agreements *result) {
    size_t count = comparing->combination_count;
    result->has_whole = comparing->pair_count > 0 && count <= COMBINATIONS_MOST;
    if (!result->has_whole)
        return;
    size_t *square = ARENA_NEW(comparing->arena, size_t, count * count);
    for (size_t i = 0; i < comparing->pair_count; i++)
        square[comparing->pairs[i].combinations[0] * count + comparing->pairs[i].combinations[1]]++;
    result->kappa = agreement_kappa(&(struct contingency){count, count, square}, confidence);
    result->alpha = compute_alpha(comparing, square);
}

struct theme_agreements theme_agreement_compute(struct arena *arena, const struct theme_coding *coding,
                                                double confidence) {
    struct comparing comparing = {.arena = arena,
                                  .numbers = names_create(arena, false),
                                  .combinations = names_create(arena, false),
                                  .pairs = ARENA_NEW(arena, struct pair, coding->count)};
    for (size_t i = 0; i < coding->count; i++)
        if (coding->rows[i].count)
            add_row(&comparing, &coding->rows[i]);
    struct theme_agreements result = {.answers = comparing.pair_count,
                                      .themes = compare_themes(&comparing, confidence),
                                      .count = comparing.theme_count};
    for (size_t i = 0; i < comparing.pair_count; i++)
        result.differing += comparing.pairs[i].combinations[0] != comparing.pairs[i].combinations[1];
    compare_wholes(&comparing, confidence, &result);
    return result;
}
