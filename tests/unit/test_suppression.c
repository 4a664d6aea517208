/* Goal: what is hidden cannot be had by adding and subtracting what is shown, which an attacker who looks at
 * every set of people tries; and no more is hidden than that takes. */
#include "analysis/suppression.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Decides about groups without overlap and without options, of which everybody asked has expressed an
 * opinion; in no group are `others`. The result as a text, a letter per group: h(idden) or s(hown). */
static const char *decide(size_t minimum_cell, size_t others, size_t count, const size_t *expressed) {
    static char text[9];
    struct suppression_group groups[8] = {0};
    struct suppression_table table = {.groups = groups, .group_count = count};
    table.whole.expressed = others;
    for (size_t i = 0; i < count; i++) {
        groups[i].asked = groups[i].expressed = expressed[i];
        table.whole.expressed += expressed[i];
    }
    table.whole.asked = table.whole.expressed;
    suppression_decide(&table, minimum_cell);
    for (size_t i = 0; i < count; i++)
        text[i] = groups[i].hidden ? 'h' : 's';
    text[count] = '\0';
    return text;
}
#define DECIDE(minimum_cell, others, ...)                                                                    \
    decide(minimum_cell, others, sizeof(size_t[]){__VA_ARGS__} / sizeof(size_t), (size_t[]){__VA_ARGS__})

static void small_groups_are_hidden_with_the_next_smallest(void **state) {
    (void)state;
    assert_string_equal(DECIDE(5, 0, 66, 9, 22), "sss");
    assert_string_equal(DECIDE(5, 0, 66, 5, 5), "sss");
    assert_string_equal(DECIDE(5, 0, 66, 4, 22), "shh");
    assert_string_equal(DECIDE(5, 0, 66, 4, 22, 22), "shhs");
    assert_string_equal(DECIDE(5, 0, 66, 1), "hh");
    assert_string_equal(DECIDE(5, 0, 3), "h");
    assert_string_equal(DECIDE(10, 0, 66, 9, 22), "shh");
}

static void hidden_groups_that_protect_each_other_take_no_third(void **state) {
    (void)state;
    assert_string_equal(DECIDE(5, 0, 66, 3, 2, 22), "shhs");
    assert_string_equal(DECIDE(5, 0, 66, 2, 2, 22), "shhh");
    assert_string_equal(DECIDE(5, 0, 66, 1, 1, 2, 22), "shhhh");
    assert_string_equal(DECIDE(5, 0, 66, 4, 0, 22), "shhh");
}

static void people_in_no_group_protect(void **state) {
    (void)state;
    assert_string_equal(DECIDE(5, 1, 66, 4, 22), "shs");
    assert_string_equal(DECIDE(5, 1, 66, 3, 22), "shh");
    assert_string_equal(DECIDE(5, 2, 66, 9, 22), "sss");
}

static void groups_that_were_not_asked_need_no_protection(void **state) {
    (void)state;
    assert_string_equal(DECIDE(5, 0, 66, 0, 22), "shs");
    struct suppression_group groups[] = {
        {.asked = 66, .expressed = 60}, {.asked = 3}, {.asked = 22, .expressed = 22}};
    struct suppression_table table = {
        .whole = {.asked = 91, .expressed = 82}, .groups = groups, .group_count = 3};
    suppression_decide(&table, 5);
    assert_true(!groups[0].hidden && groups[1].hidden && groups[2].hidden);
}

/* That a group kept silent is hidden as what it would have said; and its silence protects nobody. */
static void silent_groups_are_hidden_but_do_not_protect(void **state) {
    (void)state;
    struct suppression_group groups[] = {{.asked = 66, .expressed = 60},
                                         {.asked = 9},
                                         {.asked = 9, .expressed = 6},
                                         {.asked = 9, .expressed = 8}};
    struct suppression_table table = {
        .whole = {.asked = 93, .expressed = 74}, .groups = groups, .group_count = 4};
    suppression_decide(&table, 5);
    assert_true(!groups[0].hidden && groups[1].hidden && groups[2].hidden && !groups[3].hidden);
    groups[2].expressed = 4;
    table.whole.expressed = 72;
    suppression_decide(&table, 5);
    assert_true(!groups[0].hidden && groups[1].hidden && groups[2].hidden && groups[3].hidden);
}

static void a_small_whole_hides_everything(void **state) {
    (void)state;
    struct suppression_group groups[] = {{.asked = 4, .expressed = 4}, {.asked = 0}};
    struct suppression_table table = {
        .whole = {.asked = 4, .expressed = 4}, .groups = groups, .group_count = 2};
    suppression_decide(&table, 5);
    assert_true(table.whole.hidden && groups[0].hidden && groups[1].hidden);
    suppression_decide(&table, 4);
    assert_true(!table.whole.hidden && !groups[0].hidden && groups[1].hidden);
}

static void no_minimum_hides_nothing_that_somebody_said(void **state) {
    (void)state;
    assert_string_equal(DECIDE(0, 0, 66, 1, 0), "sss");
    assert_string_equal(DECIDE(1, 0, 66, 1, 0), "ssh");
    struct suppression_group groups[] = {{.asked = 66, .expressed = 60}, {.asked = 3}};
    struct suppression_table table = {
        .whole = {.asked = 69, .expressed = 60}, .groups = groups, .group_count = 2};
    suppression_decide(&table, 1);
    assert_true(!groups[0].hidden && groups[1].hidden);
}

static void overlapping_groups_are_hidden_for_their_size_only(void **state) {
    (void)state;
    struct suppression_group groups[] = {
        {.asked = 84, .expressed = 84}, {.asked = 9, .expressed = 4}, {.asked = 22, .expressed = 22}};
    struct suppression_table table = {
        .whole = {.asked = 97, .expressed = 97}, .groups = groups, .group_count = 3, .overlapping = true};
    suppression_decide(&table, 5);
    assert_true(!groups[0].hidden && groups[1].hidden && !groups[2].hidden);
}

static void groups_of_one_mind_are_flagged(void **state) {
    (void)state;
    const size_t members[] = {60, 6}, managers[] = {22, 0}, few[] = {0, 5}, everybody[] = {82, 11};
    struct suppression_group groups[] = {{.asked = 66, .expressed = 66, .counts = members},
                                         {.asked = 22, .expressed = 22, .counts = managers},
                                         {.asked = 5, .expressed = 5, .counts = few}};
    struct suppression_table table = {.whole = {.asked = 93, .expressed = 93, .counts = everybody},
                                      .groups = groups,
                                      .group_count = 3,
                                      .option_count = 2};
    suppression_decide(&table, 5);
    assert_true(!table.whole.unanimous && !groups[0].unanimous && groups[1].unanimous && groups[2].unanimous);
    suppression_decide(&table, 6);
    assert_true(groups[2].hidden && !groups[2].unanimous && groups[1].hidden && !groups[1].unanimous);
    assert_false(suppression_unanimous(members, 2, 66));
    assert_false(suppression_unanimous((size_t[]){0, 0}, 2, 0));
    assert_false(suppression_unanimous(NULL, 0, 22));
    assert_true(suppression_unanimous((size_t[]){7, 0, 7}, 3, 7)); /* all ticked the same two */
}

/* All 4 facilitators and all 22 managers said yes, which their sum of 26 of 26 would tell of both. */
static void hidden_groups_of_one_mind_take_a_third(void **state) {
    (void)state;
    const size_t members[] = {30, 6}, others[] = {25, 2}, managers[] = {22, 0}, few[] = {4, 0};
    size_t everybody[] = {81, 8};
    struct suppression_group groups[] = {{.asked = 36, .expressed = 36, .counts = members},
                                         {.asked = 27, .expressed = 27, .counts = others},
                                         {.asked = 22, .expressed = 22, .counts = managers},
                                         {.asked = 4, .expressed = 4, .counts = few}};
    struct suppression_table table = {.whole = {.asked = 89, .expressed = 89, .counts = everybody},
                                      .groups = groups,
                                      .group_count = 4,
                                      .option_count = 2};
    suppression_decide(&table, 5);
    assert_true(!groups[0].hidden && groups[1].hidden && groups[2].hidden && groups[3].hidden);
}

enum { ROLES = 4, CHANNELS = 3, CELLS = (ROLES + 1) * (CHANNELS + 1) };

/* Two breakdowns of one question, with who is in which group of both. */
struct question {
    struct suppression_group roles[ROLES], channels[CHANNELS];
    struct suppression_table tables[2];
    size_t places[CELLS][2];
    struct suppression_cell cells[CELLS];
};

/* `counts` by role and channel; the last row and column: in no role, in no channel. */
static void count_people(struct question *question, size_t counts[ROLES + 1][CHANNELS + 1]) {
    memset(question, 0, sizeof *question);
    question->tables[0] = (struct suppression_table){.groups = question->roles, .group_count = ROLES};
    question->tables[1] = (struct suppression_table){.groups = question->channels, .group_count = CHANNELS};
    for (size_t i = 0; i < CELLS; i++) {
        const size_t place[2] = {i / (CHANNELS + 1), i % (CHANNELS + 1)};
        const size_t count = counts[place[0]][place[1]];
        memcpy(question->places[i], place, sizeof place);
        question->cells[i] = (struct suppression_cell){question->places[i], count, count};
        for (size_t k = 0; k < 2; k++) {
            struct suppression_table *table = &question->tables[k];
            struct suppression_group *group = &table->groups[place[k]];
            table->whole.asked = table->whole.expressed += count;
            if (place[k] < table->group_count)
                group->asked = group->expressed += count;
        }
    }
}

/* What is published, as sums of cells, in echelon form: row i has its first entry, 1, in column pivot[i]. */
struct knowledge {
    double rows[1 + ROLES + CHANNELS][CELLS];
    size_t pivots[1 + ROLES + CHANNELS], count;
};

/* Takes off a sum of cells what the known sums give of it; the first column left over, CELLS if none. */
static size_t reduce(const struct knowledge *knowledge, double *row) {
    for (size_t i = 0; i < knowledge->count; i++) {
        const double factor = row[knowledge->pivots[i]];
        for (size_t k = 0; k < CELLS; k++)
            row[k] -= factor * knowledge->rows[i][k];
    }
    size_t first = 0;
    while (first < CELLS && fabs(row[first]) < 1e-9)
        first++;
    return first;
}

static void learn(struct knowledge *knowledge, double *row) {
    const size_t first = reduce(knowledge, row);
    if (first == CELLS)
        return;
    for (size_t k = CELLS; k-- > first;)
        knowledge->rows[knowledge->count][k] = row[k] / row[first];
    knowledge->pivots[knowledge->count++] = first;
}

/* Cells without people hold no answers: they are in no sum. */
static struct knowledge published(const struct question *question) {
    struct knowledge knowledge = {.count = 0};
    double whole[CELLS] = {0};
    for (size_t i = 0; i < CELLS; i++)
        whole[i] = question->cells[i].expressed > 0;
    learn(&knowledge, whole);
    for (size_t table = 0; table < 2; table++)
        for (size_t group = 0; group < question->tables[table].group_count; group++) {
            double row[CELLS] = {0};
            for (size_t i = 0; i < CELLS; i++)
                row[i] = question->cells[i].expressed > 0 && question->places[i][table] == group;
            if (!question->tables[table].groups[group].hidden)
                learn(&knowledge, row);
        }
    return knowledge;
}

/* Whether somebody of the cell can be pointed at: in a hidden group, or in a group by both tables. */
static bool is_recognisable(const struct question *question, size_t cell) {
    size_t groups = 0;
    for (size_t table = 0; table < 2; table++) {
        const size_t group = question->places[cell][table];
        if (group == question->tables[table].group_count)
            continue;
        groups++;
        if (question->tables[table].groups[group].hidden)
            return true;
    }
    return groups == 2;
}

/* Tries every set of cells of fewer people than the minimum, beginning with those from `first` on beside the
 * chosen ones: whether what they answered follows from what is published. */
static bool attack(const struct question *question, const struct knowledge *knowledge, double *chosen,
                   size_t first, size_t people, bool recognisable) {
    double rest[CELLS];
    memcpy(rest, chosen, sizeof rest);
    if (recognisable && reduce(knowledge, rest) == CELLS)
        return true;
    for (size_t i = first; i < CELLS; i++) {
        const size_t count = question->cells[i].expressed;
        if (count == 0 || count >= people)
            continue;
        chosen[i] = 1;
        if (attack(question, knowledge, chosen, i + 1, people - count,
                   recognisable || is_recognisable(question, i)))
            return true;
        chosen[i] = 0;
    }
    return false;
}

static bool gives_somebody_away(const struct question *question, size_t minimum_cell) {
    const struct knowledge knowledge = published(question);
    double chosen[CELLS] = {0};
    return attack(question, &knowledge, chosen, 0, minimum_cell, false);
}

static void decide_all(struct question *question, size_t minimum_cell) {
    suppression_decide_all(question->tables, 2, question->cells, CELLS, minimum_cell);
}

/* On paper are all managers and one facilitator: paper less managers is that one person. */
static void a_difference_of_two_tables_gives_nobody_away(void **state) {
    (void)state;
    size_t counts[ROLES + 1][CHANNELS + 1] = {{40, 0}, {30, 0}, {5, 1}, {0, 9}};
    struct question question;
    count_people(&question, counts);
    for (size_t i = 0; i < 2; i++)
        suppression_decide(&question.tables[i], 5);
    assert_true(gives_somebody_away(&question, 5));
    decide_all(&question, 5);
    assert_false(gives_somebody_away(&question, 5));
    assert_false(question.roles[0].hidden);
    assert_false(question.roles[1].hidden);
}

static void tables_that_cross_freely_are_left_alone(void **state) {
    (void)state;
    size_t counts[ROLES + 1][CHANNELS + 1] = {{46, 20}, {8, 1}, {16, 6}};
    struct question question;
    count_people(&question, counts);
    decide_all(&question, 5);
    for (size_t i = 0; i < 3; i++)
        assert_false(question.roles[i].hidden);
    assert_true(!question.channels[0].hidden && !question.channels[1].hidden);
}

/* If more than the small groups is hidden, hiding only these would give somebody away. */
static void assert_needed(struct question *question, size_t minimum_cell) {
    bool more = false;
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < question->tables[i].group_count; k++) {
            struct suppression_group *group = &question->tables[i].groups[k];
            more = more || (group->hidden && group->expressed >= minimum_cell);
            group->hidden = group->expressed < minimum_cell;
        }
    assert_true(!more || gives_somebody_away(question, minimum_cell));
}

/* A hidden group that is alone, without respondents in no group, is the whole less what is shown. */
static bool hides_one_alone(const struct suppression_table *table) {
    size_t hidden = 0, others = table->whole.asked;
    for (size_t i = 0; i < table->group_count; i++) {
        hidden += table->groups[i].hidden && table->groups[i].asked > 0;
        others -= table->groups[i].asked;
    }
    return hidden == 1 && others == 0;
}

static void no_attack_succeeds(void **state) {
    (void)state;
    uint32_t random = 140;
    int linked = 0, hidden = 0;
    for (int round = 0; round < 4000; round++) {
        size_t counts[ROLES + 1][CHANNELS + 1];
        for (size_t i = 0; i < CELLS; i++) {
            random = random * 1664525 + 1013904223;
            const size_t drawn = (random >> 16) % 16;
            counts[i / (CHANNELS + 1)][i % (CHANNELS + 1)] = drawn < 9 ? 0 : drawn - 8;
        }
        struct question question;
        count_people(&question, counts);
        if (question.tables[0].whole.expressed < 5)
            continue;
        for (size_t i = 0; i < 2; i++)
            suppression_decide(&question.tables[i], 5);
        linked += gives_somebody_away(&question, 5);
        decide_all(&question, 5);
        assert_false(gives_somebody_away(&question, 5));
        assert_false(hides_one_alone(&question.tables[0]) || hides_one_alone(&question.tables[1]));
        for (size_t i = 0; i < ROLES; i++)
            hidden += question.roles[i].hidden;
        assert_needed(&question, 5);
    }
    assert_true(linked > 100);
    assert_true(hidden < 4000 * ROLES * 9 / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_groups_are_hidden_with_the_next_smallest),
        cmocka_unit_test(hidden_groups_that_protect_each_other_take_no_third),
        cmocka_unit_test(people_in_no_group_protect),
        cmocka_unit_test(groups_that_were_not_asked_need_no_protection),
        cmocka_unit_test(silent_groups_are_hidden_but_do_not_protect),
        cmocka_unit_test(a_small_whole_hides_everything),
        cmocka_unit_test(no_minimum_hides_nothing_that_somebody_said),
        cmocka_unit_test(overlapping_groups_are_hidden_for_their_size_only),
        cmocka_unit_test(groups_of_one_mind_are_flagged),
        cmocka_unit_test(hidden_groups_of_one_mind_take_a_third),
        cmocka_unit_test(a_difference_of_two_tables_gives_nobody_away),
        cmocka_unit_test(tables_that_cross_freely_are_left_alone),
        cmocka_unit_test(no_attack_succeeds),
    };
    return cmocka_run_group_tests_name("suppression", tests, NULL, NULL);
}
