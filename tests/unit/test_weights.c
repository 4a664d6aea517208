/* Goal: with weights every figure stands for the population and not for who happened to respond, whatever
 * `where` selects; what cannot be weighted is refused with the place; and weighted figures do not give away
 * who is hidden. Weights, variances and intervals themselves are compared with R in test_weighting.c. */
#include "analysis/results_json.h"
#include "analysis/statistics/rao_scott.h"
#include "analysis/weights.h"
#include "tests/unit/study.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char SOURCE[] =
    "questionnaire: small\nlanguages: [en]\ntitle: Small\nprivacy: None\n"
    "population:\n"
    "  size: 200\n"
    "  role: {a: 120, b: 60, c: 20}\n"
    "  channel: {web: 150, paper: 50}\n"
    "pages:\n"
    "  - title: P\n"
    "    questions:\n"
    "      - {id: role, type: single, text: R, breakdown: true,\n"
    "         options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}]}\n"
    "      - {id: level, type: scale, text: L, options: [{code: 4, text: f, favourable: true},\n"
    "         {code: 3, text: r, favourable: true}, {code: 2, text: n}, {code: 1, text: o}]}\n"
    "      - {id: hats, type: multiple, text: H, options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "      - {id: years, type: number, text: Y, minimum: 0, maximum: 99}\n"
    "      - {id: since, type: date, text: S}\n"
    "      - {id: order, type: ranking, text: O, options: [{code: p, text: P}, {code: q, text: Q}]}\n"
    "      - {id: note, type: text, text: N}\n";

/* 60 made-up responses: 20 of a, 24 of b, 10 of c, and 6 of no role; a third of them on paper. */
enum { RESPONSES = 60, ROLES = 3, UNKNOWN = ROLES, LEVEL = 1, HATS, YEARS, SINCE, ORDER };
static const double SIZES[] = {120, 60, 20};

struct person {
    size_t role, level, years; /* level: from 1 to 4 */
    bool hats[2];
    enum channel channel;
    double weight;
};
static struct person people[RESPONSES];
static struct study study;

static double weight_of_role(size_t role) {
    size_t count = 0, unknown = 0;
    for (size_t i = 0; i < RESPONSES; i++) {
        count += people[i].role == role;
        unknown += people[i].role == UNKNOWN;
    }
    const double known = 1 - (double)unknown / RESPONSES;
    return role == UNKNOWN ? 200.0 / RESPONSES : SIZES[role] * known / (double)count;
}

static void add_person(size_t number) {
    const struct person *person = &people[number];
    char text[200];
    const int length = person->role == UNKNOWN ? snprintf(text, sizeof text, "level=%zu", person->level)
                                               : snprintf(text, sizeof text, "role=%c level=%zu",
                                                          "abc"[person->role], person -> level);
    snprintf(text + length, sizeof text - (size_t)length, " %s years=%zu since=2024-01-%02zu order=%s",
             person->hats[0]   ? person->hats[1] ? "hats=x+y" : "hats=x"
             : person->hats[1] ? "hats=y"
                               : "",
             person->years, person->years, person->level > 2 ? "p+q" : "q+p");
    study_add(&study, person->channel, (int64_t)number + 1, text);
}

static int set_up(void **state) {
    (void)state;
    study_open(&study, SOURCE);
    for (size_t i = 0; i < RESPONSES; i++) {
        const size_t role = i < 20 ? 0 : i < 44 ? 1 : i < 54 ? 2 : UNKNOWN;
        people[i] = (struct person){.role = role,
                                    .level = 1 + (i * 7 + role) % 4,
                                    .years = 1 + (i * 5 + 3 * role) % 28,
                                    .hats = {i % 3 == 0, i % 4 == role},
                                    .channel = i % 3 == 1 ? CHANNEL_PAPER : CHANNEL_WEB};
        add_person(i);
    }
    for (size_t i = 0; i < RESPONSES; i++)
        people[i].weight = weight_of_role(people[i].role);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    study_close(&study);
    return 0;
}

static void assert_near(double value, double expected) {
    if (!(fabs(value - expected) <= 1e-9 * fabs(expected)))
        fail_msg("%.17g instead of %.17g", value, expected);
}

static const char *const ROLE[] = {"role"}, *const BOTH[] = {"role", "channel"};

static const struct results *compute(const char *const *weights, size_t count, size_t minimum_cell,
                                     const struct expression *where) {
    const struct results_options options = {.confidence = 0.95,
                                            .minimum_cell = minimum_cell,
                                            .weights = weights,
                                            .weight_count = count,
                                            .where = where};
    return study_compute(&study, &options);
}

static const struct expression *where(const char *text) {
    struct diagnostics *diagnostics = diagnostics_create(study.arena, "--where");
    const struct expression_scope scope = {study.questionnaire->items, study.questionnaire->item_count,
                                           study.questionnaire->item_count};
    return expression_parse(study.arena, text, (struct place){1, 1, 1}, &scope, diagnostics);
}

/* --- Figures --- */

/* Σw of those of whom `level` is at least that, over Σw, of one role or of all (-1). */
static double share_from(size_t level, int role) {
    double sum = 0, all = 0;
    for (size_t i = 0; i < RESPONSES; i++) {
        const bool inside = role < 0 || people[i].role == (size_t)role;
        all += inside ? people[i].weight : 0;
        sum += inside && people[i].level >= level ? people[i].weight : 0;
    }
    return sum / all;
}

/* The variance of that share of all, person by person: the sum over strata. */
static double variance_from(size_t level) {
    const double share = share_from(level, -1);
    double variance = 0;
    for (size_t stratum = 0; stratum <= UNKNOWN; stratum++) {
        double n = 0, sum = 0, squares = 0, weight = 0;
        for (size_t i = 0; i < RESPONSES; i++) {
            if (people[i].role != stratum)
                continue;
            const double z = (people[i].level >= level ? 1 : 0) - share;
            n += 1;
            sum += z;
            squares += z * z;
            weight = people[i].weight;
        }
        variance += (1 - n / (n * weight)) * n / (n - 1) * weight * weight * (squares - sum * sum / n);
    }
    return variance / 200 / 200;
}

static void rates_stand_for_the_population(void **state) {
    (void)state;
    const struct results *results = compute(ROLE, 1, 1, NULL);
    const struct group_result *level = &results->items[LEVEL].whole;
    assert_true(level->weighted && !level->rounded);
    assert_int_equal(level->favourable.count + level->unfavourable.count, RESPONSES);
    const double p = share_from(3, -1), n = p * (1 - p) / variance_from(3), z = 1.9599639845400545;
    assert_near(level->favourable.rate, p);
    assert_near(level->favourable.rate_of_responses, p);
    assert_near(level->balance, 2 * p - 1);
    const double centre = (p + z * z / 2 / n) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / 4 / n / n);
    assert_near(level->favourable.low, centre - half);
    assert_near(level->favourable.high, centre + half);
    assert_near(level->options[0].share.rate, share_from(4, -1));
    /* What is weighted to comes out as it is. */
    const struct group_result *role = &results->items[0].whole;
    for (size_t i = 0; i < ROLES; i++)
        assert_near(role->options[i].share.rate, SIZES[i] / 200);
    assert_near(role->options[0].share.rate_of_responses, SIZES[0] * 0.9 / 200);
    /* Bounds assume nothing, so they are not weighted. */
    assert_near(level->favourable.bounds[0], (double)level->favourable.count / 200);
}

static void all_kinds_of_figures_are_weighted(void **state) {
    (void)state;
    const struct results *results = compute(ROLE, 1, 1, NULL);
    double all = 0, levels = 0, years = 0, ticks[2] = {0}, early = 0, first = 0;
    for (size_t i = 0; i < RESPONSES; i++) {
        all += people[i].weight;
        levels += people[i].weight * (double)people[i].level;
        years += people[i].weight * (double)people[i].years;
        first += people[i].level > 2 ? people[i].weight : 0;
        for (size_t j = 0; j < 2; j++)
            ticks[j] += people[i].hats[j] ? people[i].weight : 0;
    }
    assert_near(results->items[LEVEL].whole.mean, levels / all);
    assert_near(results->items[YEARS].whole.mean, years / all);
    assert_near(results->items[HATS].whole.options[0].share_of_ticks, ticks[0] / (ticks[0] + ticks[1]));
    assert_near(results->items[ORDER].whole.options[0].share.rate, first / all);
    assert_near(results->items[ORDER].whole.options[0].mean_rank, 2 - first / all);
    const double median = results->items[YEARS].whole.median;
    double below = 0;
    for (size_t i = 0; i < RESPONSES; i++) {
        early += (double)people[i].years <= median ? people[i].weight : 0;
        below += (double)people[i].years < median ? people[i].weight : 0;
    }
    assert_true(early >= all / 2 && below < all / 2);
    char date[16];
    snprintf(date, sizeof date, "2024-01-%02.0f", median);
    assert_string_equal(results->items[SINCE].whole.date_median, date);
    const struct group_result *level = &results->items[LEVEL].whole, *number = &results->items[YEARS].whole;
    assert_true(level->mean_low < level->mean && level->mean < level->mean_high);
    assert_true(number->mean_low < number->mean && number->quartile_1 <= number->median);
}

static void raked_to_two_margins(void **state) {
    (void)state;
    const struct results *results = compute(BOTH, 2, 1, NULL);
    const struct weighting *weighting = &results->weights->weighting;
    assert_true(weighting->is_raked && weighting->iterations > 1 && weighting->cell_count == 8);
    double web = 0;
    for (size_t i = 0; i < weighting->cell_count; i++)
        if (results->weights->categories[2 * i + 1] == CHANNEL_WEB)
            web += weighting->weights[i] * (double)weighting->cell_responses[i];
    assert_near(web, 150);
    for (size_t i = 0; i < ROLES; i++)
        assert_near(results->items[0].whole.options[i].share.rate, SIZES[i] / 200);
    assert_near(weighting->effective_n * weighting->design_effect, RESPONSES);
    /* A margin named twice is one. */
    const char *const twice[] = {"role", "role"};
    assert_false(compute(twice, 2, 1, NULL)->weights->weighting.is_raked);
}

/* A group is the same domain whether it is shown beside others or selected; the weights are of all. */
static void where_selects_a_domain(void **state) {
    (void)state;
    const struct results *all = compute(BOTH, 2, 1, NULL);
    const struct results *some = compute(BOTH, 2, 1, where("role = b"));
    assert_int_equal(some->responses, 24);
    assert_near(some->weights->weighting.maximum, all->weights->weighting.maximum);
    assert_int_equal(some->weights->weighting.responses, RESPONSES);
    const struct group_result *group = &all->items[LEVEL].breakdowns[0].groups[1];
    const struct group_result *whole = &some->items[LEVEL].whole;
    assert_string_equal(group->code, "b");
    assert_near(whole->favourable.rate, group->favourable.rate);
    assert_near(whole->favourable.low, group->favourable.low);
    assert_near(whole->mean_high, group->mean_high);
    assert_near(some->items[YEARS].whole.mean, all->items[YEARS].breakdowns[0].groups[1].mean);
}

/* --- Tests --- */

static const struct comparison_test *test_by_channel(const struct results *results, size_t item) {
    const struct item_result *result = &results->items[item];
    return result->breakdowns[result->breakdown_count - 1].tests;
}

/* The same table, counted here person by person, and R's test of it (test_rao_scott.c). */
static void groups_are_tested_with_weights(void **state) {
    (void)state;
    const struct results *results = compute(ROLE, 1, 1, NULL);
    size_t counts[4 * 2 * 2] = {0}, ticked[4 * 2 * 2] = {0}; /* by role, channel and answer */
    for (size_t i = 0; i < RESPONSES; i++) {
        const size_t place = (people[i].role * 2 + (size_t)people[i].channel) * 2;
        counts[place + (people[i].level > 2)]++;
        if (people[i].hats[0] || people[i].hats[1])
            ticked[place + people[i].hats[1]]++;
    }
    const struct weighting *weighting = &results->weights->weighting;
    struct hypothesis_test expected = rao_scott_test(weighting, &(struct rao_scott_table){2, 2, counts});
    const struct comparison_test *level = test_by_channel(results, LEVEL);
    assert_int_equal(level->subject, COMPARISON_FAVOURABLE);
    assert_int_equal(level->test.method, TEST_RAO_SCOTT);
    assert_near(level->test.p, expected.p);
    assert_near(level->test.statistic, expected.statistic);
    expected = rao_scott_test(weighting, &(struct rao_scott_table){2, 2, ticked});
    const struct comparison_test *hats = test_by_channel(results, HATS);
    assert_true(hats[1].subject == COMPARISON_OPTION && !strcmp(hats[1].option->code, "y"));
    assert_near(hats[1].test.p, expected.p);
    assert_int_equal(test_by_channel(results, ORDER)->subject, COMPARISON_ANSWERS);
    assert_int_equal(test_by_channel(results, YEARS)->test.reason, TEST_UNFIT);
    /* On paper are 3 of c: exact figures would tell of them. */
    const struct comparison_test *rounded = test_by_channel(compute(ROLE, 1, 5, NULL), LEVEL);
    assert_true(fabs(rounded->test.p - level->test.p) <= 0.05 * level->test.p);
    assert_true(rounded->test.p != level->test.p);
}

/* --- Who is hidden stays so --- */

static bool is_whole_percent(double rate) {
    return isnan(rate) || fabs(100 * rate - round(100 * rate)) < 1e-9;
}

static void hidden_groups_round_the_others(void **state) {
    (void)state;
    const struct results *results = compute(ROLE, 1, 11, NULL); /* the 10 of c are hidden */
    const struct item_result *item = &results->items[LEVEL];
    assert_true(item->breakdowns[0].groups[2].suppressed && !item->breakdowns[0].groups[2].weighted);
    assert_true(item->whole.weighted && item->whole.rounded && item->breakdowns[1].groups[0].rounded);
    assert_near(item->whole.favourable.rate, round(100 * share_from(3, -1)) / 100);
    assert_true(is_whole_percent(item->whole.favourable.low) && is_whole_percent(item->whole.balance));
    assert_true(item->whole.favourable.low <= share_from(3, -1) &&
                item->whole.favourable.high >= share_from(3, -1));
    assert_true(fabs(10 * item->whole.mean - round(10 * item->whole.mean)) < 1e-9);
    for (size_t i = 0; i < 4; i++)
        assert_true(is_whole_percent(item->whole.options[i].share.rate));
    /* A group of one weight tells nothing but its counts; that it is rounded as well keeps the item even. */
    assert_near(item->breakdowns[0].groups[0].favourable.rate, round(100 * share_from(3, 0)) / 100);
}

/* With a minimum of 5 no role is hidden, but on paper there are 3 of c. */
static void small_cells_round_their_group(void **state) {
    (void)state;
    const struct item_result *item = &compute(ROLE, 1, 5, NULL)->items[LEVEL];
    assert_false(item->whole.rounded);
    assert_true(item->breakdowns[1].groups[CHANNEL_PAPER].rounded);
    assert_false(item->breakdowns[0].groups[1].rounded); /* b: all weigh the same */
}

/* --- Everybody answered --- */

static void a_census_is_a_fact(void **state) {
    (void)state;
    struct study town;
    study_open(&town, "questionnaire: town\nlanguages: [en]\ntitle: T\nprivacy: P\n"
                      "population: {size: 40, role: {a: 30, b: 10}, channel: {web: 32, paper: 8}}\n"
                      "pages:\n  - title: P\n    questions:\n"
                      "      - {id: role, type: single, text: R, breakdown: true,"
                      " options: [{code: a, text: A}, {code: b, text: B}]}\n"
                      "      - {id: yes, type: single, text: Y,"
                      " options: [{code: y, text: Y}, {code: n, text: N}]}\n");
    for (int i = 0; i < 8; i++) /* all on paper responded: 5 of a, who all say yes, and 3 of b */
        study_add(&town, CHANNEL_PAPER, i + 1, i < 5 ? "role=a yes=y" : "role=b yes=n");
    for (int i = 8; i < 16; i++)
        study_add(&town, CHANNEL_WEB, i + 1, i < 14 ? "role=a yes=n" : "role=b yes=y");
    const struct results_options options = {
        .confidence = 0.95, .minimum_cell = 1, .weights = ROLE, .weight_count = 1};
    const struct results *results = study_compute(&town, &options);
    const struct breakdown_result *channels = &results->items[1].breakdowns[1];
    const struct group_result *paper = &channels->groups[CHANNEL_PAPER],
                              *web = &channels->groups[CHANNEL_WEB];
    assert_true(paper->census && !paper->weighted);
    assert_near(paper->options[0].share.rate, 5.0 / 8);
    assert_true(web->weighted && fabs(web->options[0].share.rate - 2.0 / 8) > 0.01);
    study_close(&town);
}

/* --- What cannot be weighted --- */

/* The failure of a study of which `text` are the responses, one each. */
static void assert_refused(const char *population, const char *const *responses, size_t count,
                           const char *const *weights, size_t weight_count, const char *expected) {
    struct study town;
    char source[1000];
    snprintf(source, sizeof source,
             "questionnaire: town\nlanguages: [en]\ntitle: T\nprivacy: P\n%spages:\n  - title: P\n"
             "    questions:\n      - {id: role, type: single, text: R, options: [{code: a, text: A},"
             " {code: b, text: B}, {code: c, text: C}]}\n",
             population);
    study_open(&town, source);
    for (size_t i = 0; i < count; i++)
        study_add(&town, responses[i][0] == 'p' ? CHANNEL_PAPER : CHANNEL_WEB, (int64_t)i + 1,
                  responses[i] + 2);
    if (town.adding)
        assert_int_equal(store_commit(town.store), STORE_DONE);
    const struct results_options options = {
        .confidence = 0.95, .minimum_cell = 5, .weights = weights, .weight_count = weight_count};
    struct failure failure = {0};
    assert_null(results_compute(town.arena, town.store, town.questionnaire, &options, &failure));
    assert_string_equal(failure.text, expected);
    study_close(&town);
}

static void says_what_cannot_be_weighted(void **state) {
    (void)state;
    static const char MARGINS[] =
        "population:\n  size: 6\n  role: {a: 3, b: 2, c: 1}\n  channel: {web: 4, paper: 2}\n";
    const char *const responses[] = {"w role=a", "w role=a", "p role=c", "w role=a",
                                     "w role=a", "w role=a", "w role=a"};
    const char *const rolf[] = {"rolf"}, *const nothing[] = {"nothing"};
    assert_refused(MARGINS, responses, 2, rolf, 1,
                   "--weight rolf: the population has no margin of that name; did you mean \"role\"?");
    assert_refused(MARGINS, responses, 2, nothing, 1,
                   "--weight nothing: the population has no margin of that name; it has: role, channel");
    assert_refused("", responses, 2, ROLE, 1,
                   "--weight role: study.yaml gives no margin under `population:` to weight to");
    assert_refused(MARGINS, responses, 0, ROLE, 1, "--weight: there are no responses to weight");
    assert_refused(MARGINS, responses, 7, ROLE, 1,
                   "study.yaml:6:9: there are 7 responses, but only 6 people were invited; correct the size "
                   "and the margins");
    assert_refused(
        MARGINS, responses, 3, ROLE, 1,
        "study.yaml:7:3: --weight role: nobody of \"b\" responded to stand for its 2 people; merge it "
        "with \"a\" or \"c\", in the question and in its sizes, or do not weight to this margin");
    assert_refused(
        "population:\n  size: 6\n  role: {a: 6, b: 0, c: 0}\n", responses, 3, ROLE, 1,
        "study.yaml:7:3: --weight role: there are responses of \"c\" (1), of which the population has "
        "nobody; correct its size");
    assert_refused(
        "population:\n  size: 6\n  role: {a: 3, b: 0, c: 3}\n  channel: {web: 4, paper: 2}\n", responses, 3,
        BOTH, 2,
        "study.yaml:7:3: --weight: no weights meet all of role, channel: \"a\" of role comes out 1 people "
        "too "
        "many, since some combinations have no responses; weight to fewer margins, or merge options");
}

/* --- What is written --- */

static void is_written_as_json(void **state) {
    (void)state;
    struct buffer buffer = {0};
    results_json_write(&buffer, compute(ROLE, 1, 11, NULL), 0);
    const char *text = buffer_text(&buffer);
    const char *weighting = strstr(text, "\"weighting\": {");
    assert_non_null(weighting);
    assert_non_null(strstr(weighting, "\"method\": \"stratified\""));
    assert_non_null(strstr(weighting, "\"margins\": [\"role\"]"));
    assert_non_null(
        strstr(weighting, "{\"role\": \"b\", \"responses\": 24, \"population\": 54, \"weight\": 2.25}"));
    assert_non_null(strstr(weighting, "{\"role\": null, \"responses\": 6, \"population\": 20"));
    assert_non_null(strstr(weighting, "\"design_effect\": "));
    assert_non_null(strstr(weighting, "\"rounded\": true"));
    buffer_clear(&buffer);
    results_json_write(&buffer, compute(NULL, 0, 11, NULL), 0);
    assert_non_null(strstr(buffer_text(&buffer), "\"weighting\": null"));
    assert_null(strstr(buffer_text(&buffer), "\"rounded\""));
    buffer_destroy(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_stand_for_the_population), cmocka_unit_test(all_kinds_of_figures_are_weighted),
        cmocka_unit_test(raked_to_two_margins),           cmocka_unit_test(where_selects_a_domain),
        cmocka_unit_test(groups_are_tested_with_weights), cmocka_unit_test(hidden_groups_round_the_others),
        cmocka_unit_test(small_cells_round_their_group),  cmocka_unit_test(a_census_is_a_fact),
        cmocka_unit_test(says_what_cannot_be_weighted),   cmocka_unit_test(is_written_as_json),
    };
    return cmocka_run_group_tests_name("weights", tests, set_up, tear_down);
}
