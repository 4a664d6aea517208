/* Goal: what is hidden in the tables of a report cannot be worked out from what is shown. An attacker who
 * knows who is in which groups writes everything published as equations, and solves them: for every hidden
 * group, and for every small set of people; and by the least and most that is possible. Breakdowns are
 * crossed, so that three and more tables hang together. */
#include "analysis/suppression.h"
#include "tests/unit/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    MOST_FACTORS = 3,
    MOST_OPTIONS = 4, /* of a factor */
    MOST_TABLES = 6,  /* the factors, and their crossings */
    MOST_GROUPS = MOST_OPTIONS * MOST_OPTIONS,
    MOST_CELLS = 5 * 5 * 5,
    ANSWERS = 3,
    MOST_ROWS = 1 + MOST_TABLES * MOST_GROUPS,
};

/* --- Made-up campaigns --- */

static uint64_t seed;

static size_t draw(size_t below) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % below;
}

/* One question by several breakdowns, with who answered what in each cell. */
struct campaign {
    size_t minimum;
    struct suppression_table tables[MOST_TABLES];
    struct suppression_group groups[MOST_TABLES][MOST_GROUPS];
    size_t counts[MOST_TABLES][MOST_GROUPS][ANSWERS], whole_counts[ANSWERS];
    size_t table_count;
    struct suppression_cell cells[MOST_CELLS];
    size_t places[MOST_CELLS][MOST_TABLES], answers[MOST_CELLS][ANSWERS];
    size_t cell_count;
};

/* What a table is by: one factor, or two. */
struct factors {
    size_t first, second, count;
};

static void add_table(struct campaign *campaign, struct factors by, const size_t *sizes) {
    struct suppression_table *table = &campaign->tables[campaign->table_count];
    *table = (struct suppression_table){.groups = campaign->groups[campaign->table_count],
                                        .option_count = ANSWERS};
    table->group_count = by.count == 1 ? sizes[by.first] : sizes[by.first] * sizes[by.second];
    table->crossed = by.count == 2;
    table->whole.counts = campaign->whole_counts;
    for (size_t i = 0; i < table->group_count; i++)
        table->groups[i].counts = campaign->counts[campaign->table_count][i];
    campaign->table_count++;
}

static size_t place_of(struct factors by, const size_t *options, const size_t *sizes) {
    const size_t first = options[by.first], second = options[by.second];
    if (by.count == 1)
        return first;
    return first == sizes[by.first] || second == sizes[by.second] ? sizes[by.first] * sizes[by.second]
                                                                  : first * sizes[by.second] + second;
}

/* People of one cell: most alike, some silent. */
static void answer(struct campaign *campaign, size_t cell, size_t people) {
    const size_t usual = draw(ANSWERS), unity = draw(4);
    struct suppression_cell *written = &campaign->cells[cell];
    written->asked = people;
    for (size_t i = 0; i < people; i++) {
        if (draw(12) == 0)
            continue;
        campaign->answers[cell][draw(4) < unity ? usual : draw(ANSWERS)]++;
        written->expressed++;
    }
}

static void add_up(struct campaign *campaign) {
    for (size_t i = 0; i < campaign->table_count; i++) {
        struct suppression_table *table = &campaign->tables[i];
        for (size_t j = 0; j < campaign->cell_count; j++) {
            const size_t place = campaign->places[j][i];
            struct suppression_group *in[2] = {&table->whole, &table->groups[place]};
            for (size_t k = 0; k < (place < table->group_count ? 2 : 1); k++) {
                in[k]->asked += campaign->cells[j].asked;
                in[k]->expressed += campaign->cells[j].expressed;
            }
            for (size_t k = 0; k < ANSWERS; k++) {
                if (i == 0)
                    campaign->whole_counts[k] += campaign->answers[j][k];
                if (place < table->group_count)
                    campaign->counts[i][place][k] += campaign->answers[j][k];
            }
        }
    }
}

/* Two or three factors, crossings of some of them; few or many people, some without an answer to a factor. */
static struct campaign *make_campaign(uint64_t number) {
    struct campaign *campaign = calloc(1, sizeof *campaign);
    assert_non_null(campaign);
    seed = number * 977 + 5;
    size_t sizes[MOST_FACTORS], factor_count = 2 + draw(2);
    struct factors by[MOST_TABLES];
    campaign->minimum = draw(5) == 0 ? 3 : 5;
    for (size_t i = 0; i < factor_count; i++) {
        sizes[i] = 2 + draw(MOST_OPTIONS - 1);
        by[campaign->table_count] = (struct factors){i, 0, 1};
        add_table(campaign, by[campaign->table_count], sizes);
    }
    for (size_t i = 0; i < factor_count; i++)
        for (size_t j = i + 1; j < factor_count; j++)
            if (draw(3) > 0) {
                by[campaign->table_count] = (struct factors){i, j, 2};
                add_table(campaign, by[campaign->table_count], sizes);
            }
    const size_t density = 1 + draw(9), spread = 3 + draw(14), blank = draw(4);
    size_t options[MOST_FACTORS] = {0}, combinations = 1;
    for (size_t i = 0; i < factor_count; i++)
        combinations *= sizes[i] + 1;
    for (size_t i = 0; i < combinations; i++) {
        size_t rest = i, missing = 0;
        for (size_t j = 0; j < factor_count; j++) {
            options[j] = rest % (sizes[j] + 1);
            rest /= sizes[j] + 1;
            missing += options[j] == sizes[j];
        }
        if (draw(10) >= density || (missing > 0 && draw(4) >= blank))
            continue;
        const size_t cell = campaign->cell_count++;
        for (size_t j = 0; j < campaign->table_count; j++)
            campaign->places[cell][j] = place_of(by[j], options, sizes);
        campaign->cells[cell].groups = campaign->places[cell];
        answer(campaign, cell, 1 + draw(missing ? 2 : spread));
    }
    add_up(campaign);
    return campaign;
}

/* --- Linear algebra, modulo a prime --- */

#define PRIME UINT64_C(1000000007)

static uint64_t power(uint64_t base, uint64_t exponent) {
    uint64_t result = 1;
    for (; exponent; exponent >>= 1, base = base * base % PRIME)
        if (exponent & 1)
            result = result * base % PRIME;
    return result;
}

/* Sums of cells that are known, in echelon form. */
struct knowledge {
    uint64_t rows[MOST_ROWS][MOST_CELLS];
    size_t pivots[MOST_ROWS], count, width;
};

/* Takes off a sum what is known of it; the first cell left over, `width` if none. */
static size_t reduce(const struct knowledge *knowledge, uint64_t *row) {
    for (size_t i = 0; i < knowledge->count; i++) {
        const uint64_t factor = row[knowledge->pivots[i]];
        for (size_t k = 0; factor && k < knowledge->width; k++)
            row[k] = (row[k] + (PRIME - factor) * knowledge->rows[i][k]) % PRIME;
    }
    size_t first = 0;
    while (first < knowledge->width && row[first] == 0)
        first++;
    return first;
}

static void learn(struct knowledge *knowledge, const uint64_t *sum) {
    uint64_t row[MOST_CELLS];
    memcpy(row, sum, sizeof row);
    const size_t first = reduce(knowledge, row);
    if (first == knowledge->width)
        return;
    const uint64_t factor = power(row[first], PRIME - 2);
    for (size_t k = 0; k < knowledge->width; k++)
        knowledge->rows[knowledge->count][k] = row[k] * factor % PRIME;
    knowledge->pivots[knowledge->count++] = first;
}

static bool is_known(const struct knowledge *knowledge, const uint64_t *sum) {
    uint64_t row[MOST_CELLS];
    memcpy(row, sum, sizeof row);
    return reduce(knowledge, row) == knowledge->width;
}

static bool counts(const struct campaign *campaign, size_t cell, bool asked) {
    return asked ? campaign->cells[cell].asked > 0 : campaign->cells[cell].expressed > 0;
}

/* What is published by the tables marked in `usable`, over the cells of who was asked, or expressed. */
static struct knowledge *published(const struct campaign *campaign, uint32_t usable, bool asked) {
    struct knowledge *knowledge = calloc(1, sizeof *knowledge);
    assert_non_null(knowledge);
    knowledge->width = campaign->cell_count;
    uint64_t sum[MOST_CELLS] = {0};
    for (size_t i = 0; i < campaign->cell_count; i++)
        sum[i] = counts(campaign, i, asked);
    learn(knowledge, sum);
    for (size_t i = 0; i < campaign->table_count; i++)
        for (size_t j = 0; usable >> i & 1 && j < campaign->tables[i].group_count; j++) {
            if (campaign->tables[i].groups[j].hidden)
                continue;
            for (size_t k = 0; k < campaign->cell_count; k++)
                sum[k] = campaign->places[k][i] == j && counts(campaign, k, asked);
            learn(knowledge, sum);
        }
    return knowledge;
}

static uint32_t all_tables(const struct campaign *campaign) {
    return (UINT32_C(1) << campaign->table_count) - 1;
}

/* --- The attacks: each gives how much it found --- */

/* Hidden groups whose figures follow. */
static size_t attack_groups(const struct campaign *campaign) {
    struct knowledge *knowledge = published(campaign, all_tables(campaign), true);
    size_t found = 0;
    for (size_t i = 0; i < campaign->table_count; i++)
        for (size_t j = 0; j < campaign->tables[i].group_count; j++) {
            const struct suppression_group *group = &campaign->tables[i].groups[j];
            uint64_t sum[MOST_CELLS] = {0};
            for (size_t k = 0; k < campaign->cell_count; k++)
                sum[k] = campaign->places[k][i] == j && counts(campaign, k, true);
            found += group->hidden && group->asked > 0 && is_known(knowledge, sum);
        }
    free(knowledge);
    return found;
}

/* Sets of cells, while they are tried. `tags` are numbers of which the sum is 0 for every known sum of cells
 * (a vector at right angles to what is known), which few others are. */
struct sets {
    const struct campaign *campaign;
    struct knowledge *all;
    uint64_t tags[MOST_CELLS], chosen[MOST_CELLS];
    size_t found;
};

/* Any numbers for the cells that are no pivot give a right angle; going back, the others follow. */
static void make_tags(struct sets *sets) {
    const struct knowledge *all = sets->all;
    for (size_t i = 0; i < all->width; i++)
        sets->tags[i] = 1 + draw(PRIME - 1);
    for (size_t i = all->count; i-- > 0;) {
        uint64_t sum = 0;
        for (size_t k = 0; k < all->width; k++)
            if (k != all->pivots[i])
                sum = (sum + all->rows[i][k] * sets->tags[k]) % PRIME;
        sets->tags[all->pivots[i]] = (PRIME - sum) % PRIME;
    }
}

static bool is_in_hidden(const struct campaign *campaign, size_t cell) {
    for (size_t i = 0; i < campaign->table_count; i++) {
        const size_t place = campaign->places[cell][i];
        if (place < campaign->tables[i].group_count && campaign->tables[i].groups[place].hidden)
            return true;
    }
    return false;
}

/* Whether somebody of the chosen cells can be pointed at: is in a hidden group, or in a group by all tables
 * that the sum follows from. */
static bool does_harm(const struct sets *sets) {
    const struct campaign *campaign = sets->campaign;
    for (size_t i = 0; i < campaign->cell_count; i++) {
        if (!sets->chosen[i])
            continue;
        if (is_in_hidden(campaign, i))
            return true;
        uint32_t usable = 0;
        for (size_t j = 0; j < campaign->table_count; j++)
            if (campaign->places[i][j] < campaign->tables[j].group_count)
                usable |= UINT32_C(1) << j;
        struct knowledge *knowledge = published(campaign, usable, false);
        const bool known = is_known(knowledge, sets->chosen);
        free(knowledge);
        if (known)
            return true;
    }
    return false;
}

static void try_sets(struct sets *sets, size_t first, size_t people, uint64_t tag) {
    const struct campaign *campaign = sets->campaign;
    if (tag == 0 && first > 0 && is_known(sets->all, sets->chosen) && does_harm(sets))
        sets->found++;
    for (size_t i = first; i < campaign->cell_count && sets->found == 0; i++) {
        const size_t expressed = campaign->cells[i].expressed;
        if (expressed == 0 || expressed >= people)
            continue;
        sets->chosen[i] = 1;
        try_sets(sets, i + 1, people - expressed, (tag + sets->tags[i]) % PRIME);
        sets->chosen[i] = 0;
    }
}

/* Whether what fewer people than the minimum said follows. */
static size_t attack_sets(const struct campaign *campaign) {
    struct sets sets = {.campaign = campaign, .all = published(campaign, all_tables(campaign), false)};
    make_tags(&sets);
    try_sets(&sets, 0, campaign->minimum, 0);
    free(sets.all);
    return sets.found;
}

/* --- The least and the most that is possible --- */

/* Cells of which it is known how many gave an answer: a published sum, or what is left of it without the
 * shown groups of another table that lie within it. */
struct equation {
    bool in[MOST_CELLS];
    size_t people, count;
};

struct bounds {
    const struct campaign *campaign;
    struct equation equations[MOST_ROWS * (MOST_TABLES + 1)];
    size_t equation_count;
    size_t low[MOST_CELLS], high[MOST_CELLS];
};

/* A shown group of table `table`, or the whole behind the tables; false if it is hidden. */
static bool make_sum(const struct campaign *campaign, size_t table, size_t group, size_t answer,
                     struct equation *equation) {
    const bool whole = table == campaign->table_count;
    if (!whole && campaign->tables[table].groups[group].hidden)
        return false;
    *equation = (struct equation){0};
    equation->count = whole ? campaign->whole_counts[answer] : campaign->counts[table][group][answer];
    for (size_t i = 0; i < campaign->cell_count; i++) {
        equation->in[i] = whole || campaign->places[i][table] == group;
        equation->people += equation->in[i] ? campaign->cells[i].expressed : 0;
    }
    return true;
}

static bool lies_within(const struct campaign *campaign, const struct equation *part,
                        const struct equation *sum) {
    for (size_t i = 0; i < campaign->cell_count; i++)
        if (part->in[i] && !sum->in[i] && campaign->cells[i].expressed > 0)
            return false;
    return true;
}

static void add_equations(struct bounds *bounds, size_t table, size_t group, size_t answer) {
    const struct campaign *campaign = bounds->campaign;
    struct equation sum, part;
    if (!make_sum(campaign, table, group, answer, &sum))
        return;
    bounds->equations[bounds->equation_count++] = sum;
    for (size_t i = 0; i < campaign->table_count; i++) {
        struct equation rest = sum;
        for (size_t j = 0; i != table && j < campaign->tables[i].group_count; j++) {
            if (!make_sum(campaign, i, j, answer, &part) || !lies_within(campaign, &part, &sum))
                continue;
            rest.count -= part.count;
            rest.people -= part.people;
            for (size_t k = 0; k < campaign->cell_count; k++)
                rest.in[k] = rest.in[k] && !part.in[k];
        }
        if (rest.people < sum.people)
            bounds->equations[bounds->equation_count++] = rest;
    }
}

/* Whether the bounds of any cell came closer. */
static bool tighten(struct bounds *bounds, const struct equation *equation) {
    bool closer = false;
    for (size_t i = 0; i < bounds->campaign->cell_count; i++) {
        size_t low = 0, high = 0;
        for (size_t j = 0; j < bounds->campaign->cell_count; j++)
            if (equation->in[j] && i != j) {
                low += bounds->low[j];
                high += bounds->high[j];
            }
        if (!equation->in[i])
            continue;
        if (equation->count > high && equation->count - high > bounds->low[i]) {
            bounds->low[i] = equation->count - high;
            closer = true;
        }
        if (equation->count - low < bounds->high[i]) {
            bounds->high[i] = equation->count - low;
            closer = true;
        }
    }
    return closer;
}

static void find_bounds(struct bounds *bounds, size_t answer) {
    const struct campaign *campaign = bounds->campaign;
    bounds->equation_count = 0;
    for (size_t i = 0; i <= campaign->table_count; i++)
        for (size_t j = 0; j < (i == campaign->table_count ? 1 : campaign->tables[i].group_count); j++)
            add_equations(bounds, i, j, answer);
    for (size_t i = 0; i < campaign->cell_count; i++) {
        bounds->low[i] = 0;
        bounds->high[i] = campaign->cells[i].expressed;
    }
    bool more = true;
    for (int turn = 0; more && turn < 20; turn++) {
        more = false;
        for (size_t i = 0; i < bounds->equation_count; i++)
            more = tighten(bounds, &bounds->equations[i]) || more;
    }
}

/* Whether it shows of a cell that nobody or everybody gave the answer. */
static bool is_plain(const struct bounds *bounds, size_t cell) {
    for (size_t i = 0; i < bounds->equation_count; i++) {
        const struct equation *equation = &bounds->equations[i];
        if (equation->in[cell] && (equation->count == 0 || equation->count == equation->people))
            return true;
    }
    return false;
}

/* Answers of small hidden groups of which the bounds tell how many gave them, though no sum says 0 or all. */
static size_t attack_bounds(const struct campaign *campaign) {
    struct bounds *bounds = calloc(1, sizeof *bounds);
    assert_non_null(bounds);
    bounds->campaign = campaign;
    size_t found = 0;
    for (size_t answer = 0; answer < ANSWERS; answer++) {
        find_bounds(bounds, answer);
        for (size_t i = 0; i < campaign->table_count; i++)
            for (size_t j = 0; j < campaign->tables[i].group_count; j++) {
                const struct suppression_group *group = &campaign->tables[i].groups[j];
                bool told = true, plain = true;
                for (size_t k = 0; k < campaign->cell_count; k++)
                    if (campaign->places[k][i] == j && campaign->cells[k].expressed > 0) {
                        told = told && bounds->low[k] == bounds->high[k];
                        plain = plain && is_plain(bounds, k);
                    }
                found += group->hidden && group->expressed > 0 && group->expressed < campaign->minimum &&
                         told && !plain;
            }
    }
    free(bounds);
    return found;
}

/* --- Tests --- */

static bool is_worth_it(const struct campaign *campaign) {
    return campaign->cell_count > 0 && campaign->tables[0].whole.expressed >= campaign->minimum;
}

/* The attacks are worth something only if they succeed where tables are decided about one by one. */
static void each_attack_succeeds_on_tables_decided_alone(void **state) {
    (void)state;
    size_t campaigns = 0, groups = 0, sets = 0, bounds = 0;
    for (uint64_t i = 0; i < 300; i++) {
        struct campaign *campaign = make_campaign(i);
        if (is_worth_it(campaign)) {
            for (size_t j = 0; j < campaign->table_count; j++)
                suppression_decide(&campaign->tables[j], campaign->minimum);
            campaigns++;
            groups += attack_groups(campaign) > 0;
            sets += attack_sets(campaign) > 0;
            bounds += attack_bounds(campaign) > 0;
        }
        free(campaign);
    }
    assert_true(campaigns > 200);
    assert_true(groups > campaigns / 4 && sets > campaigns / 3 && bounds > campaigns / 4);
}

static void no_attack_succeeds_on_tables_decided_together(void **state) {
    (void)state;
    size_t shown = 0, large = 0;
    for (uint64_t i = 0; i < 2500; i++) {
        struct campaign *campaign = make_campaign(i);
        if (is_worth_it(campaign)) {
            suppression_decide_all(campaign->tables, campaign->table_count, campaign->cells,
                                   campaign->cell_count, campaign->minimum);
            if (attack_groups(campaign) || attack_sets(campaign) || attack_bounds(campaign))
                fail_msg("campaign %d gives somebody away", (int)i);
        }
        for (size_t j = 0; j < campaign->table_count; j++)
            for (size_t k = 0; k < campaign->tables[j].group_count; k++) {
                const struct suppression_group *group = &campaign->tables[j].groups[k];
                large += group->expressed >= campaign->minimum;
                shown += group->expressed >= campaign->minimum && !group->hidden;
                assert_true(group->hidden || group->expressed >= campaign->minimum || !is_worth_it(campaign));
            }
        free(campaign);
    }
    assert_true(shown > large * 7 / 10); /* and the report still says something */
}

/* Two lines of a report by role, by channel and by both: from the whole and the rows of one table, what the
 * others hide follows, unless all three are decided about together. */
static void three_tables_are_decided_about_together(void **state) {
    (void)state;
    struct campaign *campaign = calloc(1, sizeof *campaign);
    assert_non_null(campaign);
    const size_t sizes[MOST_FACTORS] = {3, 2}, people[6] = {30, 20, 8, 2, 16, 9};
    const struct factors by[3] = {{0, 0, 1}, {1, 0, 1}, {0, 1, 2}};
    campaign->minimum = 5;
    for (size_t i = 0; i < 3; i++)
        add_table(campaign, by[i], sizes);
    for (size_t i = 0; i < 6; i++) {
        const size_t options[MOST_FACTORS] = {i / 2, i % 2};
        for (size_t j = 0; j < 3; j++)
            campaign->places[i][j] = place_of(by[j], options, sizes);
        campaign->cells[i] = (struct suppression_cell){campaign->places[i], people[i], people[i]};
        campaign->answers[i][0] = people[i] / 2;
        campaign->answers[i][1] = people[i] / 4;
        campaign->answers[i][2] = people[i] - people[i] / 2 - people[i] / 4;
    }
    campaign->cell_count = 6;
    add_up(campaign);
    for (size_t i = 0; i < 3; i++)
        suppression_decide(&campaign->tables[i], 5);
    assert_true(attack_groups(campaign) > 0 && attack_sets(campaign) > 0);
    suppression_decide_all(campaign->tables, 3, campaign->cells, 6, 5);
    assert_true(attack_groups(campaign) == 0 && attack_sets(campaign) == 0);
    /* The two who are few are protected by a rectangle of the crossing, and no more. */
    for (size_t i = 0; i < 3; i++)
        assert_false(campaign->groups[0][i].hidden);
    assert_false(campaign->groups[1][0].hidden || campaign->groups[1][1].hidden);
    size_t hidden = 0;
    for (size_t i = 0; i < 6; i++)
        hidden += campaign->groups[2][i].hidden;
    assert_int_equal(hidden, 4);
    free(campaign);
}

/* --- From the responses to the report --- */

static const char FORWARD[] =
    "questionnaire: order\nlanguages: [en]\ntitle: Made up\nprivacy: Made up.\npages:\n  - title: All\n"
    "    questions:\n"
    "      - {id: role, type: single, text: R, breakdown: true,\n"
    "         options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}]}\n"
    "      - {id: place, type: single, text: P, breakdown: true,\n"
    "         options: [{code: n, text: N}, {code: s, text: S}]}\n"
    "      - {id: mood, type: scale, text: M,\n"
    "         options: [{code: 3, text: G}, {code: 2, text: M}, {code: 1, text: B}]}\n";
static const char BACKWARD[] =
    "questionnaire: order\nlanguages: [en]\ntitle: Made up\nprivacy: Made up.\npages:\n  - title: All\n"
    "    questions:\n"
    "      - {id: place, type: single, text: P, breakdown: true,\n"
    "         options: [{code: s, text: S}, {code: n, text: N}]}\n"
    "      - {id: role, type: single, text: R, breakdown: true,\n"
    "         options: [{code: c, text: C}, {code: b, text: B}, {code: a, text: A}]}\n"
    "      - {id: mood, type: scale, text: M,\n"
    "         options: [{code: 3, text: G}, {code: 2, text: M}, {code: 1, text: B}]}\n";

enum { ROLES = 3, PLACES = 2 };

/* The tables of such a report, in its order, over who is in which role, place and channel. */
static struct campaign *prepare_campaign(void) {
    static const struct factors BY[] = {{0, 0, 1}, {1, 0, 1}, {0, 1, 2}, {0, 2, 2}, {2, 0, 1}};
    const size_t sizes[MOST_FACTORS] = {ROLES, PLACES, CHANNEL_COUNT};
    struct campaign *campaign = calloc(1, sizeof *campaign);
    assert_non_null(campaign);
    campaign->minimum = 5;
    for (size_t i = 0; i < sizeof BY / sizeof *BY; i++)
        add_table(campaign, BY[i], sizes);
    for (size_t i = 0; i < (ROLES + 1) * (PLACES + 1) * CHANNEL_COUNT; i++) {
        const size_t options[MOST_FACTORS] = {i / CHANNEL_COUNT / (PLACES + 1),
                                              i / CHANNEL_COUNT % (PLACES + 1), i % CHANNEL_COUNT};
        for (size_t j = 0; j < campaign->table_count; j++)
            campaign->places[i][j] = place_of(BY[j], options, sizes);
        campaign->cells[i].groups = campaign->places[i];
        campaign->cell_count++;
    }
    return campaign;
}

/* The report of made-up responses to one question by role, place, their crossing, role by channel, and
 * channel; the same responses are counted in the campaign. */
static const struct results *respond(struct study *study, const char *source, uint64_t number,
                                     struct campaign *campaign) {
    static const char *const BY[] = {"role*place", "role*channel"};
    static const char *const ROLE_TEXTS[] = {"role=a", "role=b", "role=c", ""};
    static const char *const PLACE_TEXTS[] = {"place=n", "place=s", ""};
    static const char *const MOOD_TEXTS[] = {"mood=3", "mood=2", "mood=1", ""};
    static const struct results_options OPTIONS = {
        .confidence = 0.95, .minimum_cell = 5, .by = BY, .by_count = 2};
    study_open(study, source);
    seed = number * 31 + 7;
    const size_t people = 20 + draw(60);
    for (size_t i = 0; i < people; i++) {
        const size_t any = draw(12), role = any < 7 ? 0 : any < 10 ? 1 : any < 11 ? 2 : draw(ROLES + 1);
        const size_t place = draw(10) < 6 ? 0 : draw(PLACES + 1), channel = draw(5) == 0;
        const size_t mood = draw(2) ? 0 : draw(ANSWERS + 1);
        char text[64];
        snprintf(text, sizeof text, "%s %s %s", ROLE_TEXTS[role], PLACE_TEXTS[place], MOOD_TEXTS[mood]);
        study_add(study, channel ? CHANNEL_PAPER : CHANNEL_WEB, (int64_t)i + 1, text);
        const size_t cell =
            (role * (PLACES + 1) + place) * CHANNEL_COUNT + (channel ? CHANNEL_PAPER : CHANNEL_WEB);
        campaign->cells[cell].asked++;
        if (mood == ANSWERS)
            continue;
        campaign->cells[cell].expressed++;
        campaign->answers[cell][mood]++;
    }
    add_up(campaign);
    return study_compute(study, &OPTIONS);
}

static const struct item_result *mood_of(const struct results *results) {
    return &results->items[results->item_count - 1];
}

/* The group of that code by the breakdown of that id. */
static const struct group_result *find_group(const struct item_result *item, const char *id,
                                             const char *code) {
    for (size_t i = 0; i < item->breakdown_count; i++)
        for (size_t j = 0; j < item->breakdowns[i].by->group_count; j++)
            if (!strcmp(item->breakdowns[i].by->id, id) && !strcmp(item->breakdowns[i].groups[j].code, code))
                return &item->breakdowns[i].groups[j];
    fail_msg("no group %s by %s", code, id);
    return NULL;
}

/* The report has the figures of the campaign; what it hides is noted there. */
static void note_hidden(const struct item_result *item, struct campaign *campaign) {
    assert_int_equal(item->breakdown_count, campaign->table_count);
    for (size_t i = 0; i < item->breakdown_count; i++) {
        assert_int_equal(item->breakdowns[i].by->group_count, campaign->tables[i].group_count);
        for (size_t j = 0; j < campaign->tables[i].group_count; j++) {
            const struct group_result *group = &item->breakdowns[i].groups[j];
            assert_int_equal(group->asked, campaign->groups[i][j].asked);
            campaign->groups[i][j].hidden = group->suppressed;
            for (size_t k = 0; k < ANSWERS && !group->suppressed; k++)
                assert_int_equal(group->options[k].share.count, campaign->counts[i][j][k]);
        }
    }
}

static void nobody_is_given_away_by_a_report(void **state) {
    (void)state;
    size_t suppressed = 0, shown = 0;
    for (uint64_t i = 0; i < 30; i++) {
        struct study study;
        struct campaign *campaign = prepare_campaign();
        note_hidden(mood_of(respond(&study, FORWARD, i, campaign)), campaign);
        assert_true(attack_groups(campaign) == 0 && attack_sets(campaign) == 0 &&
                    attack_bounds(campaign) == 0);
        for (size_t j = 0; j < campaign->table_count; j++)
            for (size_t k = 0; k < campaign->tables[j].group_count; k++) {
                const struct suppression_group *group = &campaign->groups[j][k];
                suppressed += group->hidden;
                shown += group->asked > 0 && !group->hidden;
                assert_true(group->hidden || group->asked == 0 || group->expressed >= 5);
            }
        study_close(&study);
        free(campaign);
    }
    assert_true(suppressed > 50 && shown > 50);
}

static void what_is_hidden_does_not_depend_on_the_order_of_options(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 30; i++) {
        struct study one, other;
        struct campaign *campaign = prepare_campaign();
        const struct item_result *forward = mood_of(respond(&one, FORWARD, i, campaign));
        const struct item_result *backward = mood_of(respond(&other, BACKWARD, i, campaign));
        for (size_t j = 0; j < forward->breakdown_count; j++)
            for (size_t k = 0; k < forward->breakdowns[j].by->group_count; k++) {
                const struct group_result *group = &forward->breakdowns[j].groups[k];
                const struct group_result *same =
                    find_group(backward, forward->breakdowns[j].by->id, group->code);
                assert_int_equal(group->asked, same->asked);
                assert_int_equal(group->suppressed, same->suppressed);
                assert_int_equal(group->expressed, same->expressed);
            }
        study_close(&one);
        study_close(&other);
        free(campaign);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_attack_succeeds_on_tables_decided_alone),
        cmocka_unit_test(no_attack_succeeds_on_tables_decided_together),
        cmocka_unit_test(three_tables_are_decided_about_together),
        cmocka_unit_test(nobody_is_given_away_by_a_report),
        cmocka_unit_test(what_is_hidden_does_not_depend_on_the_order_of_options),
    };
    return cmocka_run_group_tests_name("disclosure", tests, NULL, NULL);
}
