/* Goal: the test that is made is the one that fits the question and the groups; hidden groups count together;
 * what cannot be tested says why; and the tests of a breakdown are one family. */
#include "analysis/comparison.h"
#include "analysis/statistics/association.h"
#include "analysis/statistics/rank_test.h"
#include "analysis/statistics/trend_test.h"
#include "tests/unit/study.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char FORM[] =
    "questionnaire: compared\n"
    "languages: [en]\n"
    "title: Compared\n"
    "privacy: Made up\n"
    "pages:\n"
    "  - title: All\n"
    "    questions:\n"
    "      - {id: role, type: single, breakdown: true, text: Role,\n"
    "         options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}, {code: d, text: D}]}\n"
    "      - {id: age, type: scale, breakdown: true, text: Age,\n"
    "         options: [{code: 1, text: Young}, {code: 2, text: Middle}, {code: 3, text: Old}]}\n"
    "      - {id: hats, type: multiple, breakdown: true, text: Hats,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "      - {id: liked, type: scale, text: Liked,\n"
    "         options: [{code: 3, text: \"Yes\", favourable: true}, {code: 2, text: So}, {code: 1, text: "
    "\"No\"}]}\n"
    "      - {id: often, type: scale, text: Often,\n"
    "         options: [{code: 1, text: Never}, {code: 2, text: Some}, {code: 3, text: Always}]}\n"
    "      - {id: colour, type: single, text: Colour, options: [{code: red, text: Red}, {code: blue, text: "
    "Blue}]}\n"
    "      - {id: years, type: number, text: Years}\n"
    "      - {id: tools, type: multiple, text: Tools, options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "      - {id: words, type: text, text: Words}\n";

/* Who answers in what way; the rest is drawn from the number alone. */
static const char *response(struct arena *arena, char role, size_t number) {
    static const char *const HATS[] = {"x", "y", "x+y"};
    return arena_format(arena,
                        "role=%c age=%zu hats=%s liked=%zu often=%zu colour=%s years=%zu tools=%s "
                        "words=w",
                        role, 1 + number * 7 % 3, HATS[number * 5 % 3], 1 + number * 11 % 3,
                        1 + number * 13 % 3, number * 17 % 5 < 2 ? "red" : "blue", number * 19 % 23,
                        HATS[number * 23 % 7 % 3]);
}

static void add(struct study *study, char role, size_t count) {
    static int64_t key = 1;
    for (size_t i = 0; i < count; i++, key++)
        study_add(study, key % 3 ? CHANNEL_WEB : CHANNEL_PAPER, key,
                  response(study->arena, role, (size_t)key * (size_t)key / 3));
}

static const struct item_result *find_item(const struct results *results, const char *id) {
    for (size_t i = 0; i < results->item_count; i++)
        if (!strcmp(results->items[i].item->id, id))
            return &results->items[i];
    fail_msg("no item %s", id);
    return NULL;
}

static const struct breakdown_result *find(const struct results *results, const char *id, const char *by) {
    const struct item_result *item = find_item(results, id);
    for (size_t i = 0; i < item->breakdown_count; i++)
        if (!strcmp(item->breakdowns[i].by->id, by))
            return &item->breakdowns[i];
    fail_msg("no breakdown of %s by %s", id, by);
    return NULL;
}

static void assert_test(const struct results *results, const char *id, const char *by,
                        enum comparison_subject subject, enum test_method method) {
    const struct breakdown_result *breakdown = find(results, id, by);
    assert_true(breakdown->test_count >= 1);
    assert_int_equal(breakdown->tests->subject, subject);
    if (breakdown->tests->test.method != method)
        fail_msg("%s by %s: method %d instead of %d", id, by, breakdown->tests->test.method, method);
    assert_true(breakdown->tests->test.p > 0 && breakdown->tests->test.p <= 1);
    assert_true(breakdown->tests->test.p_adjusted >= breakdown->tests->test.p);
}

static const struct results_options OPTIONS = {.confidence = 0.95, .minimum_cell = 5};

static void the_test_fits(void **state) {
    (void)state;
    struct study study;
    study_open(&study, FORM);
    for (char role = 'a'; role <= 'd'; role++)
        add(&study, role, 20);
    const struct results *results = study_compute(&study, &OPTIONS);
    assert_test(results, "liked", "role", COMPARISON_FAVOURABLE, TEST_FISHER);
    assert_test(results, "often", "role", COMPARISON_RANKS, TEST_KRUSKAL_WALLIS);
    assert_test(results, "colour", "role", COMPARISON_ANSWERS, TEST_FISHER);
    assert_test(results, "years", "role", COMPARISON_RANKS, TEST_KRUSKAL_WALLIS);
    assert_test(results, "liked", "age", COMPARISON_FAVOURABLE, TEST_COCHRAN_ARMITAGE);
    assert_test(results, "often", "age", COMPARISON_RANKS, TEST_JONCKHEERE_TERPSTRA);
    assert_test(results, "colour", "age", COMPARISON_ANSWERS, TEST_FISHER);
    assert_test(results, "often", "channel", COMPARISON_RANKS, TEST_MANN_WHITNEY);
    assert_test(results, "tools", "role", COMPARISON_OPTION, TEST_FISHER);
    assert_int_equal(find(results, "tools", "role")->test_count, 2);
    assert_int_equal(find(results, "words", "role")->test_count, 0);
    assert_int_equal(find(results, "liked", "hats")->tests->test.reason, TEST_OVERLAPPING);
    assert_int_equal(find(results, "often", "role")->tests->pair_count, 6);
    struct results_options ranks = OPTIONS;
    ranks.by_ranks = true;
    results = study_compute(&study, &ranks);
    assert_test(results, "liked", "role", COMPARISON_RANKS, TEST_KRUSKAL_WALLIS);
    assert_test(results, "colour", "role", COMPARISON_ANSWERS, TEST_FISHER);
    study_close(&study);
}

/* What is tested are the counts that are shown. */
static void counts_are_those_of_the_groups(void **state) {
    (void)state;
    struct study study;
    study_open(&study, FORM);
    add(&study, 'a', 14);
    add(&study, 'b', 9);
    const struct results *results = study_compute(&study, &OPTIONS);
    const struct breakdown_result *liked = find(results, "liked", "role"),
                                  *often = find(results, "often", "role");
    size_t rates[4] = {0}, levels[6] = {0};
    for (size_t i = 0; i < 2; i++) {
        rates[2 * i] = liked->groups[i].expressed - liked->groups[i].favourable.count;
        rates[2 * i + 1] = liked->groups[i].favourable.count;
        for (size_t j = 0; j < 3; j++)
            levels[3 * i + j] = often->groups[i].options[j].share.count;
    }
    const struct hypothesis_test fisher =
        association_test(study.arena, &(struct contingency){2, 2, rates}, NULL);
    assert_true(liked->tests->test.p == fisher.p && fisher.n == 23);
    const struct rank_test ranks = rank_test(study.arena, &(struct contingency){2, 3, levels}, 0.95);
    assert_true(often->tests->test.p == ranks.test.p);
    assert_int_equal(liked->difference_count, 1);
    assert_true(fabs(liked->differences->of.value -
                     (liked->groups[0].favourable.rate - liked->groups[1].favourable.rate)) < 1e-15);
    study_close(&study);
}

/* Two groups of three: whoever knows p and tries which of their answers bring it about learns their sum only,
 * which the tables tell as well. */
static void hidden_groups_count_together(void **state) {
    (void)state;
    struct study study;
    study_open(&study, FORM);
    add(&study, 'a', 14);
    add(&study, 'b', 12);
    add(&study, 'c', 3);
    add(&study, 'd', 3);
    const struct results *results = study_compute(&study, &OPTIONS);
    const struct item_result *item = find_item(results, "liked");
    const struct breakdown_result *liked = find(results, "liked", "role");
    assert_true(liked->groups[2].suppressed && liked->groups[3].suppressed && !liked->groups[1].suppressed);
    size_t counts[6] = {0};
    size_t others = item->whole.expressed, favourable = item->whole.favourable.count;
    for (size_t i = 0; i < 2; i++) {
        const struct group_result *group = &liked->groups[i];
        counts[2 * i] = group->expressed - group->favourable.count;
        counts[2 * i + 1] = group->favourable.count;
        others -= group->expressed;
        favourable -= group->favourable.count;
    }
    counts[4] = others - favourable;
    counts[5] = favourable;
    const struct hypothesis_test test =
        association_test(study.arena, &(struct contingency){3, 2, counts}, NULL);
    assert_true(liked->tests->test.p == test.p && liked->tests->test.n == 32);
    const struct breakdown_result *often = find(results, "often", "role");
    assert_int_equal(often->tests->pair_count, 1);
    assert_int_equal(often->tests->pairs->first, 0);
    assert_int_equal(often->tests->pairs->second, 1);
    assert_int_equal(liked->difference_count, 1);
    study_close(&study);
}

/* Of those in no group the tables tell only together with the hidden ones: then the hidden ones are no row.
 */
static void hidden_groups_are_left_out_beside_the_unplaced(void **state) {
    (void)state;
    struct study study;
    study_open(&study, FORM);
    add(&study, 'a', 14);
    add(&study, 'b', 12);
    add(&study, 'c', 3);
    add(&study, 'd', 3);
    study_add(&study, CHANNEL_WEB, 100001, "liked=3 often=1");
    study_add(&study, CHANNEL_WEB, 100002, "liked=1 often=1");
    const struct results *results = study_compute(&study, &OPTIONS);
    const struct breakdown_result *liked = find(results, "liked", "role");
    assert_true(liked->groups[2].suppressed && liked->groups[3].suppressed);
    assert_int_equal(liked->tests->test.n, liked->groups[0].expressed + liked->groups[1].expressed);
    study_close(&study);
}

static void says_why_there_is_none(void **state) {
    (void)state;
    struct study study;
    study_open(&study, FORM);
    add(&study, 'a', 12);
    add(&study, 'b', 3);
    const struct results *results = study_compute(&study, &OPTIONS);
    assert_int_equal(find(results, "liked", "role")->tests->test.reason, TEST_TOO_FEW);
    assert_int_equal(find(results, "liked", "role")->tests->test.method, TEST_NONE);
    assert_int_equal(find(results, "liked", "role")->family, 0);
    study_close(&study);
}

static void a_census_is_not_tested(void **state) {
    (void)state;
    char form[4096];
    struct study study;
    snprintf(form, sizeof form, "%.*spopulation: {size: 12, role: {a: 6, b: 6, c: 0, d: 0}}\n%s",
             (int)(strstr(FORM, "pages:") - FORM), FORM, strstr(FORM, "pages:"));
    study_open(&study, form);
    add(&study, 'a', 6);
    add(&study, 'b', 6);
    const struct results *results = study_compute(&study, &OPTIONS);
    const struct breakdown_result *liked = find(results, "liked", "role");
    assert_int_equal(liked->tests->test.reason, TEST_CENSUS);
    assert_true(liked->differences->of.interval.census);
    study_close(&study);
}

static int compare_p(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

/* Holm's smallest p is multiplied by the number of all tests of the breakdown, in whatever question. */
static void a_breakdown_is_one_family(void **state) {
    (void)state;
    struct study study;
    study_open(&study, FORM);
    for (char role = 'a'; role <= 'c'; role++)
        add(&study, role, 17);
    const struct results *results = study_compute(&study, &OPTIONS);
    double p[64], adjusted[64];
    size_t count = 0;
    for (size_t i = 0; i < results->item_count; i++)
        for (size_t j = 0; j < results->items[i].breakdown_count; j++) {
            const struct breakdown_result *breakdown = &results->items[i].breakdowns[j];
            for (size_t k = 0; k < breakdown->test_count && !strcmp(breakdown->by->id, "role"); k++)
                if (breakdown->tests[k].test.method != TEST_NONE) {
                    adjusted[count] = breakdown->tests[k].test.p_adjusted;
                    p[count++] = breakdown->tests[k].test.p;
                }
        }
    assert_int_equal(count, find(results, "liked", "role")->family);
    assert_true(count >= 6);
    qsort(p, count, sizeof *p, compare_p);
    qsort(adjusted, count, sizeof *adjusted, compare_p);
    assert_true(fabs(adjusted[0] - fmin(1, p[0] * (double)count)) < 1e-12);
    struct results_options none = OPTIONS;
    none.adjustment = ADJUSTMENT_NONE;
    results = study_compute(&study, &none);
    const struct hypothesis_test *test = &find(results, "liked", "role")->tests->test;
    assert_true(test->p_adjusted == test->p);
    study_close(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_test_fits),
        cmocka_unit_test(counts_are_those_of_the_groups),
        cmocka_unit_test(hidden_groups_count_together),
        cmocka_unit_test(hidden_groups_are_left_out_beside_the_unplaced),
        cmocka_unit_test(says_why_there_is_none),
        cmocka_unit_test(a_census_is_not_tested),
        cmocka_unit_test(a_breakdown_is_one_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
