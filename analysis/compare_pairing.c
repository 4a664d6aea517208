#include "analysis/compare_pairing.h"

#include <math.h>

/* --- Whether they may be shown --- */

static const struct question *question_of(const struct compare_pairing_source *source) {
    return source->question->match->items[1]->question;
}

/* How many of the pairs chose an option of the second wave's in the wave (0 or 1). */
static size_t count_option(const struct compare_pairing_source *source, int wave, size_t option) {
    const struct paired counts = compare_pairs_option(source->pairs, question_of(source), option);
    return counts.both + (wave ? counts.gained : counts.lost);
}

static bool is_rare(const struct compare_pairing_source *source, size_t people) {
    return people > 0 && people < source->options->minimum_cell;
}

enum compare_pairing_state compare_pairing_check(const struct compare_pairing_source *source) {
    size_t n = source->pairs->n;
    if (n < 2 || n < source->options->minimum_cell)
        return COMPARE_PAIRING_FEW;
    for (int wave = 0; wave < 2; wave++)
        if (is_rare(source, source->question->waves[wave]->whole.expressed - n))
            return COMPARE_PAIRING_APART;
    return COMPARE_PAIRING_SHOWN;
}

static bool tells_rare(const struct compare_pairing_source *source, const struct paired *counts) {
    return is_rare(source, counts->both + counts->lost) || is_rare(source, counts->both + counts->gained) ||
           is_rare(source, counts->neither + counts->gained) ||
           is_rare(source, counts->neither + counts->lost);
}

/* The answers of a question add up: what is told of all but one tells of that one too. And the mean of a
 * scale of two answers is the share of one. So the options of a single choice, and a mean, are told if none
 * is rare. */
static bool tells_rare_option(const struct compare_pairing_source *source) {
    for (size_t i = 0; i < question_of(source)->option_count; i++)
        if (is_rare(source, count_option(source, 0, i)) || is_rare(source, count_option(source, 1, i)))
            return true;
    return false;
}

/* So it is with a number of which people told only two. */
static bool tells_rare_number(const struct compare_pairing_source *source) {
    if (question_of(source)->type != QUESTION_NUMBER)
        return tells_rare_option(source);
    return source->pairs->different <= 2 && tells_rare(source, &source->pairs->other);
}

/* --- The figures --- */

static size_t place_of(const struct question *question, const struct option *option) {
    return (size_t)(option - question->options);
}

static struct paired fold(const struct compare_pairing_source *source, const struct compare_change *change) {
    const struct question *question = question_of(source);
    if (change->subject == COMPARE_FAVOURABLE)
        return compare_pairs_favourable(source->pairs, question);
    return compare_pairs_option(source->pairs, question, place_of(question, change->option));
}

static struct comparison_test *keep_test(struct arena *arena, enum comparison_subject subject,
                                         const struct option *option, struct hypothesis_test test) {
    struct comparison_test *kept = ARENA_NEW(arena, struct comparison_test, 1);
    *kept = (struct comparison_test){.subject = subject, .option = option, .test = test};
    return kept;
}

static struct compare_pairing pair_means(struct arena *arena, const struct compare_pairing_source *source) {
    const struct paired_moments *moments = &source->pairs->moments;
    struct compare_pairing pairing = {.state = tells_rare_number(source) ? COMPARE_PAIRING_RARE
                                                                         : COMPARE_PAIRING_SHOWN};
    if (pairing.state == COMPARE_PAIRING_RARE)
        return pairing;
    pairing.n = moments->n;
    pairing.gained = moments->rose;
    pairing.lost = moments->fell;
    for (int wave = 0; wave < 2; wave++)
        pairing.values[wave] = moments->mean[wave];
    pairing.difference = paired_mean_difference(moments, source->population, source->options->confidence);
    /* Where there are favourable answers, or several to test at once, the mean is told beside their tests. */
    if (question_of(source)->type == QUESTION_NUMBER) {
        struct hypothesis_test test =
            pairing.difference.census ? hypothesis_test_refused(TEST_CENSUS) : paired_sign(moments);
        pairing.test = keep_test(arena, COMPARISON_RANKS, NULL, test);
    }
    return pairing;
}

static struct interval limits_of(const struct compare_pairing_source *source, size_t count, size_t n) {
    return proportion_interval(source->interval, (long)count, (long)n, (long)source->population,
                               source->options->confidence);
}

static struct compare_pairing pair_rates(struct arena *arena, const struct compare_pairing_source *source,
                                         const struct compare_change *change) {
    const struct paired counts = fold(source, change);
    /* A single choice among several is told, and tested, as a whole. */
    bool whole = change->subject == COMPARE_OPTION && question_of(source)->type != QUESTION_MULTIPLE;
    bool rare = whole ? tells_rare_option(source) : tells_rare(source, &counts);
    struct compare_pairing pairing = {.state = rare ? COMPARE_PAIRING_RARE : COMPARE_PAIRING_SHOWN};
    if (rare)
        return pairing;
    size_t n = source->pairs->n;
    pairing.n = n;
    pairing.counts[0] = counts.both + counts.lost;
    pairing.counts[1] = counts.both + counts.gained;
    pairing.gained = counts.gained;
    pairing.lost = counts.lost;
    for (int wave = 0; wave < 2; wave++)
        pairing.values[wave] = (double)pairing.counts[wave] / (double)n;
    pairing.difference = paired_difference(&counts, limits_of(source, pairing.counts[0], n),
                                           limits_of(source, pairing.counts[1], n));
    if (!whole) {
        struct hypothesis_test test =
            pairing.difference.census ? hypothesis_test_refused(TEST_CENSUS) : paired_mcnemar(&counts);
        pairing.test = keep_test(
            arena, change->subject == COMPARE_FAVOURABLE ? COMPARISON_FAVOURABLE : COMPARISON_OPTION,
            change->option, test);
    }
    return pairing;
}

struct compare_pairing compare_pairing_make(struct arena *arena, const struct compare_pairing_source *source,
                                            const struct compare_change *change) {
    return change->subject == COMPARE_MEAN ? pair_means(arena, source) : pair_rates(arena, source, change);
}

struct wave_overlap compare_pairing_overlap(const struct compare_pairing_source *source,
                                            const struct compare_change *change) {
    if (change->subject == COMPARE_MEAN)
        return (struct wave_overlap){source->pairs->moments.n,
                                     paired_mean_covariance(&source->pairs->moments)};
    const struct paired counts = fold(source, change);
    return (struct wave_overlap){source->pairs->n, paired_covariance(&counts)};
}

/* --- All answers at once --- */

/* The table with the answers `first` and `first` + 1 put together. */
static struct contingency merge(struct arena *arena, const struct contingency *table, size_t first) {
    size_t size = table->rows - 1;
    size_t *counts = ARENA_NEW(arena, size_t, size * size);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++) {
            size_t row = i > first ? i - 1 : i, column = j > first ? j - 1 : j;
            counts[row * size + column] += table->counts[i * table->columns + j];
        }
    return (struct contingency){size, size, counts};
}

static bool is_rare_answer(const struct compare_pairing_source *source, const struct contingency *table,
                           size_t answer) {
    return is_rare(source, contingency_row(table, answer)) ||
           is_rare(source, contingency_column(table, answer));
}

static struct contingency merge_rare(struct arena *arena, const struct compare_pairing_source *source) {
    struct contingency table = source->pairs->table;
    for (size_t i = 0; i < table.rows && table.rows > 1;) {
        if (!is_rare_answer(source, &table, i)) {
            i++;
            continue;
        }
        table = merge(arena, &table, i + 1 < table.rows ? i : i - 1);
        i = 0; /* what was put together may still be rare */
    }
    return table;
}

struct comparison_test *compare_pairing_answers(struct arena *arena,
                                                const struct compare_pairing_source *source) {
    const struct question *question = question_of(source);
    bool is_choice = question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE;
    if (!is_choice || question->option_count < 3)
        return NULL;
    const struct contingency table = merge_rare(arena, source);
    struct hypothesis_test test;
    if (source->population && source->pairs->n >= source->population)
        test = hypothesis_test_refused(TEST_CENSUS);
    else if (table.rows < 2)
        test = hypothesis_test_refused(TEST_TOO_FEW);
    else
        test = paired_stuart_maxwell(arena, &table);
    return keep_test(arena, COMPARISON_ANSWERS, NULL, test);
}
