#include "analysis/results_tests.h"

#include "analysis/comparison.h"
#include "analysis/order.h"
#include "analysis/weights.h"

#include <string.h>

/* Of more groups, the differences of every two would fill the results with what nobody reads. */
enum { PAIRED_MOST = 10 };

/* --- tests --- */

/* The people whom an item concerns in a group, hidden or not. */
static size_t base_population(const struct study_group *group, const struct item *item) {
    const size_t *states = group->tally.items[item->index].states;
    size_t expressed = states[ANSWER_GIVEN];
    size_t asked = expressed + states[ANSWER_NO_OPINION] + states[ANSWER_NOT_ANSWERED];
    return (size_t)proportion_population((long)group->population, (long)asked, (long)group->tally.responses,
                                         (long)expressed);
}

static struct comparison_group compared_group(struct arena *scratch, const struct study *study,
                                              const struct item *item, const struct study_group *group,
                                              bool hidden) {
    enum question_type type = item->question->type;
    struct comparison_group compared = {.tally = &group->tally.items[item->index],
                                        .population = base_population(group, item),
                                        .hidden = hidden};
    if (study->weights)
        compared.cells = weights_cells(scratch, study, item, group->selection);
    if (type == QUESTION_NUMBER || type == QUESTION_DATE)
        compared.values = tabulation_values(study->tabulation, item, group->selection, &compared.value_count);
    return compared;
}

/* The groups of a scale have an order; those of a crossing have none. */
static bool has_order(const struct breakdown *by) {
    return by->factor_count == 1 && by->factors[0] && by->factors[0]->question->type == QUESTION_SCALE;
}

/* The groups of a scale from the lowest answer to the highest, whichever the questionnaire names first. */
static void sort_groups(struct arena *scratch, const struct breakdown *by, struct comparison_group *groups) {
    const struct order order = order_of(scratch, by->factors[0]->question);
    struct comparison_group *sorted = ARENA_NEW(scratch, struct comparison_group, by->group_count);
    size_t count = 0;
    for (size_t level = 0; level < order.length; level++)
        for (size_t i = 0; i < by->group_count; i++)
            if (order.level_of[i] == level)
                sorted[count++] = groups[i];
    memcpy(groups, sorted, count * sizeof *groups);
}

/* Who expressed themselves and are in no group of the breakdown; 0 where people are in several. */
static size_t count_unplaced(const struct study *study, const struct item *item,
                             const struct study_breakdown *of) {
    size_t all = study->whole.tally.items[item->index].states[ANSWER_GIVEN], placed = 0;
    for (size_t i = 0; i < of->by->group_count; i++)
        placed += of->groups[i].tally.items[item->index].states[ANSWER_GIVEN];
    return all > placed ? all - placed : 0;
}

/* How many tests there can be in the report. */
static size_t count_planned(const struct study *study) {
    size_t tests = 0;
    for (size_t i = 0; i < study->questionnaire->item_count; i++) {
        const struct question *question = study->questionnaire->items[i].question;
        tests +=
            question->type == QUESTION_MULTIPLE ? question->option_count : question->type != QUESTION_TEXT;
    }
    return tests * study->by.count;
}

/* The tests, out of the memory that they were made in. */
static struct comparison_test *keep_tests(struct arena *arena, const struct comparison_test *tests,
                                          size_t count) {
    struct comparison_test *kept = ARENA_NEW(arena, struct comparison_test, count);
    for (size_t i = 0; i < count; i++) {
        kept[i] = tests[i];
        kept[i].pairs = ARENA_NEW(arena, struct comparison_pair, tests[i].pair_count);
        if (tests[i].pair_count)
            memcpy(kept[i].pairs, tests[i].pairs, tests[i].pair_count * sizeof *kept[i].pairs);
    }
    return kept;
}

static void compute_tests(const struct study *study, const struct study_hiding *hiding,
                          const struct item *item, size_t number, struct breakdown_result *breakdown) {
    const struct study_breakdown *of = &study->breakdowns[number];
    struct arena *scratch = arena_create();
    struct comparison_group *groups = ARENA_NEW(scratch, struct comparison_group, of->by->group_count);
    for (size_t i = 0; i < of->by->group_count; i++)
        groups[i] =
            compared_group(scratch, study, item, &of->groups[i], study_hiding_group(hiding, item, number, i));
    if (has_order(of->by))
        sort_groups(scratch, of->by, groups);
    const struct comparison_source source = {.item = item,
                                             .groups = groups,
                                             .group_count = of->by->group_count,
                                             .is_ordered = has_order(of->by),
                                             .overlapping = of->by->overlapping,
                                             .by_ranks = study->options->by_ranks,
                                             .confidence = study->options->confidence,
                                             .minimum_cell = study->options->minimum_cell,
                                             .unplaced = count_unplaced(study, item, of),
                                             .planned = count_planned(study),
                                             .weighting = study->weights ? &study->weights->weighting : NULL};
    const struct comparison_test *tests = comparison_tests(scratch, &source, &breakdown->test_count);
    breakdown->tests = keep_tests(study->arena, tests, breakdown->test_count);
    arena_destroy(scratch);
}

/* --- differences --- */

static struct interval interval_of(const struct group_result *group, const struct share *share) {
    return (struct interval){share->low, share->high, group->census};
}

/* The share of favourable answers, or of an option of a multiple choice. */
static const struct share *share_of(const struct group_result *group, const struct option *option) {
    return option ? &group->options[option - group->options->option].share : &group->favourable;
}

static void add_differences(struct breakdown_result *breakdown, struct difference_result *differences,
                            const struct option *option) {
    for (size_t i = 0; i < breakdown->by->group_count; i++)
        for (size_t j = i + 1; j < breakdown->by->group_count; j++) {
            const struct group_result *one = &breakdown->groups[i], *other = &breakdown->groups[j];
            if (one->suppressed || other->suppressed || !one->expressed || !other->expressed)
                continue;
            const struct share *first = share_of(one, option), *second = share_of(other, option);
            differences[breakdown->difference_count++] =
                (struct difference_result){i, j, option,
                                           difference_of_rates(first->rate, interval_of(one, first),
                                                               second->rate, interval_of(other, second))};
        }
}

static void compute_differences(struct arena *arena, const struct item *item,
                                struct breakdown_result *breakdown) {
    const struct question *question = item->question;
    size_t groups = breakdown->by->group_count;
    bool multiple = question->type == QUESTION_MULTIPLE, favourable = breakdown->groups[0].has_favourable;
    if (breakdown->by->overlapping || groups > PAIRED_MOST || (!multiple && !favourable))
        return;
    size_t shares = multiple ? question->option_count : 1;
    struct difference_result *differences =
        ARENA_NEW(arena, struct difference_result, shares * groups * (groups - 1) / 2);
    for (size_t i = 0; i < shares; i++)
        add_differences(breakdown, differences, multiple ? &question->options[i] : NULL);
    breakdown->differences = differences;
}

void results_tests_compute(const struct study *study, const struct study_hiding *hiding,
                           const struct item *item, size_t number, struct breakdown_result *breakdown) {
    compute_tests(study, hiding, item, number, breakdown);
    compute_differences(study->arena, item, breakdown);
}

/* --- adjustment --- */

/* All tests of a breakdown, into `family` if it is not NULL; how many there are. */
static size_t collect(const struct breakdown *by, struct item_result *items, size_t item_count,
                      struct comparison_test **family) {
    size_t count = 0;
    for (size_t i = 0; i < item_count; i++) {
        const struct breakdown_result *breakdown = results_breakdown(&items[i], by);
        for (size_t j = 0; breakdown && j < breakdown->test_count; j++, count++)
            if (family)
                family[count] = &breakdown->tests[j];
    }
    return count;
}

void results_tests_adjust(struct arena *arena, const struct results_options *options,
                          const struct breakdown_list *by, struct item_result *items, size_t item_count) {
    for (size_t i = 0; i < by->count; i++) {
        const struct breakdown *breakdown = &by->all[i];
        size_t count = collect(breakdown, items, item_count, NULL);
        struct comparison_test **family = ARENA_NEW(arena, struct comparison_test *, count);
        collect(breakdown, items, item_count, family);
        size_t made = comparison_adjust(arena, family, count, options->adjustment);
        for (size_t j = 0; j < item_count; j++)
            for (size_t k = 0; k < items[j].breakdown_count; k++)
                if (items[j].breakdowns[k].by == breakdown)
                    items[j].breakdowns[k].family = made;
    }
}
