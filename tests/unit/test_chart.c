/* Charts of small made-up studies: which are drawn, in which order their rows stand, and, on every one of
 * them, that no text touches another or leaves the picture. */
#include "tests/unit/study.h"

#include "analysis/chart.h"
#include "analysis/chart_sheet.h"
#include "analysis/label.h"
#include "model/csv.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LONG                                                                                                      \
    "Une très longue modalité de réponse qui décrit avec beaucoup de précautions administratives ce que la " \
    "personne aurait voulu dire : « oui, mais » ; ou bien « non, sauf si » ?"

static const char SOURCE[] =
    "questionnaire: charts\n"
    "languages: [fr]\n"
    "title: Une étude inventée\n"
    "privacy: Inventé.\n"
    "population: {size: 400}\n"
    "pages:\n"
    "  - title: Tout\n"
    "    questions:\n"
    "      - {id: unit, type: single, breakdown: true, text: Votre direction,\n"
    "         options: [{code: u1, text: '" LONG "'}, {code: u2, text: Deux}, {code: u3, text: Trois},\n"
    "                   {code: u4, text: Anticonstitutionnellementanticonstitutionnellement}, {code: u5, "
    "text: C},\n"
    "                   {code: u6, text: D}, {code: u7, text: E}, {code: u8, text: F}, {code: u9, text: G},\n"
    "                   {code: u10, text: H}, {code: u11, text: I}, {code: u12, text: J}]}\n"
    "      - {id: means, type: multiple, text: '" LONG "',\n"
    "         options: [{code: other, text: Autre, specify: true}, {code: m1, text: '" LONG "'},\n"
    "                   {code: m2, text: Deux}, {code: m3, text: Trois}, {code: none, text: Rien, exclusive: "
    "true}]}\n"
    "      - {id: grid, type: scale, no_opinion: '" LONG "', text: '" LONG "',\n"
    "         options: [{code: 1, text: Pas du tout d’accord}, {code: 2, text: Pas d’accord},\n"
    "                   {code: 3, text: Plutôt pas d’accord}, {code: 4, text: Ni l’un ni l’autre},\n"
    "                   {code: 5, text: Plutôt d’accord, favourable: true},\n"
    "                   {code: 6, text: D’accord, favourable: true},\n"
    "                   {code: 7, text: Tout à fait d’accord, favourable: true}],\n"
    "         items: [{id: low, text: '" LONG "'}, {id: high, text: Haut}, {id: silent, text: Muet}]}\n"
    "      - {id: points, type: scale, text: De 0 à 10,\n"
    "         options: [{code: 0, text: '0'}, {code: 1, text: '1'}, {code: 2, text: '2'}, {code: 3, text: "
    "'3'},\n"
    "                   {code: 4, text: '4'}, {code: 5, text: '5'}, {code: 6, text: '6'}, {code: 7, text: "
    "'7'},\n"
    "                   {code: 8, text: '8'}, {code: 9, text: '9', favourable: true},\n"
    "                   {code: 10, text: '10', favourable: true}]}\n"
    "      - {id: right, type: scale, text: Juste assez,\n"
    "         options: [{code: less, text: Pas assez}, {code: right, text: Assez, favourable: true},\n"
    "                   {code: more, text: Trop}]}\n"
    "      - {id: often, type: scale, text: Souvent, options: [{code: n, text: Non}, {code: o, text: Oui}],\n"
    "         items: [{id: often_a, text: Un}, {id: often_b, text: Deux}]}\n"
    "      - {id: years, type: number, minimum: 0, maximum: 99, unit: ans, text: Années}\n"
    "      - {id: sum, type: number, minimum: -1000000000000, maximum: 1000000000000, decimals: 2, text: "
    "Somme}\n"
    "      - {id: seen, type: date, text: Vu}\n"
    "      - {id: order, type: ranking, text: Ordre,\n"
    "         options: [{code: p, text: '" LONG "'}, {code: q, text: Q}, {code: r, text: R}]}\n"
    "      - {id: never, type: scale, text: Sans réponse,\n"
    "         options: [{code: y, text: Oui, favourable: true}, {code: n, text: Non}]}\n"
    "      - {id: words, type: text, text: Mots}\n";

struct drawn {
    struct study study;
    const struct results *results;
    const struct charts *charts;
    char folder[64];
};

static void draw_as(struct drawn *drawn, const struct results_options *options,
                    const struct chart_options *chart_options) {
    drawn->results = study_compute(&drawn->study, options);
    strcpy(drawn->folder, "/tmp/bilan-charts-XXXXXX");
    assert_non_null(mkdtemp(drawn->folder));
    struct failure failure = {0};
    drawn->charts =
        chart_draw(drawn->study.arena, drawn->results, chart_options, drawn->folder, NULL, &failure);
    assert_string_equal(failure.text, "");
    assert_non_null(drawn->charts);
}

static void draw(struct drawn *drawn, const struct results_options *options, bool diverging) {
    draw_as(drawn, options, &(struct chart_options){.diverging = diverging});
}

static void forget(struct drawn *drawn) {
    static const char *const endings[] = {"svg", "png", "pdf", "gp", "dat", "csv"};
    for (size_t i = 0; i < drawn->charts->count; i++)
        for (size_t j = 0; j < sizeof endings / sizeof *endings; j++) {
            char path[160];
            snprintf(path, sizeof path, "%s/%s.%s", drawn->folder, drawn->charts->all[i].name, endings[j]);
            assert_int_equal(unlink(path), 0);
        }
    assert_int_equal(rmdir(drawn->folder), 0); /* which holds nothing else */
    study_close(&drawn->study);
}

static char *read_text(struct drawn *drawn, const char *name, const char *ending) {
    char path[160], *text = arena_allocate(drawn->study.arena, 1 << 20, 1);
    snprintf(path, sizeof path, "%s/%s.%s", drawn->folder, name, ending);
    FILE *file = fopen(path, "rb");
    if (!file)
        study_fail("no file", path);
    size_t length = fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    text[length] = '\0';
    return text;
}

/* Many responses, spread over the options by arithmetic; units beyond the fourth have few. */
static void add_many(struct study *study, int count) {
    for (int i = 0; i < count; i++) {
        char text[512];
        int unit = i % 7 == 6 ? 5 + i / 7 % 8 : i % 3 + 1;
        snprintf(
            text, sizeof text,
            "unit=u%d means=%s low=%d high=%d points=%d right=%s often_a=%s often_b=n years=%d sum=%d.%02d "
            "seen=20%02d-%02d-11 order=%s",
            unit,
            i % 5 == 0 ? "none"
            : i % 2    ? "other+m2"
                       : "m1",
            i % 4 + 1, i % 3 + 5, i * 7 % 11, i % 3 ? "right" : "more", i % 2 ? "n" : "o", i * 13 % 60,
            i == 5 ? 987654321 : i * 37 % 5000 - 700, i % 100, 10 + i % 9, i % 12 + 1,
            i % 2 ? "p+q" : "r+p+q");
        study_add(study, i % 3 ? CHANNEL_WEB : CHANNEL_PAPER, i + 1,
                  i % 10 == 9 ? "unit=u1 low=no_opinion" : text);
    }
}

static const struct results_options MINIMUM_5 = {.confidence = 0.95, .minimum_cell = 5};

/* --- What is drawn --- */

static void expect_charts(const struct drawn *drawn, const char *const *names) {
    size_t count = 0;
    for (; names[count]; count++) {
        const struct chart *chart = chart_find(drawn->charts, names[count]);
        if (!chart)
            study_fail("not drawn", names[count]);
        assert_true(chart->width == 16);
        assert_true(chart->height > 1);
        assert_true(*chart->title && *chart->alternative);
    }
    assert_int_equal(drawn->charts->count, count);
}

/* Goal: every question with answers has its charts, a question no chart by itself, a grid without favourable
 * answers its charts by group for each item; a text, and a question that nobody answered, has none. */
static void every_question_has_its_charts(void **state) {
    (void)state;
    struct drawn drawn;
    study_open(&drawn.study, SOURCE);
    add_many(&drawn.study, 60);
    draw(&drawn, &MINIMUM_5, false);
    static const char *const names[] = {"response-rate",
                                        "responses-by-day",
                                        "unit",
                                        "unit-by-channel",
                                        "means",
                                        "means-by-unit",
                                        "means-by-channel",
                                        "grid",
                                        "grid-by-unit-map",
                                        "grid-by-unit",
                                        "grid-by-channel",
                                        "points",
                                        "points-by-unit",
                                        "points-by-channel",
                                        "right",
                                        "right-by-unit",
                                        "right-by-channel",
                                        "often",
                                        "often_a-by-unit",
                                        "often_a-by-channel",
                                        "often_b-by-unit",
                                        "often_b-by-channel",
                                        "years",
                                        "years-by-unit",
                                        "years-by-channel",
                                        "sum",
                                        "sum-by-unit",
                                        "sum-by-channel",
                                        "seen",
                                        "order",
                                        "order-by-unit",
                                        "order-by-channel",
                                        NULL};
    expect_charts(&drawn, names);
    assert_null(chart_find(drawn.charts, "never"));
    const struct chart *chart = chart_find(drawn.charts, "grid-by-unit");
    assert_string_equal(chart->question->id, "grid");
    assert_string_equal(chart->by->id, "unit");
    assert_null(chart_find(drawn.charts, "response-rate")->question);
    forget(&drawn);
}

/* Goal: where the whole is too small nothing is drawn of a question; of an empty study, nothing at all but
 * the rate; how many came on which day says nothing of what they said. */
static void what_is_too_small_is_not_drawn(void **state) {
    (void)state;
    for (int count = 0; count <= 4; count += 4) {
        struct drawn drawn;
        study_open(&drawn.study, SOURCE);
        add_many(&drawn.study, count);
        draw(&drawn, &MINIMUM_5, false);
        expect_charts(&drawn,
                      (const char *const[]){"response-rate", count ? "responses-by-day" : NULL, NULL});
        forget(&drawn);
    }
}

/* --- In which order --- */

/* Checks that the texts stand in the file in this order. */
static void expect_order(const char *text, const char *const *words) {
    for (; *words; words++) {
        const char *at = strstr(text, *words);
        if (!at)
            study_fail("missing or out of order", *words);
        text = at + strlen(*words);
    }
}

#define ORDER(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Goal: options by their share with "other" last; favourable answers first though the file has them last,
 * items by their favourable share, those without figures at the end and in words; answers of 0 to 10 in their
 * order; the favourable middle of a list before its sides. */
static void rows_stand_in_order(void **state) {
    (void)state;
    struct drawn drawn;
    study_open(&drawn.study, SOURCE);
    add_many(&drawn.study, 60);
    draw(&drawn, &MINIMUM_5, false);
    expect_order(read_text(&drawn, "means", "dat"),
                 ORDER("# bars", "\t24\t\"Une très", "\t18\t\"Deux\"", "\t12\t\"Rien\"", "\t0\t\"Trois\"",
                       "\t18\t\"Autre\"", "# title"));
    char *grid = read_text(&drawn, "grid", "dat");
    expect_order(grid, ORDER("# segments", "\"Tout à fait d’accord\"", "\"D’accord\"", "\"Plutôt d’accord\"",
                             "\"Ni l’un ni l’autre\"", "\"Plutôt pas d’accord\"", "\"Pas d’accord\"",
                             "\"Pas du tout d’accord\"", "# title"));
    expect_order(grid, ORDER("# label-left", "\"Haut\"", "\"Une très", "\"Muet\""));
    expect_order(grid, ORDER("# words-left", "\"masqué, pour protéger un petit groupe\""));
    expect_order(read_text(&drawn, "points", "dat"),
                 ORDER("# segments", "\"10\"", "\"9\"", "\"8\"", "\"7\"", "\"6\"", "\"5\"", "\"4\"", "\"3\"",
                       "\"2\"", "\"1\"", "\"0\"", "# title"));
    expect_order(read_text(&drawn, "right", "dat"),
                 ORDER("# segments", "\"Assez\"", "\"Pas assez\"", "\"Trop\"", "# title"));
    forget(&drawn);
}

/* Goal: around the middle, unfavourable answers are left of 0 and favourable ones right of it, and half of
 * the neutral ones on each side. */
static void diverging_bars_meet_in_the_middle(void **state) {
    (void)state;
    struct drawn drawn;
    study_open(&drawn.study, SOURCE);
    add_many(&drawn.study, 60);
    draw(&drawn, &MINIMUM_5, true);
    const char *at = strstr(read_text(&drawn, "grid", "dat"), "# segments");
    at = strchr(at, '\n') + 1;
    double unfavourable = 0, neutral[2] = {0};
    for (size_t rows = 0; *at != '\n'; at = strchr(at, '\n') + 1, rows++) {
        double from, to;
        assert_int_equal(sscanf(at, "%*f %*f %*f %lf %lf", &from, &to), 2);
        if (rows % 7 == 2)
            unfavourable = to;
        if (rows % 7 == 3) {
            neutral[0] = from;
            neutral[1] = to;
            assert_true(fabs(unfavourable - neutral[0]) < 1e-6 && fabs(neutral[0] + neutral[1]) < 1e-6);
        }
        if (rows % 7 == 4)
            assert_true(fabs(from - neutral[1]) < 1e-6);
    }
    forget(&drawn);
}

/* --- Intervals --- */

/* Goal: a census has no interval in any chart. */
static void a_census_has_no_interval(void **state) {
    (void)state;
    static const char source[] = "questionnaire: all\nlanguages: [en]\ntitle: All\nprivacy: Made up.\n"
                                 "population: {size: 12, role: {a: 6, b: 6}}\n"
                                 "pages:\n"
                                 "  - title: All\n"
                                 "    questions:\n"
                                 "      - {id: role, type: single, text: Role, breakdown: true, options: "
                                 "[{code: a, text: A}, {code: b, text: B}]}\n"
                                 "      - {id: more, type: scale, text: More, options: [{code: y, text: Y, "
                                 "favourable: true}, {code: n, text: N}]}\n";
    struct drawn drawn;
    study_open(&drawn.study, source);
    for (int i = 0; i < 12; i++) {
        char text[64];
        snprintf(text, sizeof text, "role=%s more=%s", i < 6 ? "a" : "b", i % 3 ? "y" : "n");
        study_add(&drawn.study, CHANNEL_WEB, i + 1, text);
    }
    draw(&drawn, &MINIMUM_5, false);
    for (size_t i = 0; i < drawn.charts->count; i++) {
        const char *name = drawn.charts->all[i].name;
        if (strstr(name, "-by-channel")) /* of a channel no margin is known */
            continue;
        assert_null(strstr(read_text(&drawn, name, "gp"), "vectors"));
        assert_null(strstr(read_text(&drawn, name, "dat"), "interval:"));
    }
    assert_non_null(strstr(read_text(&drawn, "more-by-role", "dat"), "everybody concerned has answered"));
    forget(&drawn);
}

/* --- Nothing touches, nothing is cut --- */

struct box {
    double left, right, top, bottom;
    char text[256];
};

/* Font sizes of the styles, by name; and how far a line of that size reaches from its middle. */
static double size_of(const char *style) {
    static const struct {
        const char *name;
        enum chart_style style;
    } names[] = {{"title", CHART_TITLE},     {"subtitle", CHART_SUBTITLE}, {"label", CHART_LABEL},
                 {"strong", CHART_STRONG},   {"quiet", CHART_QUIET},       {"words", CHART_WORDS},
                 {"on-dark", CHART_ON_DARK}, {"on-light", CHART_ON_LIGHT}, {"notice", CHART_NOTICE}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strncmp(style, names[i].name, strlen(names[i].name)) && style[strlen(names[i].name)] == '-')
            return chart_sheet_size(names[i].style);
    return 0;
}

static struct box make_box(const char *line, const char *style) {
    struct box box = {0};
    double x, y, size = size_of(style);
    assert_int_equal(sscanf(line, "%lf\t%lf\t\"%255[^\"\n]", &x, &y, box.text), 3);
    double width = label_width(box.text, size);
    box.left = strstr(style, "-left:") ? x : strstr(style, "-center:") ? x - width / 2 : x - width;
    box.right = box.left + width;
    box.top = y - size * 0.5;
    box.bottom = y + size * 0.5;
    return box;
}

/* The texts of a chart's data file. */
static size_t read_boxes(char *data, struct box *boxes, size_t most) {
    size_t count = 0;
    char style[64] = "";
    for (char *line = strtok(data, "\n"); line; line = strtok(NULL, "\n"))
        if (line[0] == '#')
            snprintf(style, sizeof style, "%.63s", line + 2);
        else if (size_of(style) > 0 && count < most)
            boxes[count++] = make_box(line, style);
    return count;
}

static void expect_apart(const char *chart, const struct box *one, const struct box *other) {
    bool apart = one->right <= other->left + 0.01 || other->right <= one->left + 0.01 ||
                 one->bottom <= other->top + 0.01 || other->bottom <= one->top + 0.01;
    if (!apart) {
        print_error("%s: \"%s\" (%.1f–%.1f, %.1f) touches \"%s\" (%.1f–%.1f, %.1f)\n", chart, one->text,
                    one->left, one->right, one->top, other->text, other->left, other->right, other->top);
        fail();
    }
}

static void expect_inside(const struct chart *chart, const struct chart_theme *theme, const struct box *box) {
    double height = chart->height * 453 / 16 / chart_theme_zoom(theme);
    if (box->left < -0.01 || box->right > chart_sheet_width(theme) + 0.01 || box->top < 0 ||
        box->bottom > height) {
        print_error("%s: \"%s\" is cut (%.1f–%.1f, %.1f–%.1f)\n", chart->name, box->text, box->left,
                    box->right, box->top, box->bottom);
        fail();
    }
}

/* Goal: every chart has its table: a header and lines of as many cells. */
static void every_chart_is_a_table_too(void **state) {
    (void)state;
    struct drawn drawn;
    study_open(&drawn.study, SOURCE);
    add_many(&drawn.study, 60);
    draw(&drawn, &MINIMUM_5, false);
    for (size_t i = 0; i < drawn.charts->count; i++) {
        const char *text = read_text(&drawn, drawn.charts->all[i].name, "csv");
        struct csv_reader *reader = csv_open(text, strlen(text));
        struct csv_record record;
        size_t columns = 0, lines = 0;
        for (; csv_next(reader, &record); lines++) {
            columns = lines ? columns : record.count;
            assert_int_equal(record.count, columns);
        }
        unsigned line;
        assert_null(csv_mistake(reader, &line));
        assert_true(columns > 1 && lines > 1);
        csv_close(reader);
    }
    forget(&drawn);
}

/* Every text has its own place, on the picture. */
static void expect_places(struct drawn *drawn, const struct chart_theme *theme) {
    enum { BOXES_MOST = 4000 };
    struct box *boxes = ARENA_NEW(drawn->study.arena, struct box, BOXES_MOST);
    for (size_t j = 0; j < drawn->charts->count; j++) {
        const struct chart *chart = &drawn->charts->all[j];
        size_t count = read_boxes(read_text(drawn, chart->name, "dat"), boxes, BOXES_MOST);
        assert_true(count > 2);
        for (size_t k = 0; k < count; k++) {
            expect_inside(chart, theme, &boxes[k]);
            for (size_t l = 0; l < k; l++)
                expect_apart(chart->name, &boxes[k], &boxes[l]);
        }
    }
}

/* Goal: with long words, twelve groups, scales of eleven, one respondent or many: every text has its own
 * place, on the picture. */
static void no_text_touches_another(void **state) {
    (void)state;
    static const int counts[] = {1, 60, 400};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct drawn drawn;
        study_open(&drawn.study, SOURCE);
        add_many(&drawn.study, counts[i]);
        struct results_options options = {
            .confidence = 0.95, .minimum_cell = i % 2 ? 5 : 1, .notice = "Réponses inventées"};
        draw(&drawn, &options, i % 2);
        expect_places(&drawn, chart_theme_default());
        forget(&drawn);
    }
}

/* Goal: with the smallest and the largest letters, and with a wide font, it is the same, and a picture has
 * its 16 cm. */
static void letters_of_any_size_have_room(void **state) {
    (void)state;
    static const struct { double size, breadth; } letters[] = {{7, 1}, {14, 1}, {11, 1.25}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        struct chart_theme theme = *chart_theme_default();
        theme.size = letters[i].size;
        theme.breadth = letters[i].breadth;
        struct drawn drawn;
        study_open(&drawn.study, SOURCE);
        add_many(&drawn.study, 60);
        draw_as(&drawn, &MINIMUM_5, &(struct chart_options){.diverging = i % 2, .theme = &theme});
        expect_places(&drawn, &theme);
        for (size_t j = 0; j < drawn.charts->count; j++)
            assert_true(drawn.charts->all[j].width == 16);
        forget(&drawn);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_has_its_charts), cmocka_unit_test(what_is_too_small_is_not_drawn),
        cmocka_unit_test(rows_stand_in_order),           cmocka_unit_test(diverging_bars_meet_in_the_middle),
        cmocka_unit_test(a_census_has_no_interval),      cmocka_unit_test(every_chart_is_a_table_too),
        cmocka_unit_test(no_text_touches_another),       cmocka_unit_test(letters_of_any_size_have_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
