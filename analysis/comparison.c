#include "analysis/comparison.h"

#include "analysis/order.h"
#include "analysis/statistics/association.h"
#include "analysis/statistics/rank_test.h"
#include "analysis/statistics/rao_scott.h"
#include "analysis/statistics/trend_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of fewer people a group says nothing; a test needs two groups that do (statistics, §6). */
enum { LARGE_ENOUGH = 5 };

/* As many tests as may each take the time of one alone; tables of more places are simulated by fewer draws.
 */
enum { UNHURRIED = 30, COMMON_PLACES = 200, FEWEST_DRAWS = 10000 };

static size_t expressed(const struct comparison_group *group) {
    return group->tally->states[ANSWER_GIVEN];
}

/* The groups as they are compared: those that are shown, and the others as one. */
struct rows {
    const struct item *item;
    struct comparison_group *groups;
    size_t *places; /* of each row in the breakdown; of the others: its number of groups */
    size_t count;
};

/* --- the others --- */

static void add_counts(size_t *sum, const size_t *counts, size_t count) {
    for (size_t i = 0; i < count; i++)
        sum[i] += counts[i];
}

/* The sum of what the hidden groups have: all of it, or (from 0 on) in one cell of the weighting. */
static struct item_tally sum_hidden(struct arena *arena, const struct comparison_source *source,
                                    const size_t *cell) {
    size_t option_count = source->item->question->option_count;
    size_t *states = ARENA_NEW(arena, size_t, ANSWER_NOT_ASKED + 1);
    size_t *options = ARENA_NEW(arena, size_t, option_count);
    for (size_t i = 0; i < source->group_count; i++) {
        const struct comparison_group *group = &source->groups[i];
        const struct item_tally *tally = cell ? &group->cells[*cell].tally : group->tally;
        if (!group->hidden)
            continue;
        add_counts(states, tally->states, ANSWER_NOT_ASKED + 1);
        add_counts(options, tally->options, option_count);
    }
    return (struct item_tally){.states = states, .options = options};
}

static int compare_value_counts(const void *one, const void *other) {
    double a = ((const struct value_count *)one)->value, b = ((const struct value_count *)other)->value;
    return (a > b) - (a < b);
}

/* All values of the hidden groups, ascending; the same value can come several times. */
static const struct value_count *hidden_values(struct arena *arena, const struct comparison_source *source,
                                               size_t *count) {
    size_t all = 0;
    for (size_t i = 0; i < source->group_count; i++)
        all += source->groups[i].value_count;
    struct value_count *values = ARENA_NEW(arena, struct value_count, all);
    *count = 0;
    for (size_t i = 0; i < source->group_count; i++)
        for (size_t j = 0; source->groups[i].hidden && j < source->groups[i].value_count; j++)
            values[(*count)++] = source->groups[i].values[j];
    qsort(values, *count, sizeof *values, compare_value_counts);
    return values;
}

static const struct weights_cell *hidden_cells(struct arena *arena, const struct comparison_source *source) {
    if (!source->weighting)
        return NULL;
    size_t count = source->weighting->cell_count;
    struct weights_cell *cells = ARENA_NEW(arena, struct weights_cell, count);
    for (size_t i = 0; i < count; i++)
        cells[i].tally = sum_hidden(arena, source, &i);
    return cells;
}

static struct comparison_group hidden_together(struct arena *arena, const struct comparison_source *source) {
    struct item_tally *tally = ARENA_NEW(arena, struct item_tally, 1);
    *tally = sum_hidden(arena, source, NULL);
    struct comparison_group together = {.tally = tally, .cells = hidden_cells(arena, source), .hidden = true};
    for (size_t i = 0; i < source->group_count; i++)
        if (source->groups[i].hidden)
            together.population += source->groups[i].population;
    together.values = hidden_values(arena, source, &together.value_count);
    return together;
}

/* Whether the hidden groups can count as one. */
static bool has_others(const struct comparison_source *source) {
    size_t groups = 0, people = 0;
    for (size_t i = 0; i < source->group_count; i++)
        if (source->groups[i].hidden && expressed(&source->groups[i])) {
            groups++;
            people += expressed(&source->groups[i]);
        }
    return groups >= 2 && people >= source->minimum_cell && source->unplaced == 0 && !source->is_ordered;
}

/* A place in the order of groups that nobody is in. */
static struct comparison_group empty_group(struct arena *arena, const struct comparison_source *source) {
    struct comparison_source none = *source;
    none.group_count = 0;
    return hidden_together(arena, &none);
}

static struct rows plan_rows(struct arena *arena, const struct comparison_source *source) {
    struct rows rows = {.item = source->item,
                        .groups = ARENA_NEW(arena, struct comparison_group, source->group_count + 1),
                        .places = ARENA_NEW(arena, size_t, source->group_count + 1)};
    for (size_t i = 0; i < source->group_count; i++)
        if (!source->groups[i].hidden || source->is_ordered) {
            rows.groups[rows.count] =
                source->groups[i].hidden ? empty_group(arena, source) : source->groups[i];
            rows.places[rows.count++] = i;
        }
    if (has_others(source)) {
        rows.groups[rows.count] = hidden_together(arena, source);
        rows.places[rows.count++] = source->group_count;
    }
    return rows;
}

/* --- whether there is anything to test --- */

static bool is_census(const struct rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        const struct comparison_group *group = &rows->groups[i];
        if (expressed(group) && (!group->population || expressed(group) < group->population))
            return false;
    }
    return true;
}

static size_t count_large(const struct comparison_source *source) {
    size_t large = 0;
    for (size_t i = 0; i < source->group_count; i++)
        large += expressed(&source->groups[i]) >= LARGE_ENOUGH;
    return large;
}

static enum test_reason refuse(const struct comparison_source *source, const struct rows *rows) {
    size_t large = 0;
    for (size_t i = 0; i < rows->count; i++)
        large += expressed(&rows->groups[i]) >= LARGE_ENOUGH;
    if (source->overlapping)
        return TEST_OVERLAPPING;
    if (large < 2)
        return count_large(source) < 2 ? TEST_TOO_FEW : TEST_HIDDEN;
    return is_census(rows) ? TEST_CENSUS : TEST_MADE;
}

/* --- tables of counts --- */

static size_t *new_counts(struct arena *arena, const struct rows *rows, size_t columns) {
    return ARENA_NEW(arena, size_t, rows->count * columns + 1);
}

/* Groups by: not favourable, favourable. */
static struct contingency favourable_table(struct arena *arena, const struct rows *rows) {
    const struct question *question = rows->item->question;
    size_t *counts = new_counts(arena, rows, 2);
    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < question->option_count; j++)
            counts[2 * i + question->options[j].favourable] += rows->groups[i].tally->options[j];
    return (struct contingency){rows->count, 2, counts};
}

/* Groups by: not chosen, chosen. */
static struct contingency option_table(struct arena *arena, const struct rows *rows, size_t option) {
    size_t *counts = new_counts(arena, rows, 2);
    for (size_t i = 0; i < rows->count; i++) {
        counts[2 * i + 1] = rows->groups[i].tally->options[option];
        counts[2 * i] = expressed(&rows->groups[i]) - counts[2 * i + 1];
    }
    return (struct contingency){rows->count, 2, counts};
}

/* Groups by options. Of a ranking, by the first places. */
static struct contingency answer_table(struct arena *arena, const struct rows *rows) {
    size_t options = rows->item->question->option_count;
    size_t *counts = new_counts(arena, rows, options);
    for (size_t i = 0; i < rows->count; i++)
        memcpy(counts + i * options, rows->groups[i].tally->options, options * sizeof *counts);
    return (struct contingency){rows->count, options, counts};
}

/* Groups by the levels of an ordered question. */
static struct contingency level_table(struct arena *arena, const struct rows *rows) {
    const struct question *question = rows->item->question;
    const struct order order = order_of(arena, question);
    size_t *counts = new_counts(arena, rows, order.length);
    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < question->option_count; j++)
            counts[i * order.length + order.level_of[j]] += rows->groups[i].tally->options[j];
    return (struct contingency){rows->count, order.length, counts};
}

static int compare_values(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

/* All different numbers that the groups gave, ascending. */
static const double *collect_values(struct arena *arena, const struct rows *rows, size_t *count) {
    size_t all = 0, different = 0;
    for (size_t i = 0; i < rows->count; i++)
        all += rows->groups[i].value_count;
    double *values = ARENA_NEW(arena, double, all + 1);
    size_t at = 0;
    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < rows->groups[i].value_count; j++)
            values[at++] = rows->groups[i].values[j].value;
    qsort(values, all, sizeof *values, compare_values);
    for (size_t i = 0; i < all; i++)
        if (different == 0 || values[different - 1] != values[i])
            values[different++] = values[i];
    *count = different;
    return values;
}

/* Groups by the different numbers they gave. Both lists ascend, so that one walk finds every place. */
static struct contingency value_table(struct arena *arena, const struct rows *rows) {
    size_t count;
    const double *values = collect_values(arena, rows, &count);
    size_t *counts = new_counts(arena, rows, count);
    for (size_t i = 0; i < rows->count; i++) {
        const struct comparison_group *group = &rows->groups[i];
        for (size_t j = 0, at = 0; j < group->value_count; j++) {
            while (values[at] != group->values[j].value)
                at++;
            counts[i * count + at] += group->values[j].count;
        }
    }
    return (struct contingency){rows->count, count, counts};
}

/* --- the test that fits --- */

/* The others have no name that a pair could be called by. */
static void keep_pairs(struct arena *arena, const struct rows *rows, const struct rank_test *ranks,
                       struct comparison_test *result) {
    result->pairs = ARENA_NEW(arena, struct comparison_pair, ranks->pair_count);
    for (size_t i = 0; i < ranks->pair_count; i++) {
        const struct kruskal_wallis_pair *pair = &ranks->pairs[i];
        if (!rows->groups[pair->first].hidden && !rows->groups[pair->second].hidden)
            result->pairs[result->pair_count++] =
                (struct comparison_pair){rows->places[pair->first], rows->places[pair->second], pair->test};
    }
}

/* A report of many tests gives each a part of the work: by their number alone, so that the same data gives
 * the same figures in whatever order questions come. */
static struct hypothesis_test associate(struct arena *arena, const struct comparison_source *source,
                                        const struct contingency *table) {
    const double part = source->planned > UNHURRIED ? (double)UNHURRIED / (double)source->planned : 1;
    const size_t places = table->rows * table->columns;
    const struct association_options options = {.steps = ASSOCIATION_STEPS * part,
                                                .draws =
                                                    places > COMMON_PLACES ? FEWEST_DRAWS : ASSOCIATION_DRAWS,
                                                .seed = ASSOCIATION_SEED};
    return association_test(arena, table, &options);
}

static struct comparison_test compare_rates(struct arena *arena, const struct comparison_source *source,
                                            const struct contingency *table) {
    struct comparison_test result = {.test = source->is_ordered ? trend_test_rates(arena, table, NULL)
                                                                : associate(arena, source, table)};
    return result;
}

static struct comparison_test compare_ranks(struct arena *arena, const struct comparison_source *source,
                                            const struct rows *rows, const struct contingency *table) {
    struct comparison_test result = {.subject = COMPARISON_RANKS};
    if (source->is_ordered) {
        result.test = trend_test_ranks(arena, table);
        return result;
    }
    struct rank_test ranks = rank_test(arena, table, source->confidence);
    result.test = ranks.test;
    keep_pairs(arena, rows, &ranks, &result);
    return result;
}

static bool has_favourable(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].favourable)
            return true;
    return false;
}

static enum comparison_subject subject_of(const struct comparison_source *source) {
    const struct question *question = source->item->question;
    if (question->type == QUESTION_NUMBER || question->type == QUESTION_DATE)
        return COMPARISON_RANKS;
    if (question->type == QUESTION_MULTIPLE)
        return COMPARISON_OPTION;
    bool is_choice = question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE;
    if (is_choice && has_favourable(question) && !(source->by_ranks && order_exists(question)))
        return COMPARISON_FAVOURABLE;
    return order_exists(question) ? COMPARISON_RANKS : COMPARISON_ANSWERS;
}

/* The table of what is compared, of groups by answers. */
static struct contingency table_of(struct arena *arena, const struct rows *rows,
                                   enum comparison_subject subject, size_t option) {
    switch (subject) {
    case COMPARISON_FAVOURABLE:
        return favourable_table(arena, rows);
    case COMPARISON_OPTION:
        return option_table(arena, rows, option);
    case COMPARISON_ANSWERS:
        return answer_table(arena, rows);
    case COMPARISON_RANKS:
        return rows->item->question->option_count ? level_table(arena, rows) : value_table(arena, rows);
    }
    abort();
}

/* Whether exact figures of a weighted test would tell of few: of a hidden group, or of some but few people of
 * a cell of the weighting. */
static bool is_telling(const struct comparison_source *source) {
    for (size_t i = 0; i < source->group_count; i++) {
        const struct comparison_group *group = &source->groups[i];
        for (size_t j = 0; j < source->weighting->cell_count; j++) {
            size_t few = group->cells[j].tally.states[ANSWER_GIVEN];
            if (few > 0 && (group->hidden || few < source->minimum_cell))
                return true;
        }
    }
    return false;
}

static double two_digits(double number) {
    if (!(fabs(number) > 0) || isinf(number))
        return number;
    const double unit = pow(10, floor(log10(fabs(number))) - 1);
    return round(number / unit) * unit;
}

static void round_test(struct hypothesis_test *test) {
    test->statistic = two_digits(test->statistic);
    test->degrees[0] = two_digits(test->degrees[0]);
    test->degrees[1] = two_digits(test->degrees[1]);
    test->p = fmin(two_digits(test->p), 1);
    test->effect.value = round(100 * test->effect.value) / 100;
}

/* The same table for each cell of the weighting, one after the other. */
static struct hypothesis_test compare_weighted(struct arena *arena, const struct comparison_source *source,
                                               const struct rows *rows, enum comparison_subject subject,
                                               size_t option) {
    if (!source->item->question->option_count)
        return hypothesis_test_refused(TEST_UNFIT);
    struct rows of_cell = *rows;
    of_cell.groups = ARENA_NEW(arena, struct comparison_group, rows->count);
    struct rao_scott_table all = {.rows = rows->count};
    size_t *counts = NULL;
    for (size_t cell = 0; cell < source->weighting->cell_count; cell++) {
        for (size_t i = 0; i < rows->count; i++)
            of_cell.groups[i].tally = &rows->groups[i].cells[cell].tally;
        const struct contingency table = table_of(arena, &of_cell, subject, option);
        size_t size = table.rows * table.columns;
        if (!counts)
            counts = ARENA_NEW(arena, size_t, source->weighting->cell_count * size);
        memcpy(counts + cell * size, table.counts, size * sizeof *counts);
        all.columns = table.columns;
    }
    all.counts = counts;
    struct hypothesis_test test = rao_scott_test(source->weighting, &all);
    if (is_telling(source))
        round_test(&test);
    return test;
}

static struct comparison_test compare(struct arena *arena, const struct comparison_source *source,
                                      const struct rows *rows, enum comparison_subject subject,
                                      size_t option) {
    if (source->weighting)
        return (struct comparison_test){.test = compare_weighted(arena, source, rows, subject, option)};
    const struct contingency table = table_of(arena, rows, subject, option);
    if (subject == COMPARISON_RANKS)
        return compare_ranks(arena, source, rows, &table);
    if (subject == COMPARISON_ANSWERS)
        return (struct comparison_test){.test = associate(arena, source, &table)};
    return compare_rates(arena, source, &table);
}

struct comparison_test *comparison_tests(struct arena *arena, const struct comparison_source *source,
                                         size_t *count) {
    const struct question *question = source->item->question;
    *count = question->type == QUESTION_TEXT       ? 0
             : question->type == QUESTION_MULTIPLE ? question->option_count
                                                   : 1;
    struct comparison_test *tests = ARENA_NEW(arena, struct comparison_test, *count);
    enum comparison_subject subject = subject_of(source);
    if (source->weighting && subject == COMPARISON_RANKS && question->option_count)
        subject = COMPARISON_ANSWERS; /* weighted ranks have no test here */
    const struct rows rows = plan_rows(arena, source);
    enum test_reason reason = refuse(source, &rows);
    for (size_t i = 0; i < *count; i++) {
        if (reason == TEST_MADE)
            tests[i] = compare(arena, source, &rows, subject, i);
        else
            tests[i].test = hypothesis_test_refused(reason);
        tests[i].subject = subject;
        tests[i].option = subject == COMPARISON_OPTION ? &question->options[i] : NULL;
    }
    return tests;
}

/* --- many tests --- */

static void adjust_pairs(struct arena *arena, struct comparison_test *test, enum adjustment adjustment) {
    double *p = ARENA_NEW(arena, double, test->pair_count);
    for (size_t i = 0; i < test->pair_count; i++)
        p[i] = test->pairs[i].test.p;
    adjustment_apply(arena, adjustment, p, p, test->pair_count);
    for (size_t i = 0; i < test->pair_count; i++)
        test->pairs[i].test.p_adjusted = p[i];
}

size_t comparison_adjust(struct arena *arena, struct comparison_test *const *tests, size_t count,
                         enum adjustment adjustment) {
    double *p = ARENA_NEW(arena, double, count);
    for (size_t i = 0; i < count; i++)
        p[i] = tests[i]->test.p;
    size_t made = adjustment_apply(arena, adjustment, p, p, count);
    for (size_t i = 0; i < count; i++) {
        tests[i]->test.p_adjusted = p[i];
        adjust_pairs(arena, tests[i], adjustment);
    }
    return made;
}
