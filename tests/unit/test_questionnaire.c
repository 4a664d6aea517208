/* What a questionnaire file becomes: every key in its place, defaults, shared lists, what is looked up; and
 * that no part of a file, however cut, does harm. The messages themselves are under tests/cases/check. */
#include "model/questionnaire.h"

#include "model/expression.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char SOURCE[] =
    "\xEF\xBB\xBFquestionnaire: all-2024\n"
    "languages: [fr-CA, en]\n"
    "title: {fr-CA: Tout, en: All}\n"
    "organisation: Town\n"
    "logo: logo.svg\n"
    "introduction:\n"
    "  fr-CA: |\n"
    "    Un.\n"
    "\n"
    "    Deux.\n"
    "  en: >\n"
    "    One\n"
    "    line.\n"
    "privacy: Nothing\n"
    "opens: 2024-01-31\n"
    "closes: 2024-02-29\n"
    "layout: single\n"
    "population:\n"
    "  size: 10\n"
    "  role: {head: 4, member: 6}\n"
    "  channel: {paper: 3, web: 7}\n"
    "scales:\n"
    "  agreement: &agreement\n"
    "    - {code: 2, text: Yes, favourable: true}\n"
    "    - {code: 1, text: \"No\", unfavourable: true}\n"
    "pages:\n"
    "  - title: First\n"
    "    questions:\n"
    "      - id: role\n"
    "        type: single\n"
    "        text: Role?\n"
    "        help: {fr-CA: Aide, en: Help}\n"
    "        required: true\n"
    "        breakdown: true\n"
    "        no_opinion: true\n"
    "        not_concerned: {fr-CA: Sans objet, en: Not me}\n"
    "        options:\n"
    "          - {code: member, text: Member}\n"
    "          - {code: head, text: Head, specify: true, value: 2.5}\n"
    "      - id: roles\n"
    "        type: multiple\n"
    "        text: Roles?\n"
    "        at_least: 1\n"
    "        at_most: 2\n"
    "        no_opinion: false\n"
    "        options:\n"
    "          - {code: a, text: A}\n"
    "          - {code: 04, text: 4, when: role = head}\n"
    "          - {code: none, text: None, exclusive: true}\n"
    "  - when: role = member\n"
    "    questions:\n"
    "      - id: grid\n"
    "        type: scale\n"
    "        scale: agreement\n"
    "        text: Grid\n"
    "        when: roles has a\n"
    "        items:\n"
    "          - {id: one, text: One}\n"
    "          - {id: two, text: Two}\n"
    "      - {id: level, type: scale, text: L, options: *agreement}\n"
    "      - {id: kind, type: single, text: K, scale: agreement}\n"
    "      - {id: hours, type: number, text: H, minimum: -1, maximum: 2.5, decimals: 1, unit: h}\n"
    "      - {id: years, type: number, text: Y}\n"
    "      - {id: day, type: date, text: D}\n"
    "      - {id: order, type: ranking, text: O, options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "      - {id: words, type: text, text: W, lines: 3, maximum_length: 100, quote: never}\n"
    "      - {id: word, type: text, text: W}\n";

static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

static const struct questionnaire *parse(const char *source, size_t length) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "all.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "all.yaml", source, length, diagnostics);
    diagnostics_print(diagnostics, stderr);
    assert_int_equal(diagnostics_count(diagnostics, SEVERITY_ERROR), 0);
    assert_int_equal(diagnostics_count(diagnostics, SEVERITY_WARNING), 0);
    assert_non_null(questionnaire);
    return questionnaire;
}

static const struct questionnaire *parse_all(void) {
    return parse(SOURCE, sizeof SOURCE - 1);
}

static void assert_wording(struct wording wording, const char *first, const char *second) {
    assert_non_null(wording.in);
    assert_string_equal(wording.in[0], first);
    assert_string_equal(wording.in[1], second);
}

static void test_head(void **state) {
    (void)state;
    const struct questionnaire *all = parse_all();
    assert_string_equal(all->name, "all-2024");
    assert_string_equal(all->file, "all.yaml");
    assert_int_equal(all->source_length, sizeof SOURCE - 1);
    assert_memory_equal(all->source, SOURCE, sizeof SOURCE - 1);
    assert_int_equal(all->language_count, 2);
    assert_string_equal(all->languages[0], "fr-CA");
    assert_wording(all->title, "Tout", "All");
    assert_wording(all->organisation, "Town", "Town");
    assert_wording(all->introduction, "Un.\n\nDeux.\n", "One line.\n");
    assert_null(all->thanks.in);
    assert_string_equal(all->logo, "logo.svg");
    assert_string_equal(all->opens, "2024-01-31");
    assert_string_equal(all->closes, "2024-02-29");
    assert_true(all->single_layout);
}

static void test_population(void **state) {
    (void)state;
    const struct questionnaire *all = parse_all();
    const struct population *population = &all->population;
    assert_int_equal(population->size, 10);
    assert_int_equal(population->margin_count, 2);
    assert_ptr_equal(population->margins[0].item, questionnaire_item(all, "role"));
    assert_int_equal(population->margins[0].sizes[0], 6); /* in the order of the options */
    assert_int_equal(population->margins[0].sizes[1], 4);
    assert_null(population->margins[1].item);
    assert_int_equal(population->margins[1].sizes[0], 7); /* web, then paper */
    assert_int_equal(population->margins[1].place.line, 21);
}

static void test_order(void **state) {
    (void)state;
    static const char *const ids[] = {"role",  "roles", "one", "two",   "level", "kind",
                                      "hours", "years", "day", "order", "words", "word"};
    const struct questionnaire *all = parse_all();
    assert_int_equal(all->page_count, 2);
    assert_int_equal(all->question_count, 11);
    assert_int_equal(all->item_count, sizeof ids / sizeof *ids);
    for (size_t i = 0; i < all->item_count; i++) {
        const struct item *item = &all->items[i];
        assert_string_equal(item->id, ids[i]);
        assert_int_equal(item->index, i);
        assert_true(item >= item->question->items &&
                    item < item->question->items + item->question->item_count);
    }
    assert_ptr_equal(all->pages[1].questions, &all->questions[2]);
    assert_int_equal(all->pages[0].question_count, 2);
    assert_int_equal(all->pages[1].question_count, 9);
    for (size_t i = 0; i < all->question_count; i++)
        assert_int_equal(all->questions[i].page, i >= 2);
}

static void test_single(void **state) {
    (void)state;
    const struct question *role = questionnaire_question(parse_all(), "role");
    assert_int_equal(role->type, QUESTION_SINGLE);
    assert_true(role->required && role->breakdown && !role->is_grid);
    assert_wording(role->help, "Aide", "Help");
    assert_wording(role->no_opinion, "Sans opinion", "No opinion");
    assert_wording(role->not_concerned, "Sans objet", "Not me");
    assert_wording(role->items[0].text, "Role?", "Role?");
    assert_false(role->options[0].has_value);
    assert_true(role->options[1].has_value && role->options[1].value == 2.5);
    assert_true(questionnaire_has_specify(role));
    assert_int_equal(role->place.line, 29);
    assert_int_equal(role->place.column, 13);
}

static void test_multiple(void **state) {
    (void)state;
    const struct questionnaire *all = parse_all();
    const struct question *roles = questionnaire_question(all, "roles");
    assert_int_equal(roles->type, QUESTION_MULTIPLE);
    assert_int_equal(roles->at_least, 1);
    assert_int_equal(roles->at_most, 2);
    assert_null(roles->no_opinion.in);
    assert_false(questionnaire_has_specify(roles));
    assert_string_equal(roles->options[1].code, "04");
    assert_wording(roles->options[1].text, "4", "4");
    assert_true(expression_names(roles->options[1].when, questionnaire_item(all, "role")));
    assert_true(roles->options[2].exclusive && !roles->options[0].exclusive);
}

/* A numeric code is a value on a scale, and only there. */
static void test_scales(void **state) {
    (void)state;
    const struct questionnaire *all = parse_all();
    const struct question *grid = questionnaire_question(all, "grid");
    const struct question *level = questionnaire_question(all, "level");
    const struct question *kind = questionnaire_question(all, "kind");
    assert_true(grid->is_grid);
    assert_int_equal(grid->item_count, 2);
    assert_string_equal(grid->scale, "agreement");
    assert_true(grid->options[0].has_value && grid->options[0].value == 2 && grid->options[0].favourable);
    assert_true(level->options[1].has_value && level->options[1].value == 1 &&
                level->options[1].unfavourable);
    assert_null(level->scale);
    assert_string_equal(kind->scale, "agreement");
    assert_false(kind->options[0].has_value);
    assert_true(kind->options[0].favourable);
    assert_wording(grid->items[1].text, "Two", "Two");
    assert_null(questionnaire_item(all, "grid"));
}

static void test_conditions(void **state) {
    (void)state;
    const struct questionnaire *all = parse_all();
    const struct question *grid = questionnaire_question(all, "grid");
    assert_non_null(all->pages[1].when);
    assert_null(all->pages[0].when);
    assert_ptr_equal(grid->page_when, all->pages[1].when);
    assert_true(expression_names(grid->when, questionnaire_item(all, "roles")));
    assert_null(questionnaire_question(all, "role")->page_when);
}

static void test_limits(void **state) {
    (void)state;
    const struct questionnaire *all = parse_all();
    const struct question *hours = questionnaire_question(all, "hours");
    const struct question *years = questionnaire_question(all, "years");
    const struct question *order = questionnaire_question(all, "order");
    const struct question *words = questionnaire_question(all, "words");
    const struct question *word = questionnaire_question(all, "word");
    assert_true(hours->minimum == -1 && hours->maximum == 2.5 && hours->decimals == 1);
    assert_wording(hours->unit, "h", "h");
    assert_true(isinf(years->minimum) && years->minimum < 0 && isinf(years->maximum) && years->maximum > 0);
    assert_int_equal(years->decimals, 0);
    assert_int_equal(order->at_most, 2);
    assert_int_equal(order->at_least, 0);
    assert_int_equal(words->lines, 3);
    assert_int_equal(words->maximum_length, 100);
    assert_true(words->never_quoted);
    assert_false(word->never_quoted);
    assert_int_equal(word->lines, 1);
    assert_int_equal(word->maximum_length, 10000);
}

static void test_looking_up(void **state) {
    (void)state;
    const struct questionnaire *all = parse_all();
    const struct question *roles = questionnaire_question(all, "roles");
    assert_null(questionnaire_item(all, "rol"));
    assert_null(questionnaire_question(all, "one"));
    assert_int_equal(questionnaire_option(roles, "04"), 1);
    assert_int_equal(questionnaire_option(roles, "4"), 3);
    assert_int_equal(questionnaire_option(roles, "A"), 3);
    assert_int_equal(questionnaire_language(all, "en"), 1);
    assert_int_equal(questionnaire_language(all, "fr"), 2);
}

/* The source is the reader's own: the caller's bytes may go. */
static void test_bytes_are_copied(void **state) {
    (void)state;
    char *source = malloc(sizeof SOURCE - 1);
    memcpy(source, SOURCE, sizeof SOURCE - 1);
    const struct questionnaire *all = parse(source, sizeof SOURCE - 1);
    memset(source, '#', sizeof SOURCE - 1);
    free(source);
    assert_string_equal(all->name, "all-2024");
    assert_memory_equal(all->source, SOURCE, sizeof SOURCE - 1);
    assert_string_equal(questionnaire_question(all, "role")->options[0].code, "member");
}

static void write_file(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "wx");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Without its logo beside it a file is taken with a warning, and without the logo. */
static void test_file(void **state) {
    (void)state;
    static const char picture[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    char folder[] = "/tmp/test_questionnaire_XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = arena_format(arena, "%s/all.yaml", folder);
    const char *logo = arena_format(arena, "%s/logo.svg", folder);
    write_file(path, SOURCE, sizeof SOURCE - 1);
    struct diagnostics *without = diagnostics_create(arena, path);
    const struct questionnaire *bare = questionnaire_load(arena, path, without);
    assert_true(bare && !bare->logo);
    assert_int_equal(diagnostics_count(without, SEVERITY_ERROR), 0);
    assert_int_equal(diagnostics_count(without, SEVERITY_WARNING), 1);
    write_file(logo, picture, sizeof picture - 1);
    struct diagnostics *diagnostics = diagnostics_create(arena, path);
    const struct questionnaire *all = questionnaire_load(arena, path, diagnostics);
    unlink(path);
    unlink(logo);
    rmdir(folder);
    assert_non_null(all);
    assert_string_equal(all->file, path);
    assert_string_equal(all->logo, "logo.svg");
    assert_memory_equal(all->source, SOURCE, sizeof SOURCE - 1);
    assert_non_null(questionnaire_parse(arena, path, SOURCE, sizeof SOURCE - 1, diagnostics));
    assert_null(questionnaire_load(arena, path, diagnostics));
    assert_int_equal(diagnostics_count(diagnostics, SEVERITY_ERROR), 1);
}

/* Gives whether it is a questionnaire; it is refused exactly if there is an error. */
static bool survives(const char *source, size_t length) {
    struct arena *own = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(own, "cut.yaml");
    bool good = questionnaire_parse(own, "cut.yaml", source, length, diagnostics) != NULL;
    assert_int_equal(good, diagnostics_count(diagnostics, SEVERITY_ERROR) == 0);
    arena_destroy(own);
    return good;
}

/* Cut anywhere, or with one line or one byte less, a file is refused or is another file, and nothing breaks.
 */
static void test_cut(void **state) {
    (void)state;
    size_t refused = 0;
    for (size_t length = 0; length < sizeof SOURCE - 1; length++)
        refused += !survives(SOURCE, length);
    assert_in_range(refused, 1000, sizeof SOURCE - 100);
    char source[sizeof SOURCE];
    for (size_t hole = 3; hole < sizeof SOURCE - 1; hole++) {
        memcpy(source, SOURCE, hole);
        memcpy(source + hole, SOURCE + hole + 1, sizeof SOURCE - hole - 1);
        survives(source, sizeof SOURCE - 2);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_head),       cmocka_unit_test(test_population),
        cmocka_unit_test(test_order),      cmocka_unit_test(test_single),
        cmocka_unit_test(test_multiple),   cmocka_unit_test(test_scales),
        cmocka_unit_test(test_conditions), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_looking_up), cmocka_unit_test(test_bytes_are_copied),
        cmocka_unit_test(test_file),       cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
