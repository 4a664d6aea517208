/* Goal: what --reliability and --drivers name is found, or refused in words that help; their figures are
 * those of the stored answers, in the results, in results.json and in the report; few people are hidden,
 * everybody is a fact, and what is undefined says why. */
#include "tests/unit/study.h"

#include "analysis/relation_tables.h"
#include "analysis/relations.h"
#include "analysis/report_content.h"
#include "analysis/report_markdown.h"
#include "analysis/results_json.h"
#include "tests/unit/people.h"

#include <jansson.h>

static const char SOURCE[] =
    "questionnaire: relations\n"
    "languages: [en]\n"
    "title: Made up\n"
    "privacy: Made up.\n"
    "population: {size: 120}\n"
    "scales:\n"
    "  four: [{code: 4, text: d}, {code: 3, text: c}, {code: 2, text: b}, {code: 1, text: a}]\n"
    "  words: [{code: good, text: Good}, {code: bad, text: Bad}]\n"
    "pages:\n"
    "  - title: All\n"
    "    questions:\n"
    "      - {id: role, type: single, text: Role, options: [{code: a, text: A}, {code: b, text: B}]}\n"
    "      - {id: grid, type: scale, scale: four, text: Grid, items: [{id: one, text: One},\n"
    "         {id: two, text: Two}, {id: three, text: Three}]}\n"
    "      - {id: lone, type: scale, scale: four, text: Lone, items: [{id: only, text: Only}]}\n"
    "      - {id: wordy, type: scale, scale: words, text: Wordy, items: [{id: w1, text: W}, {id: w2, text: "
    "V}]}\n"
    "      - {id: same, type: scale, scale: four, text: Same}\n"
    "      - {id: age, type: number, text: Age}\n"
    "      - {id: out, type: single, text: Outcome, options: [{code: x, text: X, value: 2},\n"
    "         {code: y, text: Y, value: 1}, {code: z, text: Z, value: 0}]}\n";

enum { PEOPLE = 120, COUNT = 5 };
static const char *const IDS[COUNT] = {"out", "one", "two", "three", "same"};

/* Whether somebody answered an item, and what. The outcome goes with the grid; "same" is always 3. */
static struct answered {
    bool given[COUNT];
    size_t value[COUNT];
} drawn[PEOPLE];

static void draw(bool missing) {
    uint64_t seed = 5;
    for (size_t i = 0; i < PEOPLE; i++) {
        const size_t opinion = tables_draw(&seed, 3);
        for (size_t j = 0; j < COUNT; j++)
            drawn[i].given[j] = !missing || tables_draw(&seed, 20) > 0;
        drawn[i].value[0] = opinion;
        for (size_t j = 1; j < 4; j++)
            drawn[i].value[j] = 1 + opinion + tables_draw(&seed, 2);
        drawn[i].value[4] = 3;
    }
}

static void store(struct study *study, size_t people) {
    for (size_t i = 0; i < people; i++) {
        char text[128];
        int length = snprintf(text, sizeof text, "role=%c", i % 2 ? 'a' : 'b');
        for (size_t j = 0; j < COUNT; j++)
            if (drawn[i].given[j] && j > 0)
                length += snprintf(text + length, sizeof text - (size_t)length, " %s=%zu", IDS[j],
                                   drawn[i].value[j]);
            else if (drawn[i].given[j])
                length += snprintf(text + length, sizeof text - (size_t)length, " out=%c",
                                   "zyx"[drawn[i].value[0]]);
        study_add(study, CHANNEL_WEB, (int64_t)i + 1, text);
    }
}

/* `by` is an array of one, or NULL. */
static const struct results *compute_by(struct study *study, const char *const *by, const char *grid,
                                        const char *drivers, const char *where) {
    struct results_options *options = ARENA_NEW(study->arena, struct results_options, 1);
    const char **names = ARENA_NEW(study->arena, const char *, 2);
    names[0] = grid;
    names[1] = drivers;
    *options = (struct results_options){.confidence = 0.95, .minimum_cell = 5};
    options->reliability = names;
    options->reliability_count = grid != NULL;
    options->drivers = names + 1;
    options->drivers_count = drivers != NULL;
    options->by = by;
    options->by_count = by != NULL;
    if (where) {
        const struct expression_scope scope = {study->questionnaire->items, study->questionnaire->item_count,
                                               study->questionnaire->item_count};
        struct diagnostics *diagnostics = diagnostics_create(study->arena, "where");
        options->where_text = where;
        options->where = expression_parse(study->arena, where, (struct place){1, 1, 1}, &scope, diagnostics);
        assert_non_null(options->where);
    }
    return study_compute(study, options);
}

static const struct results *compute(struct study *study, const char *grid, const char *drivers,
                                     const char *where) {
    return compute_by(study, NULL, grid, drivers, where);
}

/* Those who answered items `first` to `last`, of every `step`-th person from `from` on. */
static struct people complete(struct arena *arena, size_t first, size_t last, size_t from, size_t step) {
    const size_t count = last - first + 1;
    double *answers = ARENA_NEW(arena, double, (size_t)PEOPLE *count);
    struct people people = {0, count, answers};
    for (size_t i = from; i < PEOPLE; i += step) {
        size_t given = 0;
        for (size_t j = first; j <= last; j++) {
            given += drawn[i].given[j];
            answers[people.n * count + j - first] = (double)drawn[i].value[j];
        }
        people.n += given == count;
    }
    return people;
}

static void assert_close(double value, double expected) {
    if (!(fabs(value - expected) < 1e-12))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void check_figures(struct study *study, const struct results *results, size_t from, size_t step) {
    const struct people grid = complete(study->arena, 1, 3, from, step),
                        all = complete(study->arena, 0, 4, from, step);
    const struct covariance grid_matrix = people_covariance(study->arena, &grid),
                            all_matrix = people_covariance(study->arena, &all);
    const struct reliability reliability = reliability_of(study->arena, &grid_matrix, 0.95);
    const struct importance importance = importance_of(study->arena, &all_matrix);
    const struct reliability_result *found = results->relations->reliabilities;
    const struct drivers_result *drivers = results->relations->drivers;
    assert_true(results->relations->reliability_count == 1 && results->relations->drivers_count == 1);
    assert_true(!found->hidden && found->pair_count == 3 && drivers->item_count == 4);
    assert_int_equal(found->of.n, grid.n);
    assert_int_equal(drivers->of.n, all.n);
    assert_close(found->of.alpha, reliability.alpha);
    assert_close(found->of.low, reliability.low);
    assert_close(drivers->of.r_squared, importance.r_squared);
    for (size_t i = 0; i < 4; i++)
        assert_close(drivers->of.items[i].value, importance.items[i].value);
    assert_true(drivers->of.items[3].constant);
    assert_int_equal(drivers->relations[3].spearman.reason, TEST_CONSTANT);
    for (size_t i = 0; i < 3; i++)
        assert_true(found->pairs[i].n >= found->of.n && found->pairs[i].spearman.effect.value > 0.3 &&
                    found->pairs[i].spearman.p_adjusted >= found->pairs[i].spearman.p);
}

static void figures_are_of_the_answers(void **state) {
    (void)state;
    struct study study;
    draw(true);
    study_open(&study, SOURCE);
    store(&study, PEOPLE);
    check_figures(&study, compute(&study, "grid", "out=grid,same", NULL), 0, 1);
    check_figures(&study, compute(&study, "grid", "out= one,two , three,same", "role = a"), 1, 2);
    assert_null(compute(&study, NULL, NULL, NULL)->relations);
    study_close(&study);
}

/* --- What is named --- */

static void assert_refused(const struct questionnaire *questionnaire, const char *grid, const char *drivers,
                           const char *expected) {
    struct arena *arena = arena_create();
    struct failure failure = {0};
    const struct results_options options = {
        .reliability = &grid, .reliability_count = !!grid, .drivers = &drivers, .drivers_count = !!drivers};
    struct relations_request request;
    assert_false(relations_request_read(arena, questionnaire, &options, &request, &failure));
    assert_string_equal(failure.text, expected);
    arena_destroy(arena);
}

static void wrong_names_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *grid, *drivers, *expected;
    } cases[] = {
        {"gird", NULL, "--reliability gird: the questionnaire has no grid \"gird\"; did you mean \"grid\"?"},
        {"", NULL, "--reliability : the questionnaire has no grid \"\""},
        {"one", NULL, "--reliability one: this is one item of a grid; name the grid, \"grid\""},
        {"same", NULL, "--reliability same: this is a single question; reliability is that of a grid"},
        {"lone", NULL, "--reliability lone: this grid has one item only; reliability takes at least two"},
        {"wordy", NULL,
         "--reliability wordy: the answers of this grid are neither numbers nor favourable; give each option "
         "a value:"},
        {NULL, "our",
         "--drivers our: the questionnaire has no question or grid item \"our\"; did you mean \"out\"?"},
        {NULL, "grid", "--drivers grid: \"grid\" is a grid; name one of its items"},
        {NULL, "age", "--drivers age: \"age\" is neither a scale nor a single choice"},
        {NULL, "role",
         "--drivers role: the answers to \"role\" are neither numbers nor favourable; give each option a "
         "value:"},
        {NULL, "=one", "--drivers =one: name a question, as in recommend or recommend=service,staff"},
        {NULL, "out=", "--drivers out=: name an item behind the =, and before and behind each comma"},
        {NULL, "out=one,,two",
         "--drivers out=one,,two: name an item behind the =, and before and behind each comma"},
        {NULL, "out=one,out", "--drivers out=one,out: \"out\" is the outcome itself, which drives nothing"},
        {NULL, "out=one,thre",
         "--drivers out=one,thre: the questionnaire has no question or grid item \"thre\"; did you mean "
         "\"three\"?"},
        {NULL, "out=wordy",
         "--drivers out=wordy: the answers to \"wordy\" are neither numbers nor favourable; give each option "
         "a value:"},
        {NULL, "only=lone", "--drivers only=lone: there is no scale with numbers beside the outcome"},
    };
    struct study study;
    study_open(&study, SOURCE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(study.questionnaire, cases[i].grid, cases[i].drivers, cases[i].expected);
    study_close(&study);
}

static void assert_set(const struct pairs_set *set, const char *expected) {
    char ids[256] = "";
    for (size_t i = 0; i < set->count; i++)
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%s", i ? " " : "", set->items[i]->id);
    assert_string_equal(ids, expected);
}

static void names_are_found(void **state) {
    (void)state;
    struct study study;
    study_open(&study, SOURCE);
    static const char *const GRIDS[] = {"grid", "grid"}, *const DRIVERS[] = {"out", "one=grid",
                                                                             "out=two,grid,two", "out",
                                                                             "one=two,three"};
    const struct results_options options = {
        .reliability = GRIDS, .reliability_count = 2, .drivers = DRIVERS, .drivers_count = 5};
    struct relations_request request;
    struct failure failure = {0};
    assert_true(relations_request_read(study.arena, study.questionnaire, &options, &request, &failure));
    assert_true(request.grid_count == 1 && request.set_count == 4);
    assert_set(&request.sets[0], "one two three");
    assert_set(&request.sets[1], "out one two three only same");
    assert_set(&request.sets[2], "one two three");
    assert_set(&request.sets[3], "out two one three");
    study_close(&study);
}

/* Fourteen scales. */
static void too_many_items_are_refused(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    char *source = arena_copy(arena, "questionnaire: many\nlanguages: [en]\ntitle: Made up\nprivacy: None.\n"
                                     "scales: {two: [{code: 1, text: a}, {code: 0, text: b}]}\n"
                                     "pages:\n  - title: All\n    questions:\n");
    for (int i = 0; i < 14; i++)
        source = arena_format(arena, "%s      - {id: q%d, type: scale, scale: two, text: Q}\n", source, i);
    struct diagnostics *diagnostics = diagnostics_create(arena, "many.yaml");
    const struct questionnaire *many =
        questionnaire_parse(arena, "many.yaml", source, strlen(source), diagnostics);
    assert_non_null(many);
    assert_refused(
        many, NULL, "q0",
        "--drivers q0: these are 13 items, and 12 can be told apart at most; name those that matter: "
        "--drivers q0=q1,…");
    assert_refused(
        many, NULL, "q0=q1,q2,q3,q4,q5,q6,q7,q8,q9,q10,q11,q12,q13",
        "--drivers q0=q1,q2,q3,q4,q5,q6,q7,q8,q9,q10,q11,q12,q13: these are 13 items, and 12 can be "
        "told apart at most");
    arena_destroy(arena);
}

/* --- What is written --- */

static json_t *write_json(const struct results *results) {
    struct buffer buffer = {0};
    results_json_write(&buffer, results, 0);
    json_t *root = json_loads(buffer_text(&buffer), 0, NULL);
    buffer_destroy(&buffer);
    assert_non_null(root);
    return root;
}

static const char *write_markdown(struct arena *arena, const struct results *results) {
    struct buffer buffer = {0};
    report_markdown_write(&buffer, report_content_make(arena, results, 0, NULL, NULL));
    const char *text = arena_copy(arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    return text;
}

static double number(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    assert_non_null(value);
    return json_is_null(value) ? NAN : json_number_value(value);
}

static void assert_contains(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void results_are_written(void **state) {
    (void)state;
    struct study study;
    draw(true);
    study_open(&study, SOURCE);
    store(&study, PEOPLE);
    const struct results *results = compute(&study, "grid", "out=grid,same", NULL);
    json_t *root = write_json(results);
    const json_t *grid = json_array_get(json_object_get(root, "reliability"), 0),
                 *drivers = json_array_get(json_object_get(root, "drivers"), 0);
    const json_t *pair = json_array_get(json_object_get(grid, "pairs"), 1),
                 *constant = json_array_get(json_object_get(drivers, "items"), 3);
    assert_string_equal(json_string_value(json_object_get(grid, "question")), "grid");
    assert_true(number(grid, "alpha") == results->relations->reliabilities->of.alpha);
    assert_int_equal(json_array_size(json_object_get(grid, "items")), 3);
    assert_string_equal(json_string_value(json_array_get(json_object_get(pair, "items"), 1)), "three");
    assert_true(number(json_object_get(pair, "spearman"), "p") < 0.001);
    assert_string_equal(json_string_value(json_object_get(drivers, "outcome")), "out");
    assert_true(number(drivers, "r_squared") == results->relations->drivers->of.r_squared);
    assert_true(json_is_true(json_object_get(constant, "constant")) && number(constant, "importance") == 0);
    assert_string_equal(json_string_value(json_object_get(json_object_get(constant, "spearman"), "reason")),
                        "constant");
    const char *text = write_markdown(study.arena, results);
    assert_contains(text, "go together well enough to be summed up in one score");
    assert_contains(text, "What goes most with it is");
    assert_contains(text, "all the same");
    json_decref(root);
    study_close(&study);
}

/* Nine people: no figure of theirs is told. */
static void few_are_hidden(void **state) {
    (void)state;
    struct study study;
    draw(false);
    study_open(&study, SOURCE);
    store(&study, 9);
    const struct results *results = compute(&study, "grid", "out=one", NULL);
    json_t *root = write_json(results);
    const json_t *grid = json_array_get(json_object_get(root, "reliability"), 0),
                 *drivers = json_array_get(json_object_get(root, "drivers"), 0);
    const json_t *pair = json_array_get(json_object_get(grid, "pairs"), 0);
    assert_true(json_is_true(json_object_get(grid, "suppressed")) && isnan(number(grid, "n")) &&
                isnan(number(grid, "alpha")) && isnan(number(grid, "average_correlation")));
    assert_true(json_is_true(json_object_get(drivers, "suppressed")) && isnan(number(drivers, "r_squared")));
    assert_true(json_is_true(json_object_get(pair, "suppressed")) && isnan(number(pair, "n")) &&
                isnan(number(json_object_get(pair, "spearman"), "value")));
    const char *text = write_markdown(study.arena, results);
    assert_contains(text, "Not shown: fewer than 10 people answered all of it");
    assert_null(strstr(text, "Cronbach"));
    json_decref(root);
    study_close(&study);
}

/* Of one answer to the outcome `count` people; the others share the other two. */
static void draw_outcome(size_t count) {
    for (size_t i = 0; i < PEOPLE; i++)
        drawn[i].value[0] = i < count ? 2 : i % 2;
}

/* By the outcome the report hides those few: of two items, of a set, and whichever of both is the outcome, no
 * figure is told from which theirs could be solved for. Others are. */
static void hidden_groups_stay_hidden(void **state) {
    (void)state;
    static const char *const BY[] = {"out"}, *const CROSSED[] = {"out*role"};
    static const struct {
        size_t count;
        const char *const *by;
        const char *drivers;
        bool hidden, first_hidden; /* all; the first item with the outcome */
    } cases[] = {{3, BY, "out=one", true, true},        {3, BY, "one=out", true, true},
                 {3, BY, "one=two,out", true, false},   {3, BY, "one=two,three", false, false},
                 {3, CROSSED, "out=one", true, true},   {8, BY, "out=one", false, false},
                 {8, CROSSED, "out=one", true, true},   {8, CROSSED, "two=one", false, false},
                 {40, CROSSED, "out=one", false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct study study;
        draw(false);
        draw_outcome(cases[i].count);
        study_open(&study, SOURCE);
        store(&study, PEOPLE - 1);
        const struct drivers_result *drivers =
            compute_by(&study, cases[i].by, NULL, cases[i].drivers, NULL)->relations->drivers;
        assert_int_equal(drivers->hidden, cases[i].hidden);
        assert_int_equal(drivers->relations[0].hidden, cases[i].first_hidden);
        assert_int_equal(isnan(drivers->relations[0].spearman.effect.value), cases[i].first_hidden);
        study_close(&study);
    }
}

/* Everybody answered everything. */
static void a_census_is_a_fact(void **state) {
    (void)state;
    struct study study;
    draw(false);
    study_open(&study, SOURCE);
    store(&study, PEOPLE);
    const struct results *results = compute(&study, "grid", "out=grid", NULL);
    const struct reliability_result *grid = results->relations->reliabilities;
    assert_true(grid->census && results->relations->drivers->census);
    assert_true(grid->of.low == grid->of.alpha && grid->of.high == grid->of.alpha);
    assert_true(isnan(grid->pairs[0].spearman.p) && isnan(grid->pairs[0].kendall.p_adjusted) &&
                grid->pairs[0].spearman.effect.value > 0.3);
    const char *text = write_markdown(study.arena, results);
    assert_contains(text, "everybody answered: a fact");
    study_close(&study);
}

/* Of 25 people, three items are too many. */
static void too_few_for_so_many_say_so(void **state) {
    (void)state;
    struct study study;
    draw(false);
    study_open(&study, SOURCE);
    store(&study, 25);
    const struct results *results = compute(&study, NULL, "out=grid", NULL);
    json_t *root = write_json(results);
    const json_t *drivers = json_array_get(json_object_get(root, "drivers"), 0);
    assert_null(json_object_get(root, "reliability"));
    assert_string_equal(json_string_value(json_object_get(drivers, "reason")), "too_few");
    assert_true(number(drivers, "n") == 25 && isnan(number(drivers, "r_squared")));
    const char *text = write_markdown(study.arena, results);
    assert_contains(text,
                    "Not computed: 25 people answered everything, and for 3 questions there must be 30.");
    json_decref(root);
    study_close(&study);
}

/* What goes with `out` in a form where its options are as given. */
static struct importance explain(struct study *study, const char *options) {
    const char *at = strstr(SOURCE, "options: [{code: x, text: X, value: 2}");
    study_open(study, arena_format(study->arena, "%.*s%s\n", (int)(at - SOURCE), SOURCE, options));
    store(study, PEOPLE);
    return compute(study, NULL, "out=grid", NULL)->relations->drivers[0].of;
}

/* Without numbers, a favourable answer counts 1 and any other 0. */
static void favourable_answers_count_one(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct study said = {.arena = arena}, numbered = {.arena = arena};
    draw(false);
    const struct importance of = explain(
        &said, "options: [{code: x, text: X, favourable: true}, {code: y, text: Y}, {code: z, text: Z}]}");
    const struct importance same = explain(&numbered, "options: [{code: x, text: X, value: 1}, {code: y, "
                                                      "text: Y, value: 0}, {code: z, text: Z, value: 0}]}");
    assert_true(of.r_squared > 0.1 && of.r_squared == same.r_squared && of.n == PEOPLE);
    for (size_t i = 0; i < 3; i++)
        assert_true(of.items[i].value == same.items[i].value);
    study_close(&said);
    study_close(&numbered);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(favourable_answers_count_one),
        cmocka_unit_test(figures_are_of_the_answers),
        cmocka_unit_test(wrong_names_are_refused),
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(too_many_items_are_refused),
        cmocka_unit_test(results_are_written),
        cmocka_unit_test(few_are_hidden),
        cmocka_unit_test(hidden_groups_stay_hidden),
        cmocka_unit_test(a_census_is_a_fact),
        cmocka_unit_test(too_few_for_so_many_say_so),
    };
    return cmocka_run_group_tests_name("relations", tests, NULL, NULL);
}
